"""What everybody may read: the register of published failures, one case, the quarters, the years."""

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from omsorg.federation.access import NothingHere
from omsorg.kernel.periods import NoSuchPeriod, Period
from omsorg.openness.access import edition_of
from omsorg.openness.models import Edition
from omsorg.openness.pages import held, public
from omsorg.openness.pages.corrected import corrections_of_year, stood_before
from omsorg.openness.pages.words import CLOSED_AS, SUBJECTS, language_now, month, place_name, quarter_name
from omsorg.openness.queries.quarters import corrections, shown_quarters
from omsorg.openness.queries.quarters import editions_of as editions_of_quarter
from omsorg.openness.queries.register import PublicCase, case_of, cases, editions_of, told_of
from omsorg.openness.rules.cases import Heading
from omsorg.openness.rules.figures import Measure, year_of

ON_A_PAGE = 25
ORDERS = {"": _("newest first"), "oldest": _("oldest first"), "place": _("by place")}


class Choices(forms.Form):
    """How the register is narrowed and sorted. Every choice has an address."""

    q = forms.CharField(label=_("Words"), required=False, max_length=100)
    place = forms.ChoiceField(label=_("Country or region"), required=False)
    year = forms.ChoiceField(label=_("Year"), required=False)
    subject = forms.ChoiceField(label=_("What it is about"), required=False)
    closed_as = forms.ChoiceField(label=_("Closed as"), required=False)
    order = forms.ChoiceField(label=_("Order"), required=False, choices=ORDERS.items())

    def __init__(self, given: Any, found: list[PublicCase]) -> None:
        super().__init__(given)
        places = {each.country or each.region: place_name(each.country, each.region) for each in found}
        places.pop("", None)
        years = sorted({str(each.closed_in.year) for each in found}, reverse=True)
        everything = ("", __("all"))
        choices: dict[str, list[tuple[str, Any]]] = {
            "place": sorted(places.items(), key=lambda each: each[1]),
            "year": [(year, year) for year in years],
            "subject": list(SUBJECTS.items()),
            "closed_as": list(CLOSED_AS.items()),
        }
        for name, options in choices.items():
            self.fields[name].choices = [everything, *options]  # type: ignore[attr-defined]

    def chosen(self, found: list[PublicCase]) -> list[PublicCase]:
        """The cases that fit; a choice that is not there narrows nothing."""
        self.is_valid()
        given = self.cleaned_data
        words = given.get("q", "").casefold().split()
        kept = [
            each
            for each in found
            if (not given.get("place") or given["place"] in (each.country, each.region))
            and (not given.get("year") or str(each.closed_in.year) == given["year"])
            and (not given.get("subject") or each.subject == given["subject"])
            and (not given.get("closed_as") or each.closed_as == given["closed_as"])
            and all(word in _searched(each) for word in words)
        ]
        if given.get("order") == "oldest":
            kept.reverse()
        if given.get("order") == "place":
            kept.sort(key=lambda each: place_name(each.country, each.region))
        return kept

    @property
    def is_narrowed(self) -> bool:
        return any(self.cleaned_data.values())


def _searched(case: PublicCase) -> str:
    said = [text for words in case.texts.values() for text in words.values()]
    whom = [str(each["to_whom"]) for each in case.repaid]
    place = place_name(case.country, case.region) if case.country or case.region else ""
    return " ".join([*said, *whom, place, case.organisation, month(case.closed_in)]).casefold()


def files() -> list[dict[str, str]]:
    """The same facts as files."""
    return [
        {"label": __("Register (CSV)"), "url": reverse("openness:register-csv"), "kind": "text/csv"},
        {"label": __("Register (JSON)"), "url": reverse("openness:register-json"), "kind": "application/json"},
        {"label": __("Quarters (CSV)"), "url": reverse("openness:quarters-csv"), "kind": "text/csv"},
        {"label": __("Feed (Atom)"), "url": reverse("openness:feed"), "kind": "application/atom+xml"},
    ]


def register(request: HttpRequest) -> HttpResponse:
    """Every published case, to be searched, narrowed and sorted."""
    every = cases()
    form = Choices(request.GET, every)
    found = form.chosen(every)
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    kept = {name: str(value) for name, value in request.GET.items() if name != "page" and value}
    quarters = shown_quarters()
    last = quarters[-1] if quarters else None
    said = ngettext("%(found)s of %(all)s case", "%(found)s of %(all)s cases", len(every))
    return render(
        request,
        "openness/register.html",
        {
            "rows": [public.case_row(each) for each in page.object_list],
            "page_of_list": page,
            "query": f"&{urlencode(kept)}" if kept else "",
            "form": form,
            "is_narrowed": form.is_narrowed,
            "is_empty": not every,
            "found": said % {"found": len(found), "all": len(every)},
            "held": held.held_now(),
            "last": _stats(last) if last else (),
            "last_quarter": quarter_name(last.quarter) if last else "",
            "last_url": reverse("openness:quarter", args=[last.quarter.code]) if last else "",
            "quarters": public.quarter_links(public.quarters_of(every, quarters)),
            "years": public.years_of(every, quarters),
            "closed_means": public.closed_means(),
            "files": files(),
            "columns": _columns(),
        },
    )


