"""Room for the calls of one request.

CPython 3.11 and later keeps the frames of calls in pieces of 16 kB. Where a loop of a page happens to call across the
end of a piece, each of its calls takes a new piece from the system and gives it back: at depths that nobody chooses a
page then works twice as long (docs/architecture/speed.md). A frame that asks for much room has one large piece taken,
into which all further calls of the request fit. Room that is not used is never touched: it costs no memory.
"""

from collections.abc import Callable
from typing import TypeVar

Answer = TypeVar("Answer")
ROOM = 70_000
"""How many values the frame asks room for: a piece of 1 MB, nearly half of which is left for the calls within."""


def with_room(work: Callable[[], Answer]) -> Answer:
    """What `work` answers; all that it calls finds room in one piece."""
    return work()


with_room.__code__ = with_room.__code__.replace(co_stacksize=ROOM)
