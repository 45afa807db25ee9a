"""What a node of the tree keeps about one definition: sums, and how many answers stand behind them.

Tallies are added in any order and taken away again. What they amount to is worked out in `rollup`.
"""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, fields, replace
from decimal import Context, Decimal, Inexact
from fractions import Fraction

from .definitions import ThresholdMissing, threshold_of
from .measures import Comparison, Definition, Direction, Figure, Kind, State

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
    Adding is commutative and associative, and `a + b - b == a` for everything but the extremes: when a
    taken-away tally held the lowest or highest value, `needs_recount` says that these two must be looked up
    again in the figures.
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
    needs_recount: bool = False

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            numerator=_EXACT.add(self.numerator, other.numerator),
            denominator=_EXACT.add(self.denominator, other.denominator),
            **{name: getattr(self, name) + getattr(other, name) for name in _COUNTS},
            lowest=_lower(self.lowest, other.lowest),
            highest=_higher(self.highest, other.highest),
            needs_recount=self.needs_recount or other.needs_recount,
        )

    def __sub__(self, other: "Tally") -> "Tally":
        reported = self.reported - other.reported
        touched = other.lowest is not None and (
            self.lowest is None
            or self.highest is None
            or other.highest is None
            or other.lowest.value <= self.lowest.value
            or other.highest.value >= self.highest.value
        )
        lost = touched and reported != 0
        return Tally(
            numerator=_EXACT.subtract(self.numerator, other.numerator),
            denominator=_EXACT.subtract(self.denominator, other.denominator),
            **{name: getattr(self, name) - getattr(other, name) for name in _COUNTS},
            lowest=None if touched else self.lowest,
            highest=None if touched else self.highest,
            needs_recount=lost or ((self.needs_recount or other.needs_recount) and reported != 0),
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

_WITHOUT_VALUE = {
    State.NOT_COLLECTED: Tally(expected=1, not_collected=1),
    State.SUPPRESSED: Tally(expected=1, suppressed=1),
    State.REFUSED: Tally(expected=1, refused=1),
    State.UNREADABLE: Tally(expected=1, unreadable=1),
}


@dataclass(frozen=True, slots=True)
class Answer:
    """A figure as it arrived: its own id, the cell it answers, and the id of the figure that it corrects."""

    figure_id: int
    cell: Hashable
    figure: Figure
    corrects: int | None = None
    late: bool = False


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


def contribution(figure: Figure | None, definition: Definition, *, late: bool = False) -> Tally:
    """What one cell adds to every node above it. None is a cell that was expected and is still silent.

    A quoted figure adds nothing: what it repeats is counted where it belongs. A figure that claims a value
    and has no number is unreadable, never zero.
    """
    if figure is None:
        return Tally(expected=1, late=int(late))
    if figure.quoted:
        return Tally()
    if figure.state is State.NOT_APPLICABLE:
        return Tally(not_applicable=1)
    if not figure.state.has_value:
        return _WITHOUT_VALUE[figure.state] + Tally(late=int(late))
    answered = Tally(expected=1, reported=1, late=int(late), estimated=int(figure.state is State.ESTIMATED))
    if figure.has_no_cases(definition):
        return answered + Tally(no_cases=1)
    value = figure.value(definition)
    if not definition.kind.is_numeric:
        return answered
    if value is None or figure.numerator is None:
        return Tally(expected=1, late=int(late), unreadable=1)
    weight = figure.denominator
    if weight is None or not (definition.kind.needs_denominator or definition.kind is Kind.SCORE):
        weight = Decimal(1) if definition.kind is Kind.SCORE else Decimal(0)
    met = threshold_of(definition) is not None and meets(definition, value)
    only = extreme_of(definition, figure.numerator, figure.denominator)
    return answered + Tally(numerator=figure.numerator, denominator=weight, meeting=int(met), lowest=only, highest=only)


def delta(before: Tally, after: Tally) -> Tally:
    """What must be added to every node above a cell when its contribution changes from `before` to `after`.

    A value that is taken back may have been a node's lowest or highest, which a sum cannot know: the node
    is then marked for a recount of these two.
    """
    return replace(
        after - before,
        lowest=after.lowest,
        highest=after.highest,
        needs_recount=before.lowest is not None and before.lowest != after.lowest,
    )


def fold(tallies: Iterable[Tally]) -> Tally:
    """The tally of a node out of those of its leaves, or of its children: both give the same."""
    total = Tally()
    for tally in tallies:
        total += tally
    return total


def tally_of(answers: Iterable[Answer], definition: Definition, expected: Iterable[Hashable] = ()) -> Tally:
    """The tally of a set of answers, however often and in whatever order each of them arrived.

    An answer sent twice counts once (by its id); a corrected answer counts no more. `expected` are the
    cells that should be answered: those without an answer are counted as silent.
    """
    by_id = {answer.figure_id: answer for answer in answers}
    corrected = {answer.corrects for answer in by_id.values()}
    standing: dict[Hashable, Answer] = {}
    for figure_id in sorted(by_id):
        if figure_id not in corrected:
            standing[by_id[figure_id].cell] = by_id[figure_id]
    silent = (contribution(None, definition) for cell in set(expected) - set(standing))
    return fold([*(contribution(a.figure, definition, late=a.late) for a in standing.values()), *silent])


def _lower(one: Extreme | None, other: Extreme | None) -> Extreme | None:
    known = [each for each in (one, other) if each is not None]
    return min(known, key=lambda each: (each.value, -each.people), default=None)


def _higher(one: Extreme | None, other: Extreme | None) -> Extreme | None:
    known = [each for each in (one, other) if each is not None]
    return max(known, key=lambda each: (each.value, each.people), default=None)
