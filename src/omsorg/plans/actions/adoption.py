"""How a plan comes into being, and how it grows: adopted whole, added to later, each with its day and reason."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from omsorg.federation.access import Acting, require
from omsorg.federation.models import Organisation
from omsorg.kernel.money import check_in_use
from omsorg.kernel.refusals import Refusal
from omsorg.kernel.refusals import written as _
from omsorg.kernel.trail import leave_trace
from omsorg.plans.actions.columns import columns_of, owners_called
from omsorg.plans.actions.released import keep_to_reports
from omsorg.plans.models import (
    Action,
    ActionRecommendation,
    ActionRevision,
    BudgetEntry,
    Indicator,
    IndicatorAction,
    IndicatorRevision,
    Plan,
    PlanRevision,
    Recommendation,
    RecommendationResponse,
    Source,
    Target,
)
from omsorg.plans.rules.drafts import (
    ActionDraft,
    CodeNotKnown,
    CodeTwice,
    IndicatorDraft,
    PlanDraft,
    RecommendationDraft,
    SourceDraft,
    TargetDraft,
    faults,
)
from omsorg.plans.rules.promises import check_days, objections
from omsorg.plans.rules.revisions import RevisionWithoutReason


class PlanAlreadyAdopted(Refusal):
    sentence = _("A plan with the code “%(code)s” has been adopted already. Revise it instead.")


@transaction.atomic
def adopt_plan(*, draft: PlanDraft, reason: str, is_example: bool = False, by: Acting, at: datetime) -> Plan:
    """Adopt a whole plan at once, as of `draft.adopted_on`: everything in it is revision number 1.

    All or nothing: the first fault of the draft is raised and nothing is kept. The indicators in it are the base "as
    adopted" for ever.
    """
    owner = Organisation.objects.filter(code=draft.owner).first()
    if owner is None:
        raise CodeNotKnown(code=draft.owner)
    require(by, "plans.revise", owner.pk)
    _ask_for(reason)
    check_days(draft.adopted_on, last_in_force_on=None, today=at.date())
    for fault in faults(draft, today=at.date()):
        raise fault
    for currency in {draft.currency, *(action.budget.currency for action in draft.actions if action.budget)}:
        check_in_use(currency)
    if Plan.objects.filter(code=draft.code).exists():
        raise PlanAlreadyAdopted(code=draft.code)
    plan = Plan.objects.create(
        code=draft.code,
        owner=owner,
        title=dict(draft.title),
        summary=dict(draft.summary),
        adopted_on=draft.adopted_on,
        runs_from=draft.runs_from,
        runs_until=draft.runs_until,
        frequency_months=draft.frequency_months,
        reporting_kind=draft.reporting_kind,
        currency=draft.currency,
        is_example=is_example,
    )
    stamp = {"in_force_on": draft.adopted_on, "reason": reason.strip(), "by_id": by.person_id, "at": at}
    PlanRevision.objects.create(
        plan=plan,
        number=1,
        title=plan.title,
        summary=plan.summary,
        runs_from=plan.runs_from,
        runs_until=plan.runs_until,
        **stamp,
    )
    sources = _write_sources(plan, draft.sources, on=draft.adopted_on)
    recommendations = _write_recommendations(sources, draft.recommendations, stamp)
    actions = _write_actions(plan, draft.actions, recommendations, stamp)
    indicators = _write_indicators(plan, draft.indicators, actions, stamp, adopted=True)
    _write_targets(plan, draft.targets, indicators, stamp)
    leave_trace(
        "adopt_plan",
        f"plan:{plan.code}",
        by=by.person_id,
        at=at,
        organisation=owner.pk,
        details={
            "sources": len(sources),
            "recommendations": len(recommendations),
            "actions": len(actions),
            "indicators": len(indicators),
        },
    )
    return plan


@transaction.atomic
def add_source(
    *, plan: Plan, draft: SourceDraft, in_plan_from: date, reason: str, by: Acting | None, at: datetime
) -> Source:
    """Take a further source into the plan: another review, an audit. `by` None: the house brings it (`bringing`)."""
    _may_add(plan, in_plan_from, reason, by, at)
    _not_taken(Source.objects.filter(plan=plan), draft.code)
    source = _write_sources(plan, [draft], on=in_plan_from)[draft.code]
    _trace_of("add_source", plan, f"source:{plan.code}/{source.code}", by, at)
    return source


@transaction.atomic
def add_recommendation(
    *, source: Source, draft: RecommendationDraft, in_plan_from: date, reason: str, by: Acting | None, at: datetime
) -> Recommendation:
    """Take a further recommendation of a source in, with its answer. `by` None: the house brings it (`bringing`)."""
    plan = source.plan
    _may_add(plan, in_plan_from, reason, by, at)
    _not_taken(Recommendation.objects.filter(source__plan=plan), draft.code)
    stamp = {"in_force_on": in_plan_from, "reason": reason.strip(), "by_id": by.person_id if by else None, "at": at}
    recommendation = _write_recommendations({source.code: source}, [draft], stamp)[draft.code]
    _trace_of("add_recommendation", plan, f"recommendation:{plan.code}/{draft.code}", by, at)
    return recommendation


@transaction.atomic
def add_action(*, plan: Plan, draft: ActionDraft, in_force_on: date, reason: str, by: Acting, at: datetime) -> Action:
    """Promise a further action, after the plan was adopted."""
    _may_add(plan, in_force_on, reason, by, at)
    _not_taken(Action.objects.filter(plan=plan), draft.code)
    for objection in objections(draft.code, draft.terms, today=at.date()):
        raise objection
    known = {r.code: r for r in Recommendation.objects.filter(source__plan=plan, code__in=draft.recommendations)}
    stamp = {"in_force_on": in_force_on, "reason": reason.strip(), "by_id": by.person_id, "at": at}
    action = _write_actions(plan, [draft], known, stamp)[draft.code]
    _trace_of("add_action", plan, f"action:{plan.code}/{draft.code}", by, at)
    return action


@transaction.atomic
def add_indicator(
    *, plan: Plan, draft: IndicatorDraft, in_force_on: date, reason: str, by: Acting, at: datetime
) -> Indicator:
    """Measure something further, after the plan was adopted: it never counts in the base "as adopted"."""
    _may_add(plan, in_force_on, reason, by, at)
    _not_taken(Indicator.objects.filter(plan=plan), draft.code)
    for objection in objections(draft.code, draft.terms, today=at.date()):
        raise objection
    known = {action.code: action for action in Action.objects.filter(plan=plan, code__in=draft.actions)}
    stamp = {"in_force_on": in_force_on, "reason": reason.strip(), "by_id": by.person_id, "at": at}
    indicator = _write_indicators(plan, [draft], known, stamp, adopted=False)[draft.code]
    _trace_of("add_indicator", plan, f"indicator:{plan.code}/{draft.code}", by, at)
    return indicator


def _write_sources(plan: Plan, drafts: Iterable[SourceDraft], *, on: date) -> dict[str, Source]:
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


def _write_recommendations(
    sources: Mapping[str, Source], drafts: Iterable[RecommendationDraft], stamp: Mapping[str, Any]
) -> dict[str, Recommendation]:
    drafts = list(drafts)
    rows = Recommendation.objects.bulk_create(
        Recommendation(
            source=sources[draft.source],
            code=draft.code,
            area=dict(draft.area),
            text=dict(draft.text),
            in_plan_from=stamp["in_force_on"],
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


def _write_actions(
    plan: Plan,
    drafts: Iterable[ActionDraft],
    recommendations: Mapping[str, Recommendation],
    stamp: Mapping[str, Any],
) -> dict[str, Action]:
    drafts = list(drafts)
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
            reason=stamp["reason"],
            by_id=stamp["by_id"],
            at=stamp["at"],
        )
        for draft in drafts
        if draft.budget is not None
    )
    return found


def _write_indicators(
    plan: Plan,
    drafts: Iterable[IndicatorDraft],
    actions: Mapping[str, Action],
    stamp: Mapping[str, Any],
    *,
    adopted: bool,
) -> dict[str, Indicator]:
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


def _write_targets(
    plan: Plan, drafts: Iterable[TargetDraft], indicators: Mapping[str, Indicator], stamp: Mapping[str, Any]
) -> None:
    drafts = list(drafts)
    own = owners_called(draft.organisation for draft in drafts if draft.organisation)
    Target.objects.bulk_create(
        Target(
            indicator=indicators[draft.indicator],
            organisation=own[draft.organisation] if draft.organisation else plan.owner,
            series=draft.series,
            due_on=draft.due_on,
            number=draft.number,
            denominator=draft.denominator,
            **stamp,
        )
        for draft in drafts
    )


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


def _ask_for(reason: str) -> None:
    if not reason.strip():
        raise RevisionWithoutReason


def _may_add(plan: Plan, on: date, reason: str, by: Acting | None, at: datetime) -> None:
    if by is not None:
        require(by, "plans.revise", plan.owner_id)
    _ask_for(reason)
    check_days(on, last_in_force_on=plan.adopted_on, today=at.date())
    keep_to_reports(plan.pk, on)


def _not_taken(among: Any, code: str) -> None:
    if among.filter(code=code).exists():
        raise CodeTwice(code=code)


def _trace_of(verb: str, plan: Plan, subject: str, by: Acting | None, at: datetime) -> None:
    leave_trace(verb, subject, by=by.person_id if by else None, at=at, organisation=plan.owner_id)
