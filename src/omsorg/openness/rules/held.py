"""What is held back and stands in public as a number: by reason, what is past its day, and what nobody has decided.

A row is of the end of a quarter. It is frozen once and laid beside every row before it: no number of it, and no step
from one row to another, tells of fewer cases than may be shown. Worked numbers: `docs/rules/head-figures.md`.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from itertools import combinations
from operator import add

from omsorg.openness.rules.deciding import ReasonClass
from omsorg.plans.rules.suppression import Count, Sum, hidden_cells

ALL = ""
"""Everything together: held back, nothing to publish, undecided."""
HELD = "held"
"""Held back, whatever the reason."""
PAST = "past"
"""Of those held back, how many are past the day on which they were to be looked at again."""
NOTHING = "nothing"
"""Decided that nothing of it is published."""
UNDECIDED = "undecided"
"""Closed, and nobody has decided whether the public is told."""
REASONS = tuple(str(each) for each in ReasonClass)
NOT_PUBLIC = (*REASONS, NOTHING, UNDECIDED)
"""What adds up to everything that is not public."""
IN_TIME = "in_time"
"""Held back and not past its day: never shown, but whoever takes one from the other would find it."""


def held_told(
    counted: Mapping[str, int], before: Iterable[Mapping[str, int]], *, smallest_shown: int
) -> dict[str, int]:
    """What of a row may be read. `counted`: by reason, with what is past its day; `before`: every row that was ever
    told of an earlier quarter, as it was told.

    Where nothing is said of how many are past their day, nobody can take them from the others.
    """
    row = {each: counted.get(each, 0) for each in NOT_PUBLIC}
    held = sum(row[each] for each in REASONS)
    numbers = {**row, HELD: held, ALL: sum(row.values())}
    sums: list[Sum[str]] = [Sum(HELD, REASONS), Sum(ALL, (HELD, NOTHING, UNDECIDED))]
    if PAST in counted:
        numbers |= {PAST: counted[PAST], IN_TIME: held - counted[PAST]}
        sums.append(Sum(HELD, (PAST, IN_TIME)))
    cells = {key: Count(Decimal(number)) for key, number in numbers.items()}
    hidden = hidden_cells(cells, sums, smallest_shown=smallest_shown)
    told = {key: number for key, number in numbers.items() if key not in hidden and key != IN_TIME}
    now = _groups_known(told)
    return {} if any(_gives_step_away(_groups_known(each), now, smallest_shown) for each in before) else told


Vector = tuple[int, ...]


def _of(*atoms: str) -> Vector:
    return tuple(int(atom in atoms) for atom in ATOMS)


ATOMS = (*NOT_PUBLIC, PAST)
MADE_OF: Mapping[str, Vector] = {
    **{each: _of(each) for each in ATOMS},
    HELD: _of(*REASONS),
    ALL: _of(*NOT_PUBLIC),
}
"""Every number of a row as a sum of what stands by itself."""


def _groups() -> tuple[Vector, ...]:
    """Every group of cases that a reader may ask for: any of the lines together; or what is past its day, or is not,
    with or without those of which nothing is published or nobody has decided."""
    lines = [_of(*group) for size in range(1, len(NOT_PUBLIC) + 1) for group in combinations(NOT_PUBLIC, size)]
    beside = [_of(), _of(NOTHING), _of(UNDECIDED), _of(NOTHING, UNDECIDED)]
    in_time = tuple(held - past for held, past in zip(_of(*REASONS), _of(PAST), strict=True))
    both = [tuple(map(add, of, more)) for of in (_of(PAST), in_time) for more in beside]
    return (*lines, *both)


GROUPS = _groups()


def _groups_known(told: Mapping[str, int]) -> dict[Vector, Fraction]:
    """Every group whose number can be reckoned out of a row as it is told, with that number."""
    steps: list[tuple[int, list[Fraction]]] = []
    for key, number in told.items():
        line = _reduced([Fraction(each) for each in (*MADE_OF[key], number)], steps)
        first = next((place for place, each in enumerate(line[:-1]) if each), None)
        if first is not None:
            steps.append((first, [each / line[first] for each in line]))
    known = {}
    for group in GROUPS:
        rest = _reduced([Fraction(each) for each in (*group, 0)], steps)
        if not any(rest[:-1]):
            known[group] = -rest[-1]
    return known


def _reduced(line: list[Fraction], steps: Iterable[tuple[int, list[Fraction]]]) -> list[Fraction]:
    """What is left of an equation once everything that is known is taken out of it."""
    for first, known in steps:
        if factor := line[first]:
            line = [each - factor * other for each, other in zip(line, known, strict=True)]
    return line


def _gives_step_away(before: Mapping[Vector, Fraction], now: Mapping[Vector, Fraction], smallest_shown: int) -> bool:
    """Whether two rows that are laid beside each other tell that a few cases more, or fewer, are in some group."""
    return any(0 < abs(now[group] - before[group]) < smallest_shown for group in before.keys() & now.keys())
