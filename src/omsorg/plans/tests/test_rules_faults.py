"""Faults that other systems were seen to have, each with the test that it cannot happen here."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from omsorg.kernel.periods import Period
from omsorg.plans.rules.definitions import PercentNeverAdded
from omsorg.plans.rules.measures import Definition, Direction, Figure, Kind, Rating, RollUp, State, Status, TimeRule
from omsorg.plans.rules.observations import PartsExceedTotal, check_sum
from omsorg.plans.rules.paths import Point, TargetPath
from omsorg.plans.rules.ratings import Override, stated_rating
from omsorg.plans.rules.rollup import Missing, roll_up
from omsorg.plans.rules.status import RULE_VERSION, PeriodFigure, indicator_status
from omsorg.plans.rules.tally import Tally
from omsorg.plans.tests.tallied import contribution, fold

RATIO = Definition("R", Kind.RATIO, Direction.UP, TimeRule.SUM, RollUp.RATIO_OF_SUMS)
COUNT = Definition("C", Kind.COUNT, Direction.UP, TimeRule.SUM, RollUp.SUM)
STOCK = Definition("S", Kind.STOCK, Direction.UP, TimeRule.LAST, RollUp.SUM)


def told(*numbers: int | None, definition: Definition = COUNT) -> Tally:
    figures = (None if number is None else Figure(State.MEASURED, Decimal(number)) for number in numbers)
    return fold(contribution(figure, definition) for figure in figures)


def share(numerator: int, denominator: int) -> Tally:
    return contribution(Figure(State.MEASURED, Decimal(numerator), Decimal(denominator)), RATIO)


def test_an_average_of_percents_cannot_be_made() -> None:
    assert roll_up(share(1, 2) + share(99, 100), RATIO).value == Fraction(100, 102)
    added = Definition("R", Kind.RATIO, Direction.UP, TimeRule.SUM, RollUp.SUM)
    with pytest.raises(PercentNeverAdded, match="R is a share"):
        roll_up(share(1, 2), added)


def test_a_zero_is_not_lost() -> None:
    assert roll_up(told(0), COUNT).value == 0
    assert roll_up(told(0, None), COUNT).tally.reported == 1


def test_the_missing_is_not_a_zero() -> None:
    found = roll_up(told(None, None), COUNT)
    assert (found.value, found.missing) == (None, Missing.NOT_REPORTED)
    worst = Definition("W", Kind.STOCK, Direction.UP, TimeRule.LAST, RollUp.WORST)
    assert roll_up(told(7, None, definition=worst), worst).value == 7


def test_zero_by_zero_is_not_zero() -> None:
    assert roll_up(share(0, 0), RATIO).missing is Missing.NO_CASES
    assert RATIO.value_of(Decimal(0), Decimal(0)) is None


def test_a_parent_and_its_child_are_not_both_added() -> None:
    quoted = contribution(Figure(State.MEASURED, Decimal(107), quoted=True), COUNT)
    assert roll_up(told(107) + quoted, COUNT).value == 107


def test_disaggregates_that_do_not_equal_the_total_are_refused_or_leave_an_explicit_unknown() -> None:
    with pytest.raises(PartsExceedTotal, match="more than the total"):
        check_sum(Decimal(10), [Decimal(6), Decimal(5)], "sex")
    assert check_sum(Decimal(10), [Decimal(4), Decimal(5)], "sex") == 1


def test_no_figure_is_deleted_by_a_new_definition() -> None:
    """A definition is a value beside the figures: the same figure is read by both, and neither changes it."""
    figure = Figure(State.MEASURED, Decimal(3), Decimal(2000))
    per_thousand = Definition("R2", Kind.RATE, Direction.DOWN, TimeRule.SUM, RollUp.RATIO_OF_SUMS, per=1000)
    assert (figure.value(RATIO), figure.value(per_thousand)) == (Fraction(3, 2000), Fraction(3, 2))
    assert figure == Figure(State.MEASURED, Decimal(3), Decimal(2000))


def test_a_status_is_not_typed_by_hand_without_a_rule_or_a_reason() -> None:
    standing = indicator_status(
        definition=STOCK,
        figures=[PeriodFigure(Period.parse("2022-H1"), Figure(State.MEASURED, Decimal(10)))],
        paths=[TargetPath(date(2021, 6, 30), (Point(date(2023, 6, 30), Fraction(100)),))],
        baseline=Point(date(2021, 6, 30), Fraction(0)),
        on=date(2022, 8, 15),
    )
    assert (standing.status, standing.rule_version) == (Status.OFF_TRACK, RULE_VERSION)
    override = Override(Rating.ON_TRACK, "A law has passed.", date(2022, 8, 1), date(2022, 12, 1))
    stated, _source = stated_rating(override=override, computed=standing.status, self_rating=None, on=date(2022, 8, 15))
    lapsed, _source = stated_rating(override=override, computed=standing.status, self_rating=None, on=date(2022, 12, 1))
    assert (stated, lapsed) == (Rating.ON_TRACK, Rating.OFF_TRACK)
    assert standing.status is Status.OFF_TRACK


@pytest.mark.parametrize(
    ("direction", "shares", "worst"),
    [
        (Direction.UP, [(60, 100), (80, 100), (90, 100)], (60, 100)),
        (Direction.DOWN, [(10, 100), (30, 60)], (30, 60)),
        (Direction.UP, [(3, 5), (60, 100), (90, 100)], (60, 100)),
    ],
    ids=["the lowest", "the highest", "of equal ones that of more people"],
)
def test_the_worst_is_told_with_the_numbers_of_its_organisation_and_not_with_a_fraction_of_them(
    direction: Direction, shares: list[tuple[int, int]], worst: tuple[int, int]
) -> None:
    definition = Definition("W", Kind.RATIO, direction, TimeRule.LAST, RollUp.WORST)
    for order in (shares, shares[::-1]):
        found = roll_up(fold(share(*each) for each in order), definition)
        assert (found.value, found.numerator, found.denominator) == (Fraction(*worst), *worst)
