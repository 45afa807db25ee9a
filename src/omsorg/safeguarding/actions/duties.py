"""Duties to tell: police, authority, donor, insurer, supervisory body. Owed, decided, done; none is forgotten."""

from datetime import date, datetime

from django.db import transaction

from omsorg.federation.access import Acting
from omsorg.safeguarding.actions.naming import SaidOf, add_worded_step, settle_names
from omsorg.safeguarding.actions.steps import (
    hold_to_handle,
    hold_to_work,
    must_be_looked_at,
    must_be_open,
    not_in_future,
    words,
)
from omsorg.safeguarding.models import Document, Duty, Incident, Step
from omsorg.safeguarding.queries.agreed import day_at
from omsorg.safeguarding.queries.incident import facts_of
from omsorg.safeguarding.queries.parts import number_in
from omsorg.safeguarding.rules import days
from omsorg.safeguarding.rules.codes import TAKES_TWO, Addressee, DutyStanding, StepKind
from omsorg.safeguarding.rules.conflicts import ReasonMissing
from omsorg.safeguarding.rules.progress import (
    AgreedByAnother,
    DoneAlready,
    DoneBeforeItCame,
    SayHowItShows,
    may_agree_not_to_tell,
)


@transaction.atomic
def owe(
    *,
    incident: Incident,
    to: Addressee,
    whom: str = "",
    deadline_on: date,
    said_of: SaidOf | None = None,
    expected: int | None = None,
    by: Acting,
    at: datetime,
) -> Step:
    """Write down that telling somebody may be owed, and by when it must be decided and done. That day may be past."""
    held = hold_to_work(incident, expected, by)
    must_be_looked_at(held)
    named = settle_names(held, whom, said_of, by=by)
    days.not_before(deadline_on, at.date(), at_most=days.YEAR)
    days.ahead(max(deadline_on, at.date()), at.date(), at_most=days.DUTY)
    duty = Duty.objects.create(
        incident=held, to=to, whom=whom.strip(), deadline_on=deadline_on, by_id=by.person_id, at=at
    )
    facts = {"duty": number_in(Duty, held, duty), "to": to, "deadline_on": deadline_on.isoformat()}
    return add_worded_step(named, held, StepKind.DUTY_OWED, verb="owe", by=by, at=at, facts=facts)


@transaction.atomic
def decide_duty(
    *,
    incident: Incident,
    duty: Duty,
    is_told: bool,
    reason: str = "",
    said_of: SaidOf | None = None,
    expected: int | None = None,
    by: Acting,
    at: datetime,
) -> Step:
    """Decide to tell, or not to tell, which takes a reason. What was done is not decided again.

    That the police is not told stays open until a second person agrees; whoever does not agree decides to tell them.
    """
    held = hold_to_handle(incident, expected, by)
    must_be_open(held)
    if not is_told and not reason.strip():
        raise ReasonMissing
    named = settle_names(held, reason, said_of, by=by)
    takes_two = duty.to in TAKES_TWO
    not_told = DutyStanding.TO_AGREE if takes_two else DutyStanding.NOT_TO_TELL
    standing = DutyStanding.TO_TELL if is_told else not_told
    over = [DutyStanding.DONE, *([DutyStanding.NOT_TO_TELL] if takes_two and not is_told else [])]
    changed = Duty.objects.filter(pk=duty.pk, incident=held).exclude(standing__in=over)
    said = {"reason": reason.strip(), "decided_on": at.date(), "decided_by": by.person_id, "agreed_by": None}
    if not changed.update(standing=standing, **said):
        raise DoneAlready
    facts = {"duty": number_in(Duty, held, duty), "to": duty.to, "standing": standing}
    return add_worded_step(
        named, held, StepKind.DUTY_DECIDED, verb="decide_duty", by=by, at=at, note=reason, facts=facts
    )


@transaction.atomic
def agree_not_to_tell(
    *,
    incident: Incident,
    duty: Duty,
    reason: str,
    said_of: SaidOf | None = None,
    expected: int | None = None,
    by: Acting,
    at: datetime,
) -> Step:
    """Agree, as the second person and with a reason, that the police is not told. Refused for whoever decided it, and
    for whoever does not sit above where the incident lies, where anybody else does."""
    held = hold_to_handle(incident, expected, by)
    must_be_open(held)
    waiting = Duty.objects.filter(pk=duty.pk, incident=held, standing=DutyStanding.TO_AGREE).first()
    if waiting is None:
        raise DoneAlready
    if not may_agree_not_to_tell(facts_of(held), by.person_id, waiting.decided_by_id):
        raise AgreedByAnother
    text = words(reason)
    named = settle_names(held, text, said_of, by=by)
    Duty.objects.filter(pk=waiting.pk).update(standing=DutyStanding.NOT_TO_TELL, agreed_by=by.person_id)
    facts = {"duty": number_in(Duty, held, waiting), "to": waiting.to, "standing": DutyStanding.NOT_TO_TELL}
    return add_worded_step(
        named, held, StepKind.DUTY_AGREED, verb="agree_not_to_tell", by=by, at=at, note=text, facts=facts
    )


@transaction.atomic
def duty_done(
    *,
    incident: Incident,
    duty: Duty,
    on: date,
    evidence: Document | None = None,
    note: str = "",
    said_of: SaidOf | None = None,
    expected: int | None = None,
    by: Acting,
    at: datetime,
) -> Step:
    """Say that somebody was told, on which day, with the file that shows it; without one, in words who took it."""
    held = hold_to_work(incident, expected, by)
    not_in_future(on, at, held)
    if on < day_at(held.country_code, held.received_at):
        raise DoneBeforeItCame
    if evidence is None and not note.strip():
        raise SayHowItShows
    named = settle_names(held, note, said_of, by=by)
    changed = Duty.objects.filter(pk=duty.pk, incident=held).exclude(standing=DutyStanding.DONE)
    decided_on = duty.decided_on or at.date()
    if not changed.update(standing=DutyStanding.DONE, done_on=on, decided_on=decided_on, evidence=evidence):
        raise DoneAlready
    facts = {"duty": number_in(Duty, held, duty), "to": duty.to, "on": on.isoformat()}
    return add_worded_step(named, held, StepKind.DUTY_DONE, verb="duty_done", by=by, at=at, note=note, facts=facts)
