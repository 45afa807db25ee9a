"""Money of an action as of a day: what was granted first, what it was revised to, what is spent."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from omsorg.kernel.money import FinerThanCurrency, Money
from omsorg.kernel.numbers import NumberSaid

from .entries import NumberTooLarge, check_kept

MOST_DIGITS, FINEST = 19, 4
"""No sum has more figures than that, nor more of them after the mark, in any currency."""
LARGEST_MINOR = 10**15
"""In minor units of its currency."""


@dataclass(frozen=True, slots=True)
class BudgetLine:
    """One entry: `original` or `revised` is the whole sum, `spent` is added to what was spent before."""

    kind: str
    minor: int
    currency: str
    on_day: date
    order: int = 0


@dataclass(frozen=True, slots=True)
class BudgetState:
    """Money in minor units of one currency. `original` None: it was granted later; `revised` None: never revised."""

    currency: str
    original: int | None = None
    revised: int | None = None
    spent: int = 0

    @property
    def present(self) -> int | None:
        """The whole sum as it stands."""
        return self.original if self.revised is None else self.revised


def budget_as_of(lines: Iterable[BudgetLine], day: date) -> tuple[BudgetState, ...]:
    """What stands on `day`, one state for each currency: two currencies are never added."""
    known = sorted((line for line in lines if line.on_day <= day), key=lambda line: (line.on_day, line.order))
    states = []
    for currency in sorted({line.currency for line in known}):
        mine = [line for line in known if line.currency == currency]
        original = [line.minor for line in mine if line.kind == "original"]
        revised = [line.minor for line in mine if line.kind == "revised"]
        states.append(
            BudgetState(
                currency=currency,
                original=original[-1] if original else None,
                revised=revised[-1] if revised else None,
                spent=sum(line.minor for line in mine if line.kind == "spent"),
            )
        )
    return tuple(states)


def first_day_below_nothing(lines: Iterable[BudgetLine], entered: BudgetLine) -> date | None:
    """The first day on which, with `entered` among `lines` of its currency, less than nothing would be spent; or None.

    Each day is looked at with all that is entered for it. What is added makes no sum smaller.
    """
    if entered.minor >= 0:
        return None
    spent = [line for line in (*lines, entered) if line.kind == "spent" and line.currency == entered.currency]
    for day in sorted({line.on_day for line in spent if line.on_day >= entered.on_day}):
        if sum(line.minor for line in spent if line.on_day <= day) < 0:
            return day
    return None


def check_amount(amount: Money) -> None:
    """Refuse a sum that no organisation has: what was meant has lost its mark."""
    if abs(amount.minor) >= LARGEST_MINOR:
        raise NumberTooLarge(number=NumberSaid(amount.amount))


def sum_kept(amount: Decimal, currency: str) -> Money:
    """A sum as it can be kept in its currency; one that is too large or too fine is refused."""
    check_kept(amount, MOST_DIGITS, FINEST)
    try:
        kept = Money.of(amount, currency)
    except FinerThanCurrency:
        raise FinerThanCurrency(amount=NumberSaid(amount), currency=currency) from None
    check_amount(kept)
    return kept
