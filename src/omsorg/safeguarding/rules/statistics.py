"""How incidents are counted: by year, kind, level, channel, findings and time to close, small counts withheld.

The tables share one total, so all of them are withheld together: what one hides, another must not give away.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from omsorg.plans.rules.suppression import Count, Sum, hidden_cells

TOTAL = ("total", "")
SPANS = ((30, "to_30"), (90, "to_90"), (180, "to_180"))


@dataclass(frozen=True, slots=True)
class Counted:
    """One incident as it is counted. `days` until it was closed, None while it is open."""

    year: int
    nature: str
    level: str
    channel: str
    days: int | None


def span_of(days: int | None) -> str:
    """In which span of days it was closed: "open", "to_30", "to_90", "to_180" or "longer"."""
    if days is None:
        return "open"
    return next((name for most, name in SPANS if days <= most), "longer")


Tables = Mapping[str, Mapping[str, int | None]]


def tables_of(rows: Iterable[Counted], *, smallest_shown: int) -> tuple[Tables, int | None]:
    """The counts by table and code, None where a count is withheld; and the total, None where it is withheld."""
    listed = list(rows)
    by_table = {
        "year": Counter(str(row.year) for row in listed),
        "nature": Counter(row.nature for row in listed),
        "level": Counter(row.level for row in listed),
        "channel": Counter(row.channel for row in listed),
        "time_to_close": Counter(span_of(row.days) for row in listed),
    }
    counts: dict[Hashable, Count] = {
        (table, code): Count(Decimal(count)) for table, found in by_table.items() for code, count in found.items()
    }
    counts[TOTAL] = Count(Decimal(len(listed)))
    sums: list[Sum[Hashable]] = [
        Sum(TOTAL, tuple((table, code) for code in found)) for table, found in by_table.items() if found
    ]
    hidden = hidden_cells(counts, sums, smallest_shown=smallest_shown)
    shown = {
        table: {code: None if (table, code) in hidden else count for code, count in sorted(found.items())}
        for table, found in by_table.items()
    }
    return shown, None if TOTAL in hidden else len(listed)
