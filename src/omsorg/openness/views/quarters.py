"""Publishing the head figures of a quarter: entered or fetched, seen as the public would, frozen."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as __

from omsorg.federation.access import NothingHere, acting_of, keeps_the_top
from omsorg.kernel import clock
from omsorg.kernel.periods import Period
from omsorg.kernel.refusals import Refusal
from omsorg.openness.access import RELEASE
from omsorg.openness.actions.quarters import publish_quarter, try_quarter
from omsorg.openness.forms.quarters import QuarterForm
from omsorg.openness.models import QuarterShown
from omsorg.openness.pages import public
from omsorg.openness.pages.words import quarter_name
from omsorg.openness.queries.incidents import is_on
from omsorg.openness.queries.quarters import counted, on_register
from omsorg.openness.rules.figures import Shown
from omsorg.openness.views.desk import desk_crumbs


def quarters(request: HttpRequest) -> HttpResponse:
    """The next quarter to publish: its counts, and what of them would be read."""
    acting = acting_of(request)
    if not keeps_the_top(acting, RELEASE):
        raise NothingHere("quarters")
    last = QuarterShown.objects.order_by("-start").first()
    ended = Period.holding(clock.today(), 3).previous()
    asked = Period(last.start, 3).next() if last else ended
    counts = counted(asked) if asked.until <= clock.today() else None
    form = QuarterForm(request.POST or None, initial=QuarterForm.initial_of(counts) if counts else {})
    shown: Shown | None = None
    if request.method == "POST" and form.is_valid():
        given = form.counts(asked, on_register(asked))
        try:
            if request.POST.get("decision") == "publish":
                publish_quarter(counts=given, by=acting, at=clock.now())
                messages.success(request, __("Published. These figures never change."))
                return redirect("openness:quarter", asked.code)
            shown = try_quarter(counts=given, by=acting, at=clock.now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    return render(
        request,
        "openness/quarters.html",
        {
            "crumbs": desk_crumbs(),
            "title": quarter_name(asked),
            "is_over": asked.until <= clock.today(),
            "is_fetched": is_on(),
            "form": form,
            "preview": public.figure_rows(shown) if shown else (),
            "preview_columns": [{"label": __("Where")}, *({"label": e, "figures": True} for e in public.measures())],
            "few": public.few_sentence(shown) if shown else "",
            "held": public.held_rows(shown) if shown else (),
            "held_columns": [{"label": __("Why")}, {"label": __("Cases held back"), "figures": True}],
        },
    )
