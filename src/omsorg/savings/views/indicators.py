"""The indicators of savings groups: of a place and what is below it, of one group, and as a file."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from omsorg.federation.access import Acting
from omsorg.federation.models import Organisation
from omsorg.federation.views.frame import csv_file
from omsorg.federation.words import Link
from omsorg.kernel.periods import Period
from omsorg.savings.access import FIGURES, group_for
from omsorg.savings.pages.groups import url_of
from omsorg.savings.pages.indicators import (
    column_names,
    cycle_pictures,
    group_rows,
    indicator_lines,
    meeting_rows,
    place_rows,
    quarter_name,
    sum_facts,
)
from omsorg.savings.pages.words import day
from omsorg.savings.queries.indicators import (
    Told,
    groups_seen,
    meetings_of_cycle,
    places_read_by,
    places_right_below,
    quarters_met,
    quarters_of_group,
    told_of,
)
from omsorg.savings.rules.indicators import INDICATORS
from omsorg.savings.views.groups import reader

BEFORE = 3
"""Quarters beside the one that is asked for."""
LINES = [
    {"label": _("Indicator")},
    {"label": _("Value"), "figures": True},
    {"label": _("Above the line"), "figures": True},
    {"label": _("Below the line"), "figures": True},
    {"label": _("The quarters before")},
]
MEETINGS = [
    {"label": _("Meeting")},
    {"label": _("Held on")},
    {"label": _("Present"), "figures": True},
    {"label": _("Saved"), "figures": True},
    {"label": _("Lent"), "figures": True},
    {"label": _("In the loan fund"), "figures": True},
]
CSV_HEADINGS = [
    "place",
    "quarter",
    "currency",
    "groups",
    "not_agreed",
    "indicator",
    "version",
    "above",
    "below",
    "value",
]


class PlaceFilter(forms.Form):
    """Of which place, and of which quarter."""

    place = forms.ChoiceField(label=_("Place"), required=False)
    quarter = forms.ChoiceField(label=_("Quarter"), required=False)

    def __init__(self, *args: Any, places: list[Organisation], quarters: list[date], **more: Any) -> None:
        super().__init__(*args, **more)
        self.places, self.quarters = {each.code: each for each in places}, quarters
        self.fields["place"].choices = [(each.code, each.name) for each in places]  # type: ignore[attr-defined]
        self.fields["quarter"].choices = [  # type: ignore[attr-defined]
            (each.isoformat(), quarter_name(each)) for each in quarters
        ]

    def chosen(self) -> tuple[Organisation, date]:
        """What was asked for, where it is there; else the topmost place and the newest quarter."""
        said = self.cleaned_data if self.is_valid() else {}
        place = self.places.get(said.get("place", ""), next(iter(self.places.values())))
        asked = said.get("quarter", "")
        return place, date.fromisoformat(asked) if asked else self.quarters[0]


def _asked(request: HttpRequest) -> tuple[Acting, PlaceFilter | None, bool]:
    """Who asks, what is chosen (None: no group has met yet), and whether only the example's groups are there."""
    acting = reader(request)
    places, example = places_read_by(acting), False
    quarters = quarters_met(example=False)
    if not quarters:
        example, quarters = True, quarters_met(example=True)
    if not places or not quarters:
        return acting, None, False
    given = {"place": places[0].code, "quarter": quarters[0].isoformat()} | request.GET.dict()
    return acting, PlaceFilter(given, places=places, quarters=quarters), example


@require_GET
def indicators(request: HttpRequest) -> HttpResponse:
    acting, form, example = _asked(request)
    if form is None:
        return render(request, "savings/indicators.html", {"is_empty": True})
    place, quarter = form.chosen()
    below = places_right_below(place, acting.day)
    told = told_of([place.pk, *(each.pk for each in below)], quarter, example=example)
    before = [each for each in reversed(form.quarters) if each < quarter][-BEFORE:]
    earlier = {each: told_of([place.pk], each, example=example) for each in before}
    opened = groups_seen(place, quarter, example=example)
    asked = urlencode({"place": place.code, "quarter": quarter.isoformat()})
    return render(
        request,
        "savings/indicators.html",
        {
            "form": form,
            "place": place,
            "quarter": quarter_name(quarter),
            "on": day(acting.day),
            "is_running": Period(quarter, 3).until > acting.day,
            "is_example": example,
            "sums": [
                {
                    "currency": mine.currency,
                    "facts": sum_facts(mine, mine.currency),
                    "lines": indicator_lines(mine.figures, _earlier(earlier, mine), mine.currency)
                    if mine.figures
                    else [],
                    "places": [
                        *place_rows(below, _by_unit(told, mine.currency), quarter, mine.currency),
                        *group_rows(opened, mine.currency),
                    ],
                }
                for mine in told
                if mine.unit_id == place.pk
            ],
            "columns": LINES,
            "place_columns": [
                {"label": _("Place or group")},
                {"label": _("Groups"), "figures": True},
                *({"label": name, "figures": True} for name in column_names()),
            ],
            "csv_url": f"{reverse('savings:indicators-csv')}?{asked}",
        },
    )


def _by_unit(told: list[Told], currency: str) -> dict[int, Told]:
    return {each.unit_id: each for each in told if each.currency == currency}


def _earlier(earlier: dict[date, list[Told]], mine: Told) -> list[tuple[date, Any]]:
    return [
        (quarter, next((each.figures for each in told if each.currency == mine.currency), None))
        for quarter, told in earlier.items()
    ]


@require_GET
def indicators_csv(request: HttpRequest) -> HttpResponse:
    acting, form, example = _asked(request)
    lines: list[list[Any]] = []
    if form is not None:
        place, quarter = form.chosen()
        places = [place, *places_right_below(place, acting.day)]
        codes = {each.pk: each.code for each in places}
        for told in told_of(list(codes), quarter, example=example):
            lines += _csv_lines(told, codes[told.unit_id], quarter)
    return csv_file("savings-indicators", CSV_HEADINGS, lines)


def _csv_lines(told: Told, code: str, quarter: date) -> Iterator[list[Any]]:
    """A line for each indicator; what is withheld is empty."""
    for each in INDICATORS:
        above, below = each.parts(told.figures) if told.figures else ("", "")
        value = each.value(told.figures) if told.figures else None
        shown = "" if value is None else f"{float(value):.6f}"
        start = [code, quarter.isoformat(), told.currency, told.groups, told.closed]
        yield [*start, each.code, each.version, above, below, shown]


@require_GET
def figures(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One group in figures, down to the meetings that they are made of."""
    found = group_for(reader(request), uuid, FIGURES)
    quarters = quarters_of_group(found)
    meetings = meetings_of_cycle(found)
    newest = quarters[0] if quarters else None
    earlier = [(each.quarter, each.figures) for each in reversed(quarters[1 : BEFORE + 1])]
    return render(
        request,
        "savings/figures.html",
        {
            "group": found,
            "quarter": quarter_name(newest.quarter) if newest else "",
            "on": day(newest.held_on) if newest else "",
            "lines": indicator_lines(newest.figures, earlier, found.currency) if newest else [],
            "columns": LINES,
            "pictures": cycle_pictures(meetings, found.currency),
            "meetings": meeting_rows(meetings, found.uuid, found.currency),
            "meeting_columns": MEETINGS,
            "crumbs": [
                Link(_("Savings groups"), reverse("savings:groups")),
                Link(found.name, url_of(found)),
            ],
        },
    )
