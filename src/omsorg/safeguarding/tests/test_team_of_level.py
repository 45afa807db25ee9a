"""An incident takes a team of its level: nobody plans, and nobody closes, without somebody of that level in it."""

from dataclasses import replace

import pytest

from omsorg.federation.models import Person
from omsorg.kernel.wall import as_house
from omsorg.safeguarding.actions.closing import close
from omsorg.safeguarding.actions.people import count_persons, say_employment
from omsorg.safeguarding.actions.working import leave_team, name_to_team, set_plan
from omsorg.safeguarding.models import Incident, TeamMember
from omsorg.safeguarding.queries.incident import facts_of
from omsorg.safeguarding.rules.codes import Employment, Level, Side, TeamPart
from omsorg.safeguarding.rules.conflicts import MoreThanCounted, NobodyOfLevel
from omsorg.safeguarding.rules.progress import StillBlocked, blocks
from omsorg.safeguarding.tests.handling import AT, SEEN, acting, enter_people, led_to_closing, looked_at, raised
from world import World


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
