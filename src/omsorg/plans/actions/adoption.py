"""How a plan comes into being, and how it grows: adopted whole, added to later, each with its day and reason."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from omsorg.federation.access import Acting, require
from omsorg.federation.models import Organisation
from omsorg.kernel.money import check_ever_used
from omsorg.kernel.refusals import Refusal
from omsorg.kernel.refusals import written as _
from omsorg.kernel.trail import leave_trace
from omsorg.plans.actions.first_rows import (
    write_actions,
    write_indicators,
    write_recommendations,
    write_sources,
    write_targets,
)
from omsorg.plans.actions.reasons import also_said
from omsorg.plans.actions.released import keep_to_reports
from omsorg.plans.models import (
    Action,
    Indicator,
    Plan,
    PlanRevision,
    Recommendation,
    Source,
)
from omsorg.plans.rules.drafts import (
    ActionDraft,
    CodeNotKnown,
    CodeTwice,
    IndicatorDraft,
    PlanDraft,
    RecommendationDraft,
    SourceDraft,
    faults,
)
from omsorg.plans.rules.promises import ActionTerms, IndicatorTerms, Texts, check_days, objections
from omsorg.plans.rules.reach import check_reach, days_of
from omsorg.plans.rules.revisions import RevisionWithoutReason


class PlanAlreadyAdopted(Refusal):
    sentence = _("A plan with the code “%(code)s” has been adopted already. Revise it instead.")


@transaction.atomic
def adopt_plan(
    *,
    draft: PlanDraft,
    reason: str,
    reason_in: Texts | None = None,
    is_example: bool = False,
    is_dated: bool = True,
    by: Acting,
    at: datetime,
) -> Plan:
    """Adopt a whole plan at once, as of `draft.adopted_on`: everything in it is revision number 1.

    All or nothing: the first fault of the draft is raised and nothing is kept. The indicators in it are the base "as
    adopted" for ever. Not `is_dated`: something stands in for its days, so nothing is held against them.
    """
    owner = Organisation.objects.filter(code=draft.owner).first()
    if owner is None:
        raise CodeNotKnown(code=draft.owner)
    require(by, "plans.revise", owner.pk)
    _ask_for(reason)
    check_days(draft.adopted_on, last_in_force_on=None, today=at.date())
    for fault in faults(draft, today=at.date()):
        raise fault
    if is_dated:
        _check_reach_of(draft)
    for currency in {draft.currency, *(action.budget.currency for action in draft.actions if action.budget)}:
        check_ever_used(currency)
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
    stamp = _stamp(draft.adopted_on, reason, reason_in, by, at)
    PlanRevision.objects.create(
        plan=plan,
        number=1,
        title=plan.title,
        summary=plan.summary,
        runs_from=plan.runs_from,
        runs_until=plan.runs_until,
        **stamp,
    )
    sources = write_sources(plan, draft.sources, on=draft.adopted_on)
    recommendations = write_recommendations(sources, draft.recommendations, stamp)
    actions = write_actions(plan, draft.actions, recommendations, stamp)
    indicators = write_indicators(plan, draft.indicators, actions, stamp, adopted=True)
    write_targets(plan, draft.targets, indicators, stamp)
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


def _check_reach_of(draft: PlanDraft) -> None:
    check_reach(draft.runs_from, draft.runs_until, adopted_on=draft.adopted_on, runs_until=draft.adopted_on)
    promised: list[ActionTerms | IndicatorTerms] = [
        *(each.terms for each in draft.actions),
        *(each.terms for each in draft.indicators),
    ]
    days = {day for terms in promised for day in days_of(terms) if day}
    days |= {target.due_on for target in draft.targets}
    check_reach(*sorted(days), adopted_on=draft.adopted_on, runs_until=draft.runs_until)


@transaction.atomic
def add_source(
    *, plan: Plan, draft: SourceDraft, in_plan_from: date, reason: str, by: Acting | None, at: datetime
) -> Source:
    """Take a further source into the plan: another review, an audit. `by` None: the house brings it (`bringing`)."""
    _may_add(plan, in_plan_from, reason, by, at)
    _not_taken(Source.objects.filter(plan=plan), draft.code)
    source = write_sources(plan, [draft], on=in_plan_from)[draft.code]
    _trace_of("add_source", plan, f"source:{plan.code}/{source.code}", by, at)
    return source


@transaction.atomic
def add_recommendation(
    *,
    source: Source,
    draft: RecommendationDraft,
    in_plan_from: date,
    reason: str,
    reason_in: Texts | None = None,
    by: Acting | None,
    at: datetime,
) -> Recommendation:
    """Take a further recommendation of a source in, with its answer. `by` None: the house brings it (`bringing`)."""
    plan = source.plan
    _may_add(plan, in_plan_from, reason, by, at)
    _not_taken(Recommendation.objects.filter(source__plan=plan), draft.code)
    stamp = _stamp(in_plan_from, reason, reason_in, by, at)
    recommendation = write_recommendations({source.code: source}, [draft], stamp)[draft.code]
    _trace_of("add_recommendation", plan, f"recommendation:{plan.code}/{draft.code}", by, at)
    return recommendation


@transaction.atomic
def add_action(
    *,
    plan: Plan,
    draft: ActionDraft,
    in_force_on: date,
    reason: str,
    reason_in: Texts | None = None,
    by: Acting,
    at: datetime,
) -> Action:
    """Promise a further action, after the plan was adopted."""
    _may_add(plan, in_force_on, reason, by, at)
    _not_taken(Action.objects.filter(plan=plan), draft.code)
    for objection in objections(draft.code, draft.terms, today=at.date()):
        raise objection
    check_reach(*days_of(draft.terms), adopted_on=plan.adopted_on, runs_until=plan.runs_until)
    known = {r.code: r for r in Recommendation.objects.filter(source__plan=plan, code__in=draft.recommendations)}
    stamp = _stamp(in_force_on, reason, reason_in, by, at)
    action = write_actions(plan, [draft], known, stamp)[draft.code]
    _trace_of("add_action", plan, f"action:{plan.code}/{draft.code}", by, at)
    return action


@transaction.atomic
def add_indicator(
    *,
    plan: Plan,
    draft: IndicatorDraft,
    in_force_on: date,
    reason: str,
    reason_in: Texts | None = None,
    by: Acting,
    at: datetime,
) -> Indicator:
    """Measure something further, after the plan was adopted: it never counts in the base "as adopted"."""
    _may_add(plan, in_force_on, reason, by, at)
    _not_taken(Indicator.objects.filter(plan=plan), draft.code)
    for objection in objections(draft.code, draft.terms, today=at.date()):
        raise objection
    check_reach(*days_of(draft.terms), adopted_on=plan.adopted_on, runs_until=plan.runs_until)
    known = {action.code: action for action in Action.objects.filter(plan=plan, code__in=draft.actions)}
    stamp = _stamp(in_force_on, reason, reason_in, by, at)
    indicator = write_indicators(plan, [draft], known, stamp, adopted=False)[draft.code]
    _trace_of("add_indicator", plan, f"indicator:{plan.code}/{draft.code}", by, at)
    return indicator


def _stamp(on: date, reason: str, reason_in: Texts | None, by: Acting | None, at: datetime) -> dict[str, Any]:
    said = {"reason": reason.strip(), "reason_in": also_said(reason_in)}
    return {"in_force_on": on, **said, "by_id": by.person_id if by else None, "at": at}


def _ask_for(reason: str) -> None:
    if not reason.strip():
        raise RevisionWithoutReason


def _may_add(plan: Plan, on: date, reason: str, by: Acting | None, at: datetime) -> None:
    if by is not None:
        require(by, "plans.revise", plan.owner_id)
    _ask_for(reason)
    Plan.objects.select_for_update().get(pk=plan.pk)
    check_days(on, last_in_force_on=plan.adopted_on, today=at.date())
    keep_to_reports(plan.pk, on)


def _not_taken(among: Any, code: str) -> None:
    if among.filter(code=code).exists():
        raise CodeTwice(code=code)


def _trace_of(verb: str, plan: Plan, subject: str, by: Acting | None, at: datetime) -> None:
    leave_trace(verb, subject, by=by.person_id if by else None, at=at, organisation=plan.owner_id)
