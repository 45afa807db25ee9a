"""The people of these tests sign in without a second factor, unless a test asks for it."""

import pytest
from django.conf import settings

from omsorg.federation.models import Organisation, Person
from omsorg.kernel.wall import as_house
from world import World


@pytest.fixture(autouse=True)
def _one_factor_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings.ENVIRONMENT, "second_factor_roles", "")


@pytest.fixture
def real_people(world: World) -> World:
    """The same world, in which nothing is invented: what they write, real givers are told with."""
    with as_house():
        Person.objects.update(is_example=False)
        Organisation.objects.update(is_example=False)
    for each in (*world.org.values(), *world.person.values()):
        each.is_example = False
    return world
