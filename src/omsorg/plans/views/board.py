"""All associations beside each other, year by year, for those who see them; as a page and as a file."""

from collections.abc import Iterable, Sequence

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from omsorg.federation.access import acting_of
from omsorg.kernel import clock
from omsorg.kernel.sheets import Value, write_csv
from omsorg.plans.access import periods_of, plan_for
from omsorg.plans.pages.board import BoardRow, board_rows
from omsorg.plans.pages.words import plain, told
from omsorg.plans.queries.asked import Defined, definitions_on
from omsorg.plans.queries.boards import associations_of, by_year, periods_by_year
from omsorg.plans.rules.measures import TimeRule
from omsorg.plans.views.frame import Link


class BoardFilter(forms.Form):
    """Which indicator is shown, and which associations."""

    indicator = forms.ChoiceField(label=_("Indicator"), required=False)
    q = forms.CharField(label=_("Organisation"), required=False)

    def __init__(self, *args: object, asked: Sequence[Defined], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        choices = [(each.code, f"{each.code} {plain(each.title)}") for each in asked]
        self.fields["indicator"].choices = choices  # type: ignore[attr-defined]


def board(request: HttpRequest, plan: str) -> HttpResponse:
    """One indicator over all associations that this person sees, a column a year."""
    acting = acting_of(request)
    found = plan_for(acting, plan)
    today = clock.today()
    asked = [
        each
        for each in definitions_on(found.pk, today, frequency_months=found.frequency_months)
        if each.asked_of_associations and each.definition.time_rule in (TimeRule.SUM, TimeRule.LAST)
    ]
    form = BoardFilter(request.GET or None, asked=asked)
    said = form.cleaned_data if form.is_bound and form.is_valid() else {}
    chosen = next((each for each in asked if each.code == said.get("indicator")), asked[0] if asked else None)
    periods = [period for period in periods_of(found) if period.until <= today]
    years = periods_by_year(periods)
    rows: tuple[BoardRow, ...] = ()
    if chosen is not None:
        words = said.get("q", "").casefold().split()
        houses = {
            pk: named
            for pk, named in associations_of(found, acting.units_for("plans.see"), today).items()
            if all(word in " ".join(named).casefold() for word in words)
        }
        figures = by_year(found, [chosen], periods)
        rows = board_rows(houses, figures, years, chosen.definition)
    if request.GET.get("as") == "csv" and chosen is not None:
        return _file(f"{found.code}-{chosen.code}", rows, years)
    address = reverse("plans:board", args=[found.code])
    return render(
        request,
        "plans/board.html",
        {
            "plan": found,
            "title": told(found.title),
            "form": form,
            "chosen": chosen and {"code": chosen.code, "title": told(chosen.title)},
            "years": list(years),
            "rows": rows,
            "silent": sum(not row.answered for row in rows),
            "is_narrowed": bool(said.get("q")),
            "reset_url": address,
            "crumbs": (Link(__("My work"), reverse("plans:my-work")),),
            "files": [Link("CSV", f"{address}?indicator={chosen.code}&as=csv", kind="text/csv")] if chosen else [],
        },
    )


def _file(name: str, rows: Sequence[BoardRow], years: Iterable[int]) -> HttpResponse:
    """One line an association and year; a year without a figure has an empty cell, never a nought."""
    lines: list[list[Value]] = [
        [
            row.code,
            row.name,
            year,
            *(each.normalize() if each is not None else None for each in (cell.numerator, cell.denominator)),
            cell.answered,
            cell.asked,
        ]
        for row in rows
        for year, cell in zip(years, row.cells, strict=True)
    ]
    columns = ["organisation", "name", "year", "numerator", "denominator", "periods_answered", "periods_asked"]
    response = HttpResponse(
        write_csv(columns, lines, separator=","),
        content_type="text/csv; charset=utf-8",
    )
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response
