"""Threads, in turns: each line has its next request worked on before any has its second."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field


@dataclass(slots=True)
class Turns:
    """`places`: how many are worked on at once. Used from one event loop alone."""

    places: int
    _waiting: dict[str, deque[asyncio.Future[None]]] = field(default_factory=dict)

    @asynccontextmanager
    async def turn(self, line: str) -> AsyncIterator[None]:
        """Wait for a place, and give it on at the end."""
        if self.places > 0:
            self.places -= 1
        else:
            await self._wait(line)
        try:
            yield
        finally:
            self._give_on()

    async def _wait(self, line: str) -> None:
        ours: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(line, deque()).append(ours)
        try:
            await ours
        except asyncio.CancelledError:
            if not ours.cancelled():
                self._give_on()
            raise

    def _give_on(self) -> None:
        while self._waiting:
            line = next(iter(self._waiting))
            queue = self._waiting.pop(line)
            ours = queue.popleft()
            if queue:
                self._waiting[line] = queue
            if not ours.done():
                ours.set_result(None)
                return
        self.places += 1
