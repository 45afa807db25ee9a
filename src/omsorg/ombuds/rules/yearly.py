"""What a year's report tells of the children who were heard: counts in groups that do not overlap, none of them small.

There is nothing to subtract: each question is answered once, for the whole federation, by groups of at least the
smallest number that is shown, and no filter narrows one question by another. A published year never changes.

Worked numbers: `docs/rules/yearly-report.md`.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from omsorg.ombuds.rules.awareness import told_of

REST = "*"
"""The group of all that are too few to stand alone: it does not say which they are."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What one case counts as. Each field is a question that the report answers by itself."""

    country: str
    channel: str
    level: str
    promise: str
    helped: str


@dataclass(frozen=True, slots=True)
class Year:
    """What is shown of a year. `total` is None where fewer children than may be shown were heard."""

    total: int | None
    groups: Mapping[str, Mapping[str, int]]


def disjoint(counts: Mapping[str, int], smallest: int) -> dict[str, int]:
    """Groups of at least `smallest` each, which together are all that was counted; empty where all are fewer.

    Those that are fewer are put together as `REST`, and the smallest of the others joins them, with all that are as
    small: so nobody can tell the small ones from those that joined, and exchanging two of them changes nothing.
    """
    shown = {name: count for name, count in counts.items() if count >= smallest}
    rest = sum(counts.values()) - sum(shown.values())
    if rest and shown:
        joining = min(shown.values())
        rest += sum(count for count in shown.values() if count == joining)
        shown = {name: count for name, count in shown.items() if count > joining}
    if rest >= smallest:
        shown[REST] = rest
    return dict(sorted(shown.items(), key=lambda group: (group[0] == REST, -group[1], group[0])))


def year_shown(heard: Iterable[Heard], *, smallest: int) -> Year:
    """The report of a year, ready to be frozen."""
    cases = list(heard)
    if len(cases) < smallest:
        return Year(None, {})
    return Year(
        len(cases),
        {
            question.name: disjoint(Counter(getattr(case, question.name) for case in cases), smallest)
            for question in fields(Heard)
        },
    )


def panels_shown(
    panels: Sequence[tuple[int, Mapping[str, int], Mapping[str, int]]], *, smallest: int
) -> dict[str, Any]:
    """What is told of the panels of a year: how many were held, how many children were there, of which age and sex.

    A panel is given as its children, those who told their age, and those who told their sex. Who told nothing is a
    group as well, so each question adds up to all the children; the two questions are never asked together.
    """
    there = sum(children for children, _ages, _sexes in panels)
    ages: Counter[str] = Counter()
    sexes: Counter[str] = Counter()
    for children, by_age, by_sex in panels:
        ages.update(told_of(children, by_age))
        sexes.update(told_of(children, by_sex))
    return {
        "held": len(panels),
        "children": there if there >= smallest else None,
        "by_age": disjoint(ages, smallest),
        "by_sex": disjoint(sexes, smallest),
    }


def share_shown(part: int, whole: int, *, smallest: int) -> tuple[int, int] | None:
    """A part of a whole, where neither it nor what is left of the whole is a small number; None otherwise."""
    if part < smallest or 0 < whole - part < smallest:
        return None
    return part, whole
