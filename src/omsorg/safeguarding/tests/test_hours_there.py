"""Hours are told by the clocks of the country where an incident lies."""

from datetime import UTC, datetime

import pytest
from django.utils.translation import override

from omsorg.safeguarding.pages.words import clock_in_words
from omsorg.safeguarding.rules.clocks import Running
from omsorg.safeguarding.rules.codes import Clock

BEGUN, DUE = datetime(2026, 3, 2, 22, 30, tzinfo=UTC), datetime(2026, 3, 3, 22, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("country", "language", "said"),
    [
        ("TZ", "en", "until 4 March 2026, 01:30 (EAT)"),
        ("NO", "nb", "til 3. mars 2026 kl. 23:30 (CET)"),
        ("XX", "en", "until 3 March 2026, 22:30 (UTC)"),
    ],
)
def test_an_hour_is_told_as_it_is_there(country: str, language: str, said: str) -> None:
    with override(language):
        assert clock_in_words(Running(Clock.TAKE_UP, BEGUN, DUE), BEGUN, country) == said


@pytest.mark.parametrize(
    ("country", "done", "now", "said"),
    [
        ("TZ", datetime(2026, 3, 3, 21, 30, tzinfo=UTC), DUE, "done in time, on 4 March 2026"),
        ("NO", datetime(2026, 3, 5, 9, 0, tzinfo=UTC), DUE, "done on 5 March 2026, 2 days late"),
        ("TZ", None, datetime(2026, 3, 6, 9, 0, tzinfo=UTC), "3 days overdue, since 4 March 2026"),
    ],
)
def test_a_clock_says_on_which_day(country: str, done: datetime | None, now: datetime, said: str) -> None:
    with override("en"):
        assert clock_in_words(Running(Clock.TAKE_UP, BEGUN, DUE, done), now, country) == said


@pytest.mark.parametrize("country", ["TZ", "US"])
def test_a_clock_of_days_is_over_with_the_day_wherever_it_is(country: str) -> None:
    due, now = datetime(2026, 3, 4, tzinfo=UTC), datetime(2026, 3, 5, 12, tzinfo=UTC)
    with override("en"):
        assert clock_in_words(Running(Clock.PLAN, BEGUN, due), BEGUN, country) == "until the end of 3 March 2026"
        assert clock_in_words(Running(Clock.PLAN, BEGUN, due), now, country) == "2 days overdue, since 4 March 2026"
