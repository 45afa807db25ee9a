"""Head figures by quarter: received, closed, open, held; and which of them may stand in public.

A published quarter is frozen. So each new one is held against all that came before: no sum over countries, no step from
one quarter to the next, and no count of the cases that stand on the register gives a small number away.

Worked numbers: `docs/rules/head-figures.md`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from omsorg.kernel.periods import Period
from omsorg.kernel.refusals import Refusal
from omsorg.kernel.refusals import written as _
from omsorg.openness.rules.held import held_told
from omsorg.plans.rules.suppression import Count, Sum, Told, hidden_cells

ALL = ""
"""The whole federation, in the place of a country."""
WHOLE = "*"
"""Counts that are not told apart by country, in the place of one."""


REOPENED = "reopened"
"""How often a case was opened again in the quarter: never shown, but whoever adds up would find it."""


class Because(StrEnum):
    """Why a published quarter is corrected. Words of one's own could tell the number that is not shown."""

    TYPED = "typed"
    PLACED = "placed"
    COUNTED = "counted"
    FOLLOWS = "follows"


class Measure(StrEnum):
    """What is counted. Open is counted at the end of the quarter."""

    RECEIVED = "received"
    CLOSED = "closed"
    OPEN = "open"


Cell = tuple[str, str, str]
"""What is counted, in which country ("" for all), in which quarter."""


class QuarterNotOver(Refusal):
    sentence = _("The quarter %(quarter)s is not over yet.")


class QuarterNotPrepared(Refusal):
    sentence = _("Nobody has prepared the quarter %(quarter)s for publication.")


class PreparedBySamePerson(Refusal):
    sentence = _("You have prepared this quarter yourself: somebody else must publish it.")


class QuarterPublished(Refusal):
    sentence = _("The quarter %(quarter)s is published already. What is wrong in it is corrected.")


class QuarterNotPublished(Refusal):
    sentence = _("The quarter %(quarter)s is not published yet.")


class NothingCorrected(Refusal):
    sentence = _("These are the figures that are published already.")


class QuarterToCorrect(Refusal):
    sentence = _("Correct %(quarter)s first: it does not follow from the quarter before, which was corrected.")


class QuarterLeftOut(Refusal):
    sentence = _("Publish %(quarter)s first: quarters follow one another.")


class CountsDisagree(Refusal):
    sentence = _(
        "%(country)s: open before (%(before)s) and received (%(received)s) do not give closed (%(closed)s) and open"
        " (%(open)s)."
    )


class CountBelowNought(Refusal):
    sentence = _("A number of cases is nought or more.")


class MorePublishedThanClosed(Refusal):
    sentence = _(
        "%(country)s: %(published)s cases of this quarter stand on the register, but only %(closed)s are closed."
    )


@dataclass(frozen=True, slots=True)
class Counts:
    """One quarter as it was: by country received, closed and open; how many are not public now, by reason.

    Of incidents that are kept here, closed is how often one was closed, and `reopened` how often one was opened again.
    `on_register` is how many cases closed in the quarter stood on the register, by country, when it was published.
    """

    quarter: Period
    by_country: Mapping[str, Mapping[str, int]]
    held: Mapping[str, int]
    on_register: Mapping[str, int] = field(default_factory=dict)

    def total(self, measure: str) -> int:
        return sum(row.get(measure, 0) for row in self.by_country.values())

    def of(self, measure: str, country: str) -> int:
        return self.total(measure) if country == ALL else self.by_country.get(country, {}).get(measure, 0)


@dataclass(frozen=True, slots=True)
class Shown:
    """A published quarter: every cell that may be read; what is not in it is not shown. Frozen."""

    quarter: Period
    cells: Mapping[tuple[str, str], int]
    held: Mapping[str, int]
    countries: tuple[str, ...]
    few: tuple[str, ...]

    @property
    def is_of_all_together(self) -> bool:
        """Whether it was counted for all countries together and for none by itself."""
        return not self.countries and not self.few

    def get(self, measure: str, country: str = ALL) -> int | None:
        return self.cells.get((measure, country))


Quarters = Sequence[tuple[Counts, Shown]]
"""What is in force of every published quarter, or was at a time."""


def check_counts(counts: Counts, before: Counts | None) -> None:
    """Pass, or refuse counts that contradict themselves or the quarter before."""
    for country, row in counts.by_country.items():
        if any(number < 0 for number in row.values()):
            raise CountBelowNought
        published = counts.on_register.get(country, 0)
        if published > row.get(Measure.CLOSED, 0):
            raise MorePublishedThanClosed(country=country, published=published, closed=row.get(Measure.CLOSED, 0))
    if any(number < 0 for number in counts.held.values()):
        raise CountBelowNought
    if before is None:
        return
    told_apart = WHOLE not in counts.by_country and WHOLE not in before.by_country
    for country in sorted({*counts.by_country, *before.by_country}) if told_apart else (ALL,):
        if not _follows(counts, before, country):
            was = before.of(Measure.OPEN, country)
            received, closed, still = (counts.of(measure, country) for measure in Measure)
            raise CountsDisagree(country=country, before=was, received=received, closed=closed, open=still)


def _follows(counts: Counts, before: Counts, country: str) -> bool:
    received, closed, still = (counts.of(measure, country) for measure in Measure)
    return before.of(Measure.OPEN, country) + received + counts.of(REOPENED, country) == closed + still


