"""The published record: what was told in four ways is told here in one."""

from fractions import Fraction

from omsorg.plans.rules.bases import ActionStanding, IndicatorStanding, count_actions
from omsorg.plans.rules.measures import Activity, Rating

from .published_record import march_2023, march_2024


def test_march_2023_is_25_of_35_on_both_bases() -> None:
    bases = march_2023().bases
    assert (bases.adopted.good, bases.adopted.total, str(bases.adopted.percent)) == (25, 35, "71.4")
    assert (bases.active.good, bases.active.total, str(bases.active.percent)) == (25, 35, "71.4")


def test_march_2024_is_25_of_35_as_adopted_and_25_of_32_now_active_with_1_not_rated() -> None:
    bases = march_2024().bases
    assert (bases.adopted.completed, bases.adopted.on_track, bases.adopted.off_track) == (13, 12, 6)
    assert (bases.adopted.on_hold_or_changed, bases.adopted.inactive, bases.adopted.changed_not_rated) == (4, 3, 1)
    assert (bases.adopted.good, bases.adopted.total, str(bases.adopted.percent)) == (25, 35, "71.4")
    assert (bases.active.good, bases.active.total, str(bases.active.percent)) == (25, 32, "78.1")
    assert (bases.active.not_rated, bases.active.rated) == (1, 31)
    assert bases.active.share == Fraction(25, 32)


def test_a_completed_indicator_that_was_dropped_is_not_good_any_more() -> None:
    dropped = IndicatorStanding(True, Activity.DROPPED, Rating.COMPLETED)
    assert not dropped.is_good


def test_actions_are_counted_as_actions_and_indicators_as_indicators() -> None:
    good = IndicatorStanding(True, Activity.ACTIVE, Rating.ON_TRACK)
    bad = IndicatorStanding(True, Activity.ACTIVE, Rating.OFF_TRACK)
    counts = count_actions(
        [
            ActionStanding(Activity.ACTIVE, True, (bad, good)),
            ActionStanding(Activity.ACTIVE, False, (bad,)),
            ActionStanding(Activity.ON_HOLD, True, ()),
        ]
    )
    assert (counts.moved, counts.total, counts.active) == (1, 3, 2)
    assert (counts.prioritised_moved, counts.prioritised) == (1, 2)
