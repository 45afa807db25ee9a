"""No day lies so far off that nothing would ever come of it, and one incident holds up the letters of no other."""

import logging
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from omsorg.kernel.models import Letter
from omsorg.kernel.wall import as_house
from omsorg.safeguarding.actions import reminders
from omsorg.safeguarding.actions.closing import decide_on_publication
from omsorg.safeguarding.actions.duties import owe
from omsorg.safeguarding.actions.measures import set_measure
from omsorg.safeguarding.actions.people import follow_up, give_support
from omsorg.safeguarding.actions.reminders import Agreed, remind_of_clocks
from omsorg.safeguarding.models import Incident, Pause, Support
from omsorg.safeguarding.queries.incident import clocks_of
from omsorg.safeguarding.rules.clocks import Running, Stretch, due_at, read_spans
from omsorg.safeguarding.rules.codes import Addressee, Clock, HoldReason, Publication, SupportKind
from omsorg.safeguarding.rules.days import DayIsPast, NotInFuture, TooFarAhead, TooLongAgo, ahead, not_in_future
from omsorg.safeguarding.tests.handling import AT, acting, closed, enter_people, incident, looked_at, raised
from world import World

LATER = AT + timedelta(days=10)
FOR_EVER = date(9999, 12, 31)


@pytest.fixture
def house(world: World) -> World:
    return enter_people(world)


def test_how_far_ahead_and_how_long_ago_a_day_may_lie() -> None:
    today = AT.date()
    assert ahead(today, today, at_most=366) == today
    assert ahead(today + timedelta(days=366), today, at_most=366) == date(2027, 3, 3)
    for earliest in (0, 1):
        with pytest.raises(DayIsPast):
            ahead(today - timedelta(days=1 - earliest), today, at_most=366, earliest=earliest)
    with pytest.raises(TooFarAhead, match="366 days"):
        ahead(today + timedelta(days=367), today, at_most=366)
    with pytest.raises(NotInFuture):
        not_in_future(today + timedelta(days=1), today)
    with pytest.raises(TooLongAgo):
        not_in_future(date(1900, 1, 1), today)


def test_no_act_takes_a_day_that_never_comes(house: World) -> None:
    code = raised(house)
    looked_at(house, code)
    given = {"kind": SupportKind.SOCIAL, "persons": 1, "note": "Visits"}
    with acting(house, "focal", LATER) as by:
        stamp: dict[str, Any] = {"incident": Incident.objects.get(code=code), "by": by, "at": LATER}
        with pytest.raises(TooFarAhead):
            owe(**stamp, to=Addressee.DONOR, deadline_on=FOR_EVER)
        with pytest.raises(TooLongAgo):
            owe(**stamp, to=Addressee.DONOR, deadline_on=date(1, 1, 1))
        owe(**stamp, to=Addressee.DONOR, deadline_on=AT.date())
        for day, refusal in ((FOR_EVER, TooFarAhead), (AT.date(), DayIsPast)):
            with pytest.raises(refusal):
                set_measure(**stamp, text="Two sign", due_on=day)
            with pytest.raises(refusal):
                give_support(**stamp, **given, given_on=AT.date(), follow_up_on=day)
        with pytest.raises(TooLongAgo):
            give_support(**stamp, **given, given_on=date(1900, 1, 1))
        give_support(**stamp, **given, given_on=AT.date())
        with pytest.raises(TooFarAhead):
            follow_up(**stamp, support=Support.objects.get(), on=AT.date(), note="Well", next_on=FOR_EVER)


def test_a_hold_comes_back_within_a_year(house: World) -> None:
    code = raised(house)
    closed(house, code)
    hold = {"decision": Publication.HOLD, "reason_class": HoldReason.OTHER, "reason": "The court asks for it"}
    with acting(house, "focal", LATER) as by:
        stamp: dict[str, Any] = {"incident": Incident.objects.get(code=code), "by": by, "at": LATER}
        for day, refusal in ((FOR_EVER, TooFarAhead), (LATER.date(), DayIsPast), (None, DayIsPast)):
            with pytest.raises(refusal):
                decide_on_publication(**stamp, **hold, review_on=day)
        decide_on_publication(**stamp, **hold, review_on=LATER.date() + timedelta(days=366))


def test_a_clock_never_runs_past_the_last_day_that_there_is() -> None:
    stops = [Stretch(AT + timedelta(minutes=1), datetime(9999, 12, 31, tzinfo=UTC))]
    for said in ("take_up=24h", "take_up=3w"):
        assert due_at(AT, read_spans(said)[Clock.TAKE_UP], pauses=stops).year > 2035


def test_a_stop_for_ever_that_was_kept_takes_no_page_down(house: World) -> None:
    code = raised(house)
    with as_house():
        found = Incident.objects.get(code=code)
        Pause.objects.create(incident=found, clock="take_up", reason="x", from_at=AT, until_on=FOR_EVER)
    client = Client()
    client.force_login(house.account["focal"])
    for page in ("/safeguarding/", "/safeguarding/incidents/", f"/safeguarding/incidents/{code}/"):
        assert client.get(page).status_code == 200


def test_one_incident_holds_up_the_letters_of_no_other(
    house: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    bad, good = raised(house), raised(house)
    real: Callable[..., dict[int, list[Running]]] = clocks_of

    def fails(incidents: Iterable[Incident], *, now: datetime) -> dict[int, list[Running]]:
        listed = list(incidents)
        if bad in {each.code for each in listed}:
            raise OverflowError
        return real(listed, now=now)

    monkeypatch.setattr(reminders, "clocks_of", fails)
    with caplog.at_level(logging.ERROR):
        assert remind_of_clocks(agreed=Agreed([1], 1), at=AT + timedelta(days=2)) == 3
    assert bad in caplog.text
    with as_house():
        assert all(f":{incident(good).pk}:" in once for once in Letter.objects.values_list("once", flat=True))
