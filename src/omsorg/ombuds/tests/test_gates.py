"""The gates on the child's pages: guessing is held off, a shared tablet is not, and everybody else stays unharmed."""

from contextlib import suppress
from datetime import timedelta

import pytest
from django.test import Client

from omsorg.kernel import clock
from omsorg.kernel.floods import Gate
from omsorg.kernel.wall import as_house
from omsorg.ombuds.actions import gates
from omsorg.ombuds.actions.tickets import SPAN_HOURS
from omsorg.ombuds.models import UsedTicket
from omsorg.ombuds.rules.refusals import NobodyListens, TooManyTries
from omsorg.ombuds.tests.office import MONDAY, Desks
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


def used_tickets() -> int:
    with as_house():
        return UsedTicket.objects.count()


def test_a_closed_gate_writes_nothing_and_the_form_that_waited_opens_once(desks: Desks, on_monday: None) -> None:
    tablet = Client(REMOTE_ADDR="192.0.2.1")
    code = said(send(tablet))
    for _ in range(gates.WRONG_CODES.limits.each + gates.LATE_CODES.limits.each):
        gates.try_code("192.0.2.1")
    chosen = "1-2 3-4 5-6 7-8"
    pictures = {**fields(tablet.get("/t/en/code/?at=tz")), "chosen": chosen}
    before = used_tickets()
    waited = [come_back(tablet, code) for _ in range(10)]
    picked = [tablet.post("/t/en/read/?at=tz", pictures) for _ in range(10)]
    assert {one.status_code for one in (*waited, *picked)} == {429}
    assert used_tickets() == before
    assert fields(picked[0])["ticket"] == pictures["ticket"]
    gates.LATE_CODES._callers.clear()
    again = fields(waited[0]) | {"typed": code}
    assert "The guard shouts at us" in text(tablet.post("/t/en/code/?at=tz", again))
    assert "The guard shouts at us" not in text(tablet.post("/t/en/code/?at=tz", again)), "out of the history"


def test_what_was_typed_is_not_shown_to_the_next_one_where_the_gate_is_closed(desks: Desks, on_monday: None) -> None:
    tablet = Client(REMOTE_ADDR="192.0.2.1")
    typed = fields(tablet.get("/t/en/code/?at=tz")) | {"typed": said(send(tablet))}
    assert tablet.post("/t/en/code/?at=tz", typed).status_code == 200
    for _ in range(gates.WRONG_CODES.limits.each + gates.LATE_CODES.limits.each):
        gates.try_code("192.0.2.1")
    again = tablet.post("/t/en/code/?at=tz", typed)
    assert again.status_code == 409
    assert typed["typed"] not in text(again)


def test_words_of_a_page_that_lay_open_for_too_long_stay_in_the_form_at_a_closed_gate(
    desks: Desks, on_monday: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    tablet = Client(REMOTE_ADDR="192.0.2.1")
    open_page = fields(come_back(tablet, said(send(tablet))))
    for _ in range(gates.WRONG_CODES.limits.each + gates.LATE_CODES.limits.each):
        gates.try_code("192.0.2.1")
    later = MONDAY + timedelta(hours=3 * SPAN_HOURS)
    monkeypatch.setattr(clock, "now", lambda: later)
    waits = tablet.post("/t/en/read/?at=tz", {**open_page, "message": "Written for long", "add": "1"})
    assert "Written for long</textarea>" in text(waits)


def test_leaving_again_and_again_leaves_no_rows_without_end(desks: Desks, on_monday: None) -> None:
    script, child = Client(REMOTE_ADDR="192.0.2.1"), Client(REMOTE_ADDR="192.0.2.2")
    most = gates.LEAVING.limits.each
    for number in range(most + 10):
        ticket = fields(script.get("/t/en/code/?at=tz"))["ticket"]
        assert script.post("/t/exit/", {"ticket": ticket}).status_code == 204
        assert used_tickets() == min(number + 1, most)
    child.post("/t/exit/", {"ticket": fields(child.get("/t/en/code/?at=tz"))["ticket"]})
    assert used_tickets() == most + 1, "whoever has left little leaves as ever"


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


def test_a_script_behind_one_line_does_not_close_the_way_back(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    for name in ("WRONG_CODES", "LATE_CODES"):
        monkeypatch.setattr(gates, name, Gate(getattr(gates, name).limits, clock=lambda: now[0]))
    homes = [f"2001:db8:0:{number:x}::1" for number in range(16)]
    let_in = tried = 0
    for second in range(900):
        now[0] = float(second)
        for guess in range(4):
            with suppress(TooManyTries):
                gates.try_code(homes[(second * 4 + guess) % 16])
        if second > 300 and second % 30 == 0:
            tried += 1
            with suppress(TooManyTries):
                gates.code_was_not_wrong(gates.try_code("196.41.0.7"), "196.41.0.7")
                let_in += 1
    assert (let_in, tried) == (19, 19)
