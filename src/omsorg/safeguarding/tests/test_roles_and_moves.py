"""Shut out is whoever holds any role at what is complained of, whoever belonged there since, and whom they let in; and
an incident outlives the organisation it is about."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import time_machine
from django.db import DatabaseError, transaction
from django.test import Client

from omsorg.federation.access import NothingHere
from omsorg.federation.actions.organisations import close_organisation, move_organisation
from omsorg.federation.actions.people import move_person
from omsorg.federation.actions.roles import give_role
from omsorg.federation.models import Mandate, Organisation, Person
from omsorg.kernel.models import Letter
from omsorg.kernel.wall import as_house
from omsorg.openness.actions.writing import begin_case
from omsorg.openness.models import Publication
from omsorg.openness.pages.words import day
from omsorg.openness.queries.incidents import waiting_incidents
from omsorg.openness.views.desk import waiting_line
from omsorg.safeguarding.access import handles, incident_for
from omsorg.safeguarding.actions.closing import decide_on_publication
from omsorg.safeguarding.actions.reminders import Agreed, remind_of_clocks
from omsorg.safeguarding.actions.shutting_out import shut_out
from omsorg.safeguarding.actions.triage import triage
from omsorg.safeguarding.checks import everybody_is_answered_for
from omsorg.safeguarding.jobs import tell_handlers
from omsorg.safeguarding.models import Incident, Shutout, TeamMember
from omsorg.safeguarding.queries.concerns import my_concerns
from omsorg.safeguarding.queries.lists import incidents_visible_to, overdue_below
from omsorg.safeguarding.rules.codes import About, TeamPart
from omsorg.safeguarding.rules.codes import Publication as Decision
from omsorg.safeguarding.tests.handling import AT, SEEN, acting, closed, enter_people, incident, looked_at, raised
from world import BEGINNING, World

FOCAL = "safeguarding_focal_person"
NEXT_DAY = AT + timedelta(days=1)


@pytest.fixture
def house(world: World) -> Iterator[World]:
    with time_machine.travel(AT + timedelta(hours=2), tick=False):
        yield enter_people(world)


def held(world: World, who: str, role: str, at: str, since: date = BEGINNING) -> None:
    with as_house():
        Mandate.objects.create(person=world.person[who], role=role, organisation=world.org[at], valid_from=since)


def sees(world: World, who: str, code: str) -> bool:
    with acting(world, who) as by:
        found = Incident.objects.filter(code=code).exists()
        assert found is (code in incidents_visible_to(by).values_list("code", flat=True))
        return found


def letters_to(world: World, who: str) -> int:
    with as_house():
        return Letter.objects.filter(to_person=world.person[who].pk, once__startswith="safeguarding").count()


@pytest.mark.parametrize(("role", "at"), [("housekeeper", "tanzania"), ("plan_owner", "tanzania"), (FOCAL, "arusha")])
def test_any_role_at_or_below_the_unit_complained_of_shuts_out_on_every_road(house: World, role: str, at: str) -> None:
    held(house, "focal_africa", role, at)
    code = raised(house, place="tanzania", about=About.LEADERSHIP)
    tell_handlers(incident(code).pk)
    assert not sees(house, "focal_africa", code)
    assert sees(house, "focal_top", code)
    assert (letters_to(house, "focal_africa"), letters_to(house, "focal_top")) == (0, 1)
    with acting(house, "focal_africa") as by, pytest.raises(NothingHere):
        incident_for(by, code)
    with as_house(), pytest.raises(DatabaseError), transaction.atomic():
        TeamMember.objects.create(
            incident=incident(code), person=house.person["focal_africa"], part=TeamPart.MEMBER, at=AT
        )


def test_a_role_that_ended_since_the_concern_came_still_shuts_out(house: World) -> None:
    held(house, "focal_africa", "housekeeper", "tanzania")
    code = raised(house, place="tanzania", about=About.LEADERSHIP)
    with as_house():
        Mandate.objects.filter(role="housekeeper", person=house.person["focal_africa"]).update(
            valid_until=NEXT_DAY.date()
        )
    with acting(house, "focal_africa", AT + timedelta(days=5)):
        assert not Incident.objects.exists()
    held(house, "focal_norway", FOCAL, "africa")
    assert sees(house, "focal_norway", code)


def test_a_writer_who_holds_any_role_there_finds_no_draft_of_it(house: World) -> None:
    code = raised(house, place="tanzania", about=About.LEADERSHIP)
    closed(house, code, who="focal_africa", worker="worker_africa")
    at = AT + timedelta(days=10)
    with acting(house, "focal_africa", at) as by:
        found = Incident.objects.get(code=code)
        decide_on_publication(incident=found, decision=Decision.PUBLISH, by=by, at=at)
    with acting(house, "writer", at) as by:
        (waiting,) = waiting_incidents(by)
        assert waiting.due_on is not None
        assert waiting.due_on > at.date()
    client = Client()
    client.force_login(house.account["writer"])
    desk = client.get("/openness/work/").content.decode()
    assert f"to be written up by {day(waiting.due_on)}" in desk
    assert [waiting_line(waiting, waiting.due_on + timedelta(days=more))["is_late"] for more in (0, 1)] == [False, True]
    with acting(house, "writer", at) as by:
        begin_case(organisation=house.org["tanzania"], programmes=[], incident=waiting.id, by=by, at=at)
        assert Publication.objects.count() == 1
    held(house, "writer", "housekeeper", "arusha")
    with acting(house, "writer", at) as by:
        assert (waiting_incidents(by), Publication.objects.count()) == ([], 0)


def test_whoever_belonged_there_stays_shut_out_wherever_they_are_moved(house: World) -> None:
    code = raised(house, place="tanzania", about=About.THE_UNIT)
    held(house, "focal", FOCAL, "africa")
    with acting(house, "housekeeper") as by:
        person = Person.objects.get(pk=house.person["focal"].pk)
        move_person(person=person, to=Organisation.objects.get(code="africa"), by=by, at=AT)
    with as_house():
        Mandate.objects.filter(person=house.person["focal"], organisation=house.org["tanzania"]).delete()
    assert not sees(house, "focal", code)


def test_a_unit_moved_away_in_the_tree_stays_shut_out(house: World) -> None:
    code = raised(house, place="tanzania", about=About.THE_UNIT)
    held(house, "focal_arusha", FOCAL, "africa")
    with acting(house, "housekeeper") as by:
        village, region = (Organisation.objects.get(code=each) for each in ("arusha", "africa"))
        move_organisation(organisation=village, under=region, from_on=AT.date(), reason="Nearer", by=by, at=AT)
    assert not sees(house, "focal_arusha", code)


def test_a_village_that_is_moved_does_not_take_its_open_incidents_along(house: World) -> None:
    code = raised(house)
    looked_at(house, code)
    later = AT + timedelta(days=10)
    with acting(house, "housekeeper", later) as by:
        village, norway = (Organisation.objects.get(code=each) for each in ("arusha", "norway"))
        move_organisation(organisation=village, under=norway, from_on=later.date(), reason="Nearer", by=by, at=later)
    since = later + timedelta(days=1)
    for who, sees in [("focal", True), ("focal_africa", True), ("focal_top", True), ("focal_norway", False)]:
        with acting(house, who, since):
            assert Incident.objects.filter(code=code).exists() is sees, who
    with acting(house, "focal", since) as by:
        assert incident_for(by, code).handled_at.code == "tanzania"
        triage(incident=Incident.objects.get(code=code), seen=SEEN, duty_days=3, by=by, at=since)
    assert incident(code).handled_at.code == "tanzania"
    new = raised(house, at=since)
    with acting(house, "focal_norway", since):
        assert Incident.objects.filter(code=new).exists()


def test_a_role_given_after_it_by_somebody_shut_out_opens_nothing_of_it(house: World) -> None:
    code = raised(house, complained_of=house.person["housekeeper"].name)
    other = raised(house)
    with acting(house, "housekeeper") as by:
        helper = Person.objects.get(pk=house.person["officer"].pk)
        given = give_role(
            person=helper,
            role=FOCAL,
            organisation=Organisation.objects.get(code="tanzania"),
            from_on=AT.date(),
            until=None,
            by=by,
            at=AT,
        )
        Mandate.objects.filter(pk=given.pk).update(given_by=None)
    with as_house():
        assert Mandate.objects.get(pk=given.pk).given_by_id == house.person["housekeeper"].pk
    tell_handlers(incident(code).pk)
    assert (sees(house, "officer", code), sees(house, "officer", other)) == (False, True)
    assert letters_to(house, "officer") == 0


def close_arusha(world: World) -> None:
    with as_house():
        Person.objects.filter(organisation=world.org["arusha"]).update(left_on=AT.date())
    with acting(world, "housekeeper") as by:
        village = Organisation.objects.get(code="arusha")
        close_organisation(organisation=village, until=NEXT_DAY.date(), reason="It is closed", by=by, at=AT)


def test_an_incident_outlives_the_house_it_is_about(house: World) -> None:
    code = raised(house)
    close_arusha(house)
    later = AT + timedelta(days=30)
    for who, is_there in (("focal", True), ("focal_africa", True), ("focal_norway", False)):
        with acting(house, who, later) as by:
            assert Incident.objects.filter(code=code).exists() is is_there, who
            assert incidents_visible_to(by).filter(code=code).exists() is is_there, who
            assert len(overdue_below(by, now=later)) == (who == "focal_africa")
            if is_there:
                assert handles(by, incident_for(by, code))
    assert remind_of_clocks(agreed=Agreed([1, 3], 1), at=later) > 0
    with as_house(day=later.date()):
        assert not everybody_is_answered_for().wrong


def test_it_is_worked_to_its_end_and_written_up_after_its_house_was_closed(house: World) -> None:
    code = raised(house, at=AT)
    close_arusha(house)
    at = AT + timedelta(days=20)
    closed(house, code, at=AT + timedelta(days=19))
    with acting(house, "focal", at) as by:
        decide_on_publication(incident=Incident.objects.get(code=code), decision=Decision.PUBLISH, by=by, at=at)
    with acting(house, "writer", at) as by:
        (waiting,) = waiting_incidents(by)
        assert (waiting.organisation, waiting.programme) == ("tanzania", "arusha")
        village = Organisation.objects.get(code="arusha")
        begin_case(organisation=house.org["tanzania"], programmes=[village], incident=waiting.id, by=by, at=at)


def test_where_the_association_is_closed_the_next_above_has_it(house: World) -> None:
    code = raised(house, place="tanzania")
    with as_house():
        Mandate.objects.filter(organisation=house.org["tanzania"]).update(valid_until=NEXT_DAY.date())
        Organisation.objects.filter(pk__in=[house.org[each].pk for each in ("tanzania", "arusha")]).update(
            exists_until=NEXT_DAY.date()
        )
    with acting(house, "focal_africa", AT + timedelta(days=5)) as by:
        assert handles(by, incident_for(by, code))
    with as_house(day=AT.date() + timedelta(days=5)):
        assert not everybody_is_answered_for().wrong


def test_a_concern_about_a_house_that_was_closed_is_taken_in(house: World) -> None:
    close_arusha(house)
    later = AT + timedelta(days=5)
    code = raised(house, who="officer", at=later)
    assert incident(code).handled_at.code == "tanzania"


def test_the_line_of_a_raiser_who_is_shut_out_later_does_not_fall_back(house: World) -> None:
    code = raised(house, complained_of="Abebe Focal")
    looked_at(house, code, at=AT + timedelta(hours=1))
    later = AT + timedelta(hours=2)
    with as_house():
        raiser = Person.objects.get(pk=house.person["colleague"].pk)
    with acting(house, "focal", later) as by:
        shut_out(incident=Incident.objects.get(code=code), person=raiser, reason="Named too", by=by, at=later)
    with acting(house, "colleague"):
        assert my_concerns()[0].standing == "worked_on"
    with as_house():
        assert Shutout.objects.filter(incident__code=code).count() == 2
