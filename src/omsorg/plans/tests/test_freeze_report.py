"""A publisher freezes a report, a second person releases it, and what is frozen stays as it was."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import DatabaseError

from omsorg.federation.access import NotAllowed, acting_as
from omsorg.federation.models import Organisation, Position
from omsorg.kernel.periods import Period
from omsorg.kernel.wall import as_house, in_name_of
from omsorg.plans.actions.reports import (
    AlreadyReleased,
    DayNotOver,
    FrozenBySamePerson,
    PeriodNotOver,
    PeriodOfOtherLength,
    ReportNameTaken,
    freeze_report,
    release_report,
)
from omsorg.plans.models import Assessment, Figure, Release, Report, ReportPart, Target
from omsorg.plans.queries.published import document_of, indicator_document
from omsorg.plans.rules.limits import ReportLimits
from omsorg.plans.rules.measures import Rating, RatingSource, Status
from omsorg.plans.rules.rollup import Missing
from omsorg.plans.rules.snapshot import ReportDocument
from world import World, hand_in

PERIOD = Period.parse("2023-H2")
AS_AT = date(2024, 3, 31)
AT = datetime(2024, 4, 2, 9, tzinfo=UTC)


def figures(world: World, code: str, values: dict[str, tuple[int, int | None]], at: datetime = AT) -> None:
    """Figures of answers that are handed in at once."""
    enter(world, code, values, at)
    hand_in(world, *values, period=PERIOD, at=at)


def enter(world: World, code: str, values: dict[str, tuple[int, int | None]], at: datetime = AT) -> None:
    with as_house():
        Figure.objects.bulk_create(
            Figure(
                organisation=world.org[who],
                indicator=world.indicator[code],
                revision=1,
                period_start=PERIOD.start,
                period_months=6,
                key_id=0,
                state=1,
                numerator=n,
                denominator=d,
                source="test",
                at=at,
                meets=n >= 1 if code == "policy" else None,
            )
            for who, (n, d) in values.items()
        )


def freeze(world: World, who: str = "publisher", code: str = "march-2024", **changed: object) -> Report:
    assert world.plan is not None
    with in_name_of(world.person[who].pk):
        asked = {"period": PERIOD, "as_at": AS_AT, "at": AT, **changed}
        return freeze_report(
            plan=world.plan,
            code=code,
            by=acting_as(world.person[who].pk, day=AS_AT),
            limits=ReportLimits(grace_days=30, small_cell=5),
            **asked,  # type: ignore[arg-type]
        )


def read(report: Report) -> ReportDocument:
    with as_house():
        return document_of(report)


def release(world: World, report: Report, who: str = "second_publisher") -> Release:
    with in_name_of(world.person[who].pk):
        return release_report(report=report, by=acting_as(world.person[who].pk, day=AS_AT), at=AT)


def test_what_is_frozen_is_the_ratio_of_sums_with_its_coverage(world: World) -> None:
    figures(world, "trained", {"tanzania": (1, 2), "kenya": (99, 100)})
    frozen = read(freeze(world))
    trained = next(part for part in frozen.indicators if part.code == "trained")
    assert trained.value is not None
    assert (trained.value.numerator, trained.value.denominator) == (Decimal(100), Decimal(102))
    assert trained.coverage is not None
    assert (trained.coverage.reported, trained.coverage.expected) == (2, 4)
    assert (frozen.answers.expected, frozen.answers.received, frozen.answers.late) == (4, 2, 2)


def test_each_indicator_is_frozen_over_all_organisations_and_the_silent_ones_are_named(world: World) -> None:
    figures(world, "cases", {"tanzania": (0, None)})
    report = freeze(world)
    with as_house():
        rows = {row["code"]: row for row in indicator_document(report, "cases")["organisations"]}
    assert rows["tanzania"]["numerator"] == "0"
    assert rows["tanzania"]["state"] == "measured"
    assert rows["kenya"]["state"] == "silent"
    assert "numerator" not in rows["kenya"]


def about_few_children(world: World, **changed: object) -> None:
    with as_house():
        adopted = world.indicator["cases"].revisions.get(number=1)
        adopted.pk, adopted.number, adopted.about_children, adopted.reason = None, 2, True, "Few children"
        for name, value in changed.items():
            setattr(adopted, name, value)
        adopted.save(force_insert=True)


def test_small_counts_of_children_are_hidden_and_the_total_with_them_where_it_would_tell(world: World) -> None:
    about_few_children(world)
    figures(world, "cases", {"tanzania": (3, None), "kenya": (0, None)})
    report = freeze(world)
    part = next(part for part in read(report).indicators if part.code == "cases")
    assert (part.value, part.missing) == (None, Missing.HIDDEN)
    with as_house():
        told = indicator_document(report, "cases")
    rows = {row["code"]: row for row in told["organisations"]}
    assert (rows["tanzania"]["state"], rows["kenya"]["state"]) == ("hidden", "measured")
    assert "numerator" not in rows["tanzania"]
    assert [(row["numerator"], row["missing"]) for row in told["periods"]] == [(None, "hidden")]


def test_a_small_count_is_hidden_where_it_is_shown_as_the_worst_one(world: World) -> None:
    about_few_children(world, roll_up="worst", direction="up")
    figures(world, "cases", {"tanzania": (3, None), "kenya": (40, None)})
    report = freeze(world)
    part = next(part for part in read(report).indicators if part.code == "cases")
    assert (part.value, part.missing) == (None, Missing.HIDDEN)
    with as_house():
        told = indicator_document(report, "cases")
    assert [(row["numerator"], row["missing"]) for row in told["periods"]] == [(None, "hidden")]


def test_a_hidden_period_hides_what_is_counted_from_the_start_and_no_period_stands_in_its_place(world: World) -> None:
    about_few_children(world, accumulates=True)
    figures(world, "cases", {"kenya": (40, None)})
    with as_house():
        Figure.objects.create(
            organisation=world.org["kenya"],
            indicator=world.indicator["cases"],
            revision=1,
            period_start=PERIOD.previous().start,
            period_months=6,
            key_id=0,
            state=1,
            numerator=3,
            source="test",
            at=AT,
        )
    hand_in(world, "kenya", period=PERIOD.previous(), at=AT)
    part = next(part for part in read(freeze(world)).indicators if part.code == "cases")
    assert (part.value, part.missing) == (None, Missing.HIDDEN)


def test_a_rule_rates_where_there_is_a_target_and_the_owner_where_there_is_none(world: World) -> None:
    with as_house():
        for series, due_on, number in ((2, date(2021, 7, 1), 0), (1, date(2024, 6, 30), 100)):
            Target.objects.create(
                indicator=world.indicator["cases"],
                organisation=world.org["international"],
                series=series,
                due_on=due_on,
                number=number,
                in_force_on=date(2021, 7, 1),
                reason="As adopted",
                at=AT,
            )
        Assessment.objects.create(
            indicator=world.indicator["ombuds"],
            organisation=world.org["international"],
            revision=1,
            period_start=PERIOD.start,
            period_months=6,
            voice="self",
            rating="off_track",
            cause="time",
            new_date=date(2026, 1, 1),
            by=world.person["plan_owner"],
            at=AT,
        )
    figures(world, "cases", {"tanzania": (60, None), "kenya": (50, None)})
    hand_in(world, "international", period=PERIOD, at=AT)
    parts = {part.code: part for part in read(freeze(world)).indicators}
    assert (parts["cases"].stated, parts["cases"].source, parts["cases"].computed) == (
        Rating.COMPLETED,
        RatingSource.COMPUTED,
        Status.COMPLETED,
    )
    assert (parts["ombuds"].stated, parts["ombuds"].source) == (Rating.OFF_TRACK, RatingSource.SELF)
    assert parts["trained"].stated is Rating.NOT_RATED


def test_a_later_figure_does_not_change_a_frozen_report_nor_what_was_known_then(world: World) -> None:
    figures(world, "cases", {"tanzania": (60, None)})
    report = freeze(world)
    with as_house():
        first = {part.name: part.fingerprint for part in ReportPart.objects.filter(report=report)}
    figures(world, "cases", {"kenya": (40, None)}, at=datetime(2024, 5, 1, tzinfo=UTC))
    again = freeze(world, code="march-2024-again")
    with as_house():
        second = {part.name: part.fingerprint for part in ReportPart.objects.filter(report=again)}
    assert first["indicator/cases"] == second["indicator/cases"]


def test_a_second_person_releases_and_only_then_everybody_reads(world: World) -> None:
    report = freeze(world)
    with in_name_of(None):
        assert not Report.objects.exists()
        assert not ReportPart.objects.exists()
    with pytest.raises(FrozenBySamePerson):
        release(world, report, who="publisher")
    release(world, report)
    with in_name_of(None):
        assert Report.objects.get().code == "march-2024"
        assert ReportPart.objects.filter(name="plan").exists()
    with pytest.raises(AlreadyReleased):
        release(world, report)


def test_the_database_itself_refuses_a_release_by_the_one_who_froze(world: World) -> None:
    report = freeze(world)
    with in_name_of(world.person["publisher"].pk), pytest.raises(IntegrityError), transaction.atomic():
        Release.objects.create(report=report, by=world.person["publisher"], at=AT)


@pytest.mark.parametrize("who", ["publisher", "second_publisher", "officer", None])
def test_the_database_itself_refuses_to_add_to_a_released_report(world: World, who: str | None) -> None:
    report = freeze(world)
    release(world, report)
    with in_name_of(world.person[who].pk if who else None), pytest.raises(DatabaseError), transaction.atomic():
        ReportPart.objects.create(report=report, name="indicator/invented", document="{}", fingerprint="0" * 64)


def test_the_database_itself_refuses_a_release_by_somebody_of_a_branch_below(world: World) -> None:
    report = freeze(world)
    with in_name_of(world.person["officer"].pk), pytest.raises(DatabaseError, match="row-level"), transaction.atomic():
        Release.objects.create(report=report, by=world.person["officer"], at=AT)


def test_the_sums_of_all_branches_are_told_to_the_house_alone(world: World) -> None:
    figures(world, "cases", {"kenya": (7, None)})
    told = []
    for door in (as_house(), in_name_of(world.person["officer"].pk), in_name_of(None)):
        with door, connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM plans_true_sums()")
            told.append(cursor.fetchone()[0] > 0)
    assert told == [True, False, False]


@pytest.mark.parametrize("change", ["UPDATE plans_reportpart SET document = ''", "DELETE FROM plans_report"])
def test_the_database_itself_refuses_to_change_what_is_frozen(world: World, change: str) -> None:
    freeze(world)
    with as_house(), connection.cursor() as cursor, pytest.raises(DatabaseError), transaction.atomic():
        cursor.execute(change)


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"as_at": date(2024, 4, 3)}, DayNotOver),
        ({"as_at": date(2023, 12, 30)}, PeriodNotOver),
        ({"period": Period.parse("2023")}, PeriodOfOtherLength),
    ],
    ids=["a day to come", "a period that is not over", "a period of another length"],
)
def test_a_report_that_could_not_be_true_is_refused(
    world: World, changed: dict[str, object], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        freeze(world, **changed)
    with as_house():
        assert not Report.objects.exists()


def test_a_name_is_used_once_and_only_a_publisher_freezes(world: World) -> None:
    freeze(world)
    with pytest.raises(ReportNameTaken):
        freeze(world)
    with pytest.raises(NotAllowed):
        freeze(world, who="officer", code="another")


def test_freezing_leaves_one_trace_and_asks_the_same_number_of_questions_however_large(
    world: World, django_assert_max_num_queries: object
) -> None:
    with django_assert_max_num_queries(49):  # type: ignore[operator]
        freeze(world)
    with as_house(), connection.cursor() as cursor:
        cursor.execute("SELECT verb, subject FROM kernel_trace")
        assert cursor.fetchall() == [("freeze_report", "report:example-plan/march-2024")]


def test_who_has_left_the_tree_since_is_told_of_in_the_period_in_which_they_stood_in_it(world: World) -> None:
    figures(world, "cases", {"tanzania": (30, None), "kenya": (40, None)})
    with as_house():
        Position.objects.filter(organisation=world.org["tanzania"]).update(valid_until=date(2024, 1, 15))
        Organisation.objects.filter(pk=world.org["tanzania"].pk).update(exists_until=date(2024, 1, 15))
    report = freeze(world)
    cases = next(part for part in read(report).indicators if part.code == "cases")
    assert cases.value is not None
    assert cases.value.numerator == Decimal(70)
    with as_house():
        rows = {row["code"]: row for row in indicator_document(report, "cases")["organisations"]}
    assert rows["tanzania"]["numerator"] == "30"


def test_a_rating_by_figures_that_are_not_of_the_period_names_their_day(world: World) -> None:
    with as_house():
        for series, number, due in ((2, 10, date(2021, 6, 30)), (1, 90, date(2023, 12, 31))):
            Target.objects.create(
                indicator=world.indicator["trained"],
                organisation=world.org["international"],
                series=series,
                number=Decimal(number),
                denominator=Decimal(100),
                due_on=due,
                in_force_on=date(2021, 7, 1),
                at=AT,
                reason="As adopted",
            )
    figures(world, "trained", dict.fromkeys(("tanzania", "kenya", "norway", "sweden"), (90, 100)))
    of_its_own = next(part for part in read(freeze(world)).indicators if part.code == "trained")
    assert (of_its_own.computed, of_its_own.rated_on) == (Status.COMPLETED, None)
    later = freeze(world, code="later", period=PERIOD.next(), as_at=date(2024, 9, 30), at=AT.replace(month=10))
    part = next(part for part in read(later).indicators if part.code == "trained")
    assert (part.value, part.missing, part.computed) == (None, Missing.NOT_REPORTED, Status.COMPLETED)
    assert part.rated_on == date(2023, 12, 31)


def test_a_period_of_which_nobody_told_anything_stands_there_as_missing(world: World) -> None:
    figures(world, "trained", {"tanzania": (40, 50)})
    later = freeze(world, code="later", period=PERIOD.next(), as_at=date(2024, 9, 30), at=AT.replace(month=10))
    with as_house():
        own = indicator_document(later, "trained")
    assert [(row["period"], row["missing"], row["reported"], row["expected"]) for row in own["periods"]] == [
        ("2023-H2", None, 1, 4),
        ("2024-H1", "not_reported", 0, 4),
    ]
