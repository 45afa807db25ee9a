"""One incident as it stands: what was done, when which step was reached, what is missing, how its clocks run."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta

from django.db.models import Q, QuerySet

from omsorg.safeguarding.models import (
    Allegation,
    AllegationFinding,
    Duty,
    EmploymentState,
    Incident,
    Lesson,
    Measure,
    Need,
    Pause,
    PersonCount,
    PublicationDecision,
    Step,
    Support,
)
from omsorg.safeguarding.neighbours import not_written_up
from omsorg.safeguarding.queries.agreed import agreed_spans, is_working_day
from omsorg.safeguarding.queries.follow_ups import follow_up_clocks, open_follow_ups
from omsorg.safeguarding.queries.measures import (
    measure_clocks,
    put_off_by,
    said_why_none,
    unsettled_measures,
    without_measure,
)
from omsorg.safeguarding.queries.needs import left_unmet_by, need_clocks, needs_of, open_needs
from omsorg.safeguarding.queries.needs import unsettled as unsettled_needs
from omsorg.safeguarding.queries.people import has_team_of_level, shut_out_of, who_sits_above
from omsorg.safeguarding.queries.safety import safety_of
from omsorg.safeguarding.rules.clocks import LAST, Running, Span, Stretch, due_at, running_clocks
from omsorg.safeguarding.rules.codes import (
    EMPLOYED,
    OPEN_DUTIES,
    TAKES_TWO,
    Answer,
    Clock,
    DutyStanding,
    Publication,
    Side,
    Stage,
    StepKind,
)
from omsorg.safeguarding.rules.progress import Facts

UNDONE_BY_REOPENING = {StepKind.CLOSED, StepKind.DECIDED}


def reached_by(incidents: Iterable[int]) -> dict[int, dict[StepKind, datetime]]:
    """When each incident first reached each kind of step. Finding counts once the last allegation has one; closing
    counts only since it was last opened again."""
    found: dict[int, dict[StepKind, datetime]] = {}
    rows = Step.objects.filter(incident__in=list(incidents)).order_by("incident_id", "number")
    for incident, kind, at, facts in rows.values_list("incident_id", "kind", "at", "facts"):
        reached, step = found.setdefault(incident, {}), StepKind(kind)
        if step is StepKind.REOPENED:
            for undone in UNDONE_BY_REOPENING:
                reached.pop(undone, None)
        if step is StepKind.ALLEGED:
            reached.pop(StepKind.FOUND, None)
        if step is StepKind.FOUND and not facts.get("is_last"):
            continue
        reached.setdefault(step, at)
    return found


def counts_of(incident: Incident) -> dict[Side, dict[str, int]]:
    """The newest count of each type that is not nought."""
    found: dict[Side, dict[str, int]] = {Side.AFFECTED: {}, Side.COMPLAINED_OF: {}}
    for side, kind, count in (
        PersonCount.objects.filter(incident=incident).order_by("pk").values_list("side", "type", "count")
    ):
        found[Side(side)][kind] = count
    return {side: {kind: count for kind, count in types.items() if count} for side, types in found.items()}


def employment_of(incident: Incident) -> dict[str, dict[str, EmploymentState]]:
    """How the work of those complained of stands, by type and state: the newest of each that is not nought."""
    found: dict[str, dict[str, EmploymentState]] = {}
    for row in EmploymentState.objects.filter(incident=incident).order_by("pk"):
        found.setdefault(row.type, {})[row.state] = row
    return {kind: {state: row for state, row in rows.items() if row.count} for kind, rows in found.items()}


def is_employment_said(incident: Incident, complained_of: Mapping[str, int]) -> bool:
    """Whether it is said of everybody complained of who works here or with us how their work stands."""
    said = employment_of(incident)
    return all(
        sum(row.count for row in said.get(kind, {}).values()) >= count
        for kind, count in complained_of.items()
        if kind in EMPLOYED
    )


NOBODY = 0
"""Stands for who found, where nobody has."""


def facts_of(incident: Incident, *, on: date = date.min) -> Facts:
    """What decides what comes next and whether the incident can be closed. A first look, a plan or a finding of
    somebody who is shut out since is none: it is done anew. `on`: a need that was put off until a day before is
    open."""
    needs = needs_of([incident.pk])
    reached = reached_by([incident.pk]).get(incident.pk, {})
    triaged = Step.objects.filter(incident=incident, kind=StepKind.TRIAGED).order_by("-number").first()
    planned = Step.objects.filter(incident=incident, kind=StepKind.PLANNED).order_by("-number").first()
    counts = counts_of(incident)
    allegations = Allegation.objects.filter(incident=incident).order_by("number")
    is_ours = triaged is None or bool(triaged.facts.get("is_ours", True)) or allegations.exists()
    findings = AllegationFinding.objects.filter(incident=incident).order_by("pk").values_list("allegation_id", "by_id")
    holds, shut = dict(findings), {NOBODY, *shut_out_of(incident.pk)}
    duties = Duty.objects.filter(incident=incident)
    judges = list(holds.values() if is_ours or triaged is None else [triaged.by_id])
    judges += duties.filter(to__in=TAKES_TWO, standing=DutyStanding.NOT_TO_TELL).values_list("decided_by_id", flat=True)
    judges += [*said_why_none(incident).values(), *put_off_by(incident), *left_unmet_by(needs)]
    return Facts(
        stage=Stage(incident.stage),
        reached=frozenset(reached),
        anew=frozenset(StepKind(each.kind) for each in (triaged, planned) if each and each.by_id in shut),
        is_ours=is_ours,
        safe_now=safety_of([incident.pk]).get(incident.pk, Answer.NOT_KNOWN),
        somebody_raised_it=incident.raised_by_id is not None,
        allegations=list(allegations.values_list("number", flat=True)),
        unfound=[number for pk, number in allegations.values_list("pk", "number") if holds.get(pk, NOBODY) in shut],
        open_duties=duties.filter(standing__in=OPEN_DUTIES).count(),
        to_agree=list(duties.filter(standing=DutyStanding.TO_AGREE).values_list("decided_by_id", flat=True)),
        affected_counted=bool(counts[Side.AFFECTED]),
        complained_of_counted=bool(counts[Side.COMPLAINED_OF]),
        team_of_level=has_team_of_level(incident),
        employment_said=is_employment_said(incident, counts[Side.COMPLAINED_OF]),
        support_recorded=Support.objects.filter(incident=incident).exists(),
        without_measure=without_measure(incident),
        open_measures=unsettled_measures(incident),
        open_needs=unsettled_needs(needs, on=on),
        lessons=Lesson.objects.filter(incident=incident).count(),
        judged_by=frozenset(person for person in judges if person is not None),
        above=who_sits_above(incident),
    )


def midnight_of(day: date) -> datetime:
    """The instant at which a day begins (UTC)."""
    return datetime.combine(day, time(), UTC)


def stretches(pauses: Iterable[Pause]) -> dict[Clock, list[Stretch]]:
    """The times during which each clock stood still: until it was let go, or until the day that was said."""
    found: dict[Clock, list[Stretch]] = {}
    for pause in pauses:
        ends = midnight_of(pause.until_on)
        if pause.resumed_at is not None:
            ends = min(ends, pause.resumed_at)
        found.setdefault(Clock(pause.clock), []).append(Stretch(pause.from_at, ends))
    return found


def clocks_of(incidents: Iterable[Incident], *, now: datetime) -> dict[int, list[Running]]:
    """The clocks of many incidents, in ten queries, and one more of each that has a need: of steps, of duties, of
    measures, of needs, of help, of what the public is owed."""
    listed = list(incidents)
    reached = reached_by(each.pk for each in listed)
    pauses: dict[int, list[Pause]] = {}
    for pause in Pause.objects.filter(incident__in=[each.pk for each in listed]):
        pauses.setdefault(pause.incident_id, []).append(pause)
    spans, elsewhere, dated = agreed_spans(), not_ours_among(listed), dated_clocks(listed)
    waiting = write_up_clocks(listed, spans)
    stood_still = {pk: stretches(stops) for pk, stops in pauses.items()}
    measures, helped = measure_clocks(listed, stood_still, now=now), follow_up_clocks(listed)
    needed = need_clocks(listed)
    found: dict[int, list[Running]] = {}
    for incident in listed:
        said: Mapping[StepKind, datetime] = reached.get(incident.pk, {})
        found[incident.pk] = running_clocks(
            said,
            spans.get(incident.level, spans[""]),
            now=now,
            pauses=stood_still.get(incident.pk, {}),
            is_working=is_working_day(incident.country_code),
            is_ours=incident.pk not in elsewhere,
        )
        found[incident.pk] += [
            each for part in (dated, measures, needed, helped, waiting) for each in part.get(incident.pk, ())
        ]
        if incident.raised_by_id is None:
            found[incident.pk] = [each for each in found[incident.pk] if each.clock is not Clock.ACKNOWLEDGE]
    return found


def not_ours_among(incidents: Iterable[Incident]) -> set[int]:
    """Those of which triage said that they are no matter of safeguarding, and in which nothing is alleged."""
    ids = [each.pk for each in incidents]
    rows = Step.objects.filter(incident__in=ids, kind=StepKind.TRIAGED).order_by("number")
    last = dict(rows.values_list("incident_id", "facts"))
    alleged = set(Allegation.objects.filter(incident__in=ids).values_list("incident_id", flat=True))
    return {pk for pk, facts in last.items() if not facts.get("is_ours", True)} - alleged


def dated_clocks(incidents: Iterable[Incident]) -> dict[int, list[Running]]:
    """What has a day of its own: each duty to tell that is open, until the end of its day; a hold, until the day on
    which it is looked at again."""
    listed = list(incidents)
    held = [each.pk for each in listed if each.stage == Stage.DECIDED and each.decision == Publication.HOLD]
    found: dict[int, list[Running]] = {}
    newest: dict[int, PublicationDecision] = {}
    for decision in PublicationDecision.objects.filter(incident__in=held).order_by("number"):
        newest[decision.incident_id] = decision
    for pk, last in newest.items():
        if last.review_on is not None:
            found.setdefault(pk, []).append(Running(Clock.REVIEW, last.at, midnight_of(last.review_on), of=last.number))
    open_duties = Duty.objects.filter(incident__in=[each.pk for each in listed], standing__in=OPEN_DUTIES)
    for duty in open_duties.order_by("deadline_on", "pk"):
        ends = midnight_of(min(duty.deadline_on, LAST.date()) + timedelta(days=1))
        found.setdefault(duty.incident_id, []).append(Running(Clock.DUTY, duty.at, ends, of=duty.pk))
    return found


TO_PUBLISH = {"stage": Stage.DECIDED, "decision": Publication.PUBLISH}


def write_up_clocks(
    incidents: Iterable[Incident], spans: Mapping[str, Mapping[Clock, Span]]
) -> dict[int, list[Running]]:
    """The clock of each incident that is to be published and is not written up, since that was decided."""
    listed = {
        each.pk: each for each in incidents if each.stage == Stage.DECIDED and each.decision == Publication.PUBLISH
    }
    waiting = not_written_up(listed)
    newest: dict[int, PublicationDecision] = {}
    for decision in PublicationDecision.objects.filter(incident__in=waiting).order_by("number") if waiting else ():
        newest[decision.incident_id] = decision
    found = {}
    for pk, last in newest.items():
        span = spans.get(listed[pk].level, spans[""])[Clock.WRITE_UP]
        is_working = is_working_day(listed[pk].country_code)
        due = due_at(last.at, span, is_working=is_working)
        found[pk] = [Running(Clock.WRITE_UP, last.at, due, of=last.number)]
    return found


def unsettled() -> QuerySet[Incident]:
    """The incidents in which something may still run out: all but those with nothing to publish, and those that are to
    be published and are written up; and of these the ones with a measure that is not done, with a need that is open,
    or with help that is to be looked at again."""
    waiting = not_written_up(list(Incident.objects.filter(**TO_PUBLISH).values_list("pk", flat=True)))
    settled = Q(stage=Stage.DECIDED, decision=Publication.NOTHING) | (Q(**TO_PUBLISH) & ~Q(pk__in=waiting))
    open_measures = Measure.objects.filter(done_on=None).values("incident_id")
    dated = Q(follow_up_on__isnull=False) | Q(follow_ups__next_on__isnull=False)
    over = Incident.objects.filter(settled, pk__in=Support.objects.filter(dated).values("incident_id"))
    helped = {support.incident_id for support, _on in open_follow_ups(over.values("pk"))}
    with_needs = Incident.objects.filter(settled, pk__in=Need.objects.values("incident_id"))
    helped |= {each.need.incident_id for each in open_needs(with_needs.values("pk"))}
    return Incident.objects.filter(~settled | Q(pk__in=open_measures) | Q(pk__in=helped))


AFTER_THE_WORK = (Clock.DECISION, Clock.WRITE_UP, Clock.REVIEW, Clock.DUTY, Clock.MEASURE, Clock.NEED, Clock.FOLLOW_UP)


def clocks_of_copy(code: str, *, now: datetime) -> list[Running]:
    """The clocks of the work on what another desk handed over, by the code it was given; nothing else of it, nor whom
    we owe telling. As the house."""
    found = Incident.objects.filter(code=code, reference__isnull=False).first()
    running = clocks_of([found], now=now)[found.pk] if found else []
    return [each for each in running if each.clock not in AFTER_THE_WORK]
