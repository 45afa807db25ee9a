"""All associations beside each other, year by year, for those who see them; page by page, and as a file."""

from collections.abc import Sequence
from urllib.parse import urlencode

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from omsorg.federation.access import acting_of
from omsorg.kernel import clock
from omsorg.kernel.sheets import Value, write_csv_in
from omsorg.plans.access import periods_of, plan_for
from omsorg.plans.pages.board import Told, Years, board_rows, figures_told
from omsorg.plans.pages.words import language_now, plain, told
from omsorg.plans.queries.asked import Defined, definitions_on
from omsorg.plans.queries.boards import Association, associations_of, by_year, periods_by_year
from omsorg.plans.rules.measures import TimeRule
from omsorg.plans.views.frame import Link

ON_ONE_PAGE = 50


class BoardFilter(forms.Form):
    """Which indicator is shown, and which associations."""

    indicator = forms.ChoiceField(label=_("Indicator"), required=False)
    q = forms.CharField(label=_("Organisation"), required=False)
    above = forms.ChoiceField(label=_("Below"), required=False)

    def __init__(
        self, *args: object, asked: Sequence[Defined], houses: Sequence[Association], **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        above = {house.above_code: house.above for house in houses if house.above_code}
        choices = {
            "indicator": [(each.code, f"{each.code} {plain(each.title)}") for each in asked],
            "above": [("", __("all")), *sorted(above.items(), key=lambda pair: pair[1].casefold())],
        }
        for name, offered in choices.items():
            self.fields[name].choices = offered  # type: ignore[attr-defined]

    def chosen(self, houses: Sequence[Association]) -> list[Association]:
        """The associations that the filter lets through, by name; a choice that is not offered narrows nothing."""
        said = self.cleaned_data if self.is_valid() else {}
        words, above = said.get("q", "").casefold().split(), said.get("above", "")
        found = [
            house
            for house in houses
            if all(word in f"{house.code} {house.name}".casefold() for word in words)
            and (not above or house.above_code == above)
        ]
        return sorted(found, key=lambda house: house.name.casefold())


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
    address = reverse("plans:board", args=[found.code])
    shown = {"plan": found, "title": told(found.title), "crumbs": (Link(__("My work"), reverse("plans:my-work")),)}
    if not asked:
        return render(request, "plans/board.html", shown)
    houses = associations_of(found, acting.units_for("plans.see"), today)
    chosen = next((each for each in asked if each.code == request.GET.get("indicator")), asked[0])
    form = BoardFilter({**request.GET.dict(), "indicator": chosen.code}, asked=asked, houses=houses)
    listed = form.chosen(houses)
    periods = [period for period in periods_of(found) if period.until <= today]
    years = periods_by_year(periods)
    figures = figures_told(by_year(found, [chosen], periods))
    if request.GET.get("as") == "csv":
        return _file(f"{found.code}-{chosen.code}", listed, figures, years)
    page = Paginator(listed, ON_ONE_PAGE).get_page(request.GET.get("page"))
    query = urlencode({name: value for name, value in form.data.items() if name in form.fields and value})
    return render(
        request,
        "plans/board.html",
        {
            **shown,
            "form": form,
            "chosen": {"code": chosen.code, "title": told(chosen.title)},
            "years": list(years),
            "rows": board_rows(page, figures, years, chosen.definition),
            "listed": page,
            "query": f"&{query}",
            "found": __("%(number)s of %(all)s") % {"number": len(listed), "all": len(houses)},
            "silent": sum(house.id not in figures for house in listed),
            "reset_url": f"{address}?indicator={chosen.code}" if len(listed) < len(houses) else "",
            "files": [Link("CSV", f"{address}?{query}&as=csv", kind="text/csv")],
        },
    )


def _file(name: str, houses: Sequence[Association], figures: Told, years: Years) -> HttpResponse:
    """One line an association and year; a year without a figure has an empty cell, never a nought."""
    lines: list[list[Value]] = []
    for house in houses:
        for year, asked in years.items():
            figure = figures.get(house.id, {}).get(year)
            numbers = (figure.numerator, figure.denominator) if figure else (None, None)
            exact = (each.normalize() if each is not None else None for each in numbers)
            lines.append([house.code, house.name, year, *exact, figure.answered if figure else 0, asked])
    columns = ["organisation", "name", "year", "numerator", "denominator", "periods_answered", "periods_asked"]
    response = HttpResponse(
        write_csv_in(language_now(), columns, lines),
        content_type="text/csv; charset=utf-8",
    )
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response
