"""A plan on a day, as values: what it says of each source, recommendation, action, target and indicator."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property

from omsorg.plans.models import (
    Plan,
)
from omsorg.plans.rules.budgets import BudgetState
from omsorg.plans.rules.measures import Cause, Series
from omsorg.plans.rules.plan_terms import PlanTerms
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
    """A baseline or dated target in force. `replaces` is the id of the one that it superseded.

    Without a `number` it is `hidden`: a baseline that tells of few children, as the public reads it.
    """

    id: int
    series: Series
    due_on: date
    number: Decimal | None
    denominator: Decimal | None
    in_force_on: date
    replaces: int | None
    hidden: bool = False


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
    """A whole plan as it stood at the end of `day`, everything in the order of the codes.

    `terms` is what the plan said of itself then, by its revision `number`.
    """

    plan: Plan
    day: date
    terms: PlanTerms
    number: int
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
