"""Whoever is complained of finds no row of the incident, is not taken into its team, and somebody else handles it.

That no page, list, count, search, feed or answer of the API tells of it: `tests/house/test_shut_out.py`.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.db import DatabaseError, transaction

from omsorg.federation.access import NothingHere
from omsorg.federation.models import Person
from omsorg.kernel.wall import as_house
from omsorg.safeguarding import models
from omsorg.safeguarding.access import incident_for
from omsorg.safeguarding.actions.closing import decide_on_publication
from omsorg.safeguarding.actions.lessons import check_lesson, offer_lesson_to_plan, write_lesson
from omsorg.safeguarding.actions.reminders import Agreed, remind_of_clocks
from omsorg.safeguarding.actions.shutting_out import shut_out
from omsorg.safeguarding.actions.working import name_to_team
from omsorg.safeguarding.jobs import tell_handlers, tell_member
from omsorg.safeguarding.models import Incident, TeamMember
from omsorg.safeguarding.queries.candidates import candidates_for
from omsorg.safeguarding.queries.closed import incidents_to_publish
from omsorg.safeguarding.rules.codes import About, Publication, TeamPart
from omsorg.safeguarding.rules.conflicts import IsShutOut, NobodyLeft
from omsorg.safeguarding.tests.handling import AT, acting, closed, enter_people, incident, looked_at, raised
from world import World

END = AT + timedelta(days=40)


@pytest.fixture
def house(world: World) -> Iterator[World]:
    with time_machine.travel(END, tick=False):
        yield enter_people(world)


def led_to_its_end(house: World, *, by: str, worker: str, **said: Any) -> str:
    """An incident with everything that could show somewhere: letters, reminders, team, lesson, decision."""
    code = raised(house, who="verifier", **said)
    pk = incident(code).pk
    tell_handlers(pk)
    remind_of_clocks(agreed=Agreed([1, 3], 1), at=AT + timedelta(days=8))
    closed(house, code, who=by, worker=worker)
    tell_member(pk, house.person[worker].pk)
    with acting(house, worker, END) as writer:
        found = Incident.objects.get(code=code)
        lesson = write_lesson(incident=found, area="Meals", text="Two people are at each meal", by=writer, at=END)
    with acting(house, by, END) as decider:
        check_lesson(lesson=lesson, by=decider, at=END)
        offer_lesson_to_plan(lesson=lesson, plan="example-plan", by=decider, at=END)
        found = Incident.objects.get(code=code)
        decide_on_publication(incident=found, decision=Publication.PUBLISH, by=decider, at=END)
    return code


@pytest.mark.parametrize("who", ["focal", "focal_arusha", "worker"])
def test_not_one_row_of_it_is_found_in_the_database(house: World, who: str) -> None:
    led_to_its_end(house, by="focal_africa", worker="worker_africa", place="tanzania", about=About.THE_UNIT)
    tables = [model for model in apps.get_app_config("safeguarding").get_models() if model is not models.Serial]
    with acting(house, who, END):
        assert {model.__name__: model.objects.count() for model in tables if model.objects.exists()} == {}
    with acting(house, "focal_africa", END):
        assert Incident.objects.count() == 1


def test_nobody_who_is_shut_out_is_offered_or_taken_into_the_team(house: World) -> None:
    code = raised(house, complained_of="Tumaini Worker")
    looked_at(house, code)
    with acting(house, "focal") as by:
        found = Incident.objects.get(code=code)
        person = Person.objects.get(pk=house.person["worker"].pk)
        assert person.code not in dict(candidates_for(found, by.day))
        with pytest.raises(IsShutOut):
            name_to_team(incident=found, person=person, part=TeamPart.MEMBER, by=by, at=AT)
        with pytest.raises(DatabaseError), transaction.atomic():
            TeamMember.objects.create(incident=found, person=person, part=TeamPart.MEMBER, at=AT)


def test_a_member_who_is_shut_out_leaves_the_team(house: World) -> None:
    code = raised(house)
    looked_at(house, code)
    with acting(house, "focal") as by:
        found = Incident.objects.get(code=code)
        person = Person.objects.get(pk=house.person["worker"].pk)
        name_to_team(incident=found, person=person, part=TeamPart.MEMBER, by=by, at=AT)
        shut_out(incident=found, person=person, reason="Is related", by=by, at=AT)
        assert not TeamMember.objects.filter(left_at=None).exists()
    with acting(house, "worker") as by, pytest.raises(NothingHere):
        incident_for(by, code)


def test_a_unit_that_is_shut_out_later_hands_it_one_level_up(house: World) -> None:
    code = raised(house)
    looked_at(house, code)
    with acting(house, "focal_africa") as by:
        found = Incident.objects.get(code=code)
        shut_out(incident=found, organisation=house.org["tanzania"], reason="The head knew", by=by, at=AT)
    assert incident(code).handled_at.code == "africa"
    with acting(house, "focal"):
        assert not Incident.objects.exists()


def test_somebody_is_always_left_to_handle_it(house: World) -> None:
    code = raised(house)
    with as_house():
        Person.objects.filter(email__startswith="focal_t").update(left_on=AT.date())
        Person.objects.filter(email__startswith="outside").update(left_on=AT.date())
        Person.objects.filter(email__startswith="focal_af").update(left_on=AT.date())
    with acting(house, "focal") as by:
        found = Incident.objects.get(code=code)
        with pytest.raises(NobodyLeft):
            shut_out(incident=found, organisation=house.org["tanzania"], reason="x", by=by, at=AT)


def test_whoever_writes_for_the_public_does_not_read_of_themselves(house: World) -> None:
    hidden = led_to_its_end(house, by="focal", worker="worker", complained_of="Wanja Writer")
    shown = led_to_its_end(house, by="focal", worker="worker")
    with acting(house, "writer", END) as by:
        found = {each.code: each for each in incidents_to_publish(by)}
    assert hidden not in found
    told = found[shown]
    assert (told.programme_code, told.organisation_code, told.affected) == ("arusha", "tanzania", {"child_in_care": 3})
    assert (told.decision, told.country, told.type) == ("publish", "TZ", "neglect")
