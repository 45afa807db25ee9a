"""An answer is carried whole to whoever reads it; whoever does not is hung up on, and holds no thread."""

import asyncio
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from omsorg.site.front.answers import PIECE, Answer, carry


class Kept:
    """What an answer is made from: it knows when it was let go."""

    def __init__(self, *pieces: bytes) -> None:
        self.pieces, self.closed, self.made = pieces, 0, 0

    def __iter__(self) -> Iterator[bytes]:
        for piece in self.pieces:
            self.made += 1
            yield piece

    def close(self) -> None:
        self.closed += 1


def carried(kept: Kept, reads: int = 10_000) -> tuple[list[dict[str, Any]], int]:
    """What went out to a reader who takes so many pieces, and how often a thread was asked for."""
    sent: list[dict[str, Any]] = []
    asked = 0

    async def send(message: dict[str, Any]) -> None:
        if len(sent) > reads:
            await asyncio.sleep(100)
        sent.append(message)

    async def in_thread(work: Callable[[], bytes]) -> bytes:
        nonlocal asked
        asked += 1
        return await asyncio.to_thread(work)

    async def whole() -> None:
        answer = Answer()
        answer.start("200 OK", [("Content-Type", "text/plain")])
        await carry(answer, await in_thread(lambda: answer.opened(kept)), send, in_thread, 0.2)

    asyncio.run(whole())
    return sent, asked


@pytest.mark.parametrize(
    "pieces",
    [
        (),
        (b"",),
        (b"a page",),
        (b"a" * PIECE,),
        (b"a" * (3 * PIECE + 1),),
        tuple(b"abcd" * 1024 for _ in range(100)),
        tuple(b"a" * PIECE for _ in range(4)),
    ],
    ids=["nothing", "empty", "a page", "one piece", "one large", "many small", "whole pieces"],
)
def test_an_answer_arrives_whole_and_is_let_go_once(pieces: tuple[bytes, ...]) -> None:
    kept = Kept(*pieces)
    sent, _asked = carried(kept)
    assert sent[0] == {"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/plain")]}
    assert b"".join(message["body"] for message in sent[1:]) == b"".join(pieces)
    assert [message["more_body"] for message in sent[1:]] == [True] * (len(sent) - 2) + [False]
    assert kept.closed == 1


def test_a_page_takes_one_thread_once() -> None:
    assert carried(Kept(b"a page"))[1] == 1


def test_a_slow_reader_is_hung_up_on_and_what_was_open_is_let_go() -> None:
    kept = Kept(*[b"a" * PIECE] * 100)
    sent, _asked = carried(kept, reads=2)
    assert sent[-1]["more_body"], "it did not end as if it were whole"
    assert kept.made < 4, "no more is made than is read"
    assert kept.closed == 1


def test_what_fails_while_it_is_made_is_let_go() -> None:
    class Failing(Kept):
        def __iter__(self) -> Iterator[bytes]:
            yield b"a" * PIECE
            raise OSError("the disk is gone")

    kept = Failing()
    with pytest.raises(OSError, match="the disk is gone"):
        carried(kept)
    assert kept.closed == 1
