"""Answers, carried to whoever reads them: a thread makes the next piece and is free again while it travels."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

Send = Callable[[dict[str, Any]], Awaitable[None]]
InThread = Callable[[Callable[[], bytes]], Awaitable[bytes]]
PIECE = 65_536
"""Bytes that a thread makes at once."""
SIP = 16_384
"""Bytes that the slowest reader takes while we wait."""


@dataclass(slots=True)
class Answer:
    """What a WSGI application answers. All but `said` and `head` runs in threads, one after the other."""

    status: int = 500
    headers: list[tuple[str, str]] = field(default_factory=list)
    is_open: bool = True
    _body: Iterable[bytes] = ()
    _pieces: Iterator[bytes] = field(default_factory=lambda: iter(()))

    def start(self, status: str, headers: list[tuple[str, str]], exc_info: object = None) -> Callable[[bytes], None]:
        """The `start_response` of PEP 3333. Nobody here writes by hand."""
        self.status, self.headers = int(status.split(" ", 1)[0]), headers
        return _no_writing

    def opened(self, body: Iterable[bytes]) -> bytes:
        """The first piece. An answer that is all in it is closed at once, in the thread that made it."""
        self._body, self._pieces = body, iter(body)
        return self.next_piece()

    def next_piece(self) -> bytes:
        """Up to `PIECE` bytes or a little more; closes at the end, and where making it fails."""
        made: list[bytes] = []
        length = 0
        try:
            while length < PIECE:
                piece = next(self._pieces, None)
                if piece is None:
                    self.close()
                    break
                made.append(piece)
                length += len(piece)
        except BaseException:
            self.close()
            raise
        return b"".join(made)

    def close(self) -> bytes:
        """Let go of what the answer was made from."""
        if self.is_open:
            self.is_open = False
            close = getattr(self._body, "close", None)
            if close:
                close()
        return b""

    def head(self) -> dict[str, Any]:
        headers = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in self.headers]
        return {"type": "http.response.start", "status": self.status, "headers": headers}


def _no_writing(_piece: bytes) -> None:
    raise NotImplementedError("An answer is given, not written piece by piece.")


async def carry(answer: Answer, first: bytes, send: Send, in_thread: InThread, patience: float) -> None:
    """Send an answer. A reader who takes no piece for `patience` seconds is hung up on."""
    await send(answer.head())
    piece = first
    try:
        while True:
            for start in range(0, len(piece), SIP):
                part = piece[start : start + SIP]
                is_last = not answer.is_open and start + SIP >= len(piece)
                async with asyncio.timeout(patience):
                    await send({"type": "http.response.body", "body": part, "more_body": not is_last})
            if not answer.is_open:
                break
            piece = await in_thread(answer.next_piece)
        if not piece:
            await send({"type": "http.response.body", "body": b"", "more_body": False})
    except TimeoutError:
        pass
    finally:
        if answer.is_open:
            await in_thread(answer.close)
