"""The work of an incident: its team, the plan, what is alleged, what was found."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from omsorg.federation.access import Acting, NothingHere
from omsorg.federation.models import Person
from omsorg.kernel.later import do_later
from omsorg.safeguarding.actions.naming import SaidOf, add_worded_step, settle_names, shut_out_those_named
from omsorg.safeguarding.actions.steps import (
    add_step,
    hold_to_handle,
    hold_to_work,
    must_be_looked_at,
    words,
)
from omsorg.safeguarding.models import Allegation, AllegationFinding, Incident, Step, TeamMember
from omsorg.safeguarding.queries.people import has_team_of_level, is_shut_out, level_of_member, worker_of
from omsorg.safeguarding.rules.codes import Finding, Stage, StepKind, TeamPart
from omsorg.safeguarding.rules.conflicts import IsShutOut, NobodyOfLevel
from omsorg.safeguarding.rules.progress import DoneAlready, PlanFirst, reach


@transaction.atomic
def name_to_team(
    *, incident: Incident, person: Person, part: TeamPart, expected: int | None = None, by: Acting, at: datetime
) -> Step:
    """Ask somebody to work the incident; they are told by letter that something waits. Refused for who is shut out, and
    for whoever holds no role that lets them see it.

    The level at which they hold a role in its line is kept with them: an incident takes somebody of its own level, or
    above it.
    """
    held = hold_to_handle(incident, expected, by)
    must_be_looked_at(held)
    if is_shut_out(held.pk, person.pk):
        raise IsShutOut(name=person.name)
    if TeamMember.objects.filter(incident=held, person=person, left_at=None).exists():
        raise DoneAlready
    member = TeamMember.objects.create(incident=held, person=person, part=part, by_id=by.person_id, at=at)
    if worker_of(held.pk, person.pk) is None:
        raise IsShutOut(name=person.name)
    member.level = level_of_member(held, person.pk, at.date()) or ""
    member.save(update_fields=["level"])
    _reach(held, Stage.TEAM_NAMED)
    do_later("safeguarding.tell_member", incident=held.pk, person=person.pk)
    return add_step(
        held, StepKind.TEAM_NAMED, verb="name_to_team", by=by, at=at, facts={"person": person.pk, "part": part}
    )


@transaction.atomic
def leave_team(
    *, incident: Incident, member: TeamMember, expected: int | None = None, by: Acting, at: datetime
) -> Step:
    """End somebody's work on the incident: from now on they find nothing of it."""
    held = hold_to_handle(incident, expected, by)
    if not TeamMember.objects.filter(pk=member.pk, incident=held, left_at=None).update(left_at=at):
        raise DoneAlready
    return add_step(held, StepKind.TEAM_LEFT, verb="leave_team", by=by, at=at, facts={"person": member.person_id})


@transaction.atomic
def set_plan(
    *,
    incident: Incident,
    note: str,
    said_of: SaidOf | None = None,
    expected: int | None = None,
    by: Acting,
    at: datetime,
) -> Step:
    """Write down how it is looked into, once somebody of the level is in the team. A later plan stands beside the one
    before it."""
    held = hold_to_work(incident, expected, by)
    named = settle_names(held, note, said_of, by=by)
    must_be_looked_at(held)
    if not has_team_of_level(held):
        raise NobodyOfLevel
    text = words(note)
    _reach(held, Stage.PLANNED)
    earlier = Step.objects.filter(incident=held, kind=StepKind.PLANNED).order_by("-number").first()
    return add_worded_step(named, held, StepKind.PLANNED, verb="set_plan", by=by, at=at, note=text, corrects=earlier)


@transaction.atomic
def write_allegation(*, incident: Incident, text: str, expected: int | None = None, by: Acting, at: datetime) -> Step:
    """Write down one thing that is alleged, in a sentence. Whoever is named in it finds nothing from then on."""
    held = hold_to_work(incident, expected, by)
    must_be_looked_at(held)
    number = (Allegation.objects.filter(incident=held).aggregate(last=Max("number"))["last"] or 0) + 1
    Allegation.objects.create(incident=held, number=number, text=words(text), by_id=by.person_id, at=at)
    step = add_step(held, StepKind.ALLEGED, verb="write_allegation", by=by, at=at, facts={"allegation": number})
    shut_out_those_named(held, "", text, by=by, at=at)
    return step


@transaction.atomic
def find(
    *,
    incident: Incident,
    allegation: Allegation,
    finding: Finding,
    reasons: str,
    said_of: SaidOf | None = None,
    expected: int | None = None,
    by: Acting,
    at: datetime,
) -> Step:
    """Say what was found of one allegation, with reasons, once it is planned. A later finding stands beside the one
    before it and holds. With the last finding the investigation is over. There is nothing here for an allegation of
    another incident.
    """
    held = hold_to_work(incident, expected, by)
    named = settle_names(held, reasons, said_of, by=by)
    must_be_looked_at(held)
    if allegation.incident_id != held.pk:
        raise NothingHere(str(allegation.number))
    if not Step.objects.filter(incident=held, kind=StepKind.PLANNED).exists():
        raise PlanFirst
    AllegationFinding.objects.create(
        allegation=allegation, incident=held, finding=finding, reasons=words(reasons), by_id=by.person_id, at=at
    )
    is_last = not Allegation.objects.filter(incident=held, findings=None).exists()
    if is_last:
        _reach(held, Stage.FOUND)
    return add_worded_step(
        named,
        held,
        StepKind.FOUND,
        verb="find",
        by=by,
        at=at,
        facts={"allegation": allegation.number, "finding": finding, "is_last": is_last},
    )


@transaction.atomic
def write_note(
    *,
    incident: Incident,
    note: str,
    said_of: SaidOf | None = None,
    expected: int | None = None,
    by: Acting,
    at: datetime,
) -> Step:
    """Write something down that is no step of its own, or that corrects what was said before."""
    held = hold_to_work(incident, expected, by, also_closed=True)
    named = settle_names(held, note, said_of, by=by)
    return add_worded_step(named, held, StepKind.NOTED, verb="write_note", by=by, at=at, note=words(note))


def _reach(incident: Incident, stage: Stage) -> None:
    incident.stage = reach(Stage(incident.stage), stage)
    incident.save(update_fields=["stage"])
