"""What must always be true of incidents is proved, and what is wrong is named without a word of content."""

import pytest

from omsorg.federation.models import Mandate
from omsorg.kernel.wall import as_house
from omsorg.safeguarding.checks import everybody_is_answered_for, nothing_owed_is_closed, numbers_are_whole
from omsorg.safeguarding.models import Serial
from omsorg.safeguarding.rules.codes import About
from omsorg.safeguarding.tests.handling import AT, closed, enter_people, looked_at, raised
from world import World


@pytest.fixture
def house(world: World) -> World:
    return enter_people(world)


def test_all_is_well(house: World) -> None:
    looked_at(house, raised(house))
    closed(house, raised(house))
    looked_at(house, raised(house, place="tanzania", about=About.LEADERSHIP), who="focal_africa")
    with as_house():
        proofs = numbers_are_whole(), everybody_is_answered_for(), nothing_owed_is_closed()
    assert [proof.wrong for proof in proofs] == [(), (), ()]
    assert [proof.said for proof in proofs] == ["3 numbers", "open incidents", "1 closed incidents"]


def test_a_number_that_is_missing_shows(house: World) -> None:
    looked_at(house, raised(house))
    with as_house():
        Serial.objects.update(last=2)
        assert numbers_are_whole().wrong == ("numbers of TZ 2026 have a gap",)


def test_an_incident_that_nobody_may_handle_shows(house: World) -> None:
    raised(house)
    with as_house():
        Mandate.objects.filter(role="safeguarding_focal_person").update(valid_until=AT.date())
        assert everybody_is_answered_for().wrong == ("nobody may handle 1 of them",)
