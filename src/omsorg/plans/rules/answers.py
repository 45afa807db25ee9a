"""An organisation's answer for one period, from hand to hand: who may do what with it when.

Handed in, it lies with the reviewer and is locked. Returned, it is open again, with a reason. Approved, it is locked
for good, unless it is reopened, again with a reason.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from omsorg.kernel.refusals import Refusal
from omsorg.kernel.refusals import written as _

from .measures import Kind, State


class Step(StrEnum):
    """The steps of an answer."""

    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"
    REOPENED = "reopened"


@dataclass(frozen=True, slots=True)
class Stand:
    """Where an answer stands: its newest step and who took it. No step: it has never been handed in."""

    step: Step | None = None
    by: int | None = None
    number: int = 0

    @property
    def is_locked(self) -> bool:
        """Whether nothing in it can be changed now."""
        return self.step in (Step.SUBMITTED, Step.APPROVED)


class AnswerIsLocked(Refusal):
    sentence = _("This answer has been handed in and cannot be changed. It must be returned or reopened first.")


class AlreadyHandedIn(Refusal):
    sentence = _("This answer has already been handed in.")


class PeriodNotOver(Refusal):
    sentence = _("The period is not over yet (%(period)s): the answer is handed in when it is.")


class SomethingMissing(Refusal):
    sentence = _("The answer is not complete: figures missing: %(figures)s, documents missing: %(documents)s.")


class NotHandedIn(Refusal):
    sentence = _("This answer has not been handed in: there is nothing to approve or return.")


class NotApproved(Refusal):
    sentence = _("Only an approved answer is reopened.")


class ApprovedByTheSamePerson(Refusal):
    sentence = _("An answer is approved by another person than the one who handed it in.")


class ReasonMissing(Refusal):
    sentence = _("Say why: the reason is kept and shown.")


def calls_for_document(kind: Kind, state: State, numerator: Decimal | None) -> bool:
    """Whether a document belongs behind the figure where the definition asks for one: a milestone's once reached."""
    return state.has_value and (kind is not Kind.MILESTONE or bool(numerator))


class OpenAlready(Refusal):
    sentence = _("This answer is open: you can correct it yourself.")


class AskedAlready(Refusal):
    sentence = _("The reviewer has been asked already.")


def require_locked(stand: Stand, *, asked: bool, reason: str) -> None:
    """Pass, or refuse: only a locked answer is asked to be opened, once for each step, and with a reason."""
    if not stand.is_locked:
        raise OpenAlready
    if asked:
        raise AskedAlready
    if not reason.strip():
        raise ReasonMissing


def require_open(stand: Stand) -> None:
    """Pass, or refuse: nothing is entered in an answer that is locked."""
    if stand.is_locked:
        raise AnswerIsLocked


def take_step(stand: Stand, step: Step, *, by: int, reason: str) -> Stand:
    """The stand after `step`, or the refusal that says why it cannot be taken now by this person."""
    if step is Step.SUBMITTED and stand.is_locked:
        raise AlreadyHandedIn
    if step in (Step.RETURNED, Step.APPROVED) and stand.step is not Step.SUBMITTED:
        raise NotHandedIn
    if step is Step.REOPENED and stand.step is not Step.APPROVED:
        raise NotApproved
    if step is Step.APPROVED and stand.by == by:
        raise ApprovedByTheSamePerson
    if step in (Step.RETURNED, Step.REOPENED) and not reason.strip():
        raise ReasonMissing
    return Stand(step, by, stand.number + 1)
