"""Everything in the plan that can be revised, to be searched and sorted; the way to each form."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from omsorg.federation.access import NothingHere, acting_of
from omsorg.plans.models import Plan
from omsorg.plans.pages.overview import slip_text
from omsorg.plans.pages.words import ACCEPTED, ACTIVITIES, plain, short_day, told
from omsorg.plans.queries.promises import ActionState, IndicatorState, RecommendationState
from omsorg.plans.rules.codes import in_order
from omsorg.plans.rules.measures import Activity
from omsorg.plans.rules.slip import slip
from omsorg.plans.views.desk import Desk, open_desk
from omsorg.plans.views.frame import Link

SHOWN = (("actions", _("Actions")), ("indicators", _("Indicators")), ("recommendations", _("Recommendations")))
SORTED = (("code", _("by code")), ("due", _("by due date")), ("changed", _("by last change")))


class SearchForm(forms.Form):
    """What is looked for, and in which order it is shown."""

    q = forms.CharField(label=_("Search"), required=False, max_length=100)
    activity = forms.ChoiceField(label=_("Activity"), required=False, choices=[("", _("all")), *ACTIVITIES.items()])
    sort = forms.ChoiceField(label=_("Order"), required=False, choices=SORTED)
    show = forms.ChoiceField(required=False, choices=SHOWN, widget=forms.HiddenInput)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        if data and data.get("show") == "recommendations":
            del self.fields["activity"]


@dataclass(frozen=True, slots=True)
class Line:
    """One action, indicator or recommendation in the list."""

    code: str
    title: str
    url: str
    activity: str
    note: str
    due: str
    slip: str
    changed: str
    links: tuple[Link, ...]
    sought: str
    due_on: date
    changed_on: date


def plans(request: HttpRequest) -> HttpResponse:
    """The plans that this person may revise; where there is one, its desk at once."""
    acting = acting_of(request)
    owners = acting.units_for("plans.revise")
    if not owners:
        raise NothingHere("revise")
    found = list(Plan.objects.filter(owner_id__in=owners).order_by("-adopted_on", "code"))
    if len(found) == 1:
        return redirect("plans:revise", found[0].code)
    rows = [Link(told(plan.title), reverse("plans:revise", args=[plan.code])) for plan in found]
    return render(request, "plans/revise_plans.html", {"plans": rows, "import_url": reverse("plans:plan-import")})


def revise(request: HttpRequest, plan: str) -> HttpResponse:
    """The desk: what stands in the plan today, when it was last changed, and where it is changed."""
    desk = open_desk(request, plan)
    form = SearchForm(request.GET or None)
    asked = form.cleaned_data if form.is_bound and form.is_valid() else {}
    show = asked.get("show") or "actions"
    every = {"actions": _actions, "indicators": _indicators, "recommendations": _recommendations}[show](desk)
    found = _sorted(_sought(every, asked.get("q", ""), asked.get("activity", "")), asked.get("sort") or "code")
    address = reverse("plans:revise", args=[desk.plan.code])
    counts = {
        "actions": len(desk.state.actions),
        "indicators": len(desk.state.indicators),
        "recommendations": len(desk.state.recommendations),
    }
    return render(
        request,
        "plans/revise.html",
        {
            "plan": desk.plan,
            "title": told(desk.plan.title),
            "tabs": [Link(str(label), f"{address}?show={key}", key == show, counts[key]) for key, label in SHOWN],
            "form": form if form.is_bound else SearchForm({"show": show}),
            "reset_url": f"{address}?show={show}" if asked.get("q") or asked.get("activity") else "",
            "found": ngettext("%(count)s found", "%(count)s found", len(found)) % {"count": len(found)},
            "lines": found,
            "show": show,
            "columns": _columns(show),
            "add_url": reverse("plans:revise-add", args=[desk.plan.code, show.removesuffix("s")]),
            "import_url": reverse("plans:plan-import"),
            "whole_url": reverse("plans:revise-plan", args=[desk.plan.code]),
            "add_source_url": reverse("plans:revise-add", args=[desk.plan.code, "source"]),
        },
    )


def _columns(show: str) -> list[dict[str, str]]:
    if show == "recommendations":
        return [{"label": label} for label in (__("Recommendation"), __("Answer"), __("Last change"), __("More"))]
    names = (__("Promise"), __("Activity"), __("Due"), __("Last change"), __("More"))
    return [{"label": label} for label in names]


def _actions(desk: Desk) -> list[Line]:
    return [_action(desk, state) for state in desk.state.actions]


def _action(desk: Desk, state: ActionState) -> Line:
    args = [desk.plan.code, state.code]
    slipped = slip(
        original_due_on=state.first_due_on,
        present_due_on=state.terms.due_on,
        as_of=desk.today,
        done_on=state.terms.done_on,
        stopped_on=state.stopped_on,
    )
    return Line(
        code=state.code,
        title=told(state.terms.title),
        url=reverse("plans:revise-action", args=args),
        activity=state.terms.activity,
        note=state.terms.superseded_by or "",
        due=short_day(state.terms.due_on),
        slip=slip_text(slipped.days) if slipped.days else "",
        changed=short_day(state.in_force_on),
        links=(
            Link(__("Budget"), reverse("plans:revise-budget", args=args)),
            Link(__("History"), reverse("plans:public-history", args=[desk.plan.code, "action", state.code])),
        ),
        sought=f"{state.code} {plain(state.terms.title)} {state.owner_name}".casefold(),
        due_on=state.terms.due_on,
        changed_on=state.in_force_on,
    )


def _indicators(desk: Desk) -> list[Line]:
    return [_indicator(desk, state) for state in desk.state.indicators]


def _indicator(desk: Desk, state: IndicatorState) -> Line:
    args = [desk.plan.code, state.code]
    return Line(
        code=state.code,
        title=told(state.terms.title),
        url=reverse("plans:revise-indicator", args=args),
        activity=state.terms.activity,
        note=state.terms.superseded_by or "",
        due=short_day(state.terms.due_on),
        slip="",
        changed=short_day(state.in_force_on),
        links=(
            Link(__("Targets"), reverse("plans:revise-targets", args=args)),
            Link(__("Actions"), reverse("plans:revise-measures", args=args)),
            Link(__("History"), reverse("plans:public-history", args=[desk.plan.code, "indicator", state.code])),
        ),
        sought=f"{state.code} {plain(state.terms.title)} {' '.join(state.actions)}".casefold(),
        due_on=state.terms.due_on or date.max,
        changed_on=state.in_force_on,
    )


def _recommendations(desk: Desk) -> list[Line]:
    return [_recommendation(desk, state) for state in desk.state.recommendations]


def _recommendation(desk: Desk, state: RecommendationState) -> Line:
    args = [desk.plan.code, state.code]
    return Line(
        code=state.code,
        title=told(state.text),
        url=reverse("plans:revise-recommendation", args=args),
        activity="",
        note=str(ACCEPTED[state.accepted]),
        due="",
        slip="",
        changed=short_day(state.answered_on),
        links=(
            Link(__("Actions"), reverse("plans:revise-links", args=args)),
            Link(__("History"), reverse("plans:public-history", args=[desk.plan.code, "recommendation", state.code])),
        ),
        sought=f"{state.code} {plain(state.text)} {plain(state.area)} {' '.join(state.actions)}".casefold(),
        due_on=date.max,
        changed_on=state.answered_on or date.min,
    )


def _sought(lines: Iterable[Line], words: str, activity: str) -> list[Line]:
    wanted = words.casefold().split()
    return [
        line
        for line in lines
        if all(word in line.sought for word in wanted) and (not activity or line.activity in ("", Activity(activity)))
    ]


def _sorted(lines: list[Line], by: str) -> list[Line]:
    if by == "due":
        return sorted(lines, key=lambda line: (line.due_on, in_order(line.code)))
    if by == "changed":
        return sorted(lines, key=lambda line: (line.changed_on, in_order(line.code)), reverse=True)
    return lines
