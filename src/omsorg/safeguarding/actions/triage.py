"""A concern is taken up, looked at first, and answered: who has it, how grave it is, which team it takes."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection, transaction

from omsorg.federation.access import Acting
from omsorg.kernel.later import do_later
from omsorg.kernel.wall import as_house
from omsorg.safeguarding.actions.naming import SaidOf, add_worded_step, settle_names
from omsorg.safeguarding.actions.steps import (
    OVER,
    add_step,
    hold_to_handle,
    hold_to_work,
    must_be_looked_at,
    must_be_open,
    words,
)
from omsorg.safeguarding.models import Allegation, Duty, Incident, Shutout, Step
from omsorg.safeguarding.queries.agreed import day_at
from omsorg.safeguarding.queries.people import unit_to_handle
from omsorg.safeguarding.rules.codes import Addressee, Answer, DutyStanding, Level, Nature, Stage, StepKind
from omsorg.safeguarding.rules.conflicts import ConflictUnsettled
from omsorg.safeguarding.rules.progress import ClosedAlready, DoneAlready, IsOurs, SayWhatWasDone, reach

ALPHABET = "ABCDEFGHJKMNPQRTUVWXY2346789"
LETTERS = 6


@dataclass(frozen=True, slots=True)
class Triage:
    """What was seen at the first look. `is_ours` is False where it is no matter of safeguarding."""

    safe_now: Answer
    crime: Answer
    conflict: Answer
    level: Level
    nature: Nature
    is_ours: bool = True
    note: str = ""


@transaction.atomic
def take_up(*, incident: Incident, expected: int | None = None, by: Acting, at: datetime) -> Step:
    """Say that one has it: from now on a person answers for it."""
    held = hold_to_handle(incident, expected, by)
    if held.stage in OVER:
        raise ClosedAlready
    if _is_taken_up(held):
        raise DoneAlready
    return _take_up(held, by, at)


@transaction.atomic
def acknowledge(
    *,
    incident: Incident,
    note: str = "",
    said_of: SaidOf | None = None,
    expected: int | None = None,
    by: Acting,
    at: datetime,
) -> Step:
    """Say that whoever raised it has had a personal word. They see on their page that it is looked at."""
    held = hold_to_handle(incident, expected, by)
    if Step.objects.filter(incident=held, kind=StepKind.ACKNOWLEDGED).exists():
        raise DoneAlready
    named = settle_names(held, note, said_of, by=by)
    return add_worded_step(named, held, StepKind.ACKNOWLEDGED, verb="acknowledge", by=by, at=at, note=note)


@transaction.atomic
def triage(
    *,
    incident: Incident,
    seen: Triage,
    duty_days: int,
    said_of: SaidOf | None = None,
    expected: int | None = None,
    by: Acting,
    at: datetime,
) -> Step:
    """Keep the first look: safe now, a crime, a conflict of interest; the level, and with the first one the number.

    Whoever looks at it has taken it up with that. May be done again: the newest holds, the number stays. Where it may
    be a crime, telling the police is owed from now on, within `duty_days`. Refused where there is a conflict and nobody
    is shut out, and where somebody is not safe and it is not said what was done. What is alleged is never called no
    matter of safeguarding. What waits one level up, since nobody is called as the person complained of, goes on where
    it lies once it is said whether there is a conflict.
    """
    held = hold_to_handle(incident, expected, by)
    if held.stage in OVER:
        raise ClosedAlready
    shut = Shutout.objects.filter(incident=held, lifted_at=None)
    if seen.conflict is Answer.YES and not shut.filter(until_settled=False).exists():
        raise ConflictUnsettled
    if seen.safe_now is Answer.NO and not seen.note.strip():
        raise SayWhatWasDone
    if not seen.is_ours:
        words(seen.note)
        if Allegation.objects.filter(incident=held).exists():
            raise IsOurs
    named = settle_names(held, seen.note, said_of, by=by)
    is_settled = seen.conflict is not Answer.NOT_KNOWN and shut.filter(until_settled=True).update(
        lifted_at=at, lifted_by=by.person_id
    )
    held.level, held.nature = seen.level, seen.nature
    held.handled_at_id = unit_to_handle(held, level=seen.level, day=at.date())
    if held.serial is None:
        _number(held)
    earlier = Step.objects.filter(incident=held, kind=StepKind.TRIAGED).order_by("-number").first()
    facts = {
        "safe_now": seen.safe_now,
        "crime": seen.crime,
        "conflict": seen.conflict,
        "level": seen.level,
        "nature": seen.nature,
        "is_ours": seen.is_ours,
    }
    if is_settled:
        facts["settled"] = True
        do_later("safeguarding.tell_handlers", incident=held.pk)
    if not _is_taken_up(held):
        _take_up(held, by, at)
    if _is_police_owed(held, seen.crime, earlier):
        Duty.objects.create(
            incident=held,
            to=Addressee.POLICE,
            deadline_on=at.date() + timedelta(days=duty_days),
            by_id=by.person_id,
            at=at,
        )
    held.stage = reach(Stage(held.stage), Stage.TRIAGED)
    held.save()
    return add_worded_step(
        named, held, StepKind.TRIAGED, verb="triage", by=by, at=at, note=seen.note, facts=facts, corrects=earlier
    )


@transaction.atomic
def say_who_is_safe(
    *,
    incident: Incident,
    safe_now: Answer,
    note: str,
    said_of: SaidOf | None = None,
    expected: int | None = None,
    by: Acting,
    at: datetime,
) -> Step:
    """Say whether everybody is safe now, and how one knows or what was done: the last word holds, and nothing is closed
    while it is no. Refused before the first look, which asks for it, and where it is closed."""
    held = hold_to_work(incident, expected, by)
    must_be_looked_at(held)
    must_be_open(held)
    named = settle_names(held, note, said_of, by=by)
    facts = {"safe_now": safe_now}
    return add_worded_step(
        named, held, StepKind.SAFETY_SAID, verb="say_who_is_safe", by=by, at=at, note=words(note), facts=facts
    )


def _is_taken_up(incident: Incident) -> bool:
    return Step.objects.filter(incident=incident, kind=StepKind.TAKEN_UP).exists()


def _is_police_owed(incident: Incident, crime: Answer, earlier: Step | None) -> bool:
    """Whether telling the police is owed from now on: where it may be a crime, and again once it is said to be one,
    though it had been decided not to tell them before that."""
    if crime is Answer.NO:
        return False
    told = Duty.objects.filter(incident=incident, to=Addressee.POLICE)
    becomes_clear = crime is Answer.YES and (earlier is None or earlier.facts.get("crime") != Answer.YES)
    return not (told.exclude(standing=DutyStanding.NOT_TO_TELL) if becomes_clear else told).exists()


def _number(incident: Incident) -> None:
    """Give the next number of the country, and of the year there. Its counter stays locked until this transaction ends.

    One from which somebody is shut out is counted in a series of its own and shows letters of chance: neither a gap nor
    a serial tells anybody that it is there.
    """
    incident.year = day_at(incident.country_code, incident.received_at).year
    with as_house():
        incident.is_reserved = Shutout.objects.filter(incident=incident, lifted_at=None).exists()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT safeguarding_next_serial(%s, %s, %s)",
            [incident.country_code, incident.year, incident.is_reserved],
        )
        incident.serial = cursor.fetchone()[0]
    shown = "".join(secrets.choice(ALPHABET) for _letter in range(LETTERS)) if incident.is_reserved else incident.serial
    incident.shown_number = f"{incident.country_code}/{incident.year}/{shown}"


def _take_up(incident: Incident, by: Acting, at: datetime) -> Step:
    incident.stage = reach(Stage(incident.stage), Stage.TAKEN_UP)
    incident.save()
    return add_step(incident, StepKind.TAKEN_UP, verb="take_up", by=by, at=at)
