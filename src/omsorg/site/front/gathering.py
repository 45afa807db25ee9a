"""Bodies of requests, gathered before anybody works on them: with patience for a weak line, and none for a script.

A body that is still on its way costs some memory and no thread. Whoever sends nothing for a while, or on the average
less than `Patience.rate` bytes a second, is given up. Where one line has more unfinished than `each`, the slowest of
its own makes room for whoever comes; where everybody together has too many or holds too much, it is the line with the
most. So nobody is turned away because others are slow, not even on the same line (docs/decisions/0016).
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from math import inf
from typing import Any

Receive = Callable[[], Awaitable[dict[str, Any]]]
ONE_MOMENT = 0.05
"""Seconds within which it does not matter who came first."""
JUST_COME = 2.0
"""Seconds in which nobody can be told to be slow."""


class GaveUp(Exception):
    """It came too slowly, or made room for others."""


class Gone(Exception):
    """Whoever sent it has hung up."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a body may take, and how much room all of them have in one process.

    `pause`: seconds without a byte, and those that come free before the rate counts. `rate`: bytes a second.
    `longest`: seconds for any body. `each`, `everybody`: how many unfinished ones of one line, and of all. `most`:
    bytes held by all together, those included that wait for a thread or are being worked on.
    """

    pause: float = 30
    rate: int = 250
    longest: float = 3600
    each: int = 64
    everybody: int = 1024
    most: int = 256_000_000


@dataclass(slots=True, eq=False)
class Sending:
    """A body on its way. `line`: who sends it, as far as is known. `clock`: ends it when it rings."""

    line: str
    length: int
    began: float
    clock: asyncio.Timeout
    body: BytesIO = field(default_factory=BytesIO)
    came: int = 0
    on_its_way: bool = True
    given_up: bool = False

    def rate(self, moment: float) -> float:
        """Bytes a second so far; whoever has just come is not slow."""
        age = moment - self.began
        return self.came / age if age > JUST_COME else inf

    def holds(self, moment: float) -> float:
        """Bytes that it takes up, times the seconds since it began; of those that came in one moment the largest."""
        return self.came * (moment - self.began + ONE_MOMENT)

    def until(self, moment: float, patience: Patience) -> float:
        """When it is given up if nothing more comes."""
        by_rate = self.began + patience.pause + self.came / patience.rate
        return min(moment + patience.pause, by_rate, self.began + patience.longest)


def _now() -> float:
    return asyncio.get_running_loop().time()


@dataclass(slots=True)
class Gathering:
    """All bodies that one process holds. Used from one event loop alone."""

    patience: Patience
    held: int = 0
    _unfinished: dict[str, dict[Sending, None]] = field(default_factory=dict)
    _many: int = 0

    @contextmanager
    def place_for(self, line: str, length: int) -> Iterator[Sending]:
        """A body that may come in; what it holds is let go at the end, when it has been worked on."""
        sending = Sending(line, length, _now(), asyncio.timeout(self.patience.pause))
        self._unfinished.setdefault(line, {})[sending] = None
        self._many += 1
        try:
            yield sending
        finally:
            self._off_the_way(sending)
            self.held -= sending.came
            sending.body.close()

    async def gather(self, sending: Sending, receive: Receive) -> BytesIO:
        """The whole body, from its beginning. Raises `GaveUp` and `Gone`."""
        try:
            async with sending.clock:
                self._make_room_beside(sending.line)
                while sending.on_its_way:
                    self._take(sending, await receive())
        except TimeoutError:
            raise GaveUp from None
        if sending.given_up:
            raise GaveUp
        sending.body.seek(0)
        return sending.body

    def _take(self, sending: Sending, message: dict[str, Any]) -> None:
        if sending.given_up:
            raise GaveUp
        if message["type"] == "http.disconnect":
            raise Gone
        piece: bytes = message.get("body", b"")
        sending.body.write(piece)
        sending.came += len(piece)
        self.held += len(piece)
        if sending.came >= sending.length or not message.get("more_body"):
            self._off_the_way(sending)
        else:
            sending.clock.reschedule(sending.until(_now(), self.patience))
        if self.held > self.patience.most:
            self._make_memory()

    def _off_the_way(self, sending: Sending) -> None:
        if sending.on_its_way:
            sending.on_its_way = False
            self._many -= 1
            of_the_line = self._unfinished[sending.line]
            del of_the_line[sending]
            if not of_the_line:
                del self._unfinished[sending.line]

    def _make_room_beside(self, line: str) -> None:
        if len(self._unfinished[line]) > self.patience.each:
            self._give_up_slowest(line)
        elif self._many > self.patience.everybody:
            self._give_up_slowest(max(self._unfinished, key=lambda each: len(self._unfinished[each])))

    def _give_up_slowest(self, line: str) -> None:
        moment = _now()
        self._give_up(min(self._unfinished[line], key=lambda each: each.rate(moment)))

    def _make_memory(self) -> None:
        """Who has held most for longest goes, of the line that has; one that is whole is not taken back. A large body
        that comes as fast as its line lets it outlives small ones that stand still."""
        if self._unfinished:
            moment = _now()
            line = max(self._unfinished, key=lambda each: sum(one.holds(moment) for one in self._unfinished[each]))
            self._give_up(max(self._unfinished[line], key=lambda one: one.holds(moment)))

    def _give_up(self, sending: Sending) -> None:
        self._off_the_way(sending)
        self.held -= sending.came
        sending.came, sending.given_up = 0, True
        sending.clock.reschedule(_now())
