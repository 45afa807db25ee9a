"""The plan owner's view of all ratings, and setting a computed one aside."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as __

from omsorg.federation.access import Acting, NothingHere, acting_of
from omsorg.kernel import clock
from omsorg.kernel.numbers import format_period
from omsorg.kernel.periods import Period
from omsorg.kernel.refusals import Refusal
from omsorg.plans.access import plan_for
from omsorg.plans.actions.assessments import override_rating, standing_override
from omsorg.plans.actions.reasons import reason_of
from omsorg.plans.forms.override import OverrideForm
from omsorg.plans.models import Plan
from omsorg.plans.pages.plan_ratings import PlanRatingLine, plan_rating_lines
from omsorg.plans.pages.twice import last_day_for
from omsorg.plans.pages.words import day, language_now, told, why_told
from omsorg.plans.queries.agreed import agreed_limits
from omsorg.plans.queries.freezing import Moment, read_report
from omsorg.plans.queries.work import begun_periods
from omsorg.plans.rules import judging
from omsorg.plans.rules.judging import OverriddenMeanwhile
from omsorg.plans.rules.measures import Cause, Rating
from omsorg.plans.rules.reach import reach_of
from omsorg.plans.views.answer_frame import columns
from omsorg.plans.views.frame import Link

FIELDS: dict[type[Refusal], str] = {
    judging.OverrideSaysWhy: "reason",
    judging.OverrideMustEnd: "ends_on",
    judging.OffTrackSaysWhy: "cause",
    judging.CauseOnlyOffTrack: "cause",
    judging.NewDateIsPast: "new_date",
}
"""At which field of the form a refusal is told; any other stands above them all."""


def plan_ratings(request: HttpRequest, plan: str) -> HttpResponse:
    """Own rating, verifier, computed and set by a person, indicator by indicator."""
    acting, found, periods = _rating(request, plan)
    period = _asked(request, periods)
    lines = _lines(found, period, acting) if period else ()
    overtaken_after = last_day_for(period) if period else acting.day
    return render(
        request,
        "plans/plan_ratings.html",
        {
            "plan": found,
            "title": told(found.title),
            "period": format_period(period, language_now()) if period else "",
            "periods": [Link(format_period(p, language_now()), f"?period={p.code}", p == period) for p in periods],
            "lines": lines,
            "today": day(acting.day),
            "overtaken_after": day(overtaken_after) if overtaken_after < acting.day else "",
            "columns": columns(
                __("Indicator"),
                __("Own rating"),
                __("Verifier"),
                __("Computed"),
                __("Set by a person"),
                __("Stated"),
                __("Set aside"),
            ),
            "crumbs": (Link(__("My work"), reverse("plans:my-work")),),
        },
    )


def override(request: HttpRequest, plan: str, code: str) -> HttpResponse:
    """Set the computed rating of one indicator aside, with a reason, until a day."""
    acting, found, periods = _rating(request, plan)
    period = _asked(request, periods)
    line = next((line for line in _lines(found, period, acting) if line.code == code), None) if period else None
    if period is None or line is None:
        raise NothingHere(code)
    back = f"{reverse('plans:plan-ratings', args=[plan])}?period={period.code}"
    indicator = found.indicators.select_related("plan__owner").get(code=code)
    standing = standing_override(indicator, period)
    seen = {"rating": line.stated, "expected": standing.pk if standing else None}
    reach = reach_of(found.adopted_on, found.runs_until)
    form = OverrideForm(request.POST or None, initial=seen, reach=reach)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            override_rating(
                indicator=indicator,
                period=period,
                rating=Rating(said["rating"]),
                reason=said["reason"],
                reason_in=form.reason_in,
                ends_on=said["ends_on"],
                cause=Cause(said["cause"]) if said["cause"] else None,
                new_date=said["new_date"],
                expected=said["expected"],
                by=acting,
                at=clock.now(),
            )
            messages.success(
                request, __("Your rating has been kept. What the figures and the owner say stands beside it.")
            )
            return redirect(back)
        except OverriddenMeanwhile as refusal:
            form.add_error(None, str(refusal))
            form.expect(refusal.params["id"])
            standing = standing_override(indicator, period)
        except Refusal as refusal:
            form.add_error(FIELDS.get(type(refusal)), str(refusal))
    return render(
        request,
        "plans/override.html",
        {
            "line": line,
            "form": form,
            "back": back,
            "period": format_period(period, language_now()),
            "standing": standing,
            "standing_reason": why_told(reason_of(standing)) if standing else "",
        },
    )


def _rating(request: HttpRequest, code: str) -> tuple[Acting, Plan, list[Period]]:
    acting = acting_of(request)
    plan = plan_for(acting, code, "plans.rate")
    if not acting.may("plans.rate", plan.owner_id):
        raise NothingHere(code)
    return acting, plan, [period for period in begun_periods(plan, acting.day) if period.until <= acting.day]


def _asked(request: HttpRequest, periods: list[Period]) -> Period | None:
    asked = request.GET.get("period", "")
    return next((period for period in periods if period.code == asked), next(iter(periods), None))


def _lines(plan: Plan, period: Period, acting: Acting) -> tuple[PlanRatingLine, ...]:
    """What a report would say today: from the one generator, so that no page and no report say two things."""
    moment = Moment(plan, period, acting.day, clock.now(), agreed_limits())
    return plan_rating_lines(plan, period, read_report(moment, previous=(), trail_head="").document)
