"""What the ombuds system tells other desks, through openings that the site fills where such desks are in the house.

The ombuds system knows neither of them: it says what it needs (`IncidentDesk`, `PublicTracker`), the site connects what
is there when it starts. Where nothing is connected, the answer is an honest sentence.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from omsorg.ombuds.rules.refusals import NoDeskThere


@dataclass(frozen=True, slots=True)
class Copy:
    """What is handed over: only what the child agreed to, or what danger asks for. `reference` makes it once only.

    `unit` is the house it is about, and `of_whole_house` says that the house itself, or who leads it, is complained of;
    `complained_of` are the names of those complained of; `shut_out` the persons who may not hear the case here either:
    both are walls, and nobody who handles the copy reads them. `until_on`: until when the child has said yes.
    """

    reference: str
    what: str
    country: str
    unit: str
    on: date
    of_whole_house: bool = True
    complained_of: str = ""
    shut_out: tuple[int, ...] = ()
    until_on: date | None = None


@dataclass(frozen=True, slots=True)
class Clock:
    """One step that the other desk owes: what it is called there in the reader's words, by when, when it was done."""

    step: str
    due_on: date | None
    done_on: date | None

    def is_missed(self, today: date) -> bool:
        return self.due_on is not None and (self.done_on or today) > self.due_on


class IncidentDesk(Protocol):
    """A desk that handles incidents."""

    def receive_copy(self, copy: Copy, *, at: datetime) -> str:
        """Take a copy in and give the number that it has there. The same `reference` again gives the same number."""

    def number_of(self, copy: Copy, *, at: datetime) -> str:
        """The number that a copy has there, by its `reference`; empty where it never arrived. Nothing of it is taken
        in, but whom it names and who is shut out does not find it from then on."""

    def copy_taken_back(self, reference: str, *, on: date, at: datetime) -> None:
        """Keep with a copy, by the `reference` it came with, that the child took its yes back on a day. Once only."""

    def clocks_of(self, reference: str) -> tuple[Clock, ...]:
        """Whether the desk keeps its days for what was handed over; nothing of what it found."""


@dataclass(frozen=True, slots=True)
class PublicAdvice:
    """A recommendation as it is published, with where its answer stands.

    One that was withdrawn has no text and no answer: the day and the class of reason (`Advice.Withdrawal`) instead. So
    has one whose words are hidden since `hidden_on`, while a second person decides whether it is withdrawn.
    """

    code: str
    organisation: str
    text: Mapping[str, str]
    made_on: date
    answer_due_on: date
    answer: str
    reasons: str
    done_on: date | None
    withdrawn_on: date | None = None
    withdrawal: str = ""
    hidden_on: date | None = None


class PublicTracker(Protocol):
    """A public list of what was recommended and what became of it."""

    def publish_recommendations(self, advice: tuple[PublicAdvice, ...], *, at: datetime) -> None:
        """Show these, and how they stand now; what was shown before is brought up to date."""

    def where(self, code: str, organisation: str, *, on: date) -> str:
        """The address at which a published recommendation is read, empty where no public list answers for it."""


_desk: IncidentDesk | None = None
_tracker: PublicTracker | None = None


def connect(*, incident_desk: IncidentDesk | None = None, public_tracker: PublicTracker | None = None) -> None:
    """Fill the openings; called by the site when it starts. None leaves an opening empty."""
    global _desk, _tracker
    _desk, _tracker = incident_desk, public_tracker


def incident_desk() -> IncidentDesk:
    """The desk for incidents; raises NoDeskThere where the house has none."""
    if _desk is None:
        raise NoDeskThere
    return _desk


def where_it_is_read(code: str, organisation: str, on: date) -> str:
    """The address at which everybody reads a published recommendation; empty where there is none but our own pages."""
    return _tracker.where(code, organisation, on=on) if _tracker is not None else ""


def public_tracker() -> PublicTracker | None:
    """The public list, None where the house has none: then recommendations stand on the ombuds pages alone."""
    return _tracker
