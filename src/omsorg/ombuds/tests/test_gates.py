"""The gates on the child's pages: guessing is held off, a shared tablet is not, and everybody else stays unharmed."""

from contextlib import suppress

import pytest
from django.test import Client

from omsorg.ombuds.actions import gates
from omsorg.ombuds.rules.refusals import NobodyListens, TooManyTries
from omsorg.ombuds.tests.office import Desks
from omsorg.ombuds.tests.test_childs_pages import come_back, fields, said, send, text

WRONG = "fish 1, fish 2, fish 3, fish 4"


def test_whoever_guesses_codes_is_slowed_and_another_is_not(desks: Desks, on_monday: None) -> None:
    guesser, child = Client(REMOTE_ADDR="192.0.2.1"), Client(REMOTE_ADDR="192.0.2.2")
    quick, late = gates.WRONG_CODES.limits.each, gates.LATE_CODES.limits.each
    tried = [come_back(guesser, WRONG).status_code for _ in range(quick + late + 1)]
    assert tried == [422] * (quick + late) + [429]
    waits = come_back(guesser, WRONG)
    assert "Many wrong codes were tried here just now." in text(waits)
    assert f'value="{WRONG}"' in text(waits), "what was typed is still there"
    assert come_back(child, WRONG).status_code == 422


def test_a_right_code_opens_where_others_have_guessed_and_an_open_case_takes_words_all_the_same(
    desks: Desks, on_monday: None
) -> None:
    tablet = Client(REMOTE_ADDR="192.0.2.1")
    code = said(send(tablet))
    for _ in range(gates.WRONG_CODES.limits.each):
        gates.try_code("192.0.2.1")
    for _ in range(10):
        back = come_back(tablet, code)
        assert back.status_code == 200
    for _ in range(gates.LATE_CODES.limits.each):
        gates.try_code("192.0.2.1")
    kept = tablet.post("/t/en/read/?at=tz", {**fields(back), "message": "My long words", "add": "1"})
    assert kept.status_code == 200
    assert "My long words" in text(kept)
    chosen = fields(back)["chosen"]
    ticket = fields(tablet.get("/t/en/code/?at=tz"))["ticket"]
    waits = tablet.post("/t/en/read/?at=tz", {"chosen": chosen, "ticket": ticket, "message": "Still mine"})
    assert waits.status_code == 429
    assert "Still mine</textarea>" in text(waits)
    assert fields(waits)["chosen"] == chosen, "the pictures need not be chosen again"


def test_wrong_codes_from_very_many_addresses_slow_everybody(desks: Desks) -> None:
    for number in range(1000):
        with suppress(TooManyTries):
            gates.try_code(f"192.0.{number // 250}.{number % 250}")
    crowd = gates.WRONG_CODES.limits.site / 2
    assert gates.WRONG_CODES._site.used <= crowd + 1
    with pytest.raises(TooManyTries):
        gates.try_code("198.51.100.1")


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
    raise NobodyListens
