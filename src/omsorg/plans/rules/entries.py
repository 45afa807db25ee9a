"""What else is asked of a figure that is typed: that it can be kept exactly, and at which of its fields it is wrong."""

from collections.abc import Collection, Mapping
from decimal import Decimal
from functools import cache
from typing import Any

from omsorg.kernel.numbers import NumberSaid
from omsorg.kernel.refusals import Refusal
from omsorg.kernel.refusals import written as _

from . import observations
from .measures import Definition, Figure, Kind
from .observations import check_sum

DIGITS, DECIMALS = 24, 6
"""How many figures a number is kept with, and how many of them after the mark, where nothing else is said."""
FIELDS: Mapping[type[Refusal], str] = {
    observations.DenominatorMissing: "denominator",
    observations.DenominatorNotAsked: "denominator",
    observations.DenominatorNotWhole: "denominator",
    observations.MissingHasNoNumber: "state",
    observations.ReasonMissing: "reason",
    observations.ValueGivenUp: "reason",
    observations.FigureMustBeWords: "text",
}


class NumberNotKept(Refusal):
    """A number that cannot be kept exactly as it was written. `field` names what it stands for, where that is known."""

    def __init__(self, *, field: str = "", **params: Any) -> None:
        super().__init__(**params)
        self.field = field


class NumberTooLarge(NumberNotKept):
    sentence = _("%(number)s is too large to be right.")


class NumberTooFine(NumberNotKept):
    sentence = _("%(number)s has more than %(decimals)s decimals.")


class CorrectionSaysWhy(Refusal):
    sentence = _("This answer has been approved once: say why the figure is corrected.")


def as_kept(text: str) -> str:
    """A text as it can be kept: without blanks around it, and without the one character that no database takes."""
    return text.replace("\x00", "").strip()


def field_of(refusal: Refusal, definition: Definition) -> str:
    """The field that a person must change: numerator, denominator, text, state or reason."""
    if isinstance(refusal, CorrectionSaysWhy):
        return "reason"
    if definition.kind is Kind.QUALITATIVE and not isinstance(refusal, observations.ReasonMissing):
        return "text"
    return FIELDS.get(type(refusal), "numerator")


def check_kept(number: Decimal, digits: int = DIGITS, decimals: int = DECIMALS, *, field: str = "") -> None:
    """Let a number pass that can be kept exactly in `digits` figures, `decimals` of them after the mark."""
    too_large, finest = _bounds(digits, decimals)
    if number.copy_abs() >= too_large:
        raise NumberTooLarge(field=field, number=NumberSaid(number))
    if number % finest:
        raise NumberTooFine(field=field, number=NumberSaid(number), decimals=decimals)


@cache
def _bounds(digits: int, decimals: int) -> tuple[Decimal, Decimal]:
    """The first number that is too large, and the smallest step that is kept."""
    return Decimal(10) ** (digits - decimals), Decimal(1).scaleb(-decimals)


def check_size(figure: Figure) -> None:
    """Let a figure pass whose numbers can be kept exactly as they were written."""
    for number in (figure.numerator, figure.denominator):
        if number is not None and number.is_finite():
            check_kept(number)


def have_adding_parts(definition: Definition) -> bool:
    """Whether the parts of a breakdown add up to the total: they do for what is counted, not for scores and steps."""
    return definition.kind in (Kind.COUNT, Kind.STOCK, Kind.RATIO)


def check_parts(total: Figure, parts: Collection[Figure], unknown: Figure | None, dimension: str) -> None:
    """Hold the parts of one dimension against the total: how many, and where it is a share also of how many."""
    if total.numerator is not None:
        given = [part.numerator for part in parts if part.numerator is not None]
        check_sum(total.numerator, given, dimension, unknown=unknown.numerator if unknown else None)
    if total.denominator is not None:
        given = [part.denominator for part in parts if part.denominator is not None]
        check_sum(total.denominator, given, dimension, unknown=unknown.denominator if unknown else None)
