"""What a node of the tree keeps about one definition: sums, and how many answers stand behind them.

Tallies are read out of the database (`queries.tallies`) and added in any order. What they amount to is worked out in
`rollup`.
"""

from dataclasses import dataclass, fields
from decimal import Context, Decimal, Inexact
from fractions import Fraction

from .definitions import ThresholdMissing, threshold_of
from .measures import Comparison, Definition, Direction, Kind

# Sums are exact: a sum that would need rounding is an error, not a nearby number.
_EXACT = Context(prec=200, traps=[Inexact])


@dataclass(frozen=True, slots=True)
class Extreme:
    """The lowest or the highest value below a node, with the numbers that one organisation gave for it.

    Of two that have the same value the one of more people is taken.
    """

    value: Fraction
    numerator: Decimal
    denominator: Decimal | None = None

    @property
    def people(self) -> Decimal:
        """Of how many it tells, to choose between equal ones."""
        return self.numerator if self.denominator is None else self.denominator


@dataclass(frozen=True, slots=True)
class Tally:
    """What is known about one definition below one node: sums, and how many answers stand behind them.

    `expected` counts the cells that should be answered; a cell that is not applicable is not expected.
    `reported` counts those answered with a value, `no_cases` those of them where there was nobody to count.
    Adding is commutative and associative.
    """

    numerator: Decimal = Decimal(0)
    denominator: Decimal = Decimal(0)
    reported: int = 0
    expected: int = 0
    estimated: int = 0
    late: int = 0
    meeting: int = 0
    no_cases: int = 0
    not_collected: int = 0
    not_applicable: int = 0
    suppressed: int = 0
    refused: int = 0
    unreadable: int = 0
    lowest: Extreme | None = None
    highest: Extreme | None = None

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            numerator=_EXACT.add(self.numerator, other.numerator),
            denominator=_EXACT.add(self.denominator, other.denominator),
            **{name: getattr(self, name) + getattr(other, name) for name in _COUNTS},
            lowest=_lower(self.lowest, other.lowest),
            highest=_higher(self.highest, other.highest),
        )

    @property
    def silent(self) -> int:
        """How many expected cells nobody has said anything about."""
        said = self.reported + self.not_collected + self.suppressed + self.refused + self.unreadable
        return self.expected - said

    @property
    def coverage(self) -> Fraction | None:
        """The share of expected cells that carry a value; None where nothing is expected."""
        return Fraction(self.reported, self.expected) if self.expected else None

    def is_thin(self, floor: Fraction) -> bool:
        """Whether so few have answered that the value is shown greyed, with the count beside it."""
        return self.coverage is not None and self.coverage < floor


_COUNTS = tuple(field.name for field in fields(Tally) if field.type in (int, "int"))


def meets(definition: Definition, value: Fraction) -> bool:
    """Whether one organisation's value meets the threshold of the definition."""
    threshold = threshold_of(definition)
    if threshold is None:
        raise ThresholdMissing(code=definition.code)
    comparison = definition.comparison
    if comparison is None:
        comparison = Comparison.AT_MOST if definition.direction is Direction.DOWN else Comparison.AT_LEAST
    if comparison is Comparison.AT_MOST:
        return value <= Fraction(threshold)
    return value >= Fraction(threshold)


def extreme_of(definition: Definition, numerator: Decimal | None, denominator: Decimal | None) -> Extreme | None:
    """One organisation's figure as the lowest or highest of those it is compared with; None where it has no value."""
    value = definition.value_of(numerator, denominator)
    if value is None or numerator is None:
        return None
    if definition.kind is Kind.SCORE:
        return Extreme(value, numerator, Decimal(1) if denominator is None else denominator)
    return Extreme(value, numerator, denominator if definition.kind.needs_denominator else None)


def _lower(one: Extreme | None, other: Extreme | None) -> Extreme | None:
    known = [each for each in (one, other) if each is not None]
    return min(known, key=lambda each: (each.value, -each.people), default=None)


def _higher(one: Extreme | None, other: Extreme | None) -> Extreme | None:
    known = [each for each in (one, other) if each is not None]
    return max(known, key=lambda each: (each.value, each.people), default=None)
