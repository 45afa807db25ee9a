"""Whoever is complained of cannot see, search, count, be assigned to or be notified of the incident.

Every address of the site, every list and every search is read as that person, before there is an incident and after it
has been led to its end: each page must be the same, byte for byte.
"""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import translation

from house.test_every_page import address, every_name, samples
from omsorg.federation.access import NothingHere
from omsorg.federation.models import Person
from omsorg.kernel.models import Letter
from omsorg.kernel.wall import as_house
from omsorg.plans.tests.keys import bearer
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

CHANGES_EACH_TIME = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]+"|"csrf[^"]*": ?"[^"]*"')
SEARCHES = [
    "/safeguarding/incidents/?q=TZ",
    "/safeguarding/incidents/?q=2026",
    "/safeguarding/incidents/?stage=decided",
    "/safeguarding/incidents/?nature=neglect&sort=number",
    "/safeguarding/incidents.csv?q=Arusha",
    "/people/?words=focal",
    "/letters/?standing=waiting",
    "/da/safeguarding/",
]
END = AT + timedelta(days=40)


@pytest.fixture
def house(world: World) -> Iterator[World]:
    with time_machine.travel(END, tick=False):
        yield enter_people(world)


def is_walked(name: str, only: str) -> bool:
    """The pages for a second factor are left out: each time they show a secret of chance, and know of no incident."""
    return only in name and not name.startswith("mfa_")


def path_of(name: str, words: list[str], said: dict[str, Any]) -> str:
    """An address filled in; with numbers where it takes nothing else."""
    try:
        return address(name, words, said)
    except NoReverseMatch:
        return reverse(name, kwargs=dict.fromkeys(words, 1))


Reader = tuple[Client, dict[str, str], dict[str, Any]]


def signed_in(house: World, who: str) -> Reader:
    """A browser, a key and what stands in addresses, each made once: one's own account shows how often one signs in."""
    client = Client()
    client.force_login(house.account[who])
    return client, bearer(house, who), samples(house)


def everything_read(house: World, reader: Reader, code: str, *, only: str = "") -> dict[str, tuple[int, bytes]]:
    """Every page, list, file, feed and answer of the API, as this person reads them."""
    client, key, known = reader
    said = known | {"safeguarding:incident code": code, "safeguarding:act code": code, "do": "note"}
    said |= {"api:read_incident code": code}
    read: dict[str, tuple[int, bytes]] = {}
    with translation.override("en"):
        paths = [path_of(name, words, said) for name, words in every_name().items() if is_walked(name, only)]
    for path in [*paths, *SEARCHES]:
        more = key if path.startswith("/api/") else {}
        answer = client.get(path, **more)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        read[path] = (answer.status_code, CHANGES_EACH_TIME.sub(b"", body))
    return read


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


CASES = {
    "a focal person who is named": ("focal", {"complained_of": "Rehema Focal"}, "second_focal", "worker"),
    "a focal person below the unit complained of": (
        "focal_arusha",
        {"place": "tanzania", "about": About.LEADERSHIP},
        "focal_africa",
        "worker_africa",
    ),
    "the focal person of the unit complained of": (
        "focal",
        {"place": "tanzania", "about": About.THE_UNIT},
        "focal_africa",
        "worker_africa",
    ),
    "a focal person above who is named": ("focal_africa", {"complained_of": "Abebe Focal"}, "focal", "worker"),
    "a member of teams who is named": ("worker", {"complained_of": "Tumaini Worker"}, "focal", "second_worker"),
    "whoever keeps people there": (
        "national_housekeeper",
        {"place": "tanzania", "about": About.THE_UNIT},
        "focal_africa",
        "worker_africa",
    ),
    "whoever keeps all people, and is named": (
        "housekeeper",
        {"complained_of": "Example Housekeeper"},
        "focal",
        "worker",
    ),
    "the owner of the plan that is offered the lesson": (
        "plan_owner",
        {"complained_of": "Example Plan Owner"},
        "focal",
        "worker",
    ),
    "a reporting officer": ("officer", {"complained_of": "officer@example.org"}, "focal", "worker"),
    "a writer for the public": ("writer", {"complained_of": "Wanja Writer"}, "focal", "worker"),
}


@pytest.mark.parametrize("case", CASES)
def test_every_page_is_the_same_whether_there_is_an_incident_or_not(house: World, case: str) -> None:
    who, said, by, worker = CASES[case]
    looked_at(house, raised(house, place="tanzania", who="verifier"), who="focal_top")
    reader = signed_in(house, who)
    before = everything_read(house, reader, "0" * 12)
    code = led_to_its_end(house, by=by, worker=worker, **said)
    after = everything_read(house, reader, "0" * 12)
    different = [path for path, answer in before.items() if after[path] != answer]
    assert different == []
    own = everything_read(house, reader, code, only="safeguarding")
    swapped = {path.replace(code, "0" * 12): answer for path, answer in own.items()}
    assert [path for path, answer in swapped.items() if after[path] != answer] == [], "its own address tells of it"
    with as_house():
        assert not Letter.objects.filter(once__startswith="safeguarding:", to_person=house.person[who].pk).exists()


def test_the_walk_would_see_an_incident_that_is_not_hidden(house: World) -> None:
    reader = signed_in(house, "focal")
    before = everything_read(house, reader, "0" * 12, only="incident")
    led_to_its_end(house, by="second_focal", worker="worker")
    after = everything_read(house, reader, "0" * 12, only="incident")
    different = {path for path, answer in before.items() if after[path] != answer}
    assert {"/safeguarding/incidents/", "/safeguarding/incidents.csv"} <= different
    assert {"/api/safeguarding/incidents", "/api/safeguarding/statistics"} <= different


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
