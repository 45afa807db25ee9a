"""How figures of many organisations and periods become one figure, with what is missing counted beside it.

Worked numbers: `docs/rules/roll-up.md`.
"""

from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from .definitions import DirectionMissing, PercentNeverAdded, ThresholdMissing, threshold_of
from .measures import Definition, Direction, Figure, Kind, RollUp, State
from .tally import Extreme, Tally


class Missing(StrEnum):
    """Why there is no value. None of these is zero.

    Suppressed is what those who answered held back themselves; hidden is what a report does not show.
    """

    NOT_REPORTED = "not_reported"
    NO_CASES = "no_cases"
    NOT_APPLICABLE = "not_applicable"
    SUPPRESSED = "suppressed"
    REFUSED = "refused"
    INCOMPLETE = "incomplete"
    NOT_ADDITIVE = "not_additive"
    NOT_ROLLED_UP = "not_rolled_up"
    IN_WORDS = "in_words"
    HIDDEN = "hidden"


@dataclass(frozen=True, slots=True)
class RolledUp:
    """A value with the numbers it comes from, or why there is none; always with the tally beside it."""

    value: Fraction | None
    missing: Missing | None
    tally: Tally
    numerator: Decimal | None = None
    denominator: Decimal | None = None


def roll_up(tally: Tally, definition: Definition) -> RolledUp:
    """The figure of a node, by the method that the definition declares, or the reason why there is none.

    Sum: the numerators added. Ratio of sums: sum of numerators by sum of denominators, never a mean of
    shares. Share meeting: organisations that meet the threshold, of those with a value. Worst: the least
    good value, by direction, with that organisation's own numbers. All must: 1 when every expected organisation
    meets the threshold, 0 as soon as one does not, and no value while somebody has yet to answer. Distinct: one
    leaf's own count; over several it is not additive.
    """
    rule = definition.roll_up
    if rule is RollUp.NONE and tally.expected + tally.not_applicable != 1:
        return RolledUp(None, Missing.NOT_ROLLED_UP, tally)
    if rule is RollUp.SUM and definition.kind.needs_denominator:
        raise PercentNeverAdded(code=definition.code)
    reason = _why_nothing(tally)
    if reason is not None:
        return RolledUp(None, reason, tally)
    if not definition.kind.is_numeric:
        return RolledUp(None, Missing.IN_WORDS, tally)
    if rule is RollUp.ALL_MUST:
        return _all_must(tally, definition)
    with_cases = tally.reported - tally.no_cases
    if with_cases == 0:
        return RolledUp(None, Missing.NO_CASES, tally)
    if rule is RollUp.SHARE_MEETING:
        if threshold_of(definition) is None:
            raise ThresholdMissing(code=definition.code)
        share = Fraction(tally.meeting, with_cases)
        return RolledUp(share, None, tally, Decimal(tally.meeting), Decimal(with_cases))
    if rule is RollUp.WORST:
        if tally.lowest is None or tally.highest is None:
            return RolledUp(None, Missing.NOT_ROLLED_UP, tally)
        worst = _worst(tally.lowest, tally.highest, definition)
        return RolledUp(worst.value, None, tally, worst.numerator, worst.denominator)
    if rule is RollUp.DISTINCT and (tally.reported, tally.expected) != (1, 1):
        return RolledUp(None, Missing.NOT_ADDITIVE, tally)
    if rule is RollUp.RATIO_OF_SUMS or definition.kind.needs_denominator or definition.kind is Kind.SCORE:
        return _ratio(tally, definition)
    return RolledUp(Fraction(tally.numerator), None, tally, tally.numerator)


def rated_by(definition: Definition) -> Definition:
    """The definition that the rolled-up value is rated by, and its targets are read by.

    A share of organisations is a ratio whatever each of them counts; all-must is a milestone: reached or not.
    """
    if definition.roll_up is RollUp.SHARE_MEETING:
        return replace(definition, kind=Kind.RATIO)
    if definition.roll_up is RollUp.ALL_MUST:
        return replace(definition, kind=Kind.MILESTONE)
    return definition


def rolled_figure(rolled: RolledUp, definition: Definition, *, evidence: bool = False, is_final: bool = True) -> Figure:
    """The rolled-up value as a figure, exact, to be rated by `rated_by(definition)`; its absence stays absence."""
    if rolled.value is None:
        if rolled.missing is Missing.NO_CASES:
            return Figure(State.MEASURED, Decimal(0), Decimal(0), is_final=is_final)
        return Figure(_ABSENT.get(rolled.missing, State.NOT_COLLECTED) if rolled.missing else State.NOT_COLLECTED)
    by = rated_by(definition)
    state = State.ESTIMATED if rolled.tally.estimated else State.MEASURED
    exact = rolled.value / by.per if by.kind is Kind.RATE else rolled.value
    numerator, denominator = Decimal(exact.numerator), Decimal(exact.denominator)
    if not (by.kind.needs_denominator or by.kind is Kind.SCORE):
        if rolled.numerator is not None and definition.roll_up is not RollUp.ALL_MUST:
            numerator = rolled.numerator
        elif exact.denominator != 1:
            numerator = numerator / denominator
        return Figure(state, numerator, evidence=evidence, is_final=is_final)
    return Figure(state, numerator, denominator, evidence=evidence, is_final=is_final)


_ABSENT = {
    Missing.NOT_APPLICABLE: State.NOT_APPLICABLE,
    Missing.SUPPRESSED: State.SUPPRESSED,
    Missing.REFUSED: State.REFUSED,
}


def _why_nothing(tally: Tally) -> Missing | None:
    if tally.reported:
        return None
    if not tally.expected and tally.not_applicable:
        return Missing.NOT_APPLICABLE
    if tally.suppressed:
        return Missing.SUPPRESSED
    if tally.refused and tally.refused == tally.expected:
        return Missing.REFUSED
    return Missing.NOT_REPORTED


def _ratio(tally: Tally, definition: Definition) -> RolledUp:
    if tally.denominator == 0:
        return RolledUp(None, Missing.NO_CASES, tally)
    value = Fraction(tally.numerator) / Fraction(tally.denominator)
    if definition.kind is Kind.RATE:
        value *= definition.per
    return RolledUp(value, None, tally, tally.numerator, tally.denominator)


def _all_must(tally: Tally, definition: Definition) -> RolledUp:
    if threshold_of(definition) is None:
        raise ThresholdMissing(code=definition.code)
    numerator, denominator = Decimal(tally.meeting), Decimal(tally.expected)
    if tally.meeting + tally.no_cases < tally.reported:
        return RolledUp(Fraction(0), None, tally, numerator, denominator)
    if tally.reported < tally.expected:
        return RolledUp(None, Missing.INCOMPLETE, tally, numerator, denominator)
    if tally.meeting == 0:
        return RolledUp(None, Missing.NO_CASES, tally)
    return RolledUp(Fraction(1), None, tally, numerator, denominator)


def _worst(lowest: Extreme, highest: Extreme, definition: Definition) -> Extreme:
    if definition.direction is Direction.UP:
        return lowest
    if definition.direction is Direction.DOWN:
        return highest
    low, high = definition.band_low, definition.band_high
    if definition.direction is Direction.BAND and low is not None and high is not None:
        below, above = Fraction(low) - lowest.value, highest.value - Fraction(high)
        return lowest if below >= above else highest
    raise DirectionMissing(code=definition.code)
