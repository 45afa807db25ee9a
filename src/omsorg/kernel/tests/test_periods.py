"""A period is a calendar month, quarter, half or year; nothing else."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omsorg.kernel.periods import NoSuchPeriod, Period

days = st.dates(date(2, 1, 1), date(9997, 12, 31))
lengths = st.sampled_from([1, 3, 6, 12])
periods = st.builds(Period.holding, days, lengths)


@pytest.mark.parametrize(
    ("code", "first", "after"),
    [
        pytest.param("2024-H1", date(2024, 1, 1), date(2024, 7, 1), id="a half-year is six months"),
        pytest.param("2024-H2", date(2024, 7, 1), date(2025, 1, 1), id="the second half ends with the year"),
        pytest.param("2024-Q3", date(2024, 7, 1), date(2024, 10, 1), id="the third quarter begins in July"),
        pytest.param("2024-05", date(2024, 5, 1), date(2024, 6, 1), id="a month is written with two digits"),
        pytest.param("2024-12", date(2024, 12, 1), date(2025, 1, 1), id="December ends with the year"),
        pytest.param("2024", date(2024, 1, 1), date(2025, 1, 1), id="a year has no suffix"),
    ],
)
def test_a_code_names_its_days(code: str, first: date, after: date) -> None:
    period = Period.parse(code)
    assert (period.start, period.until, period.code, str(period)) == (first, after, code, code)


@pytest.mark.parametrize(
    "code", ["", "2024-H3", "2024-Q0", "2024-13", "24", "2024-5", "0000", "2024-H1 ", "9999-H1", "٢٠٢٤"]
)
def test_what_is_not_a_period_is_refused(code: str) -> None:
    with pytest.raises(NoSuchPeriod):
        Period.parse(code)


@pytest.mark.parametrize(
    ("start", "months"),
    [
        pytest.param(date(2024, 2, 1), 3, id="no quarter begins in February"),
        pytest.param(date(2024, 1, 2), 1, id="no month begins on the second"),
        pytest.param(date(2024, 1, 1), 2, id="nobody reports every two months"),
    ],
)
def test_a_period_begins_where_the_calendar_says(start: date, months: int) -> None:
    with pytest.raises(NoSuchPeriod):
        Period(start, months)


def test_the_calendar_has_a_first_and_a_last_period() -> None:
    with pytest.raises(NoSuchPeriod):
        Period.parse("0001").previous()
    with pytest.raises(NoSuchPeriod):
        Period.parse("9998").next()
    with pytest.raises(NoSuchPeriod):
        Period.holding(date(2024, 1, 1), 5)


@given(periods)
def test_the_code_is_read_back(period: Period) -> None:
    assert Period.parse(period.code) == period


@given(periods)
def test_following_periods_share_no_day_and_leave_none_out(period: Period) -> None:
    assert period.next().start == period.until
    assert period.next().previous() == period
    assert not period.includes(period.until)
    assert period.includes(period.until - timedelta(days=1))
    assert Period.holding(period.until, period.months) == period.next()
    assert Period.holding(period.until - timedelta(days=1), period.months) == period


@given(days, lengths, lengths)
def test_shorter_periods_nest_in_longer_ones(day: date, one: int, other: int) -> None:
    small, large = Period.holding(day, min(one, other)), Period.holding(day, max(one, other))
    assert large.start <= small.start <= day < small.until <= large.until
    assert (small == large) == (one == other)
