"""The people of these tests sign in without a second factor, unless a test asks for it."""

import pytest
from django.conf import settings


@pytest.fixture(autouse=True)
def _one_factor_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings.ENVIRONMENT, "second_factor_roles", "")
