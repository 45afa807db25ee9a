"""The terms of a stored revision, as the rules know them."""

from omsorg.plans.models import (
    ActionRevision,
    IndicatorRevision,
    PlanRevision,
)
from omsorg.plans.rules.measures import Activity, Comparison, Direction, Kind, RollUp, TimeRule
from omsorg.plans.rules.plan_terms import PlanTerms
from omsorg.plans.rules.promises import ActionTerms, IndicatorTerms


def terms_of_plan(row: PlanRevision) -> PlanTerms:
    """The terms of a revision of the plan itself."""
    return PlanTerms(title=row.title, summary=row.summary, runs_from=row.runs_from, runs_until=row.runs_until)


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
