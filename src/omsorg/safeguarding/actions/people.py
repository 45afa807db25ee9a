"""Those affected and those complained of: counted by type, helped, and followed up, also when all is closed."""

from datetime import date, datetime

from django.db import transaction

from omsorg.federation.access import Acting, NothingHere
from omsorg.safeguarding.actions.naming import SaidOf, add_worded_step, settle_names, shut_out_those_named
from omsorg.safeguarding.actions.steps import add_step, hold_to_work, not_in_future, words
from omsorg.safeguarding.models import EmploymentState, FollowUp, Incident, PersonCount, SetApartName, Step, Support
from omsorg.safeguarding.queries.incident import counts_of, employment_of
from omsorg.safeguarding.queries.parts import number_in
from omsorg.safeguarding.rules import days
from omsorg.safeguarding.rules.codes import (
    EMPLOYED,
    AffectedType,
    Employment,
    Side,
    StepKind,
    SubjectType,
    SupportKind,
)
from omsorg.safeguarding.rules.conflicts import MoreThanCounted, ReasonMissing
from omsorg.safeguarding.rules.progress import DoneAlready

TYPES: dict[Side, set[str]] = {
    Side.AFFECTED: {code.value for code in AffectedType},
    Side.COMPLAINED_OF: {code.value for code in SubjectType},
}


@transaction.atomic
def count_persons(
    *, incident: Incident, side: Side, type: str, count: int, expected: int | None = None, by: Acting, at: datetime
) -> Step:
    """Say how many persons of a type are affected or complained of. The newest count of a type holds; 0 undoes it."""
    held = hold_to_work(incident, expected, by)
    if type not in TYPES[side]:
        raise DoneAlready
    PersonCount.objects.create(incident=held, side=side, type=type, count=count, by_id=by.person_id, at=at)
    facts = {"side": side, "type": type, "count": count}
    return add_step(held, StepKind.COUNTED, verb="count_persons", by=by, at=at, facts=facts)


@transaction.atomic
def say_employment(
    *,
    incident: Incident,
    type: str,
    state: Employment,
    count: int,
    since_on: date,
    expected: int | None = None,
    by: Acting,
    at: datetime,
) -> Step:
    """Say how the work of how many complained of stands, and since when. The newest of a type and state holds; 0 undoes
    it. Lives on after closing: an employment may end later. Refused for more persons than are counted."""
    held = hold_to_work(incident, expected, by, also_closed=True)
    not_in_future(since_on, at, held)
    if type not in EMPLOYED:
        raise DoneAlready
    others = sum(row.count for of, row in employment_of(held).get(type, {}).items() if of != state)
    if others + count > counts_of(held)[Side.COMPLAINED_OF].get(type, 0):
        raise MoreThanCounted
    EmploymentState.objects.create(
        incident=held, type=type, state=state, count=count, since_on=since_on, by_id=by.person_id, at=at
    )
    facts = {"side": Side.COMPLAINED_OF, "type": type, "count": count, "employment": state}
    return add_step(held, StepKind.EMPLOYMENT_SAID, verb="say_employment", by=by, at=at, facts=facts)


@transaction.atomic
def give_support(
    *,
    incident: Incident,
    kind: SupportKind,
    persons: int,
    given_on: date,
    note: str = "",
    follow_up_on: date | None = None,
    said_of: SaidOf | None = None,
    expected: int | None = None,
    by: Acting,
    at: datetime,
) -> Step:
    """Keep what help was given, to how many, and when it is looked at again; or that none was given, and why."""
    held = hold_to_work(incident, expected, by, also_closed=True)
    named = settle_names(held, note, said_of, by=by)
    not_in_future(given_on, at, held)
    if kind is SupportKind.NONE:
        words(note)
    if follow_up_on is not None:
        days.ahead(follow_up_on, at.date(), at_most=days.FOLLOW_UP)
    support = Support.objects.create(
        incident=held,
        kind=kind,
        persons=persons,
        given_on=given_on,
        note=note.strip(),
        follow_up_on=follow_up_on,
        by_id=by.person_id,
        at=at,
    )
    facts = {"support": number_in(Support, held, support), "kind": kind, "persons": persons}
    return add_worded_step(named, held, StepKind.SUPPORTED, verb="give_support", by=by, at=at, facts=facts)


@transaction.atomic
def follow_up(
    *,
    incident: Incident,
    support: Support,
    on: date,
    note: str,
    next_on: date | None = None,
    said_of: SaidOf | None = None,
    expected: int | None = None,
    by: Acting,
    at: datetime,
) -> Step:
    """Say how it went when the help was looked at again, and when it is looked at next; nothing more where none is.
    There is nothing here for help that another incident tells of."""
    held = hold_to_work(incident, expected, by, also_closed=True)
    named = settle_names(held, note, said_of, by=by)
    if support.incident_id != held.pk:
        raise NothingHere(held.code)
    not_in_future(on, at, held)
    if next_on is not None:
        days.ahead(next_on, at.date(), at_most=days.FOLLOW_UP)
    FollowUp.objects.create(
        support=support, incident=held, on=on, note=words(note), next_on=next_on, by_id=by.person_id, at=at
    )
    return add_worded_step(
        named,
        held,
        StepKind.FOLLOWED_UP,
        verb="follow_up",
        by=by,
        at=at,
        facts={"support": number_in(Support, held, support)},
    )


@transaction.atomic
def set_name_apart(
    *,
    incident: Incident,
    side: Side,
    name: str,
    reason: str,
    said_of: SaidOf | None = None,
    expected: int | None = None,
    by: Acting,
    at: datetime,
) -> Step:
    """Keep a name that the work cannot do without, apart from everything else, with the reason. Somebody here who is
    called so and complained of finds nothing from then on."""
    held = hold_to_work(incident, expected, by)
    if not reason.strip():
        raise ReasonMissing
    named = settle_names(held, reason, said_of, by=by)
    kept = SetApartName(incident=held, side=side, reason=reason.strip(), by_id=by.person_id, at=at)
    kept.seal_name(words(name))
    kept.save()
    facts = {"side": side}
    step = add_worded_step(named, held, StepKind.NAME_SET_APART, verb="set_name_apart", by=by, at=at, facts=facts)
    if side is Side.COMPLAINED_OF:
        shut_out_those_named(held, name, by=by, at=at)
    return step


@transaction.atomic
def wipe_name(*, incident: Incident, name: SetApartName, expected: int | None = None, by: Acting, at: datetime) -> Step:
    """Wipe a name that is needed no more. That there was one, and why, stays."""
    held = hold_to_work(incident, expected, by, also_closed=True)
    if not SetApartName.objects.filter(pk=name.pk, incident=held, wiped_at=None).update(sealed=b"", wiped_at=at):
        raise DoneAlready
    return add_step(held, StepKind.NAME_SET_APART, verb="wipe_name", by=by, at=at, facts={"wiped": True})
