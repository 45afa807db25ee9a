"""Reading a file part by part: each kind of file is a row of parts with a name and a length.

A file can be made of so many tiny parts, or unfold to so much, that a small one costs much time. Whoever takes files
from strangers says how many steps all of them together may cost (`within`).
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

STEPS_OF_A_MEGABYTE = 2_000
"""Unfolding a megabyte takes as long as so many steps of reading."""


class NotWhole(Exception):
    """The file ends in the middle of a part, or holds what it must not."""


class TooMuchWork(Exception):
    """Reading these files takes more steps than were allowed."""


_left: ContextVar[list[int] | None] = ContextVar("steps left", default=None)


@contextmanager
def within(steps: int) -> Iterator[None]:
    """Whatever is read within this takes at most so many steps, together; else TooMuchWork is raised."""
    was = _left.set([steps])
    try:
        yield
    finally:
        _left.reset(was)


def spend(steps: int) -> None:
    """Take steps. Raises TooMuchWork where there are none left."""
    left = _left.get()
    if left is not None:
        left[0] -= steps
        if left[0] < 0:
            raise TooMuchWork


@dataclass(frozen=True, slots=True)
class Cleaner:
    """How one kind of file is known by its first bytes, and how it is cleaned."""

    media_type: str
    word: str
    suffix: str
    is_one: Callable[[bytes], bool]
    clean: Callable[[bytes], bytes]


def cut(content: bytes, start: int, length: int) -> bytes:
    """`length` bytes from `start`, which is one step; raises NotWhole where there are fewer."""
    spend(1)
    if length < 0 or start < 0 or start + length > len(content):
        raise NotWhole
    return content[start : start + length]


def number(content: bytes, start: int, length: int, order: str = "big") -> int:
    """A whole number of `length` bytes from `start`."""
    return int.from_bytes(cut(content, start, length), "big" if order == "big" else "little")


def riff_parts(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The parts of a RIFF file (pictures as WebP, sound as WAV): name and content, without what hangs behind."""
    return riff_row(content, 12, min(8 + number(content, 4, 4, "little"), len(content)))


def riff_row(content: bytes, at: int, end: int) -> Iterator[tuple[bytes, bytes]]:
    """A row of parts, from one place to another."""
    while at + 8 <= end:
        name, length = cut(content, at, 4), number(content, at + 4, 4, "little")
        yield name, cut(content, at + 8, length)
        at += 8 + length + length % 2


def row(parts: list[tuple[bytes, bytes]]) -> bytes:
    """These parts, one after the other."""
    return b"".join(name + len(part).to_bytes(4, "little") + part + b"\0" * (len(part) % 2) for name, part in parts)


def riff(kind: bytes, parts: list[tuple[bytes, bytes]]) -> bytes:
    """A RIFF file of these parts."""
    body = row(parts)
    return b"RIFF" + (4 + len(body)).to_bytes(4, "little") + kind + body
