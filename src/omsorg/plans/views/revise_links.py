"""Forms for what belongs together: which actions answer a recommendation, and which an indicator measures."""

from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as __

from omsorg.federation.access import NothingHere
from omsorg.plans.actions.measures import link_indicator
from omsorg.plans.actions.recommendations import link_recommendation
from omsorg.plans.forms.stated import LinkForm, LinkToActionForm, MeasureForm
from omsorg.plans.models import Action, ActionRecommendation, Indicator, IndicatorAction, Recommendation
from omsorg.plans.pages.revisions import ChangeTold, changes_told
from omsorg.plans.pages.words import plain
from omsorg.plans.queries.promises import IndicatorState, RecommendationState
from omsorg.plans.rules.revisions import FieldChange, NothingChanged
from omsorg.plans.views.desk import Desk, Sheet, made, open_desk, stamp_of, stamped


def links(request: HttpRequest, plan: str, code: str) -> HttpResponse:
    """Which action answers a recommendation, or does so no longer."""
    desk = open_desk(request, plan)
    state = desk.state.recommendation.get(code)
    if state is None:
        raise NothingHere(code)
    form = LinkForm(request.POST or None, initial=stamp_of(desk), actions=_actions(desk))
    heading = __("Actions that answer recommendation %(code)s") % {"code": code}

    def keep(action: str, holds: bool) -> None:
        link_recommendation(
            action=Action.objects.select_related("plan").get(plan=desk.plan, code=action),
            recommendation=Recommendation.objects.select_related("source").get(pk=state.id),
            holds=holds,
            **stamped(desk, form),
        )

    said = ActionRecommendation.objects.filter(recommendation=state.id)
    more: dict[str, Any] = {"what": "recommendation", "field": "actions", "said": said, "keep": keep}
    return _linked(request, desk, state, form, heading=heading, **more)


def measures(request: HttpRequest, plan: str, code: str) -> HttpResponse:
    """Which action an indicator measures, or does so no longer."""
    desk = open_desk(request, plan)
    state = desk.state.indicator.get(code)
    if state is None:
        raise NothingHere(code)
    form = MeasureForm(request.POST or None, initial=stamp_of(desk), actions=_actions(desk))
    heading = __("Actions that %(code)s measures") % {"code": code}

    def keep(action: str, holds: bool) -> None:
        link_indicator(
            indicator=Indicator.objects.select_related("plan").get(pk=state.id),
            action=Action.objects.get(plan=desk.plan, code=action),
            holds=holds,
            **stamped(desk, form),
        )

    said = IndicatorAction.objects.filter(indicator=state.id)
    more: dict[str, Any] = {"what": "indicator", "field": "measures", "said": said, "keep": keep}
    return _linked(request, desk, state, form, heading=heading, **more)


def _actions(desk: Desk) -> list[tuple[str, str]]:
    return [(each.code, f"{each.code} {plain(each.terms.title)}") for each in desk.state.actions]


def _linked(
    request: HttpRequest,
    desk: Desk,
    state: RecommendationState | IndicatorState,
    form: LinkToActionForm,
    *,
    heading: str,
    what: str,
    field: str,
    said: QuerySet[Any],
    keep: Callable[[str, bool], None],
) -> HttpResponse:
    """One action is chosen, and whether the link to it holds; `field` is what the history calls it.

    `said`: every link of the thing so far.
    """
    sheet = Sheet(
        desk=desk,
        heading=heading,
        lead=__("Today: %(actions)s") % {"actions": ", ".join(state.actions) or __("none")},
        crumbs=desk.crumbs(),
        form=form,
        make=__("Make the change"),
        done=made(),
        back=f"{reverse('plans:revise', args=[desk.plan.code])}?show={what}s#{state.code}",
        history=reverse("plans:public-history", args=[desk.plan.code, what, state.code]),
    )

    def preview() -> Sequence[ChangeTold]:
        action, holds = form.linked()
        if holds == (action in state.actions):
            raise NothingChanged
        return changes_told([FieldChange(field, *((None, action) if holds else (action, None)))])

    def stands() -> ActionRecommendation | IndicatorAction | None:
        action, holds = form.linked()
        newest = said.filter(action__plan=desk.plan, action__code=action).order_by("-number").first()
        return newest if newest and newest.holds == holds else None

    return sheet.answer(request, preview=preview, act=lambda: keep(*form.linked()), stands=stands)
