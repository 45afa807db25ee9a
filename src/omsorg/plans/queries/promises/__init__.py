"""The plan as it stood on any day: a few reads over all revisions in force then, however large the plan is."""

from omsorg.plans.queries.promises.reading import current_plan, plan_as_of, plan_in_public
from omsorg.plans.queries.promises.rows import links_that_hold, measures_that_hold
from omsorg.plans.queries.promises.states import (
    ActionState,
    IndicatorState,
    PlanState,
    RecommendationState,
    SourceState,
    TargetState,
)
from omsorg.plans.queries.promises.terms import terms_of_action, terms_of_indicator, terms_of_plan

__all__ = [
    "ActionState",
    "IndicatorState",
    "PlanState",
    "RecommendationState",
    "SourceState",
    "TargetState",
    "current_plan",
    "links_that_hold",
    "measures_that_hold",
    "plan_as_of",
    "plan_in_public",
    "terms_of_action",
    "terms_of_indicator",
    "terms_of_plan",
]
