"""A clock that leaps promises nothing and brings nothing up, until it has stood there for two days."""

import logging
from datetime import date, timedelta

import pytest
from django.test import Client

from omsorg.kernel import clock
from omsorg.kernel.wall import as_house
from omsorg.ombuds.actions import childs
from omsorg.ombuds.actions.days import look_after_promises
from omsorg.ombuds.models import Case
from omsorg.ombuds.queries.childs_view import open_with_code
from omsorg.ombuds.rules.known_days import Known
from omsorg.ombuds.rules.levels import Level
from omsorg.ombuds.tests.office import MONDAY, Desks, tell
from omsorg.ombuds.tests.test_childs_pages import send, text

DAY = date(2026, 11, 23)
IN_2036 = MONDAY.replace(year=2036)


@pytest.mark.parametrize(
    ("days", "is_believed"), [(0, True), (14, True), (15, False), (3650, False), (-1, True), (-2, False)]
)
def test_a_day_near_the_newest_known_one_is_believed(days: int, is_believed: bool) -> None:
    assert Known(DAY).believes(DAY + timedelta(days=days)) is is_believed


def test_a_leap_is_believed_when_the_clock_has_stood_there_for_two_days() -> None:
    for leap in (DAY + timedelta(days=60), DAY - timedelta(days=60)):
        known = Known(DAY).after(leap)
        assert known == Known(DAY, leap)
        assert known.after(leap + timedelta(days=1)) == known
        assert known.after(leap + timedelta(days=2)) == Known(leap + timedelta(days=2))
        assert known.after(DAY) == Known(DAY), "put right in time, it has done nothing"
        assert known.after(leap - timedelta(days=30)) == Known(DAY, leap - timedelta(days=30)), "another leap"


def test_nothing_is_promised_or_brought_up_by_a_clock_ten_years_ahead(
    desks: Desks, caplog: pytest.LogCaptureFixture
) -> None:
    look_after_promises(at=MONDAY)
    before = tell("told in time", 1)
    told = tell("told while the clock was wrong", 2, at=IN_2036)
    assert told.promise_on is None
    assert open_with_code(told.code).promise_on == before.promise_on
    with caplog.at_level(logging.ERROR):
        assert look_after_promises(at=IN_2036) == 0
    assert "no promise is looked after" in caplog.text
    childs.add_words(code=before.code, message="more", at=IN_2036)
    assert childs.ask_for_review(code=before.code, at=IN_2036) == before.promise_on
    with as_house():
        levels = sorted((case.level, case.promise_on) for case in Case.objects.all())
    assert levels == [(Level.NATIONAL, before.promise_on), (Level.REGIONAL, before.promise_on)]
    assert look_after_promises(at=MONDAY + timedelta(days=7)) == 2


def test_the_child_reads_that_no_day_can_be_told(desks: Desks, monkeypatch: pytest.MonkeyPatch) -> None:
    look_after_promises(at=MONDAY)
    monkeypatch.setattr(clock, "now", lambda: IN_2036)
    assert "We cannot say today by which day we write to you." in text(send(Client()))
