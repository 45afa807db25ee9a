"""What the rules refuse of a figure the database refuses too, whoever asks it without them."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.db.utils import IntegrityError

from omsorg.kernel.clock import now
from omsorg.kernel.wall import as_house, in_name_of
from omsorg.plans.models import (
    ActionRevision,
    BudgetEntry,
    Figure,
    IndicatorRevision,
    Release,
    Report,
    SubmissionStep,
)
from omsorg.plans.tests.answering import AT, H1, LATER
from world import World

pytestmark = pytest.mark.django_db

LIKE_DEFINED = "its definition can have"
"""Words of the database, for whoever reads its log."""


def enter(world: World, indicator: str = "cases", **more: Any) -> Figure:
    """One figure of Tanzania, asked of the database itself in its officer's name."""
    cell = {
        "organisation": world.org["tanzania"], "indicator": world.indicator[indicator], "period_start": H1.start,
        "period_months": 6, "key_id": 0, "revision": 1, "state": 1, "source": "grid", "by": world.person["officer"],
        "at": AT,
    }  # fmt: skip
    with in_name_of(world.person["officer"].pk), transaction.atomic():
        return Figure.objects.create(**{**cell, **more})


@pytest.mark.parametrize(
    ("indicator", "figure"),
    [
        ("cases", {"numerator": -5}),
        ("cases", {"numerator": "1.5"}),
        ("cases", {"numerator": 3, "denominator": 5}),
        ("cases", {}),
        ("trained", {"numerator": 5, "denominator": 3}),
        ("trained", {"numerator": 5}),
        ("trained", {"numerator": 1, "denominator": 0}),
        ("policy", {"numerator": 2}),
    ],
)
def test_a_figure_that_its_definition_cannot_have(world: World, indicator: str, figure: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError, match=LIKE_DEFINED):
        enter(world, indicator, **figure)


@pytest.mark.parametrize("figure", [{"revision": 1, "numerator": -5}, {"revision": 7, "numerator": 5}])
def test_the_house_keeps_to_the_definition_too(world: World, figure: dict[str, int]) -> None:
    with as_house(), pytest.raises(IntegrityError, match=LIKE_DEFINED), transaction.atomic():
        Figure.objects.create(
            organisation=world.org["tanzania"], indicator=world.indicator["cases"], period_start=H1.start,
            period_months=6, key_id=0, state=1, source="grid", at=AT, **figure,
        )  # fmt: skip


@pytest.mark.parametrize(
    "when",
    [
        {"period_months": 1},
        {"period_start": date(2022, 2, 1)},
        {"period_start": date(2022, 1, 2)},
        {"period_start": date(2020, 7, 1)},
        {"period_start": date(2025, 7, 1), "at": datetime(2025, 12, 30, tzinfo=UTC)},
    ],
)
def test_a_period_that_is_none_of_the_plan(world: World, when: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError, match="a period of its plan"):
        enter(world, numerator=5, **when)


def test_a_figure_is_neither_dated_back_nor_ahead(world: World) -> None:
    for at in (datetime(1999, 1, 1, tzinfo=UTC), now() + timedelta(days=2)):
        with pytest.raises(IntegrityError, match="dated when it is entered"):
            enter(world, numerator=5, at=at)
    with as_house():
        for number, step in enumerate(("submitted", "returned"), start=1):
            SubmissionStep.objects.create(
                plan=world.plan, organisation=world.org["tanzania"], period_start=H1.start, period_months=6,
                number=number, step=step, reason="Look again", at=LATER,
            )  # fmt: skip
    with pytest.raises(IntegrityError, match="dated when it is entered"):
        enter(world, numerator=5, at=LATER - timedelta(minutes=1))
    assert enter(world, numerator=5, at=LATER).pk


def test_a_figure_that_is_not_asked(world: World) -> None:
    with as_house():
        revise(world, 2, activity="on_hold", in_force_on=date(2022, 6, 1))
    for revision in (1, 2):
        with pytest.raises(IntegrityError, match="where it is asked"):
            enter(world, numerator=5, revision=revision)


def test_a_definition_counts_from_its_day(world: World) -> None:
    with as_house():
        revise(world, 2, unit="people", in_force_on=date(2022, 7, 1))
    with pytest.raises(IntegrityError, match="where it is asked"):
        enter(world, numerator=5, revision=2)
    assert enter(world, numerator=5, revision=1).pk


def test_an_indicator_of_the_actions_is_answered_by_their_owners(world: World) -> None:
    with as_house():
        revise(world, 2, asked_of_associations=False, in_force_on=date(2022, 1, 1))
    with pytest.raises(IntegrityError, match="where it is asked"):
        enter(world, numerator=5, revision=2)
    with as_house():
        first = ActionRevision.objects.get(action=world.action["training"])
        first.pk, first.number, first.owner = None, 2, world.org["tanzania"]
        first.save(force_insert=True)
    assert enter(world, numerator=5, revision=2).pk


def revise(world: World, number: int, **more: Any) -> None:
    """One more definition of the cases."""
    revision = IndicatorRevision.objects.get(indicator=world.indicator["cases"], number=1)
    revision.pk, revision.number = None, number
    for field, value in more.items():
        setattr(revision, field, value)
    revision.save(force_insert=True)


def test_what_a_report_hides_about_children_stays_hidden(world: World) -> None:
    with as_house():
        revise(world, 2, about_children=True)
        revise(world, 3, about_children=False)
        revise(world, 4, about_children=True)
        report = Report.objects.create(
            plan=world.plan, code="r", period_start=H1.start, period_months=6, as_at=H1.until, rule_version="1",
            fingerprint="0" * 64, frozen_by=world.person["publisher"], frozen_at=LATER,
        )  # fmt: skip
        Release.objects.create(report=report, by=world.person["second_publisher"], at=LATER)
    with as_house(), pytest.raises(IntegrityError, match="stays hidden"), transaction.atomic():
        revise(world, 5, about_children=False)


def test_on_no_day_is_less_than_nothing_spent(world: World) -> None:
    def spend(minor: int, day: int, kind: str = "spent") -> None:
        with as_house(), transaction.atomic():
            BudgetEntry.objects.create(
                action=world.action["training"], kind=kind, amount_minor=minor, currency="EUR",
                on_day=date(2022, 3, day), reason="Because", by=world.person["plan_owner"], at=AT,
            )  # fmt: skip

    spend(1000, 10)
    spend(-400, 12)
    for minor, day in ((-1, 9), (-601, 12), (-700, 20)):
        with pytest.raises(IntegrityError, match="less than nothing"):
            spend(minor, day)
    spend(-600, 12)
    with pytest.raises(IntegrityError, match="not below nothing"):
        spend(-1, 12, kind="revised")
