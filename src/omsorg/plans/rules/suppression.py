"""Small counts of children are not shown in public, and no difference of shown numbers gives them away.

Worked numbers: `docs/rules/small-counts.md`.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Generic, TypeVar

SMALLEST_SHOWN = 5
TOTAL = "total"


Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Sum(Generic[Key]):
    """That `total` is the sum of `parts`, and everybody knows it: a row, a column, a node and its children."""

    total: Key
    parts: tuple[Key, ...]


def hidden_cells(
    counts: Mapping[Key, Decimal], sums: Sequence[Sum[Key]], *, smallest_shown: int = SMALLEST_SHOWN
) -> frozenset[Key]:
    """The cells that must not be shown.

    First every count above zero and below `smallest_shown`. Then, as long as the shown numbers and the
    known sums give a hidden one away, the smallest shown cell of a sum that holds it: no hidden cell can be
    reckoned out, and the hidden parts of a sum whose total is shown come to at least `smallest_shown`
    together. Zero is shown: it is about nobody. A cell that is not in `counts` is missing, and a sum that
    has a missing part gives nothing away.
    """
    hidden = {key for key, count in counts.items() if 0 < count < smallest_shown}
    whole = [each for each in sums if all(key in counts for key in (each.total, *each.parts))]
    while True:
        given_away = _given_away(counts, hidden, whole, smallest_shown)
        if given_away is None:
            return frozenset(hidden)
        shown = [key for key in given_away.parts if key not in hidden]
        somebody = [key for key in shown if counts[key] != 0]
        if not somebody and given_away.total not in hidden:
            somebody = [given_away.total]
        hidden.add(min(somebody or shown, key=lambda key: counts[key]))


def hidden_keys(counts: Mapping[str, Decimal | None], floor: int, *, total_is_shown: bool = True) -> frozenset[str]:
    """The parts of one published row that must be hidden, and `TOTAL` where the total must be hidden with them.

    A missing part (None) is neither counted nor hidden; a total of the others counts without it.
    """
    known = {key: count for key, count in counts.items() if count is not None}
    if not total_is_shown:
        return hidden_cells(known, (), smallest_shown=floor)
    total = sum(known.values(), Decimal(0))
    return hidden_cells({**known, TOTAL: total}, (Sum(TOTAL, tuple(known)),), smallest_shown=floor)


def _given_away(
    counts: Mapping[Key, Decimal], hidden: set[Key], sums: Iterable[Sum[Key]], smallest_shown: int
) -> Sum[Key] | None:
    """A sum that still gives something away and has a cell left to hide; None when everything is safe."""
    open_sums = []
    for each in sums:
        parts = [key for key in each.parts if key in hidden]
        if not parts and each.total not in hidden:
            continue
        open_sums.append(each)
        together = sum((counts[key] for key in parts), Decimal(0))
        if each.total not in hidden and together < smallest_shown:
            return each
    known = _reckoned_out(hidden, open_sums)
    if not known:
        return None
    with_a_cell_left = [each for each in open_sums if not hidden.issuperset((*each.parts, each.total))]
    holding = (each for each in with_a_cell_left if not known.isdisjoint((*each.parts, each.total)))
    return next(holding, next(iter(with_a_cell_left), None))


def _reckoned_out(hidden: set[Key], sums: Sequence[Sum[Key]]) -> set[Key]:
    """The hidden cells that solving all sums together would reveal."""
    rows = []
    for each in sums:
        row: dict[Key, Fraction] = {}
        for key, sign in [*((part, 1) for part in each.parts), (each.total, -1)]:
            if key in hidden:
                row[key] = row.get(key, Fraction(0)) + sign
        rows.append({key: factor for key, factor in row.items() if factor})
    solved: list[tuple[Key, dict[Key, Fraction]]] = []
    for row in rows:
        for pivot, other in solved:
            _take_away(row, other, pivot)
        if not row:
            continue
        pivot = next(iter(row))
        factor = row[pivot]
        row = {key: value / factor for key, value in row.items()}
        for _pivot, other in solved:
            _take_away(other, row, pivot)
        solved.append((pivot, row))
    return {pivot for pivot, row in solved if len(row) == 1}


def _take_away(row: dict[Key, Fraction], other: Mapping[Key, Fraction], pivot: Key) -> None:
    factor = row.get(pivot)
    if not factor:
        return
    for key, value in other.items():
        left = row.get(key, Fraction(0)) - factor * value
        if left:
            row[key] = left
        else:
            row.pop(key, None)
