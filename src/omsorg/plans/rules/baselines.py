"""Which baselines tell of few children, and are hidden wherever the public reads.

Worked numbers: `docs/rules/small-counts.md`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from .measures import Kind, RollUp
from .suppression import Count

OF_ORGANISATIONS = (RollUp.SHARE_MEETING, RollUp.ALL_MUST)
"""What counts organisations tells of no child."""


@dataclass(frozen=True, slots=True)
class Baseline:
    """A baseline as it was stated: `whose` is an organisation, or None where it is the plan's as a whole."""

    whose: int | None
    number: Decimal
    denominator: Decimal | None = None


def children_told(kind: Kind, numerator: Decimal, denominator: Decimal | None) -> Count:
    """The children that a figure tells of. A score is a sum of marks: only those who answered are counted."""
    if kind is Kind.SCORE:
        return Count(numerator if denominator is None else denominator)
    return Count(numerator, denominator if kind.needs_denominator else None)


def are_hidden(kind: Kind, roll_up: RollUp, baselines: Sequence[Baseline], smallest_shown: int) -> bool:
    """Whether the baselines of an indicator about children are hidden: all of them, or none.

    They are where one of them tells of fewer children than may be shown, or two of one organisation differ by so few.
    """
    counts = [
        (each.whose, children_told(kind, each.number, each.denominator))
        for each in baselines
        if not (each.whose is None and roll_up in OF_ORGANISATIONS)
        and not (kind is Kind.SCORE and each.denominator is None)
    ]
    return any(count.is_small(smallest_shown) for _whose, count in counts) or any(
        whose == other and one.is_near(another, smallest_shown)
        for (whose, one), (other, another) in combinations(counts, 2)
    )