def _columns() -> list[dict[str, str]]:
    labels = (__("Closed in"), __("Where"), __("What happened, in one sentence"), __("Closed as"), __("Repaid"))
    return [{"label": label} for label in labels]


def _stats(shown: Any) -> list[dict[str, str]]:
    labels = zip(public.measures(), Measure, strict=True)
    return [{"label": label, "figure": public.figure(shown.get(measure))} for label, measure in labels]


def case(request: HttpRequest, code: str) -> HttpResponse:
    """One published case, under the link that stays.

    Where nothing is public, the page is the same whether a case was told of, is held or was never there: whoever is
    shut out of an incident cannot ask by its code.
    """
    try:
        newest = edition_of(code)
    except NothingHere:
        return render(request, "openness/not_yet.html", {"crumbs": _crumbs()}, status=404)
    return _case(request, newest, newest)


def edition(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """What stood under this link before it was corrected, as far as it may still be read."""
    return _case(request, edition_of(code, number), edition_of(code))


def _case(request: HttpRequest, this: Edition, newest: Edition) -> HttpResponse:
    editions = editions_of(this.code)
    found = case_of(this, editions[-1].at)
    summary = public.text_view(Heading.SUMMARY, found.said(Heading.SUMMARY, language_now()), found.left_out)
    return render(
        request,
        "openness/case.html",
        {
            "case": found,
            "row": public.case_row(found),
            "summary": summary,
            "texts": () if found.is_withdrawn else public.texts_of(found, language_now()),
            "facts": () if found.is_withdrawn else public.facts_of(found),
            "is_newest": this.pk == newest.pk,
            "newest_url": reverse("openness:case", args=[this.code]),
            "told": public.told_sentence(told_of([this.publication_id])[this.publication_id], found.nobody_because),
            "history": public.history_of(editions, newest=newest),
            "crumbs": _crumbs(),
            "files": [
                {
                    "label": __("This case (JSON)"),
                    "url": reverse("openness:case-json", args=[this.code]),
                    "kind": "application/json",
                },
                *files(),
            ],
        },
    )


def _crumbs() -> list[dict[str, str]]:
    return [{"label": __("Openness"), "url": reverse("openness:register")}]


def quarter(request: HttpRequest, quarter: str) -> HttpResponse:
    """The cases closed in a quarter that are public, and the head figures of the quarter, frozen."""
    try:
        period = Period.parse(quarter)
    except NoSuchPeriod:
        raise NothingHere(quarter) from None
    every, quarters = cases(), shown_quarters()
    if period not in public.quarters_of(every, quarters):
        raise NothingHere(quarter)
    shown = next((each for each in quarters if each.quarter == period), None)
    return render(
        request,
        "openness/quarter.html",
        {
            "title": quarter_name(period),
            "rows": public.period_cases(every, period),
            "columns": _columns(),
            "figures": public.figure_rows(shown) if shown else (),
            "figure_columns": _figure_columns(__("Where")),
            "few": public.few_sentence(shown) if shown else "",
            "together": public.together_sentence(shown) if shown else "",
            "before": stood_before(editions_of_quarter(period)),
            "places": public.places_of(every, period),
            "place_columns": [{"label": __("Where")}, {"label": __("Public cases"), "figures": True}],
            "held": held.held_rows(shown) if shown else (),
            "held_columns": [{"label": __("Why")}, {"label": __("Cases"), "figures": True}],
            "closed_means": public.closed_means(),
            "crumbs": _crumbs(),
            "files": files(),
        },
    )


def _figure_columns(first: str) -> list[dict[str, Any]]:
    return [{"label": first}, *({"label": label, "figures": True} for label in public.measures())]


def year(request: HttpRequest, year: int) -> HttpResponse:
    """The report of a year: its figures, its cases, what was corrected, how many were held back at its end."""
    every, quarters = cases(), shown_quarters()
    if year not in public.years_of(every, quarters):
        raise NothingHere(str(year))
    mine = [each for each in quarters if each.quarter.start.year == year]
    whole = year_of(quarters, year)
    rows = [
        public.FigureRow(
            quarter_name(each.quarter),
            tuple(public.figure(each.get(measure)) for measure in Measure),
            reverse("openness:quarter", args=[each.quarter.code]),
        )
        for each in mine
    ]
    total = public.FigureRow(str(year), tuple(public.figure(whole[measure]) for measure in Measure))
    return render(
        request,
        "openness/year.html",
        {
            "year": year,
            "figures": [*rows, total] if rows else (),
            "figure_columns": _figure_columns(__("Quarter")),
            "held": held.held_rows(mine[-1]) if mine else (),
            "held_columns": [{"label": __("Why")}, {"label": __("Cases"), "figures": True}],
            "rows": public.period_cases(every, Period.parse(str(year))),
            "columns": _columns(),
            "corrections": sorted(
                [
                    *public.corrections_in(Edition.objects.order_by("-at"), year),
                    *corrections_of_year(corrections(), year),
                ],
                key=lambda each: each["machine_on"],
                reverse=True,
            ),
            "closed_means": public.closed_means(),
            "crumbs": _crumbs(),
            "files": files(),
        },
    )
