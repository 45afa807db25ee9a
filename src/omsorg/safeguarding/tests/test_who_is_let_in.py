"""Who comes to an incident, and who goes: a team of those who see it, letters taken back, a shutting out lifted by two,
and nobody left alone with it in silence."""

from datetime import timedelta
from threading import Event
from time import sleep

import pytest
from django.test import Client

from omsorg.federation.access import NothingHere
from omsorg.federation.models import Mandate, Person
from omsorg.kernel.models import Letter
from omsorg.kernel.wall import as_house
from omsorg.safeguarding.actions.left_alone import tell_who_is_left
from omsorg.safeguarding.actions.shutting_out import let_in, shut_out
from omsorg.safeguarding.actions.triage import take_up
from omsorg.safeguarding.actions.working import name_to_team
from omsorg.safeguarding.jobs import tell_handlers
from omsorg.safeguarding.models import Incident, Shutout, Step, TeamMember
from omsorg.safeguarding.rules.codes import About, StepKind, TeamPart
from omsorg.safeguarding.rules.conflicts import (
    IsShutOut,
    LiftedByTwo,
    NobodyCalledSo,
    OneOfThemAbove,
    StaysShutOut,
)
from omsorg.safeguarding.tests.handling import AT, acting, enter_people, incident, looked_at, make_house, raised
from omsorg.safeguarding.tests.test_numbers import at_once
from world import World


@pytest.fixture
def house(world: World) -> World:
    return enter_people(world)


def known(house: World, who: str) -> Person:
    with as_house():
        return Person.objects.get(pk=house.person[who].pk)


def lift(house: World, code: str, *, by: str) -> None:
    with acting(house, by) as handler:
        shutout = Shutout.objects.get(incident__code=code)
        let_in(incident=Incident.objects.get(code=code), shutout=shutout, reason="A mistake", by=handler, at=AT)


def lifted(code: str) -> bool:
    with as_house():
        return Shutout.objects.get(incident__code=code).lifted_at is not None


def test_a_team_takes_only_who_sees_the_incident(house: World) -> None:
    code = raised(house)
    looked_at(house, code)
    lead = {"person": known(house, "officer"), "part": TeamPart.LEAD}
    with acting(house, "focal") as by, pytest.raises(IsShutOut):
        name_to_team(incident=Incident.objects.get(code=code), **lead, by=by, at=AT)
    with as_house():
        assert not TeamMember.objects.exists()
        assert not Step.objects.filter(kind=StepKind.TEAM_NAMED).exists()


@pytest.mark.parametrize(("whom", "by", "stopped"), [("person", "focal", 1), ("unit", "focal_africa", 2)])
def test_a_letter_that_waits_is_taken_back_from_whoever_is_shut_out(
    house: World, whom: str, by: str, stopped: int
) -> None:
    code = raised(house)
    tell_handlers(incident(code).pk)
    second = house.person["second_focal"].pk
    with as_house():
        assert Letter.objects.filter(to_person=second, standing="waiting").count() == 1
    who = {"person": known(house, "second_focal")} if whom == "person" else {"organisation": house.org["tanzania"]}
    with acting(house, by) as handler:
        shut_out(incident=Incident.objects.get(code=code), **who, reason="Is related", by=handler, at=AT)
    with as_house():
        assert not Letter.objects.filter(to_person=second).exists()
        assert Letter.objects.filter(standing="taken_back", body="").count() == stopped


def test_somebody_above_whom_one_does_not_see_is_shut_out_by_name_or_address(house: World) -> None:
    code = raised(house)
    for said in ("Abebe Focal", "outside_top@example.org"):
        with acting(house, "focal") as by:
            shut_out(incident=Incident.objects.get(code=code), named=said, reason="Is the uncle", by=by, at=AT)
    for who in ("focal_africa", "outside_top"):
        with acting(house, who):
            assert not Incident.objects.exists()
    with acting(house, "focal") as by, pytest.raises(NobodyCalledSo):
        shut_out(incident=Incident.objects.get(code=code), named="Nemo Nobody", reason="x", by=by, at=AT)
    client = Client()
    client.force_login(house.account["focal"])
    page = f"/safeguarding/incidents/{code}/shut-out/"
    answer = client.post(page, {"named": "Desta Worker", "reason": "Is a friend"})
    assert answer.status_code == 302
    with as_house():
        assert Shutout.objects.filter(person=house.person["worker_africa"].pk).exists()


