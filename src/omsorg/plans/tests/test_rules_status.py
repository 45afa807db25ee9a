"""What the tables of the page on status do not show: estimates, running counts, revised targets, absences."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from omsorg.kernel.periods import Period
from omsorg.plans.rules.measures import Definition, Direction, Figure, Kind, RollUp, State, Status, TimeRule
from omsorg.plans.rules.paths import Point, TargetFigure, TargetPath, target_paths
from omsorg.plans.rules.rollup import rated_by, roll_up, rolled_figure
from omsorg.plans.rules.status import PeriodFigure, Standing, Why, indicator_status, last_due_period
from omsorg.plans.tests.tallied import contribution, fold

START, GOAL = date(2021, 12, 31), date(2023, 12, 31)
STOCK = Definition("S", Kind.STOCK, Direction.UP)


def judged(*told: tuple[str, Figure], on: date = date(2022, 8, 15), definition: Definition = STOCK) -> Standing:
    return indicator_status(
        definition=definition,
        figures=[PeriodFigure(Period.parse(code), figure) for code, figure in told],
        paths=[TargetPath(START, (Point(GOAL, Fraction(100)),))],
        baseline=Point(START, Fraction(0)),
        on=on,
    )


@pytest.mark.parametrize(
    ("figure", "status", "why"),
    [
        pytest.param(Figure(State.MEASURED, Decimal(100)), Status.COMPLETED, Why.REACHED, id="measured and final"),
        pytest.param(
            Figure(State.ESTIMATED, Decimal(100)),
            Status.ON_TRACK,
            Why.REACHED_NOT_FINAL,
            id="an estimate completes nothing",
        ),
        pytest.param(
            Figure(State.MEASURED, Decimal(100), is_final=False),
            Status.ON_TRACK,
            Why.REACHED_NOT_FINAL,
            id="a provisional figure completes nothing",
        ),
        pytest.param(Figure(State.NOT_COLLECTED), Status.NO_DATA, Why.ANSWER_MISSING, id="not collected"),
        pytest.param(Figure(State.REFUSED), Status.NO_DATA, Why.ANSWER_MISSING, id="refused"),
        pytest.param(Figure(State.UNREADABLE), Status.NO_DATA, Why.ANSWER_MISSING, id="unreadable"),
        pytest.param(Figure(State.NOT_APPLICABLE), Status.NOT_RATED, Why.NOT_APPLICABLE, id="does not apply"),
        pytest.param(
            Figure(State.MEASURED, Decimal(100), quoted=True), Status.NO_DATA, Why.ANSWER_MISSING, id="only quoted"
        ),
    ],
)
def test_what_a_single_figure_decides(figure: Figure, status: Status, why: Why) -> None:
    found = judged(("2022-H1", figure))
    assert (found.status, found.why) == (status, why)


def test_a_ratio_without_cases_is_not_rated() -> None:
    definition = Definition("R", Kind.RATIO, Direction.UP)
    found = judged(("2022-H1", Figure(State.MEASURED, Decimal(0), Decimal(0))), definition=definition)
    assert (found.status, found.why) == (Status.NOT_RATED, Why.NO_CASES)


def test_words_are_not_rated_by_a_rule() -> None:
    definition = Definition("Q", Kind.QUALITATIVE, Direction.UP)
    found = judged(("2022-H1", Figure(State.MEASURED, text="good")), definition=definition)
    assert (found.status, found.why) == (Status.NOT_RATED, Why.NOT_RATEABLE)


def test_after_the_day_of_the_goal_no_more_answers_are_asked_for() -> None:
    found = judged(("2023-H2", Figure(State.MEASURED, Decimal(100))), on=date(2025, 6, 1))
    assert (found.status, found.value_on) == (Status.COMPLETED, GOAL)


def test_the_year_counts_before_the_half_that_ends_with_it() -> None:
    found = judged(
        ("2022", Figure(State.MEASURED, Decimal(60))),
        ("2022-H2", Figure(State.MEASURED, Decimal(10))),
        on=date(2023, 2, 15),
    )
    assert found.value == 60


def test_what_accumulates_is_added_from_the_start() -> None:
    trained = Definition("T", Kind.COUNT, Direction.UP, TimeRule.SUM, RollUp.SUM, accumulates=True)
    halves = [
        ("2021-H2", Figure(State.MEASURED, Decimal(1000))),
        ("2022-H1", Figure(State.MEASURED, Decimal(30))),
        ("2022-H2", Figure(State.MEASURED, Decimal(25))),
        ("2022", Figure(State.MEASURED, Decimal(55))),
    ]
    found = judged(*halves, on=date(2023, 2, 15), definition=trained)
    assert (found.value, found.status) == (55, Status.ON_TRACK)


def test_a_put_off_target_shows_how_it_would_go_by_the_first() -> None:
    figures = [
        TargetFigure(date(2022, 12, 31), Decimal(100), date(2021, 12, 31)),
        TargetFigure(date(2022, 12, 31), None, date(2022, 6, 1)),
        TargetFigure(date(2024, 12, 31), Decimal(90), date(2022, 6, 1)),
    ]
    found = indicator_status(
        definition=STOCK,
        figures=[PeriodFigure(Period.parse("2022-H1"), Figure(State.MEASURED, Decimal(20)))],
        paths=target_paths(figures),
        baseline=Point(START, Fraction(0)),
        on=date(2022, 8, 15),
    )
    assert found.first_target == Point(date(2022, 12, 31), Fraction(100))
    assert found.present_target == Point(date(2024, 12, 31), Fraction(90))
    assert (found.status, found.against_first) == (Status.ON_TRACK, Status.OFF_TRACK)


def test_a_target_stated_after_the_day_is_not_known_yet() -> None:
    found = indicator_status(
        definition=STOCK,
        figures=[],
        paths=[TargetPath(date(2023, 1, 1), (Point(GOAL, Fraction(100)),))],
        baseline=Point(START, Fraction(0)),
        on=date(2022, 8, 15),
    )
    assert (found.status, found.why, found.first_target) == (Status.NOT_RATED, Why.NO_TARGET, None)


def test_an_unratable_milestone_and_one_without_a_day() -> None:
    reached = [PeriodFigure(Period.parse("2022-H1"), Figure(State.MEASURED, Decimal(1), reached_on=date(2022, 5, 2)))]
    for definition, paths, why in (
        (Definition("M", Kind.MILESTONE, is_ratable=False), [TargetPath(START, (Point(GOAL),))], Why.NOT_RATEABLE),
        (Definition("M", Kind.MILESTONE), [], Why.NO_TARGET),
    ):
        found = indicator_status(
            definition=definition, figures=reached, paths=paths, baseline=None, on=date(2022, 8, 15)
        )
        assert (found.status, found.why, found.value_on) == (Status.NOT_RATED, why, date(2022, 5, 2))


@pytest.mark.parametrize(
    ("on", "months", "grace", "period"),
    [
        pytest.param(date(2024, 7, 30), 6, 30, "2023-H2", id="the last day of grace"),
        pytest.param(date(2024, 7, 31), 6, 30, "2024-H1", id="the day after"),
        pytest.param(date(2024, 7, 1), 6, 0, "2024-H1", id="no grace"),
        pytest.param(date(2024, 1, 15), 12, 30, "2022", id="a year"),
    ],
)
def test_the_last_period_that_is_due(on: date, months: int, grace: int, period: str) -> None:
    assert last_due_period(on, months=months, grace_days=grace).code == period


def test_the_half_year_that_ends_on_the_day_of_the_baseline_is_not_asked_for() -> None:
    assert judged(on=date(2022, 3, 1)).status is Status.NOT_DUE
    assert judged(on=date(2022, 8, 15)).status is Status.NO_DATA


@pytest.mark.parametrize(
    ("answers", "status"),
    [
        pytest.param([1, 1, 1], Status.COMPLETED, id="all have, and it is completed"),
        pytest.param([1, 0, 1], Status.AT_RISK, id="two of three is not reached, though two is more than one"),
        pytest.param([1, None, 1], Status.AT_RISK, id="one is silent, so nobody knows"),
    ],
)
def test_what_all_must_reach_is_rated_as_reached_or_not(answers: list[int | None], status: Status) -> None:
    homes = Definition(
        "H", Kind.COUNT, Direction.UP, TimeRule.LAST, RollUp.ALL_MUST, threshold=Decimal(1), comparison=None
    )
    tally = fold(
        contribution(None if each is None else Figure(State.MEASURED, Decimal(each)), homes) for each in answers
    )
    found = indicator_status(
        definition=rated_by(homes),
        figures=[PeriodFigure(Period.parse("2022-H1"), rolled_figure(roll_up(tally, homes), homes, evidence=True))],
        paths=[TargetPath(START, (Point(date(2022, 8, 1), Fraction(1)),))],
        baseline=None,
        on=date(2022, 8, 15),
    )
    assert found.status is status


def since_the_start(answered_last: int, *, on: date) -> Standing:
    """25 in each of three half-years from all of 130, and 0 in the fourth from `answered_last` of them."""
    rows = [("2022-H1", 25, 130), ("2022-H2", 25, 130), ("2023-H1", 25, 130), ("2023-H2", 0, answered_last)]
    return indicator_status(
        definition=Definition(
            "S", Kind.COUNT, Direction.UP, time_rule=TimeRule.SUM, roll_up=RollUp.SUM, accumulates=True
        ),
        figures=[
            PeriodFigure(Period.parse(code), Figure(State.MEASURED, Decimal(number)), answered, 130)
            for code, number, answered in rows
            if answered
        ],
        paths=[TargetPath(date(2021, 12, 31), (Point(date(2023, 12, 31), Fraction(100)),))],
        baseline=Point(date(2021, 12, 31), Fraction(0)),
        on=on,
        coverage_floor=Fraction(60, 100),
    )


@pytest.mark.parametrize("answered", [0, 1, 77])
def test_what_a_few_say_of_the_newest_period_does_not_pass_for_what_happened_in_it(answered: int) -> None:
    within, after = (since_the_start(answered, on=day) for day in (date(2024, 1, 10), date(2024, 2, 10)))
    assert (within.status, within.value) == (Status.ON_TRACK, 75)
    assert within.why is (Why.EARLIER_FIGURES if answered else Why.PATH)
    assert after.status is Status.NO_DATA
    assert after.why is (Why.TOO_FEW_ANSWERS if answered else Why.ANSWER_MISSING)


def test_what_enough_say_of_the_newest_period_counts() -> None:
    assert since_the_start(78, on=date(2024, 2, 10)).status is Status.AT_RISK
