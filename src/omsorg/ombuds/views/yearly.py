"""How children were heard, year by year: for everybody, and for children in their own words."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as __

from omsorg.kernel.numbers import format_number
from omsorg.kernel.refusals import Refusal
from omsorg.ombuds.access import at_the_desk
from omsorg.ombuds.actions.yearly import count_year, tell_year
from omsorg.ombuds.pages.words import language_now
from omsorg.ombuds.pages.yearly import told_to_adults
from omsorg.ombuds.queries.rings import highest_level
from omsorg.ombuds.queries.yearly import years_told
from omsorg.ombuds.rules.levels import Level
from omsorg.ombuds.views.child.frame import Frame, childs_page, page
from omsorg.ombuds.views.desk.frame import Desk, crumbs, with_open_ring


def heard(request: HttpRequest) -> HttpResponse:
    """Every year that was told, the newest first."""
    years = [(row.year, told_to_adults(row.said, language_now())) for row in years_told()]
    return render(request, "ombuds/heard.html", {"years": years})


@childs_page
def heard_by_children(request: HttpRequest, frame: Frame) -> HttpResponse:
    """The newest year in a few sentences for children."""
    told = next(iter(years_told()), None)
    return page(frame, "heard", year=told.year if told else None, said=_for_children(told.said, frame) if told else {})


def _for_children(said: dict[str, Any], frame: Frame) -> dict[str, str]:
    """The numbers of the child's page; what is too small, or nought, is left out."""
    groups = said["groups"]
    counts = {
        "total": said["total"],
        "kept": groups.get("promise", {}).get("kept"),
        "missed": groups.get("promise", {}).get("missed"),
        "helped": groups.get("helped", {}).get("yes"),
        "met": said["met"],
        "advice": said["advice"]["made"],
        "done": said["advice"]["done"],
    }
    return {name: format_number(count, frame.language) for name, count in counts.items() if count}


@with_open_ring
def year(request: HttpRequest, desk: Desk) -> HttpResponse:
    """What the report of the last year would say: read by the board before it publishes it, and by nobody else, so that
    two looks cannot be subtracted."""
    last = desk.at.year - 1
    with at_the_desk(desk.acting.person_id):
        may = highest_level(desk.acting.person_id, desk.at.date()) is Level.BOARD
    if request.method == "POST" and may:
        try:
            tell_year(year=last, **desk.hands)
        except Refusal as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, __("Published. It never changes."))
        return redirect("ombuds:year")
    return render(
        request,
        "ombuds/year.html",
        {
            "crumbs": crumbs(),
            "year": last,
            "told": told_to_adults(count_year(last, reader=desk.acting.person_id), language_now()) if may else None,
            "is_public": any(row.year == last for row in years_told()),
            "may": may,
        },
    )
