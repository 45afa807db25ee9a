"""The gates on the child's pages: guessing is held off, a shared tablet is not, and everybody else stays unharmed."""

import pytest
from django.test import Client

from omsorg.ombuds.actions import gates
from omsorg.ombuds.tests.office import Desks
from omsorg.ombuds.tests.test_childs_pages import come_back, send

WRONG = "fish 1, fish 2, fish 3, fish 4"


def test_whoever_guesses_codes_is_told_to_wait_and_another_is_not(desks: Desks) -> None:
    guesser, child = Client(REMOTE_ADDR="192.0.2.1"), Client(REMOTE_ADDR="192.0.2.2")
    tried = [come_back(guesser, WRONG).status_code for _ in range(gates.WRONG_CODES.limits.each + 1)]
    assert tried == [422] * gates.WRONG_CODES.limits.each + [429]
    assert come_back(child, WRONG).status_code == 422


def test_a_shared_tablet_writes_sixty_times_and_keeps_its_words_when_told_to_wait(
    desks: Desks, monkeypatch: pytest.MonkeyPatch
) -> None:
    tablet, child = Client(REMOTE_ADDR="192.0.2.1"), Client(REMOTE_ADDR="192.0.2.2")
    monkeypatch.setattr("omsorg.ombuds.views.child.writing.submit", refuse_quietly)
    told = [send(tablet, message=f"this is number {number}").status_code for number in range(91)]
    assert told == [422] * 90 + [429]
    last = send(tablet, message="what I wrote")
    assert "what I wrote" in last.content.decode()
    assert send(child).status_code == 422


def refuse_quietly(**_given: object) -> None:
    from omsorg.ombuds.rules.refusals import NobodyListens

    raise NobodyListens
