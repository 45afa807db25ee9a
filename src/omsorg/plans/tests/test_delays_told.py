"""What is late is told with the latest first; where nobody said why, reader and publisher are told so."""

from dataclasses import replace

import pytest
from django.utils.translation import override

from omsorg.plans.exports.rows import plain_rows_of_delays
from omsorg.plans.pages.twice import look_twice
from omsorg.plans.rules.measures import Cause
from omsorg.plans.rules.snapshot import ReportDocument

from .published_record import march_2024


def delayed() -> ReportDocument:
    """Four actions: one late with a cause, one later without, one on its day, one done early."""
    report = march_2024()
    first = report.actions[0]
    slips = (("A1", 30, Cause.TIME), ("A2", 400, None), ("A3", 0, None), ("A4", -5, None))
    actions = tuple(replace(first, code=code, slip_days=days, cause=cause) for code, days, cause in slips)
    return replace(report, actions=actions)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "no cause given"),
        ("da", "ingen årsag angivet"),
        ("nb", "ingen årsak oppgitt"),
        ("sv", "ingen orsak angiven"),
    ],
)
def test_delays_are_printed_the_latest_first_and_a_missing_cause_in_words(language: str, said: str) -> None:
    with override(language):
        rows = plain_rows_of_delays(delayed())
    assert [row["code"] for row in rows] == ["A2", "A1"]
    assert rows[0]["cause"] == said
    assert rows[1]["cause"] not in ("", said)


@pytest.mark.django_db
def test_the_publisher_is_told_what_is_late_without_a_cause() -> None:
    assert look_twice(delayed()).late_without_cause == ("A2",)
