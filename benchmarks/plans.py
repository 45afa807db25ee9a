"""The plan tracker, measured: pages, roll-up, submission, freeze, import, all countries by year."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

from django.core.handlers.wsgi import WSGIHandler
from django.db import connection, transaction
from django.template import Context
from django.template.context import make_context
from django.template.loader import get_template
from django.test.signals import template_rendered
from django.test.utils import CaptureQueriesContext, setup_test_environment, teardown_test_environment

from benchmarks.federation import ANSWER, LARGE, SMALL, Made, Size, make, own_database
from benchmarks.measure import Line, spent
from omsorg.federation.access import acting_as
from omsorg.federation.models import Organisation
from omsorg.kernel.periods import Period
from omsorg.kernel.wall import as_house, in_name_of
from omsorg.plans.actions.figures import Entry, record_figures
from omsorg.plans.actions.reports import freeze_report, release_report
from omsorg.plans.queries.boards import by_year
from omsorg.plans.rules.measures import TimeRule

PERIOD = Period.parse("2023-H2")
AS_AT = date(2024, 3, 31)
AT = datetime(2024, 4, 2, 9, tzinfo=UTC)


def run(*, large: bool) -> Iterator[Line]:
    """Every figure, one after the other, each in a fresh database."""
    with own_database("bench_omsorg_small"):
        made = make(SMALL)
        yield Line("figures made (137 associations)", SMALL.figures, "")
        yield from _equality(made)
        yield from _freeze(made)
        yield from _pages(made)
        yield from _countries(made, "137 associations")
    with own_database("bench_omsorg_answer"):
        made = make(ANSWER)
        yield from _submission(made, ANSWER)
    if large:
        with own_database("bench_omsorg_large"):
            made = make(LARGE)
            yield Line("figures made (1,300 programmes)", LARGE.figures, "")
            yield from _countries(made, "20 million figures", goal=500)
            yield from _submission(made, LARGE)


def _equality(made: Made) -> Iterator[Line]:
    """The sums kept by signed difference equal a full rebuild: told as the number of cells that differ."""
    with as_house(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM ((SELECT node_id, indicator_id, period_start, period_months, key_id, numerator,"
            " denominator, reported FROM plans_summary EXCEPT SELECT node_id, indicator_id, period_start,"
            " period_months, key_id, numerator, denominator, reported FROM plans_true_sums())) AS differing"
        )
        yield Line("cells where kept sums differ from a full rebuild", cursor.fetchone()[0], "", goal=0)


def _freeze(made: Made) -> Iterator[Line]:
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
                grace_days=30,
                small_cell=5,
            )

    with in_name_of(publisher, day=AS_AT), CaptureQueriesContext(connection) as asked:
        freeze_report(
            plan=made.plan,
            period=PERIOD,
            as_at=AS_AT,
            code="bench-first",
            by=acting_as(publisher, day=AS_AT),
            at=AT,
            grace_days=30,
            small_cell=5,
        )
    reads = [each["sql"] for each in asked.captured_queries if each["sql"].startswith(("SELECT", "\n"))]

    def bare() -> None:
        with in_name_of(publisher, day=AS_AT), connection.cursor() as cursor:
            for sql in reads:
                cursor.execute(sql.replace("%", "%%"))
                cursor.fetchall()

    took, floor = spent(freeze, times=2), spent(bare, times=2)
    yield Line("freeze a report", took.both, "ms", floor.both, goal=3000)
    with as_house():
        report = made.plan.reports.get(code="bench-first")
    with in_name_of(made.second_publisher.pk, day=AS_AT):
        release_report(report=report, by=acting_as(made.second_publisher.pk, day=AS_AT), at=AT)


def _pages(made: Made) -> Iterator[Line]:
    base = "/promises/bench/reports/bench-first/"
    code = made.indicators[1].code
    for name, address in (
        ("public plan page", "/promises/"),
        ("public page of all actions", f"{base}actions/"),
        ("public page of all indicators", f"{base}indicators/"),
        ("one indicator over all organisations", f"{base}indicators/{code}/"),
    ):
        asked = _page(address)
        floor = _floor(address)
        took, least = spent(asked, times=20), spent(floor, times=20)
        yield Line(name, took.both, "ms", least.both, goal=60, ratio_goal=2)


def _page(address: str) -> Callable[[], bytes]:
    """The page as the web server asks for it: through every middleware, to the last byte."""
    handler = WSGIHandler()
    path, _mark, query = address.partition("?")

    def ask() -> bytes:
        environ: dict[str, Any] = {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "8000",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": "localhost",
            "wsgi.version": (1, 0),
            "wsgi.input": BytesIO(),
            "wsgi.errors": BytesIO(),
            "wsgi.url_scheme": "http",
            "wsgi.multithread": False,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
        }
        status: list[str] = []
        response = handler(environ, lambda line, headers: status.append(line))
        body = b"".join(response)
        if not status[0].startswith("200"):
            raise RuntimeError(f"{address} answered {status[0]}")
        return body

    return ask


def _floor(address: str) -> Callable[[], str]:
    """The same statements sent bare, and the same template rendered with the values that are ready already."""
    rendered: list[tuple[Any, Context]] = []

    def keep(template: Any, context: Context, **_more: Any) -> None:
        rendered.append((template, context))

    setup_test_environment(debug=False)
    template_rendered.connect(keep)
    try:
        with CaptureQueriesContext(connection) as asked:
            _page(address)()
    finally:
        template_rendered.disconnect(keep)
        teardown_test_environment()
    statements = [each["sql"] for each in asked.captured_queries if each["sql"].startswith("SELECT")]
    first, context = rendered[0]
    values = context.flatten()
    template = get_template(first.name).template  # type: ignore[attr-defined]

    def bare() -> str:
        with transaction.atomic(), connection.cursor() as cursor:
            for sql in statements:
                cursor.execute(sql.replace("%", "%%"))
                cursor.fetchall()
        return template.render(make_context(dict(values), request=None, autoescape=True))

    return bare


def _submission(made: Made, size: Size) -> Iterator[Line]:
    """One answer of 400 figures with the sums above it, beside the bare insert of the same rows with its sums."""
    officer, reporter = made.officer.pk, made.reporter
    cells = [(indicator.pk, key) for indicator in made.indicators for key in made.keys][:400]
    period = Period.parse("2024-H1")
    kinds = {indicator.pk: n % 2 for n, indicator in enumerate(made.indicators)}
    entries = [
        Entry(
            indicator=indicator,
            key=key,
            numerator=Decimal(6 if key == 0 else 1),
            denominator=Decimal(600 if key == 0 else 100) if kinds[indicator] else None,
            reason="Example",
        )
        for indicator, key in cells
    ]

    class Undone(Exception):
        pass

    def check_everything() -> None:
        """What the database would check at the end of the transaction is checked before it is undone."""
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

    def record() -> None:
        try:
            with in_name_of(officer, day=AT.date()):
                by = acting_as(officer, day=AT.date())
                found = record_figures(
                    plan=made.plan, organisation=reporter, period=period, entries=entries, by=by, at=AT, source="api"
                )
                if not found.is_whole or len(found.kept) != len(cells):
                    raise RuntimeError(f"not kept: {found.troubles[:2]} {found.conflicts[:2]}")
                check_everything()
                raise Undone
        except Undone:
            return

    def bare() -> None:
        try:
            with in_name_of(officer, day=AT.date()), connection.cursor() as cursor:
                cursor.execute(
                    "INSERT INTO plans_figure (organisation_id, indicator_id, revision, period_start, period_months,"
                    " key_id, state, numerator, denominator, text, published, source, source_ref, reason, by_id, at)"
                    " SELECT %s, i, 1, %s, 6, k, 1, n, d, '', '', 'bench', '', '', %s, %s"
                    " FROM unnest(%s::bigint[], %s::bigint[], %s::numeric[], %s::numeric[]) AS t(i, k, n, d)",
                    [
                        reporter.pk,
                        period.start,
                        officer,
                        AT,
                        [c[0] for c in cells],
                        [c[1] for c in cells],
                        [e.numerator for e in entries],
                        [e.denominator for e in entries],
                    ],
                )
                check_everything()
                raise Undone
        except Undone:
            return

    took, floor = spent(record, times=10), spent(bare, times=10)
    levels = Organisation.objects.filter(lineage_below__descendant=reporter, lineage_below__depth__gt=0).count()
    yield Line(
        f"submission of {len(cells)} figures, {levels} levels ({size.figures // 1000:,}k kept)",
        took.both,
        "ms",
        floor.both,
        goal=30 if len(cells) == 400 else None,
    )


def _countries(made: Made, name: str, goal: float | None = None) -> Iterator[Line]:
    """All associations x indicator x year, beside the same statement sent bare."""
    rules = {indicator.pk: TimeRule.SUM for indicator in made.indicators}
    with as_house(), CaptureQueriesContext(connection) as asked:
        by_year(made.plan, rules)
    statement = next(each["sql"] for each in asked.captured_queries if "AS told" in each["sql"])

    def all_of_them() -> None:
        with as_house():
            by_year(made.plan, rules)

    def bare() -> None:
        with as_house(), connection.cursor() as cursor:
            cursor.execute(statement.replace("%", "%%"))
            cursor.fetchall()

    took, floor = spent(all_of_them, times=3), spent(bare, times=3)
    yield Line(f"all associations x indicator x year ({name})", took.both, "ms", floor.both, goal=goal)
