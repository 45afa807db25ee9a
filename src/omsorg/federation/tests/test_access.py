"""Access follows the tree; what is not opened is closed, in the code and again in the database."""

from datetime import date

import pytest
from django.db import connection

from omsorg.federation.access import NotAllowed, NothingHere, acting_as, organisation_known_to, require
from omsorg.kernel.wall import in_name_of
from omsorg.plans.models import Figure
from world import World

DAY = date(2024, 3, 31)


def reach(world: World, who: str, verb: str) -> set[str]:
    with in_name_of(world.person[who].pk):
        units = acting_as(world.person[who].pk, day=DAY).units_for(verb)
    return {key for key, organisation in world.org.items() if organisation.pk in units}


def test_a_mandate_opens_its_organisation_and_all_below_it(world: World) -> None:
    assert reach(world, "officer", "plans.report") == {"tanzania", "arusha"}
    assert reach(world, "reviewer", "plans.approve") == {"africa", "tanzania", "kenya", "arusha"}
    assert reach(world, "plan_owner", "plans.revise") == set(world.org)


def test_a_role_opens_only_what_it_may(world: World) -> None:
    assert reach(world, "officer", "plans.verify") == set()
    with in_name_of(world.person["officer"].pk):
        acting = acting_as(world.person["officer"].pk, day=DAY)
        require(acting, "plans.report", world.org["tanzania"].pk)
        with pytest.raises(NotAllowed):
            require(acting, "plans.report", world.org["kenya"].pk)


def test_to_a_stranger_there_is_nothing_here(world: World) -> None:
    with in_name_of(world.person["stranger"].pk):
        acting = acting_as(world.person["stranger"].pk, day=DAY)
        with pytest.raises(NothingHere):
            organisation_known_to(acting, "tanzania")


@pytest.mark.parametrize(
    ("who", "seen"),
    [(None, 0), ("stranger", 1), ("officer", 5), ("housekeeper", 15)],
    ids=["the public sees nobody", "a stranger sees only themselves", "an officer sees the own house", "all of them"],
)
def test_the_database_itself_shows_only_the_people_of_ones_own_tree(world: World, who: str | None, seen: int) -> None:
    with in_name_of(world.person[who].pk if who else None), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM federation_person")
        assert cursor.fetchone()[0] == seen


def test_a_mandate_that_has_ended_opens_nothing(world: World) -> None:
    with in_name_of(world.person["officer"].pk):
        assert acting_as(world.person["officer"].pk, day=date(1999, 12, 31)).mandates == ()
    with in_name_of(world.person["officer"].pk, day=date(1999, 12, 31)), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM my_units()")
        assert cursor.fetchone()[0] == 0


def test_figures_of_others_are_not_there(world: World) -> None:
    with in_name_of(world.person["officer"].pk):
        assert Figure.objects.count() == 0
