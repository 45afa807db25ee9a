"""Publishing the head figures of a quarter: entered or fetched, seen as the public would, prepared by one and frozen by
another.

Figures that come out of safeguarding are never shown but as the public will read them: whoever releases may be the one
who is complained of, and a small number more would tell.
"""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as __

from omsorg.federation.access import NothingHere, acting_of, keeps_the_top
from omsorg.kernel import clock
from omsorg.kernel.periods import Period
from omsorg.kernel.refusals import Refusal
from omsorg.openness.access import RELEASE
from omsorg.openness.actions.quarters import (
    prepare_correction,
    prepare_quarter,
    publish_quarter,
    try_correction,
    try_quarter,
)
from omsorg.openness.forms.quarters import BecauseForm, QuarterForm
from omsorg.openness.models import QuarterShown
from omsorg.openness.pages import held, public
from omsorg.openness.pages.words import CORRECTED_BECAUSE, quarter_name
from omsorg.openness.queries.incidents import is_on
from omsorg.openness.queries.quarters import (
    counted,
    counts_as_plain,
    counts_of,
    newest_prepared,
    on_register,
    published_quarters,
    shown_quarters,
)
from omsorg.openness.rules.figures import Because, Counts, Measure, Shown
from omsorg.openness.views.desk import desk_crumbs


def quarters(request: HttpRequest) -> HttpResponse:
    """The next quarter to publish, or a published one to correct: its counts, and what of them would be read."""
    acting = acting_of(request)
    if not keeps_the_top(acting, RELEASE):
        raise NothingHere("quarters")
    last = QuarterShown.objects.order_by("-start").first()
    ended = Period.holding(clock.today(), 3).previous()
    published = [each.quarter for each in shown_quarters()]
    corrected = next((each for each in published if each.code == request.GET.get("correct")), None)
    asked = corrected or (Period(last.start, 3).next() if last else ended)
    is_over = asked.until <= clock.today()
    prepared = newest_prepared(asked) if is_over else None
    form = None if is_on() else QuarterForm(request.POST or None, initial=_in_force(corrected))
    why = BecauseForm(request.POST if request.POST.get("decision") in ("look", "prepare") else None)
    given = _given(request, asked, form) if is_over else None
    if given is None and prepared is not None:
        given = counts_of(prepared)
    shown: Shown | None = None
    refused = ""
    if given is not None:
        try:
            if request.method == "POST" and request.POST.get("decision") == "publish":
                publish_quarter(quarter=asked, expected=_number(request), by=acting, at=clock.now())
                messages.success(request, __("Published."))
                return redirect("openness:quarter", asked.code)
            if request.method == "POST" and request.POST.get("decision") == "prepare":
                if corrected is None:
                    prepare_quarter(counts=given, by=acting, at=clock.now())
                elif why.is_valid():
                    because = Because(why.cleaned_data["because"])
                    prepare_correction(counts=given, because=because, by=acting, at=clock.now())
                if corrected is None or why.is_valid():
                    messages.success(request, __("Prepared. Somebody else at the top publishes it."))
                    return redirect(request.get_full_path())
            look = try_quarter if corrected is None else try_correction
            shown = look(counts=given, by=acting, at=clock.now())
        except Refusal as refusal:
            refused = str(refusal)
    is_prepared = prepared is not None and given is not None and counts_as_plain(given) == prepared.counts
    return render(
        request,
        "openness/quarters.html",
        {
            "crumbs": desk_crumbs(),
            "title": quarter_name(asked),
            "is_over": is_over,
            "form": form,
            "why": why if corrected is not None else None,
            "because": CORRECTED_BECAUSE[prepared.because] if prepared is not None and prepared.because else "",
            "to_correct": [] if corrected is not None else public.quarter_links(published[::-1], correct=True),
            "prepared": prepared if is_prepared else None,
            "is_mine": prepared is not None and prepared.by_id == acting.person_id,
            "refused": refused,
            "preview": public.figure_rows(shown) if shown else (),
            "preview_columns": [{"label": __("Where")}, *({"label": e, "figures": True} for e in public.measures())],
            "few": public.few_sentence(shown) if shown else "",
            "together": public.together_sentence(shown) if shown else "",
            "held": held.held_rows(shown) if shown else (),
            "held_columns": [{"label": __("Why")}, {"label": __("Cases"), "figures": True}],
        },
    )


def _given(request: HttpRequest, asked: Period, form: QuarterForm | None) -> Counts | None:
    """The counts that are looked at: out of the incidents, or as they were typed just now."""
    if form is None:
        return counted(asked)
    is_typed = request.method == "POST" and request.POST.get("decision") in ("look", "prepare")
    return form.counts(asked, on_register(asked)) if is_typed and form.is_valid() else None


def _in_force(corrected: Period | None) -> dict[str, int | str]:
    """The lines of the form as the figures in force were typed."""
    found: dict[str, int | str] = {}
    in_force = [each for each, _told in published_quarters()[0] if each.quarter == corrected] if corrected else []
    for each in in_force:
        for line, (country, row) in enumerate(each.by_country.items()):
            found[f"country_{line}"] = country
            found |= {f"{measure}_{line}": row[measure] for measure in Measure}
    return found


def _number(request: HttpRequest) -> int:
    said = request.POST.get("prepared", "")
    return int(said) if said.isdecimal() and len(said) < 18 else 0
