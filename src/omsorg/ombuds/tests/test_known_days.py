"""Days are those of where the child is; a clock that leaps promises nothing until it has stood there for two days."""

import logging
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client

from omsorg.kernel import clock
from omsorg.kernel.wall import as_house
from omsorg.ombuds.access import at_the_desk
from omsorg.ombuds.actions import cases, childs, handing_over, sharing, watching
from omsorg.ombuds.actions.days import look_after_promises
from omsorg.ombuds.actions.submissions import Submitted
from omsorg.ombuds.models import Assent, Case, CheckIn
from omsorg.ombuds.pages.desk import promised
from omsorg.ombuds.queries.childs_view import open_with_code
from omsorg.ombuds.queries.desk import my_cases
from omsorg.ombuds.rules import refusals
from omsorg.ombuds.rules.known_days import Known
from omsorg.ombuds.rules.levels import Level
from omsorg.ombuds.tests.office import MONDAY, Desks, tell
from omsorg.ombuds.tests.test_childs_pages import come_back, said, send, text

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


# ---- where the child is ----------------------------------------------------------------------------------------

MONDAY_NIGHT_IN_MONTEVIDEO = datetime(2026, 11, 24, 1, 30, tzinfo=UTC)
TUESDAY_NIGHT_IN_ARUSHA = datetime(2026, 11, 23, 22, 30, tzinfo=UTC)


def from_montevideo(number: int = 1) -> Submitted:
    """Told at half past ten on Monday evening, Tuesday by the clock of the house."""
    return tell(number=number, country="UY", language="es", at=MONDAY_NIGHT_IN_MONTEVIDEO)


def at_gros_desk(desks: Desks, told: Submitted, at: datetime = MONDAY_NIGHT_IN_MONTEVIDEO) -> dict[str, object]:
    return {"case": told.case_id, "at": at, **desks.at("gro")}


def case_of(told: Submitted) -> Case:
    with as_house():
        return Case.objects.get(pk=int(told.case_id, 16))


@pytest.mark.parametrize(
    ("country", "at", "on", "by"),
    [
        pytest.param("UY", MONDAY_NIGHT_IN_MONTEVIDEO, 23, 26, id="still Monday west of the house"),
        pytest.param("TZ", TUESDAY_NIGHT_IN_ARUSHA, 24, 27, id="Tuesday already, east of it"),
        pytest.param("", MONDAY_NIGHT_IN_MONTEVIDEO, 24, 27, id="where nobody knows the country, the day of the house"),
    ],
)
def test_the_day_on_which_a_child_told_something_is_the_day_where_it_is(
    desks: Desks, country: str, at: datetime, on: int, by: int
) -> None:
    told = tell(country=country, wants="Come", at=at)
    found = open_with_code(told.code)
    days = (found.opened_on.day, found.messages[0].on.day, told.promise_on.day, found.promise_on.day)
    assert days == (on, on, by, by)
    childs.add_words(code=told.code, message="more", at=at)
    assert [each.on.day for each in open_with_code(told.code).messages] == [on, on]


def test_the_weekday_that_a_child_reads_is_its_own(desks: Desks, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: MONDAY_NIGHT_IN_MONTEVIDEO)
    child = Client()
    kept = send(child, at="uy")
    assert "Friday" in text(kept)
    assert "Saturday" not in text(kept)
    page = text(come_back(child, said(kept)))
    assert "Monday" in page
    assert "Tuesday" not in page


@pytest.mark.parametrize(
    ("country", "told_at", "midnight", "promised_anew"),
    [
        ("UY", MONDAY_NIGHT_IN_MONTEVIDEO, datetime(2026, 11, 27, 3, tzinfo=UTC), date(2026, 12, 2)),
        ("TZ", MONDAY, datetime(2026, 11, 26, 21, tzinfo=UTC), date(2026, 12, 2)),
    ],
    ids=["west", "east"],
)
def test_a_promise_is_kept_until_midnight_where_the_child_is_and_missed_from_then(
    desks: Desks, country: str, told_at: datetime, midnight: datetime, promised_anew: date
) -> None:
    told = tell(country=country, at=told_at)
    assert told.promise_on == date(2026, 11, 26)
    for moment, missed in ((midnight - timedelta(minutes=1), False), (midnight, True)):
        with at_the_desk(desks.person("amina" if country == "TZ" else "gro")):
            [row] = my_cases(desks.person("amina" if country == "TZ" else "gro"), at=moment)
        assert (row.is_missed, promised(row).is_missed) == (missed, missed)
        assert watching.raise_missed_promises(at=moment) == missed
    assert open_with_code(told.code).promise_on == promised_anew


def test_what_is_answered_and_asked_on_a_childs_day_bears_that_day(desks: Desks) -> None:
    told = from_montevideo()
    give = at_gros_desk(desks, told)
    monday = date(2026, 11, 23)
    cases.answer_child(message="We are coming", promise_on=monday, **give)
    cases.take_down_words(message="She said more", on=date(2026, 11, 24), **give)
    with pytest.raises(refusals.DayAhead):
        cases.take_down_words(message="Tomorrow", on=date(2026, 11, 25), **give)
    number = sharing.ask_assent(what="All", to_whom="My aunt", until_on=monday, **give)
    childs.answer_assent(code=told.code, number=number, agrees=True, at=MONDAY_NIGHT_IN_MONTEVIDEO)
    watching.raise_alarm(found="They locked her in", **give)
    found = open_with_code(told.code)
    assert {each.on for each in found.messages} == {monday}
    assert found.sharings[0].asked_on == monday
    with at_the_desk(desks.person("gro")):
        assert CheckIn.objects.get(done_on__isnull=False).due_on == monday
        assert Assent.objects.get().answered_on == monday


def test_a_yes_holds_until_midnight_where_the_child_is(desks: Desks) -> None:
    told = from_montevideo()
    give = at_gros_desk(desks, told)
    number = sharing.ask_assent(what="All", to_whom="My aunt", until_on=date(2026, 11, 24), **give)
    childs.answer_assent(code=told.code, number=number, agrees=True, at=MONDAY_NIGHT_IN_MONTEVIDEO)
    midnight = datetime(2026, 11, 25, 3, tzinfo=UTC)
    with pytest.raises(refusals.AskedForSomethingElse):
        handing_over.hand_over(assent=number, **{**give, "at": midnight - timedelta(minutes=1)})
    with pytest.raises(refusals.AssentMissing):
        handing_over.hand_over(assent=number, **{**give, "at": midnight})


def test_somebody_higher_is_asked_once_a_day_where_the_child_is(desks: Desks) -> None:
    told = tell()
    evening, after_midnight = MONDAY.replace(hour=20), MONDAY.replace(hour=22)
    childs.ask_for_review(code=told.code, at=evening)
    assert case_of(told).level == Level.REGIONAL
    childs.ask_for_review(code=told.code, at=after_midnight)
    assert case_of(told).level == Level.GLOBAL, "it is Tuesday in Arusha"
