"""What a person may enter as a figure, and what must be explained: refused here in words, before anything is kept."""

from collections.abc import Iterable
from decimal import Context, Decimal, Inexact
from fractions import Fraction

from omsorg.kernel.numbers import LANGUAGES, NumberSaid, format_number, format_percent
from omsorg.kernel.refusals import Refusal, language_of_reader
from omsorg.kernel.refusals import written as _

from .measures import Definition, Direction, Figure, Kind, State, TimeRule
from .sentences.units import counts_single_things

# Two values are compared exactly: a product that would need rounding is an error.
_EXACT = Context(prec=200, traps=[Inexact])


class FigureNotANumber(Refusal):
    sentence = _("Give a number, or choose why there is none.")


class FigureMustBeWords(Refusal):
    sentence = _("This is answered in words, not with a number.")


class MissingHasNoNumber(Refusal):
    sentence = _("Either give a number or say that there is none; not both.")


class DenominatorMissing(Refusal):
    sentence = _("A share needs two numbers: how many, and of how many.")


class DenominatorNotAsked(Refusal):
    sentence = _("This is a plain number: nothing is asked for “of how many”.")


class NumberBelowZero(Refusal):
    sentence = _("A count cannot be below zero.")


class NumberNotWhole(Refusal):
    sentence = _("Give a whole number: this counts single things or people.")


class DenominatorNotWhole(Refusal):
    sentence = _("Give a whole number in “of how many” as well: this counts single things or people.")


class NumeratorAboveDenominator(Refusal):
    sentence = _("%(numerator)s of %(denominator)s cannot be: the part is larger than the whole.")


class CasesWithoutAnybody(Refusal):
    sentence = _("There cannot be %(numerator)s cases where there was nobody to count.")


class ScoreOutOfRange(Refusal):
    sentence = _("The score must lie from %(lowest)s to %(highest)s.")


class StepOutOfRange(Refusal):
    sentence = _("Choose a whole step from %(lowest)s to %(highest)s.")


class MilestoneIsYesOrNo(Refusal):
    sentence = _("A milestone is reached (1) or not reached (0).")


class ReasonMissing(Refusal):
    sentence = _("The value goes backwards, from %(before)s to %(after)s. Say why.")


class ValueGivenUp(ReasonMissing):
    """There was a value and now there is none: nothing has fallen, but nobody knows any more."""

    sentence = _("Last time a value was given: %(before)s. Say why there is none now.")


class PartsExceedTotal(Refusal):
    sentence = _("The parts of “%(dimension)s” add up to %(parts)s, which is more than the total of %(total)s.")


class UnknownDoesNotFit(Refusal):
    sentence = _("With “unknown” the parts of “%(dimension)s” add up to %(parts)s, but the total is %(total)s.")


def check_figure(figure: Figure, definition: Definition) -> None:
    """Let a valid figure pass; refuse any other by the first thing that is wrong with it.

    A state without a value carries no number. A share has both its numbers, the part not above the whole; a
    rate may have more cases than people. A count is whole and not negative, and so is what counts people or
    single things; a score lies in its range, an ordinal is a whole step, a milestone 0 or 1, words are words.
    """
    numerator, denominator = figure.numerator, figure.denominator
    if not figure.state.has_value:
        if numerator is not None or denominator is not None:
            raise MissingHasNoNumber
        return
    kind = definition.kind
    if kind is Kind.QUALITATIVE:
        if numerator is not None or denominator is not None or not figure.text.strip():
            raise FigureMustBeWords
        return
    if numerator is None or not numerator.is_finite():
        raise FigureNotANumber
    if kind.needs_denominator:
        _check_share(numerator, denominator, definition)
    elif kind is Kind.SCORE:
        _check_score(numerator, denominator, definition)
    elif denominator is not None:
        raise DenominatorNotAsked
    elif kind is Kind.MILESTONE and numerator not in (0, 1):
        raise MilestoneIsYesOrNo
    elif kind is Kind.ORDINAL and (_is_broken(numerator) or not _lies_within(Fraction(numerator), definition)):
        raise StepOutOfRange(lowest=_said(definition.lowest), highest=_said(definition.highest))
    elif kind in (Kind.COUNT, Kind.STOCK):
        if numerator < 0:
            raise NumberBelowZero
        if _is_broken(numerator) and (kind is Kind.COUNT or counts_single_things(definition.unit)):
            raise NumberNotWhole


