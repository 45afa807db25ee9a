"""Nothing is owed in a closed incident: by rule, and by the database whichever of two comes first."""

from collections.abc import Callable
from datetime import date, timedelta
from threading import Event, Thread
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from omsorg.kernel.wall import as_house
from omsorg.safeguarding.actions.closing import close
from omsorg.safeguarding.actions.duties import decide_duty, duty_done, owe
from omsorg.safeguarding.models import Duty, Incident
from omsorg.safeguarding.rules.codes import Addressee, Stage
from omsorg.safeguarding.rules.progress import ClosedAlready, DoneBeforeItCame, SayHowItShows, StillBlocked
from omsorg.safeguarding.tests.handling import AT, acting, closed, enter_people, led_to_closing, make_house, raised
from world import World

LATER = AT + timedelta(days=9)


@pytest.fixture
def house(world: World) -> World:
    return enter_people(world)


def owed(house: World, code: str) -> Duty:
    with acting(house, "focal", LATER) as by:
        found = Incident.objects.get(code=code)
        owe(incident=found, to=Addressee.DONOR, deadline_on=date(2026, 4, 1), by=by, at=LATER)
        return found.duties.get(to=Addressee.DONOR)


def test_it_is_not_closed_with_one_open_and_is_once_it_is_done(house: World) -> None:
    code = raised(house)
    led_to_closing(house, code)
    duty = owed(house, code)
    with acting(house, "focal", LATER) as by:
        found = Incident.objects.get(code=code)
        for is_told in (None, True):
            if is_told:
                decide_duty(incident=found, duty=duty, is_told=True, by=by, at=LATER)
            with pytest.raises(StillBlocked):
                close(incident=found, note="Done", by=by, at=LATER)
        with pytest.raises(SayHowItShows):
            duty_done(incident=found, duty=duty, on=LATER.date(), by=by, at=LATER)
        with pytest.raises(DoneBeforeItCame):
            duty_done(incident=found, duty=duty, on=AT.date() - timedelta(days=9), note="The desk", by=by, at=LATER)
        step = duty_done(incident=found, duty=duty, on=LATER.date(), note="Took it: the desk", by=by, at=LATER)
        assert step.note == "Took it: the desk"
        close(incident=found, note="Done", by=by, at=LATER)


def test_after_closing_nothing_is_owed_any_more(house: World) -> None:
    code = raised(house)
    led_to_closing(house, code)
    duty = owed(house, code)
    with acting(house, "focal", LATER) as by:
        found = Incident.objects.get(code=code)
        decide_duty(incident=found, duty=duty, is_told=False, reason="Gives nothing here", by=by, at=LATER)
        close(incident=found, note="Done", by=by, at=LATER)
        with pytest.raises(ClosedAlready):
            decide_duty(incident=found, duty=duty, is_told=True, by=by, at=LATER)
        with pytest.raises(ClosedAlready):
            owe(incident=found, to=Addressee.INSURER, deadline_on=date(2026, 4, 1), by=by, at=LATER)


@pytest.mark.parametrize("stage", [Stage.CLOSED, Stage.DECIDED])
def test_the_database_closes_nothing_with_one_open(house: World, stage: Stage) -> None:
    code = raised(house)
    led_to_closing(house, code)
    owed(house, code)
    with as_house(), pytest.raises(DatabaseError, match="owed"), transaction.atomic():
        Incident.objects.filter(code=code).update(stage=stage, closed_at=LATER)


def test_the_database_takes_none_into_a_closed_one(house: World) -> None:
    code = raised(house)
    closed(house, code)
    with as_house():
        found = Incident.objects.get(code=code)
        with pytest.raises(DatabaseError, match="closed"), transaction.atomic():
            Duty.objects.create(incident=found, to=Addressee.DONOR, deadline_on=date(2026, 4, 1), at=LATER)


def in_own_connection(work: Callable[[], Any]) -> tuple[Thread, list[object]]:
    """Run `work` beside this thread; what came of it, or the fault, is appended once it is over."""
    came: list[object] = []

    def run() -> None:
        try:
            with as_house(), transaction.atomic():
                came.append(work())
        except DatabaseError as fault:
            came.append(fault)
        finally:
            connection.close()

    thread = Thread(target=run)
    thread.start()
    return thread, came


@pytest.mark.parametrize("first", ["the closing", "the duty"])
def test_of_two_at_once_the_second_is_refused(own_database: str, first: str) -> None:
    """While one transaction has closed the incident, or written the duty down, and is not over: the other waits."""
    house = make_house()
    code = raised(house)
    led_to_closing(house, code)
    begun, over = Event(), Event()

    def shut() -> int:
        return Incident.objects.filter(code=code).update(stage=Stage.CLOSED, closed_at=LATER)

    def owing() -> int:
        with as_house():
            found = Incident.objects.get(code=code)
        return Duty.objects.create(incident=found, to=Addressee.DONOR, deadline_on=date(2026, 4, 1), at=LATER).pk

    def hold_on(act: Callable[[], int]) -> int:
        done = act()
        begun.set()
        over.wait(10)
        return done

    one, other = (shut, owing) if first == "the closing" else (owing, shut)
    leader, led = in_own_connection(lambda: hold_on(one))
    assert begun.wait(10)
    follower, followed = in_own_connection(other)
    follower.join(0.3)
    assert followed == [], "the second waits for the first"
    over.set()
    for thread in (leader, follower):
        thread.join(10)
    assert isinstance(led[0], int)
    assert isinstance(followed[0], DatabaseError)
