"""Which days a plan can speak of at all: what lies further off is a slip of the pen, and is asked about."""

from datetime import date, timedelta

from omsorg.kernel.numbers import LAST_DAY, DayOutOfReach, DaySaid

from .promises import ActionTerms, IndicatorTerms

MOST_DAYS = 25 * 366
"""So long before a plan is adopted, and after it has ended, nothing of it begins, is due or is put off to."""


def reach_of(adopted_on: date, runs_until: date) -> tuple[date, date]:
    """The first and the last day that the dates of a plan may have."""
    last = LAST_DAY if runs_until > LAST_DAY - timedelta(days=MOST_DAYS) else runs_until + timedelta(days=MOST_DAYS)
    return adopted_on - timedelta(days=MOST_DAYS), last


def days_of(terms: ActionTerms | IndicatorTerms) -> tuple[date | None, ...]:
    """Every day that is promised."""
    if isinstance(terms, ActionTerms):
        return terms.starts_on, terms.due_on, terms.done_on
    return (terms.due_on,)


def check_reach(*days: date | None, adopted_on: date, runs_until: date) -> None:
    """Pass, or refuse the first of `days` that no plan of this time can mean."""
    first, last = reach_of(adopted_on, runs_until)
    for day in days:
        if day is not None and not first <= day <= last:
            raise DayOutOfReach(day=DaySaid.of(day), first=DaySaid.of(first), last=DaySaid.of(last))
