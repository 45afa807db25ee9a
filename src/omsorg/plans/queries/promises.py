"""The plan as it stood on any day: a few reads over all revisions in force then, however large the plan is."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import Any, TypeVar

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from omsorg.kernel import clock
from omsorg.plans.models import (
    ActionRecommendation,
    ActionRevision,
    BudgetEntry,
    Indicator,
    IndicatorRevision,
    Plan,
    Recommendation,
    RecommendationResponse,
    Source,
    Target,
)
from omsorg.plans.rules.budgets import BudgetLine, BudgetState, budget_as_of
from omsorg.plans.rules.codes import in_order, sorted_codes
from omsorg.plans.rules.measures import Activity, Cause, Comparison, Direction, Kind, RollUp, Series, TimeRule
from omsorg.plans.rules.promises import ActionTerms, IndicatorTerms, Texts


@dataclass(frozen=True, slots=True)
class SourceState:
    id: int
    code: str
    kind: str
    title: Texts
    published_on: date | None
    link: str
    is_example: bool


@dataclass(frozen=True, slots=True)
class RecommendationState:
    """A recommendation with the answer in force: `accepted` is yes, partly, no or open; `number` 0 is no answer yet."""

    id: int
    code: str
    source: str
    area: Texts
    text: Texts
    accepted: str
    response: Texts
    number: int
    answered_on: date | None
    is_example: bool
    actions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ActionState:
    """An action under the revision in force. `first_due_on` is the date that slip is counted from.

    `cause` belongs to the last time the due date was put off; `stopped_on` is the day of the revision that stopped it.
    """

    id: int
    code: str
    is_example: bool
    number: int
    terms: ActionTerms
    owner_name: str
    first_due_on: date
    cause: Cause | None
    stopped_on: date | None
    in_force_on: date
    entered_at: datetime
    reason: str
    budget: tuple[BudgetState, ...]
    recommendations: tuple[str, ...]
    indicators: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TargetState:
    """A baseline or dated target in force. `replaces` is the id of the one that it superseded."""

    id: int
    series: Series
    due_on: date
    number: Decimal
    denominator: Decimal | None
    in_force_on: date
    replaces: int | None


@dataclass(frozen=True, slots=True)
class IndicatorState:
    """An indicator under the revision in force. `redefined_number` is the last revision that changed what is measured.

    `targets` are those in force, `first_targets` those as first stated: a revised plan cannot hide what it promised.
    """

    id: int
    code: str
    adopted: bool
    is_example: bool
    number: int
    terms: IndicatorTerms
    first_due_on: date | None
    cause: Cause | None
    redefined_number: int | None
    redefined_on: date | None
    in_force_on: date
    entered_at: datetime
    reason: str
    actions: tuple[str, ...]
    baseline: TargetState | None
    targets: tuple[TargetState, ...]
    first_targets: tuple[TargetState, ...]


@dataclass(frozen=True)
class PlanState:
    """A whole plan as it stood at the end of `day`, everything in the order of the codes."""

    plan: Plan
    day: date
    sources: tuple[SourceState, ...]
    recommendations: tuple[RecommendationState, ...]
    actions: tuple[ActionState, ...]
    indicators: tuple[IndicatorState, ...]

    @cached_property
    def action(self) -> Mapping[str, ActionState]:
        return {state.code: state for state in self.actions}

    @cached_property
    def indicator(self) -> Mapping[str, IndicatorState]:
        return {state.code: state for state in self.indicators}

    @cached_property
    def recommendation(self) -> Mapping[str, RecommendationState]:
        return {state.code: state for state in self.recommendations}

    @cached_property
    def source(self) -> Mapping[str, SourceState]:
        return {state.code: state for state in self.sources}


def plan_as_of(plan: Plan, day: date) -> PlanState:
    """The plan with every wording, date, target, link, answer and sum in force at the end of `day`.

    Eight reads, whatever the size of the plan. A day before anything was promised gives an empty plan.
    """
    action_rows = _action_revisions(plan, day)
    indicator_rows = _indicator_revisions(plan, day)
    codes = {row.action_id: row.action.code for row in action_rows}
    by_recommendation: defaultdict[int, list[str]] = defaultdict(list)
    by_action: defaultdict[int, set[int]] = defaultdict(set)
    for action_id, recommendation_id in links_that_hold(plan, day):
        if action_id in codes:
            by_recommendation[recommendation_id].append(codes[action_id])
            by_action[action_id].add(recommendation_id)
    measures = _measures(plan, codes)
    measured_by: defaultdict[int, list[str]] = defaultdict(list)
    for row in indicator_rows:
        for action_id in measures[row.indicator_id]:
            measured_by[action_id].append(row.indicator.code)
    budgets = _budgets(plan, day)
    recommendations = tuple(
        _recommendation_state(row, by_recommendation[row.pk]) for row in _recommendations(plan, day)
    )
    recommendation_codes = {state.id: state.code for state in recommendations}
    targets = _targets(plan, day)
    return PlanState(
        plan=plan,
        day=day,
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


State = TypeVar("State", SourceState, RecommendationState, ActionState, IndicatorState)


def _in_order(states: Iterable[State]) -> tuple[State, ...]:
    return tuple(sorted(states, key=lambda state: in_order(state.code)))


def terms_of_action(row: ActionRevision) -> ActionTerms:
    """The terms of a revision; needs `owner` and `superseded_by` at hand."""
    return ActionTerms(
        title=row.title,
        text=row.text,
        prioritised=row.prioritised,
        owner=row.owner.code,
        starts_on=row.starts_on,
        due_on=row.due_on,
        done_on=row.done_on,
        activity=Activity(row.activity),
        activity_reason=row.activity_reason,
        superseded_by=row.superseded_by.code if row.superseded_by else None,
    )


def terms_of_indicator(row: IndicatorRevision) -> IndicatorTerms:
    """The terms of a revision; needs `superseded_by` at hand."""
    return IndicatorTerms(
        title=row.title,
        text=row.text,
        kind=Kind(row.kind),
        unit=row.unit,
        direction=Direction(row.direction or "none"),
        time_rule=TimeRule(row.time_rule),
        roll_up=RollUp(row.roll_up),
        numerator=row.numerator,
        denominator=row.denominator,
        threshold=row.threshold,
        comparison=Comparison(row.comparison),
        band_low=row.band_low,
        band_high=row.band_high,
        per=row.per,
        accumulates=row.accumulates,
        lowest=row.lowest,
        highest=row.highest,
        tolerance=row.tolerance,
        at_risk_band=row.at_risk_band,
        asked_of_associations=row.asked_of_associations,
        evidence_needed=row.evidence_needed,
        dimensions=tuple(row.dimensions),
        about_children=row.about_children,
        activity=Activity(row.activity),
        activity_reason=row.activity_reason,
        superseded_by=row.superseded_by.code if row.superseded_by else None,
        due_on=row.due_on,
    )


def _action_revisions(plan: Plan, day: date) -> list[Any]:
    earlier = ActionRevision.objects.filter(action=OuterRef("action"), in_force_on__lte=day)
    return list(
        ActionRevision.objects.filter(action__plan=plan, in_force_on__lte=day)
        .order_by("action_id", "-number")
        .distinct("action_id")
        .select_related("action", "owner", "superseded_by")
        .annotate(
            first_due_on=Subquery(earlier.filter(number=1).values("due_on")),
            last_cause=Subquery(earlier.exclude(cause="").order_by("-number").values("cause")[:1]),
            stopped_on=Subquery(_since_active(earlier)),
        )
    )


def _since_active(earlier: QuerySet[ActionRevision]) -> QuerySet[Any]:
    """The day of the first revision after the last active one: since then nothing is worked on."""
    active = earlier.filter(activity=Activity.ACTIVE).order_by("-number").values("number")[:1]
    return (
        earlier.annotate(last_active=Coalesce(Subquery(active), 0))
        .filter(number__gt=F("last_active"))
        .order_by("number")
        .values("in_force_on")[:1]
    )


def _indicator_revisions(plan: Plan, day: date) -> list[Any]:
    earlier = IndicatorRevision.objects.filter(indicator=OuterRef("indicator"), in_force_on__lte=day)
    redefined = earlier.filter(redefined=True).order_by("-number")
    return list(
        IndicatorRevision.objects.filter(indicator__plan=plan, in_force_on__lte=day)
        .order_by("indicator_id", "-number")
        .distinct("indicator_id")
        .select_related("indicator", "superseded_by")
        .annotate(
            first_due_on=Subquery(earlier.filter(number=1).values("due_on")),
            last_cause=Subquery(earlier.exclude(cause="").order_by("-number").values("cause")[:1]),
            redefined_number=Subquery(redefined.values("number")[:1]),
            redefined_on=Subquery(redefined.values("in_force_on")[:1]),
        )
    )


def _recommendations(plan: Plan, day: date) -> list[Any]:
    answers = RecommendationResponse.objects.filter(recommendation=OuterRef("pk"), in_force_on__lte=day).order_by(
        "-number"
    )
    return list(
        Recommendation.objects.filter(source__plan=plan, in_plan_from__lte=day)
        .select_related("source")
        .annotate(
            accepted=Subquery(answers.values("accepted")[:1]),
            response=Subquery(answers.values("response")[:1]),
            answer_number=Subquery(answers.values("number")[:1]),
            answered_on=Subquery(answers.values("in_force_on")[:1]),
        )
    )


def links_that_hold(plan: Plan, day: date, *, known_at: datetime | None = None) -> tuple[tuple[int, int], ...]:
    """(Action id, recommendation id) of every link that holds on `day`, as far as it was known by `known_at`."""
    rows = ActionRecommendation.objects.filter(action__plan=plan, in_force_on__lte=day)
    if known_at is not None:
        rows = rows.filter(at__lte=known_at)
    last = (
        rows.order_by("action_id", "recommendation_id", "-number")
        .distinct("action_id", "recommendation_id")
        .values_list("action_id", "recommendation_id", "holds")
    )
    return tuple((action_id, recommendation_id) for action_id, recommendation_id, holds in last if holds)


def _measures(plan: Plan, actions: Mapping[int, str]) -> Mapping[int, list[int]]:
    """Indicator id -> ids of the actions that it measures."""
    found: defaultdict[int, list[int]] = defaultdict(list)
    rows = Indicator.actions.through.objects.filter(indicator__plan=plan).values_list("indicator_id", "action_id")
    for indicator_id, action_id in rows:
        if action_id in actions:
            found[indicator_id].append(action_id)
    return found


def _budgets(plan: Plan, day: date) -> Mapping[int, list[BudgetLine]]:
    found: defaultdict[int, list[BudgetLine]] = defaultdict(list)
    rows: Iterable[tuple[Any, ...]] = BudgetEntry.objects.filter(action__plan=plan, on_day__lte=day).values_list(
        "action_id", "kind", "amount_minor", "currency", "on_day", "pk"
    )
    for action_id, *line in rows:
        found[action_id].append(BudgetLine(*line))
    return found


def _targets(plan: Plan, day: date) -> Mapping[int, list[TargetState]]:
    """Indicator id -> all baselines and targets of the plan as a whole that had been stated by `day`."""
    found: defaultdict[int, list[TargetState]] = defaultdict(list)
    rows: Iterable[tuple[Any, ...]] = (
        Target.objects.filter(indicator__plan=plan, organisation=plan.owner_id, in_force_on__lte=day)
        .order_by("due_on", "pk")
        .values_list("indicator_id", "pk", "series", "due_on", "number", "denominator", "in_force_on", "supersedes_id")
    )
    for indicator_id, pk, series, *more in rows:
        found[indicator_id].append(TargetState(pk, Series(series), *more))
    return found


def _recommendation_state(row: Any, actions: Iterable[str]) -> RecommendationState:
    return RecommendationState(
        id=row.pk,
        code=row.code,
        source=row.source.code,
        area=row.area,
        text=row.text,
        accepted=row.accepted or "open",
        response=row.response or {},
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
        owner_name=row.owner.name,
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
