"""How incidents are counted: by year, kind, level, channel and time to close; and what became of those complained of.

The tables of incidents share one total, so all of them are withheld together: what one hides, another must not give
away. Persons complained of have a total of their own. Worked numbers: `docs/rules/incident-counts.md`.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from omsorg.plans.rules.suppression import Count, Sum, hidden_cells
from omsorg.safeguarding.rules.codes import EMPLOYED

TOTAL = ("total", "")
NOT_SAID = "not_said"
"""Works here or with us, and it is not said yet how things stand with their work."""
ELSEWHERE = "elsewhere"
"""Does not work here: a child, family, somebody from outside, or it is not known who."""
SPANS = ((30, "to_30"), (90, "to_90"), (180, "to_180"))


@dataclass(frozen=True, slots=True)
class Counted:
    """One incident as it is counted. `days` until it was closed, None while it is open."""

    year: int
    nature: str
    level: str
    channel: str
    days: int | None


@dataclass(frozen=True, slots=True)
class Complained:
    """Those complained of in one incident by type, and by type and state how things stand with their work."""

    counted: Mapping[str, int]
    said: Mapping[str, Mapping[str, int]]


def span_of(days: int | None) -> str:
    """In which span of days it was closed: "open", "to_30", "to_90", "to_180" or "longer"."""
    if days is None:
        return "open"
    return next((name for most, name in SPANS if days <= most), "longer")


Shown = Mapping[str, int | None]
Tables = Mapping[str, Shown]


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
    return _shown(by_table, len(listed), smallest_shown)


def outcomes_of(incidents: Iterable[Complained], *, smallest_shown: int) -> tuple[Shown, int | None]:
    """What became of the work of those complained of, each person once for each incident; and how many they are.

    None where a count is withheld. Of whom nothing is said is told as such, so that silence shows; and never are more
    told than are counted, where a count was corrected after something was said.
    """
    found: Counter[str] = Counter()
    for each in incidents:
        for kind, count in each.counted.items():
            if kind not in EMPLOYED:
                found[ELSEWHERE] += count
                continue
            left = count
            for state, number in each.said.get(kind, {}).items():
                found[state] += min(number, left)
                left -= min(number, left)
            found[NOT_SAID] += left
    tables, total = _shown({"employment": +found}, found.total(), smallest_shown)
    return tables["employment"], total


def _shown(by_table: Mapping[str, Counter[str]], total: int, smallest_shown: int) -> tuple[Tables, int | None]:
    """Tables that share one total, each count as it may be read."""
    counts: dict[Hashable, Count] = {
        (table, code): Count(Decimal(count)) for table, found in by_table.items() for code, count in found.items()
    }
    counts[TOTAL] = Count(Decimal(total))
    sums: list[Sum[Hashable]] = [
        Sum(TOTAL, tuple((table, code) for code in found)) for table, found in by_table.items() if found
    ]
    hidden = hidden_cells(counts, sums, smallest_shown=smallest_shown)
    shown = {
        table: {code: None if (table, code) in hidden else count for code, count in sorted(found.items())}
        for table, found in by_table.items()
    }
    return shown, None if TOTAL in hidden else total
