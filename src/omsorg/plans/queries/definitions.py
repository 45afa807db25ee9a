"""The definition of an indicator as the rules know it, out of a stored revision."""

from omsorg.plans.models import IndicatorRevision
from omsorg.plans.rules.measures import Comparison, Definition, Direction, Kind, RollUp, TimeRule


def definition_of(code: str, revision: IndicatorRevision, frequency_months: int) -> Definition:
    """What `revision` says, as a value that rules can work with. A blank direction stays unstated: not rateable."""
    return Definition(
        code=code,
        kind=Kind(revision.kind),
        direction=Direction(revision.direction) if revision.direction else None,
        time_rule=TimeRule(revision.time_rule),
        roll_up=RollUp(revision.roll_up),
        unit=revision.unit,
        band_low=revision.band_low,
        band_high=revision.band_high,
        threshold=revision.threshold,
        comparison=Comparison(revision.comparison),
        tolerance=revision.tolerance,
        at_risk=revision.at_risk_band,
        frequency_months=frequency_months,
        per=revision.per,
        lowest=revision.lowest,
        highest=revision.highest,
        accumulates=revision.accumulates,
    )
