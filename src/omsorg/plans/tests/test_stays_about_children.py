"""Once an indicator was marked as being about children, no report shows what it hides: the mark is not taken back."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.test import Client

from omsorg.federation.access import acting_as
from omsorg.kernel.wall import in_name_of
from omsorg.plans.actions.promises import revise_indicator
from omsorg.plans.actions.reports import MarkedSinceFrozen
from omsorg.plans.queries.promises import plan_as_of
from omsorg.plans.rules.promises import StaysAboutChildren
from omsorg.plans.tests.few_children import about_children, freeze, hidden, release, told
from world import World

AS_AT = date(2024, 3, 31)
ALL_HIDDEN = {"tanzania", "2023-H2", "overview"}


@pytest.fixture
def three(world: World) -> World:
    """One organisation has counted three."""
    told(world, "cases", {"tanzania": (3, None)})
    return world


def mark(world: World, on: date, *, yes: bool, number: int = 1) -> None:
    assert world.plan is not None
    owner = world.person["plan_owner"].pk
    with in_name_of(owner):
        terms = plan_as_of(world.plan, on).indicator["cases"].terms
        revise_indicator(
            indicator=world.indicator["cases"],
            terms=replace(terms, about_children=yes),
            expected=number,
            reason="It counts children",
            in_force_on=on,
            by=acting_as(owner, day=on),
            at=datetime(on.year, on.month, on.day, 9, tzinfo=UTC),
        )


def test_a_mark_that_takes_force_after_the_day_of_the_report_hides_in_it_too(three: World, client: Client) -> None:
    mark(three, date(2024, 4, 5), yes=True)
    report = release(three, freeze(three, "one", AS_AT, at=datetime(2024, 4, 10, tzinfo=UTC)))
    assert hidden(report, "cases") == ALL_HIDDEN
    assert three.plan is not None
    shown = client.get(f"/promises/{three.plan.code}/reports/one/indicators/cases/indicator.json").content
    (row,) = (row for row in json.loads(shown)["organisations"] if row["code"] == "tanzania")
    assert (row["state"], row.get("numerator")) == ("hidden", None)


def test_the_mark_is_not_taken_back_once_a_report_is_released(three: World) -> None:
    about_children(three, "cases")
    release(three, freeze(three, "one", AS_AT))
    with pytest.raises(StaysAboutChildren, match="make a new indicator"):
        mark(three, date(2024, 4, 5), yes=False, number=2)


def test_a_mark_taken_back_before_anything_was_released_hides_all_the_same(three: World) -> None:
    about_children(three, "cases")
    mark(three, date(2024, 3, 1), yes=False, number=2)
    assert hidden(release(three, freeze(three, "one", AS_AT)), "cases") == ALL_HIDDEN


def test_a_report_frozen_before_the_mark_is_not_released(three: World) -> None:
    report = freeze(three, "one", AS_AT)
    assert hidden(report, "cases") == set()
    mark(three, date(2024, 4, 5), yes=True)
    with pytest.raises(MarkedSinceFrozen, match="the indicator cases was marked"):
        release(three, report)


def test_an_indicator_may_be_marked_after_a_release(three: World) -> None:
    release(three, freeze(three, "one", AS_AT))
    mark(three, date(2024, 4, 5), yes=True)
    assert hidden(freeze(three, "two", date(2024, 4, 30)), "cases") == ALL_HIDDEN
