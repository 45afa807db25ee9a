"""Whoever is complained of finds nothing of the incident: shut out, and let in again only with a reason."""

from datetime import datetime

from django.db import transaction

from omsorg.federation.access import Acting
from omsorg.federation.models import Organisation, Person
from omsorg.safeguarding.actions.steps import add_step, hold_to_handle
from omsorg.safeguarding.models import Incident, Shutout, Step, TeamMember
from omsorg.safeguarding.queries.people import end_at_somebody, is_answered_for, people_named, unit_to_handle
from omsorg.safeguarding.rules.codes import Level, StepKind
from omsorg.safeguarding.rules.conflicts import NobodyLeft, ReasonMissing, ShutOutAlready


@transaction.atomic
def shut_out(
    *,
    incident: Incident,
    person: Person | None = None,
    organisation: Organisation | None = None,
    reason: str,
    expected: int | None = None,
    by: Acting,
    at: datetime,
) -> None:
    """Shut one person, or everybody of a unit, out of the incident. A unit hands it to the level above.

    Whoever is shut out leaves the team. One may shut out oneself, and sees nothing of it from then on. Refused where
    nobody would be left to handle it.
    """
    held = hold_to_handle(incident, expected, by)
    if not reason.strip():
        raise ReasonMissing
    whom = {"person": person} if person else {"organisation": organisation}
    if Shutout.objects.filter(incident=held, lifted_at=None, **whom).exists():
        raise ShutOutAlready
    add_step(held, StepKind.SHUT_OUT, verb="shut_out", by=by, at=at, facts={"unit": organisation is not None})
    if person:
        TeamMember.objects.filter(incident=held, person=person, left_at=None).update(left_at=at)
    if organisation:
        level = Level(held.level) if held.level else None
        held.handled_at_id = unit_to_handle(held, also_shut={organisation.pk}, level=level, day=at.date())
        held.save(update_fields=["handled_at"])
    Shutout.objects.create(incident=held, reason=reason.strip(), by_id=by.person_id, at=at, **whom)
    if not is_answered_for(held.pk):
        raise NobodyLeft


def shut_out_those_named(incident: Incident, names: str, text: str = "", *, by: Acting, at: datetime) -> None:
    """Shut out whoever is named while it is worked, the last thing that an act does: it may be oneself. Those who were
    let in again with a reason stay in. Where nobody of its line is left, it ends at somebody else."""
    named = people_named(names, text, place=incident.organisation_id, told_by=by.person_id)
    known = set(Shutout.objects.filter(incident=incident).values_list("person_id", flat=True))
    Shutout.objects.bulk_create(
        Shutout(incident=incident, person_id=person, reason="named while it was worked", by_id=by.person_id, at=at)
        for person in sorted({*named} - known)
    )
    end_at_somebody(incident.pk, at)


@transaction.atomic
def let_in(
    *, incident: Incident, shutout: Shutout, reason: str, expected: int | None = None, by: Acting, at: datetime
) -> Step:
    """Lift a shutting out that was a mistake. It stays on record, with the reason why it was lifted."""
    held = hold_to_handle(incident, expected, by)
    if not reason.strip():
        raise ReasonMissing
    lifted = Shutout.objects.filter(pk=shutout.pk, incident=held, lifted_at=None).update(lifted_at=at)
    if not lifted:
        raise ShutOutAlready
    level = Level(held.level) if held.level else None
    held.handled_at_id = unit_to_handle(held, level=level, day=at.date())
    held.save(update_fields=["handled_at"])
    return add_step(held, StepKind.LET_IN, verb="let_in", by=by, at=at, note=reason)
