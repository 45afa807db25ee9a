"""What a report says as at a day: since when work stopped, which override counts, who judged, what is proven."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from omsorg.kernel.periods import Period
from omsorg.kernel.wall import as_house
from omsorg.plans.actions.submissions import approve_answer, submit_answer
from omsorg.plans.models import Assessment, Evidence, Figure, Target, Verification
from omsorg.plans.queries.disagreements import voices_of
from omsorg.plans.queries.promises import plan_as_of
from omsorg.plans.queries.published import indicator_document
from omsorg.plans.rules.limits import ReportLimits
from omsorg.plans.rules.measures import Rating, Status
from omsorg.plans.rules.snapshot import IndicatorPart
from omsorg.plans.tests import answering
from omsorg.plans.tests.test_freeze_report import AS_AT, AT, PERIOD, figures, freeze, read
from omsorg.plans.tests.test_judgements import rate
from world import World, hand_in

EARLIER = Period.parse("2022-H1")
EVERYBODY = ("tanzania", "kenya", "norway", "sweden")


def instant(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def indicator_part(world: World, code: str) -> IndicatorPart:
    return next(part for part in read(freeze(world)).indicators if part.code == code)


# ---- since when work stopped -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "stopped_on", "slip_days"),
    [
        pytest.param(
            [(date(2022, 1, 15), "on_hold"), (date(2022, 3, 1), "active"), (date(2024, 3, 1), "on_hold")],
            date(2024, 3, 1),
            61,
            id="on hold twice",
        ),
        pytest.param(
            [(date(2024, 1, 10), "on_hold"), (date(2024, 3, 1), "dropped")],
            date(2024, 1, 10),
            10,
            id="held, then dropped",
        ),
        pytest.param([(date(2024, 1, 10), "on_hold"), (date(2024, 3, 1), "active")], None, 91, id="taken up again"),
        pytest.param(
            [(date(2024, 1, 10), "on_hold"), (date(2024, 4, 1), "active")],
            date(2024, 1, 10),
            10,
            id="what comes later is not known yet",
        ),
    ],
)
def test_a_report_and_the_page_of_the_plan_stop_counting_on_the_same_day(
    world: World, said: list[tuple[date, str]], stopped_on: date | None, slip_days: int
) -> None:
    with as_house():
        for number, (day, activity) in enumerate(said, start=2):
            revision = world.action["training"].revisions.get(number=1)
            revision.pk, revision.number, revision.in_force_on, revision.at = None, number, day, instant(day)
            revision.activity, revision.reason = activity, "The war"
            revision.save(force_insert=True)
        state = plan_as_of(world.plan, AS_AT).action["training"]
    assert state.stopped_on == stopped_on
    told = next(part for part in read(freeze(world)).actions if part.code == "training")
    assert told.slip_days == slip_days


# ---- which override counts -------------------------------------------------------------------------------------


def set_aside(world: World, rating: Rating, on: date, until: date, *, replaces: Assessment | None = None) -> Assessment:
    with as_house():
        said: Assessment = Assessment.objects.create(
            indicator=world.indicator["cases"],
            organisation=world.org["international"],
            revision=1,
            period_start=PERIOD.start,
            period_months=PERIOD.months,
            voice="override",
            rating=rating,
            reason=f"It is {rating}",
            ends_on=until,
            supersedes=replaces,
            by=world.person["plan_owner"],
            at=instant(on),
        )
    return said


def test_an_override_said_after_the_day_leaves_the_one_of_the_day_in_force(world: World) -> None:
    first = set_aside(world, Rating.ON_TRACK, date(2024, 2, 1), date(2024, 12, 31))
    set_aside(world, Rating.COMPLETED, date(2024, 4, 1), date(2024, 12, 31), replaces=first)
    part = indicator_part(world, "cases")
    assert (part.override, part.stated, part.override_reason) == (Rating.ON_TRACK, Rating.ON_TRACK, "It is on_track")


def test_an_override_of_a_later_period_that_is_over_uncovers_the_one_that_is_not(world: World) -> None:
    set_aside(world, Rating.ON_TRACK, date(2024, 2, 1), date(2024, 12, 31))
    set_aside(world, Rating.COMPLETED, date(2024, 2, 10), date(2024, 3, 1))
    assert indicator_part(world, "cases").override is Rating.ON_TRACK


def test_an_override_that_was_replaced_does_not_come_back(world: World) -> None:
    first = set_aside(world, Rating.ON_TRACK, date(2024, 2, 1), date(2024, 12, 31))
    set_aside(world, Rating.COMPLETED, date(2024, 2, 10), date(2024, 3, 1), replaces=first)
    assert indicator_part(world, "cases").override is None


# ---- who gave the verdict --------------------------------------------------------------------------------------


def test_a_verifier_is_called_what_it_was_called_on_the_day(world: World) -> None:
    figures(world, "cases", {"tanzania": (60, None)}, at=datetime(2024, 1, 20, tzinfo=UTC))
    with as_house():
        norway = world.org["norway"]
        was_called = norway.name
        Verification.objects.create(
            figure=Figure.objects.get(),
            organisation=world.org["tanzania"],
            verdict="confirmed",
            by=world.person["verifier"],
            by_organisation=norway,
            at=datetime(2024, 2, 1, tzinfo=UTC),
        )
        norway.name, norway.named_from = "Norway Renamed", date(2024, 4, 1)
        norway.save()
    report = freeze(world)
    with as_house():
        rows = {row["code"]: row for row in indicator_document(report, "cases")["organisations"]}
    assert rows["tanzania"]["verified_by"] == rows["norway"]["name"] == was_called


# ---- what stands behind a milestone ----------------------------------------------------------------------------


def asks_for_documents(world: World) -> None:
    with as_house():
        revision = world.indicator["policy"].revisions.get(number=1)
        revision.pk, revision.number, revision.evidence_needed, revision.reason = None, 2, True, "Shown, not said"
        revision.save(force_insert=True)


def due_by_june(world: World) -> None:
    with as_house():
        Target.objects.create(
            indicator=world.indicator["policy"],
            organisation=world.org["international"],
            series=1,
            due_on=date(2024, 6, 30),
            number=1,
            in_force_on=date(2021, 7, 1),
            reason="As adopted",
            at=datetime(2021, 7, 1, tzinfo=UTC),
        )


def answered(world: World, period: Period, value: int, *, documents: tuple[str, ...]) -> None:
    cell: dict[str, Any] = {
        "indicator": world.indicator["policy"],
        "period_start": period.start,
        "period_months": period.months,
        "at": AT,
    }
    with as_house():
        for who in EVERYBODY:
            Figure.objects.create(
                organisation=world.org[who], revision=2, key_id=0, state=1, numerator=value, meets=value >= 1, **cell
            )
        for who in documents:
            Evidence.objects.create(
                organisation=world.org[who],
                plan=world.plan,
                code=f"{who}-{period.code}",
                filename="minutes.pdf",
                media_type="application/pdf",
                size=1,
                fingerprint="0" * 64,
                stored_as=f"{who}-{period.code}",
                **cell,
            )
    hand_in(world, *EVERYBODY, period=period, at=AT)


@pytest.mark.parametrize(
    ("documents", "status"),
    [
        pytest.param((), Status.ON_TRACK, id="of none of those who reached it"),
        pytest.param(("tanzania",), Status.ON_TRACK, id="of one of four"),
        pytest.param(EVERYBODY, Status.COMPLETED, id="of all four"),
    ],
)
def test_a_milestone_is_proven_by_everybody_who_says_that_it_is_reached(
    world: World, documents: tuple[str, ...], status: Status
) -> None:
    """The minutes that one association attached to "not reached" prove nothing for all of them later."""
    asks_for_documents(world)
    due_by_june(world)
    answered(world, EARLIER, 0, documents=("tanzania",))
    answered(world, PERIOD, 1, documents=documents)
    part = indicator_part(world, "policy")
    assert (part.value and part.value.numerator, part.computed) == (4, status)


def test_a_milestone_that_asks_for_no_document_is_completed_without_one_also_where_voices_are_compared(
    world: World,
) -> None:
    due_by_june(world)
    answering.record_all(world)
    rate(world, Rating.COMPLETED, code="policy")
    answer = {"plan": world.plan, "organisation": world.org["tanzania"], "period": answering.H1, "at": answering.AT}
    with answering.acting(world, "officer") as by:
        submit_answer(**answer, by=by)
    with answering.acting(world, "reviewer") as by:
        approve_answer(**answer, by=by)
    with as_house():
        (voices,) = voices_of(
            world.plan,
            answering.H1,
            units=[world.org["tanzania"].pk],
            known_at=answering.AT,
            limits=ReportLimits(grace_days=30, small_cell=5),
        )
    assert (voices.computed, voices.disagree) == (Status.COMPLETED, False)
