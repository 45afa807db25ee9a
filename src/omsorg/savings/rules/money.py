"""Whole minor units, the smallest coin, and dividing without losing any.

The table is our own (libraries disagree): ISO 4217's exponent, and the smallest coin in use, in minor units.
"""

import re
from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from omsorg.savings.rules.broken import Broken


class Currency(NamedTuple):
    """ISO 4217's exponent and the smallest coin, in minor units."""

    exponent: int
    cash_step: int


CURRENCIES: Final = {
    "BIF": Currency(0, 10),
    "DKK": Currency(2, 50),
    "ETB": Currency(2, 100),
    "EUR": Currency(2, 5),
    "GHS": Currency(2, 10),
    "KES": Currency(2, 100),
    "MWK": Currency(2, 1000),
    "NGN": Currency(2, 500),
    "NOK": Currency(2, 100),
    "RWF": Currency(0, 10),
    "SEK": Currency(2, 100),
    "TZS": Currency(2, 5000),
    "UGX": Currency(0, 50),
    "USD": Currency(2, 5),
    "XAF": Currency(0, 5),
    "XOF": Currency(0, 5),
    "ZMW": Currency(2, 10),
}

_DIGITS = re.compile(r"(?:0|-?[1-9][0-9]{0,29})", re.ASCII).fullmatch


def read_amount(text: Any) -> int:
    """An amount as it stands in a document: a string of digits. Raises Broken("amount")."""
    if type(text) is not str or _DIGITS(text) is None:
        raise Broken("amount")
    return int(text)


def half_up(numerator: int, denominator: int, step: int) -> int:
    """numerator / denominator, to the nearest multiple of `step`, a half upwards. Nothing here is negative."""
    whole = denominator * step
    return (2 * numerator + whole) // (2 * whole) * step


def largest_remainder(pool: int, weights: Sequence[tuple[int, int]], step: int) -> tuple[dict[int, int], int]:
    """`pool` over (member, weight) in whole steps: what each gets, and what is left below one step.

    Each gets the floor of the exact quota or one step more. Ties go to the larger weight, then to the lower
    number. Weight 0 gets 0. Where no weight is above 0 everything is left.
    """
    total = sum(weight for _member, weight in weights)
    if total <= 0 or pool <= 0:
        return {member: 0 for member, _weight in weights}, pool
    units = pool // step
    given = {}
    rests = []
    for member, weight in weights:
        floor, rest = divmod(units * weight, total)
        given[member] = floor * step
        if rest:
            rests.append((-rest, -weight, member))
    rests.sort()
    for _rest, _weight, member in rests[: units - sum(given.values()) // step]:
        given[member] += step
    return given, pool - units * step


def equal_split(pool: int, members: Sequence[int], step: int, start: int) -> tuple[dict[int, int], int]:
    """`pool` equally in whole steps; the steps over go one each from the `start`-th member on, round the list."""
    if not members or pool <= 0:
        return dict.fromkeys(members, 0), pool
    numbers = sorted(members)
    base, over = divmod(pool // step, len(numbers))
    given = dict.fromkeys(numbers, base * step)
    for place in range(over):
        given[numbers[(start + place) % len(numbers)]] += step
    return given, pool % step
