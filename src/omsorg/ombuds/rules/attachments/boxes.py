"""Files made of parts within parts: which parts are known at each place, and what may stand in them.

A known part is looked into, or its content is checked; every other is blanked where it stands, so that nothing else in
the file moves. What is known is written down as a tree of a few levels: no file can lead deeper than that.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from omsorg.kernel.cleaning.parts import NotWhole

Part = Callable[[bytes], bytes]
"""What is kept of a part's content, of the same length; raises NotWhole for what must not be there."""


@dataclass(frozen=True, slots=True)
class Holds:
    """A part that holds others, by their names; `needs` are those without which the file is not taken."""

    parts: Mapping[Any, "Part | Holds"]
    needs: frozenset[Any] = frozenset()


def as_it_is(content: bytes) -> bytes:
    """The sound itself: kept, and never looked into."""
    return content


def upto(most: int) -> Part:
    """A number or a setting of a few bytes."""

    def kept(content: bytes) -> bytes:
        if len(content) > most:
            raise NotWhole
        return content

    return kept


def one_of(*allowed: bytes) -> Part:
    """One of these, or the file is not taken."""

    def kept(content: bytes) -> bytes:
        if content not in allowed:
            raise NotWhole
        return content

    return kept


def of_length(*lengths: int) -> Part:
    """Exactly as long as the format says."""

    def kept(content: bytes) -> bytes:
        if len(content) not in lengths:
            raise NotWhole
        return content

    return kept
