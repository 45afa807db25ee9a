"""Small counts of children are not shown in public, nor can they be reckoned back from what is shown.

Worked numbers: `docs/rules/small-counts.md`.
"""

from collections.abc import Mapping
from decimal import Decimal


def hidden_keys(counts: Mapping[str, Decimal | None], floor: int, *, total_is_shown: bool = True) -> frozenset[str]:
    """The parts of a published row that must be hidden: those above zero and below `floor`, and enough others.

    Where the total is shown beside the parts, hiding a single part hides nothing: the total less the others gives it
    away. Then the next smallest part is hidden too, and so on until the hidden parts together reach `floor` and are at
    least two. A true zero stays: it tells of nobody. A missing part (None) is neither counted nor hidden.
    """
    known = {key: count for key, count in counts.items() if count is not None}
    hidden = {key for key, count in known.items() if 0 < count < floor}
    if not hidden or not total_is_shown:
        return frozenset(hidden)
    others = sorted((count, key) for key, count in known.items() if key not in hidden and count > 0)
    for _count, key in others:
        if len(hidden) >= 2 and sum(known[each] for each in hidden) >= floor:
            break
        hidden.add(key)
    return frozenset(hidden)
