"""The worked days of docs/rules/promises-to-children.md are the tables of these tests."""

from datetime import UTC, date, datetime

import pytest

from omsorg.kernel.working_days import free_days_of, read_free_days
from omsorg.ombuds.queries.days import day_at
from omsorg.ombuds.rules.levels import Level
from omsorg.ombuds.rules.promises import check_in_days, is_missed, promise_day, read_promise_days
from omsorg.plans.tests.doc_tables import Row, case, given, rows

PAGE = "promises-to-children"
FREE = read_free_days("NO:2026-12-24,2026-12-25;EG:fri,sat")
DAYS = read_promise_days("national:3,regional:3,global:3,board:5")


@pytest.mark.parametrize("row", rows(PAGE, "The promise day"), ids=case)
def test_the_promise_day(row: Row) -> None:
    free = free_days_of(row["Country"], FREE)
    promised = promise_day(date.fromisoformat(row["Told on"]), Level(row["Level"]), DAYS, free)
    assert promised.isoformat() == row["Promised by"]


@pytest.mark.parametrize("row", rows(PAGE, "Which day it is"), ids=case)
def test_the_day_is_the_childs(row: Row) -> None:
    at = datetime.fromisoformat(row["Instant (UTC)"]).replace(tzinfo=UTC)
    assert day_at(given(row["Country"]) or "", at).isoformat() == row["Day there"]


@pytest.mark.parametrize("row", rows(PAGE, "Missed"), ids=case)
def test_a_promise_is_missed_after_its_day(row: Row) -> None:
    promised = given(row["Promised by"])
    missed = is_missed(date.fromisoformat(promised) if promised else None, date.fromisoformat(row["Today"]))
    assert missed is (row["Missed"] == "yes")


@pytest.mark.parametrize("row", rows(PAGE, "Asking after the child"), ids=case)
def test_somebody_asks_after_the_child(row: Row) -> None:
    days = check_in_days(date.fromisoformat(row["Planned on"]))
    assert [day.isoformat() for day in days] == [row[at] for at in ("14 days", "1 month", "3 months", "6 months")]
