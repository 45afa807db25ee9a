"""Pages, measured from the request to the last byte, beside the same statements sent bare and the same template."""

from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

from django.db import connection, transaction
from django.template import Context
from django.template.context import make_context
from django.template.loader import get_template
from django.test import Client
from django.test.signals import template_rendered
from django.test.utils import CaptureQueriesContext, setup_test_environment, teardown_test_environment

from benchmarks.federation import PERIOD, Made
from benchmarks.measure import Line, beside
from omsorg.federation.models import Account
from omsorg.site.wsgi import application


def public_pages(made: Made, name: str) -> Iterator[Line]:
    """What everybody reads, out of a report that is released."""
    base = "/promises/bench/reports/bench-first/"
    code = made.indicators[1].code
    for page, address in (
        ("public plan page", "/promises/"),
        ("public page of all actions", f"{base}actions/"),
        ("public page of all indicators", f"{base}indicators/"),
        ("public page of one indicator over all organisations", f"{base}indicators/{code}/"),
    ):
        yield _line(f"{page} ({name})", address)


def staff_pages(made: Made, name: str) -> Iterator[Line]:
    """What those who work here open: the ledger of one answer, who has answered, one indicator year by year."""
    officer, overseer = _signed_in(made.officer.pk), _signed_in(made.overseer.pk)
    answer = f"/plans/bench/answers/{made.reporters[0].code}/{PERIOD.code}/"
    cells = len(made.indicators) * len(made.keys)
    yield _line(f"ledger of {cells} figures ({name})", answer, officer)
    yield _line(f"who has answered ({name})", f"/plans/bench/answers/?period={PERIOD.code}", overseer)
    yield _line(
        f"board of one indicator ({name})", f"/plans/bench/board/?indicator={made.indicators[1].code}", overseer
    )


def _signed_in(person_id: int) -> str:
    """The cookie of somebody who is signed in."""
    client = Client()
    client.force_login(Account.objects.get(person_id=person_id))
    return client.cookies.output(attrs=[], header="", sep=";").strip()


def _line(name: str, address: str, cookie: str = "") -> Line:
    took, least = beside(_page(address, cookie), _floor(address, cookie), times=5)
    return Line(name, took.both, "ms", least.both, goal=60, ratio_goal=2)


def _page(address: str, cookie: str = "") -> Callable[[], bytes]:
    """The page as the web server asks for it: through every middleware, to the last byte."""
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
            "HTTP_COOKIE": cookie,
            "wsgi.version": (1, 0),
            "wsgi.input": BytesIO(),
            "wsgi.errors": BytesIO(),
            "wsgi.url_scheme": "http",
            "wsgi.multithread": False,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
        }
        status: list[str] = []
        response = application(environ, lambda line, headers: status.append(line))
        body = b"".join(response)
        if not status[0].startswith("200"):
            raise RuntimeError(f"{address} answered {status[0]}")
        return body

    return ask


def _floor(address: str, cookie: str = "") -> Callable[[], str]:
    """The same statements sent bare, and the same template rendered with the values that are ready already."""
    rendered: list[tuple[Any, Context]] = []

    def keep(template: Any, context: Context, **_more: Any) -> None:
        rendered.append((template, context))

    setup_test_environment(debug=False)
    template_rendered.connect(keep)
    try:
        with CaptureQueriesContext(connection) as asked:
            _page(address, cookie)()
    finally:
        template_rendered.disconnect(keep)
        teardown_test_environment()
    statements = [each["sql"] for each in asked.captured_queries if each["sql"].lstrip().startswith(("SELECT", "WITH"))]
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
