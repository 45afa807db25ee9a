"""What asks for a field officer's eye in a group, out of what came in and what the ledger says.

The worked numbers stand in `docs/rules/alarms.md`. An alarm is never stored: it goes when its reason goes.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

LOOKED_BACK: Final = 4
"""A difference of cash is an alarm for so many meetings, the one where it was found among them."""
LEFT_OUT: Final = 2
"""So many meetings that should have been held by the group's own rules and have not come in are an alarm."""
MONTH: Final = 30


class Kind(StrEnum):
    """The kinds of alarms, the most pressing first."""

    FORK = "fork"
    BROKEN = "broken"
    WAITING = "waiting"
    DIFFERENCE = "difference"
    LATE_LOANS = "late_loans"
    NOT_BACKED_UP = "not_backed_up"


@dataclass(frozen=True, slots=True)
class Found:
    """How many of a kind there are, and the day it goes back to."""

    number: int
    since: date


@dataclass(frozen=True, slots=True)
class Alarm:
    """What asks for an eye: of which kind, how many of it, and the day the oldest goes back to."""

    kind: Kind
    number: int
    since: date


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often a group meets by its own rules; `last` is its last meeting here, or the day it was entered.

    `closed`: its cycle is closed and the next not opened; it need not meet.
    """

    meetings_per_month: int
    last: date
    closed: bool


def meetings_left_out(rhythm: Rhythm, today: date) -> int:
    """How many meetings should have been held since the last one that came in; none for a clock that runs ahead."""
    if rhythm.closed:
        return 0
    return max((today - rhythm.last).days, 0) * rhythm.meetings_per_month // MONTH


def alarms(found: dict[Kind, Found], rhythm: Rhythm, today: date) -> tuple[Alarm, ...]:
    """The alarms of one group, the most pressing first: of `found` what is more than none, and what was left out."""
    left_out = meetings_left_out(rhythm, today)
    everything = {**found}
    if left_out >= LEFT_OUT:
        everything[Kind.NOT_BACKED_UP] = Found(left_out, rhythm.last)
    return tuple(
        Alarm(kind, everything[kind].number, everything[kind].since)
        for kind in Kind
        if kind in everything and everything[kind].number
    )
