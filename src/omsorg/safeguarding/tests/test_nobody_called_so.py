"""A concern about somebody whom nobody here is called waits one level up until it is settled whom it is about."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client

from omsorg.kernel.wall import as_house
from omsorg.safeguarding.actions.raising import Concern, receive_copy
from omsorg.safeguarding.actions.shutting_out import let_in, shut_out
from omsorg.safeguarding.actions.triage import triage
from omsorg.safeguarding.models import Incident, Shutout
from omsorg.safeguarding.queries.concerns import my_concerns
from omsorg.safeguarding.rules.codes import About, Answer
from omsorg.safeguarding.rules.conflicts import ConflictUnsettled, StaysShutOut
from omsorg.safeguarding.tests.handling import AT, SEEN, acting, enter_people, incident, looked_at, raised
from world import World


@pytest.fixture
def house(world: World) -> World:
    return enter_people(world)


def sees(house: World, who: str, code: str) -> bool:
    with acting(house, who):
        return Incident.objects.filter(code=code).exists()


def handed(house: World) -> str:
    with acting(house, "colleague"):
        return my_concerns()[0].handed


@pytest.mark.parametrize(
    ("said", "waits"),
    [
        pytest.param({"complained_of": "Rehma Fokal"}, True, id="a name that nobody has"),
        pytest.param({}, True, id="no name at all"),
        pytest.param(
            {"complained_of": "the cook", "what": "Rehema Focal knows it"}, True, id="another one in the text"
        ),
        pytest.param({"complained_of": "Rehema Focal"}, False, id="a name that is known"),
        pytest.param({"what": "It is Rehema Focal who hits them"}, False, id="known by the text"),
        pytest.param({"about": About.NOBODY_HERE}, False, id="nobody who works here"),
    ],
)
def test_it_waits_one_level_up(house: World, said: dict[str, str], waits: bool) -> None:
    code = raised(house, **{"about": About.A_PERSON, **said})
    assert incident(code).handled_at.code == ("africa" if waits else "tanzania")
    assert sees(house, "second_focal", code) is not waits
    assert sees(house, "focal_arusha", code) is not waits
    assert sees(house, "focal_africa", code)
    assert handed(house) == ("above" if waits else "")


@pytest.mark.parametrize(
    ("named", "where"), [("Rehma Fokal", "africa"), ("Rehema Focal", "tanzania"), ("", "tanzania")]
)
def test_a_copy_waits_where_a_name_came_with_it(house: World, named: str, where: str) -> None:
    copy = Concern(place=house.org["arusha"], what="They hit us", about=About.A_PERSON, complained_of=named)
    with as_house():
        code = receive_copy(concern=copy, reference="7-1", at=AT)
    assert incident(code).handled_at.code == where


def test_said_that_there_is_no_conflict_it_goes_on_where_it_lies(house: World) -> None:
    code = raised(house, about=About.A_PERSON, complained_of="Rehma Fokal")
    looked_at(house, code, who="focal_africa", seen=replace(SEEN, conflict=Answer.NOT_KNOWN))
    assert (incident(code).handled_at.code, sees(house, "focal", code)) == ("africa", False)
    with acting(house, "focal_africa", AT + timedelta(hours=1)) as by:
        found = Incident.objects.get(code=code)
        triage(incident=found, seen=SEEN, duty_days=3, by=by, at=AT + timedelta(hours=1))
    assert (incident(code).handled_at.code, sees(house, "focal", code), handed(house)) == ("tanzania", True, "")


def test_where_there_is_a_conflict_whoever_has_it_is_shut_out_first(house: World) -> None:
    code = raised(house, about=About.A_PERSON, complained_of="Rehma Fokal")
    with acting(house, "focal_africa") as by:
        found = Incident.objects.get(code=code)
        seen = replace(SEEN, conflict=Answer.YES)
        with pytest.raises(ConflictUnsettled):
            triage(incident=found, seen=seen, duty_days=3, by=by, at=AT)
        with pytest.raises(StaysShutOut):
            let_in(incident=found, shutout=Shutout.objects.get(), reason="Quick", by=by, at=AT)
        shut_out(incident=found, named="Rehema Focal", reason="It is she", by=by, at=AT)
        triage(incident=found, seen=seen, duty_days=3, by=by, at=AT)
    assert (sees(house, "focal", code), sees(house, "second_focal", code)) == (False, True)


def test_at_the_top_nobody_is_above(house: World) -> None:
    code = raised(house, place="international", about=About.A_PERSON, complained_of="Nobody Known")
    assert sees(house, "focal_top", code)
    with as_house():
        assert not Shutout.objects.exists()


def test_whoever_raises_it_is_told(house: World) -> None:
    client = Client()
    client.force_login(house.account["colleague"])
    said = {"what": "He hits them", "place": "arusha", "about": "a_person", "channel": "colleague"}
    page = client.post("/safeguarding/raise/", {**said, "complained_of": "Rehma Fokal"}, follow=True).content.decode()
    assert "We know nobody of that name here." in page
    assert "we know nobody of that name: those one level up look at it first" in page
    page = client.post("/safeguarding/raise/", {**said, "complained_of": "Rehema Focal"}, follow=True).content.decode()
    assert "We know nobody of that name here." not in page
