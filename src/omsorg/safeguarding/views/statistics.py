"""How many incidents: only those that the reader may see, small counts withheld."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from omsorg.federation.views.frame import csv_file
from omsorg.safeguarding.access import SEE
from omsorg.safeguarding.pages.words import CHANNELS, EMPLOYMENTS, LEVELS, NATURES, Words
from omsorg.safeguarding.queries.statistics import Statistics, statistics_for
from omsorg.safeguarding.rules.statistics import ELSEWHERE, NOT_SAID, Shown
from omsorg.safeguarding.views.frame import crumbs, reader

TIMES: Words = {
    "open": _("still open"),
    "to_30": _("up to 30 days"),
    "to_90": _("31 to 90 days"),
    "to_180": _("91 to 180 days"),
    "longer": _("longer"),
}
TABLES: dict[str, tuple[str | Promise, Words]] = {
    "year": (_("By year received"), {}),
    "nature": (_("By what it is about"), NATURES),
    "level": (_("By level"), {**LEVELS, "": _("no level yet")}),
    "channel": (_("By the way it came"), CHANNELS),
    "time_to_close": (_("By time until it was closed"), TIMES),
}
OUTCOMES: Words = {
    **EMPLOYMENTS,
    NOT_SAID: _("not said yet"),
    ELSEWHERE: _("does not work here"),
}


def _read(request: HttpRequest) -> Statistics:
    return statistics_for(reader(request, SEE), smallest_shown=settings.ENVIRONMENT.small_cell)


def _told(count: int | None) -> int | str:
    return __("withheld") if count is None else count


def _rows(counts: Shown, words: Words) -> list[dict[str, Any]]:
    return [{"label": words.get(code, code), "count": _told(count)} for code, count in counts.items()]


def _columns(label: str | Promise) -> Iterable[dict[str, Any]]:
    return [{"label": label, "figures": False}, {"label": _("Number"), "figures": True}]


@require_GET
def statistics(request: HttpRequest) -> HttpResponse:
    found = _read(request)
    shown = [
        {
            "id": name,
            "title": TABLES[name][0],
            "rows": _rows(counts, TABLES[name][1]),
            "columns": _columns(TABLES[name][0]),
        }
        for name, counts in found.tables.items()
        if counts
    ]
    return render(
        request,
        "safeguarding/statistics.html",
        {
            "tables": shown,
            "is_too_few": found.tells_nothing,
            "total": _told(found.incidents),
            "complained_of": _told(found.complained_of),
            "outcomes": _rows(found.employment, OUTCOMES),
            "outcome_columns": _columns(_("How things stand with their work")),
            "smallest": settings.ENVIRONMENT.small_cell,
            "csv_url": reverse("safeguarding:statistics-csv"),
            "crumbs": crumbs(),
        },
    )


@require_GET
def statistics_csv(request: HttpRequest) -> HttpResponse:
    found = _read(request)
    counted = [
        *((name, code, count) for name, counts in found.tables.items() for code, count in counts.items()),
        ("total", "", found.incidents),
        *(("employment", code, count) for code, count in found.employment.items()),
        ("complained_of_total", "", found.complained_of),
    ]
    lines = [
        [name, code, "" if count is None else count, "withheld" if count is None else ""]
        for name, code, count in counted
    ]
    return csv_file("incidents-counted", ["table", "code", "count", "state"], lines)
