"""A concern is raised: by anybody who works here, or brought by the ombudsperson, a partner, or on paper.

Whoever raises it does not see what is kept; so the rows are written without being read again.
"""

import json
from collections.abc import Collection
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from django.db import IntegrityError, connection, models, transaction

from omsorg.federation.access import Acting
from omsorg.federation.models import Organisation
from omsorg.kernel.later import do_later
from omsorg.safeguarding.access import require_reporting
from omsorg.safeguarding.actions.shutting_out import shut_out_quietly
from omsorg.safeguarding.actions.steps import add_step, hold, newest_step, trace, words
from omsorg.safeguarding.models import CopyNames, Incident, Shutout, Step
from omsorg.safeguarding.models.incidents import new_code
from omsorg.safeguarding.queries.people import end_at_somebody, line_of, people_named
from omsorg.safeguarding.rules.codes import WHOLE, About, Answer, Channel, Nature, Stage, StepKind
from omsorg.safeguarding.rules.conflicts import handled_at

NOWHERE = "XX"
"""A country code that ISO leaves to its users: of what belongs to no country."""
LENGTH, ONE_CODE = 12, "safeguarding_incident_code"
_UNTIL_SETTLED = {"reason": "nobody is known by that name", "until_settled": True, "by_id": None}


@dataclass(frozen=True, slots=True)
class Concern:
    """What is told. `about` says who is complained of; `complained_of` their names, as far as somebody works here.

    `unit` is the organisation that is complained of as a whole, or whose leadership is; the place itself if not given.
    """

    place: Organisation
    what: str
    when: str = ""
    safe_now: Answer = Answer.NOT_KNOWN
    about: About = About.NOBODY_HERE
    complained_of: str = ""
    unit: Organisation | None = None
    nature: Nature = Nature.NOT_KNOWN
    is_example: bool = False


@dataclass(frozen=True, slots=True)
class _Quiet:
    """What comes with a copy and is read by the house alone: names, persons. And the day until which it may be told."""

    names: str = ""
    persons: frozenset[int] = frozenset()
    until_on: date | None = None


@transaction.atomic
def raise_concern(
    *, concern: Concern, channel: Channel = Channel.COLLEAGUE, once: str = "", by: Acting, at: datetime
) -> str:
    """Keep a concern, shut out whoever it complains of, and wake the nearest focal person. Returns its code.

    Where the unit or its leadership is complained of, the level above handles it. A name shuts out everybody who
    is called so, in the text as well: rather one too many. Where everybody who could handle it is named, it ends at
    somebody elsewhere; where there is nobody either, it is kept unread, and says so. Where a person is complained of
    whom nobody here is called, whoever would handle it may be that person: it waits one level up until triage has
    settled whom it is about. `once` is what a form was given by chance: sent twice by the same person with the same
    words it is one concern, with the same code; with others it is another concern.
    """
    require_reporting(by)
    if not once:
        return _receive(concern, channel, by, at, code=new_code())
    code = sha256(f"{by.person_id} {once} {channel} {_told(concern)}".encode()).hexdigest()[:LENGTH]
    try:
        with transaction.atomic():
            return _receive(concern, channel, by, at, code=code)
    except IntegrityError as twice:
        if ONE_CODE not in str(twice):
            raise
        return code


@transaction.atomic
def receive_copy(
    *,
    concern: Concern,
    reference: str,
    shut_out: Collection[int] = (),
    until_on: date | None = None,
    by: None = None,
    at: datetime,
) -> str:
    """Keep the copy that a child agreed to hand over, brought by the ombuds office. Nobody here is told who the child
    is, or whom it complains of, beyond what the copy says. `shut_out`: persons who may not hear it where it comes from;
    whoever is named with it finds it as little, and of both the house alone knows. `until_on`: the day until which the
    child agreed. Returns the code under which the office may ask for its clocks. The same `reference` again gives the
    same code and keeps its words once; whom it names more, or who was shut out meanwhile, is shut out here from then
    on. To be called as the house.
    """
    if here := copy_that_is_here(reference=reference, complained_of=concern.complained_of, shut_out=shut_out, at=at):
        return here
    quiet = _Quiet(concern.complained_of.strip(), frozenset(shut_out), until_on)
    told = replace(concern, complained_of="")
    return _receive(told, Channel.OMBUDS, by, at, code=new_code(), reference=reference, quiet=quiet)


