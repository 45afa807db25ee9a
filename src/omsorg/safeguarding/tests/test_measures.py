"""What is substantiated has a measure or a reason why none before it is closed; and a measure has a clock."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from omsorg.federation.access import Acting, NothingHere
from omsorg.kernel.wall import as_house
from omsorg.safeguarding.actions.closing import close, decide_on_publication
from omsorg.safeguarding.actions.measures import let_measure_live_on, measure_done, say_no_measure, set_measure
from omsorg.safeguarding.actions.pausing import pause_clock
from omsorg.safeguarding.actions.reminders import Agreed, remind_of_clocks
from omsorg.safeguarding.actions.working import find, write_allegation
from omsorg.safeguarding.models import Allegation, Incident, Measure
from omsorg.safeguarding.pages.incident import incident_view
from omsorg.safeguarding.queries.incident import clocks_of, facts_of
from omsorg.safeguarding.queries.lists import dated_work, incidents_visible_to, overdue_below, still_below
from omsorg.safeguarding.rules.clocks import ClockIsOver
from omsorg.safeguarding.rules.codes import Clock, Finding, HoldReason, Publication, Stage
from omsorg.safeguarding.rules.progress import (
    ClosedByAnother,
    DoneAlready,
    DoneBeforeItCame,
    NotSubstantiated,
    SayMore,
    StillBlocked,
    next_steps,
)
from omsorg.safeguarding.tests.handling import AT, acting, enter_people, incident, led_to_closing, raised
from world import World

LATER = AT + timedelta(days=9)
DAYS = Agreed([1, 3, 7], 3)


@pytest.fixture
def house(world: World) -> World:
    return enter_people(world)


@pytest.fixture
def code(house: World) -> str:
    """An incident with a second thing found, about which nothing was done."""
    code = raised(house)
    led_to_closing(house, code)
    with acting(house, "worker", LATER) as by:
        write_allegation(**stamp(code, by), text="The door was locked")
        second = Allegation.objects.get(incident__code=code, number=2)
        find(**stamp(code, by), allegation=second, finding=Finding.SUBSTANTIATED, reasons="It was seen")
    return code


def stamp(code: str, by: Acting, at: datetime = LATER) -> dict[str, Any]:
    return {"incident": Incident.objects.get(code=code), "by": by, "at": at}


def second(code: str) -> Allegation:
    return Allegation.objects.get(incident__code=code, number=2)


def measure(house: World, code: str, due_on: date) -> Measure:
    with acting(house, "worker", LATER) as by:
        set_measure(**stamp(code, by), text="The key hangs there", due_on=due_on, allegation=second(code))
        return Measure.objects.get(incident__code=code, done_on=None)


def lives_on(house: World, code: str) -> Measure:
    """Closed with a measure of ten days that lives on."""
    found = measure(house, code, LATER.date() + timedelta(days=10))
    with acting(house, "focal", LATER) as by:
        let_measure_live_on(**stamp(code, by), measure=found, reason="The smith comes next week")
        with pytest.raises(ClosedByAnother):
            close(**stamp(code, by), note="Done")
    with acting(house, "second_focal", LATER) as by:
        close(**stamp(code, by), note="Done")
    return found


def test_a_measure_is_not_done_before_the_concern_came(house: World, code: str) -> None:
    found = measure(house, code, LATER.date())
    with acting(house, "worker", LATER) as by:
        for on in (AT.date() - timedelta(days=1), AT.date() - timedelta(days=400)):
            with pytest.raises(DoneBeforeItCame):
                measure_done(**stamp(code, by), measure=found, on=on)
        measure_done(**stamp(code, by), measure=found, on=AT.date())


def test_a_measure_is_about_an_allegation_of_its_own_incident(house: World, code: str) -> None:
    other = raised(house, what="Something else")
    led_to_closing(house, other)
    with acting(house, "worker", LATER) as by:
        with pytest.raises(NothingHere):
            set_measure(**stamp(other, by), text="The key hangs there", due_on=LATER.date(), allegation=second(code))
        with pytest.raises(DatabaseError, match="its own incident"), transaction.atomic():
            Measure.objects.filter(incident__code=other).update(allegation=second(code))


def test_each_finding_that_is_substantiated_has_something_done_about_it(house: World, code: str) -> None:
    with acting(house, "focal", LATER) as by:
        assert "measure" in next_steps(facts_of(incident(code)), by.person_id)
        with pytest.raises(StillBlocked, match="nothing was done about allegation 2"):
            close(**stamp(code, by), note="Done")
        set_measure(**stamp(code, by), text="All talk of it", due_on=LATER.date())
        whole = Measure.objects.get(incident__code=code, done_on=None)
        measure_done(**stamp(code, by), measure=whole, on=LATER.date())
        with pytest.raises(StillBlocked, match="nothing was done about allegation 2"):
            close(**stamp(code, by), note="Done")
    found = measure(house, code, LATER.date())
    with acting(house, "focal", LATER) as by:
        with pytest.raises(StillBlocked, match="measure 3 is not done"):
            close(**stamp(code, by), note="Done")
        measure_done(**stamp(code, by), measure=found, on=LATER.date())
        close(**stamp(code, by), note="Done")


def test_why_nothing_is_done_is_said_by_one_and_closed_by_another(house: World, code: str) -> None:
    with acting(house, "focal", LATER) as by:
        with pytest.raises(SayMore):
            say_no_measure(**stamp(code, by), allegation=second(code), reason=" ")
        say_no_measure(**stamp(code, by), allegation=second(code), reason="The house is given up")
        with pytest.raises(ClosedByAnother, match="why nothing is done"):
            close(**stamp(code, by), note="Done")
    with acting(house, "second_focal", LATER) as by:
        close(**stamp(code, by), note="Done")


def test_the_reason_holds_for_the_finding_that_holds(house: World, code: str) -> None:
    with acting(house, "worker", LATER) as by:
        say_no_measure(**stamp(code, by), allegation=second(code), reason="The house is given up")
        find(**stamp(code, by), allegation=second(code), finding=Finding.NOT_SUBSTANTIATED, reasons="It was open")
        with pytest.raises(NotSubstantiated):
            say_no_measure(**stamp(code, by), allegation=second(code), reason="Nothing to do")
        find(**stamp(code, by), allegation=second(code), finding=Finding.SUBSTANTIATED, reasons="It was not")
        assert facts_of(incident(code)).without_measure == [2]
    with as_house(), pytest.raises(DatabaseError, match="substantiated"), transaction.atomic():
        Incident.objects.filter(code=code).update(stage=Stage.CLOSED, closed_at=LATER)


@pytest.mark.parametrize("stage", [Stage.CLOSED, Stage.DECIDED])
def test_the_database_closes_nothing_without_a_measure_or_with_an_open_one(
    house: World, code: str, stage: Stage
) -> None:
    with as_house(), pytest.raises(DatabaseError, match="substantiated"), transaction.atomic():
        Incident.objects.filter(code=code).update(stage=stage, closed_at=LATER)
    found = measure(house, code, LATER.date())
    with as_house(), pytest.raises(DatabaseError, match="open measure"), transaction.atomic():
        Incident.objects.filter(code=code).update(stage=stage, closed_at=LATER)
    with as_house(), pytest.raises(DatabaseError, match="stays"), transaction.atomic():
        Measure.objects.filter(pk=found.pk).update(due_on=LATER.date() + timedelta(days=99))


def test_what_lives_on_is_written_about_after_closing_and_seen_one_level_up(house: World, code: str) -> None:
    found = lives_on(house, code)
    nothing = {"decision": Publication.NOTHING, "reason_class": HoldReason.OTHER, "reason": "Small"}
    with acting(house, "focal_africa", LATER) as by:
        decide_on_publication(**stamp(code, by), **nothing)
    late = LATER + timedelta(days=11)
    assert remind_of_clocks(agreed=DAYS, at=late - timedelta(days=1)) == 0
    assert remind_of_clocks(agreed=DAYS, at=late) == 2, "the two focal persons of the house"
    assert remind_of_clocks(agreed=DAYS, at=late) == 0
    assert remind_of_clocks(agreed=DAYS, at=late + timedelta(days=2)) == 3, "and one level up"
    with acting(house, "focal_africa", late) as by:
        assert [line.days_overdue for line in overdue_below(by, now=late)] == [1]
    with acting(house, "focal", late) as by:
        (due,) = dated_work(incidents_visible_to(by), now=late)
        assert (due.what, due.on) == ("measure", LATER.date() + timedelta(days=10))
        row = incident_view(incident(code), by, late).measures[1]
        assert (row.standing, row.is_late) == ("1 day overdue, since 22 March 2026", True)
        assert row.note == "about allegation 2 · The smith comes next week"
        measure_done(**stamp(code, by, late), measure=found, on=late.date())
        with pytest.raises(DoneAlready):
            measure_done(**stamp(code, by, late), measure=found, on=late.date())
        assert clocks_of([incident(code)], now=late)[incident(code).pk][-1].clock is not Clock.MEASURE
    with acting(house, "focal_africa", late) as by:
        assert overdue_below(by, now=late) == []


def test_a_measure_stands_still_with_a_reason_and_what_is_late_stays_late(house: World, code: str) -> None:
    lives_on(house, code)
    until = LATER.date() + timedelta(days=7)
    with acting(house, "focal", LATER) as by:
        said = {"clock": Clock.MEASURE, "reason": "The road is closed", "at_most": 60}
        pause_clock(**stamp(code, by, LATER), until_on=until, **said)
        (running,) = [x for x in clocks_of([incident(code)], now=LATER)[incident(code).pk] if x.clock is Clock.MEASURE]
        assert (running.due_at.date(), running.stands_still) == (LATER.date() + timedelta(days=17), True)
        late = LATER + timedelta(days=17)
        with pytest.raises(ClockIsOver):
            pause_clock(**stamp(code, by, late), until_on=late.date() + timedelta(days=5), **said)
    with acting(house, "focal_africa", LATER) as by:
        assert [pause.reason for _line, pause in still_below(by, now=LATER)] == ["The road is closed"]
