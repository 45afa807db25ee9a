"""The plan put together as it stood at the end of a day."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from omsorg.kernel import clock
from omsorg.plans.models import (
    Plan,
    Source,
)
from omsorg.plans.queries.few_children import with_hidden_baselines
from omsorg.plans.queries.promises.rows import (
    action_revisions_on,
    budgets_on,
    indicator_revisions_on,
    links_that_hold,
    measures_that_hold,
    plan_revision_on,
    recommendations_on,
    targets_on,
)
from omsorg.plans.queries.promises.states import (
    ActionState,
    IndicatorState,
    PlanState,
    RecommendationState,
    SourceState,
    TargetState,
)
from omsorg.plans.queries.promises.terms import terms_of_action, terms_of_indicator, terms_of_plan
from omsorg.plans.rules.budgets import BudgetState, budget_as_of
from omsorg.plans.rules.codes import in_order, sorted_codes
from omsorg.plans.rules.measures import Cause, Series


def plan_as_of(plan: Plan, day: date) -> PlanState:
    """The plan with every wording, date, target, link, answer and sum in force at the end of `day`.

    Ten reads at most, whatever the size of the plan. A day before anything was promised gives an empty plan.
    """
    action_rows = action_revisions_on(plan, day)
    indicator_rows = indicator_revisions_on(plan, day)
    codes = {row.action_id: row.action.code for row in action_rows}
    by_recommendation: defaultdict[int, list[str]] = defaultdict(list)
    by_action: defaultdict[int, set[int]] = defaultdict(set)
    for action_id, recommendation_id in links_that_hold(plan, day):
        if action_id in codes:
            by_recommendation[recommendation_id].append(codes[action_id])
            by_action[action_id].add(recommendation_id)
    held = measures_that_hold(plan, day)
    measures = {
        row.indicator_id: [pk for pk in held.get(row.indicator_id, ()) if pk in codes] for row in indicator_rows
    }
    measured_by: defaultdict[int, list[str]] = defaultdict(list)
    for row in indicator_rows:
        for action_id in measures[row.indicator_id]:
            measured_by[action_id].append(row.indicator.code)
    budgets = budgets_on(plan, day)
    recommendations = tuple(
        _recommendation_state(row, by_recommendation[row.pk]) for row in recommendations_on(plan, day)
    )
    recommendation_codes = {state.id: state.code for state in recommendations}
    targets = targets_on(plan, day)
    revision = plan_revision_on(plan, day)
    return PlanState(
        plan=plan,
        day=day,
        terms=terms_of_plan(revision),
        number=revision.number,
        sources=_in_order(
            SourceState(s.pk, s.code, s.kind, s.title, s.published_on, s.link, s.is_example)
            for s in Source.objects.filter(plan=plan, in_plan_from__lte=day)
        ),
        recommendations=_in_order(recommendations),
        actions=_in_order(
            _action_state(
                row,
                budget=budget_as_of(budgets[row.action_id], day),
                recommendations=(
                    recommendation_codes[pk] for pk in by_action[row.action_id] if pk in recommendation_codes
                ),
                indicators=(measured_by[row.action_id]),
            )
            for row in action_rows
        ),
        indicators=_in_order(
            _indicator_state(
                row,
                actions=(codes[pk] for pk in measures[row.indicator_id]),
                targets=targets[row.indicator_id],
            )
            for row in indicator_rows
        ),
    )


def current_plan(plan: Plan) -> PlanState:
    """The plan as it stands today."""
    return plan_as_of(plan, clock.today())


def plan_in_public(plan: Plan, day: date, *, smallest_shown: int) -> PlanState:
    """The plan as it stood at the end of `day`, without the numbers of baselines that tell of few children."""
    state = plan_as_of(plan, day)
    few = with_hidden_baselines([each.id for each in state.indicators], smallest_shown=smallest_shown)
    return replace(
        state,
        indicators=tuple(
            replace(each, baseline=replace(each.baseline, number=None, denominator=None, hidden=True))
            if each.baseline and each.id in few
            else each
            for each in state.indicators
        ),
    )


State = TypeVar("State", SourceState, RecommendationState, ActionState, IndicatorState)


def _in_order(states: Iterable[State]) -> tuple[State, ...]:
    return tuple(sorted(states, key=lambda state: in_order(state.code)))


def _recommendation_state(row: Any, actions: Iterable[str]) -> RecommendationState:
    return RecommendationState(
        id=row.pk,
        code=row.code,
        source=row.source.code,
        area=row.area,
        text=row.text,
        accepted=row.accepted or "open",
        response={} if row.hidden_at else row.response or {},
        number=row.answer_number or 0,
        answered_on=row.answered_on,
        is_example=row.is_example,
        actions=sorted_codes(actions),
    )


def _action_state(
    row: Any, *, budget: tuple[BudgetState, ...], recommendations: Iterable[str], indicators: Iterable[str]
) -> ActionState:
    return ActionState(
        id=row.action_id,
        code=row.action.code,
        is_example=row.action.is_example,
        number=row.number,
        terms=terms_of_action(row),
        owner_name=row.owner_name,
        first_due_on=row.first_due_on,
        cause=Cause(row.last_cause) if row.last_cause else None,
        stopped_on=row.stopped_on,
        in_force_on=row.in_force_on,
        entered_at=row.at,
        reason=row.reason,
        budget=budget,
        recommendations=sorted_codes(recommendations),
        indicators=sorted_codes(indicators),
    )


def _indicator_state(row: Any, *, actions: Iterable[str], targets: list[TargetState]) -> IndicatorState:
    replaced = {target.replaces for target in targets}
    in_force = [target for target in targets if target.id not in replaced]
    return IndicatorState(
        id=row.indicator_id,
        code=row.indicator.code,
        adopted=row.indicator.adopted,
        is_example=row.indicator.is_example,
        number=row.number,
        terms=terms_of_indicator(row),
        first_due_on=row.first_due_on,
        cause=Cause(row.last_cause) if row.last_cause else None,
        redefined_number=row.redefined_number,
        redefined_on=row.redefined_on,
        in_force_on=row.in_force_on,
        entered_at=row.at,
        reason=row.reason,
        actions=sorted_codes(actions),
        baseline=next((target for target in in_force if target.series is Series.BASELINE), None),
        targets=tuple(target for target in in_force if target.series is Series.TARGET),
        first_targets=tuple(t for t in targets if t.series is Series.TARGET and t.replaces is None),
    )
