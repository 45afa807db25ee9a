"""An indicator about few children: what organisations report of it, a report frozen and released, what that hides."""

from datetime import UTC, date, datetime

from omsorg.federation.access import acting_as
from omsorg.kernel.periods import Period
from omsorg.kernel.wall import as_house, in_name_of
from omsorg.plans.actions.reports import freeze_report, release_report
from omsorg.plans.models import Figure, Report
from omsorg.plans.queries.published import document_of, indicator_document
from omsorg.plans.rules.limits import ReportLimits
from omsorg.plans.rules.rollup import Missing
from world import World, hand_in

PERIOD = Period.parse("2023-H2")
EARLY = datetime(2024, 2, 1, tzinfo=UTC)


def about_children(world: World, code: str, **changed: object) -> None:
    with as_house():
        adopted = world.indicator[code].revisions.get(number=1)
        adopted.pk, adopted.number, adopted.about_children, adopted.reason = None, 2, True, "About children"
        for name, value in changed.items():
            setattr(adopted, name, value)
        adopted.save(force_insert=True)


def told(
    world: World, code: str, values: dict[str, tuple[int, int | None]], *, period: Period = PERIOD, at: datetime = EARLY
) -> None:
    """What organisations report; what they reported before is corrected."""
    with as_house():
        for who, (n, d) in values.items():
            cell = {
                "organisation": world.org[who],
                "indicator": world.indicator[code],
                "period_start": period.start,
                "period_months": period.months,
                "key_id": 0,
            }
            before = Figure.objects.filter(**cell).order_by("pk").last()
            Figure.objects.create(
                **cell, revision=1, state=1, numerator=n, denominator=d, source="test", at=at, supersedes=before
            )
    hand_in(world, *values, period=period, at=at)


def freeze(world: World, code: str, on: date, period: Period = PERIOD, *, at: datetime | None = None) -> Report:
    """A report as at the day, frozen at `at`, or at noon of that day."""
    assert world.plan is not None
    with in_name_of(world.person["publisher"].pk):
        return freeze_report(
            plan=world.plan,
            period=period,
            as_at=on,
            code=code,
            by=acting_as(world.person["publisher"].pk, day=on),
            at=at or datetime(on.year, on.month, on.day, 12, tzinfo=UTC),
            limits=ReportLimits(grace_days=30, small_cell=5),
        )


def release(world: World, report: Report) -> Report:
    at = report.frozen_at
    with in_name_of(world.person["second_publisher"].pk):
        release_report(report=report, by=acting_as(world.person["second_publisher"].pk, day=at.date()), at=at)
    return report


def hidden(report: Report, code: str) -> set[str]:
    """What a report hides of an indicator: organisations, periods, and the overview."""
    with as_house():
        document = indicator_document(report, code)
        part = next(part for part in document_of(report).indicators if part.code == code)
    found = {row["code"] for row in document["organisations"] if row["state"] == "hidden"}
    found |= {row["period"] for row in document["periods"] if row["missing"] == "hidden"}
    for row in (*document["organisations"], *document["periods"]):
        if "hidden" in (row.get("state"), row.get("missing")):
            assert row.get("numerator") is None
            assert row.get("denominator") is None
    return found | ({"overview"} if part.missing is Missing.HIDDEN else set())
