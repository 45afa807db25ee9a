"""What is held back and stands in public as a number: by reason, what is past its day, and what nobody has decided.

A row is of the end of a quarter. It is frozen once and laid beside the row before it: no number of it, and no step from
row to row, tells of fewer cases than may be shown. Worked numbers: `docs/rules/head-figures.md`.
"""

from collections.abc import Mapping
from decimal import Decimal

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


def held_told(counted: Mapping[str, int], before: Mapping[str, int], *, smallest_shown: int) -> dict[str, int]:
    """What of a row may be read. `counted`: by reason, with what is past its day; `before`: the row before, as told.

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
    return {} if _gives_step_away(before, told, smallest_shown) else told


def _gives_step_away(before: Mapping[str, int], now: Mapping[str, int], smallest_shown: int) -> bool:
    """Whether two rows that are laid beside each other tell that a few cases more, or fewer, are held back.

    Every number that is told in both, and what is left between a sum and those of its parts that are told in both.
    """
    steps = {key: now[key] - before[key] for key in before if key in now}
    said = list(steps.values())
    for whole, parts in ((HELD, REASONS), (ALL, (HELD, NOTHING, UNDECIDED)), (ALL, NOT_PUBLIC), (HELD, (PAST,))):
        if whole in steps:
            said.append(steps[whole] - sum(steps.get(part, 0) for part in parts))
    return any(0 < abs(step) < smallest_shown for step in said)
