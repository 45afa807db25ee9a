"""What became of one promise: every dated change with its reason, open to everybody."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as __

from omsorg.federation.access import NothingHere
from omsorg.plans.access import public_plan
from omsorg.plans.models import Action, Indicator, Recommendation
from omsorg.plans.pages.revisions import entries_told
from omsorg.plans.pages.words import plain
from omsorg.plans.queries.history import (
    HistoryEntry,
    history_of_action,
    history_of_indicator,
    history_of_plan,
    history_of_recommendation,
)
from omsorg.plans.views.frame import Link


def history(request: HttpRequest, plan: str, what: str, code: str) -> HttpResponse:
    """Every change of the plan itself, an action, an indicator or a recommendation, newest first."""
    found = public_plan(plan)
    title, entries, hidden = _read(found, what, code)
    return render(
        request,
        "plans/history.html",
        {
            "plan": found,
            "heading": title if what == "plan" else f"{code} {title}",
            "hidden": hidden,
            "entries": entries_told(entries),
            "day_url": reverse("plans:public-plan-on", args=[found.code]),
            "crumbs": (
                Link(__("Promises"), reverse("plans:promises")),
                Link(plain(found.title), reverse("plans:public-plan", args=[found.code])),
                Link(__("The plan on a day"), reverse("plans:public-plan-on", args=[found.code])),
            ),
        },
    )


def _read(plan: Any, what: str, code: str) -> tuple[str, tuple[HistoryEntry, ...], bool]:
    """What it is called, every change, and whether its words are hidden."""
    if what == "plan" and code == plan.code:
        return plain(plan.title), history_of_plan(plan), False
    if what == "action" and (action := Action.objects.filter(plan=plan, code=code).first()):
        return plain(action.revisions.latest("number").title), history_of_action(action), False
    if what == "indicator" and (indicator := Indicator.objects.filter(plan=plan, code=code).first()):
        entries = history_of_indicator(indicator, few_below=settings.ENVIRONMENT.small_cell)
        return plain(indicator.revisions.latest("number").title), entries, False
    if what == "recommendation" and (
        recommendation := Recommendation.objects.filter(source__plan=plan, code=code).first()
    ):
        hidden = recommendation.hidden_at is not None
        return plain(recommendation.text), history_of_recommendation(recommendation), hidden
    raise NothingHere(code)
