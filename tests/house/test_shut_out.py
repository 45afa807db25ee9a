"""Whoever is complained of cannot see, search, count, be assigned to or be notified of the incident.

Everything that can be read is read as that person, before there is an incident and after it has been led to its end and
written up for the public: each answer must be the same, byte for byte. Nothing here names a page: see `walking`.
"""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.db import transaction
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from house.walking import House, Reader, everything_read, identifiers_of, own_addresses
from omsorg.federation.doors import Who
from omsorg.federation.models import Account, Mandate, Organisation, Person
from omsorg.federation.roles import all_roles
from omsorg.kernel.models import Letter
from omsorg.kernel.wall import as_house
from omsorg.openness.actions.deciding import hand_in, hold_case
from omsorg.openness.actions.following import remind_of_holds
from omsorg.openness.actions.replies import take_in_reply
from omsorg.openness.actions.telling import hand_over_mail, list_those_told
from omsorg.openness.actions.writing import begin_case, write_case
from omsorg.openness.queries.incidents import waiting_incidents
from omsorg.openness.rules.deciding import ReasonClass
from omsorg.openness.rules.telling import Channel
from omsorg.openness.tests.cast import draft, recipient
from omsorg.safeguarding.actions.closing import decide_on_publication
from omsorg.safeguarding.actions.documents import keep_document
from omsorg.safeguarding.actions.duties import owe
from omsorg.safeguarding.actions.lessons import check_lesson, offer_lesson_to_plan, write_lesson
from omsorg.safeguarding.actions.measures import set_measure
from omsorg.safeguarding.actions.people import give_support, set_name_apart
from omsorg.safeguarding.actions.reminders import Agreed, remind_of_clocks
from omsorg.safeguarding.actions.shutting_out import shut_out
from omsorg.safeguarding.forms.registry import ACTS
from omsorg.safeguarding.jobs import tell_handlers, tell_member
from omsorg.safeguarding.models import Incident
from omsorg.safeguarding.rules.codes import About, Addressee, Publication, Side, SupportKind
from omsorg.safeguarding.tests.handling import AT, acting, closed, enter_people, incident, looked_at, raised
from world import BEGINNING, World

END = AT + timedelta(days=40)
SYSTEMS = ("safeguarding", "openness")
WORDS = ["TZ/2026", "Arusha", "evenings"]
OUTSIDE = [
    # key, name, role: of the international office, so that somebody is left whoever is complained of
    ("second_writer", "Wera Writer", "openness_writer"),
    ("second_releaser", "Rauha Releaser", "openness_releaser"),
    ("second_teller", "Taimi Teller", "openness_teller"),
]
LOCAL = {"by": "focal", "worker": "worker"}
ABOVE = {"by": "focal_africa", "worker": "worker_africa"}
CASES: dict[str, tuple[str, dict[str, Any], dict[str, str]]] = {
    "a focal person who is named": ("focal", {"complained_of": "Rehema Focal"}, {**LOCAL, "by": "second_focal"}),
    "a focal person below the unit complained of": (
        "focal_arusha",
        {"place": "tanzania", "about": About.LEADERSHIP},
        ABOVE,
    ),
    "the focal person of the unit complained of": ("focal", {"place": "tanzania", "about": About.THE_UNIT}, ABOVE),
    "a focal person above who is named": ("focal_africa", {"complained_of": "Abebe Focal"}, LOCAL),
    "a member of teams who is named": (
        "worker",
        {"complained_of": "Tumaini Worker"},
        {**LOCAL, "worker": "second_worker"},
    ),
    "whoever keeps people there": ("national_housekeeper", {"place": "tanzania", "about": About.THE_UNIT}, ABOVE),
    "whoever writes for the unit complained of": (
        "openness_writer",
        {"place": "tanzania", "about": About.THE_UNIT},
        ABOVE,
    ),
    "whoever tells for the unit complained of": (
        "openness_teller",
        {"place": "tanzania", "about": About.THE_UNIT},
        ABOVE,
    ),
    "a reporting officer": ("officer", {"complained_of": "officer@example.org"}, LOCAL),
    "a writer for the public": ("writer", {"complained_of": "Wanja Writer"}, LOCAL),
    "the public": ("", {}, LOCAL),
}
WHOLE_HOUSE = {"a focal person who is named", "a writer for the public", "the public"}
"""Who reads also what they are not let into; the others read what opens for them, and try the incident's addresses."""


