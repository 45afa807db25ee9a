"""No small group of children can be worked out from all that several reports show, whatever the figures are."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from omsorg.plans.rules.suppression import Count, Sum, Told, hidden_cells

steady = settings(derandomize=True, max_examples=25, deadline=None, database=None)

FLOOR = 5
Cells = dict[str, Count]
Edition = tuple[Cells, list[Sum[str]], frozenset[str]]


def share(numerator: int, denominator: int) -> Count:
    return Count(Decimal(numerator), Decimal(denominator))


def of_parts(parts: Mapping[str, Count], total: str = "total") -> tuple[Cells, list[Sum[str]]]:
    """A row of parts with its total beside it."""
    whole = Count(
        sum((part.numerator for part in parts.values()), Decimal(0)),
        sum((part.denominator or Decimal(0) for part in parts.values()), Decimal(0)),
    )
    return {**parts, total: whole}, [Sum(total, tuple(parts))]


def published(tables: Sequence[tuple[Cells, list[Sum[str]]]]) -> list[Edition]:
    """The tables as reports that are released one after the other."""
    editions: list[Edition] = []
    for cells, sums in tables:
        hidden = hidden_cells(cells, sums, smallest_shown=FLOOR, earlier=[Told(*each) for each in editions])
        editions.append((cells, sums, hidden))
    return editions


# An observer, written apart from the rule: one unknown for each number that a hidden cell ever had. Who reads is
# supposed to know which cells have stayed as they were.


def worked_out(editions: Sequence[Edition], group: int) -> list[str]:
    """Every small group, and every small difference of a cell between two reports, that is a combination of sums."""
    read = {
        (key, count.groups[group]) for cells, _, hidden in editions for key, count in cells.items() if key not in hidden
    }
    unknown = sorted({(key, count.groups[group]) for cells, _, _ in editions for key, count in cells.items()} - read)
    place = {cell: number for number, cell in enumerate(unknown)}
    solved: list[tuple[int, list[Fraction]]] = []
    for cells, sums, _ in editions:
        for each in sums:
            line = [Fraction(0)] * len(unknown)
            for key, sign in [*((part, 1) for part in each.parts), (each.total, -1)]:
                cell = (key, cells[key].groups[group])
                if cell in place:
                    line[place[cell]] += sign
            line = reduced(line, solved)
            pivot = next((column for column, factor in enumerate(line) if factor), None)
            if pivot is not None:
                solved.append((pivot, line))

    def follows(wanted: dict[tuple[str, Decimal], int]) -> bool:
        return not any(reduced([Fraction(wanted.get(cell, 0)) for cell in unknown], solved))

    found = [f"{key} = {number}" for key, number in unknown if 0 < number < FLOOR and follows({(key, number): 1})]
    every = {(key, count.groups[group]) for cells, _, _ in editions for key, count in cells.items()}
    found += [
        f"{key}: {number} - {other}"
        for key, number in every
        for same, other in every
        if same == key and 0 < number - other < FLOOR and follows({(key, number): 1, (key, other): -1})
    ]
    return found


def reduced(line: list[Fraction], solved: Sequence[tuple[int, list[Fraction]]]) -> list[Fraction]:
    """What is left of a line after the solved ones are taken away from it, each as often as it fits."""
    for pivot, other in solved:
        if line[pivot]:
            factor = line[pivot] / other[pivot]
            line = [one - factor * another for one, another in zip(line, other, strict=True)]
    return line


def safe(editions: Sequence[Edition]) -> None:
    for cells, _, hidden in editions:
        assert all(key in hidden for key, count in cells.items() if any(0 < group < FLOOR for group in count.groups))
    assert [worked_out(editions, group) for group in range(3)] == [[], [], []]


shares = st.integers(0, 30).flatmap(lambda d: st.builds(share, st.integers(0, d), st.just(d)))
corrections = st.lists(st.tuples(st.sampled_from("abcd"), shares), max_size=2)


@steady
@given(st.lists(shares, min_size=4, max_size=4), st.lists(corrections, max_size=3))
def test_no_small_group_follows_from_a_report_and_those_that_correct_it(
    first: list[Count], then: list[list[tuple[str, Count]]]
) -> None:
    parts = dict(zip("abcd", first, strict=True))
    tables = [of_parts(parts)]
    for changed in then:
        parts = {**parts, **dict(changed)}
        tables.append(of_parts(parts))
    safe(published(tables))


@steady
@given(
    st.lists(shares, min_size=3, max_size=3),
    st.lists(st.tuples(st.sampled_from("abc"), st.integers(-6, 6), st.integers(-6, 6)), max_size=3),
    st.lists(shares, min_size=3, max_size=3),
)
def test_no_small_group_follows_from_a_period_and_what_a_later_report_tells_of_it(
    first: list[Count], changes: list[tuple[str, int, int]], second: list[Count]
) -> None:
    parts = dict(zip("abc", first, strict=True))
    tables = [of_parts(parts, "first")]
    for name, more, wider in changes:
        d = max(0, int(parts[name].denominator or 0) + wider)
        parts = {**parts, name: share(min(d, max(0, int(parts[name].numerator) + more)), d)}
        now, sums = of_parts({f"{key}2": count for key, count in zip("abc", second, strict=True)}, "second")
        before = of_parts(parts, "first")[0]["first"]
        both = of_parts({"first": before, "second": now["second"]}, "since the start")
        tables.append(({**now, **both[0]}, [*sums, *both[1]]))
    safe(published(tables))


@settings(steady, max_examples=5)
@given(st.lists(shares, min_size=6, max_size=6), st.lists(shares, min_size=6, max_size=6))
def test_no_small_group_follows_from_organisations_in_one_table_and_a_breakdown_in_another(
    first: list[Count], second: list[Count]
) -> None:
    tables = []
    for cells in (first, second):
        parts = {f"{row}{column}": cells[3 * row + column] for row in range(2) for column in range(3)}
        sums, counts = [], dict(parts)
        for total, named in [(f"row {row}", [f"{row}{c}" for c in range(3)]) for row in range(2)] + [
            (f"column {c}", [f"{row}{c}" for row in range(2)]) for c in range(3)
        ]:
            found, known = of_parts({key: parts[key] for key in named}, total)
            counts |= found
            sums += known
        for kind in ("row", "column"):
            found, known = of_parts({k: v for k, v in counts.items() if k.startswith(kind)}, "all")
            counts |= found
            sums += known
        tables.append((counts, sums))
    safe(published(tables))


@pytest.mark.parametrize(
    ("before", "after", "hidden"),
    [
        pytest.param({"a": (20, 90), "b": (30, 90)}, {"a": (22, 90), "b": (30, 90)}, "a total", id="two more children"),
        pytest.param({"a": (20, 90), "b": (30, 90)}, {"a": (20, 92), "b": (30, 90)}, "a total", id="two more asked"),
        pytest.param({"a": (20, 90), "b": (30, 90)}, {"a": (25, 90), "b": (30, 90)}, "", id="five more may be told"),
        pytest.param({"a": (20, 90), "b": (30, 90)}, {"a": (20, 90), "b": (30, 90)}, "", id="nothing has changed"),
        pytest.param(
            {"a": (20, 90), "b": (30, 90), "c": (40, 90)},
            {"a": (22, 90), "b": (30, 90), "c": (50, 90)},
            "a c",
            id="the part that is hidden too has changed as well: another one would tell",
        ),
        pytest.param(
            {"a": (3, 90), "b": (20, 90), "c": (30, 90)},
            {"a": (3, 90), "b": (20, 90), "c": (30, 90), "d": (15, 90)},
            "a b",
            id="what was hidden beside it stays hidden, though another part is smaller now",
        ),
    ],
)
def test_what_a_corrected_report_hides(
    before: dict[str, tuple[int, int]], after: dict[str, tuple[int, int]], hidden: str
) -> None:
    editions = published([of_parts({key: share(*pair) for key, pair in each.items()}) for each in (before, after)])
    assert " ".join(sorted(editions[1][2])) == hidden