def shown(
    counts: Counts,
    published: Quarters,
    *,
    smallest_shown: int,
    held: Mapping[str, int] | None = None,
    earlier: Sequence[Quarters] = (),
) -> Shown:
    """What of a quarter may be read, beside all the other quarters in force.

    `earlier` is what stood in force before each correction, the oldest first: no small number follows from a figure
    and the one that stood before it.

    Where hiding would have to touch what is published already, no country of the new quarter is shown by itself: the
    new cells then hang on nothing but their own totals. `held` is the row of what is held back where it was told
    already; else it is made.
    """
    countries = sorted(country for country in counts.by_country if country != WHOLE)
    new = [(measure, country) for measure in Measure for country in (ALL, *countries)]
    free = _hidden(counts, published, smallest_shown, earlier)
    pinned: set[Cell] = {
        (measure, country, each.quarter.code) for each, told in published for measure, country in told.cells
    }
    code = counts.quarter.code
    if free & pinned:
        hidden = {(measure, country) for measure, country in new if country != ALL}
        totals = _hidden(counts, published, smallest_shown, earlier, countries=False)
        hidden |= {(measure, ALL) for measure in Measure if totals & pinned or (measure, ALL, code) in totals}
    else:
        hidden = {(Measure(m), country) for m, country, quarter in free if quarter == code and m in list(Measure)}
    if held is None:
        states = (published, *earlier)
        before = [told.held for state in states for _counts, told in state if told.quarter.start < counts.quarter.start]
        held = held_told(counts.held, before, smallest_shown=smallest_shown)
    few = tuple(country for country in countries if any((measure, country) in hidden for measure in Measure))
    return Shown(
        quarter=counts.quarter,
        cells={(str(m), c): counts.of(m, c) for m, c in new if (m, c) not in hidden and c not in few},
        held=held,
        countries=tuple(country for country in countries if country not in few),
        few=few,
    )


def _hidden(
    counts: Counts, published: Quarters, smallest_shown: int, earlier: Sequence[Quarters], *, countries: bool = True
) -> frozenset[Cell]:
    """The cells that must not be shown, of all quarters together, and of what stood before."""
    quarters = sorted([*(each for each, _told in published), counts], key=lambda each: each.quarter.start)
    everything = [*quarters, *(each for state in earlier for each, _told in state)]
    named = sorted({country for each in everything for country in each.by_country} - {WHOLE}) if countries else []
    register = {each.quarter: each for each in quarters}
    numbers, sums = _known(quarters, named, register)
    before = []
    for state in earlier:
        cells = {(measure, country, told.quarter.code) for _counts, told in state for measure, country in told.cells}
        were, known = _known([each for each, _told in state], named, register)
        hidden = {key for key in were if key[0] in list(Measure) and key not in cells}
        before.append(Told(were, known, frozenset(hidden)))
    return hidden_cells(numbers, sums, smallest_shown=smallest_shown, earlier=before)


def _known(
    quarters: Sequence[Counts], named: Sequence[str], register: Mapping[Period, Counts]
) -> tuple[dict[Cell, Count], list[Sum[Cell]]]:
    """Every number of these quarters, and every sum that is known of them.

    What is closed counts without the cases on the register: whoever reads both knows the difference, so the difference
    is what must not be small. The register is the one of today, also beside figures that stood before. A quarter that
    does not follow from a corrected one is not held against it: nothing is known by that sum.
    """
    numbers: dict[Cell, Decimal] = {}
    sums: list[Sum[Cell]] = []
    for place, each in enumerate(quarters):
        code = each.quarter.code
        public = register[each.quarter].on_register
        for country in (ALL, *(named if WHOLE not in each.by_country else ())):
            on_register = sum(public.values()) if country == ALL else public.get(country, 0)
            for measure in Measure:
                number = each.of(measure, country) - (on_register if measure is Measure.CLOSED else 0)
                numbers[measure, country, code] = Decimal(number)
        if named:
            sums += [Sum((m, ALL, code), tuple((m, country, code) for country in named)) for m in Measure]
        if place and quarters[place - 1].quarter.next() == each.quarter:
            before = quarters[place - 1].quarter.code
            for country in (ALL, *named):
                if (Measure.OPEN, country, before) not in numbers or (Measure.OPEN, country, code) not in numbers:
                    continue  # not counted by country in both quarters
                if not _follows(each, quarters[place - 1], country):
                    continue
                handled = ("handled", country, code)
                parts = ((Measure.OPEN, country, before), (Measure.RECEIVED, country, code), (REOPENED, country, code))
                numbers[REOPENED, country, code] = Decimal(each.of(REOPENED, country))
                numbers[handled] = sum((numbers[part] for part in parts), Decimal(0))
                sums.append(Sum(handled, parts))
                sums.append(Sum(handled, ((Measure.CLOSED, country, code), (Measure.OPEN, country, code))))
    return {cell: Count(number) for cell, number in numbers.items()}, sums


def told_number(number: int, smallest_shown: int) -> int | None:
    """A number that stands by itself: None where it is too small to be shown."""
    return None if 0 < number < smallest_shown else number


def year_of(quarters: Iterable[Shown], year: int) -> dict[str, int | None]:
    """The figures of a year out of its published quarters, and out of nothing else: what adds up may be added up.

    None where a quarter is missing or its figure is not shown. Open is that of the last quarter.
    """
    mine = {each.quarter.code: each for each in quarters if each.quarter.start.year == year}
    codes = [f"{year}-Q{number}" for number in range(1, 5)]
    found: dict[str, int | None] = {}
    for measure in (Measure.RECEIVED, Measure.CLOSED):
        numbers = [mine[code].get(measure) if code in mine else None for code in codes]
        known = [number for number in numbers if number is not None]
        found[measure] = sum(known) if len(known) == len(codes) else None
    last = mine[max(mine)] if mine else None
    found[Measure.OPEN] = last.get(Measure.OPEN) if last else None
    return found
