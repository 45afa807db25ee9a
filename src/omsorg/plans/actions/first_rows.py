"""The rows of a plan as it comes into being or grows: each the first of its kind, with its day and reason."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from omsorg.plans.actions.columns import columns_of, owners_called
from omsorg.plans.actions.reasons import columns_of_reason
from omsorg.plans.models import (
    Action,
    ActionRecommendation,
    ActionRevision,
    BudgetEntry,
    Indicator,
    IndicatorAction,
    IndicatorRevision,
    Plan,
    Recommendation,
    RecommendationResponse,
    Source,
    Target,
)
from omsorg.plans.rules.budgets import check_amount
from omsorg.plans.rules.drafts import (
    ActionDraft,
    CodeNotKnown,
    IndicatorDraft,
    RecommendationDraft,
    SourceDraft,
    TargetDraft,
)
from omsorg.plans.rules.entries import check_size
from omsorg.plans.rules.measures import Figure, State
from omsorg.plans.rules.reasons import Reason


def write_sources(plan: Plan, drafts: Iterable[SourceDraft], *, on: date) -> dict[str, Source]:
    """Sources, by their codes: in the plan from the day `on`."""
    rows = Source.objects.bulk_create(
        Source(
            plan=plan,
            code=draft.code,
            kind=draft.kind,
            title=dict(draft.title),
            published_on=draft.published_on,
            link=draft.link,
            in_plan_from=on,
            is_example=plan.is_example,
        )
        for draft in drafts
    )
    return {row.code: row for row in rows}


def write_recommendations(
    sources: Mapping[str, Source], drafts: Iterable[RecommendationDraft], stamp: Mapping[str, Any]
) -> dict[str, Recommendation]:
    """Recommendations, by their codes, with what is answered to those that are no longer open."""
    drafts = list(drafts)
    rows = Recommendation.objects.bulk_create(
        Recommendation(
            source=sources[draft.source],
            code=draft.code,
            area=dict(draft.area),
            text=dict(draft.text),
            in_plan_from=stamp["in_force_on"],
            brought_as=draft.brought_as,
            is_example=sources[draft.source].is_example,
        )
        for draft in drafts
    )
    found = {row.code: row for row in rows}
    RecommendationResponse.objects.bulk_create(
        RecommendationResponse(
            recommendation=found[draft.code],
            number=1,
            accepted=draft.accepted,
            response=dict(draft.response),
            **stamp,
        )
        for draft in drafts
        if draft.accepted != "open" or draft.response
    )
    return found


def write_actions(
    plan: Plan,
    drafts: Iterable[ActionDraft],
    recommendations: Mapping[str, Recommendation],
    stamp: Mapping[str, Any],
) -> dict[str, Action]:
    """Actions, by their codes, with what they answer and what they may cost."""
    drafts = list(drafts)
    for draft in drafts:
        if draft.budget is not None:
            check_amount(draft.budget)
    owners = owners_called(draft.terms.owner for draft in drafts)
    rows = Action.objects.bulk_create(
        Action(plan=plan, code=draft.code, is_example=plan.is_example) for draft in drafts
    )
    found = {row.code: row for row in rows}
    known = found | {action.code: action for action in _superseding(Action, plan, drafts, found)}
    ActionRevision.objects.bulk_create(
        ActionRevision(
            action=found[draft.code],
            number=1,
            owner=owners[draft.terms.owner],
            superseded_by=_called(draft.terms.superseded_by, known),
            **columns_of(draft.terms),
            **stamp,
        )
        for draft in drafts
    )
    ActionRecommendation.objects.bulk_create(
        ActionRecommendation(action=found[draft.code], recommendation=_called(code, recommendations), number=1, **stamp)
        for draft in drafts
        for code in draft.recommendations
    )
    BudgetEntry.objects.bulk_create(
        BudgetEntry(
            action=found[draft.code],
            kind=BudgetEntry.Kind.ORIGINAL,
            amount_minor=draft.budget.minor,
            currency=draft.budget.currency,
            on_day=stamp["in_force_on"],
            by_id=stamp["by_id"],
            at=stamp["at"],
            **_reason_in(stamp, draft.budget_why),
        )
        for draft in drafts
        if draft.budget is not None
    )
    return found


def write_indicators(
    plan: Plan,
    drafts: Iterable[IndicatorDraft],
    actions: Mapping[str, Action],
    stamp: Mapping[str, Any],
    *,
    adopted: bool,
) -> dict[str, Indicator]:
    """Indicators, by their codes, with the actions that they measure."""
    drafts = list(drafts)
    rows = Indicator.objects.bulk_create(
        Indicator(plan=plan, code=draft.code, adopted=adopted, is_example=plan.is_example) for draft in drafts
    )
    found = {row.code: row for row in rows}
    known = found | {indicator.code: indicator for indicator in _superseding(Indicator, plan, drafts, found)}
    IndicatorAction.objects.bulk_create(
        IndicatorAction(indicator=found[draft.code], action=_called(code, actions), number=1, **stamp)
        for draft in drafts
        for code in draft.actions
    )
    IndicatorRevision.objects.bulk_create(
        IndicatorRevision(
            indicator=found[draft.code],
            number=1,
            superseded_by=_called(draft.terms.superseded_by, known),
            **columns_of(draft.terms),
            **stamp,
        )
        for draft in drafts
    )
    return found


def write_targets(
    plan: Plan, drafts: Iterable[TargetDraft], indicators: Mapping[str, Indicator], stamp: Mapping[str, Any]
) -> None:
    """Targets and baselines; one that cannot be kept as it was written is refused."""
    drafts = list(drafts)
    for draft in drafts:
        check_size(Figure(State.MEASURED, draft.number, draft.denominator))
    own = owners_called(draft.organisation for draft in drafts if draft.organisation)
    Target.objects.bulk_create(
        Target(
            indicator=indicators[draft.indicator],
            organisation=own[draft.organisation] if draft.organisation else plan.owner,
            series=draft.series,
            due_on=draft.due_on,
            number=draft.number,
            denominator=draft.denominator,
            **{**stamp, **_reason_in(stamp, draft.why)},
        )
        for draft in drafts
    )


def _reason_in(stamp: Mapping[str, Any], own: Reason | None) -> dict[str, Any]:
    """The reason of a single row: its own, else that of the whole."""
    return columns_of_reason(own) if own else {name: stamp[name] for name in ("reason", "reason_in")}


def _superseding(model: Any, plan: Plan, drafts: Iterable[Any], found: Mapping[str, Any]) -> Iterable[Any]:
    """Those already in the plan by which a draft says that it is superseded."""
    wanted = {draft.terms.superseded_by for draft in drafts} - {None} - set(found)
    return model.objects.filter(plan=plan, code__in=wanted) if wanted else ()


def _called(code: str | None, known: Mapping[str, Any]) -> Any:
    if code is None:
        return None
    try:
        return known[code]
    except KeyError:
        raise CodeNotKnown(code=code) from None
