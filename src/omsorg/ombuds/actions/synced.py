"""What an ombudsperson wrote down while travelling, without a network, is taken in when there is one again.

Each record carries a number of its own, made where it was written. Sent twice, or sent again after a fault in the
middle, it is kept once. One that is refused does not hold up the others.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from omsorg.federation.access import Acting, NothingHere
from omsorg.kernel.refusals import Refusal
from omsorg.ombuds.access import OpenRing
from omsorg.ombuds.actions.advising import enter_visit
from omsorg.ombuds.actions.cases import Kept, add_note, take_down_words, write_down_wish
from omsorg.ombuds.actions.submissions import Submitted, submit
from omsorg.ombuds.rules.refusals import NothingToOpen


class Kind(StrEnum):
    """What can be written down on the way."""

    CASE = "case"
    WORDS = "words"
    NOTE = "note"
    WISH = "wish"
    VISIT = "visit"


@dataclass(frozen=True, slots=True)
class Record:
    """One thing written down on the way. `token`: of a new case, 32 random bytes, from which the child's code follows
    there and then; `record`: of everything else, a random whole number below 2 to the power of 62."""

    kind: Kind
    on: date
    record: int = 0
    token: bytes = b""
    case: str = ""
    text: str = ""
    wants: str = ""
    language: str = ""
    country: str = ""
    channel: str = ""
    place: str = ""
    visited: str = ""
    children: int = 0
    knew: int | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one record: kept now, kept before, or refused with the sentence why."""

    record: Record
    is_new: bool
    submitted: Submitted | None = None
    refused: str = ""


def take_in(*, records: Sequence[Record], ring: OpenRing, by: Acting, at: datetime) -> list[Outcome]:
    """Keep what was written down on the way, each by itself, in the order in which it was written."""
    return [_taken(record, ring, by, at) for record in records]


def _taken(record: Record, ring: OpenRing, by: Acting, at: datetime) -> Outcome:
    try:
        if record.kind is Kind.CASE:
            told = submit(
                token=record.token,
                message=record.text,
                language=record.language,
                country=record.country,
                channel=record.channel,
                wants=record.wants,
                by=by,
                at=at,
            )
            return Outcome(record, not told.already, told)
        return Outcome(record, _kinds(record, ring, by, at)[record.kind]().is_new)
    except Refusal as refused:
        return Outcome(record, False, refused=str(refused))
    except NothingHere:
        return Outcome(record, False, refused=str(NothingToOpen()))


def _kinds(record: Record, ring: OpenRing, by: Acting, at: datetime) -> dict[Kind, Callable[[], Kept]]:
    number, case, text = record.record, record.case, record.text
    return {
        Kind.WORDS: lambda: take_down_words(
            case=case, message=text, language=record.language, record=number, on=record.on, ring=ring, by=by, at=at
        ),
        Kind.NOTE: lambda: add_note(case=case, text=text, record=number, ring=ring, by=by, at=at),
        Kind.WISH: lambda: write_down_wish(case=case, wish=text, step="visit", record=number, ring=ring, by=by, at=at),
        Kind.VISIT: lambda: enter_visit(
            on=record.on,
            kind=record.visited,
            country=record.country,
            place=record.place,
            children=record.children,
            know_their_ombudsperson=record.knew,
            what_came_of_it=text,
            record=number,
            ring=ring,
            by=by,
            at=at,
        ),
    }
