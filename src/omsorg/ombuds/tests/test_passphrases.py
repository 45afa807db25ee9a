"""A passphrase is tried so often and no more, wherever it is asked for; the way back into a ring is never stuck."""

from collections.abc import Callable
from datetime import timedelta
from itertools import permutations

import pytest

from omsorg.kernel.models import Trace
from omsorg.kernel.wall import as_house
from omsorg.ombuds.actions import recovery, rings
from omsorg.ombuds.actions.gates import WRONG_PASSPHRASES
from omsorg.ombuds.models import Recovery
from omsorg.ombuds.rules import refusals
from omsorg.ombuds.tests.office import MONDAY, PASSPHRASE, Desks, appoint, read_back, read_out

NEW, NEWER = "moss cup window nine", "tin road apple forty"
MOST = WRONG_PASSPHRASES.limits.each


@pytest.fixture(autouse=True)
def halves_are_made(desks: Desks) -> None:
    """Whoever lost a passphrase had unlocked the ring since the board has its members."""
    desks.unlock("amina")


def change(desks: Desks) -> None:
    rings.change_passphrase(old="a wrong one altogether", new=NEW, by=desks.acting["amina"], at=MONDAY)


def unlock(desks: Desks) -> None:
    rings.unlock_ring(passphrase="a wrong one altogether", by=desks.acting["amina"], at=MONDAY)


def take_back(desks: Desks) -> None:
    recovery.take_ring_back(passphrase="a wrong one altogether", by=desks.acting["amina"], at=MONDAY)


@pytest.mark.parametrize("attempt", [unlock, change, take_back])
def test_wrong_passphrases_are_counted_wherever_they_are_tried(desks: Desks, attempt: Callable[[Desks], None]) -> None:
    asked = recovery.ask_for_recovery(passphrase=NEW, by=desks.acting["amina"], at=MONDAY)
    recovery.open_first_half(**read_back(asked), at=MONDAY, **desks.at("bodil"))
    recovery.open_second_half(**read_back(asked), at=MONDAY, **desks.at("carlos"))
    for _try in range(MOST):
        with pytest.raises(refusals.WrongPassphrase):
            attempt(desks)
    for each in (unlock, change, take_back):
        with pytest.raises(refusals.TriedTooOften):
            each(desks)
    with as_house():
        kept = Trace.objects.filter(verb="try_wrong_passphrase")
        assert [(trace.actor, trace.details) for trace in kept] == [(desks.person("amina"), "{}")] * MOST


def test_the_way_back_is_asked_for_again_when_the_new_passphrase_is_forgotten_too(desks: Desks) -> None:
    amina = desks.acting["amina"]
    first = recovery.ask_for_recovery(passphrase=NEW, by=amina, at=MONDAY)
    recovery.open_first_half(**read_back(first), at=MONDAY, **desks.at("bodil"))
    again = recovery.ask_for_recovery(passphrase=NEWER, by=amina, at=MONDAY + timedelta(days=300))
    with pytest.raises(refusals.NothingToOpen):
        recovery.open_second_half(**read_back(first), at=MONDAY, **desks.at("carlos"))
    recovery.open_first_half(**read_back(again), at=MONDAY, **desks.at("dina"))
    recovery.open_second_half(**read_back(again), at=MONDAY, **desks.at("carlos"))
    recovery.take_ring_back(passphrase=NEWER, by=amina, at=MONDAY)
    rings.unlock_ring(passphrase=NEWER, by=amina, at=MONDAY)


@pytest.mark.parametrize(("first", "second"), list(permutations(["bodil", "carlos", "dina"], 2)))
def test_any_two_of_the_board_open_it_in_any_order(desks: Desks, first: str, second: str) -> None:
    asked = recovery.ask_for_recovery(passphrase=NEW, by=desks.acting["amina"], at=MONDAY)
    recovery.open_first_half(**read_back(asked), at=MONDAY, **desks.at(first))
    recovery.open_second_half(**read_back(asked), at=MONDAY, **desks.at(second))
    recovery.take_ring_back(passphrase=NEW, by=desks.acting["amina"], at=MONDAY)


def test_whoever_remembers_the_old_passphrase_needs_no_way_back(desks: Desks) -> None:
    amina = desks.acting["amina"]
    asked = recovery.ask_for_recovery(passphrase=NEW, by=amina, at=MONDAY)
    recovery.open_first_half(**read_back(asked), at=MONDAY, **desks.at("bodil"))
    recovery.open_second_half(**read_back(asked), at=MONDAY, **desks.at("carlos"))
    desks.acting["eva"] = appoint(
        desks.world, "eva", "Eva Elm", "international", "ombuds_board_member", "international"
    )
    rings.make_ring(passphrase=PASSPHRASE, by=desks.acting["eva"], at=MONDAY)
    rings.vouch_for(**read_out(desks.person("eva")), at=MONDAY, **desks.at("bodil"))
    rings.unlock_ring(passphrase=PASSPHRASE, by=amina, at=MONDAY)
    with as_house():
        assert not Recovery.objects.filter(done_on__isnull=True).exists()
    with pytest.raises(refusals.NotOpenedYet):
        recovery.take_ring_back(passphrase=NEW, by=amina, at=MONDAY)
    recovery.ask_for_recovery(passphrase=NEW, by=amina, at=MONDAY)
