"""Readers of several reports, each with a way of guessing, learn of no small group from what the newest one shows.

They reckon by themselves: nothing of the rule is used but which cells are hidden.
"""

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import pytest

from omsorg.plans.rules.suppression import Count, Sum, Told, hidden_cells

FLOOR = 5
TOTAL = "total"
Place = tuple[int, str]
"""One cell of one report: the number of the report, and the name of the cell."""


@dataclass(frozen=True)
class Reader:
    """Somebody who reads all reports. `same`: which hidden cells are supposed to be as in another report."""

    reports: Sequence[Told[str]]
    group: int
    same: Iterable[tuple[Place, Place]] = ()

    def number(self, place: Place) -> Decimal:
        return self.reports[place[0]].counts[place[1]].groups[self.group]

    @property
    def places(self) -> list[Place]:
        return [(number, key) for number, told in enumerate(self.reports) for key in told.counts]

    def learns(self) -> set[str]:
        """Every small group, and every small difference of a cell between two reports, that is certain then."""
        first = {place: place for place in self.places}
        for one, other in self.same:
            first = {place: first[one] if known == first[other] else known for place, known in first.items()}
        read = {first[place] for place in first if place[1] not in self.reports[place[0]].hidden}
        columns = {place: column for column, place in enumerate(dict.fromkeys(first.values())) if place not in read}

        def unknown(factors: Mapping[Place, int]) -> list[Fraction]:
            line = [Fraction(0)] * (max(columns.values(), default=-1) + 1)
            for place, factor in factors.items():
                if first[place] in columns:
                    line[columns[first[place]]] += factor
            return line

        certain = row_space(
            unknown({(number, each.total): -1} | {(number, part): 1 for part in each.parts})
            for number, told in enumerate(self.reports)
            for each in told.sums
        )
        found = set()
        for place in first:
            if place[1] not in self.reports[place[0]].hidden:
                continue
            if 0 < self.number(place) < FLOOR and not any(brought_down(unknown({place: 1}), certain)):
                found.add(f"{place} is {self.number(place)}")
            for other in first:
                gap = abs(self.number(place) - self.number(other))
                if (
                    other[1] == place[1]
                    and 0 < gap < FLOOR
                    and not any(brought_down(unknown({place: 1, other: -1}), certain))
                ):
                    found.add(f"{place} moved by {gap} from {other}")
        return found


def row_space(lines: Iterable[list[Fraction]]) -> dict[int, list[Fraction]]:
    """The lines brought into steps, by the column in which each begins."""
    steps: dict[int, list[Fraction]] = {}
    for line in lines:
        rest = brought_down(line, steps)
        first = next((column for column, factor in enumerate(rest) if factor), None)
        if first is not None:
            steps[first] = [factor / rest[first] for factor in rest]
    return steps


def brought_down(line: list[Fraction], steps: Mapping[int, list[Fraction]]) -> list[Fraction]:
    for column in range(len(line)):
        if line[column] and column in steps:
            factor = line[column]
            line = [one - factor * other for one, other in zip(line, steps[column], strict=True)]
    return line


def table(parts: Mapping[str, Count]) -> tuple[dict[str, Count], list[Sum[str]]]:
    """One row of parts with its total."""
    is_share = any(count.denominator is not None for count in parts.values())
    numerator = sum((count.numerator for count in parts.values()), Decimal(0))
    denominator = sum((count.denominator or Decimal(0) for count in parts.values()), Decimal(0))
    return {**parts, TOTAL: Count(numerator, denominator if is_share else None)}, [Sum(TOTAL, tuple(parts))]


def released(histories: Iterable[Mapping[str, Count]]) -> list[Told[str]]:
    """The reports of a history, each frozen when those before it were released."""
    found: list[Told[str]] = []
    for parts in histories:
        counts, sums = table(parts)
        hidden = hidden_cells(counts, sums, smallest_shown=FLOOR, earlier=list(found))
        found.append(Told(counts, sums, hidden))
    return found


def history(chance: random.Random) -> list[dict[str, Count]]:
    """Four reports of two to four organisations: each says one of three numbers in turn, many of them small."""
    is_share = chance.random() < 0.15

    def some() -> Count:
        if not is_share:
            return Count(Decimal(chance.choice([0, 1, 2, 3, 4, 6, 7, 8, 20])))
        whole = chance.choice([2, 5, 8, 20, 60])
        return Count(Decimal(chance.randint(0, whole)), Decimal(whole))

    numbers = {name: [some(), some(), some()] for name in "abcd"[: chance.choice([2, 2, 3, 4])]}
    return [{name: chance.choice(three) for name, three in numbers.items()} for _report in range(4)]


def guesses(reports: Sequence[Told[str]], group: int) -> list[tuple[Place, Place]]:
    """Every guess that is true: a cell has the same number in two reports."""
    reader = Reader(reports, group)
    return [
        (one, other)
        for one in reader.places
        for other in reader.places
        if one[1] == other[1] and one[0] < other[0] and reader.number(one) == reader.number(other)
    ]


def silent(told: Told[str]) -> Told[str]:
    """A report that hides everything: what follows beside it does not follow from what it shows."""
    return Told(told.counts, told.sums, frozenset(told.counts))


def rests(reports: Sequence[Told[str]], group: int) -> Iterable[Decimal]:
    """What cannot be read beside each total that can, and by how much it moved between two reports."""
    open_totals = [told for told in reports if TOTAL not in told.hidden]
    for place, told in enumerate(open_totals):
        yield sum((told.counts[key].groups[group] for key in told.hidden), Decimal(0))
        for other in open_totals[:place]:
            either = told.hidden | other.hidden
            yield sum((told.counts[k].groups[group] - other.counts[k].groups[group] for k in either), Decimal(0))


def nobody_learns(reports: Sequence[Told[str]], chance: random.Random) -> None:
    """Nobody who guesses nothing; and the newest report helps nobody who guesses one, some or all that is true."""
    for group in range(len(reports[0].counts[TOTAL].groups)):
        assert Reader(reports, group).learns() == set(), reports
        assert not [rest for rest in rests(reports, group) if 0 < abs(rest) < FLOOR], reports
        true = guesses(reports, group)
        for same in (true, [each for each in true if chance.random() < 0.5], true and [chance.choice(true)]):
            beside = Reader([*reports[:-1], silent(reports[-1])], group, same).learns()
            assert Reader(reports, group, same).learns() <= beside, (same, reports)


@pytest.mark.parametrize("seed", range(4))
def test_no_reader_learns_of_a_small_group_from_what_a_report_shows(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - numbers to try, nothing secret
    for _history in range(30):
        nobody_learns(released(history(chance)), chance)


@pytest.mark.parametrize(
    "numbers",
    [
        pytest.param([(1, 8), (1, 6), (3, 6)], id="what was told of one report is hidden in another"),
        pytest.param([(1, 8), (1, 6), (3, 6), (3, 6)], id="and stays hidden"),
        pytest.param([(0, 3, 0, 1), (4, 6, 7, 1), (0, 2, 7, 8), (0, 6, 0, 8)], id="a total alone is hidden"),
    ],
)
def test_no_reader_learns_where_one_could(numbers: Sequence[Sequence[int]]) -> None:
    rows = [dict(zip("abcd", (Count(Decimal(each)) for each in row), strict=False)) for row in numbers]
    nobody_learns(released(rows), random.Random(1))  # noqa: S311 - numbers to try, nothing secret
