"""Tables of the plan tracker, one module per noun. What is promised, measured or published only ever grows."""

from omsorg.plans.models.figures import DisaggregationKey, Evidence, Figure, Summary, Target
from omsorg.plans.models.judgements import Assessment, Verification
from omsorg.plans.models.links import ActionRecommendation, IndicatorAction
from omsorg.plans.models.plans import Plan, PlanRevision
from omsorg.plans.models.promises import (
    Action,
    ActionRevision,
    BudgetEntry,
    Indicator,
    IndicatorRevision,
    Recommendation,
    RecommendationResponse,
    Source,
)
from omsorg.plans.models.reports import Release, Report, ReportPart
from omsorg.plans.models.submissions import OpeningAsked, Reminder, SubmissionStep

__all__ = [
    "Action",
    "ActionRecommendation",
    "ActionRevision",
    "Assessment",
    "BudgetEntry",
    "DisaggregationKey",
    "Evidence",
    "Figure",
    "Indicator",
    "IndicatorAction",
    "IndicatorRevision",
    "OpeningAsked",
    "Plan",
    "PlanRevision",
    "Recommendation",
    "RecommendationResponse",
    "Release",
    "Reminder",
    "Report",
    "ReportPart",
    "Source",
    "SubmissionStep",
    "Summary",
    "Target",
    "Verification",
]
