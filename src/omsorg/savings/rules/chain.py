"""The chain of a group's meetings: each has its own fingerprint, and names that of the one before it."""

import json
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from omsorg.savings.rules.canonical import NOTHING_BEFORE, fingerprint
from omsorg.savings.rules.meeting import Outcome, apply_written
from omsorg.savings.rules.quarters import Figures, figures_of, quarter_of
from omsorg.savings.rules.state import State


class Link(NamedTuple):
    """One posted meeting as it is kept: its row, its number, its fingerprint, the one before, the text, and the day on
    which it was posted."""

    row: int
    seq: int
    hash: str
    prev: str
    text: str
    posted_on: date


def first_break(links: Iterable[Link]) -> int | None:
    """The number of the first meeting that does not follow, or is not the text it says it is; None where all holds."""
    before = NOTHING_BEFORE
    for seq, link in enumerate(links, start=1):
        if link.seq != seq or link.prev != before or fingerprint(link.text.encode()) != link.hash:
            return seq
        before = link.hash
    return None


def quarters_of(state: State, links: Iterable[Link]) -> Iterator[tuple[Link, Outcome, date, Figures]]:
    """Every meeting applied anew, with the quarter that it is counted in and what it says of its group in figures."""
    for link, outcome in replayed(state, links):
        document = json.loads(link.text)
        quarter = quarter_of(document["held_on"], link.posted_on)
        yield link, outcome, quarter, figures_of(state, outcome.state, document)
        state = outcome.state


def replayed(state: State, links: Iterable[Link]) -> Iterator[tuple[Link, Outcome]]:
    """Every meeting applied anew, one after the other. Raises Broken where one is refused today."""
    for link in links:
        outcome = apply_written(state, json.loads(link.text), link.hash)
        yield link, outcome
        state = outcome.state
