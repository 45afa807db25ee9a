"""Deciding on an incident over the HTTP API: take up, look at first, shut out, name a team, close, decide."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from ninja import Router
from pydantic import Field

from omsorg.federation.access import NothingHere, acting_of
from omsorg.federation.api_door import Key
from omsorg.federation.models import Person
from omsorg.kernel import clock
from omsorg.kernel.api.given import WRITING
from omsorg.kernel.api.types import Code, Day, HandedIn, Line, RowId, Text, Yes
from omsorg.kernel.wall import as_house
from omsorg.safeguarding.access import HANDLE, WORK, incident_for, place_called
from omsorg.safeguarding.actions.closing import close, decide_on_publication, reopen
from omsorg.safeguarding.actions.duties import agree_not_to_tell, decide_duty
from omsorg.safeguarding.actions.pausing import pause_clock, resume_clock
from omsorg.safeguarding.actions.shutting_out import shut_out
from omsorg.safeguarding.actions.triage import Triage, acknowledge, say_who_is_safe, take_up, triage
from omsorg.safeguarding.actions.working import name_to_team
from omsorg.safeguarding.models import Duty, Incident, Pause, Step
from omsorg.safeguarding.queries.parts import Part, parts_of
from omsorg.safeguarding.rules.codes import (
    Answer,
    Clock,
    HoldReason,
    Level,
    Nature,
    Publication,
    StepKind,
    TeamPart,
)

router = Router(tags=["Safeguarding"])


class Act(HandedIn):
    """`expected`: the number of the newest step that you have read; left out where it does not matter."""

    expected: RowId | None = None


class Worded(Act):
    """An act with words of one's own. `said_of`: of each person named in them, by code, whether the incident complains
    of them: whom it complains of finds nothing of it from then on. Where somebody is named and nothing is said of them,
    it is refused with their names and codes; nothing is said of somebody who is not named."""

    said_of: dict[Code, Yes] = Field(default_factory=dict, max_length=50)


class Said(Worded):
    """An act with words."""

    note: Text = ""


class SafetyIn(Said):
    """Whether everybody is safe now, and how one knows or what was done."""

    safe_now: Answer


class TriageIn(Said):
    """The first look: safe now, a crime, a conflict of interest; the level and the kind."""

    safe_now: Answer
    crime: Answer
    conflict: Answer
    level: Level
    nature: Nature
    is_ours: Yes = True


class ShutOutIn(Worded):
    """Who is shut out: a person or a whole organisation by code, or whoever bears a name or an address, also above or
    elsewhere; one of them."""

    person: Code | None = None
    organisation: Code | None = None
    named: Line = ""
    reason: Text


class TeamIn(Act):
    """Who is asked to work the incident, and as what."""

    person: Code
    part: TeamPart = TeamPart.MEMBER


class DutyDecision(Worded):
    """Whether somebody is told; not telling takes a reason, and the police also a second person who agrees."""

    duty: RowId
    is_told: Yes
    reason: Text = ""


class DutyAgreement(Worded):
    """That a second person agrees that the police is not told, and why."""

    duty: RowId
    reason: Text


class PauseIn(Worded):
    """Which clock stands still, why, and until which day at the latest."""

    clock: Clock
    reason: Text
    until_on: Day


class ResumeIn(Act):
    """Which pause is over."""

    pause: RowId


class ReopenIn(Worded):
    """Why it is opened again."""

    reason: Text


class PublicationIn(Worded):
    """Whether the public is told; all but publishing give a class of reason and a reason, a hold a day of review."""

    decision: Publication
    reason_class: HoldReason | None = None
    reason: Text = ""
    review_on: Day | None = Field(None)


@dataclass(frozen=True, slots=True)
class StepKept:
    """The step that was added; its number is what the next act expects."""

    incident: str
    number: int
    kind: StepKind
    at: datetime


@dataclass(frozen=True, slots=True)
class ShutOutKept:
    """That somebody was shut out. Where it was oneself, the incident is not there any more."""

    incident: str


def stamped(request: HttpRequest, code: str, given: Act) -> dict[str, Any]:
    """What every act is given: which incident, which step was read, who, when."""
    by = acting_of(request)
    return {"incident": incident_for(by, code), "expected": given.expected, "by": by, "at": clock.now()}


def worded(request: HttpRequest, code: str, given: Worded) -> dict[str, Any]:
    """What an act with words is given: the same, and of each person named whether the incident complains of them."""
    return stamped(request, code, given) | {"said_of": said_by_code(given.said_of)}


def said_by_code(said_of: Mapping[str, bool]) -> dict[int, bool]:
    """The same, by id. There is nothing here for a code that nobody has."""
    if not said_of:
        return {}
    with as_house():
        found = dict(Person.objects.filter(code__in=said_of).values_list("code", "pk"))
    for code_of_person in said_of:
        if code_of_person not in found:
            raise NothingHere(code_of_person)
    return {found[code_of_person]: is_complained_of for code_of_person, is_complained_of in said_of.items()}


def told(code: str, step: Step) -> StepKept:
    return StepKept(code, step.number, StepKind(step.kind), step.at)


def of_incident(model: type[Part], incident: Incident, number: int) -> Part:
    """A part of the incident by its number within it."""
    found = parts_of(model, incident).get(number)
    if found is None:
        raise NothingHere(str(number))
    return found


def person_called(code: str) -> Person:
    """A person as far as one may see who works here."""
    found = Person.objects.filter(code=code).first()
    if found is None:
        raise NothingHere(code)
    return found


@router.post("/safeguarding/incidents/{code}/take-up", response={200: StepKept, **WRITING}, auth=Key(HANDLE))
def take_up_incident(request: HttpRequest, code: Code, given: Act) -> StepKept:
    """Say that one has it."""
    return told(code, take_up(**stamped(request, code, given)))


@router.post("/safeguarding/incidents/{code}/acknowledge", response={200: StepKept, **WRITING}, auth=Key(HANDLE))
def acknowledge_concern(request: HttpRequest, code: Code, given: Said) -> StepKept:
    """Say that whoever raised it was given a personal word."""
    return told(code, acknowledge(**worded(request, code, given), note=given.note))


@router.post("/safeguarding/incidents/{code}/triage", response={200: StepKept, **WRITING}, auth=Key(HANDLE))
def triage_concern(request: HttpRequest, code: Code, given: TriageIn) -> StepKept:
    """Keep the first look. The first one gives the incident its number."""
    seen = Triage(given.safe_now, given.crime, given.conflict, given.level, given.nature, given.is_ours, given.note)
    days = settings.ENVIRONMENT.safeguarding_duty_days
    return told(code, triage(**worded(request, code, given), seen=seen, duty_days=days))


@router.post("/safeguarding/incidents/{code}/safety", response={200: StepKept, **WRITING}, auth=Key(WORK))
def say_whether_safe(request: HttpRequest, code: Code, given: SafetyIn) -> StepKept:
    """Say whether everybody is safe now. Nothing is closed while somebody is not."""
    return told(code, say_who_is_safe(**worded(request, code, given), safe_now=given.safe_now, note=given.note))


@router.post("/safeguarding/incidents/{code}/shut-out", response={200: ShutOutKept, **WRITING}, auth=Key(HANDLE))
def shut_somebody_out(request: HttpRequest, code: Code, given: ShutOutIn) -> ShutOutKept:
    """Shut a person, or everybody of an organisation, out of the incident."""
    stamp = worded(request, code, given)
    if sum(bool(each) for each in (given.person, given.organisation, given.named)) != 1:
        raise NothingHere("one of them")
    shut_out(
        **stamp,
        person=person_called(given.person) if given.person else None,
        organisation=place_called(given.organisation) if given.organisation else None,
        named=given.named,
        reason=given.reason,
    )
    return ShutOutKept(code)


@router.post("/safeguarding/incidents/{code}/team", response={200: StepKept, **WRITING}, auth=Key(HANDLE))
def name_somebody_to_team(request: HttpRequest, code: Code, given: TeamIn) -> StepKept:
    """Ask somebody to work the incident."""
    stamp = stamped(request, code, given)
    return told(code, name_to_team(**stamp, person=person_called(given.person), part=given.part))


@router.post("/safeguarding/incidents/{code}/duty-decision", response={200: StepKept, **WRITING}, auth=Key(HANDLE))
def decide_on_duty(request: HttpRequest, code: Code, given: DutyDecision) -> StepKept:
    """Decide whether somebody outside is told."""
    stamp = worded(request, code, given)
    duty = of_incident(Duty, stamp["incident"], given.duty)
    return told(code, decide_duty(**stamp, duty=duty, is_told=given.is_told, reason=given.reason))


@router.post("/safeguarding/incidents/{code}/duty-agreement", response={200: StepKept, **WRITING}, auth=Key(HANDLE))
def agree_on_duty(request: HttpRequest, code: Code, given: DutyAgreement) -> StepKept:
    """Agree that the police is not told: another than who decided it, one level up where anybody is there."""
    stamp = worded(request, code, given)
    duty = of_incident(Duty, stamp["incident"], given.duty)
    return told(code, agree_not_to_tell(**stamp, duty=duty, reason=given.reason))


@router.post("/safeguarding/incidents/{code}/pause", response={200: StepKept, **WRITING}, auth=Key(HANDLE))
def pause_a_clock(request: HttpRequest, code: Code, given: PauseIn) -> StepKept:
    """Stop a clock until a day, with a reason."""
    stamp = worded(request, code, given)
    at_most = settings.ENVIRONMENT.safeguarding_longest_pause_days
    return told(
        code,
        pause_clock(**stamp, clock=given.clock, reason=given.reason, until_on=given.until_on, at_most=at_most),
    )


@router.post("/safeguarding/incidents/{code}/resume", response={200: StepKept, **WRITING}, auth=Key(HANDLE))
def resume_a_clock(request: HttpRequest, code: Code, given: ResumeIn) -> StepKept:
    """Let a clock go on."""
    stamp = stamped(request, code, given)
    return told(code, resume_clock(**stamp, pause=of_incident(Pause, stamp["incident"], given.pause)))


@router.post("/safeguarding/incidents/{code}/close", response={200: StepKept, **WRITING}, auth=Key(HANDLE))
def close_incident(request: HttpRequest, code: Code, given: Said) -> StepKept:
    """Close the incident. Refused, with what is missing, while anything is."""
    return told(code, close(**worded(request, code, given), note=given.note))


@router.post("/safeguarding/incidents/{code}/reopen", response={200: StepKept, **WRITING}, auth=Key(HANDLE))
def reopen_incident(request: HttpRequest, code: Code, given: ReopenIn) -> StepKept:
    """Open a closed incident again."""
    return told(code, reopen(**worded(request, code, given), reason=given.reason))


@router.post("/safeguarding/incidents/{code}/publication", response={200: StepKept, **WRITING}, auth=Key(HANDLE))
def decide_publication(request: HttpRequest, code: Code, given: PublicationIn) -> StepKept:
    """Decide whether the public is told of a closed incident."""
    return told(
        code,
        decide_on_publication(
            **worded(request, code, given),
            decision=given.decision,
            reason_class=given.reason_class,
            reason=given.reason,
            review_on=given.review_on,
        ),
    )
