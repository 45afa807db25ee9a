"""Whom the office has not been to see, and the panels in which children helped to choose who listens to them."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as __
from django.utils.translation import ngettext

from omsorg.federation.views.frame import csv_file
from omsorg.kernel.refusals import Refusal
from omsorg.ombuds.access import at_the_desk
from omsorg.ombuds.actions.awareness import enter_panel
from omsorg.ombuds.forms.awareness import NotVisitedForm, PanelForm
from omsorg.ombuds.models import Panel
from omsorg.ombuds.pages.words import AGES, SEXES, STANDINGS, VISITED_KINDS, country_name, day, language_now
from omsorg.ombuds.queries.awareness import Visited, organisations_in, panels, reach_of, visited
from omsorg.ombuds.queries.mandates import who_may_be_recruited
from omsorg.ombuds.rules.awareness import Standing
from omsorg.ombuds.views.child.frame import countries
from omsorg.ombuds.views.desk.frame import Desk, crumbs, with_open_ring

ON_A_PAGE = 40


def _chosen(request: HttpRequest, desk: Desk) -> tuple[NotVisitedForm, dict[str, str], list[Visited]]:
    """The form of choices, what was chosen, and the places that it leaves."""
    with at_the_desk(desk.acting.person_id):
        rows = visited(desk.acting.person_id, today=desk.at.date(), months=settings.ENVIRONMENT.ombuds_visit_months)
    names = {row.country: country_name(row.country) for row in rows if row.country}
    form = NotVisitedForm(request.GET, countries=sorted(names.items(), key=lambda pair: pair[1]))
    chosen = {name: value for name, value in (form.cleaned_data if form.is_valid() else {}).items() if value}
    how = {chosen["standing"]} if "standing" in chosen else {Standing.NEVER, Standing.LONG_AGO}
    left = [
        row
        for row in rows
        if row.standing in how
        and row.kind == chosen.get("kind", row.kind)
        and row.country == chosen.get("country", row.country)
        and chosen.get("words", "").casefold() in row.name.casefold()
    ]
    return form, chosen, left


@with_open_ring
def unvisited(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The places in one's reach where nobody has been, or not for long: the longest ago first."""
    form, chosen, rows = _chosen(request, desk)
    page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    csv_url = reverse("ombuds:unvisited-csv") + (f"?{urlencode(chosen)}" if chosen else "")
    months = settings.ENVIRONMENT.ombuds_visit_months
    return render(
        request,
        "ombuds/unvisited.html",
        {
            "crumbs": crumbs((__("Visits"), reverse("ombuds:visits"))),
            "form": form,
            "is_narrowed": bool(chosen),
            "long_ago": ngettext(
                "Long ago: not within the last month.", "Long ago: not within the last %(months)s months.", months
            )
            % {"months": months},
            "rows": [_line(row) for row in page],
            "page_of_list": page,
            "query": f"&{urlencode(chosen)}" if chosen else "",
            "files": [{"label": __("This list (CSV)"), "url": csv_url, "kind": "text/csv"}],
        },
    )


def _line(row: Visited) -> dict[str, Any]:
    return {
        "name": row.name,
        "kind": VISITED_KINDS[row.kind],
        "country": country_name(row.country),
        "last": day(row.last_on) or STANDINGS[Standing.NEVER],
        "times": row.times,
        "url": f"{reverse('ombuds:visits')}?"
        + urlencode({"unit": row.code, "place": row.name, "country": row.country})
        + "#visit",
    }


@with_open_ring
def unvisited_csv(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The same list as a file."""
    _form, _given, rows = _chosen(request, desk)
    headings = ["code", "name", "kind", "country", "standing", "last_visited", "times"]
    lines = (
        [r.code, r.name, r.kind, r.country, r.standing, r.last_on.isoformat() if r.last_on else "", r.times]
        for r in rows
    )
    return csv_file("not-visited", headings, lines)


def units_for(desk: Desk) -> list[tuple[str, str]]:
    """The organisations that a visit or a panel can have been to, by code and name. Within `at_the_desk`."""
    today = desk.at.date()
    return [(row[0], row[1]) for row in organisations_in(reach_of(desk.acting.person_id, today), today)]


@with_open_ring
def all_panels(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The register of panels with children."""
    people = who_may_be_recruited(desk.at.date())
    with at_the_desk(desk.acting.person_id):
        units, rows = units_for(desk), panels()
    form = PanelForm(
        request.POST if request.method == "POST" else None,
        countries=countries(language_now(), settings.ENVIRONMENT.ombuds_emergency_numbers),
        units=units,
        people=people,
    )
    if request.method == "POST" and form.is_valid():
        try:
            enter_panel(**form.told, **desk.hands)
        except Refusal as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, __("Kept in the register."))
            return redirect("ombuds:panels")
    page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    names = dict(people)
    return render(
        request,
        "ombuds/panels.html",
        {
            "crumbs": crumbs((__("Visits"), reverse("ombuds:visits"))),
            "form": form,
            "rows": [_panel(row, names) for row in page],
            "page_of_list": page,
        },
    )


def _panel(row: Panel, names: dict[int, str]) -> dict[str, Any]:
    groups = [(AGES[name], count) for name, count in row.by_age.items()]
    groups += [(SEXES[name], count) for name, count in row.by_sex.items()]
    return {
        "on": day(row.on),
        "place": row.place,
        "country": country_name(row.country),
        "children": row.children,
        "groups": [f"{name}: {count}" for name, count in groups],
        "post": row.post,
        "recruited": names.get(row.recruited, __("somebody who has left the office")) if row.recruited else "",
        "looked_for": row.looked_for,
    }
