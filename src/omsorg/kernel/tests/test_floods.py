"""A flood from one script is held off, and the door stays open to everybody else."""

import pickle
from datetime import UTC, datetime, timedelta

import pytest

from omsorg.kernel.floods import MOST_REMEMBERED, Gate, Limits, Verdict, caller_named

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
LIMITS = Limits(each=90, site=1200, alike=20, least=10)
LONG = "they lock the gate at night and nobody may go out to the well"


def send(gate: Gate, caller: str, count: int, *, every: float = 0, words: str = "", at: datetime = AT) -> int:
    """How many of `count` are let in, one each `every` seconds."""
    came_in = 0
    for number in range(count):
        then = at + timedelta(seconds=every * number)
        said = words.format(number)
        if gate.ask(caller, at=then, words=said) is Verdict.COME_IN:
            gate.count(caller, at=then, words=said)
            came_in += 1
    return came_in


def test_a_tablet_that_many_children_share_sends_sixty_in_an_hour_and_more() -> None:
    assert send(Gate(LIMITS), "tablet", 60, every=60) == 60
    assert send(Gate(LIMITS), "tablet", 60, every=1) == 60


def test_one_caller_has_an_allowance_that_comes_back() -> None:
    gate = Gate(LIMITS)
    assert send(gate, "script", 500) == 90
    assert gate.ask("script", at=AT) is Verdict.TOO_OFTEN
    assert send(gate, "script", 500, at=AT + timedelta(hours=1)) == 90


def test_a_flood_from_one_script_closes_the_door_to_nobody_else() -> None:
    gate = Gate(LIMITS)
    send(gate, "script", 100_000, words="x {}")
    assert send(gate, "tablet", 60, words="each another {}") == 60


def test_a_flood_from_a_thousand_addresses_closes_the_door_to_nobody_new() -> None:
    gate = Gate(LIMITS)
    sent = sum(send(gate, f"address {number}", 20, words=f"{number} of {{}}") for number in range(1000))
    assert sent <= LIMITS.site + 1000 * LIMITS.least
    assert gate.ask("address 7", at=AT) is Verdict.CROWDED
    assert send(gate, "a child", 3, words="help {}") == 3


def test_the_same_words_from_everywhere_are_taken_a_few_times() -> None:
    gate = Gate(LIMITS)
    came_in = sum(send(gate, f"address {number}", 1, words=LONG.upper() + "!") for number in range(100))
    assert came_in == LIMITS.alike
    assert gate.ask("a child", at=AT, words=LONG) is Verdict.TOO_ALIKE
    assert gate.ask("a child", at=AT, words=LONG + ", please come") is Verdict.COME_IN
    assert send(gate, "a class", 30, words="test") == 30


def test_no_address_and_no_word_is_kept() -> None:
    gate = Gate(LIMITS)
    send(gate, "192.0.2.77", 3, words=LONG)
    kept = pickle.dumps([gate._callers, gate._alike, gate._site])
    assert b"192.0.2.77" not in kept
    assert b"gate" not in kept.replace(b"omsorg.kernel.floods", b"")
    other = Gate(LIMITS)
    send(other, "192.0.2.77", 3)
    assert set(gate._callers) != set(other._callers)


def test_what_is_remembered_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("omsorg.kernel.floods.MOST_REMEMBERED", 100)
    gate = Gate(LIMITS)
    for number in range(1000):
        send(gate, f"address {number}", 1)
    assert len(gate._callers) <= 100 < MOST_REMEMBERED


def test_an_ipv6_home_is_one_caller() -> None:
    assert caller_named("2001:db8:1:2::7") == caller_named("2001:db8:1:2:ffff::9") != caller_named("2001:db8:1:3::7")
    assert caller_named("192.0.2.7") != caller_named("192.0.2.8")
    assert caller_named("nowhere") == "nowhere"


def test_a_clock_that_goes_back_lets_nobody_through() -> None:
    gate = Gate(LIMITS)
    send(gate, "script", 90)
    assert gate.ask("script", at=AT - timedelta(days=1)) is Verdict.TOO_OFTEN
