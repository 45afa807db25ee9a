"""Nobody who manages learns that a child spoke: no page, list, count, search, feed or answer of the API tells of it.

Everything that can be read is read before there is a case and after one in which letters went out, promises were
missed, and the alarm was raised: each answer must be the same, byte for byte. Nothing here names a page: see `walking`.
"""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings

from house.test_shut_out import differences, one_who
from house.walking import House, Reader, everything_read
from omsorg.federation.roles import all_roles
from omsorg.kernel.letters import MOST_TRIES
from omsorg.kernel.models import Letter
from omsorg.kernel.sealing import Cost
from omsorg.kernel.wall import as_house
from omsorg.ombuds.actions import cases, notices, passphrases, recovery, watching
from omsorg.ombuds.roles import ROLES
from omsorg.ombuds.tests.office import MONDAY, Desks, make_office, tell
from world import World

END = MONDAY + timedelta(days=60)
WORDS = ["waits", "amina"]
HEARING = {role.code for role in ROLES}
MANAGERS = ["housekeeper", "national_housekeeper"]


@pytest.fixture
def desks(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desks]:
    monkeypatch.setattr(settings.ENVIRONMENT, "second_factor_roles", "")
    for module in (passphrases, recovery):
        monkeypatch.setattr(module, "PASSPHRASE_COST", Cost(8192, 1))
    with time_machine.travel(END, tick=False):
        yield make_office(world)


def lived(desks: Desks) -> None:
    """A case that goes up to the board, with a letter to everybody on the way, in every standing of a letter."""
    told = tell("The guard at the gate locks us in")
    notices.tell_of_waiting_cases(at=MONDAY)
    amina = {"case": told.case_id, "at": MONDAY, **desks.at("amina")}
    cases.answer_child(message="I hear you", promise_on=MONDAY.date(), **amina)
    watching.raise_alarm(found="She is made to pay", **amina)
    for weeks in range(1, 6):
        at = MONDAY + timedelta(weeks=weeks)
        watching.raise_missed_promises(at=at)
        notices.tell_of_waiting_cases(at=at)
    with as_house():
        numbers = list(Letter.objects.filter(once__contains="ombuds:").values_list("pk", flat=True))
        for number, standing in zip(numbers, Letter.Standing.values, strict=False):
            Letter.objects.filter(pk=number).update(standing=standing, tries=MOST_TRIES, handed_over_at=MONDAY)
    assert len(numbers) > 5


def test_everything_is_the_same_whether_a_child_spoke_or_not(desks: Desks) -> None:
    """Read by one of each role of management, by whoever keeps people above and here, and by the public."""
    world = desks.world
    managing = [role for role in all_roles() if role.code not in HEARING]
    for role in managing:
        at = world.org["tanzania" if "national_association" in role.held_at else "international"]
        one_who(world, f"any_{role.code}", f"Any {role.code.replace('_', ' ')}", role.code, at)
    place = House(world)
    readers = [Reader(world, who) for who in ("", *MANAGERS, *[f"any_{role.code}" for role in managing])]
    whole = {"", "housekeeper"}
    before = [everything_read(place, each, words=WORDS, is_whole=each.who in whole) for each in readers]
    lived(desks)
    for reader, first in zip(readers, before, strict=True):
        after = everything_read(place, reader, words=WORDS, is_whole=reader.who in whole)
        assert (reader.who, differences(first, after)) == (reader.who, [])


def test_the_walk_would_see_a_letter_that_is_not_apart(desks: Desks) -> None:
    place, reader = House(desks.world), Reader(desks.world, "national_housekeeper")
    before = everything_read(place, reader, words=WORDS, is_whole=False)
    lived(desks)
    with as_house():
        letter = Letter.objects.filter(to_person=desks.person("amina")).first()
        assert letter is not None
        letter.once, letter.standing = "ombuds:1", Letter.Standing.WAITING
        letter.save()
    after = everything_read(place, reader, words=WORDS, is_whole=False)
    assert {"/letters/", "/letters/?words=waits"} <= set(differences(before, after))
