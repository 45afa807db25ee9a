"""A flood from one script is held off, and the door stays open to everybody else."""

import pickle

import pytest

from omsorg.kernel.floods import HOUR, MOST_REMEMBERED, Caller, Gate, Limits, Verdict, caller_at, caller_named

LIMITS = Limits(each=90, site=1200, alike=20, least=10)
LONG = "they lock the gate at night and nobody may go out to the well"


class Clock:
    """Seconds as a test counts them."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def gate_of(limits: Limits = LIMITS) -> tuple[Gate, Clock]:
    clock = Clock()
    return Gate(limits, clock), clock


def send(
    gate: Gate, caller: str | Caller, count: int, *, every: float = 0, words: str = "", clock: Clock | None = None
) -> int:
    """How many of `count` are let in, one each `every` seconds."""
    came_in = 0
    for number in range(count):
        came_in += gate.take(caller, words=words.format(number)) is Verdict.COME_IN
        if clock:
            clock.now += every
    return came_in


def test_a_tablet_that_many_children_share_sends_sixty_in_an_hour_and_more() -> None:
    for every in (60, 1):
        gate, clock = gate_of()
        assert send(gate, "tablet", 60, every=every, clock=clock) == 60


def test_one_caller_has_an_allowance_that_comes_back() -> None:
    gate, clock = gate_of()
    assert send(gate, "script", 500) == 90
    assert gate.take("script") is Verdict.TOO_OFTEN
    clock.now = HOUR
    assert send(gate, "script", 500) == 90


def test_a_flood_from_one_script_closes_the_door_to_nobody_else() -> None:
    gate, _clock = gate_of()
    send(gate, "script", 100_000, words="x {}")
    assert send(gate, "tablet", 60, words="each another {}") == 60


def test_a_flood_from_a_thousand_addresses_closes_the_door_to_nobody_new() -> None:
    gate, _clock = gate_of()
    sent = sum(send(gate, f"address {number}", 20, words=f"{number} of {{}}") for number in range(1000))
    assert sent <= LIMITS.site + 1000 * LIMITS.least
    assert gate.is_crowded()
    assert gate.take("address 7") is Verdict.CROWDED
    assert send(gate, "a child", 3, words="help {}") == 3


def test_what_the_site_closes_for_is_closed_from_wherever_it_comes_and_opens_again() -> None:
    gate, clock = gate_of(Limits(each=3, site=30, alike=3, least=1, seconds=30, site_closes=True))
    assert sum(send(gate, f"address {number}", 3) for number in range(1000)) <= 30
    assert gate.take("somebody new") is Verdict.CROWDED
    clock.now = 2
    assert gate.take("somebody new") is Verdict.COME_IN


def test_what_is_given_back_was_never_taken() -> None:
    gate, _clock = gate_of()
    for _ in range(500):
        assert gate.take("tablet") is Verdict.COME_IN
        gate.give_back("tablet")
    assert not gate.is_crowded()


def test_the_same_words_from_everywhere_are_taken_a_few_times() -> None:
    gate, _clock = gate_of()
    came_in = sum(send(gate, f"address {number}", 1, words=LONG.upper() + "!") for number in range(100))
    assert came_in == LIMITS.alike
    assert gate.take("a child", words=LONG) is Verdict.TOO_ALIKE
    assert gate.take("a child", words=LONG + ", please come") is Verdict.COME_IN
    assert send(gate, "a class", 30, words="test") == 30


def test_no_address_and_no_word_is_kept() -> None:
    gate, _clock = gate_of()
    send(gate, "192.0.2.77", 3, words=LONG)
    kept = pickle.dumps([gate._callers, gate._alike, gate._site])
    assert b"192.0.2.77" not in kept
    assert b"gate" not in kept.replace(b"omsorg.kernel.floods", b"")
    other, _clock = gate_of()
    send(other, "192.0.2.77", 3)
    assert set(gate._callers) != set(other._callers)


def test_what_is_remembered_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("omsorg.kernel.floods.MOST_REMEMBERED", 100)
    gate, _clock = gate_of()
    for number in range(1000):
        send(gate, f"address {number}", 1)
    assert len(gate._callers) <= 100 < MOST_REMEMBERED


def test_an_ipv6_home_is_one_caller() -> None:
    assert caller_named("2001:db8:1:2::7") == caller_named("2001:db8:1:2:ffff::9") != caller_named("2001:db8:1:3::7")
    assert caller_named("192.0.2.7") != caller_named("192.0.2.8")
    assert caller_named("::ffff:192.0.2.7") == caller_named("192.0.2.7") != caller_named("::ffff:192.0.2.8")
    assert caller_named("nowhere") == "nowhere"


def from_everywhere_in(gate: Gate, network: str, homes: int) -> int:
    """How many are let in of one from each of so many homes in a network, as `2001:db8:7:{:x}::1`."""
    return sum(send(gate, caller_at(network.format(home)), 1, words=f"home {home} {{}}") for home in range(homes))


@pytest.mark.parametrize(
    ("network", "homes", "allowed"),
    [
        pytest.param("2001:db8:7:{:x}::1", 8192, 6 * LIMITS.each, id="/48"),
        pytest.param("2001:db8:7:ab{:02x}::1", 256, min(3 * LIMITS.each, 256), id="/56"),
        pytest.param("2001:db8:7:1:{:x}::1", 1000, LIMITS.each, id="/64"),
    ],
)
def test_a_network_with_thousands_of_homes_is_a_few_callers_and_nobody_else_waits(
    network: str, homes: int, allowed: int
) -> None:
    gate, clock = gate_of()
    assert from_everywhere_in(gate, network, homes) == allowed
    assert send(gate, caller_at("2001:db8:8:1::1"), 25, words="another network {}") == 25
    assert send(gate, caller_at("192.0.2.7"), 25, words="an old address {}") == 25
    clock.now = HOUR
    assert gate.take(caller_at(network.format(1))) is Verdict.COME_IN, "the allowance comes back"


def test_a_script_behind_one_home_line_leaves_room_for_its_neighbours() -> None:
    gate, _clock = gate_of()
    assert from_everywhere_in(gate, "2001:db8:7:ab{:02x}::1", 256) == min(3 * LIMITS.each, 256)
    assert send(gate, caller_at("2001:db8:7:cd00::1"), 60, words="a neighbour {}") == 60


def test_many_scripts_with_a_network_each_close_the_door_to_nobody_new() -> None:
    gate, _clock = gate_of()
    let_in = sum(from_everywhere_in(gate, f"2001:db8:{rented:x}:{{:x}}::1", 2000) for rented in range(20))
    assert let_in <= 20 * 6 * LIMITS.each
    assert gate.is_crowded()
    assert send(gate, caller_at("2001:db8:ffff:1::1"), 3, words="help {}") == 3


def test_a_phone_that_calls_again_and_again_leaves_room_for_others_of_its_network() -> None:
    """One phone gets a new home each time, and takes all that each may have: who has had nothing is let in."""
    gate, _clock = gate_of()
    for home in range(5):
        send(gate, caller_at(f"2001:db8:7:{home:x}::1"), LIMITS.each, words=f"home {home} {{}}")
    assert send(gate, caller_at("2001:db8:7:ffff::1"), 3, words="help {}") == 3


def test_what_is_given_back_was_not_taken_of_the_network_either() -> None:
    gate, _clock = gate_of()
    for home in range(2000):
        caller = caller_at(f"2001:db8:7:{home:x}::1")
        assert gate.take(caller) is Verdict.COME_IN
        gate.give_back(caller)


@pytest.mark.parametrize("address", ["192.0.2.7", "::ffff:192.0.2.7", "nowhere", ""])
def test_what_is_no_ipv6_address_belongs_to_no_network(address: str) -> None:
    assert caller_at(address) == Caller(caller_named(address))


def test_time_is_counted_and_no_clock_that_was_wrong_once_shuts_anybody_out() -> None:
    gate = Gate(LIMITS)
    before = gate.clock()
    assert gate.clock() >= before
    assert gate.clock.__name__ == "monotonic"
    gate, clock = gate_of()
    send(gate, "script", 90)
    clock.now = -86_400
    assert gate.take("script") is Verdict.TOO_OFTEN
    clock.now = HOUR
    assert send(gate, "script", 90) == 90