@pytest.fixture
def house(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    monkeypatch.setattr(settings.ENVIRONMENT, "second_factor_roles", "")
    with time_machine.travel(END, tick=False):
        enter_people(world)
        for key, name, role in OUTSIDE:
            one_who(world, key, name, role, world.org["international"])
        recipient(world, "S-1")
        control = raised(world, place="tanzania", who="verifier")
        looked_at(world, control, who="focal_top")
        yield world


def one_who(world: World, key: str, name: str, role: str, at: Organisation) -> None:
    with as_house():
        person = Person.objects.create(organisation=at, name=name, email=f"{key}@example.org", is_example=True)
        world.person[key] = person
        world.account[key] = Account.objects.create_user(email=f"{key}@example.org", person=person)
        Mandate.objects.create(person=person, role=role, organisation=at, valid_from=BEGINNING)


def led_to_its_end(world: World, *, by: str, worker: str, **said: Any) -> int:
    """An incident with everything that could show: letters, reminders, team, file, lesson, decision, draft, telling."""
    code = raised(world, who="verifier", **said)
    pk = incident(code).pk
    tell_handlers(pk)
    remind_of_clocks(agreed=Agreed([1, 3], 1), at=AT + timedelta(days=8))
    closed(world, code, who=by, worker=worker)
    tell_member(pk, world.person[worker].pk)
    with acting(world, worker, END) as writer:
        found = Incident.objects.get(code=code)
        keep_document(incident=found, name="a.txt", content=b"what was said", limit=1000, by=writer, at=END)
        lesson = write_lesson(incident=found, area="Meals", text="Two people are at each meal", by=writer, at=END)
    with acting(world, by, END) as decider:
        check_lesson(lesson=lesson, by=decider, at=END)
        offer_lesson_to_plan(lesson=lesson, plan="example-plan", by=decider, at=END)
        found = Incident.objects.get(code=code)
        decide_on_publication(incident=found, decision=Publication.PUBLISH, by=decider, at=END)
    written_up(world, pk)
    return pk


def written_up(world: World, pk: int) -> None:
    """The case of the incident, listed and handed over, with a reply, and held with a letter about it."""
    with acting(world, "second_writer", END) as by:
        (waiting,) = [each for each in waiting_incidents(by) if each.id == pk]
        place = world.org[waiting.organisation]
        case = begin_case(organisation=place, programmes=[world.org["arusha"]], incident=pk, by=by, at=END)
        write_case(publication=case, draft=draft(closed_in=date(2026, 3, 1)), expected=0, by=by, at=END)
        hand_in(publication=case, by=by, at=END)
    with acting(world, "second_teller", END) as by:
        made = list_those_told(publication=case, nobody_because="", by=by, at=END)
        assert hand_over_mail(made=made, by=by, at=END) == 1
        reply = {"reference": "S-1", "name": "", "text": "Why?", "channel": Channel.EMAIL, "received_on": END.date()}
        take_in_reply(publication=case, by=by, at=END, **reply)
    with as_house():
        Letter.objects.filter(once__startswith="openness-").update(standing=Letter.Standing.IN_DOUBT)
    with acting(world, "second_releaser", END) as by:
        day = END.date() + timedelta(days=3)
        hold_case(publication=case, reason_class=ReasonClass.INQUIRY, reason="The court", review_on=day, by=by, at=END)
    remind_of_holds(days=7, at=END)


def letters_to(world: World, who: str) -> int:
    with as_house():
        return Letter.objects.filter(to_person=world.person[who].pk).count() if who else 0


@pytest.mark.parametrize("case", CASES)
def test_everything_is_the_same_whether_there_is_an_incident_or_not(house: World, case: str) -> None:
    who, said, handled = CASES[case]
    place, reader, is_whole = House(house), Reader(house, who), case in WHOLE_HOUSE
    remind_of_clocks(agreed=Agreed([1, 3], 1), at=AT + timedelta(days=8))
    told, before = letters_to(house, who), everything_read(place, reader, words=WORDS, is_whole=is_whole)
    codes, numbers = identifiers_of(*SYSTEMS)
    led_to_its_end(house, **handled, **said)
    after = everything_read(place, reader, words=WORDS, is_whole=is_whole)
    assert differences(before, after) == []
    assert letters_to(house, who) == told, "they are written to"
    more_codes, more_numbers = identifiers_of(*SYSTEMS)
    assert its_own_addresses(place, reader, {*more_codes - codes, *more_numbers - numbers}) == []


def differences(before: dict[str, tuple[int, bytes]], after: dict[str, tuple[int, bytes]]) -> list[str]:
    return sorted(path for path in {*before, *after} if before.get(path) != after.get(path))


def its_own_addresses(place: House, reader: Reader, there: set[object]) -> list[str]:
    """Addresses that lead to something of the incident and answer otherwise than if it were not there."""
    wrong = []
    nothing: dict[tuple[str, str], tuple[int, bytes]] = {}
    for path, absent in own_addresses(place, SYSTEMS, there):
        for ask in (reader.read, reader.send):
            asked = ask.__name__, absent
            if asked not in nothing:
                nothing[asked] = ask(absent)
            status, body = ask(path)
            if (status, body.replace(path.encode(), absent.encode())) != nothing[asked]:
                wrong.append(f"{ask.__name__} {path}")
    return wrong


def test_what_the_reader_writes_around_it_is_numbered_as_without_it(house: World) -> None:
    """Numbers of rows run on through what one must not find: none of them may show in what one may."""
    place, reader = House(house), Reader(house, "focal")
    mine = raised(house, place="tanzania", who="verifier")
    looked_at(house, mine)
    before, after = [
        read_around(house, place, reader, mine, hidden)
        for hidden in (
            lambda: 0,
            lambda: led_to_its_end(house, by="second_focal", worker="worker", complained_of="Rehema Focal"),
        )
    ]
    assert differences(before, after) == []
    assert any(b"Two at each meal" in body for _status, body in before.values())


def read_around(
    house: World, place: House, reader: Reader, mine: str, hidden: Callable[[], int]
) -> dict[str, tuple[int, bytes]]:
    """Everything of an own incident to which something is added before and after something else; then undone."""
    with transaction.atomic():
        for between in (hidden, lambda: 0):
            with acting(house, "focal", END) as by:
                stamp: dict[str, Any] = {"incident": Incident.objects.get(code=mine), "by": by, "at": END}
                set_measure(**stamp, text="Two at each meal", due_on=END.date())
                give_support(**stamp, kind=SupportKind.MEDICAL, persons=1, given_on=END.date(), follow_up_on=END.date())
                owe(**stamp, to=Addressee.DONOR, deadline_on=END.date() + timedelta(days=3))
                set_name_apart(**stamp, side=Side.AFFECTED, name="A child", reason="For the doctor")
                whom = house.person["officer" if between is hidden else "colleague"]
                shut_out(**stamp, person=whom, reason="Is related")
            between()
        paths = [path for path, _absent in own_addresses(place, ["safeguarding"], {mine})]
        paths += [reverse("safeguarding:act", args=[mine, do]) for do in ACTS]
        paths += [reverse("safeguarding:my-work"), reverse("safeguarding:incidents")]
        read = {path: reader.read(path) for path in paths}
        transaction.set_rollback(True)
    return read


def test_it_is_so_for_whoever_holds_any_role_of_the_house(house: World) -> None:
    """One of each role that no case above has, all of them named: a role that a new system brings is walked as well."""
    with as_house():
        people = [house.person[who] for who, *_rest in CASES.values() if who]
        walked = set(Mandate.objects.filter(person__in=people).values_list("role", flat=True))
    others = [role for role in all_roles() if role.code not in walked]
    for role in others:
        at = house.org["tanzania"] if "national_association" in role.held_at else house.org["international"]
        one_who(house, f"named_{role.code}", f"Named {role.code.replace('_', ' ')}", role.code, at)
    place, readers = House(house), [Reader(house, f"named_{role.code}") for role in others]
    before = [everything_read(place, each, words=WORDS[:1], is_whole=False) for each in readers]
    told = [letters_to(house, each.who) for each in readers]
    named = ", ".join(house.person[each.who].name for each in readers)
    led_to_its_end(house, **LOCAL, complained_of=named)
    for reader, first, letters in zip(readers, before, told, strict=True):
        after = everything_read(place, reader, words=WORDS[:1], is_whole=False)
        assert (reader.who, differences(first, after)) == (reader.who, [])
        assert (reader.who, letters_to(house, reader.who)) == (reader.who, letters)


def test_every_door_opens_for_somebody_who_walks(house: World) -> None:
    """No page is left out because nobody of those who walk gets in there."""
    place = House(house)
    for role in all_roles():
        top = role.held_at & {"international"} and role.code != "reporting_officer"
        one_who(
            house, f"any-{role.code}", f"Any {role.code}", role.code, house.org["international" if top else "tanzania"]
        )
    actings = [Reader(house, f"any-{role.code}").acting for role in all_roles()]
    kept = [way for way in place.ways if not way.name.startswith("api:")]
    kept = [way for way in kept if place.doors[way.name].who is not Who.EVERYBODY]
    assert [way.name for way in kept if not any(place.is_open(way, each) for each in actings)] == []


def test_the_walk_would_see_what_is_not_hidden(house: World) -> None:
    place, seen = House(house), dict[str, set[str]]()
    readers = [Reader(house, who) for who in ("focal", "openness_writer", "openness_teller")]
    before = [everything_read(place, each, words=WORDS, is_whole=False) for each in readers]
    codes, numbers = identifiers_of(*SYSTEMS)
    told = letters_to(house, "openness_releaser")
    led_to_its_end(house, by="second_focal", worker="worker")
    for reader, first in zip(readers, before, strict=True):
        seen[reader.who] = set(differences(first, everything_read(place, reader, words=WORDS, is_whole=False)))
    assert {"/safeguarding/incidents/", "/safeguarding/incidents.csv", "/api/safeguarding/statistics"} <= seen["focal"]
    assert "/safeguarding/incidents/?q=Arusha" in seen["focal"]
    assert {"/openness/work/", "/api/openness/work/cases"} & seen["openness_writer"]
    assert "/openness/work/replies/" in seen["openness_teller"]
    assert letters_to(house, "openness_releaser") > told
    more_codes, more_numbers = identifiers_of(*SYSTEMS)
    there = {*more_codes - codes, *more_numbers - numbers}
    own = its_own_addresses(place, readers[0], there)
    assert {name.split("/")[1] for name in own} == {"api", "safeguarding"}
    assert len(own) > 10


def test_every_address_has_a_name_and_so_is_walked() -> None:
    """Those without one stand before an address of the same path that has one, or answer that nothing is there."""
    before_others = ("account/", "api/<path:rest>")
    assert [each for each in unnamed(get_resolver()) if not each.startswith(before_others)] == []


def unnamed(of: URLResolver) -> Iterator[str]:
    for pattern in of.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from (f"{pattern.pattern}{rest}" for rest in unnamed(pattern))
        elif isinstance(pattern, URLPattern) and not pattern.name:
            yield str(pattern.pattern)
