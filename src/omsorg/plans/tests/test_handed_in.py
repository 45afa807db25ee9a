"""A report takes what was handed in and nothing else: no draft, no correction that is under way, no silent answer."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from omsorg.kernel.periods import Period
from omsorg.kernel.wall import as_house
from omsorg.plans.actions.submissions import submit_answer
from omsorg.plans.models import Assessment, Evidence, Figure, Report
from omsorg.plans.queries.published import document_of, indicator_document
from omsorg.plans.rules.sentences import gaps_in_sum, indicator_sentences
from omsorg.plans.rules.snapshot import AddedUpPart, IndicatorPart
from omsorg.plans.tests.answering import H1, acting, record, record_all, trained
from omsorg.plans.tests.test_freeze_report import freeze
from world import World, hand_in

ENTERED = datetime(2024, 1, 10, 9, tzinfo=UTC)
HANDED_IN = datetime(2024, 1, 20, 9, tzinfo=UTC)
CORRECTED = datetime(2024, 2, 10, 9, tzinfo=UTC)
AGAIN = datetime(2024, 2, 20, 9, tzinfo=UTC)
PERIOD = Period.parse("2023-H2")
SHA = "0" * 64


def cell(world: World, who: str, code: str) -> dict[str, Any]:
    return {
        "organisation": world.org[who],
        "indicator": world.indicator[code],
        "period_start": PERIOD.start,
        "period_months": 6,
    }


def enter(world: World, who: str, n: int, *, at: datetime = ENTERED, code: str = "cases", **more: Any) -> Figure:
    with as_house():
        figure: Figure = Figure.objects.create(
            **cell(world, who, code), revision=1, key_id=0, state=1, numerator=n, source="test", at=at, **more
        )
    return figure


def attach(world: World, who: str, *, at: datetime, withdrawn_at: datetime | None = None) -> None:
    with as_house():
        number = Evidence.objects.count()
        Evidence.objects.create(
            **cell(world, who, "cases"),
            plan=world.plan,
            code=f"e{number}",
            filename="list.pdf",
            media_type="application/pdf",
            size=1,
            fingerprint=SHA,
            stored_as=f"s{number}",
            at=at,
            withdrawn_at=withdrawn_at,
        )


def of_report(report: Report, code: str = "cases") -> IndicatorPart:
    with as_house():
        return next(part for part in document_of(report).indicators if part.code == code)


def row(report: Report, who: str) -> dict[str, Any]:
    with as_house():
        rows = indicator_document(report, "cases")["organisations"]
    return next(each for each in rows if each["code"] == who)


def test_an_answer_that_was_never_handed_in_is_missing_everywhere(world: World) -> None:
    enter(world, "tanzania", 60)
    enter(world, "kenya", 40)
    hand_in(world, "kenya", period=PERIOD, at=HANDED_IN)
    report = freeze(world)
    part = of_report(report)
    assert part.value is not None
    assert part.coverage is not None
    assert (part.value.numerator, part.coverage.reported, part.coverage.expected) == (Decimal(40), 1, 4)
    assert (row(report, "tanzania")["state"], row(report, "kenya")["state"]) == ("silent", "measured")
    with as_house():
        document = document_of(report)
        periods = indicator_document(report, "cases")["periods"]
    assert (document.answers.received, document.figures.total) == (1, 1)
    assert [(each["numerator"], each["reported"], each["expected"]) for each in periods] == [("40", 1, 4)]


def test_a_returned_answer_counts_as_it_was_last_handed_in_until_it_is_handed_in_again(world: World) -> None:
    first = enter(world, "tanzania", 60)
    hand_in(world, "tanzania", period=PERIOD, at=HANDED_IN)
    enter(world, "tanzania", 6, at=CORRECTED, supersedes=first)
    under_way = freeze(world, code="under-way")
    hand_in(world, "tanzania", period=PERIOD, at=AGAIN)
    corrected = freeze(world, code="corrected")
    told = [of_report(report).value for report in (under_way, corrected)]
    assert [value and value.numerator for value in told] == [Decimal(60), Decimal(6)]
    assert [row(report, "tanzania")["numerator"] for report in (under_way, corrected)] == ["60", "6"]


def test_what_was_handed_in_after_the_moment_is_not_known_at_it(world: World) -> None:
    enter(world, "tanzania", 60)
    hand_in(world, "tanzania", period=PERIOD, at=datetime(2024, 5, 1, tzinfo=UTC))
    part = of_report(freeze(world))
    assert (part.value, part.coverage and part.coverage.reported) == (None, 0)


def test_documents_count_as_they_were_handed_in(world: World) -> None:
    for who in ("tanzania", "kenya", "norway", "sweden"):
        enter(world, who, 10)
    attach(world, "tanzania", at=ENTERED)
    attach(world, "kenya", at=CORRECTED)
    attach(world, "norway", at=ENTERED, withdrawn_at=CORRECTED)
    attach(world, "sweden", at=ENTERED, withdrawn_at=ENTERED)
    hand_in(world, "tanzania", "kenya", "norway", "sweden", period=PERIOD, at=HANDED_IN)
    with as_house():
        assert document_of(freeze(world)).figures.with_evidence == 2  # Tanzania's and Norway's


@pytest.mark.parametrize(
    ("as_published", "is_handed_in", "stated"),
    [(False, False, "not_rated"), (False, True, "on_track"), (True, False, "on_track")],
    ids=["a rating that is not handed in", "one that is", "one taken over from a published report"],
)
def test_an_own_rating_belongs_to_its_answer_and_a_published_one_to_none(
    world: World, as_published: bool, is_handed_in: bool, stated: str
) -> None:
    with as_house():
        Assessment.objects.create(
            **cell(world, "international", "ombuds"),
            revision=1,
            voice="self",
            rating="on_track",
            as_published=as_published,
            at=ENTERED,
        )
    if is_handed_in:
        hand_in(world, "international", period=PERIOD, at=HANDED_IN)
    assert of_report(freeze(world), "ombuds").stated == stated


def test_handing_in_is_never_dated_before_what_is_handed_in(world: World) -> None:
    """Two machines: the clock of the one that kept the figures is a little ahead of the one that hands them in."""
    earlier, later = datetime(2022, 7, 10, 9, 0, 0, tzinfo=UTC), datetime(2022, 7, 10, 9, 0, 2, tzinfo=UTC)
    record_all(world, at=later)
    with acting(world, "officer", earlier) as by:
        step = submit_answer(plan=world.plan, organisation=world.org["tanzania"], period=H1, by=by, at=earlier)
    assert step.at == later
    assert record(world, trained(world, 1, 2), org="kenya", who="officer_kenya").is_whole


def test_what_is_added_up_from_the_start_says_in_which_periods_somebody_gave_no_figure(world: World) -> None:
    """Five half-years since the plan began: two from all four associations, one silent, one half, one half drafted."""
    with as_house():
        told = world.indicator["cases"].revisions.get(number=1)
        told.pk, told.number, told.accumulates, told.reason = None, 2, True, "Counted from the start"
        told.save(force_insert=True)
        everybody = ("tanzania", "kenya", "norway", "sweden")
        answered = {"2021-H2": everybody, "2022-H1": everybody[:2], "2023-H1": everybody, "2023-H2": everybody}
        for code, houses in answered.items():
            start = Period.parse(code).start
            for who in houses:
                where = {**cell(world, who, "cases"), "period_start": start}
                Figure.objects.create(**where, revision=1, key_id=0, state=1, numerator=10, source="test", at=ENTERED)
    for code, houses in answered.items():
        hand_in(world, *houses[: 3 if code == "2023-H1" else 4], period=Period.parse(code), at=HANDED_IN)
    part = of_report(freeze(world))
    assert part.value is not None
    assert part.value.numerator == Decimal(130)
    assert part.added_up == AddedUpPart(periods=5, months=6, incomplete=3)
    assert gaps_in_sum(part, "en") == (
        "Added up over 5 half-years: in 3 of them not everybody has given a figure,"
        " and what is missing is not in the sum."
    )
    assert gaps_in_sum(part, "en") in indicator_sentences(part, "en", date(2024, 3, 31))


def test_a_half_year_in_which_it_was_on_hold_is_not_missing(world: World) -> None:
    with as_house():
        for number, (since, activity) in enumerate(
            [(date(2021, 7, 1), "active"), (date(2022, 1, 1), "on_hold"), (date(2022, 7, 1), "active")], start=2
        ):
            told = world.indicator["cases"].revisions.get(number=1)
            told.pk, told.number, told.accumulates, told.reason = None, number, True, "Waits"
            told.in_force_on, told.activity = since, activity
            told.save(force_insert=True)
    part = of_report(freeze(world))
    assert part.added_up == AddedUpPart(periods=4, months=6, incomplete=4)
    assert gaps_in_sum(part, "en") == ""  # nothing is said of a sum that is not there


def test_the_worst_share_is_exact_however_close_the_next_one_is(world: World) -> None:
    with as_house():
        worst = world.indicator["trained"].revisions.get(number=1)
        worst.pk, worst.number, worst.roll_up, worst.reason = None, 2, "worst", "The least good one counts"
        worst.save(force_insert=True)
    # 20 digits: a share worked out to 16 or 20 places is the same for both.
    whole = 30_000_000_000_000_000_000_001
    enter(world, "tanzania", 10_000_000_000_000_000_000_001, code="trained", denominator=whole)
    enter(world, "kenya", 10_000_000_000_000_000_000_000, code="trained", denominator=whole)
    hand_in(world, "tanzania", "kenya", period=PERIOD, at=HANDED_IN)
    value = of_report(freeze(world), "trained").value
    assert value is not None
    assert (value.numerator, value.denominator) == (Decimal(10_000_000_000_000_000_000_000), Decimal(whole))
