"""An incident is closed once nothing is owed any more, opened again with a reason, and decided on for the public."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from omsorg.federation.access import Acting
from omsorg.safeguarding.actions.anew import open_what_was_closed
from omsorg.safeguarding.actions.naming import SaidOf, add_worded_step, settle_names, shut_out_as_named
from omsorg.safeguarding.actions.steps import OVER, hold_to_handle, must_be_closed, words
from omsorg.safeguarding.models import Incident, PublicationDecision, Step
from omsorg.safeguarding.neighbours import hold_back
from omsorg.safeguarding.queries.incident import facts_of
from omsorg.safeguarding.rules import days
from omsorg.safeguarding.rules.codes import HoldReason, Publication, Stage, StepKind
from omsorg.safeguarding.rules.conflicts import ReasonMissing
from omsorg.safeguarding.rules.progress import (
    ClosedAlready,
    ClosedByAnother,
    ConfirmedAbove,
    Facts,
    NothingSaidByAnother,
    StillBlocked,
    blocks,
    closes_alone,
    says_nothing_alone,
)


@transaction.atomic
def close(
    *,
    incident: Incident,
    note: str,
    said_of: SaidOf | None = None,
    expected: int | None = None,
    by: Acting,
    at: datetime,
) -> Step:
    """Close the incident, with a summary. Refused while a duty to tell is open, while anything is missing, and for
    whoever judged it: somebody else made the findings, decided not to tell the police, or said that it is no matter of
    safeguarding. The latter is closed by somebody one level up, where anybody is there. Whom the summary complains of
    is shut out first: what they had decided is decided anew before it is closed, and till then the summary is kept as a
    note."""
    held = hold_to_handle(incident, expected, by)
    if held.stage in OVER:
        raise ClosedAlready
    text = words(note)
    named = settle_names(held, text, said_of, by=by)
    facts = facts_of(held, on=by.day)
    _must_be_ready(facts)
    if named.complained_of:
        shut_out_as_named(held, named.complained_of, by=by, at=at)
        facts = facts_of(held, on=by.day)
        if blocks(facts):
            return add_worded_step(named, held, StepKind.NOTED, verb="write_note", by=by, at=at, note=text)
    if by.person_id in facts.judged_by:
        raise ClosedByAnother
    if closes_alone(facts, by.person_id):
        raise ConfirmedAbove
    held.stage, held.closed_at = Stage.CLOSED, at
    held.save(update_fields=["stage", "closed_at"])
    return add_worded_step(named, held, StepKind.CLOSED, verb="close", by=by, at=at, note=text)


def _must_be_ready(facts: Facts) -> None:
    missing = blocks(facts)
    if missing:
        raise StillBlocked(blocks="; ".join(str(each) for each in missing))


@transaction.atomic
def reopen(
    *,
    incident: Incident,
    reason: str,
    said_of: SaidOf | None = None,
    expected: int | None = None,
    by: Acting,
    at: datetime,
) -> Step:
    """Open a closed incident again. That it was closed, when and with which decision stays on record. Where one person
    alone had once decided not to tell the police, telling them is owed anew."""
    held = hold_to_handle(incident, expected, by)
    must_be_closed(held)
    if not reason.strip():
        raise ReasonMissing
    named = settle_names(held, reason, said_of, by=by)
    open_what_was_closed(held, by=by, at=at)
    return add_worded_step(named, held, StepKind.REOPENED, verb="reopen", by=by, at=at, note=reason)


@transaction.atomic
def decide_on_publication(
    *,
    incident: Incident,
    decision: Publication,
    reason_class: HoldReason | None = None,
    reason: str = "",
    review_on: date | None = None,
    said_of: SaidOf | None = None,
    expected: int | None = None,
    by: Acting,
    at: datetime,
) -> Step:
    """Decide whether the public is told: publish, hold until a day of review, or nothing to publish.

    All but publishing give a class of reason, which is counted in public, and the reason itself, which is not shown.
    May be decided again: the newest holds. That there is nothing to publish is decided one level up, where anybody is
    there, else by somebody else than who closed it.
    """
    held = hold_to_handle(incident, expected, by)
    must_be_closed(held)
    if decision is not Publication.PUBLISH and (reason_class is None or not reason.strip()):
        raise ReasonMissing
    named = settle_names(held, reason, said_of, by=by)
    if decision is Publication.NOTHING:
        last_closed = Step.objects.filter(incident=held, kind=StepKind.CLOSED).order_by("-number").first()
        closed_by = last_closed.by_id if last_closed else None
        if says_nothing_alone(facts_of(held), by.person_id, closed_by):
            raise NothingSaidByAnother
    if decision is Publication.HOLD:
        days.ahead(review_on or at.date(), at.date(), earliest=1, at_most=days.HOLD)
    last = PublicationDecision.objects.filter(incident=held).aggregate(last=Max("number"))["last"] or 0
    PublicationDecision.objects.create(
        incident=held,
        number=last + 1,
        decision=decision,
        reason_class=reason_class or "" if decision is not Publication.PUBLISH else "",
        reason=reason.strip(),
        review_on=review_on if decision is Publication.HOLD else None,
        by_id=by.person_id,
        at=at,
    )
    held.stage, held.decision = Stage.DECIDED, decision
    held.save(update_fields=["stage", "decision"])
    if decision is not Publication.PUBLISH:
        hold_back(held.pk, reason_class=reason_class or "", review_on=review_on, at=at)
    facts = {"decision": decision, "reason_class": reason_class or ""}
    return add_worded_step(named, held, StepKind.DECIDED, verb="decide_on_publication", by=by, at=at, facts=facts)
