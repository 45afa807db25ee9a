"""The verifier's pages: the queue, many confirmed at once, one contested, and where the voices differ."""

from collections.abc import Sequence
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from omsorg.federation.access import Acting, NothingHere, acting_of
from omsorg.kernel import clock
from omsorg.kernel.numbers import format_period
from omsorg.kernel.periods import Period
from omsorg.kernel.refusals import Refusal
from omsorg.plans.access import answer_for, plan_for
from omsorg.plans.actions.verifications import verify
from omsorg.plans.forms.ids import id_in
from omsorg.plans.models import Plan
from omsorg.plans.pages.verifying import STANDINGS, groups_of, verify_line, voices_line
from omsorg.plans.pages.words import RATINGS, language_now, told
from omsorg.plans.queries.agreed import agreed_limits
from omsorg.plans.queries.disagreements import voices_of
from omsorg.plans.queries.verifying import ToVerify, Verified, queue_of
from omsorg.plans.queries.work import LATEST_PERIODS, begun_periods
from omsorg.plans.rules.measures import Rating
from omsorg.plans.views.answer_frame import columns
from omsorg.plans.views.frame import Link

ON_ONE_PAGE = 50
DIFFER = "differ"
RATINGS_OFFERED = (Rating.NOT_STARTED, Rating.ON_TRACK, Rating.OFF_TRACK, Rating.COMPLETED)