def test_a_shutting_out_is_lifted_by_two_one_of_them_above(house: World) -> None:
    code = raised(house)
    with acting(house, "focal") as by:
        whom = known(house, "worker")
        shut_out(incident=Incident.objects.get(code=code), person=whom, reason="Is related", by=by, at=AT)
    lift(house, code, by="focal")
    assert not lifted(code)
    with pytest.raises(LiftedByTwo):
        lift(house, code, by="focal")
    with pytest.raises(OneOfThemAbove):
        lift(house, code, by="second_focal")
    assert not lifted(code)
    lift(house, code, by="focal_africa")
    assert lifted(code)


@pytest.mark.parametrize(
    "said",
    [
        {"place": "tanzania", "about": About.LEADERSHIP},
        {"about": About.A_PERSON, "complained_of": "Tumaini Worker"},
    ],
    ids=["a unit", "a person"],
)
def test_whom_the_concern_itself_complains_of_is_never_let_in(house: World, said: dict[str, object]) -> None:
    code = raised(house, **said)
    for who in ("focal_africa", "focal_top"):
        with pytest.raises(StaysShutOut):
            lift(house, code, by=who)
    assert not lifted(code)


def test_the_leadership_above_is_complained_of_for_something_in_a_village(house: World) -> None:
    client = Client()
    client.force_login(house.account["colleague"])
    assert client.get("/safeguarding/raise/").context["form"]["about"].value() is None
    said = {"what": "They were told and did nothing", "place": "arusha", "channel": "colleague"}
    assert "about" in client.post("/safeguarding/raise/", said).context["form"].errors
    said["about"] = "leadership"
    assert "unit" in client.post("/safeguarding/raise/", said).context["form"].errors
    assert client.post("/safeguarding/raise/", {**said, "unit": "tanzania"}).status_code == 302
    with as_house():
        found = Incident.objects.get()
        assert (found.organisation.code, found.handled_at.code) == ("arusha", "africa")
    with acting(house, "focal"):
        assert not Incident.objects.exists()


def end_roles(house: World, *who: str) -> None:
    with as_house():
        gone = [house.person[key].pk for key in who]
        Mandate.objects.filter(person__in=gone).update(valid_until=AT.date())


def test_the_last_who_handles_is_not_gone_in_silence(house: World) -> None:
    raised(house)
    assert tell_who_is_left(at=AT) == 0
    end_roles(house, "focal", "second_focal")
    assert tell_who_is_left(at=AT) == 3
    with as_house():
        found = set(Letter.objects.filter(once__contains=":fell:").values_list("to_person", flat=True))
    assert found == {house.person[who].pk for who in ("focal_africa", "focal_top", "outside_top")}
    assert tell_who_is_left(at=AT) == 0, "said once"


def test_where_nobody_is_left_those_who_give_roles_at_the_top_are_told_without_a_number(house: World) -> None:
    code = raised(house)
    looked_at(house, code)
    end_roles(house, "focal", "second_focal", "focal_africa", "focal_top", "outside_top")
    assert tell_who_is_left(at=AT) > 0
    with as_house():
        letter = Letter.objects.filter(once__contains=":alone:").first()
        number = Incident.objects.get(code=code).shown_number
    assert letter is not None
    assert letter.to_person == house.person["housekeeper"].pk
    assert str(number) not in letter.body
    assert code not in letter.body
    assert tell_who_is_left(at=AT + timedelta(days=1)) > 0, "each day until somebody is given the role"


def test_before_a_file_is_sent_the_page_says_what_a_photograph_tells(house: World) -> None:
    code = raised(house)
    looked_at(house, code)
    client = Client()
    client.force_login(house.account["focal"])
    page = client.get(f"/safeguarding/incidents/{code}/document/").content.decode()
    assert "we take where, when and with which device it was taken" in page


def test_whoever_is_shut_out_while_they_wait_finds_nothing_here(own_database: str) -> None:
    house = make_house()
    code = raised(house)
    is_shut, waits = Event(), Event()

    def shuts() -> None:
        with acting(house, "focal") as by:
            whom = known(house, "second_focal")
            shut_out(incident=Incident.objects.get(code=code), person=whom, reason="Is related", by=by, at=AT)
            is_shut.set()
            assert waits.wait(20)
            sleep(0.5)

    def takes_up() -> None:
        assert is_shut.wait(20)
        with acting(house, "second_focal") as by:
            found = Incident.objects.get(code=code)
            waits.set()
            take_up(incident=found, by=by, at=AT)

    done, refused = at_once(shuts, takes_up)
    assert done is None
    assert isinstance(refused, NothingHere)
