"""What must hold whatever the figures are: the invariants of the result engine, tried on figures nobody thought of."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from omsorg.kernel.periods import Period
from omsorg.plans.rules.bases import IndicatorStanding, display_percent, two_bases
from omsorg.plans.rules.measures import Activity, Definition, Direction, Figure, Kind, Rating, RollUp, State, TimeRule
from omsorg.plans.rules.paths import Point, TargetFigure, TargetPath, path_value, target_paths
from omsorg.plans.rules.ratings import plan_rating
from omsorg.plans.rules.rollup import Missing, rated_by, roll_up, rolled_figure
from omsorg.plans.rules.status import PeriodFigure, indicator_status
from omsorg.plans.rules.suppression import Count, Sum, hidden_cells
from omsorg.plans.rules.tally import Tally
from omsorg.plans.tests.tallied import contribution, fold

steady = settings(derandomize=True, max_examples=30, deadline=None, database=None)

RATIO = Definition("R", Kind.RATIO, Direction.UP, TimeRule.SUM, RollUp.RATIO_OF_SUMS, threshold=Decimal("0.5"))
COUNT = Definition("C", Kind.COUNT, Direction.UP, TimeRule.SUM, RollUp.SUM, threshold=Decimal(10))
definitions = st.sampled_from([RATIO, COUNT])

amounts = st.decimals(0, 10**12, places=6)
absent = st.sampled_from([state for state in State if not state.has_value]).map(Figure)
figures = st.one_of(
    st.builds(
        lambda state, one, other: Figure(state, min(one, other), max(one, other)),
        st.sampled_from([State.MEASURED, State.ESTIMATED]),
        amounts,
        amounts,
    ),
    absent,
    st.just(Figure(State.MEASURED, Decimal(0), Decimal(0))),
)
answers = st.lists(st.none() | figures, max_size=8)


def tallies(given_answers: list[Figure | None], definition: Definition) -> list[Tally]:
    return [contribution(each, definition) for each in given_answers]


# 1. A percent is never averaged.


@steady
@given(st.lists(st.tuples(st.integers(0, 500), st.integers(1, 500)), min_size=1, max_size=8))
def test_1_a_share_of_shares_is_the_sum_of_numerators_by_the_sum_of_denominators(parts: list[tuple[int, int]]) -> None:
    told = [Figure(State.MEASURED, Decimal(min(pair)), Decimal(max(pair))) for pair in parts]
    found = roll_up(fold(tallies([*told], RATIO)), RATIO)
    assert found.value == Fraction(sum(map(min, parts)), sum(map(max, parts)))
    assert 0 <= (found.value or 0) <= 1


def test_1_one_half_and_99_of_100_are_98_point_04_and_not_74_point_5() -> None:
    told = [Figure(State.MEASURED, Decimal(1), Decimal(2)), Figure(State.MEASURED, Decimal(99), Decimal(100))]
    share = roll_up(fold(tallies([*told], RATIO)), RATIO).value
    assert share is not None
    assert round(share * 100, 2) == Fraction("98.04")


def test_1_half_of_6000_with_80_percent_of_2000_are_57_point_5() -> None:
    told = [
        Figure(State.MEASURED, Decimal(3000), Decimal(6000)),
        Figure(State.MEASURED, Decimal(1600), Decimal(2000)),
    ]
    share = roll_up(fold(tallies([*told], RATIO)), RATIO).value
    assert share is not None
    assert display_percent(share) == Decimal("57.5")


# 2. Where there is nobody to count there is no share.


@steady
@given(st.integers(1, 6))
def test_2_no_cases_is_neither_nought_nor_a_hundred_percent(places: int) -> None:
    nobody = Figure(State.MEASURED, Decimal(0), Decimal(0))
    found = roll_up(fold(tallies([nobody] * places, RATIO)), RATIO)
    assert (found.value, found.missing, found.tally.reported) == (None, Missing.NO_CASES, places)


# 3. Zero and missing are different at every level.


@steady
@given(st.lists(st.none() | absent, max_size=6), definitions)
def test_3_a_sum_of_nothing_is_missing(told: list[Figure | None], definition: Definition) -> None:
    found = roll_up(fold(tallies(told, definition)), definition)
    assert found.value is None
    assert found.missing is not None


@steady
@given(st.lists(st.none() | absent, max_size=6))
def test_3_one_zero_among_the_missing_makes_the_sum_zero(told: list[Figure | None]) -> None:
    found = roll_up(fold(tallies([*told, Figure(State.MEASURED, Decimal(0))], COUNT)), COUNT)
    assert (found.value, found.missing) == (Fraction(0), None)


# 4. Every aggregate carries how many were asked and how many answered.


@steady
@given(answers, definitions)
def test_4_every_expected_answer_is_accounted_for(told: list[Figure | None], definition: Definition) -> None:
    tally = fold(tallies(told, definition))
    accounted = (
        tally.reported + tally.silent + tally.not_collected + tally.suppressed + tally.refused + tally.unreadable
    )
    assert tally.expected == accounted == len(told) - tally.not_applicable
    assert tally.silent == told.count(None)
    assert tally.coverage is None or 0 <= tally.coverage <= 1
    assert roll_up(tally, definition).tally is tally


def test_4_a_thin_figure_is_known_as_thin() -> None:
    tally = Tally(reported=59, expected=100)
    assert tally.is_thin(Fraction(60, 100))
    assert not (tally + Tally(reported=1)).is_thin(Fraction(60, 100))
    assert not Tally().is_thin(Fraction(60, 100))


# 7. Only leaves carry figures; a quoted figure never adds.


@steady
@given(st.lists(st.integers(0, 1000), min_size=1, max_size=5))
def test_7_a_parent_that_quotes_its_children_changes_nothing(parts: list[int]) -> None:
    leaves = [Figure(State.MEASURED, Decimal(part)) for part in parts]
    quoted = Figure(State.MEASURED, Decimal(sum(parts)), quoted=True)
    assert fold(tallies([*leaves, quoted], COUNT)) == fold(tallies([*leaves], COUNT))


def test_7_107_here_and_the_same_107_quoted_above_are_107() -> None:
    own, quoted = Figure(State.MEASURED, Decimal(107)), Figure(State.MEASURED, Decimal(107), quoted=True)
    assert roll_up(fold(tallies([quoted, own], COUNT)), COUNT).value == 107


# 5, 6 and 8 are kept by the database: `test_sums_after_a_move` and `test_board` try them there.


@steady
@given(st.lists(st.integers(0, 1000), min_size=2, max_size=4))
def test_8_a_distinct_count_is_not_additive(values: list[int]) -> None:
    distinct = Definition("D", Kind.COUNT, Direction.UP, TimeRule.DISTINCT, RollUp.DISTINCT)
    told = [contribution(Figure(State.MEASURED, Decimal(value)), distinct) for value in values]
    assert roll_up(fold(told), distinct).missing is Missing.NOT_ADDITIVE


# 11. What was known on a day can be told again on any later day.


@steady
@given(st.lists(st.tuples(st.integers(0, 300), st.integers(0, 4), st.none() | st.integers(1, 100)), max_size=8))
def test_11_a_target_stated_later_changes_nothing_about_an_earlier_day(told: list[tuple[int, int, int | None]]) -> None:
    stated = [
        TargetFigure(date(2024, 1, 1) + timedelta(days=30 * slot), value, date(2023, 1, 1) + timedelta(days=on))
        for on, slot, value in ((on, slot, None if v is None else Decimal(v)) for on, slot, v in told)
    ]
    cut = date(2023, 6, 1)
    known = tuple(path for path in target_paths(stated) if path.stated_on <= cut)
    assert known == target_paths(figure for figure in stated if figure.stated_on <= cut)


# 12. A rating is a pure function of figures, rule version and day.


def standing_of(values: list[int | None], goal: int, on: date) -> object:
    halves = [Period.parse("2022-H1")]
    while len(halves) < len(values):
        halves.append(halves[-1].next())
    told = [
        PeriodFigure(half, Figure(State.NOT_COLLECTED) if value is None else Figure(State.MEASURED, Decimal(value)))
        for half, value in zip(halves, values, strict=False)
    ]
    return indicator_status(
        definition=Definition("I", Kind.STOCK, Direction.UP),
        figures=told,
        paths=[TargetPath(date(2022, 1, 1), (Point(date(2024, 12, 31), Fraction(goal)),))],
        baseline=Point(date(2022, 1, 1), Fraction(0)),
        on=on,
    )


@steady
@given(st.lists(st.none() | st.integers(0, 120), max_size=6), st.dates(date(2022, 1, 1), date(2025, 6, 1)))
def test_12_the_same_figures_on_the_same_day_have_the_same_status(values: list[int | None], on: date) -> None:
    assert standing_of(values, 100, on) == standing_of(values, 100, on)


@steady
@given(
    st.lists(st.none() | st.integers(0, 120), min_size=6, max_size=6),
    st.integers(0, 120),
    st.dates(date(2022, 1, 1), date(2024, 12, 31)),
)
def test_12_a_figure_of_a_period_that_is_not_over_changes_nothing(
    values: list[int | None], later: int, on: date
) -> None:
    ended = values[: (on.year - 2022) * 2 + (on.month > 6)]
    assert standing_of([*ended, later], 100, on) == standing_of(ended, 100, on)


@steady
@given(st.integers(1, 100), st.integers(0, 100), st.integers(0, 100))
def test_12_a_better_figure_never_has_a_worse_status(goal: int, one: int, other: int) -> None:
    order = ["off_track", "at_risk", "on_track", "completed"]
    low, high = sorted((one, other))
    on = date(2023, 8, 15)
    worse, better = (standing_of([0, 0, value], goal, on) for value in (low, high))
    assert order.index(worse.status.value) <= order.index(better.status.value)


@steady
@given(
    st.lists(
        st.builds(
            IndicatorStanding,
            st.booleans(),
            st.sampled_from(Activity),
            st.sampled_from(Rating),
            st.none() | st.sampled_from(Rating),
            st.booleans(),
        ),
        max_size=40,
    )
)
def test_12_every_indicator_is_counted_once_and_what_is_left_out_is_counted_too(
    standings: list[IndicatorStanding],
) -> None:
    bases = two_bases(standings)
    for base in (bases.adopted, bases.active, bases.everything):
        assert base.good + base.off_track + base.not_started + base.not_rated + base.inactive == base.total
        assert base.rated + base.not_rated + base.inactive == base.total
    assert bases.active.inactive == 0
    assert bases.everything.total == len(standings) == bases.adopted.total + bases.added
    assert bases.active.total + bases.everything.inactive == bases.everything.total
    assert bases.everything.good == bases.active.good


# 13. Small cells cannot be reckoned out.


@steady
@given(st.lists(st.integers(0, 9), min_size=1, max_size=4))
def test_13_no_small_count_in_a_row_can_be_reckoned_out(parts: list[int]) -> None:
    counts = {f"part {place}": value for place, value in enumerate(parts)} | {"total": sum(parts)}
    sums = [Sum("total", tuple(key for key in counts if key != "total"))]
    hidden = hidden_cells({key: Count(Decimal(value)) for key, value in counts.items()}, sums)
    assert all(key in hidden for key, value in counts.items() if 0 < value < 5)
    if "total" not in hidden:
        together = sum(counts[key] for key in hidden)
        assert not hidden or (len(hidden) >= 2 and together >= 5)
    assert not hidden or len(hidden) >= 2


@settings(steady, max_examples=30)
@given(st.lists(st.integers(0, 6), min_size=6, max_size=6))
def test_13_no_hidden_count_in_a_table_follows_from_its_rows_and_columns(cells: list[int]) -> None:
    counts = {f"{row}{column}": cells[3 * row + column] for row in range(2) for column in range(3)}
    sums = [Sum(f"row {row}", tuple(f"{row}{column}" for column in range(3))) for row in range(2)]
    sums += [Sum(f"column {column}", tuple(f"{row}{column}" for row in range(2))) for column in range(3)]
    counts |= {each.total: sum(counts[part] for part in each.parts) for each in sums}
    hidden = hidden_cells({key: Count(Decimal(value)) for key, value in counts.items()}, sums)
    assert all(key in hidden for key, value in counts.items() if 0 < value < 5)
    assert not forced(hidden, sums)


def forced(hidden: frozenset[str], sums: list[Sum[str]]) -> set[str]:
    """The hidden cells that every solution of the sums gives the same value: no direction leads out of them."""
    unknown = sorted(hidden)
    matrix = [
        [Fraction((key in each.parts) - (key == each.total)) for key in unknown]
        for each in sums
        if hidden & {each.total, *each.parts}
    ]
    rank = rank_of(matrix)
    units = [[Fraction(place == other) for other in range(len(unknown))] for place in range(len(unknown))]
    return {key for key, unit in zip(unknown, units, strict=True) if rank_of([*matrix, unit]) == rank}


def rank_of(matrix: list[list[Fraction]]) -> int:
    rows, rank = [row[:] for row in matrix], 0
    for column in range(len(rows[0]) if rows else 0):
        pivot = next((place for place in range(rank, len(rows)) if rows[place][column]), None)
        if pivot is None:
            continue
        rows[rank], rows[pivot] = rows[pivot], rows[rank]
        for place in range(rank + 1, len(rows)):
            factor = rows[place][column] / rows[rank][column]
            rows[place] = [a - factor * b for a, b in zip(rows[place], rows[rank], strict=True)]
        rank += 1
    return rank


# 14. The first target stays visible beside the present one.


@steady
@given(st.lists(st.tuples(st.integers(0, 400), st.integers(1, 500)), min_size=1, max_size=6))
def test_14_the_first_target_is_shown_however_often_it_is_revised(revisions: list[tuple[int, int]]) -> None:
    stated = [
        TargetPath(
            date(2022, 1, 1) + timedelta(days=place),
            (Point(date(2024, 1, 1) + timedelta(days=later), Fraction(value)),),
        )
        for place, (later, value) in enumerate(revisions)
    ]
    found = indicator_status(
        definition=Definition("I", Kind.STOCK, Direction.UP),
        figures=[],
        paths=stated[::-1],
        baseline=Point(date(2022, 1, 1), Fraction(0)),
        on=date(2023, 1, 1),
    )
    assert (found.first_target, found.present_target) == (stated[0].goal, stated[-1].goal)
    assert found.against_first is not None


# 15. Exact decimals throughout.


@steady
@given(st.lists(st.decimals(-(10**24), 10**24, places=6), max_size=12))
def test_15_sums_keep_every_digit(parts: list[Decimal]) -> None:
    tally = fold(Tally(numerator=part, reported=1, expected=1) for part in parts)
    assert Fraction(tally.numerator) == sum(map(Fraction, parts), Fraction(0))


@steady
@given(st.fractions(0, 1, max_denominator=5000))
def test_15_a_displayed_percentage_is_the_nearest_tenth_half_to_even(share: Fraction) -> None:
    shown = display_percent(share)
    distance = abs(Fraction(shown) - share * 100)
    assert distance <= Fraction(1, 20)
    assert distance < Fraction(1, 20) or int(shown * 10) % 2 == 0
    assert shown.as_tuple().exponent == -1


# 16. What cannot be read is unreadable, never nought.


@steady
@given(answers, definitions)
def test_16_an_unreadable_answer_adds_nothing_and_is_counted(told: list[Figure | None], definition: Definition) -> None:
    without = fold(tallies(told, definition))
    with_one = fold(tallies([*told, Figure(State.UNREADABLE, published="1.000")], definition))
    assert (with_one.numerator, with_one.reported) == (without.numerator, without.reported)
    assert (with_one.unreadable, with_one.expected) == (without.unreadable + 1, without.expected + 1)


# The path and the roll-up as they are rated.


@steady
@given(st.lists(st.tuples(st.integers(1, 1000), st.integers(-50, 50)), min_size=1, max_size=5), st.integers(0, 1200))
def test_a_path_lies_between_its_neighbouring_points(points: list[tuple[int, int]], after: int) -> None:
    start = date(2022, 1, 1)
    named = dict(points)
    path = TargetPath(start, tuple(Point(start + timedelta(days=d), Fraction(v)) for d, v in named.items()))
    baseline = Point(start, Fraction(0))
    known = {0: 0} | named
    before = max(d for d in known if d <= after)
    behind = min((d for d in known if d > after), default=before)
    found = path_value(baseline, path, start + timedelta(days=after))
    assert min(known[before], known[behind]) <= found <= max(known[before], known[behind])
    assert path_value(baseline, path, start + timedelta(days=before)) == known[before]


@steady
@given(answers, st.sampled_from(RollUp), st.sampled_from([Kind.COUNT, Kind.RATIO, Kind.RATE, Kind.STOCK]))
def test_a_rolled_up_figure_is_the_value_it_was_rolled_up_to(
    told: list[Figure | None], rule: RollUp, kind: Kind
) -> None:
    assume(not (rule is RollUp.SUM and kind.needs_denominator))
    assume(not (rule is RollUp.RATIO_OF_SUMS and not kind.needs_denominator))
    definition = Definition("I", kind, Direction.UP, TimeRule.LAST, rule, threshold=Decimal(1), per=1000)
    rolled = roll_up(fold(tallies(told, definition)), definition)
    figure = rolled_figure(rolled, definition)
    assert figure.value(rated_by(definition)) == rolled.value
    assert figure.state.has_value or rolled.missing is not Missing.NO_CASES


def test_the_words_of_the_plan_cover_every_computed_status() -> None:
    from omsorg.plans.rules.measures import Status

    told = {status.value: plan_rating(status).value for status in Status}
    assert told == {
        "completed": "completed",
        "on_track": "on_track",
        "at_risk": "off_track",
        "off_track": "off_track",
        "not_due": "not_started",
        "no_data": "not_rated",
        "not_rated": "not_rated",
    }
