"""What shown numbers and known sums give away about hidden ones, over several published tables together.

A cell that has the same number in two reports is one unknown: who reads may guess that it has stayed as it was.
"""

from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from itertools import chain
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Equation = dict[tuple[Key, Decimal], Fraction]


@dataclass(frozen=True, slots=True)
class Sum(Generic[Key]):
    """That `total` is the sum of `parts`, and everybody knows it: a row, a column, a node and its children."""

    total: Key
    parts: tuple[Key, ...]

    @property
    def keys(self) -> tuple[Key, ...]:
        """All cells of the sum."""
        return (*self.parts, self.total)


@dataclass(frozen=True)
class Table(Generic[Key]):
    """The cells of one report, those of them that are hidden, and the sums known of them."""

    cells: Mapping[Key, Decimal]
    sums: Sequence[Sum[Key]]
    hidden: Collection[Key] = frozenset()

    @cached_property
    def whole(self) -> tuple[Sum[Key], ...]:
        """The sums of which no part is missing."""
        return tuple(each for each in self.sums if all(key in self.cells for key in each.keys))

    @cached_property
    def shown(self) -> frozenset[tuple[Key, Decimal]]:
        """The numbers that can be read in it."""
        return frozenset((key, number) for key, number in self.cells.items() if key not in self.hidden)


@dataclass(frozen=True, slots=True)
class _Row(Generic[Key]):
    """A sum as the public can write it down: the unknown in it and, where its total can be read, what they come to."""

    of: Sum[Key]
    unknown: frozenset[tuple[Key, Decimal]]
    left: Decimal | None


@dataclass
class System(Generic[Key]):
    """The table of a new report and those of the released ones, `earlier`, taken together; `is_alone`: without them.

    A number that an earlier report showed in the same cell is hidden after all others, and only where
    `hides_what_was_told`: that it was true then does not tell that it is true now.
    """

    new: Table[Key]
    earlier: Sequence[Table[Key]]
    smallest_shown: int
    is_alone: bool = False
    hides_what_was_told: bool = True
    _heard: Sequence[Table[Key]] = field(init=False)
    _known: frozenset[tuple[Key, Decimal]] = field(init=False)
    _told: frozenset[tuple[Key, Decimal]] = field(init=False)
    _small_before: frozenset[frozenset[tuple[Key, Decimal]]] = field(init=False)
    _solved_before: "_Solved[Key]" = field(init=False)

    def __post_init__(self) -> None:
        self._heard = () if self.is_alone else self.earlier
        self._told = frozenset().union(*(table.shown for table in self.earlier))
        self._known = frozenset() if self.is_alone else self._told
        rows = [row for table in self._heard for row in _rows(table, self._known)]
        self._solved_before = _Solved(rows)
        self._small_before = frozenset(row.unknown for row in rows if self._is_small(row.left))

    def cell_to_hide(self, hidden: Collection[Key]) -> Key | None:
        """A shown cell of the new table that must be hidden too; None where nothing is given away."""
        table = Table(self.new.cells, self.new.sums, hidden)
        read = self._known | table.shown
        rows = [row for each in (table, *self._heard) for row in _rows(each, read)]
        if not rows:
            return None
        small = [row for row in rows if self._is_small(row.left) and row.unknown not in self._small_before]
        joined = list(_joined(rows, self._given_away(rows, hidden, read)))
        for told_too in (False, True)[: 1 + self.hides_what_was_told]:
            may_go = self._may_go(hidden, told_too)
            found = chain(
                (self._chosen(row.of, may_go, row.left) for row in small),
                (self._of_small_differences(may_go, read) for _once in range(1)),
                (self._chosen(row.of, may_go, None) for row in joined),
            )
            cell = next((cell for cell in found if cell is not None), None)
            if cell is not None:
                return cell
        return None

    def _given_away(
        self, rows: Sequence[_Row[Key]], hidden: Collection[Key], read: Collection[tuple[Key, Decimal]]
    ) -> frozenset[tuple[Key, Decimal]]:
        """What solving all sums together reveals: a cell hidden here, a small group, or a small difference."""
        solved = _Solved(rows)
        found = {
            cell
            for cell in solved.alone - self._solved_before.alone
            if self._is_small(cell[1]) or (cell[0] in hidden and self.new.cells.get(cell[0]) == cell[1])
        }
        versions: dict[Key, set[Decimal]] = {}
        for table in (self.new, *self._heard):
            for key, number in table.cells.items():
                versions.setdefault(key, set()).add(number)
        for key, numbers in versions.items():
            cells = sorted(number for number in numbers)
            for place, one in enumerate(cells):
                for other in cells[place + 1 :]:
                    pair = {(key, one): Fraction(1), (key, other): Fraction(-1)}
                    unknown: Equation[Key] = {cell: sign for cell, sign in pair.items() if cell not in read}
                    before: Equation[Key] = {cell: sign for cell, sign in pair.items() if cell not in self._known}
                    if (
                        self._is_small(other - one)
                        and unknown
                        and solved.follows(unknown)
                        and not self._solved_before.follows(before)
                    ):
                        found |= unknown.keys()
        return frozenset(found)

    def _of_small_differences(self, may_go: Collection[Key], read: Collection[tuple[Key, Decimal]]) -> Key | None:
        """Where the parts that cannot be read in one of two reports differ by a small group: the next part."""
        for each in self.new.whole:
            total = (each.total, self.new.cells[each.total])
            if total not in read:
                continue
            for table in self._heard:
                for other in table.whole:
                    if other.total != each.total or (other.total, table.cells[other.total]) not in read:
                        continue
                    gap, moved = self._moved(each, table, other, read)
                    if not self._is_small(gap):
                        continue
                    parts = [key for key in moved if key in may_go]
                    enough = [key for key in parts if not self._is_small(gap + moved[key])]
                    whole = [each.total] if each.total in may_go else []
                    for choice in (enough, whole, parts):
                        if choice:
                            return min(choice, key=self._loss)
        return None

    def _moved(
        self, each: Sum[Key], table: Table[Key], other: Sum[Key], read: Collection[tuple[Key, Decimal]]
    ) -> tuple[Decimal, dict[Key, Decimal]]:
        """By how much the parts that cannot be read in one of two reports moved together, and each other by itself."""
        gap = Decimal(0)
        moved: dict[Key, Decimal] = {}
        for key in dict.fromkeys((*each.parts, *other.parts)):
            now = self.new.cells[key] if key in each.parts else Decimal(0)
            before = table.cells[key] if key in other.parts else Decimal(0)
            is_read = (key not in each.parts or (key, now) in read) and (
                key not in other.parts or (key, before) in read
            )
            if not is_read:
                gap += now - before
            elif now != before:
                moved[key] = now - before
        return gap, moved

    def _chosen(self, each: Sum[Key], may_go: Collection[Key], left: Decimal | None) -> Key | None:
        """The shown cell of a sum whose loss is smallest: a part that is somebody, else the total, else a zero.

        Where the hidden ones come to `left` together, a part with which they are no small group comes first.
        """
        parts = [key for key in each.parts if key in may_go]
        somebody = [key for key in parts if self.new.cells[key] != 0]
        enough = [key for key in somebody if left is not None and not self._is_small(left + self.new.cells[key])]
        total = [each.total] if each.total in may_go else []
        for choice in (enough, somebody, total, parts):
            if choice:
                return min(choice, key=self._loss)
        return None

    def _may_go(self, hidden: Collection[Key], told_too: bool) -> frozenset[Key]:
        """What the new report shows and may hide: what no earlier report told, or, `told_too`, all of it."""
        shown = (cell for cell in self.new.cells.items() if cell[0] not in hidden)
        return frozenset(cell[0] for cell in shown if told_too or cell not in self._told)

    def _loss(self, key: Key) -> tuple[bool, Decimal]:
        """What hiding the cell takes away: least where it is hidden in an earlier report already."""
        return not any(key in table.hidden for table in self.earlier), self.new.cells[key]

    def _is_small(self, group: Decimal | None) -> bool:
        return group is not None and 0 < abs(group) < self.smallest_shown


