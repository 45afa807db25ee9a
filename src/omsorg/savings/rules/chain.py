"""The chain of a group's meetings: each has its own fingerprint, and names that of the one before it."""

import json
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from omsorg.savings.rules.canonical import NOTHING_BEFORE, fingerprint
from omsorg.savings.rules.meeting import Outcome, apply_written
from omsorg.savings.rules.state import State


class Link(NamedTuple):
    """One posted meeting as it is kept: its row, its number, its fingerprint, the one before, the text."""

    row: int
    seq: int
    hash: str
    prev: str
    text: str


def first_break(links: Iterable[Link]) -> int | None:
    """The number of the first meeting that does not follow, or is not the text it says it is; None where all holds."""
    before = NOTHING_BEFORE
    for seq, link in enumerate(links, start=1):
        if link.seq != seq or link.prev != before or fingerprint(link.text.encode()) != link.hash:
            return seq
        before = link.hash
    return None


def replayed(state: State, links: Iterable[Link]) -> Iterator[tuple[Link, Outcome]]:
    """Every meeting applied anew, one after the other. Raises Broken where one is refused today."""
    for link in links:
        outcome = apply_written(state, json.loads(link.text), link.hash)
        yield link, outcome
        state = outcome.state
