"""Days that somebody gives: none so far ahead, and none so long ago, that nothing would ever come of it."""

from datetime import date, timedelta

from omsorg.kernel.refusals import Refusal
from omsorg.kernel.refusals import written as _

YEAR = 366
HOLD, DUTY, NEED, FOLLOW_UP, MEASURE = YEAR, YEAR, YEAR, 3 * YEAR, 3 * YEAR
"""How many days ahead a day may lie: of review, of a duty to tell, by which a need is met, on which help or a measure
is looked at."""
PAST = 40 * YEAR
"""How many days back something that was done may lie."""


class TooFarAhead(Refusal):
    sentence = _("This day is too far ahead: choose one within %(days)s days from today.")


class TooLongAgo(Refusal):
    sentence = _("This day is too long ago: choose one of the last %(days)s days.")


class DayIsPast(Refusal):
    sentence = _("Choose a day that is still to come.")


class NotInFuture(Refusal):
    sentence = _("This day has not come yet.")


def not_in_future(on: date, today: date) -> date:
    """A day that has come; refused where it has not, and where it is longer ago than anybody here can tell of."""
    if on > today:
        raise NotInFuture
    return not_before(on, today, at_most=PAST)


def not_before(on: date, today: date, *, at_most: int) -> date:
    """A day that lies no more than so many days back."""
    if on < today - timedelta(days=at_most):
        raise TooLongAgo(days=at_most)
    return on


def ahead(on: date, today: date, *, at_most: int, earliest: int = 0) -> date:
    """A day that is still to come, `earliest` days from today at the soonest, and no more than `at_most` days off."""
    if on < today + timedelta(days=earliest):
        raise DayIsPast
    if on > today + timedelta(days=at_most):
        raise TooFarAhead(days=at_most)
    return on
