"""Unlock is pressed twice, by two people at the same moment, when keys and shares are due: each is made once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connections

from omsorg.kernel.wall import as_house
from omsorg.ombuds.access import at_the_desk
from omsorg.ombuds.actions import rings
from omsorg.ombuds.models import CaseKey, RecoveryShare, Ring
from omsorg.ombuds.tests.office import MONDAY, PASSPHRASE, PEOPLE, Desks, appoint, make_office, read_out, tell
from world import make_world

NEWCOMERS = ("dina", "gro")


def at_the_same_moment(desks: Desks, people: list[str]) -> list[object]:
    gate = Barrier(len(people))

    def unlock(who: str) -> object:
        gate.wait()
        try:
            return rings.unlock_ring(passphrase=PASSPHRASE, by=desks.acting[who], at=MONDAY)
        except Exception as fault:
            return fault
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(people)) as pool:
        return list(pool.map(unlock, people))


def test_two_unlocks_at_once_make_each_key_and_each_share_once(own_database: str) -> None:
    desks = make_office(make_world(), [each for each in PEOPLE if each[0] not in NEWCOMERS])
    tell()
    for key, *rest in (each for each in PEOPLE if each[0] in NEWCOMERS):
        desks.acting[key] = appoint(desks.world, key, *rest)
        rings.make_ring(passphrase=PASSPHRASE, by=desks.acting[key], at=MONDAY)
        rings.vouch_for(**read_out(desks.person(key)), at=MONDAY, **desks.at("bodil"))
    found = at_the_same_moment(desks, ["amina", "amina", "baraka", "baraka"])
    assert not [fault for fault in found if isinstance(fault, Exception)]
    with as_house():
        new = Ring.objects.filter(person__in=[desks.person(key) for key in NEWCOMERS])
        assert CaseKey.objects.filter(ring__in=new, waiting=True).count() == len(NEWCOMERS)
    for who in ("bodil", "carlos", "dina"):
        with at_the_desk(desks.person(who)):
            shares = RecoveryShare.objects.filter(ring=desks.ring["amina"].ring, outer=desks.person(who))
            assert shares.count() == 2
