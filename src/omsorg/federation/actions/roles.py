"""A role is given for a time and ended; it is never given to oneself, and never beyond one's own part of the tree."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from omsorg.federation.access import Acting, NotAllowed, require
from omsorg.federation.models import Lineage, Mandate, Organisation, Person
from omsorg.federation.refusals import (
    EndedAlready,
    EndsBeforeItBegins,
    HasLeft,
    HeldAlready,
    LastHousekeeper,
    NoSuchRole,
    NotBackDated,
    NotForOneself,
    NotHeldThere,
    NotThereThen,
)
from omsorg.federation.roles import UnknownRole, codes_that_may, role_called
from omsorg.kernel.trail import leave_trace

KEEP = "people.keep"


@transaction.atomic
def give_role(
    *,
    person: Person,
    role: str,
    organisation: Organisation,
    from_on: date,
    until: date | None,
    by: Acting,
    at: datetime,
) -> Mandate:
    """Let a person hold a role at an organisation from a day on, for good or until a day (the first without it).

    Both the person and the organisation must be looked after by whoever gives it. It begins today or later: what was
    done without a role stays done without it.
    """
    require(by, KEEP, organisation.pk)
    require(by, KEEP, person.organisation_id)
    if person.pk == by.person_id:
        raise NotForOneself
    try:
        known = role_called(role)
    except UnknownRole:
        raise NoSuchRole from None
    if organisation.kind not in known.held_at:
        raise NotHeldThere(role=known.title)
    if from_on < at.date():
        raise NotBackDated
    if until is not None and until <= from_on:
        raise EndsBeforeItBegins
    if organisation.exists_until is not None and organisation.exists_until <= from_on:
        raise NotThereThen(name=organisation.name, day=from_on)
    kept = person_to_change(person)
    if kept.left_on is not None:
        raise HasLeft(name=kept.name)
    days = Q(valid_until=None) | Q(valid_until__gt=from_on)
    if until is not None:
        days &= Q(valid_from__lt=until)
    if Mandate.objects.filter(days, person=kept, organisation=organisation, role=role).exists():
        raise HeldAlready(name=kept.name)
    mandate = Mandate.objects.create(
        person=kept, role=role, organisation=organisation, valid_from=from_on, valid_until=until
    )
    _trace("give_role", mandate, by, at)
    return mandate


@transaction.atomic
def end_role(*, mandate: Mandate, on: date, by: Acting, at: datetime) -> None:
    """End a role: `on` is the first day without it. One that has not begun by then never begins.

    Refused where nobody would be left to look after people at the top of the tree.
    """
    require(by, KEEP, mandate.organisation_id)
    if on < at.date():
        raise NotBackDated
    Organisation.objects.select_for_update().get(pk=mandate.organisation_id)
    kept = Mandate.objects.select_for_update().filter(pk=mandate.pk).first()
    if kept is None:  # whoever ends it has lost the own role meanwhile, and the database says no
        raise NotAllowed(KEEP)
    if kept.valid_until is not None and kept.valid_until <= on:
        raise EndedAlready
    refuse_to_leave_nobody([kept], at=at)
    kept.valid_until = mandate.valid_until = max(on, kept.valid_from)
    kept.save(update_fields=["valid_until"])
    _trace("end_role", kept, by, at)


def person_to_change(person: Person) -> Person:
    """The person as kept, held until the end of this transaction.

    NotAllowed where the database shows no such person to change: whoever asks has lost the own role meanwhile.
    """
    kept = Person.objects.select_for_update().filter(pk=person.pk).first()
    if kept is None:
        raise NotAllowed(KEEP)
    return kept


def refuse_to_leave_nobody(ending: list[Mandate], *, at: datetime) -> None:
    """Raise LastHousekeeper where these mandates are the last to look after people at the top of the tree.

    What counts is who stays for good, not who happens to be there today. The organisation's row is to be held already.
    """
    keeping = codes_that_may(KEEP)
    for mandate in ending:
        if mandate.role not in keeping or mandate.valid_until is not None or _stands_under_somebody(mandate, at.date()):
            continue
        others = Mandate.objects.filter(
            role__in=keeping, organisation_id=mandate.organisation_id, valid_until=None, valid_from__lte=at.date()
        ).exclude(person_id=mandate.person_id)
        if not others.filter(person__left_on=None, person__account__is_active=True).exists():
            raise LastHousekeeper(organisation=mandate.organisation.name)


def _stands_under_somebody(mandate: Mandate, day: date) -> bool:
    above = Lineage.objects.filter(descendant_id=mandate.organisation_id, depth__gt=0, valid_from__lte=day)
    return above.filter(Q(valid_until=None) | Q(valid_until__gt=day)).exists()


def _trace(verb: str, mandate: Mandate, by: Acting, at: datetime) -> None:
    leave_trace(
        verb,
        f"mandate:{mandate.pk}",
        by=by.person_id,
        at=at,
        organisation=mandate.organisation_id,
        details={
            "person": mandate.person_id,
            "role": mandate.role,
            "from": mandate.valid_from.isoformat(),
            "until": mandate.valid_until.isoformat() if mandate.valid_until else "",
        },
    )
