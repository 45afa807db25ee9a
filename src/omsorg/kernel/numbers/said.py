"""Days, periods and numbers in a refusal: a page says them as the reader's language does, a program gets them exact."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, Self

from omsorg.kernel.periods import Period
from omsorg.kernel.refusals import language_of_reader

from .showing import format_date, format_number, format_period
from .writing_systems import LANGUAGES

MOST_DIGITS_SAID = 40


class DaySaid(date):
    """A day that is said as the reader's language writes it."""

    @classmethod
    def of(cls, day: date) -> Self:
        """`day`, to be said."""
        return cls(day.year, day.month, day.day)

    def __str__(self) -> str:
        return format_date(self, _language())


@dataclass(frozen=True, slots=True)
class PeriodSaid:
    """A period that is said as every page tells it, "first half of 2024"; `code` is what a program is given."""

    period: Period

    @property
    def code(self) -> str:
        """The period as programs name it: 2024-H1."""
        return self.period.code

    def __str__(self) -> str:
        return format_period(self.period, _language())


class NumberSaid(Decimal):
    """A number that is said as the reader's language writes it, with every decimal that it has."""

    def __str__(self) -> str:
        if not self.is_finite() or abs(self.adjusted()) > MOST_DIGITS_SAID:
            return super().__str__()
        exponent = self.normalize().as_tuple().exponent
        decimals = max(-exponent, 0) if isinstance(exponent, int) else 0
        return format_number(Fraction(self), _language(), decimals)


def as_kept(value: Any) -> str | dict[str, str]:
    """What is said in a sentence, to be kept with it: a day, a period and a number so that they can be said again."""
    if isinstance(value, DaySaid):
        return {"day": value.isoformat()}
    if isinstance(value, PeriodSaid):
        return {"period": value.code}
    if isinstance(value, NumberSaid):
        return {"number": format(value, "f")}
    return str(value)


def from_kept(kept: str | dict[str, str]) -> Any:
    """The same, read back."""
    match kept:
        case {"day": day}:
            return DaySaid.of(date.fromisoformat(day))
        case {"period": code}:
            return PeriodSaid(Period.parse(code))
        case {"number": digits}:
            return NumberSaid(digits)
    return kept


def _language() -> str:
    language = language_of_reader()
    return language if language in LANGUAGES else "en"
