"""What was written into a plan after a report was frozen, with force on a day that the report tells of."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from omsorg.plans.models import (
    ActionRecommendation,
    ActionRevision,
    BudgetEntry,
    IndicatorAction,
    IndicatorRevision,
    PlanRevision,
    Recommendation,
    RecommendationResponse,
    Report,
    Source,
    Target,
)
from omsorg.plans.queries.published import document_of


@dataclass(frozen=True, slots=True)
class LateChange:
    """A change: from which day it is in force, and when it was written down, where that is kept."""

    in_force_on: date
    at: datetime | None


DATED: tuple[tuple[Any, str, str], ...] = (
    (PlanRevision, "plan", "in_force_on"),
    (ActionRevision, "action__plan", "in_force_on"),
    (IndicatorRevision, "indicator__plan", "in_force_on"),
    (IndicatorAction, "indicator__plan", "in_force_on"),
    (ActionRecommendation, "action__plan", "in_force_on"),
    (RecommendationResponse, "recommendation__source__plan", "in_force_on"),
    (Target, "indicator__plan", "in_force_on"),
    (BudgetEntry, "action__plan", "on_day"),
)
"""Everything that is dated in a plan: the rows, the way to their plan, and the day from which they count."""


def changed_since_frozen(report: Report) -> LateChange | None:
    """The first change that the frozen report does not know and should; None where it tells the plan as it stands."""
    for model, way, day in DATED:
        rows = model.objects.filter(
            **{way: report.plan_id, f"{day}__lte": report.as_at, "at__gt": report.frozen_at}
        ).order_by("at")
        found = rows.values_list(day, "at").first()
        if found is not None:
            return LateChange(*found)
    document = document_of(report)
    told = {source.code for source in document.sources}, {(part.source, part.code) for part in document.recommendations}
    sources = Source.objects.filter(plan=report.plan_id, in_plan_from__lte=report.as_at)
    for code, on in sources.values_list("code", "in_plan_from"):
        if code not in told[0]:
            return LateChange(on, None)
    advice = Recommendation.objects.filter(source__plan=report.plan_id, in_plan_from__lte=report.as_at)
    for source, code, on in advice.values_list("source__code", "code", "in_plan_from"):
        if (source, code) not in told[1]:
            return LateChange(on, None)
    return None
