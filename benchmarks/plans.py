"""The plan tracker, measured: pages, roll-up, submission, freeze, import, all countries by year."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

from django.db import connection
from django.test.utils import CaptureQueriesContext

from benchmarks.answers import file_import, submission
from benchmarks.database import own_database
from benchmarks.federation import ANSWER, LARGE, PERIOD, SHEET, SMALL, Made, make
from benchmarks.measure import Line, beside
from benchmarks.pages import public_pages, staff_pages
from omsorg.federation.access import acting_as
from omsorg.kernel.wall import as_house, in_name_of
from omsorg.plans.access import periods_of
from omsorg.plans.actions.reports import freeze_report, release_report
from omsorg.plans.queries.asked import definitions_on
from omsorg.plans.queries.boards import by_year
from omsorg.plans.rules.limits import ReportLimits

AS_AT = date(2024, 3, 31)
LIMITS = ReportLimits(grace_days=30, small_cell=5)
AT = datetime(2024, 4, 2, 9, tzinfo=UTC)


def run(*, large: bool) -> Iterator[Line]:
    """Every figure, one after the other, each in a fresh database."""
    with own_database("bench_omsorg_small"):
        made = make(SMALL)
        yield Line("figures made (137 associations)", SMALL.figures, "")
        yield from _whole(made, "575,000")
    with own_database("bench_omsorg_answer"):
        made = make(ANSWER)
        yield from submission(made, "160,000")
        yield from _equality("160,000")
    with own_database("bench_omsorg_sheet"):
        yield from file_import(make(SHEET))
    if large:
        with own_database("bench_omsorg_large"):
            made = make(LARGE)
            yield Line("figures made (1,300 programmes)", LARGE.figures, "")
            yield from _whole(made, "20 million")
            yield from submission(made, "20 million")
            yield from _equality("20 million")


def _whole(made: Made, name: str) -> Iterator[Line]:
    yield from _countries(made, name)
    yield from _freeze(made, name)
    yield from public_pages(made, name)
    yield from staff_pages(made, name)


CELLS = (
    "node_id, indicator_id, period_start, period_months, key_id, numerator, denominator, reported, estimated, meeting,"
    " no_cases, not_collected, not_applicable, suppressed, refused, unreadable"
)


def _equality(name: str) -> Iterator[Line]:
    """How many cells differ, either way, between the kept sums and a full rebuild, after answers were added to them.

    The generator makes the sums by a rebuild: asked before the answers come in, this would prove nothing.
    """
    with as_house(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL work_mem = '512MB'")
        cursor.execute(
            f"WITH kept AS MATERIALIZED (SELECT {CELLS} FROM plans_summed_cell WHERE reported + not_collected"  # noqa: S608
            " + not_applicable + suppressed + refused + unreadable <> 0),"
            f" made AS MATERIALIZED (SELECT {CELLS} FROM plans_true_sums())"
            " SELECT (SELECT count(*) FROM (SELECT * FROM kept EXCEPT SELECT * FROM made) AS more)"
            " + (SELECT count(*) FROM (SELECT * FROM made EXCEPT SELECT * FROM kept) AS less)"
        )
        yield Line(f"cells where kept sums differ from a rebuild ({name})", cursor.fetchone()[0], "", goal=0)


def _freeze(made: Made, name: str) -> Iterator[Line]:
    publisher = made.publisher.pk
    number = iter(range(1000))

    def freeze() -> None:
        with in_name_of(publisher, day=AS_AT):
            freeze_report(
                plan=made.plan,
                period=PERIOD,
                as_at=AS_AT,
                code=f"bench-{next(number)}",
                by=acting_as(publisher, day=AS_AT),
                at=AT,
                limits=LIMITS,
            )

    with in_name_of(publisher, day=AS_AT), CaptureQueriesContext(connection) as asked:
        freeze_report(
            plan=made.plan,
            period=PERIOD,
            as_at=AS_AT,
            code="bench-first",
            by=acting_as(publisher, day=AS_AT),
            at=AT,
            limits=LIMITS,
        )
    reads = [
        each["sql"]
        for each in asked.captured_queries
        if not each["sql"].lstrip().startswith(("INSERT", "SAVEPOINT", "RELEASE"))
    ]

    def bare() -> None:
        with in_name_of(publisher, day=AS_AT), connection.cursor() as cursor:
            for sql in reads:
                cursor.execute(sql.replace("%", "%%"))
                cursor.fetchall()

    took, floor = beside(freeze, bare, times=1, rounds=3)
    yield Line(f"freeze a report ({name})", took.both, "ms", floor.both, goal=3000)
    with as_house():
        report = made.plan.reports.get(code="bench-first")
    with in_name_of(made.second_publisher.pk, day=AS_AT):
        release_report(report=report, by=acting_as(made.second_publisher.pk, day=AS_AT), at=AT)


def _countries(made: Made, name: str) -> Iterator[Line]:
    """All associations x indicator x year, beside the same statement sent bare."""
    asked = definitions_on(made.plan.pk, AS_AT, frequency_months=made.plan.frequency_months)
    periods = [period for period in periods_of(made.plan) if period.until <= AS_AT]
    with as_house(), CaptureQueriesContext(connection) as sent:
        by_year(made.plan, asked, periods)
    statement = next(each["sql"] for each in sent.captured_queries if "WITH asked" in each["sql"])

    def all_of_them() -> None:
        with as_house():
            by_year(made.plan, asked, periods)

    def bare() -> None:
        with as_house(), connection.cursor() as cursor:
            cursor.execute(statement.replace("%", "%%"))
            cursor.fetchall()

    took, floor = beside(all_of_them, bare, times=3)
    yield Line(f"all associations x indicator x year ({name})", took.both, "ms", floor.both, goal=500)
