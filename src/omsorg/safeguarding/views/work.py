"""My work in safeguarding, and what is overdue below."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from omsorg.federation.access import acting_of, member
from omsorg.kernel import clock
from omsorg.safeguarding.access import HANDLE, SEE
from omsorg.safeguarding.pages.lists import due_lines, list_line, standing_in_words, still_line
from omsorg.safeguarding.pages.words import day
from omsorg.safeguarding.queries.concerns import my_concerns
from omsorg.safeguarding.queries.lists import dated_work, incidents_visible_to, open_lines, overdue_below, still_below
from omsorg.safeguarding.views.frame import columns, crumbs, reader

MOST = 50
COLUMNS = columns(_("Number"), _("About"), _("How far"), _("Next"))
CONCERNS = columns(_("Code"), _("Received"), _("How it stands"))


@require_GET
def my_work(request: HttpRequest) -> HttpResponse:
    """What waits, the longest overdue first; and what became of the concerns that one has raised."""
    acting = member(acting_of(request))
    now, sees, handles = clock.now(), acting.may_anywhere(SEE), acting.may_anywhere(HANDLE)
    lines = open_lines(acting, now=now) if sees else []
    dated = dated_work(incidents_visible_to(acting), now=now) if sees else []
    return render(
        request,
        "safeguarding/my_work.html",
        {
            "sees": sees,
            "handles": handles,
            "lines": [list_line(line) for line in lines[:MOST]],
            "columns": COLUMNS,
            "dated": due_lines(dated[:MOST], acting.day),
            "below": len(overdue_below(acting, now=now)) if handles else 0,
            "still": len(still_below(acting, now=now)) if handles else 0,
            "concerns": [
                {"code": each.code, "received": day(each.received_on), "standing": standing_in_words(each)}
                for each in my_concerns()
            ],
            "concern_columns": CONCERNS,
        },
    )


@require_GET
def overdue(request: HttpRequest) -> HttpResponse:
    """What is overdue below where one sits, organisation by organisation."""
    acting = reader(request, HANDLE)
    places: dict[str, list[object]] = {}
    for line in overdue_below(acting, now=clock.now()):
        places.setdefault(line.incident.handled_at.name, []).append(list_line(line))
    still = [still_line(line, pause) for line, pause in still_below(acting, now=clock.now())]
    told = {"places": sorted(places.items()), "still": still, "columns": COLUMNS, "crumbs": crumbs()}
    return render(request, "safeguarding/overdue.html", told)
