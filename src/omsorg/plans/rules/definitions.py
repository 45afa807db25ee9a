"""Which definitions contradict themselves: what could only lie is refused when it is written down."""

from decimal import Decimal

from omsorg.kernel.refusals import Refusal
from omsorg.kernel.refusals import written as _

from .measures import Definition, Direction, Kind, RollUp, TimeRule


class PercentNeverAdded(Refusal):
    sentence = _("%(code)s is a share: numerators and denominators are added, percentages are not.")


class StockNeverAdded(Refusal):
    sentence = _("%(code)s counts what is there at one moment: it is not added over time.")


class DistinctNeverAdded(Refusal):
    sentence = _("%(code)s counts different persons: the same person in two places would be counted twice.")


class ThresholdMissing(Refusal):
    sentence = _("%(code)s asks how many organisations meet a threshold, but no threshold is stated.")


class DirectionMissing(Refusal):
    sentence = _("%(code)s asks for the worst figure, but nobody has said which way is better.")


class BandMissing(Refusal):
    sentence = _("%(code)s shall stay within a band: state the lower and the higher end, in that order.")


class TolerancesCrossed(Refusal):
    sentence = _("%(code)s: what is at risk must lie further from the path than what is on track.")


class TextNeverAdded(Refusal):
    sentence = _("%(code)s is answered in words: words are read, not added.")


class RatioNeedsShares(Refusal):
    sentence = _("%(code)s is not a share of anything: there is no sum of denominators to divide by.")


class StepsNeverAdded(Refusal):
    sentence = _("%(code)s is a step on a ladder: steps are compared, not added or averaged.")


class NothingToAccumulate(Refusal):
    sentence = _("%(code)s: only a count that is added over time can have targets counted from the start.")


class ScaleMissing(Refusal):
    sentence = _("%(code)s is a score: state the lowest and the highest it can be, in that order.")


def contradictions(definition: Definition) -> tuple[Refusal, ...]:
    """Every way in which `definition` contradicts itself; empty when it is sound."""
    found: list[type[Refusal]] = []
    kind, rolls, times = definition.kind, definition.roll_up, definition.time_rule
    if kind is Kind.QUALITATIVE and (rolls is not RollUp.NONE or times not in (TimeRule.NONE, TimeRule.LAST)):
        found.append(TextNeverAdded)
    if kind.needs_denominator and rolls is RollUp.SUM:
        found.append(PercentNeverAdded)
    if rolls is RollUp.RATIO_OF_SUMS and not (kind.needs_denominator or kind is Kind.SCORE):
        found.append(RatioNeedsShares)
    if kind is Kind.ORDINAL and (rolls is RollUp.SUM or times in (TimeRule.SUM, TimeRule.MEAN)):
        found.append(StepsNeverAdded)
    if kind is Kind.STOCK and times is TimeRule.SUM:
        found.append(StockNeverAdded)
    if (times is TimeRule.DISTINCT and rolls is RollUp.SUM) or (
        rolls is RollUp.DISTINCT and times in (TimeRule.SUM, TimeRule.MEAN)
    ):
        found.append(DistinctNeverAdded)
    if rolls in (RollUp.SHARE_MEETING, RollUp.ALL_MUST) and threshold_of(definition) is None:
        found.append(ThresholdMissing)
    if rolls is RollUp.WORST and not definition.has_direction:
        found.append(DirectionMissing)
    low, high = definition.band_low, definition.band_high
    if definition.direction is Direction.BAND and (low is None or high is None or low > high):
        found.append(BandMissing)
    if kind in (Kind.SCORE, Kind.ORDINAL) and not _is_scale(definition):
        found.append(ScaleMissing)
    if definition.accumulates and (kind is not Kind.COUNT or times is not TimeRule.SUM):
        found.append(NothingToAccumulate)
    if not 0 <= definition.tolerance <= definition.at_risk:
        found.append(TolerancesCrossed)
    return tuple(refusal(code=definition.code) for refusal in found)


def threshold_of(definition: Definition) -> Decimal | None:
    """The threshold an organisation must meet; a milestone is met when reached, so its threshold is 1."""
    if definition.threshold is None and definition.kind is Kind.MILESTONE:
        return Decimal(1)
    return definition.threshold


def _is_scale(definition: Definition) -> bool:
    low, high = definition.lowest, definition.highest
    return low is not None and high is not None and low < high
