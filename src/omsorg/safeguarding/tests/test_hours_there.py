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
