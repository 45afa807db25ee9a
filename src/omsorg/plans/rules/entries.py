"""What is checked when a figure is typed: that it can be an answer of its kind, and whether it goes backwards."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from omsorg.kernel.refusals import Refusal
from omsorg.kernel.refusals import written as _

from .measures import Definition, Direction, Figure, Kind, TimeRule

LARGEST = Decimal(10) ** 18
FINEST = Decimal("0.000001")


class NumberMissing(Refusal):
    field = "numerator"
    sentence = _("Enter a number, or say why there is none.")


class WholeMissing(Refusal):
    field = "denominator"
    sentence = _("Enter also out of how many: the share is computed here.")


class TextMissing(Refusal):
    field = "text"
    sentence = _("Answer in words, or say why there is no answer.")


class MissingHasNoNumber(Refusal):
    field = "state"
    sentence = _("Either there is a number, or there is a reason why there is none: not both.")


class NotAskedAsNumber(Refusal):
    field = "numerator"
    sentence = _("This is answered in words.")


class NoWholeHere(Refusal):
    field = "denominator"
    sentence = _("This is one number: it is not a part of anything.")


class NumberNegative(Refusal):
    field = "numerator"
    sentence = _("%(number)s is less than zero: nothing can be counted below zero.")


class NumberTooLarge(Refusal):
    field = "numerator"
    sentence = _("%(number)s is too large to be right.")


class NumberTooFine(Refusal):
    field = "numerator"
    sentence = _("%(number)s has more than six decimals.")


class PartLargerThanWhole(Refusal):
    field = "numerator"
    sentence = _("%(part)s of %(whole)s: a part cannot be larger than the whole.")


class NotYesOrNo(Refusal):
    field = "numerator"
    sentence = _("A milestone is reached (1) or not (0).")


class NotAStep(Refusal):
    field = "numerator"
    sentence = _("%(number)s is not one of the steps from %(lowest)s to %(highest)s.")


class OutsideScale(Refusal):
    field = "numerator"
    sentence = _("%(number)s is outside the scale from %(lowest)s to %(highest)s.")


class GoesBackwards(Refusal):
    field = "reason"
    sentence = _("Last period this was %(before)s. Say why it goes backwards.")


class PartsLargerThanTotal(Refusal):
    field = "numerator"
    sentence = _("The parts add up to %(parts)s, the total is %(total)s.")


class PartsSmallerThanTotal(Refusal):
    field = "numerator"
    sentence = _("The parts add up to %(parts)s of %(total)s. Enter the difference, %(rest)s, as unknown.")


def fault_of(definition: Definition, figure: Figure) -> Refusal | None:
    """Why `figure` cannot be an answer to `definition`, or None where it can."""
    if not figure.state.has_value:
        has_number = figure.numerator is not None or figure.denominator is not None
        return MissingHasNoNumber() if has_number else None
    if definition.kind is Kind.QUALITATIVE:
        if figure.numerator is not None or figure.denominator is not None:
            return NotAskedAsNumber()
        return None if figure.text.strip() else TextMissing()
    if figure.numerator is None:
        return NumberMissing()
    needs_whole = definition.kind.needs_denominator
    if needs_whole and figure.denominator is None:
        return WholeMissing()
    if not needs_whole and figure.denominator not in (None, Decimal(1)):
        return NoWholeHere()
    for number in (figure.numerator, figure.denominator):
        fault = _fault_of_number(definition, number) if number is not None else None
        if fault is not None:
            return fault
    return _fault_of_kind(definition, figure.numerator, figure.denominator)


def _fault_of_number(definition: Definition, number: Decimal) -> Refusal | None:
    if abs(number) >= LARGEST:
        return NumberTooLarge(number=number)
    if number % FINEST:
        return NumberTooFine(number=number)
    if number < 0 and definition.kind is not Kind.SCORE:
        return NumberNegative(number=number)
    return None


def _fault_of_kind(definition: Definition, numerator: Decimal, denominator: Decimal | None) -> Refusal | None:
    kind, low, high = definition.kind, definition.lowest, definition.highest
    if kind is Kind.RATIO and denominator is not None and numerator > denominator:
        return PartLargerThanWhole(part=numerator, whole=denominator)
    if kind is Kind.MILESTONE and numerator not in (0, 1):
        return NotYesOrNo()
    if kind in (Kind.SCORE, Kind.ORDINAL) and low is not None and high is not None:
        if kind is Kind.ORDINAL and (numerator % 1 or not low <= numerator <= high):
            return NotAStep(number=numerator, lowest=low, highest=high)
        if not low <= numerator <= high:
            return OutsideScale(number=numerator, lowest=low, highest=high)
    return None


def goes_backwards(definition: Definition, before: Figure, now: Figure) -> bool:
    """Whether `now` is worse than the period before, where the two can be compared.

    What flowed in a period (a count that is added over time) rises and falls; it does not go backwards. A reached
    milestone that is not reached any more does, and so does everything that has a direction.
    """
    then, here = before.value(definition), now.value(definition)
    if then is None or here is None or definition.time_rule in (TimeRule.SUM, TimeRule.DISTINCT):
        return False
    if definition.kind is Kind.MILESTONE:
        return here < then
    if definition.direction is Direction.UP:
        return here < then
    if definition.direction is Direction.DOWN:
        return here > then
    if definition.direction is Direction.BAND:
        return _outside(definition, here) > _outside(definition, then)
    return False


def _outside(definition: Definition, value: Fraction) -> Fraction:
    low, high = definition.band_low, definition.band_high
    below = Fraction(low) - value if low is not None else Fraction(0)
    above = value - Fraction(high) if high is not None else Fraction(0)
    return max(below, above, Fraction(0))


def fault_of_parts(total: Figure, parts: Mapping[int, Figure], *, all_parts: frozenset[int]) -> Refusal | None:
    """Why the parts of one dimension do not go with the total; None where they do, or where it cannot be said yet.

    Parts never exceed the total. When every part is there, what is missing must be entered as unknown.
    """
    if total.numerator is None:
        return None
    counted = [part.numerator for part in parts.values() if part.numerator is not None]
    together = sum(counted, Decimal(0))
    if together > total.numerator:
        return PartsLargerThanTotal(parts=together, total=total.numerator)
    if all_parts <= parts.keys() and len(counted) == len(parts) and together < total.numerator:
        return PartsSmallerThanTotal(parts=together, total=total.numerator, rest=total.numerator - together)
    return None


def has_parts_that_add(definition: Definition) -> bool:
    """Whether parts of a breakdown add up to the total: they do for what is counted, not for scores and steps."""
    return definition.kind in (Kind.COUNT, Kind.STOCK, Kind.RATIO)
