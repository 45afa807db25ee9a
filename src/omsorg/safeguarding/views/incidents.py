"""The incidents that one may see: searched, filtered, sorted, page by page, and as a file."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from omsorg.federation.access import Acting
from omsorg.federation.views.frame import csv_file
from omsorg.kernel import clock
from omsorg.safeguarding.access import SEE
from omsorg.safeguarding.forms.fields import choice
from omsorg.safeguarding.models import Incident
from omsorg.safeguarding.pages.lists import list_line
from omsorg.safeguarding.pages.words import LEVELS, NATURES, STAGES
from omsorg.safeguarding.queries.lists import incidents_visible_to, lines_of
from omsorg.safeguarding.views.frame import crumbs, reader

ON_A_PAGE = 50
SORTS = {
    "number": ("country_code", "year", "serial", "pk"),
    "place": ("organisation__name", "pk"),
    "nature": ("nature", "pk"),
    "level": ("level", "pk"),
    "stage": ("stage", "pk"),
    "received": ("received_at", "pk"),
}
HEADINGS = {
    "number": _("Number"),
    "place": _("About"),
    "nature": _("What it is about"),
    "level": _("Level"),
    "stage": _("How far"),
    "received": _("Received"),
}
CSV_HEADINGS = ["number", "code", "country", "organisation", "handled_at", "level", "type", "stage", "channel"]


class IncidentsFilter(forms.Form):
    """Which incidents are listed."""

    q = forms.CharField(label=_("Number, code or place"), required=False, max_length=100)
    stage = choice(STAGES, none=_("all"), label=_("How far"), required=False)
    level = choice(LEVELS, none=_("all"), label=_("Level"), required=False)
    nature = choice(NATURES, none=_("all"), label=_("What it is about"), required=False)

    def chosen(self) -> dict[str, str]:
        said = self.cleaned_data if self.is_valid() else {}
        return {name: value for name, value in said.items() if value}


def _found(acting: Acting, chosen: dict[str, str], sort: str) -> QuerySet[Incident]:
    found = incidents_visible_to(acting)
    for word in chosen.get("q", "").split():
        found = found.filter(
            Q(shown_number__icontains=word) | Q(code__icontains=word) | Q(organisation__name__icontains=word)
        )
    exact = {name: chosen[name] for name in ("stage", "level", "nature") if name in chosen}
    descending = sort.startswith("-")
    order = SORTS.get(sort.lstrip("-"), SORTS["received"])
    return found.filter(**exact).order_by(*(f"-{name}" if descending else name for name in order))


def _columns(sort: str, chosen: dict[str, str]) -> Iterable[dict[str, Any]]:
    for name, label in HEADINGS.items():
        is_sorted = sort.lstrip("-") == name
        turned = f"-{name}" if is_sorted and not sort.startswith("-") else name
        yield {
            "label": label,
            "url": f"?{urlencode({**chosen, 'sort': turned})}",
            "sort": ("descending" if sort.startswith("-") else "ascending") if is_sorted else "",
        }
        if name == "number":
            yield {"label": _("Next"), "url": "", "sort": ""}


def _sort(request: HttpRequest) -> str:
    sort = request.GET.get("sort", "")
    return sort if sort.lstrip("-") in SORTS else "-received"


@require_GET
def incidents(request: HttpRequest) -> HttpResponse:
    acting = reader(request, SEE)
    form, sort = IncidentsFilter(request.GET), _sort(request)
    chosen = form.chosen()
    page = Paginator(_found(acting, chosen, sort), ON_A_PAGE).get_page(request.GET.get("page"))
    lines = [list_line(line) for line in lines_of(page.object_list, now=clock.now())]
    number = page.paginator.count
    asked = {**chosen, "sort": sort}
    return render(
        request,
        "safeguarding/incidents.html",
        {
            "form": form,
            "lines": lines,
            "columns": list(_columns(sort, chosen)),
            "listed": page,
            "found": ngettext("%(number)s incident that you may see", "%(number)s incidents that you may see", number)
            % {"number": number},
            "reset_url": reverse("safeguarding:incidents") if chosen else "",
            "query": f"&{urlencode(asked)}",
            "csv_url": f"{reverse('safeguarding:incidents-csv')}?{urlencode(asked)}",
            "crumbs": crumbs(),
        },
    )


@require_GET
def incidents_csv(request: HttpRequest) -> HttpResponse:
    acting = reader(request, SEE)
    found = _found(acting, IncidentsFilter(request.GET).chosen(), _sort(request))
    lines = [
        [
            each.shown_number or "",
            each.code,
            each.country_code,
            each.organisation.code,
            each.handled_at.code,
            each.level,
            each.nature,
            each.stage,
            each.channel,
            each.received_at.date().isoformat(),
            each.closed_at.date().isoformat() if each.closed_at else "",
        ]
        for each in found
    ]
    return csv_file("incidents", [*CSV_HEADINGS, "received_on", "closed_on"], lines)
