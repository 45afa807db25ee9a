"""What is sent is gathered before anybody works on it: patience, room, and whose part is whose."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

import pytest

from omsorg.site.front.gathering import Gathering, GaveUp, Gone, Patience

SHORT = Patience(pause=0.3, rate=100, longest=60, each=3, everybody=6, most=1000)
Receive = Callable[[], Awaitable[dict[str, Any]]]


def sender(*pieces: bytes, every: float = 0.0, stands_still: bool = False) -> Receive:
    """Sends these pieces; then hangs up, or says nothing more for ever."""
    left = list(pieces)

    async def receive() -> dict[str, Any]:
        await asyncio.sleep(every)
        if left:
            return {"type": "http.request", "body": left.pop(0), "more_body": True}
        if stands_still:
            await asyncio.sleep(100)
        return {"type": "http.disconnect"}

    return receive


async def come(gathering: Gathering, length: int, receive: Receive, line: str = "a") -> bytes:
    with gathering.place_for(line, length) as sending:
        return (await gathering.gather(sending, receive)).read()


def taken(length: int, receive: Receive, patience: Patience = SHORT) -> bytes:
    gathering = Gathering(patience)
    try:
        return asyncio.run(come(gathering, length, receive))
    finally:
        assert gathering.held == 0, "what is over holds no memory"


def test_what_comes_in_pieces_is_whole() -> None:
    assert taken(6, sender(b"abc", b"de", b"f")) == b"abcdef"


@pytest.mark.parametrize(
    ("sent", "raised"),
    [
        pytest.param(sender(b"a", stands_still=True), GaveUp, id="stands still"),
        pytest.param(sender(*[b"a"] * 100, every=0.05), GaveUp, id="a letter now and then"),
        pytest.param(sender(stands_still=True), GaveUp, id="says nothing"),
        pytest.param(sender(b"a"), Gone, id="hangs up"),
    ],
)
def test_a_slow_sender_is_given_up(sent: Receive, raised: type[Exception]) -> None:
    with pytest.raises(raised):
        taken(100, sent)


def test_a_weak_line_is_waited_for() -> None:
    """Ten times as long as a pause, at the rate that is asked for."""
    assert len(taken(400, sender(*[b"aaaaaaaaaa"] * 40, every=0.05), replace(SHORT, pause=0.2))) == 400


def test_nobody_takes_longer_than_the_longest() -> None:
    with pytest.raises(GaveUp):
        taken(400, sender(*[b"aaaaaaaaaa"] * 40, every=0.05), replace(SHORT, longest=0.5))


def crowd(patience: Patience, *lines: str, pieces: tuple[bytes, ...] = (b"a",)) -> tuple[list[str], bytes, int]:
    """Slow senders on these lines, then a quick child on the first: who was given up, what she sent, what was held."""
    gathering = Gathering(patience)
    given_up: list[str] = []

    async def slow(line: str) -> None:
        try:
            await come(gathering, 10_000, sender(*pieces, stands_still=True), line)
        except GaveUp:
            given_up.append(line)

    async def all_of_them() -> tuple[bytes, int]:
        tasks = [asyncio.create_task(slow(line)) for line in lines]
        await asyncio.sleep(0.05)
        held = gathering.held
        told = await come(gathering, 4, sender(b"he", b"lp"), lines[0])
        await asyncio.sleep(0.05)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        return told, held

    told, held = asyncio.run(all_of_them())
    assert gathering.held == 0
    return given_up, told, held


def test_on_a_line_that_slow_ones_hold_a_child_still_gets_through() -> None:
    given_up, told, _held = crowd(replace(SHORT, pause=20), *["a"] * 9)
    assert told == b"help"
    assert given_up == ["a"] * 7, "one line has three at most"


def test_where_all_are_too_many_the_line_with_most_makes_room() -> None:
    given_up, told, _held = crowd(replace(SHORT, pause=20), "b", "c", "a", "a", "a", "d")
    assert told == b"help"
    assert given_up == ["a"]


def test_what_all_hold_together_is_bounded_and_words_get_through() -> None:
    given_up, told, held = crowd(replace(SHORT, pause=20), "b", "a", "a", "a", "c", pieces=(b"a" * 250,))
    assert held <= 1000
    assert told == b"help"
    assert set(given_up) == {"a"}


def test_a_childs_voice_note_gets_through_beside_a_script_of_many_lines() -> None:
    """Twenty-nine lines that hold a little each, stand still, and come again when they are given up."""
    gathering = Gathering(Patience(pause=20, rate=1, longest=60, each=30, everybody=100, most=128_000))

    async def script(line: str) -> None:
        while True:
            try:
                await come(gathering, 5_000, sender(*[b"x" * 430] * 10, every=0.05, stands_still=True), line)
            except GaveUp:
                await asyncio.sleep(0.01)

    async def all_of_them() -> int:
        tasks = [asyncio.create_task(script(f"line {number}")) for number in range(29)]
        await asyncio.sleep(1)
        assert gathering.held > 120_000
        told = await come(gathering, 8_000, sender(*[b"y" * 500] * 16, every=0.02), "a child")
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        return len(told)

    assert asyncio.run(all_of_them()) == 8_000
