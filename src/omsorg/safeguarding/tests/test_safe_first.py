"""Somebody who is not safe comes first: on the desk, on the page, and nothing is closed before all are."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from omsorg.federation.models import Person
from omsorg.kernel.wall import as_house
from omsorg.safeguarding.actions.closing import close
from omsorg.safeguarding.actions.shutting_out import shut_out
from omsorg.safeguarding.actions.triage import say_who_is_safe, triage
from omsorg.safeguarding.models import Incident
from omsorg.safeguarding.queries.incident import facts_of
from omsorg.safeguarding.queries.lists import open_lines
from omsorg.safeguarding.rules.codes import Answer, Stage
from omsorg.safeguarding.rules.progress import NotYet, SayMore, StillBlocked, blocks, next_steps
from omsorg.safeguarding.tests.handling import AT, SEEN, acting, enter_people, incident, led_to_closing, raised
from world import World

LATER = AT + timedelta(days=10)
IN_DANGER = replace(SEEN, safe_now=Answer.NO, note="She sleeps at the neighbour's tonight")


@pytest.fixture
def house(world: World) -> World:
    return enter_people(world)


def says(house: World, code: str, answer: Answer, who: str = "focal") -> None:
    with acting(house, who, LATER) as by:
        found = Incident.objects.get(code=code)
        say_who_is_safe(incident=found, safe_now=answer, note="I have seen her", by=by, at=LATER)


def in_danger(house: World) -> str:
    """Ready to be closed but for the last word on safety."""
    code = raised(house)
    led_to_closing(house, code)
    with acting(house, "focal", LATER) as by:
        triage(incident=Incident.objects.get(code=code), seen=IN_DANGER, duty_days=3, by=by, at=LATER)
    return code


def closes(house: World, code: str) -> None:
    with acting(house, "second_focal", LATER) as by:
        close(incident=Incident.objects.get(code=code), note="Meals are served again", by=by, at=LATER)


def test_nothing_is_closed_while_somebody_is_not_safe(house: World) -> None:
    code = in_danger(house)
    with as_house():
        facts = facts_of(incident(code))
    assert [str(each) for each in blocks(facts)] == ["somebody is not safe, by the last word on it"]
    assert next_steps(facts)[0] == "safe"
    with pytest.raises(StillBlocked, match="not safe"):
        closes(house, code)
    says(house, code, Answer.NOT_KNOWN)
    with pytest.raises(StillBlocked, match="not known whether everybody is safe"):
        closes(house, code)
    says(house, code, Answer.YES, "worker")
    closes(house, code)
    assert incident(code).stage == Stage.CLOSED


def test_nor_by_the_database(house: World) -> None:
    code = in_danger(house)
    refused = pytest.raises(IntegrityError, match="while somebody is not safe")
    with acting(house, "second_focal", LATER), refused, transaction.atomic():
        Incident.objects.filter(code=code).update(stage=Stage.CLOSED, closed_at=LATER)


def test_that_all_are_safe_counts_for_nothing_from_somebody_who_is_shut_out_since(house: World) -> None:
    code = in_danger(house)
    says(house, code, Answer.YES, "focal_africa")
    with as_house():
        person = Person.objects.get(pk=house.person["focal_africa"].pk)
    with acting(house, "second_focal", LATER) as by:
        found = Incident.objects.get(code=code)
        shut_out(incident=found, person=person, reason="Is a friend of theirs", by=by, at=LATER)
    with as_house():
        assert facts_of(incident(code)).safe_now is Answer.NO
    refused = pytest.raises(IntegrityError, match="while somebody is not safe")
    with acting(house, "second_focal", LATER), refused, transaction.atomic():
        Incident.objects.filter(code=code).update(stage=Stage.CLOSED, closed_at=LATER)


def test_it_is_said_in_words_and_after_the_first_look(house: World) -> None:
    code = raised(house)
    with pytest.raises(NotYet):
        says(house, code, Answer.YES)
    led_to_closing(house, code)
    with acting(house, "focal", LATER) as by:
        found = Incident.objects.get(code=code)
        with pytest.raises(SayMore):
            say_who_is_safe(incident=found, safe_now=Answer.YES, note=" ", by=by, at=LATER)


def test_they_stand_first_on_the_desk_and_at_the_top_of_the_page(house: World) -> None:
    raised(house)
    code = in_danger(house)
    with acting(house, "focal", LATER) as by:
        lines = open_lines(by, now=LATER)
    assert [line.is_unsafe for line in lines] == [True, False]
    client = Client()
    client.force_login(house.account["focal"])
    assert "not safe" in client.get("/safeguarding/").content.decode()
    page = client.get(f"/safeguarding/incidents/{code}/").content.decode()
    assert page.index("Somebody is not safe") < page.index("How far it has come")
    sent = {"safe_now": "yes", "note": "She is with her aunt", "expected": "99"}
    answer = client.post(f"/safeguarding/incidents/{code}/safe/", sent)
    assert "Say whether everybody is safe now" in answer.content.decode(), "somebody wrote meanwhile: look first"
