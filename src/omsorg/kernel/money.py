"""Money: a whole number of minor units, with its currency beside it.

Two currencies are never added, compared or averaged; there is no exchange rate
in here, and no float.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from babel.core import get_global

from .currencies import CurrencyNotKnown as CurrencyNotKnown
from .currencies import exponent as exponent
from .numbers import NumberSaid
from .refusals import Refusal
from .refusals import written as _


class CurrencyNotInUse(Refusal):
    sentence = _(
        "Nobody pays with “%(currency)s” today. Write the three letters of a currency that is in use, for example NOK,"
        " DKK, SEK or EUR."
    )


class CurrenciesDiffer(Refusal):
    sentence = _("%(one)s and %(other)s are two currencies and cannot be put together.")


class FinerThanCurrency(Refusal):
    sentence = _("%(amount)s %(currency)s has more decimals than the currency has.")


@cache
def in_use() -> frozenset[str]:
    """The currencies (ISO 4217) that are legal tender somewhere today."""
    used = get_global("territory_currencies").values()
    return frozenset(code for rows in used for code, _since, until, is_tender in rows if is_tender and until is None)


@cache
def ever_used() -> frozenset[str]:
    """The currencies (ISO 4217) that are, or have been, legal tender somewhere."""
    used = get_global("territory_currencies").values()
    return frozenset(code for rows in used for code, _since, _until, is_tender in rows if is_tender)


def check_ever_used(currency: str) -> None:
    """Pass, or refuse what never was a currency: a record of the past tells of money as it was paid."""
    exponent(currency)
    if currency not in ever_used():
        raise CurrencyNotKnown(currency=currency)


def check_in_use(currency: str) -> None:
    """Pass, or refuse a currency in which nothing new is reckoned. What is kept in one that was given up stays."""
    exponent(currency)
    if currency not in in_use():
        raise CurrencyNotInUse(currency=currency)


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in the smallest unit of its currency: Money(125_050, "NOK") is 1,250.50 kroner."""

    minor: int
    currency: str

    def __post_init__(self) -> None:
        if isinstance(self.minor, bool) or not isinstance(self.minor, int):
            raise TypeError("money is a whole number of minor units")
        exponent(self.currency)

    @classmethod
    def of(cls, amount: Decimal | int, currency: str) -> Money:
        """Money from an amount in main units; refused when it is finer than the currency."""
        minor = Decimal(amount).scaleb(exponent(currency))
        if minor != minor.to_integral_value():
            raise FinerThanCurrency(amount=NumberSaid(amount), currency=currency)
        return cls(int(minor), currency)

    @classmethod
    def total(cls, amounts: Iterable[Money], currency: str) -> Money:
        """The sum of `amounts`, all of which must be in `currency`; of none, nothing in that currency."""
        total = cls(0, currency)
        for amount in amounts:
            total += amount
        return total

    @property
    def amount(self) -> Decimal:
        """The amount in main units, exact."""
        return Decimal(self.minor).scaleb(-exponent(self.currency))

    def _same(self, other: Money) -> None:
        if self.currency != other.currency:
            raise CurrenciesDiffer(one=self.currency, other=other.currency)

    def __add__(self, other: Money) -> Money:
        if not isinstance(other, Money):
            return NotImplemented
        self._same(other)
        return Money(self.minor + other.minor, self.currency)

    def __sub__(self, other: Money) -> Money:
        if not isinstance(other, Money):
            return NotImplemented
        self._same(other)
        return Money(self.minor - other.minor, self.currency)

    def __neg__(self) -> Money:
        return Money(-self.minor, self.currency)

    def __mul__(self, times: int) -> Money:
        if isinstance(times, bool) or not isinstance(times, int):
            return NotImplemented
        return Money(self.minor * times, self.currency)

    __rmul__ = __mul__

    def __lt__(self, other: Money) -> bool:
        self._same(other)
        return self.minor < other.minor

    def __le__(self, other: Money) -> bool:
        self._same(other)
        return self.minor <= other.minor

    def __gt__(self, other: Money) -> bool:
        return other < self

    def __ge__(self, other: Money) -> bool:
        return other <= self

    def __bool__(self) -> bool:
        return self.minor != 0
