"""Whoever is complained of finds nothing of the incident: shut out, and let in again only with a reason."""

from datetime import datetime

from django.db import transaction

from omsorg.federation.access import Acting
from omsorg.federation.models import Organisation, Person
from omsorg.kernel.wall import as_house
from omsorg.safeguarding.actions.anew import decide_anew
from omsorg.safeguarding.actions.naming import SaidOf, add_worded_step, settle_names
from omsorg.safeguarding.actions.steps import hold_to_handle
from omsorg.safeguarding.letters import take_back_from_shut_out
from omsorg.safeguarding.models import Incident, Shutout, Step, TeamMember
from omsorg.safeguarding.queries.people import (
    end_at_somebody,
    is_answered_for,
    is_complained_of,
    people_named,
    sits_above,
    unit_to_handle,
)
from omsorg.safeguarding.rules.codes import Level, StepKind
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
    said_of: SaidOf | None = None,
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
    others = settle_names(held, reason, said_of, by=by, besides=people)
    # Whoever shuts out themselves reads nothing of it afterwards: first what they say of others, then they.
    facts = {"unit": organisation is not None}
    add_worded_step(others, held, StepKind.SHUT_OUT, verb="shut_out", by=by, at=at, facts=facts)
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
    with as_house(day=at.date()):
        decide_anew(held, at=at)
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


def shut_out_quietly(incident: Incident, persons: set[int], *, at: datetime) -> bool:
    """Shut out persons of whom nobody who handles it is told; says whether there was anybody new. Where nobody of its
    line is left, it ends at somebody else. To be called as the house."""
    new = sorted(
        persons - set(Shutout.objects.filter(incident=incident, is_quiet=True).values_list("person", flat=True))
    )
    stamp = {"incident": incident, "reason": "came with the copy", "is_quiet": True, "at": at}
    Shutout.objects.bulk_create(Shutout(person_id=person, **stamp) for person in new)
    if new:
        TeamMember.objects.filter(incident=incident, person__in=new, left_at=None).update(left_at=at)
        end_at_somebody(incident.pk, at)
        decide_anew(incident, at=at)
        take_back_from_shut_out(incident, at=at)
    return bool(new)


@transaction.atomic
def let_in(
    *,
    incident: Incident,
    shutout: Shutout,
    reason: str,
    said_of: SaidOf | None = None,
    expected: int | None = None,
    by: Acting,
    at: datetime,
) -> Step:
    """Lift a shutting out that was a mistake. It takes two who handle the incident, one of them above where it lies:
    the first asks, the second lifts. Never of whom the concern itself complains. Both reasons stay on record. Where one
    of the two is shut out later, it is lifted no more.
    """
    held = hold_to_handle(incident, expected, by)
    if not reason.strip():
        raise ReasonMissing
    kept = Shutout.objects.select_for_update().filter(pk=shutout.pk, incident=held, lifted_at=None).first()
    if kept is None:
        raise LiftedAlready
    if is_complained_of(held, kept):
        raise StaysShutOut
    named = settle_names(held, reason, said_of, by=by)
    if kept.lifting_asked_by_id is None:
        kept.lifting_asked_by_id, kept.lifting_reason = by.person_id, reason.strip()
        kept.save(update_fields=["lifting_asked_by", "lifting_reason"])
        return add_worded_step(named, held, StepKind.NOTED, verb="ask_to_let_in", by=by, at=at, note=reason)
    if kept.lifting_asked_by_id == by.person_id:
        raise LiftedByTwo
    if not any(sits_above(held, person, at.date()) for person in (by.person_id, kept.lifting_asked_by_id)):
        raise OneOfThemAbove
    kept.lifted_at, kept.lifted_by_id = at, by.person_id
    kept.save(update_fields=["lifted_at", "lifted_by"])
    level = Level(held.level) if held.level else None
    held.handled_at_id = unit_to_handle(held, level=level, day=at.date())
    held.save(update_fields=["handled_at"])
    return add_worded_step(named, held, StepKind.LET_IN, verb="let_in", by=by, at=at, note=reason)
