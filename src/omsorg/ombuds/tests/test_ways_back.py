"""Ways back to a lost passphrase: whether two of the board of today could open one is known before it is needed."""

from datetime import date, timedelta

import pytest
import time_machine
from django.conf import settings
from django.db import connection
from django.test import Client

from omsorg.federation.access import Acting, acting_as
from omsorg.federation.models import Mandate
from omsorg.kernel.wall import as_house
from omsorg.ombuds.access import at_the_desk
from omsorg.ombuds.actions import recovery, rings, seats
from omsorg.ombuds.checks import ways_back_are_open
from omsorg.ombuds.models import Recovery
from omsorg.ombuds.queries.rings import ring_of
from omsorg.ombuds.rules import refusals
from omsorg.ombuds.tests.office import MONDAY, PASSPHRASE, PEOPLE, Desks, appoint, make_office, read_back, read_out
from world import World

AMINA = "Amina Juma"
NEW = "another five quiet words"


def another_board(desks: Desks, on: date) -> dict[str, Acting]:
    """Three others sit on the board from `on`, who have rings already; the three before them sit no more."""
    for key, name in (("ella", "Ella Eng"), ("fatou", "Fatou Fall"), ("gita", "Gita Gurung")):
        desks.acting[key] = appoint(desks.world, key, name, "international", "ombuds_board_member", "international")
        rings.make_ring(passphrase=PASSPHRASE, by=desks.acting[key], at=MONDAY)
        rings.vouch_for(**read_out(desks.person(key)), at=MONDAY, **desks.at("bodil"))
    with as_house():
        for key in ("bodil", "carlos", "dina"):
            Mandate.objects.filter(person_id=desks.person(key)).update(valid_until=on)
    seats.keep_seats(on)
    with as_house(day=on):
        return {key: acting_as(desks.person(key), day=on) for key in ("amina", "ella", "fatou", "gita")}


def test_a_board_that_has_changed_is_told_before_a_passphrase_is_lost(
    desks: Desks, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings.ENVIRONMENT, "second_factor_roles", "")
    desks.unlock("amina")
    at = MONDAY + timedelta(days=1)
    now = another_board(desks, at.date())
    with time_machine.travel(at, tick=False):
        proof = ways_back_are_open()
        assert (proof.look, proof.wrong) == (True, ())
        assert "to unlock once:" in proof.line
        assert AMINA in proof.line
        assert proof.told_line == "somebody must look"
        client.force_login(desks.world.account["amina"])
        assert "Unlock it once, today" in client.get("/ombuds/keys/").content.decode()
        with pytest.raises(refusals.BoardHasChanged):
            recovery.ask_for_recovery(passphrase=NEW, by=now["amina"], at=at)
        with as_house():
            assert not Recovery.objects.exists()
        rings.unlock_ring(passphrase=PASSPHRASE, by=now["amina"], at=at)
        assert "Unlock it once, today" not in client.get("/ombuds/keys/").content.decode()
        assert AMINA not in ways_back_are_open().line
    asked = recovery.ask_for_recovery(passphrase=NEW, by=now["amina"], at=at)
    for key in ("ella", "fatou"):
        desks.ring[key], _ = rings.unlock_ring(passphrase=PASSPHRASE, by=now[key], at=at)
    recovery.open_first_half(**read_back(asked), ring=desks.ring["ella"], by=now["ella"], at=at)
    recovery.open_second_half(**read_back(asked), ring=desks.ring["fatou"], by=now["fatou"], at=at)
    recovery.take_ring_back(passphrase=NEW, by=now["amina"], at=at)


def test_who_holds_the_halves_is_told_to_the_owner_and_to_nobody_else(desks: Desks) -> None:
    def told_to(person: int) -> set[int]:
        with at_the_desk(person), connection.cursor() as cursor:
            cursor.execute("SELECT ring FROM ombuds_who_opens()")
            return {ring for (ring,) in cursor.fetchall()}

    desks.unlock("amina")
    with at_the_desk(desks.person("amina")):
        assert told_to(desks.person("amina")) == {ring_of(desks.person("amina")).pk}
    assert told_to(desks.world.person["officer"].pk) == set()


def test_a_new_ring_of_one_of_the_board_opens_no_half_made_for_the_old_one(desks: Desks) -> None:
    """Carlos and Dina make new rings; Bodil alone has the ring she had, and one is not two."""
    desks.unlock("amina")
    for key in ("carlos", "dina"):
        rings.retire_ring(person=desks.person(key), at=MONDAY, **desks.at("bodil"))
        rings.make_ring(passphrase=PASSPHRASE, by=desks.acting[key], at=MONDAY)
        rings.vouch_for(**read_out(desks.person(key)), at=MONDAY, **desks.at("bodil"))
    with pytest.raises(refusals.BoardHasChanged):
        recovery.ask_for_recovery(passphrase=NEW, by=desks.acting["amina"], at=MONDAY)
    desks.unlock("amina")
    asked = recovery.ask_for_recovery(passphrase=NEW, by=desks.acting["amina"], at=MONDAY)
    inner = recovery.open_first_half(**read_back(asked), at=MONDAY, **desks.at("bodil"))
    assert inner == sorted(map(desks.person, ("carlos", "dina")))


def test_where_the_board_has_not_two_it_is_said(world: World, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings.ENVIRONMENT, "second_factor_roles", "")
    desks = make_office(world, [PEOPLE[0], PEOPLE[5]])
    client.force_login(desks.world.account["amina"])
    with time_machine.travel(MONDAY, tick=False):
        assert "Tell the board, and keep your passphrase on paper" in client.get("/ombuds/keys/").content.decode()
        assert "no two of the board to open:" in ways_back_are_open().line
