"""How many incidents: only those that the reader may see, small counts withheld."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from omsorg.federation.access import Acting
from omsorg.federation.views.frame import csv_file
from omsorg.safeguarding.access import SEE
from omsorg.safeguarding.models import Incident
from omsorg.safeguarding.pages.words import CHANNELS, LEVELS, NATURES, Words
from omsorg.safeguarding.queries.lists import incidents_visible_to
from omsorg.safeguarding.rules.statistics import Counted, Tables, tables_of
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


def _counted(acting: Acting) -> tuple[Tables, int | None]:
    return tables_of(
        (_one(each) for each in incidents_visible_to(acting)), smallest_shown=settings.ENVIRONMENT.small_cell
    )


def _one(incident: Incident) -> Counted:
    days = (incident.closed_at - incident.received_at).days if incident.closed_at else None
    return Counted(incident.received_at.year, incident.nature, incident.level, incident.channel, days)


def _rows(tables: Tables) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    for name, counts in tables.items():
        _title, words = TABLES[name]
        yield (
            name,
            [
                {"label": words.get(code, code), "count": __("withheld") if count is None else count}
                for code, count in counts.items()
            ],
        )


def _columns(label: str | Promise) -> Iterable[dict[str, Any]]:
    return [{"label": label, "figures": False}, {"label": _("Number"), "figures": True}]


@require_GET
def statistics(request: HttpRequest) -> HttpResponse:
    tables, total = _counted(reader(request, SEE))
    shown = [
        {"id": name, "title": TABLES[name][0], "rows": rows, "columns": _columns(TABLES[name][0])}
        for name, rows in _rows(tables)
        if rows
    ]
    return render(
        request,
        "safeguarding/statistics.html",
        {
            "tables": shown,
            "total": __("withheld") if total is None else total,
            "smallest": settings.ENVIRONMENT.small_cell,
            "csv_url": reverse("safeguarding:statistics-csv"),
            "crumbs": crumbs(),
        },
    )


@require_GET
def statistics_csv(request: HttpRequest) -> HttpResponse:
    tables, total = _counted(reader(request, SEE))
    lines = [
        [name, code, "" if count is None else count, "withheld" if count is None else ""]
        for name, counts in tables.items()
        for code, count in counts.items()
    ]
    lines.append(["total", "", "" if total is None else total, "withheld" if total is None else ""])
    return csv_file("incidents-counted", ["table", "code", "count", "state"], lines)
