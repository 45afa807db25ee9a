"""What the tests of the site share."""

import copy

import pytest


class Undefined(str):
    """Stands for a variable that no view gave: a template that shows it is wrong."""

    def __mod__(self, name):
        raise AssertionError(f"undefined in a template: {name}")

    def __contains__(self, part):
        return part == "%s"


@pytest.fixture
def strict_templates(settings):
    templates = copy.deepcopy(settings.TEMPLATES)
    templates[0]["OPTIONS"]["string_if_invalid"] = Undefined("%s")
    settings.TEMPLATES = templates
