"""Incidents over the HTTP API: the list, one of them with everything, and the counts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from ninja import Query, Router

from omsorg.federation.access import acting_of
from omsorg.federation.api_door import Key
from omsorg.kernel import clock
from omsorg.kernel.api.given import KEYED, Page, Paging, page_of_query
from omsorg.kernel.api.types import Code
from omsorg.safeguarding.access import SEE, incident_for
from omsorg.safeguarding.models import Incident
from omsorg.safeguarding.pages.incident import blocking_in_words
from omsorg.safeguarding.queries.incident import clocks_of, counts_of, facts_of
from omsorg.safeguarding.queries.lists import incidents_visible_to
from omsorg.safeguarding.queries.statistics import statistics_for
from omsorg.safeguarding.rules.codes import Channel, Clock, Level, Nature, Side, Stage, StepKind
from omsorg.safeguarding.rules.progress import next_steps

router = Router(tags=["Safeguarding"])


@dataclass(frozen=True, slots=True)
class IncidentRow:
    """An incident that one may see. `number` is null before triage."""

    code: str
    number: str | None
    country: str
    organisation: str
    handled_at: str
    level: Level | None
    nature: Nature
    stage: Stage
    channel: Channel
    received_at: datetime
    closed_at: datetime | None
    is_example: bool


@dataclass(frozen=True, slots=True)
class StepTold:
    """One step of the timeline. `by` is the code of the person, null for the house."""

    number: int
    kind: StepKind
    note: str
    facts: dict[str, Any]
    by: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class ClockTold:
    """A clock: when it began, when its time is over, when the step was done; whole days overdue."""

    clock: Clock
    begins_at: datetime
    due_at: datetime
    done_at: datetime | None
    stands_still: bool
    days_overdue: int


@dataclass(frozen=True, slots=True)
class PartTold:
    """An allegation, a duty, a measure, help or a pause, with the `id` within the incident by which acts
    name it."""

    id: int
    what: str
    standing: str
    on: date | None


@dataclass(frozen=True, slots=True)
class IncidentTold:
    """One incident. `newest`: the number of the newest step, which acts hand back as `expected`."""

    incident: IncidentRow
    newest: int
    next: Sequence[str]
    blocks: Sequence[str]
    affected: Mapping[str, int]
    complained_of: Mapping[str, int]
    allegations: Sequence[PartTold]
    duties: Sequence[PartTold]
    measures: Sequence[PartTold]
    support: Sequence[PartTold]
    pauses: Sequence[PartTold]
    clocks: Sequence[ClockTold]
    steps: Sequence[StepTold]


@dataclass(frozen=True, slots=True)
class CountsTold:
    """Counts of the incidents that one may see; null where a count is withheld because it is small.

    `complained_of` are persons, each once for each incident; `employment` says what became of their work. In it
    `not_said` work here and nothing is said of it yet, `elsewhere` do not work here.
    """

    total: int | None
    tables: Mapping[str, Mapping[str, int | None]]
    complained_of: int | None
    employment: Mapping[str, int | None]


def _told(facts: dict[str, Any]) -> dict[str, Any]:
    """What a step tells: all but of whom it was asked whether the incident complains of them."""
    return {name: value for name, value in facts.items() if name != "asked"}


@router.get("/safeguarding/incidents", response={200: Page[IncidentRow], **KEYED}, auth=Key(SEE))
def list_incidents(request: HttpRequest, paging: Query[Paging], stage: Stage | None = None) -> Page[IncidentRow]:
    """The incidents that one may see, newest first. `count` counts these and no others."""
    found = incidents_visible_to(acting_of(request)).order_by("-received_at", "-pk")
    return page_of_query(found.filter(stage=stage) if stage else found, paging, row_of)


@router.get("/safeguarding/incidents/{code}", response={200: IncidentTold, **KEYED}, auth=Key(SEE))
def read_incident(request: HttpRequest, code: Code) -> IncidentTold:
    """One incident with its clocks, steps, and what comes next. Names set apart are not given out here."""
    acting = acting_of(request)
    found = incident_for(acting, code)
    now, facts, counts = clock.now(), facts_of(found), counts_of(found)
    steps = list(found.steps.select_related("by").order_by("number"))
    return IncidentTold(
        incident=row_of(found),
        newest=steps[-1].number,
        next=next_steps(facts, acting.person_id),
        blocks=blocking_in_words(facts, acting),
        affected=counts[Side.AFFECTED],
        complained_of=counts[Side.COMPLAINED_OF],
        allegations=[
            PartTold(each.number, each.text, _finding(each), each.at.date())
            for each in found.allegations.order_by("number").prefetch_related("findings")
        ],
        duties=[
            PartTold(number, each.to, each.standing, each.done_on or each.deadline_on)
            for number, each in enumerate(found.duties.order_by("pk"), start=1)
        ],
        measures=[
            PartTold(number, each.text, "done" if each.done_on else "open", each.done_on or each.due_on)
            for number, each in enumerate(found.measures.order_by("pk"), start=1)
        ],
        support=[
            PartTold(number, each.kind, each.note, each.given_on)
            for number, each in enumerate(found.support.order_by("pk"), start=1)
        ],
        pauses=[
            PartTold(number, each.clock, "over" if each.resumed_at else each.reason, each.until_on)
            for number, each in enumerate(found.pauses.order_by("pk"), start=1)
        ],
        clocks=[
            ClockTold(each.clock, each.begins_at, each.due_at, each.done_at, each.stands_still, each.days_overdue(now))
            for each in clocks_of([found], now=now)[found.pk]
        ],
        steps=[
            StepTold(
                each.number,
                StepKind(each.kind),
                each.note,
                _told(each.facts),
                each.by.code if each.by else None,
                each.at,
            )
            for each in steps
        ],
    )


@router.get("/safeguarding/statistics", response={200: CountsTold, **KEYED}, auth=Key(SEE))
def count_incidents(request: HttpRequest) -> CountsTold:
    """How many of the incidents that one may see, by year, kind, level, channel and time to close; and what became of
    the work of those complained of."""
    found = statistics_for(acting_of(request), smallest_shown=settings.ENVIRONMENT.small_cell)
    return CountsTold(found.incidents, found.tables, found.complained_of, found.employment)


def row_of(incident: Incident) -> IncidentRow:
    """An incident as a row of the API."""
    return IncidentRow(
        code=incident.code,
        number=incident.shown_number,
        country=incident.country_code,
        organisation=incident.organisation.code,
        handled_at=incident.handled_at.code,
        level=Level(incident.level) if incident.level else None,
        nature=Nature(incident.nature),
        stage=Stage(incident.stage),
        channel=Channel(incident.channel),
        received_at=incident.received_at,
        closed_at=incident.closed_at,
        is_example=incident.is_example,
    )


def _finding(allegation: Any) -> str:
    found = max(allegation.findings.all(), key=lambda each: each.pk, default=None)
    return found.finding if found else ""
