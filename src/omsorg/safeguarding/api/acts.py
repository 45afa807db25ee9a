"""Working an incident over the HTTP API: plan, allegations, findings, counts, help, duties, measures, documents."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from django.conf import settings
from django.http import HttpRequest
from ninja import File, Form, Router
from ninja.files import UploadedFile
from pydantic import Field, Json

from omsorg.federation.access import NothingHere
from omsorg.federation.api_door import Key
from omsorg.kernel.api.given import WRITING
from omsorg.kernel.api.types import Code, Day, HandedIn, Line, RowId, Text, Yes
from omsorg.safeguarding.access import HANDLE, WORK
from omsorg.safeguarding.actions.documents import keep_document
from omsorg.safeguarding.actions.duties import duty_done, owe
from omsorg.safeguarding.actions.measures import let_measure_live_on, measure_done, say_no_measure, set_measure
from omsorg.safeguarding.actions.needs import answer_need, name_need
from omsorg.safeguarding.actions.people import count_persons, follow_up, give_support, say_employment
from omsorg.safeguarding.actions.working import find, set_plan, write_allegation, write_note
from omsorg.safeguarding.api.handling import Act, Said, StepKept, Worded, of_incident, stamped, told, worded
from omsorg.safeguarding.models import Allegation, Document, Duty, Incident, Measure, Need, Support
from omsorg.safeguarding.rules.codes import (
    EMPLOYED,
    Addressee,
    AffectedType,
    Employment,
    Finding,
    NeedAnswered,
    SaidBy,
    Side,
    SubjectType,
    SupportKind,
)

router = Router(tags=["Safeguarding"])

MEGABYTE = 1_000_000
Persons = Annotated[int, Field(ge=0, le=5000, strict=True)]


class AllegationIn(Act):
    """What is alleged, in one sentence."""

    text: Text


class FindingIn(Worded):
    """What was found of one allegation, by its number, with reasons."""

    allegation: RowId
    finding: Finding
    reasons: Text


class CountIn(Act):
    """How many persons of one type: affected, or complained of; one of them."""

    affected: AffectedType | None = None
    complained_of: SubjectType | None = None
    count: Persons


class EmploymentIn(Act):
    """How the work of how many complained of stands, of one type, and since when."""

    complained_of: SubjectType
    state: Employment
    count: Persons
    since_on: Day


class NeedIn(Worded):
    """What so many of those affected need, since when, who says so, and by when."""

    kind: SupportKind
    persons: Persons
    said_by: SaidBy
    since_on: Day
    needed_by_on: Day
    note: Text


class NeedAnswerIn(Worded):
    """What became of a need, by its number, for how many; left out for all who still have it. `support`: the help that
    meets it, by its number; `next_on`: when it is looked at again, where it is later."""

    need: RowId
    answer: NeedAnswered
    persons: Persons | None = None
    support: RowId | None = None
    on: Day
    next_on: Day | None = None
    note: Text = ""


class SupportIn(Worded):
    """Help that was given, or that none was, and why."""

    kind: SupportKind
    persons: Persons
    given_on: Day
    note: Text = ""
    follow_up_on: Day | None = None


class FollowUpIn(Worded):
    """How it went when help was looked at again."""

    support: RowId
    on: Day
    note: Text
    next_on: Day | None = None


class DutyOwed(Worded):
    """Whom telling may be owed, and by when."""

    to: Addressee
    whom: Line = ""
    deadline_on: Day


class DutyDone(Worded):
    """That somebody was told, on which day; `document` shows it, or `note` says who took it."""

    duty: RowId
    on: Day
    document: Code | None = None
    note: Text = ""


class MeasureIn(Worded):
    """What is done so that it does not happen again, and by when; about one allegation, by its number, or about the
    incident as a whole."""

    text: Text
    allegation: RowId | None = None
    due_on: Day


class MeasureDone(Act):
    """On which day a measure was done."""

    measure: RowId
    on: Day


class NoMeasureIn(Worded):
    """Why nothing is done about an allegation that is substantiated, by its number."""

    allegation: RowId
    reason: Text


class LivesOnIn(Worded):
    """Why a measure that is not done lives on after closing."""

    measure: RowId
    reason: Text


class FileNote(HandedIn):
    """What a file shows. Out of a picture is taken where and when it was made, unless `as_it_came` says why it must
    stay as evidence. `said_of`: as with every act that has words, written as JSON."""

    note: Text = ""
    as_it_came: Text | None = None
    said_of: Json[dict[Code, Yes]] = Field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FileKept:
    """A file kept with an incident. `fingerprint`: the sha-256 of its bytes."""

    code: str
    filename: str
    media_type: str
    size: int
    fingerprint: str
    at: datetime


def _allegation(incident: Incident, number: int) -> Allegation:
    """An allegation of the incident by its number."""
    found = Allegation.objects.filter(incident=incident, number=min(number, 32_767)).first()
    if found is None:
        raise NothingHere(str(number))
    return found


@router.post("/safeguarding/incidents/{code}/plan", response={200: StepKept, **WRITING}, auth=Key(WORK))
def plan_investigation(request: HttpRequest, code: Code, given: Said) -> StepKept:
    """Write down how it is looked into."""
    return told(code, set_plan(**worded(request, code, given), note=given.note))


@router.post("/safeguarding/incidents/{code}/allegations", response={200: StepKept, **WRITING}, auth=Key(WORK))
def add_allegation(request: HttpRequest, code: Code, given: AllegationIn) -> StepKept:
    """Write down one allegation."""
    return told(code, write_allegation(**stamped(request, code, given), text=given.text))


@router.post("/safeguarding/incidents/{code}/findings", response={200: StepKept, **WRITING}, auth=Key(WORK))
def add_finding(request: HttpRequest, code: Code, given: FindingIn) -> StepKept:
    """Say what was found of one allegation."""
    stamp = worded(request, code, given)
    allegation = _allegation(stamp["incident"], given.allegation)
    return told(code, find(**stamp, allegation=allegation, finding=given.finding, reasons=given.reasons))


@router.post("/safeguarding/incidents/{code}/counts", response={200: StepKept, **WRITING}, auth=Key(WORK))
def count_people(request: HttpRequest, code: Code, given: CountIn) -> StepKept:
    """Say how many persons of a type are affected or complained of; nought takes a count back."""
    stamp = stamped(request, code, given)
    chosen = given.affected or given.complained_of
    if chosen is None or (given.affected and given.complained_of):
        raise NothingHere("one of them")
    side = Side.AFFECTED if given.affected else Side.COMPLAINED_OF
    return told(code, count_persons(**stamp, side=side, type=chosen.value, count=given.count))


@router.post("/safeguarding/incidents/{code}/employment", response={200: StepKept, **WRITING}, auth=Key(WORK))
def say_how_work_stands(request: HttpRequest, code: Code, given: EmploymentIn) -> StepKept:
    """Say how the work of those complained of stands; nought takes it back."""
    stamp = stamped(request, code, given)
    if given.complained_of not in EMPLOYED:
        raise NothingHere(given.complained_of)
    kind = given.complained_of.value
    return told(code, say_employment(**stamp, type=kind, state=given.state, count=given.count, since_on=given.since_on))


@router.post("/safeguarding/incidents/{code}/needs", response={200: StepKept, **WRITING}, auth=Key(WORK))
def add_need(request: HttpRequest, code: Code, given: NeedIn) -> StepKept:
    """Keep what those affected need, also after the incident was closed."""
    said = {name: getattr(given, name) for name in ("kind", "persons", "said_by", "since_on", "needed_by_on", "note")}
    return told(code, name_need(**worded(request, code, given), **said))


@router.post("/safeguarding/incidents/{code}/need-answers", response={200: StepKept, **WRITING}, auth=Key(WORK))
def say_what_became_of_a_need(request: HttpRequest, code: Code, given: NeedAnswerIn) -> StepKept:
    """Say what became of a need: met by help, not met and why, later, over, or needed again."""
    stamp = worded(request, code, given)
    said = {name: getattr(given, name) for name in ("answer", "persons", "on", "next_on", "note")}
    need = of_incident(Need, stamp["incident"], given.need)
    support = of_incident(Support, stamp["incident"], given.support) if given.support is not None else None
    return told(code, answer_need(**stamp, need=need, support=support, **said))


@router.post("/safeguarding/incidents/{code}/support", response={200: StepKept, **WRITING}, auth=Key(WORK))
def add_support(request: HttpRequest, code: Code, given: SupportIn) -> StepKept:
    """Keep what help was given, also after the incident was closed."""
    stamp = worded(request, code, given)
    step = give_support(
        **stamp,
        kind=given.kind,
        persons=given.persons,
        given_on=given.given_on,
        note=given.note,
        follow_up_on=given.follow_up_on,
    )
    return told(code, step)


@router.post("/safeguarding/incidents/{code}/follow-ups", response={200: StepKept, **WRITING}, auth=Key(WORK))
def add_follow_up(request: HttpRequest, code: Code, given: FollowUpIn) -> StepKept:
    """Say how it went when help was looked at again."""
    stamp = worded(request, code, given)
    support = of_incident(Support, stamp["incident"], given.support)
    return told(code, follow_up(**stamp, support=support, on=given.on, note=given.note, next_on=given.next_on))


@router.post("/safeguarding/incidents/{code}/duties", response={200: StepKept, **WRITING}, auth=Key(WORK))
def add_duty(request: HttpRequest, code: Code, given: DutyOwed) -> StepKept:
    """Write down that telling somebody outside may be owed."""
    stamp = worded(request, code, given)
    return told(code, owe(**stamp, to=given.to, whom=given.whom, deadline_on=given.deadline_on))


@router.post("/safeguarding/incidents/{code}/duty-done", response={200: StepKept, **WRITING}, auth=Key(WORK))
def fulfil_duty(request: HttpRequest, code: Code, given: DutyDone) -> StepKept:
    """Say that somebody outside was told."""
    stamp = worded(request, code, given)
    evidence = None
    if given.document:
        evidence = Document.objects.filter(incident=stamp["incident"], code=given.document, withdrawn_at=None).first()
        if evidence is None:
            raise NothingHere(given.document)
    duty = of_incident(Duty, stamp["incident"], given.duty)
    return told(code, duty_done(**stamp, duty=duty, on=given.on, evidence=evidence, note=given.note))


@router.post("/safeguarding/incidents/{code}/measures", response={200: StepKept, **WRITING}, auth=Key(WORK))
def add_measure(request: HttpRequest, code: Code, given: MeasureIn) -> StepKept:
    """Decide on a measure."""
    stamp = worded(request, code, given)
    about = _allegation(stamp["incident"], given.allegation) if given.allegation is not None else None
    return told(code, set_measure(**stamp, text=given.text, due_on=given.due_on, allegation=about))


@router.post("/safeguarding/incidents/{code}/no-measure", response={200: StepKept, **WRITING}, auth=Key(WORK))
def say_why_nothing_is_done(request: HttpRequest, code: Code, given: NoMeasureIn) -> StepKept:
    """Say why nothing is done about what was found."""
    stamp = worded(request, code, given)
    allegation = _allegation(stamp["incident"], given.allegation)
    return told(code, say_no_measure(**stamp, allegation=allegation, reason=given.reason))


@router.post("/safeguarding/incidents/{code}/measure-lives-on", response={200: StepKept, **WRITING}, auth=Key(HANDLE))
def measure_lives_on(request: HttpRequest, code: Code, given: LivesOnIn) -> StepKept:
    """Say why a measure lives on after closing."""
    stamp = worded(request, code, given)
    measure = of_incident(Measure, stamp["incident"], given.measure)
    return told(code, let_measure_live_on(**stamp, measure=measure, reason=given.reason))


@router.post("/safeguarding/incidents/{code}/measure-done", response={200: StepKept, **WRITING}, auth=Key(WORK))
def fulfil_measure(request: HttpRequest, code: Code, given: MeasureDone) -> StepKept:
    """Say on which day a measure was done."""
    stamp = stamped(request, code, given)
    return told(
        code, measure_done(**stamp, measure=of_incident(Measure, stamp["incident"], given.measure), on=given.on)
    )


@router.post("/safeguarding/incidents/{code}/notes", response={200: StepKept, **WRITING}, auth=Key(WORK))
def add_note(request: HttpRequest, code: Code, given: Said) -> StepKept:
    """Note something, or correct what was said: it stands beside it."""
    return told(code, write_note(**worded(request, code, given), note=given.note))


@router.post("/safeguarding/incidents/{code}/documents", response={200: FileKept, **WRITING}, auth=Key(WORK))
def keep_file_of_incident(
    request: HttpRequest, code: Code, about: Form[FileNote], file: File[UploadedFile]
) -> FileKept:
    """Keep a file with the incident. What it is, and what it hides, is looked at first."""
    stamp = worded(request, code, Worded(said_of=about.said_of))
    limit = settings.ENVIRONMENT.evidence_max_mb * MEGABYTE
    kept = keep_document(
        **stamp,
        name=file.name or "",
        content=file.read(),
        note=about.note,
        as_it_came=about.as_it_came,
        limit=limit,
    )
    return FileKept(kept.code, kept.filename, kept.media_type, kept.size, kept.fingerprint, kept.at)