class ContestForm(forms.Form):
    """What is contested, why, and how the verifier would rate it."""

    what = forms.ChoiceField(label=_("What do you contest?"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Why?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Those who reported it will read this, and it stands beside what they say."),
    )
    rating = forms.ChoiceField(label=_("How would you rate it?"), required=False)

    def __init__(self, *args: object, row: ToVerify, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        offered = [
            ("figure", __("the figure"), row.figure_id),
            ("rating", __("the own rating"), row.assessment_id),
        ]
        things = [(value, label) for value, label, thing in offered if thing is not None]
        self.fields["what"].choices = [*things, *([("both", __("both"))] if len(things) > 1 else [])]  # type: ignore[attr-defined]
        if len(things) == 1:
            self.fields["what"].initial = things[0][0]
        self.fields["rating"].choices = [  # type: ignore[attr-defined]
            ("", __("– not stated –")),
            *((rating.value, RATINGS[rating]) for rating in RATINGS_OFFERED),
        ]


def verification(request: HttpRequest, plan: str) -> HttpResponse:
    """What waits for this verifier, what was said already, and where the voices differ."""
    acting = acting_of(request)
    found = _verified_plan(acting, plan)
    periods = [period for period in begun_periods(found, acting.day) if period.until <= acting.day]
    asked = request.POST.get("period") or request.GET.get("period", "")
    period = next((p for p in periods if p.code == asked), None) or _period_with_work(acting, found, periods)
    if period is None:
        return render(request, "plans/verify.html", {"plan": found, "title": told(found.title)})
    if request.method == "POST":
        _confirm(request, acting)
        return redirect(f"{reverse('plans:verification', args=[plan])}?{urlencode({'period': period.code})}")
    show = request.GET.get("show", Verified.OPEN)
    if show == DIFFER:
        return _differ(request, acting, found, periods, period)
    standing = Verified(show) if show in set(Verified) else None
    number = id_in(request.GET.get("page", "")) or 1
    queue = queue_of(
        found, period, by=acting, on=acting.day, standing=standing,
        organisation=request.GET.get("organisation", ""), offset=(number - 1) * ON_ONE_PAGE, limit=ON_ONE_PAGE,
    )  # fmt: skip
    page = Paginator(range(queue.found), ON_ONE_PAGE).get_page(number)
    query = {name: value for name, value in request.GET.items() if name != "page" and value}
    return render(
        request,
        "plans/verify.html",
        {
            **_frame(found, periods, period, show, queue.counts),
            "groups": groups_of(found, period, queue.rows),
            "listed": page,
            "query": f"&{urlencode(query)}" if query else "",
            "columns": columns(
                __("Confirm"), __("Indicator"), __("Figure"), __("Before"), __("Documents"), __("Own rating"),
                __("Said so far"),
                __("Contest"),
            ),
        },
    )  # fmt: skip


def _period_with_work(acting: Acting, plan: Plan, periods: Sequence[Period]) -> Period | None:
    """The newest of the latest periods in which something waits for this verifier, else the newest."""
    for period in periods[:LATEST_PERIODS]:
        if queue_of(plan, period, by=acting, on=acting.day, standing=None, limit=0).counts[Verified.OPEN]:
            return period
    return periods[0] if periods else None


def _verified_plan(acting: Acting, code: str) -> Plan:
    if not acting.may_anywhere("plans.verify"):
        raise NothingHere(code)
    return plan_for(acting, code, "plans.verify")


def _confirm(request: HttpRequest, acting: Acting) -> None:
    """Confirm everything that was ticked, or nothing of it."""
    figures: list[int] = []
    assessments: list[int] = []
    lines = 0
    for tick in request.POST.getlist("confirm"):
        figure, _dash, assessment = tick.partition("-")
        about_it = id_in(figure), id_in(assessment)
        lines += any(about_it)
        figures += [about_it[0]] if about_it[0] else []
        assessments += [about_it[1]] if about_it[1] else []
    if not figures and not assessments:
        messages.warning(request, __("Nothing was ticked."))
        return
    try:
        verify(figures=figures, assessments=assessments, by=acting, at=clock.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return
    said = ngettext("%(number)s line has been confirmed.", "%(number)s lines have been confirmed.", lines)
    messages.success(request, said % {"number": lines})


def contest(request: HttpRequest, plan: str, organisation: str, period: str, code: str) -> HttpResponse:
    """Contest one figure or own rating, with a reason."""
    acting = acting_of(request)
    answer = answer_for(acting, _verified_plan(acting, plan), organisation, period)
    queue = queue_of(
        answer.plan, answer.period, by=acting, on=acting.day, standing=None, organisation=organisation, limit=10_000
    )
    row = next((row for row in queue.rows if row.defined.code == code), None)
    if row is None:
        raise NothingHere(code)
    form = ContestForm(request.POST or None, row=row)
    back = f"{reverse('plans:verification', args=[plan])}?{urlencode({'period': period})}"
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        figures = [row.figure_id] if row.figure_id and said["what"] != "rating" else []
        assessments = [row.assessment_id] if row.assessment_id and said["what"] != "figure" else []
        try:
            verify(
                figures=figures,
                assessments=assessments,
                is_contested=True,
                rating=Rating(said["rating"]) if said["rating"] else None,
                reason=said["reason"],
                by=acting,
                at=clock.now(),
            )
            messages.success(request, __("Your word has been kept. It stands beside what they say."))
            return redirect(back)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    return render(
        request,
        "plans/contest.html",
        {
            "line": verify_line(answer.plan, answer.period, row),
            "organisation": row.organisation,
            "period": format_period(answer.period, language_now()),
            "form": form,
            "back": back,
            "crumbs": (Link(__("My work"), reverse("plans:my-work")), Link(__("Verify"), back)),
        },
    )


def _differ(
    request: HttpRequest, acting: Acting, plan: Plan, periods: Sequence[Period], period: Period
) -> HttpResponse:
    """Own rating, verifier and figures side by side, where they do not say the same."""
    units = acting.units_for("plans.verify")
    voices = voices_of(
        plan,
        period,
        units=units,
        known_at=clock.now(),
        limits=agreed_limits(),
    )
    differing = [each for each in voices if each.disagree]
    page = Paginator(differing, ON_ONE_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "plans/verify.html",
        {
            **_frame(plan, periods, period, DIFFER, {}),
            "voices": [voices_line(plan, period, each) for each in page],
            "listed": page,
            "query": f"&{urlencode({'period': period.code, 'show': DIFFER})}",
            "voices_columns": columns(
                __("Organisation"), __("Indicator"), __("Own rating"), __("Verifier"), __("Computed")
            ),
        },
    )


def _frame(
    plan: Plan, periods: Sequence[Period], period: Period, show: str, counts: dict[Verified, int]
) -> dict[str, object]:
    """What stands around every view of the queue."""
    tabs = [
        Link(str(STANDINGS[s]), f"?{urlencode({'period': period.code, 'show': s})}", s == show, counts.get(s))
        for s in Verified
    ]
    differ = Link(
        __("where the voices differ"), f"?{urlencode({'period': period.code, 'show': DIFFER})}", show == DIFFER
    )
    return {
        "plan": plan,
        "title": told(plan.title),
        "period": format_period(period, language_now()),
        "code": period.code,
        "periods": [
            Link(format_period(p, language_now()), f"?{urlencode({'period': p.code})}", p == period) for p in periods
        ],
        "tabs": (*tabs, differ),
        "show": show,
        "crumbs": (Link(__("My work"), reverse("plans:my-work")),),
    }
