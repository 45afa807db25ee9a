"""Head figures: small ones are not shown, and no two published quarters give one away."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from omsorg.kernel.periods import Period
from omsorg.openness.rules.figures import (
    ALL,
    WHOLE,
    Counts,
    CountsDisagree,
    Measure,
    MorePublishedThanClosed,
    Shown,
    check_counts,
    shown,
    year_of,
)
from omsorg.plans.tests.doc_tables import Row, case, rows

FIRST = Period.parse("2024-Q1")
COUNTRIES = ("TZ", "KE", "NO")


def counts(quarter: Period, by_country: dict[str, tuple[int, int, int]], **more: dict[str, int]) -> Counts:
    told = {country: dict(zip(map(str, Measure), numbers, strict=True)) for country, numbers in by_country.items()}
    return Counts(quarter, told, more.get("held", {}), more.get("on_register", {}))


@pytest.mark.parametrize("row", rows("head-figures", "Worked numbers"), ids=case)
def test_what_is_told_apart(row: Row) -> None:
    given_row = {country: tuple(int(number) for number in row[country].split("/")) for country in COUNTRIES}
    told = shown(counts(Period.parse(row["Quarter"]), given_row), [], smallest_shown=5)  # type: ignore[arg-type]
    assert " ".join(told.countries) == row["Told apart"]
    total = told.get(Measure.RECEIVED)
    assert ("–" if total is None else str(total)) == row["Received in all"]


def one_more(how: str, country: str) -> Shown:
    """The quarter in which one incident more was received, and somebody of its country is shut out of it."""
    seen = {"TZ": (20, 10, 30), "KE": (12, 8, 14), "NO": (9, 7, 11)}
    if how == "All countries together":
        return shown(counts(FIRST, {WHOLE: (42, 25, 56)}), [], smallest_shown=5)
    where = country if how == "Every incident in its country" else "of nobody's country"
    received, closed, still = seen.get(where, (0, 0, 0))
    return shown(counts(FIRST, {**seen, where: (received + 1, closed, still + 1)}), [], smallest_shown=5)


@pytest.mark.parametrize(
    "row", rows("head-figures", "Why there are no countries where incidents are kept here"), ids=case
)
def test_whether_a_figure_by_country_tells_whoever_is_complained_of(row: Row) -> None:
    here, there = one_more(row["Case"], "TZ"), one_more(row["Case"], "KE")
    for told, column in ((here, "Tanzania, if it is there"), (there, "Tanzania, if it is in Kenya")):
        number = told.get(Measure.RECEIVED, "TZ")
        assert ("–" if number is None else str(number)) == row[column]
    assert ("yes" if (here.cells, here.few) == (there.cells, there.few) else "no") == row["The pages read the same"]
    numbers = {place: told.get(Measure.RECEIVED, place) for told, place in ((here, "TZ"), (there, "KE"))}
    counted = "–" if None in numbers.values() else "yes" if numbers == {"TZ": 21, "KE": 13} else "no"
    assert counted == row["All are counted in their country"]


def test_counts_that_contradict_the_quarter_before_are_refused() -> None:
    before = counts(FIRST, {"TZ": (20, 10, 30)})
    check_counts(counts(FIRST.next(), {"TZ": (10, 15, 25)}), before)
    with pytest.raises(CountsDisagree):
        check_counts(counts(FIRST.next(), {"TZ": (10, 15, 26)}), before)
    with pytest.raises(MorePublishedThanClosed):
        check_counts(counts(FIRST, {"TZ": (20, 1, 30)}, on_register={"TZ": 2}), None)


def test_counts_of_all_countries_together_are_shown_as_such() -> None:
    told = shown(counts(FIRST, {WHOLE: (20, 10, 30)}), [], smallest_shown=5)
    assert (told.countries, told.few, told.get(Measure.OPEN)) == ((), (), 30)


def test_the_rest_of_the_closed_cases_must_not_be_small() -> None:
    many = {"TZ": (20, 10, 30), "KE": (20, 10, 30), "NO": (20, 10, 30)}
    told = shown(counts(FIRST, many, on_register={"TZ": 8}), [], smallest_shown=5)
    assert "TZ" not in told.countries


def test_a_year_is_the_sum_of_its_quarters_or_nothing() -> None:
    quarters = []
    period = FIRST
    for number in range(4):
        quarters.append(
            Shown(period, {("received", ALL): 10, ("closed", ALL): 8, ("open", ALL): 20 + number}, {}, (), ())
        )
        period = period.next()
    assert year_of(quarters, 2024) == {"received": 40, "closed": 32, "open": 23}
    assert year_of(quarters[:3], 2024) == {"received": None, "closed": None, "open": 22}
    assert year_of([], 2024) == {"received": None, "closed": None, "open": None}


SMALL = st.integers(0, 9)


@st.composite
def two_quarters(draw: st.DrawFn) -> tuple[Counts, Counts]:
    first, second = {}, {}
    for country in COUNTRIES[: draw(st.integers(1, 3))]:
        before, received, closed = draw(SMALL), draw(SMALL), draw(SMALL)
        first[country] = (draw(SMALL), draw(SMALL), before)
        closed = min(closed, before + received)
        second[country] = (received, closed, before + received - closed)
    return counts(FIRST, first), counts(FIRST.next(), second)


@settings(max_examples=150)
@given(two_quarters())
def test_no_small_number_is_shown_and_none_can_be_worked_out(quarters: tuple[Counts, Counts]) -> None:
    """Every small cell has another value that fits all that is shown: tried by brute force on the second quarter."""
    first, second = quarters
    told_first = shown(first, [], smallest_shown=5)
    told_second = shown(second, [(first, told_first)], smallest_shown=5)
    for told in (told_first, told_second):
        assert not [number for number in told.cells.values() if 0 < number < 5]
    known = {
        (cell, told.quarter.code): number for told in (told_first, told_second) for cell, number in told.cells.items()
    }
    unknowns = solve(first, second, known)
    assert not [cell for cell, value in unknowns.items() if 0 < value < 5], (told_first, told_second, unknowns)


def solve(first: Counts, second: Counts, known: dict) -> dict:  # type: ignore[type-arg]
    """What anybody can work out: fill in each sum that has one unknown left, until none has."""
    codes = (first.quarter.code, second.quarter.code)
    countries = tuple(first.by_country)
    found: dict = {}  # type: ignore[type-arg]
    while True:
        everything = {**known, **found}
        before = len(found)
        for code, measure in product(codes, map(str, Measure)):
            _fill([(((measure, c), code), 1) for c in countries] + [(((measure, ALL), code), -1)], everything, found)
        for place in (*countries, ALL):
            signs = [
                ((("open", place), codes[0]), 1),
                ((("received", place), codes[1]), 1),
                ((("closed", place), codes[1]), -1),
                ((("open", place), codes[1]), -1),
            ]
            _fill(signs, everything, found)
        if len(found) == before:
            return found


def _fill(signs: list, everything: dict, found: dict) -> None:  # type: ignore[type-arg]
    unknown = [(cell, sign) for cell, sign in signs if cell not in everything]
    if len(unknown) == 1:
        cell, sign = unknown[0]
        found[cell] = -sign * sum(everything[each] * s for each, s in signs if each in everything)
