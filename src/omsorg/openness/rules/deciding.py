"""What may happen to a case on its way to the public, and what still stands in the way of its release."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from omsorg.kernel.refusals import Refusal, Sentence
from omsorg.kernel.refusals import written as _
from omsorg.openness.rules.cases import Tell


class Step(StrEnum):
    """One step of a case. The newest is where it stands; before the first it is being written."""

    HANDED_IN = "handed_in"
    RETURNED = "returned"
    HELD = "held"
    TAKEN_UP = "taken_up"


class Standing(StrEnum):
    """Where a case stands."""

    WRITTEN = "written"
    HANDED_IN = "handed_in"
    HELD = "held"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class ReasonClass(StrEnum):
    """Why a case is decided not public for now. The public reads how many there are of each."""

    CHILD = "child"
    INQUIRY = "inquiry"
    WISH = "wish"
    LAW = "law"
    OTHER = "other"


class ReasonMissing(Refusal):
    sentence = _("Say why, in a sentence.")


class ReviewNotAhead(Refusal):
    sentence = _("A case that is held is looked at again on a day to come, at most %(most)s days ahead.")


class NotHeld(Refusal):
    sentence = _("This case is not held.")


class HeldNow(Refusal):
    sentence = _("This case is held. Take it up again first.")


class NotHandedIn(Refusal):
    sentence = _("This case is not handed in for release.")


class HandedInAlready(Refusal):
    sentence = _("This case is handed in for release. Whoever releases it must hand it back before it is changed.")


class WrittenBySamePerson(Refusal):
    sentence = _("You have written on this case yourself: somebody else must release it.")


class JustifiedBySamePerson(Refusal):
    sentence = _("You have justified this yourself: somebody else must accept it.")


class NothingFound(Refusal):
    sentence = _("The check does not find this any more. Look at it again.")


class NotWhatWasRead(Refusal):
    sentence = _("This is not the text that you have read: it was changed meanwhile. Read it again.")


class NotReady(Refusal):
    """A release that something stands in the way of; `blocks` are the sentences."""

    sentence = _("This cannot be released yet: %(first)s")

    def __init__(self, blocks: Sequence[Sentence]) -> None:
        super().__init__(first=blocks[0])
        self.blocks = tuple(blocks)


MOST_DAYS_HELD = 366

NOT_HANDED_IN = _("It is not handed in for release.")
HELD = _("It is held back.")
OPEN_FINDINGS = _("The check before release has found %(number)s things that are neither mended nor justified.")
NOT_ACCEPTED = _("Whoever releases it has not accepted %(number)s justifications yet.")
NOT_DECIDED = _("The incident that it tells of is open again, or is not decided to be published.")
NOBODY_ASKED = _("Nobody has decided yet who must be told.")
LIST_OF_EARLIER_TEXT = _("Those who must be told were listed for an earlier text. List them again for this one.")
NOT_HANDED_OVER = _("%(number)s letters or messages are not handed over yet.")
OWN_HAND_IN = _("You have handed it in yourself: somebody else must release it.")
OWN_NOBODY = _("You have said yourself that nobody is told: somebody else must release it.")
OWN_WORDS = _("You have written on it yourself: somebody else must release it.")


@dataclass(frozen=True, slots=True)
class Telling:
    """How far the telling of those who pay has come. `waiting_mail` is e-mail that could leave with the release."""

    is_listed: bool = False
    is_of_this_text: bool = False
    waiting: int = 0
    waiting_mail: int = 0


@dataclass(frozen=True, slots=True)
class Ready:
    """All that a release rests on: the newest text, what was found in it, who wrote, and who has been told.

    `is_decided`: the incident behind it, where there is one, is last decided to be published.
    """

    step: Step | None
    found: frozenset[str]
    justified: frozenset[str]
    accepted: frozenset[str]
    tell: Tell
    telling: Telling
    writers: frozenset[int] = field(default_factory=frozenset)
    handed_in_by: int | None = None
    told_nobody_by: int | None = None
    is_decided: bool = True


def standing_of(step: Step | None, *, is_public: bool, is_withdrawn: bool) -> Standing:
    """Where a case stands. What is public stays public while a correction of it is written."""
    if step is Step.HELD:
        return Standing.HELD
    if step is Step.HANDED_IN:
        return Standing.HANDED_IN
    if is_withdrawn:
        return Standing.WITHDRAWN
    return Standing.PUBLISHED if is_public else Standing.WRITTEN


def what_blocks(ready: Ready, *, releaser: int) -> list[Sentence]:
    """Everything that stands in the way of a release by this person; nothing where it may be released.

    Those who pay are told before or together with the public page. Together means: e-mail is written in the same
    transaction; letters on paper and messages to phones cannot be, so they are handed over first in any case.
    """
    found: list[Sentence] = []
    if ready.step is Step.HELD:
        found.append(Sentence(HELD))
    elif ready.step is not Step.HANDED_IN:
        found.append(Sentence(NOT_HANDED_IN))
    if not ready.is_decided:
        found.append(Sentence(NOT_DECIDED))
    if releaser in ready.writers:
        found.append(Sentence(OWN_WORDS))
    elif releaser == ready.handed_in_by:
        found.append(Sentence(OWN_HAND_IN))
    if releaser == ready.told_nobody_by:
        found.append(Sentence(OWN_NOBODY))
    if open_findings := ready.found - ready.justified:
        found.append(Sentence(OPEN_FINDINGS, {"number": len(open_findings)}))
    if not_accepted := (ready.found & ready.justified) - ready.accepted:
        found.append(Sentence(NOT_ACCEPTED, {"number": len(not_accepted)}))
    if not ready.telling.is_listed:
        found.append(Sentence(NOBODY_ASKED))
    elif not ready.telling.is_of_this_text:
        found.append(Sentence(LIST_OF_EARLIER_TEXT))
    else:
        waiting = ready.telling.waiting - (ready.telling.waiting_mail if ready.tell is Tell.TOGETHER else 0)
        if waiting:
            found.append(Sentence(NOT_HANDED_OVER, {"number": waiting}))
    return found


def check_hold(*, reason: str, review_on: date, on: date) -> None:
    """Pass, or refuse to hold without a reason in words, without a day to look again, or for more than a year."""
    if not reason.strip():
        raise ReasonMissing
    if not 0 < (review_on - on).days <= MOST_DAYS_HELD:
        raise ReviewNotAhead(most=MOST_DAYS_HELD)


def check_what_and_why(what: Mapping[str, str], why: Mapping[str, str], languages: Collection[str]) -> None:
    """Pass, or refuse a correction that does not say what and why in the language of the case."""
    if not all(what.get(code) and why.get(code) for code in languages):
        raise ReasonMissing


def may_be_written(step: Step | None) -> None:
    """Pass, or refuse to change a case that lies with the releaser, or is held."""
    if step is Step.HANDED_IN:
        raise HandedInAlready
    if step is Step.HELD:
        raise HeldNow


def is_due(review_on: date, *, on: date) -> bool:
    """Whether a held case must be looked at again."""
    return review_on <= on
