"""Whoever is complained of finds nothing of the incident: shut out, and let in again only with a reason."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from omsorg.federation.access import Acting
from omsorg.federation.models import Organisation, Person
from omsorg.kernel.wall import as_house
from omsorg.safeguarding.actions.steps import add_step, hold_to_handle
from omsorg.safeguarding.letters import take_back_from_shut_out
from omsorg.safeguarding.models import Duty, Incident, Shutout, Step, TeamMember
from omsorg.safeguarding.queries.people import (
    end_at_somebody,
    is_answered_for,
    is_complained_of,
    people_named,
    shut_out_of,
    sits_above,
    unit_to_handle,
)
from omsorg.safeguarding.rules.codes import TAKES_TWO, DutyStanding, Level, StepKind
from omsorg.safeguarding.rules.conflicts import (
    LiftedAlready,
    LiftedByTwo,
    NobodyCalledSo,
    NobodyLeft,
    OneOfThemAbove,
    ReasonMissing,
    ShutOutAlready,
    StaysShutOut,
)


@transaction.atomic
def shut_out(
    *,
    incident: Incident,
    person: Person | None = None,
    organisation: Organisation | None = None,
    named: str = "",
    reason: str,
    expected: int | None = None,
    by: Acting,
    at: datetime,
) -> None:
    """Shut one person, or everybody of a unit, out of the incident. A unit hands it to the level above.

    `named`: by name or address, also somebody above or elsewhere whom one does not see; everybody who is called so.
    Whoever is shut out leaves the team, and letters about it that have not gone out to them are taken back. One may
    shut out oneself, and sees nothing of it from then on. Refused where nobody would be left to handle it.
    """
    held = hold_to_handle(incident, expected, by)
    if not reason.strip():
        raise ReasonMissing
    people = _people(held, person, named, by)
    units = [organisation.pk] if organisation else []
    shut = Shutout.objects.filter(incident=held, lifted_at=None)
    people = sorted({*people} - {*shut.filter(person__in=people).values_list("person_id", flat=True)})
    if not people and (not units or shut.filter(organisation__in=units).exists()):
        raise ShutOutAlready
    add_step(held, StepKind.SHUT_OUT, verb="shut_out", by=by, at=at, facts={"unit": organisation is not None})
    TeamMember.objects.filter(incident=held, person__in=people, left_at=None).update(left_at=at)
    if organisation:
        level = Level(held.level) if held.level else None
        held.handled_at_id = unit_to_handle(held, also_shut={organisation.pk}, level=level, day=at.date())
        held.save(update_fields=["handled_at"])
    stamp = {"incident": held, "reason": reason.strip(), "by_id": by.person_id, "at": at}
    Shutout.objects.bulk_create(
        [*(Shutout(person_id=pk, **stamp) for pk in people), *(Shutout(organisation_id=pk, **stamp) for pk in units)]
    )
    if not is_answered_for(held.pk):
        raise NobodyLeft
    _owe_anew(held)
    with as_house(day=at.date()):
        take_back_from_shut_out(held, at=at)


def _people(incident: Incident, person: Person | None, named: str, by: Acting) -> list[int]:
    if person:
        return [person.pk]
    if not named.strip():
        return []
    found = people_named(named, "", place=incident.organisation_id, told_by=by.person_id)
    if not found:
        raise NobodyCalledSo
    return found


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
    with as_house(day=at.date()):
        _owe_anew(incident)
        take_back_from_shut_out(incident, at=at)


def _owe_anew(incident: Incident) -> None:
    """What somebody who is shut out now has decided not to tell, or agreed to, is owed again."""
    shut = shut_out_of(incident.pk)
    told_to_nobody = Duty.objects.filter(
        incident=incident, to__in=TAKES_TWO, standing__in=(DutyStanding.TO_AGREE, DutyStanding.NOT_TO_TELL)
    )
    told_to_nobody.filter(Q(decided_by__in=shut) | Q(agreed_by__in=shut)).update(standing=DutyStanding.OWED)


@transaction.atomic
def let_in(
    *, incident: Incident, shutout: Shutout, reason: str, expected: int | None = None, by: Acting, at: datetime
) -> Step:
    """Lift a shutting out that was a mistake. It takes two who handle the incident, one of them above where it lies:
    the first asks, the second lifts. Never of whom the concern itself complains. Both reasons stay on record.
    """
    held = hold_to_handle(incident, expected, by)
    if not reason.strip():
        raise ReasonMissing
    kept = Shutout.objects.select_for_update().filter(pk=shutout.pk, incident=held, lifted_at=None).first()
    if kept is None:
        raise LiftedAlready
    if is_complained_of(held, kept):
        raise StaysShutOut
    if kept.lifting_asked_by_id is None:
        kept.lifting_asked_by_id, kept.lifting_reason = by.person_id, reason.strip()
        kept.save(update_fields=["lifting_asked_by", "lifting_reason"])
        return add_step(held, StepKind.NOTED, verb="ask_to_let_in", by=by, at=at, note=reason)
    if kept.lifting_asked_by_id == by.person_id:
        raise LiftedByTwo
    if not any(sits_above(held, person, at.date()) for person in (by.person_id, kept.lifting_asked_by_id)):
        raise OneOfThemAbove
    kept.lifted_at = at
    kept.save(update_fields=["lifted_at"])
    level = Level(held.level) if held.level else None
    held.handled_at_id = unit_to_handle(held, level=level, day=at.date())
    held.save(update_fields=["handled_at"])
    return add_step(held, StepKind.LET_IN, verb="let_in", by=by, at=at, note=reason)