class _Solved(Generic[Key]):
    """All sums solved together."""

    def __init__(self, rows: Iterable[_Row[Key]]) -> None:
        self._rows: list[tuple[tuple[Key, Decimal], Equation[Key]]] = []
        for row in rows:
            equation = self._reduced(_equation(row))
            if not equation:
                continue
            pivot = next(iter(equation))
            factor = equation[pivot]
            equation = {cell: value / factor for cell, value in equation.items()}
            for _pivot, other in self._rows:
                _take_away(other, equation, pivot)
            self._rows.append((pivot, equation))

    @property
    def alone(self) -> frozenset[tuple[Key, Decimal]]:
        """The unknowns that are revealed."""
        return frozenset(pivot for pivot, equation in self._rows if len(equation) == 1)

    def follows(self, wanted: Equation[Key]) -> bool:
        """Whether a combination of unknowns is revealed."""
        return not self._reduced(dict(wanted))

    def _reduced(self, equation: Equation[Key]) -> Equation[Key]:
        for pivot, other in self._rows:
            _take_away(equation, other, pivot)
        return equation


def _rows(table: Table[Key], read: Collection[tuple[Key, Decimal]]) -> Iterator[_Row[Key]]:
    """The sums of one report that hold something unknown."""
    for each in table.whole:
        unknown = frozenset(cell for key in each.keys if (cell := (key, table.cells[key])) not in read)
        if not unknown:
            continue
        is_total_read = (each.total, table.cells[each.total]) not in unknown
        yield _Row(each, unknown, sum((number for _key, number in unknown), Decimal(0)) if is_total_read else None)


def _joined(rows: Sequence[_Row[Key]], cells: Collection[tuple[Key, Decimal]]) -> Iterator[_Row[Key]]:
    """The rows that hold one of `cells`, then those that share an unknown with them, and so on."""
    reached, left = set(cells), list(rows)
    while near := [row for row in left if not reached.isdisjoint(row.unknown)]:
        yield from near
        left = [row for row in left if row not in near]
        reached.update(cell for row in near for cell in row.unknown)


def _equation(row: _Row[Key]) -> Equation[Key]:
    """A sum as an equation in what is unknown."""
    parts = set(row.of.parts)
    return {cell: Fraction(1 if cell[0] in parts else -1) for cell in row.unknown}


def _take_away(
    equation: Equation[Key], other: Mapping[tuple[Key, Decimal], Fraction], pivot: tuple[Key, Decimal]
) -> None:
    factor = equation.get(pivot)
    if not factor:
        return
    for cell, value in other.items():
        left = equation.get(cell, Fraction(0)) - factor * value
        if left:
            equation[cell] = left
        else:
            equation.pop(cell, None)