def goes_backwards(previous: Figure | None, new: Figure, definition: Definition) -> bool:
    """Whether `new` is worse than `previous` in the stated direction, or gives up a value that there was.

    Then a reason is asked for. What only flows (a count that is added over time) rises and falls and does
    not go backwards; a band goes backwards when the value moves further away from it.
    """
    before = previous.share(definition) if previous is not None else None
    if before is None:
        return False
    after = new.share(definition)
    if after is None:
        return new.state is not State.NOT_APPLICABLE
    if only_flows(definition):
        return False
    if definition.direction in (Direction.UP, Direction.DOWN):
        better, worse = (after, before) if definition.direction is Direction.UP else (before, after)
        return _EXACT.multiply(better[0], worse[1]) < _EXACT.multiply(worse[0], better[1])
    low, high = definition.band_low, definition.band_high
    if definition.direction is Direction.BAND and low is not None and high is not None and previous is not None:
        was, now = previous.value(definition), new.value(definition)
        return was is not None and now is not None and _distance(now, low, high) > _distance(was, low, high)
    return False


def only_flows(definition: Definition) -> bool:
    """Whether it counts what happens in each period: that rises and falls, and while it is told never goes back."""
    return definition.kind is Kind.COUNT and definition.time_rule is TimeRule.SUM


def check_reason(previous: Figure | None, new: Figure, definition: Definition, reason: str) -> None:
    """Refuse a value that goes backwards, or is given up, without a word about why."""
    if not goes_backwards(previous, new, definition) or reason.strip():
        return
    before, after = previous.value(definition) if previous else None, new.value(definition)
    if after is None:
        raise ValueGivenUp(before=ValueSaid(before, definition.kind))
    raise ReasonMissing(before=ValueSaid(before, definition.kind), after=ValueSaid(after, definition.kind))


def check_sum(total: Decimal, parts: Iterable[Decimal], dimension: str, *, unknown: Decimal | None = None) -> Decimal:
    """What the parts of one dimension leave of the total: nobody says to which part it belongs.

    Parts above the total are refused, and so is an `unknown` that was given and does not close the gap.
    Parts of different dimensions are never added together: girls and under-fives are not separate children.
    """
    given = sum(parts, Decimal(0))
    if given > total:
        raise PartsExceedTotal(dimension=dimension, parts=NumberSaid(given), total=NumberSaid(total))
    left = total - given
    if unknown is not None and unknown != left:
        raise UnknownDoesNotFit(
            dimension=dimension,
            parts=NumberSaid(given + unknown),
            total=NumberSaid(total),
        )
    return left


def _check_share(numerator: Decimal, denominator: Decimal | None, definition: Definition) -> None:
    kind = definition.kind
    if denominator is None:
        raise DenominatorMissing
    if not denominator.is_finite():
        raise FigureNotANumber
    if numerator < 0 or denominator < 0:
        raise NumberBelowZero
    if denominator == 0 and numerator > 0:
        raise CasesWithoutAnybody(numerator=NumberSaid(numerator))
    if kind is Kind.RATIO and numerator > denominator:
        raise NumeratorAboveDenominator(numerator=NumberSaid(numerator), denominator=NumberSaid(denominator))
    if (
        kind is Kind.RATIO
        and (_is_broken(numerator) or _is_broken(denominator))
        and counts_single_things(definition.unit)
    ):
        raise NumberNotWhole if _is_broken(numerator) else DenominatorNotWhole


def _check_score(numerator: Decimal, denominator: Decimal | None, definition: Definition) -> None:
    if denominator is not None and (not denominator.is_finite() or denominator < 0):
        raise NumberBelowZero
    if denominator == 0:
        if numerator != 0:
            raise CasesWithoutAnybody(numerator=NumberSaid(numerator))
        return
    score = definition.value_of(numerator, denominator)
    if score is None or not _lies_within(score, definition):
        raise ScoreOutOfRange(lowest=_said(definition.lowest), highest=_said(definition.highest))


def _lies_within(value: Fraction, definition: Definition) -> bool:
    low, high = definition.lowest, definition.highest
    return (low is None or value >= Fraction(low)) and (high is None or value <= Fraction(high))


def _is_broken(number: Decimal) -> bool:
    return number != number.to_integral_value()


def _distance(value: Fraction, low: Decimal, high: Decimal) -> Fraction:
    return max(Fraction(low) - value, value - Fraction(high), Fraction(0))


class ValueSaid:
    """A value in a refusal, as every page writes it: a share in per cent, a number in the habit of the language."""

    def __init__(self, value: Fraction | None, kind: Kind) -> None:
        self.value, self.kind = value, kind

    def __str__(self) -> str:
        if self.value is None:
            return "–"
        language = language_of_reader()
        language = language if language in LANGUAGES else "en"
        if self.kind is Kind.RATIO:
            return format_percent(self.value, language)
        return format_number(self.value, language)


def _said(number: Decimal | None) -> NumberSaid | None:
    return None if number is None else NumberSaid(number)