@transaction.atomic
def copy_that_is_here(
    *, reference: str, complained_of: str = "", shut_out: Collection[int] = (), by: None = None, at: datetime
) -> str:
    """The code of a copy that came before, empty where none did; names and persons that come with the second try are
    kept as in `receive_copy`. To be called as the house."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"safeguarding copy {reference}"])
    known = Incident.objects.filter(reference=reference).first()
    if known is None:
        return ""
    _add_quietly(known, _Quiet(complained_of.strip(), frozenset(shut_out)), at)
    return known.code


def _add_quietly(incident: Incident, quiet: _Quiet, at: datetime) -> None:
    """Shut out whom a second try of a copy names more, and who was shut out meanwhile where it comes from. A name that
    nobody is called by lets it wait one level up, as it would have at first, while nobody has looked at it."""
    incident = hold(incident, None)
    named = _people(quiet.names, incident.organisation_id)
    if quiet.names and not CopyNames.objects.filter(incident=incident, names=quiet.names).exists():
        _keep(CopyNames, incident_id=incident.pk, names=quiet.names)
        if not named and incident.stage == Stage.RECEIVED:
            _let_wait_above(incident, at)
    if shut_out_quietly(incident, {*quiet.persons, *named}, at=at):
        trace(incident.code, "add_to_copy", by=None, at=at, step=newest_step(incident))


def _let_wait_above(incident: Incident, at: datetime) -> None:
    line = line_of(incident.organisation_id, at.date())
    shut = {pk for pk in Shutout.objects.filter(incident=incident).values_list("organisation_id", flat=True) if pk}
    waiting = {handled_at(line, shut=shut)} - {line[-1].id} - shut
    for organisation in waiting:
        _keep(Shutout, incident_id=incident.pk, organisation_id=organisation, **_UNTIL_SETTLED, at=at)
    incident.handled_at_id = handled_at(line, shut=shut | waiting)
    incident.save(update_fields=["handled_at"])


@transaction.atomic
def tell_of_copies_run_out(*, by: None = None, at: datetime) -> int:
    """Keep with each copy whose day is over that the child agreed no longer than that: those who work it ask the
    ombuds office before more is told. Each is told of once. Says how many. To be called as the house."""
    over = Step.objects.filter(number=1, facts__agreed_until__lt=at.date().isoformat())
    told = Step.objects.filter(facts__has_key="ran_out_on").values("incident")
    found = [step.incident for step in over.exclude(incident__in=told).select_related("incident").order_by("pk")]
    for each in found:
        first = Step.objects.get(incident=each, number=1)
        facts = {"ran_out_on": first.facts["agreed_until"]}
        add_step(hold(each, None), StepKind.NOTED, verb="copy_ran_out", by=by, at=at, facts=facts)
    return len(found)


@transaction.atomic
def copy_taken_back(*, reference: str, on: date, by: None = None, at: datetime) -> None:
    """Keep with what was handed over that the child has taken its yes back on a day. What is known stays known; those
    who work it ask the ombuds office before more is told. Told twice it is kept once. To be called as the house."""
    found = Incident.objects.filter(reference=reference).first()
    if found is None:
        return
    held = hold(found, None)
    if not Step.objects.filter(incident=held, facts__has_key="taken_back_on").exists():
        add_step(held, StepKind.NOTED, verb="copy_taken_back", by=by, at=at, facts={"taken_back_on": on.isoformat()})


def _receive(
    concern: Concern,
    channel: Channel,
    by: Acting | None,
    at: datetime,
    *,
    code: str,
    reference: str | None = None,
    quiet: _Quiet = _Quiet(),
) -> str:
    told = words(concern.what)
    line = line_of(concern.place.pk, at.date())
    unit = (concern.unit or concern.place) if concern.about in WHOLE else None
    shut = {unit.pk} if unit else set()
    raised_by = by.person_id if by else None
    # A person who is named is looked for whatever box was ticked, and in the text as well.
    text = f"{told} {concern.when}"
    named = people_named(concern.complained_of, text, place=concern.place.pk, told_by=raised_by)
    # Of a copy it is not asked whether it is about somebody here: it waits where a name was handed over with it.
    is_about_somebody = channel is not Channel.OMBUDS or bool(quiet.names)
    unseen = {*quiet.persons, *_people(quiet.names, concern.place.pk)}
    is_known = bool(_people(quiet.names, concern.place.pk)) if quiet.names else _is_known(concern, named)
    knows_nobody = concern.about is About.A_PERSON and is_about_somebody and not is_known
    waiting = {handled_at(line, shut=())} - {line[-1].id} if knows_nobody else set()
    pk = _keep(
        Incident,
        code=code,
        organisation_id=concern.place.pk,
        handled_at_id=handled_at(line, shut=shut | waiting),
        country_code=country_of(concern.place, line=[each.id for each in line]),
        channel=channel,
        nature=concern.nature,
        level="",
        stage=Stage.RECEIVED,
        decision="",
        raised_by_id=raised_by,
        reference=reference,
        received_at=at,
        is_reserved=False,
        is_example=concern.is_example,
    )
    facts = {"safe_now": concern.safe_now, "about": concern.about, **({"knows_nobody": True} if waiting else {})}
    until = quiet.until_on.isoformat() if quiet.until_on else ""
    said = {"when": concern.when.strip(), "complained_of": concern.complained_of.strip(), "agreed_until": until}
    _keep(
        Step,
        incident_id=pk,
        number=1,
        kind=StepKind.RECEIVED,
        note=told,
        facts=json.dumps({**facts, **{name: text for name, text in said.items() if text}}),
        by_id=raised_by,
        at=at,
    )
    for person in named:
        _keep(Shutout, incident_id=pk, person_id=person, reason="named in the concern", by_id=raised_by, at=at)
    if quiet.names:
        _keep(CopyNames, incident_id=pk, names=quiet.names)
    for person in sorted(unseen):
        quietly = {"reason": "came with the copy", "is_quiet": True, "by_id": None, "at": at}
        _keep(Shutout, incident_id=pk, person_id=person, **quietly)
    for organisation in shut:
        _keep(Shutout, incident_id=pk, organisation_id=organisation, reason="complained of", by_id=raised_by, at=at)
    for organisation in waiting:
        _keep(Shutout, incident_id=pk, organisation_id=organisation, **_UNTIL_SETTLED, at=at)
    trace(code, "raise_concern", by=by, at=at, step=1)
    if end_at_somebody(pk, at):
        trace(code, "hand_on", by=by, at=at, step=2)
    do_later("safeguarding.tell_handlers", incident=pk)
    return code


def _is_known(concern: Concern, named: Collection[int]) -> bool:
    """Whether the person complained of is known here: by the names said, or where none were, by the text."""
    if not concern.complained_of.strip():
        return bool(named)
    return bool(_people(concern.complained_of, concern.place.pk))


def _people(names: str, place: int) -> list[int]:
    """The persons who are called so; nobody where no name is given."""
    return people_named(names, "", place=place, told_by=None) if names.strip() else []


def _told(concern: Concern) -> str:
    """Everything that a concern tells, in one line: two that differ in anything are two."""
    said = asdict(replace(concern, place=None, unit=None))  # type: ignore[arg-type]
    return json.dumps([concern.place.pk, concern.unit.pk if concern.unit else None, said], sort_keys=True)


def country_of(place: Organisation, *, line: Collection[int]) -> str:
    """The ISO code of the country where the place lies, by itself or by the nearest organisation above it."""
    nearest = list(dict.fromkeys([place.pk, *line]))
    by_id = Organisation.objects.select_related("place").in_bulk(nearest)
    for pk in nearest:
        found = by_id[pk].place
        if found is not None:
            return found.country_code
    return NOWHERE


def _keep(model: type[models.Model], **columns: Any) -> int:
    """Write one row without reading it, and give its id."""
    table, names = model._meta.db_table, ", ".join(columns)
    places = ", ".join(["%s"] * len(columns))
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {table} ({names}) VALUES ({places})", list(columns.values()))  # noqa: S608 - ours
        cursor.execute("SELECT currval(pg_get_serial_sequence(%s, 'id'))", [table])
        found: tuple[int] = cursor.fetchone()
    return found[0]
