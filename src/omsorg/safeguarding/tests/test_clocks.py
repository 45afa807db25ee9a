"""The worked numbers of docs/rules/clocks.md, and what a clock that has run out sets going."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from omsorg.federation.access import Acting
from omsorg.kernel.models import Letter
from omsorg.kernel.wall import as_house
from omsorg.plans.tests.doc_tables import Row, case, given, rows
from omsorg.safeguarding.actions.pausing import pause_clock, resume_clock
from omsorg.safeguarding.actions.reminders import Agreed, remind_of_clocks
from omsorg.safeguarding.forms.registry import ACTS
from omsorg.safeguarding.jobs import tell_handlers
from omsorg.safeguarding.models import ClockReminder, Incident, Pause
from omsorg.safeguarding.queries.incident import clocks_of
from omsorg.safeguarding.queries.lists import overdue_below
from omsorg.safeguarding.rules.clocks import (
    ClockDoesNotRun,
    ClockIsOver,
    ClockNotUnderstood,
    Running,
    StandsTooLong,
    Stretch,
    agreed,
    due_at,
    must_be_stoppable,
    read_spans,
    reminder_owed,
)
from omsorg.safeguarding.rules.codes import About, Clock, Level
from omsorg.safeguarding.rules.conflicts import ReasonMissing
from omsorg.safeguarding.rules.days import DayIsPast
from omsorg.safeguarding.rules.progress import DoneAlready
from omsorg.safeguarding.tests.handling import AT, acting, enter_people, incident, looked_at, raised
from world import World

DAYS = Agreed([1, 3, 7], 1)


def instant(said: str) -> datetime:
    return datetime.strptime(said, "%Y-%m-%d %H:%M").replace(tzinfo=UTC)


def is_working(day: date) -> bool:
    return day.weekday() < 5 and day != date(2026, 4, 3)


@pytest.mark.parametrize("row", rows("clocks", "By when"), ids=case)
def test_by_when(row: Row) -> None:
    pauses = []
    if given(row["Stands still"]):
        begins, ends = row["Stands still"].split(" to ")
        pauses = [Stretch(instant(begins), instant(ends))]
    span = read_spans(f"triage={row['Time']}")[Clock.TRIAGE]
    assert due_at(instant(row["Begins"]), span, pauses=pauses, is_working=is_working) == instant(row["Over at"])


REFUSED = {"it is over": ClockIsOver, "it does not run": ClockDoesNotRun, "too long": StandsTooLong}


@pytest.mark.parametrize("row", rows("clocks", "Stopping a clock"), ids=case)
def test_stopping_a_clock(row: Row) -> None:
    def stretch(said: str) -> Stretch:
        begins, ends = said.split(" to ")
        return Stretch(instant(begins), instant(ends))

    done, before = given(row["Done"]), given(row["Stood still"])
    running = Running(Clock.TRIAGE, AT, instant(row["Over at"]), instant(done) if done else None)
    stops = [stretch(before)] if before else []
    if row["Answer"] == "it stops":
        must_be_stoppable(running, stretch(row["To be stopped"]), before=stops, at_most=int(row["Days at most"]))
        return
    with pytest.raises(REFUSED[row["Answer"]]):
        must_be_stoppable(running, stretch(row["To be stopped"]), before=stops, at_most=int(row["Days at most"]))


@pytest.mark.parametrize("row", rows("clocks", "How many days overdue"), ids=case)
def test_how_many_days_overdue(row: Row) -> None:
    done = given(row["Done"])
    running = Running(Clock.TRIAGE, AT, instant(row["Over at"]), instant(done) if done else None)
    assert running.days_overdue(instant(row["Now"])) == int(row["Days"])


@pytest.mark.parametrize("row", rows("clocks", "Letters"), ids=case)
def test_letters(row: Row) -> None:
    sent = [int(day) for day in (given(row["Written on"]) or "").split()]
    owed = reminder_owed(int(row["Days overdue"]), on_days=[1, 3, 7, 14, 30], sent=sent)
    assert [str(day) for day in owed] == (given(row["Owed"]) or "").split()


@pytest.mark.parametrize("said", ["triage=", "triage=0d", "triage=3x", "lunch=3d", "triage=1000d", "3d"])
def test_a_setting_that_is_no_time_is_refused(said: str) -> None:
    with pytest.raises(ClockNotUnderstood):
        read_spans(said)


def test_a_level_has_its_own_times_and_else_those_for_all() -> None:
    spans = agreed("plan=5d", {Level.REGIONAL: "investigation=90d"})
    assert spans["regional"][Clock.INVESTIGATION].amount == 90
    assert spans[""][Clock.INVESTIGATION].amount == 60
    assert spans["regional"][Clock.PLAN].amount == 5


@pytest.fixture
def house(world: World) -> World:
    return enter_people(world)


def letters_to(house: World, who: str) -> list[Letter]:
    with as_house():
        return list(Letter.objects.filter(to_person=house.person[who].pk).order_by("pk"))


def test_the_nearest_focal_persons_are_told_once_and_without_content(house: World) -> None:
    code = raised(house, what="MARKERWORD")
    for _time in range(2):
        tell_handlers(incident(code).pk)
    for who in ("focal", "second_focal"):
        (letter,) = letters_to(house, who)
        assert not {"MARKERWORD", "Arusha", "Tanzania", code} & set(f"{letter.subject} {letter.body}".split())
    assert letters_to(house, "focal_africa") == []


def test_what_is_overdue_is_written_about_here_and_one_level_up(house: World) -> None:
    code = raised(house)
    at = AT + timedelta(days=2)
    assert remind_of_clocks(agreed=DAYS, at=at) == 3
    assert remind_of_clocks(agreed=DAYS, at=at + timedelta(hours=3)) == 0
    assert [letter.subject for letter in letters_to(house, "focal_africa")] == ["Something below you is overdue"]
    assert letters_to(house, "focal_top") == []
    with as_house():
        assert ClockReminder.objects.get().told_above
    looked_at(house, code)
    assert letters_to(house, "focal")[-1].body.count("TZ/2026") == 0


def test_a_letter_about_a_numbered_incident_holds_its_number_and_no_name(house: World) -> None:
    code = raised(house, what="MARKERWORD", complained_of="Juma Colleague")
    looked_at(house, code)
    remind_of_clocks(agreed=DAYS, at=AT + timedelta(days=12))
    letter = letters_to(house, "focal")[-1]
    assert incident(code).shown_number in letter.body
    assert not {"MARKERWORD", "Juma", "Arusha", "neglect"} & set(letter.body.split())


def test_whoever_is_complained_of_gets_no_letter(house: World) -> None:
    code = raised(house, place="tanzania", about=About.THE_UNIT)
    tell_handlers(incident(code).pk)
    remind_of_clocks(agreed=DAYS, at=AT + timedelta(days=9))
    for who in ("focal", "second_focal", "focal_arusha", "worker"):
        assert letters_to(house, who) == []
    assert len(letters_to(house, "focal_africa")) == 2


def test_only_its_reader_and_the_house_find_such_a_letter(house: World) -> None:
    code = raised(house)
    tell_handlers(incident(code).pk)
    with acting(house, "housekeeper"):
        assert not Letter.objects.filter(once__startswith="safeguarding:").exists()
    with acting(house, "focal"):
        assert Letter.objects.filter(once__startswith="safeguarding:").count() == 1


def test_a_clock_that_stands_still_is_not_overdue_and_goes_on_by_itself(house: World) -> None:
    code = raised(house)
    looked_at(house, code)
    with acting(house, "focal") as by:
        found = Incident.objects.get(code=code)
        said = {
            "incident": found,
            "clock": Clock.TEAM,
            "until_on": date(2026, 3, 20),
            "at_most": 60,
            "by": by,
            "at": AT,
        }
        with pytest.raises(ReasonMissing):
            pause_clock(**said, reason=" ")
        with pytest.raises(DayIsPast):
            pause_clock(**{**said, "until_on": AT.date()}, reason="x")
        pause_clock(**said, reason="Flood")
        with pytest.raises(DoneAlready):
            pause_clock(**said, reason="Flood")

    def team_clock(now: datetime) -> Running:
        with as_house():
            return next(each for each in clocks_of([found], now=now)[found.pk] if each.clock is Clock.TEAM)

    still = team_clock(AT + timedelta(days=10))
    assert (still.stands_still, still.is_overdue(AT + timedelta(days=10))) == (True, False)
    assert team_clock(datetime(2026, 3, 26, tzinfo=UTC)).is_overdue(datetime(2026, 3, 26, tzinfo=UTC))
    with acting(house, "focal") as by:
        pause = Pause.objects.get()
        resume_clock(incident=found, pause=pause, by=by, at=AT + timedelta(days=2))
        with pytest.raises(DoneAlready):
            resume_clock(incident=found, pause=pause, by=by, at=AT + timedelta(days=3))
    assert team_clock(AT + timedelta(days=10)).is_overdue(AT + timedelta(days=10))


def stop(code: str, by: Acting, clock: Clock, at: datetime, days: int, at_most: int = 60) -> None:
    found, until = Incident.objects.get(code=code), at.date() + timedelta(days=days)
    pause_clock(incident=found, clock=clock, reason="Flood", until_on=until, at_most=at_most, by=by, at=at)


def test_what_is_late_stays_late_whatever_is_stopped(house: World) -> None:
    code, late = raised(house), AT + timedelta(days=30)
    with acting(house, "focal", late) as by:
        for clock in (Clock.TAKE_UP, Clock.ACKNOWLEDGE, Clock.TRIAGE):
            with pytest.raises(ClockIsOver):
                stop(code, by, clock, late, 10)
    with as_house():
        # As it was kept before a stop after the time was over was refused.
        Pause.objects.create(
            incident=Incident.objects.get(code=code),
            clock="triage",
            reason="x",
            from_at=late,
            until_on=date(2100, 1, 1),
        )
    with acting(house, "focal_africa", late) as by:
        (line,) = overdue_below(by, now=late)
        (triage,) = [each for each in line.clocks if each.clock is Clock.TRIAGE]
        assert (line.days_overdue, triage.stands_still, triage.days_overdue(late)) == (30, True, 23)
    assert remind_of_clocks(agreed=DAYS, at=late + timedelta(days=365)) == 3


def test_a_clock_that_has_not_begun_or_is_done_is_not_stopped(house: World) -> None:
    code = raised(house)
    looked_at(house, code)
    with acting(house, "focal") as by:
        for clock in (Clock.PLAN, Clock.TAKE_UP, Clock.CLOSURE):
            with pytest.raises(ClockDoesNotRun):
                stop(code, by, clock, AT, 5)
        with time_machine.travel(AT, tick=False):
            form = ACTS["pause"](incident=Incident.objects.get(code=code), acting=by)
        assert "team" in str(form["of"])
        assert "take_up" not in str(form["of"])


def test_a_clock_stands_still_for_so_many_days_and_no_more_all_stops_together(house: World) -> None:
    code = raised(house)
    looked_at(house, code)
    with acting(house, "focal") as by:
        with pytest.raises(StandsTooLong, match="20 days"):
            stop(code, by, Clock.TEAM, AT, 21, at_most=20)
        stop(code, by, Clock.TEAM, AT, 12, at_most=20)
        later = AT + timedelta(days=12)
        with pytest.raises(StandsTooLong):
            stop(code, by, Clock.TEAM, later, 9, at_most=20)
        stop(code, by, Clock.TEAM, later, 8, at_most=20)


def test_whoever_is_one_level_up_sees_what_stands_still(house: World) -> None:
    code = raised(house)
    looked_at(house, code)
    with acting(house, "focal") as by:
        stop(code, by, Clock.TEAM, AT, 10)
    client = Client()
    with time_machine.travel(AT + timedelta(days=2), tick=False):
        client.force_login(house.account["focal_africa"])
        assert "1 clock below you stands still" in client.get("/safeguarding/").content.decode()
        page = client.get("/safeguarding/overdue/").content.decode()
        assert "name a team, handled at Example Association Tanzania: Flood" in page
        assert "goes on by itself on 12 March 2026" in page
        client.force_login(house.account["focal"])
        assert "stands still" not in client.get("/safeguarding/").content.decode()


def test_the_time_of_the_machine_put_back_stops_nobody_from_going_on(house: World) -> None:
    code = raised(house)
    looked_at(house, code)
    with acting(house, "focal") as by:
        stop(code, by, Clock.TEAM, AT, 10)
        resume_clock(
            incident=Incident.objects.get(code=code), pause=Pause.objects.get(), by=by, at=AT - timedelta(hours=1)
        )
        assert Pause.objects.get().resumed_at == AT
