"""Numbers, shares, money and days as a reader of a given language expects to see them."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Literal, Protocol

from babel.dates import format_date as babel_date

from ..currencies import exponent
from .writing_systems import MINUS, NO_BREAK_SPACE, WritingSystem, writing_system

Ratio = tuple[int, int]
"""A numerator and its denominator, which is above 0; not reduced, since nothing shown needs it to be."""
Number = int | Decimal | Fraction | Ratio
Style = Literal["long", "short", "iso"]

_MOST_DECIMALS_UNASKED = 6
_YEAR_AT_END = re.compile(r"\s*(?:'de'\s*)?y$")


class PeriodOfMonths(Protocol):
    """What a period must tell: its first day, the first of a month, and how many months it lasts."""

    @property
    def start(self) -> date: ...
    @property
    def months(self) -> int: ...


def format_number(value: Number, language: str, decimals: int | None = None) -> str:
    """A number as `language` writes it, with thousands set apart.

    With `decimals` it is rounded half to even and always shows that many. Without,
    a number shows the decimals it has, without trailing noughts; a fraction that
    never ends is cut at two.
    """
    numerator, denominator = _exact(value)
    if decimals is None:
        decimals = _decimals_of(Fraction(*value) if isinstance(value, tuple) else value)
    return _written(_units(numerator, denominator, decimals), decimals, writing_system(language))


def format_percent(share: Number, language: str, decimals: int = 1) -> str:
    """A share of 0..1 as a percentage, exact until it is rounded half to even: 25/35 is "71.4 %"."""
    numerator, denominator = _exact(share)
    units = _units(numerator * 100, denominator, decimals)
    return _written(units, decimals, writing_system(language)) + NO_BREAK_SPACE + "%"


def format_money(minor: int, currency: str, language: str, decimals: int | None = None) -> str:
    """An amount of minor units with its currency code: "NOK 1,250.50", "1 250,50 NOK".

    `decimals=0` shows whole main units, rounded half to even.
    """
    digits = exponent(currency)
    shown = digits if decimals is None else decimals
    system = writing_system(language)
    amount = _written(_units(minor, 10**digits, shown), shown, system)
    if system.currency_first:
        return f"{currency}{NO_BREAK_SPACE}{amount}"
    return f"{amount}{NO_BREAK_SPACE}{currency}"


def format_sum(minor: int, currency: str, language: str) -> str:
    """An amount as it is told everywhere on a page: "1 250 NOK" where it is round, "1 250,50 NOK" where it is not."""
    return format_money(minor, currency, language, 0 if minor % 10 ** exponent(currency) == 0 else None)


@lru_cache(maxsize=8192)
def format_date(day: date, language: str, style: Style = "long") -> str:
    """A day: long "31 March 2024", short "31 Mar 2024", iso "2024-03-31". Only iso is figures alone."""
    if isinstance(day, datetime):
        raise TypeError("a day, not an instant: choose the time zone first")
    if style == "iso":
        return day.isoformat()
    length = "long" if style == "long" else "medium"
    return babel_date(day, length, locale=writing_system(language).locale)


def format_day_of_week(day: date, language: str) -> str:
    """A day that is near, as it is said: "Friday 4 December", "fredag den 4. december". Without the year."""
    locale = writing_system(language).locale
    return babel_date(day, _YEAR_AT_END.sub("", locale.date_formats["full"].pattern).replace(",", ""), locale=locale)


def format_instant(at: datetime, language: str, style: Style = "short") -> str:
    """An instant in the time zone it carries: "31 Mar 2024 14:05". A time without a zone is refused."""
    if at.tzinfo is None:
        raise TypeError("an instant carries its time zone")
    separator = "T" if style == "iso" else NO_BREAK_SPACE
    return f"{format_date(at.date(), language, style)}{separator}{at:%H:%M}"


def format_period(period: PeriodOfMonths, language: str) -> str:
    """A period in words: "2024", "first half of 2024", "3. kvartal 2024", "maj 2024".

    One that does not follow the calendar is given by its first and last month.
    """
    return _period_text(period.start, period.months, language)


@lru_cache(maxsize=2048)
def _period_text(start: date, months: int, language: str) -> str:
    system = writing_system(language)
    if months == 1:
        return f"{system.months[start.month - 1]} {start.year}"
    if months == 12 and start.month == 1:
        return str(start.year)
    words = {3: system.quarters, 6: system.halves}.get(months, ())
    if words and (start.month - 1) % months == 0:
        return words[(start.month - 1) // months].format(year=start.year)
    after = start.month - 2 + months
    last = date(start.year + after // 12, after % 12 + 1, 1)
    first_month, last_month = system.months[start.month - 1], system.months[last.month - 1]
    if start.year == last.year:
        return f"{first_month}–{last_month} {last.year}"
    return f"{first_month} {start.year} – {last_month} {last.year}"


def _exact(value: Number) -> tuple[int, int]:
    if isinstance(value, tuple):
        return value
    if isinstance(value, bool) or not isinstance(value, int | Decimal | Fraction):
        raise TypeError(f"an exact number is needed, not {type(value).__name__}")
    return value.as_integer_ratio()


def _units(numerator: int, denominator: int, decimals: int) -> int:
    """The number in units of its last decimal, rounded half to even."""
    whole, rest = divmod(numerator * 10**decimals, denominator)
    twice = rest * 2
    return whole + (twice > denominator or (twice == denominator and whole & 1))


def _decimals_of(value: int | Decimal | Fraction) -> int:
    if isinstance(value, int):
        return 0
    if isinstance(value, Decimal):
        exponent_of_ten = value.normalize().as_tuple().exponent
        return min(max(-int(exponent_of_ten), 0), _MOST_DECIMALS_UNASKED)
    for decimals in range(_MOST_DECIMALS_UNASKED + 1):
        if 10**decimals % value.denominator == 0:
            return decimals
    return 2


def _written(units: int, decimals: int, system: WritingSystem) -> str:
    sign = MINUS if units < 0 else ""
    whole, rest = divmod(abs(units), 10**decimals)
    text = sign + f"{whole:,}".replace(",", system.group)
    return f"{text}{system.decimal}{rest:0{decimals}d}" if decimals else text
