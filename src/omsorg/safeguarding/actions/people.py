"""Those affected and those complained of: counted by type, helped, and followed up, also when all is closed."""

from datetime import date, datetime

from django.db import transaction

from omsorg.federation.access import Acting
from omsorg.safeguarding.actions.steps import add_step, hold_to_work, not_in_future, words
from omsorg.safeguarding.models import FollowUp, Incident, PersonCount, SetApartName, Step, Support
from omsorg.safeguarding.rules.codes import AffectedType, Side, StepKind, SubjectType, SupportKind
from omsorg.safeguarding.rules.conflicts import ReasonMissing
from omsorg.safeguarding.rules.progress import DayIsPast, DoneAlready

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
def give_support(
    *,
    incident: Incident,
    kind: SupportKind,
    persons: int,
    given_on: date,
    note: str = "",
    follow_up_on: date | None = None,
    expected: int | None = None,
    by: Acting,
    at: datetime,
) -> Step:
    """Keep what help was given, to how many, and when it is looked at again; or that none was given, and why."""
    held = hold_to_work(incident, expected, by, also_closed=True)
    not_in_future(given_on, at)
    if kind is SupportKind.NONE:
        words(note)
    if follow_up_on is not None and follow_up_on < at.date():
        raise DayIsPast
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
    facts = {"support": support.pk, "kind": kind, "persons": persons}
    return add_step(held, StepKind.SUPPORTED, verb="give_support", by=by, at=at, facts=facts)


@transaction.atomic
def follow_up(
    *,
    incident: Incident,
    support: Support,
    on: date,
    note: str,
    next_on: date | None = None,
    expected: int | None = None,
    by: Acting,
    at: datetime,
) -> Step:
    """Say how it went when the help was looked at again, and when it is looked at next; nothing more where none is."""
    held = hold_to_work(incident, expected, by, also_closed=True)
    not_in_future(on, at)
    if next_on is not None and next_on < at.date():
        raise DayIsPast
    FollowUp.objects.create(
        support=support, incident=held, on=on, note=words(note), next_on=next_on, by_id=by.person_id, at=at
    )
    return add_step(held, StepKind.FOLLOWED_UP, verb="follow_up", by=by, at=at, facts={"support": support.pk})


@transaction.atomic
def set_name_apart(
    *, incident: Incident, side: Side, name: str, reason: str, expected: int | None = None, by: Acting, at: datetime
) -> Step:
    """Keep a name that the work cannot do without, apart from everything else, with the reason."""
    held = hold_to_work(incident, expected, by)
    if not reason.strip():
        raise ReasonMissing
    kept = SetApartName(incident=held, side=side, reason=reason.strip(), by_id=by.person_id, at=at)
    kept.seal_name(words(name))
    kept.save()
    return add_step(held, StepKind.NAME_SET_APART, verb="set_name_apart", by=by, at=at, facts={"side": side})


@transaction.atomic
def wipe_name(*, incident: Incident, name: SetApartName, expected: int | None = None, by: Acting, at: datetime) -> Step:
    """Wipe a name that is needed no more. That there was one, and why, stays."""
    held = hold_to_work(incident, expected, by, also_closed=True)
    if not SetApartName.objects.filter(pk=name.pk, incident=held, wiped_at=None).update(sealed=b"", wiped_at=at):
        raise DoneAlready
    return add_step(held, StepKind.NAME_SET_APART, verb="wipe_name", by=by, at=at, facts={"wiped": True})
