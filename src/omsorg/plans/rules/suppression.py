"""Small groups of children are not shown in public, and no reckoning with shown numbers gives them away.

Worked numbers: `docs/rules/small-counts.md`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Generic

from .given_away import Key, Sum, System, Table

SMALLEST_SHOWN = 5

__all__ = ["SMALLEST_SHOWN", "Count", "Sum", "Told", "hidden_cells"]


@dataclass(frozen=True, slots=True)
class Count:
    """How many children, and where it is a share, of how many. Both numbers are shown or hidden together."""

    numerator: Decimal
    denominator: Decimal | None = None

    @property
    def groups(self) -> tuple[Decimal, ...]:
        """The groups of children that the figure tells of: those counted and, of a share, all of them and the rest."""
        if self.denominator is None:
            return (self.numerator,)
        return (self.numerator, self.denominator, self.denominator - self.numerator)

    def is_small(self, smallest_shown: int) -> bool:
        """Whether one of its groups is somebody, but fewer than may be shown."""
        return any(0 < group < smallest_shown for group in self.groups)

    def is_near(self, other: "Count", smallest_shown: int) -> bool:
        """Whether it differs from `other` by a group of children that is fewer than may be shown."""
        pairs = zip(self.groups, other.groups, strict=False)
        return any(0 < abs(one - another) < smallest_shown for one, another in pairs)


@dataclass(frozen=True, slots=True)
class Told(Generic[Key]):
    """What a report that is released tells: its true counts, which of them it hides, and the sums known of them."""

    counts: Mapping[Key, Count]
    sums: Sequence[Sum[Key]] = ()
    hidden: frozenset[Key] = frozenset()


def hidden_cells(
    counts: Mapping[Key, Count],
    sums: Sequence[Sum[Key]],
    *,
    smallest_shown: int = SMALLEST_SHOWN,
    earlier: Sequence[Told[Key]] = (),
) -> frozenset[Key]:
    """The cells of a report that must not be shown. `earlier`: the reports that are released, oldest first.

    First every count of which a group is above zero and below `smallest_shown`, and every count that differs by such
    a group from what an earlier report shows in the same cell. Then, as long as the numbers that it shows and the
    known sums give a hidden cell away, the smallest shown cell of a sum that holds it: of the report by itself,
    whatever was told before, and then of all reports together. No hidden cell of any report can be reckoned out, and
    the hidden parts of a sum whose total is shown come to at least `smallest_shown` together, and differ by at least
    as many from what an earlier report tells of the same parts.

    Zero is shown: it is about nobody. A cell that is not in `counts` is missing, and a sum that has a missing part
    gives nothing away. Who reads is supposed to guess that a cell hidden twice has stayed as it was, and that a cell
    shown once and hidden later has too, where it has. Where such guesses give a hidden cell away whatever is hidden
    now, the whole sum is: nothing confirms them. What earlier reports give away by themselves stays as it is.
    """
    hidden = {key for key, count in counts.items() if count.is_small(smallest_shown)}
    for told in earlier:
        before = {key: count for key, count in told.counts.items() if key in counts and key not in told.hidden}
        hidden |= {key for key, count in before.items() if counts[key].is_near(count, smallest_shown)}
    systems = list(_systems(counts, sums, earlier, smallest_shown))
    while True:
        found = (system.cell_to_hide(hidden) for system in systems)
        cell = next((cell for cell in found if cell is not None), None)
        if cell is None:
            return frozenset(hidden)
        hidden.add(cell)


def _systems(
    counts: Mapping[Key, Count], sums: Sequence[Sum[Key]], earlier: Sequence[Told[Key]], smallest_shown: int
) -> Iterator[System[Key]]:
    """The same sums once for each group (those counted, all of them, the rest): the report alone, then all of them.

    A sum of which a report told nothing at all is left out first: a reader who guesses it has no reason to, and what
    he guesses is no excuse for showing the same numbers now. With it, only what was never told is hidden.
    """
    width = max((len(count.groups) for count in counts.values()), default=1)
    spoken = [replace(told, sums=[e for e in told.sums if not told.hidden.issuperset(e.keys)]) for told in earlier]
    tables = [
        (
            Table(_of_group(counts, group), sums),
            [Table(_of_group(told.counts, group), told.sums, told.hidden) for told in spoken],
            [Table(_of_group(told.counts, group), told.sums, told.hidden) for told in earlier],
        )
        for group in range(width)
    ]
    yield from (System(new, before, smallest_shown, is_alone=True) for new, before, _all in tables)
    if earlier:
        yield from (System(new, before, smallest_shown) for new, before, _all in tables)
        yield from (System(new, before, smallest_shown, hides_what_was_told=False) for new, _spoken, before in tables)


def _of_group(counts: Mapping[Key, Count], group: int) -> dict[Key, Decimal]:
    """One group of every cell that has it."""
    return {key: count.groups[group] for key, count in counts.items() if group < len(count.groups)}
