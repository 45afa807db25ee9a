"""Whoever leaves takes nothing along: no key that was sealed in that moment, and no way back into the ring."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from omsorg.kernel.wall import as_house
from omsorg.ombuds.actions import recovery, rings, submissions
from omsorg.ombuds.models import Case, CaseKey, Opening, Recovery, RecoveryShare, Ring, RingSecret
from omsorg.ombuds.tests.office import MONDAY, PASSPHRASE, Desks, tell


def retire(desks: Desks, who: str, by: str) -> None:
    rings.retire_ring(person=desks.person(who), at=MONDAY, **desks.at(by))


@pytest.fixture
def meanwhile(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], object]], None]:
    """Let something happen once, after it was asked who hears and before the keys are kept."""

    def happens(act: Callable[[], object]) -> None:
        keys_for, acts = submissions.keys_for, [act]

        def made(*given: Any) -> list[CaseKey]:
            keys = keys_for(*given)
            while acts:
                acts.pop()()
            return keys

        monkeypatch.setattr(submissions, "keys_for", made)

    return happens


def holders() -> set[int]:
    with as_house():
        return set(CaseKey.objects.values_list("person", flat=True))


def test_a_child_tells_while_a_colleague_leaves(
    desks: Desks, meanwhile: Callable[[Callable[[], object]], None]
) -> None:
    assert desks.ring["rashid"]
    meanwhile(lambda: retire(desks, "baraka", "rashid"))
    tell()
    assert desks.person("amina") in holders()
    assert desks.person("baraka") not in holders()


def test_a_child_tells_while_all_of_its_country_leave(
    desks: Desks, meanwhile: Callable[[Callable[[], object]], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As when two transactions end at once: no key that is open is left, so it is asked again who hears."""
    assert desks.ring["rashid"]
    retire(desks, "baraka", "rashid")
    heard = submissions.hearers
    seen = [heard(MONDAY.date())]
    retire(desks, "amina", "rashid")
    monkeypatch.setattr(submissions, "hearers", lambda on, **more: seen.pop() if seen else heard(on, **more))
    told = tell()
    with as_house():
        assert Case.objects.get().code == told.case_id
        assert set(CaseKey.objects.filter(waiting=False).values_list("person", flat=True)) == {desks.person("rashid")}


def test_the_private_half_of_a_ring_goes_with_its_owner(desks: Desks) -> None:
    desks.unlock("amina")
    recovery.ask_for_recovery(passphrase=PASSPHRASE, by=desks.acting["amina"], at=MONDAY)
    with as_house():
        ring = Ring.objects.get(person=desks.person("amina")).pk
    retire(desks, "amina", "rashid")
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.person', %s, true)", [str(desks.person("amina"))])
        for kept in (RingSecret, RecoveryShare, Opening):
            assert not kept.objects.filter(ring=ring).exists()
        assert Recovery.objects.filter(ring=ring, done_on__isnull=False).count() == 1
