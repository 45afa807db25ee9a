"""Which days a plan can speak of at all: what lies further off is a slip of the pen, and is asked about."""

from datetime import date, timedelta

from omsorg.kernel.numbers import LAST_DAY, check_within

from .promises import ActionTerms, IndicatorTerms

MOST_YEARS = 25
"""So long before the year in which a plan is adopted, and after the one in which it ends, nothing of it begins, is due
or is put off to. Years are whole, so that one sentence tells them."""


def reach_of(adopted_on: date, runs_until: date) -> tuple[date, date]:
    """The first and the last day that the dates of a plan may have. `runs_until`: the day after its last."""
    ends = max(adopted_on, runs_until - timedelta(days=1)).year
    return date(adopted_on.year - MOST_YEARS, 1, 1), date(min(ends + MOST_YEARS, LAST_DAY.year), 12, 31)


def days_of(terms: ActionTerms | IndicatorTerms) -> tuple[date | None, ...]:
    """Every day that is promised."""
    if isinstance(terms, ActionTerms):
        return terms.starts_on, terms.due_on, terms.done_on
    return (terms.due_on,)


def check_reach(*days: date | None, adopted_on: date, runs_until: date) -> None:
    """Pass, or refuse the first of `days` that no plan of this time can mean."""
    first, last = reach_of(adopted_on, runs_until)
    for day in days:
        if day is not None:
            check_within(day, first, last)
