"""What has a day of its own is a clock like the others: a duty to tell, the decision owed to the public, a hold."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from omsorg.federation.access import Acting
from omsorg.kernel.wall import as_house
from omsorg.safeguarding import neighbours
from omsorg.safeguarding.actions.closing import decide_on_publication, reopen
from omsorg.safeguarding.actions.documents import ShowsThatTold, keep_document, withdraw_document
from omsorg.safeguarding.actions.duties import decide_duty, duty_done, owe
from omsorg.safeguarding.actions.pausing import pause_clock
from omsorg.safeguarding.actions.reminders import Agreed, remind_of_clocks
from omsorg.safeguarding.models import ClockReminder, Document, Duty, Incident
from omsorg.safeguarding.queries.incident import clocks_of
from omsorg.safeguarding.queries.lists import dated_work, incidents_visible_to, overdue_below
from omsorg.safeguarding.rules.clocks import ClockDoesNotRun
from omsorg.safeguarding.rules.codes import Addressee, Clock, HoldReason, Publication
from omsorg.safeguarding.tests.handling import (
    AT,
    acting,
    closed,
    enter_people,
    incident,
    led_to_closing,
    looked_at,
    raised,
)
from omsorg.safeguarding.tests.test_order_of_work import NOT_OURS
from world import World

DAYS = Agreed([1, 3, 7], 3)
LATER = AT + timedelta(days=9)


@pytest.fixture
def house(world: World) -> World:
    return enter_people(world)


def stamp(code: str, by: Acting, at: Any = LATER) -> dict[str, Any]:
    return {"incident": Incident.objects.get(code=code), "by": by, "at": at}


def overdue_above(house: World, at: Any) -> list[int]:
    with acting(house, "focal_africa", at) as by:
        return [line.days_overdue for line in overdue_below(by, now=at)]


def test_a_duty_past_its_day_is_overdue_reminds_and_climbs(house: World) -> None:
    code = raised(house)
    led_to_closing(house, code)
    with acting(house, "focal", LATER) as by:
        owe(**stamp(code, by), to=Addressee.POLICE, deadline_on=LATER.date() + timedelta(days=1))
        owe(**stamp(code, by), to=Addressee.DONOR, deadline_on=LATER.date() + timedelta(days=6))
        until = LATER.date() + timedelta(days=5)
        with pytest.raises(ClockDoesNotRun):
            pause_clock(**stamp(code, by), clock=Clock.DUTY, reason="x", until_on=until, at_most=60)
    assert remind_of_clocks(agreed=DAYS, at=LATER + timedelta(days=1)) == 0
    assert remind_of_clocks(agreed=DAYS, at=LATER + timedelta(days=2)) == 2
    assert overdue_above(house, LATER + timedelta(days=2)) == [1]
    late = LATER + timedelta(days=4)
    assert remind_of_clocks(agreed=DAYS, at=late) == 3, "and one level up"
    assert remind_of_clocks(agreed=DAYS, at=late) == 0
    with acting(house, "focal", late) as by:
        duty = Duty.objects.get(to=Addressee.POLICE)
        duty_done(**stamp(code, by, late), duty=duty, on=late.date(), note="The officer on duty")
    assert overdue_above(house, late) == []
    assert remind_of_clocks(agreed=DAYS, at=LATER + timedelta(days=7)) == 2, "the second duty has its own days"
    with as_house():
        kept = ClockReminder.objects.order_by("pk").values_list("clock", "day", "of")
        first, second = Duty.objects.order_by("deadline_on").values_list("pk", flat=True)
        assert list(kept) == [("duty", 1, first), ("duty", 3, first), ("duty", 1, second)]


def test_what_shows_that_somebody_was_told_is_not_taken_back(house: World) -> None:
    code = raised(house)
    looked_at(house, code)
    with acting(house, "focal", LATER) as by:
        owe(**stamp(code, by), to=Addressee.DONOR, deadline_on=LATER.date())
        for name, content in (("r.txt", b"receipt"), ("other.txt", b"other")):
            keep_document(**stamp(code, by), name=name, content=content, limit=1000)
        shows, other = Document.objects.order_by("pk")
        duty_done(**stamp(code, by), duty=Duty.objects.get(), on=LATER.date(), evidence=shows)
        with pytest.raises(ShowsThatTold):
            withdraw_document(document=shows, reason="oops", by=by, at=LATER)
        withdraw_document(document=other, reason="kept by mistake", by=by, at=LATER)
    client = Client()
    client.force_login(house.account["focal"])
    assert "/withdraw/" not in client.get(f"/safeguarding/incidents/{code}/").content.decode()


def test_closed_and_not_decided_has_a_clock(house: World) -> None:
    code = raised(house)
    closed(house, code, at=LATER)
    late = LATER + timedelta(days=31)
    with acting(house, "focal", late) as by:
        (due,) = dated_work(incidents_visible_to(by), now=late)
        assert (due.what, due.on) == (Clock.DECISION, LATER.date() + timedelta(days=30))
        decide = dict(stamp(code, by, late), decision=Publication.PUBLISH)
        assert overdue_above(house, late) == [1]
        assert remind_of_clocks(agreed=DAYS, at=late) == 2
        with time_machine.travel(late, tick=False):
            client = Client()
            client.force_login(house.account["focal"])
            assert "decide whether the public is told" in client.get("/safeguarding/").content.decode()
        decide_on_publication(**decide)
        (due,) = dated_work(incidents_visible_to(by), now=late)
        assert due.what == Clock.WRITE_UP
    assert overdue_above(house, late) == []


class Desk:
    """Somebody who writes up for the public, or does not."""

    def __init__(self) -> None:
        self.done: set[int] = set()

    def hold_back(self, incident: int, *, reason_class: str, review_on: date | None, at: Any) -> None:
        pass

    def written_up(self, incidents: Collection[int]) -> Collection[int]:
        return self.done & set(incidents)


def test_decided_to_publish_and_not_written_up_has_a_clock(house: World, monkeypatch: pytest.MonkeyPatch) -> None:
    code = raised(house)
    closed(house, code, at=LATER)
    with acting(house, "focal", LATER) as by:
        decide_on_publication(**stamp(code, by), decision=Publication.PUBLISH)
    late = LATER + timedelta(days=31)
    monkeypatch.setattr(neighbours, "_desk", None)
    assert (overdue_above(house, late), remind_of_clocks(agreed=DAYS, at=late)) == ([], 0), "nobody here writes it up"
    desk = Desk()
    monkeypatch.setattr(neighbours, "_desk", desk)
    assert overdue_above(house, late - timedelta(days=2)) == []
    assert overdue_above(house, late) == [1]
    assert remind_of_clocks(agreed=DAYS, at=late) == 2
    with acting(house, "focal", late) as by:
        (due,) = dated_work(incidents_visible_to(by), now=late)
        assert (due.what, due.on) == (Clock.WRITE_UP, LATER.date() + timedelta(days=30))
    desk.done.add(incident(code).pk)
    assert (overdue_above(house, late), remind_of_clocks(agreed=DAYS, at=late + timedelta(days=9))) == ([], 0)


def hold(house: World, code: str, review_on: date, at: Any) -> None:
    with acting(house, "focal", at) as by:
        decide_on_publication(
            **stamp(code, by, at),
            decision=Publication.HOLD,
            reason_class=HoldReason.POLICE_OR_COURT,
            reason="They asked",
            review_on=review_on,
        )


def test_a_hold_comes_back_on_its_day_each_time(house: World) -> None:
    code = raised(house)
    closed(house, code, at=LATER)
    first, second = LATER + timedelta(days=20), LATER + timedelta(days=40)
    hold(house, code, first.date(), LATER)
    assert remind_of_clocks(agreed=DAYS, at=first - timedelta(days=1)) == 0
    assert remind_of_clocks(agreed=DAYS, at=first) == 2
    assert remind_of_clocks(agreed=DAYS, at=first) == 0
    assert overdue_above(house, first) == [1]
    with acting(house, "focal", first) as by:
        (due,) = dated_work(incidents_visible_to(by), now=first)
        assert (due.what, due.on) == (Clock.REVIEW, first.date())
    hold(house, code, second.date(), first)
    assert overdue_above(house, first) == []
    assert remind_of_clocks(agreed=DAYS, at=second) == 2, "a second hold has its own days"
    with acting(house, "focal", second) as by:
        reopen(**stamp(code, by, second), reason="Somebody else has come forward")
        assert Clock.REVIEW not in {each.clock for each in clocks_of([incident(code)], now=second)[incident(code).pk]}


def test_what_is_no_matter_of_safeguarding_waits_to_be_closed_and_for_no_team(house: World) -> None:
    code = raised(house)
    looked_at(house, code, seen=NOT_OURS)
    with acting(house, "focal"):
        found = Incident.objects.get(code=code)
        running = [each for each in clocks_of([found], now=LATER)[found.pk] if each.done_at is None]
        assert [(each.clock, each.begins_at) for each in running] == [(Clock.CLOSURE, AT)]


def test_a_duty_that_is_decided_against_runs_no_more(house: World) -> None:
    code = raised(house)
    looked_at(house, code)
    with acting(house, "focal", LATER) as by:
        owe(**stamp(code, by), to=Addressee.INSURER, deadline_on=AT.date())
        assert any(each.clock is Clock.DUTY for each in clocks_of([incident(code)], now=LATER)[incident(code).pk])
        decide_duty(**stamp(code, by), duty=Duty.objects.get(), is_told=False, reason="No policy")
        assert not any(each.clock is Clock.DUTY for each in clocks_of([incident(code)], now=LATER)[incident(code).pk])
