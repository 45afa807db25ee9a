"""Working days: the table is a week and a half around a weekend, here and where Friday is free."""

from datetime import date

import pytest

from omsorg.kernel.working_days import FreeDays, NotFreeDays, free_days_of, read_free_days

SET = read_free_days("NO:2026-12-24, 2026-12-25; EG: fri,sat ;TZ:2026-11-25")


@pytest.mark.parametrize(
    ("country", "day", "count", "expected"),
    [
        pytest.param("SE", "2026-11-23", 3, "2026-11-26", id="Monday and three days is Thursday"),
        pytest.param("SE", "2026-11-26", 3, "2026-12-01", id="Thursday and three days is Tuesday"),
        pytest.param("SE", "2026-11-28", 1, "2026-11-30", id="from a Saturday the first day is Monday"),
        pytest.param("SE", "2026-11-28", 0, "2026-11-28", id="no days is today"),
        pytest.param("TZ", "2026-11-23", 3, "2026-11-27", id="a free day between"),
        pytest.param("tz", "2026-11-24", 1, "2026-11-26", id="the next day is free"),
        pytest.param("NO", "2026-12-23", 1, "2026-12-28", id="Christmas and a weekend"),
        pytest.param("EG", "2026-11-26", 1, "2026-11-29", id="Friday and Saturday free, Sunday not"),
        pytest.param("", "2026-12-23", 1, "2026-12-24", id="no country known"),
    ],
)
def test_days_are_counted(country: str, day: str, count: int, expected: str) -> None:
    assert free_days_of(country, SET).after(date.fromisoformat(day), count) == date.fromisoformat(expected)


@pytest.mark.parametrize("text", ["NO", "NOR:2026-12-24", "NO:yesterday", ":sat"])
def test_a_setting_that_does_not_read_is_refused(text: str) -> None:
    with pytest.raises(NotFreeDays):
        read_free_days(text)


def test_a_week_without_a_working_day_ends_somewhere() -> None:
    with pytest.raises(NotFreeDays):
        FreeDays(weekend=frozenset(range(7))).after(date(2026, 11, 23), 1)
