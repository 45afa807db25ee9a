"""What is found is of an allegation of the same incident, and what was looked at again of the help it tells of."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from omsorg.federation.access import NothingHere
from omsorg.kernel.wall import as_house
from omsorg.safeguarding.actions.people import follow_up
from omsorg.safeguarding.actions.working import find, write_allegation
from omsorg.safeguarding.models import Allegation, AllegationFinding, FollowUp, Incident
from omsorg.safeguarding.rules.codes import Finding
from omsorg.safeguarding.tests.handling import AT, acting, enter_people, led_to_closing, looked_at, raised
from omsorg.safeguarding.tests.test_help_looked_at_again import stamp
from world import World

LATER = AT + timedelta(days=6)


@pytest.fixture
def two(world: World) -> tuple[World, str, str]:
    """A house with two incidents: one led to its closing, and another that somebody has looked at."""
    enter_people(world)
    one, other = raised(world), raised(world, what="Another matter altogether")
    led_to_closing(world, one)
    looked_at(world, other)
    with acting(world, "focal", LATER) as by:
        write_allegation(**stamp(other, by, LATER), text="He shouts")
    return world, one, other


def test_a_finding_is_of_an_allegation_of_this_incident(two: tuple[World, str, str]) -> None:
    house, one, other = two
    with acting(house, "focal", LATER) as by:
        strange = Allegation.objects.get(incident__code=other)
        with pytest.raises(NothingHere):
            find(**stamp(one, by, LATER), allegation=strange, finding=Finding.NOT_SUBSTANTIATED, reasons="x")
    with as_house(), pytest.raises(IntegrityError, match="another incident"), transaction.atomic():
        AllegationFinding.objects.create(
            allegation=strange, incident=Incident.objects.get(code=one), finding="x", reasons="x", at=LATER
        )


def test_what_was_looked_at_again_is_help_of_this_incident(two: tuple[World, str, str]) -> None:
    house, one, other = two
    with acting(house, "focal", LATER) as by:
        support = Incident.objects.get(code=one).support.get()
        with pytest.raises(NothingHere):
            follow_up(**stamp(other, by, LATER), support=support, on=LATER.date(), note="went well")
    with as_house(), pytest.raises(IntegrityError, match="another incident"), transaction.atomic():
        FollowUp.objects.create(
            support=support, incident=Incident.objects.get(code=other), on=LATER.date(), note="x", at=LATER
        )
