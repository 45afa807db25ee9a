"""An incident takes a team of its level: nobody plans, and nobody closes, without somebody of that level in it."""

from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine

from omsorg.federation.models import Mandate, Person
from omsorg.kernel.wall import as_house
from omsorg.safeguarding.actions.closing import close
from omsorg.safeguarding.actions.people import count_persons, say_employment
from omsorg.safeguarding.actions.working import leave_team, name_to_team, set_plan
from omsorg.safeguarding.models import Incident, TeamMember
from omsorg.safeguarding.queries.incident import facts_of
from omsorg.safeguarding.queries.people import has_team_of_level, line_of
from omsorg.safeguarding.rules.codes import About, Employment, Level, Side, TeamPart
from omsorg.safeguarding.rules.conflicts import IsShutOut, MoreThanCounted, NobodyOfLevel
from omsorg.safeguarding.rules.progress import StillBlocked, blocks
from omsorg.safeguarding.tests.handling import AT, SEEN, acting, enter_people, led_to_closing, looked_at, raised
from world import BEGINNING, World


@pytest.fixture
def house(world: World) -> World:
    return enter_people(world)


def join(house: World, code: str, who: str, *, by: str) -> None:
    with as_house():
        person = Person.objects.get(pk=house.person[who].pk)
    with acting(house, by) as handler:
        name_to_team(incident=Incident.objects.get(code=code), person=person, part=TeamPart.MEMBER, by=handler, at=AT)


def test_a_regional_incident_is_planned_once_somebody_of_the_region_is_in_the_team(house: World) -> None:
    code = raised(house)
    looked_at(house, code, who="focal_africa", seen=replace(SEEN, level=Level.REGIONAL))
    join(house, code, "worker", by="focal_africa")
    with acting(house, "worker") as by, pytest.raises(NobodyOfLevel):
        set_plan(incident=Incident.objects.get(code=code), note="Ask three people", by=by, at=AT)
    join(house, code, "worker_africa", by="focal_africa")
    with acting(house, "worker") as by:
        found = Incident.objects.get(code=code)
        set_plan(incident=found, note="Ask three people", by=by, at=AT)
        assert sorted(found.team.values_list("level", flat=True)) == ["national", "regional"]


def test_it_is_not_closed_after_the_last_of_its_level_has_left(house: World) -> None:
    code = raised(house)
    led_to_closing(house, code)
    with acting(house, "focal") as by:
        found = Incident.objects.get(code=code)
        assert not blocks(facts_of(found))
        leave_team(incident=found, member=TeamMember.objects.get(incident=found), by=by, at=AT)
        with pytest.raises(StillBlocked, match="nobody in the team is of the level"):
            close(incident=found, note="Done", by=by, at=AT)


def test_how_the_work_of_each_complained_of_stands_is_said_before_closing(house: World) -> None:
    code = raised(house)
    led_to_closing(house, code)
    with acting(house, "focal") as by:
        found = Incident.objects.get(code=code)
        stamp = {"incident": found, "by": by, "at": AT}
        count_persons(**stamp, side=Side.COMPLAINED_OF, type="carer", count=2)
        count_persons(**stamp, side=Side.COMPLAINED_OF, type="outsider", count=4)
        with pytest.raises(StillBlocked, match="how the work of those complained of stands"):
            close(**stamp, note="Done")
        said = {"type": "carer", "since_on": AT.date()}
        with pytest.raises(MoreThanCounted):
            say_employment(**stamp, **said, state=Employment.ENDED, count=2)
        say_employment(**stamp, **said, state=Employment.ENDED, count=1)
        close(**stamp, note="Done")
        say_employment(**stamp, **said, state=Employment.ON_LEAVE, count=0)
        say_employment(**stamp, **said, state=Employment.ENDED, count=2)


def test_nobody_who_would_see_nothing_of_it_is_taken_in(house: World) -> None:
    with as_house():
        Person.objects.filter(pk=house.person["worker"].pk).update(organisation=house.org["norway"])
    code = raised(house, place="tanzania", about=About.THE_UNIT)
    looked_at(house, code, who="focal_africa")
    with pytest.raises(IsShutOut):
        join(house, code, "worker", by="focal_africa")
    with pytest.raises(IsShutOut):
        join(house, code, "officer", by="focal_africa")


def test_a_role_in_another_branch_is_not_of_the_level(house: World) -> None:
    with as_house():
        elsewhere = house.org["norway"].positions.get().parent
        held = {"person": house.person["worker"], "role": "incident_team", "organisation": elsewhere}
        Mandate.objects.create(**held, valid_from=BEGINNING)
    code = raised(house)
    looked_at(house, code, who="focal_africa", seen=replace(SEEN, level=Level.REGIONAL))
    join(house, code, "worker", by="focal_africa")
    with acting(house, "focal_africa"):
        found = Incident.objects.get(code=code)
        is_above = elsewhere.pk in {unit.id for unit in line_of(found.organisation_id, AT.date())}
        assert has_team_of_level(found) is is_above is False


def test_a_member_who_has_left_the_house_counts_no_more(house: World) -> None:
    code = raised(house)
    led_to_closing(house, code)
    with as_house():
        Person.objects.filter(pk=house.person["worker"].pk).update(left_on=AT.date() + timedelta(days=6))
    later = AT + timedelta(days=9)
    is_refused = pytest.raises(StillBlocked, match="nobody in the team is of the level")
    with time_machine.travel(later, tick=False), acting(house, "focal", later) as by, is_refused:
        close(incident=Incident.objects.get(code=code), note="Done", by=by, at=later)
