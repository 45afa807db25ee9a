"""Many incidents at once: what a person sees, with their clocks; what waits, what is overdue below."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet

from omsorg.federation.access import Acting
from omsorg.safeguarding.access import HANDLE
from omsorg.safeguarding.models import Duty, Incident, Measure, Pause, TeamMember
from omsorg.safeguarding.queries.follow_ups import open_follow_ups
from omsorg.safeguarding.queries.incident import clocks_of, unsettled
from omsorg.safeguarding.queries.needs import open_needs
from omsorg.safeguarding.queries.safety import safety_of
from omsorg.safeguarding.rules.clocks import Running
from omsorg.safeguarding.rules.codes import OPEN_DUTIES, Answer, Clock, Stage

OVER = (Stage.CLOSED, Stage.DECIDED)


@dataclass(frozen=True, slots=True)
class Line:
    """One incident in a list: its clocks, and the one that comes next or is overdue longest."""

    incident: Incident
    clocks: tuple[Running, ...]
    now: datetime
    safe_now: Answer = Answer.YES

    @property
    def is_unsafe(self) -> bool:
        """Whether somebody is not safe, by the last word on it, in an incident that is open."""
        return self.safe_now is Answer.NO and self.incident.stage not in OVER

    @property
    def next_clock(self) -> Running | None:
        """The clock that runs out first among those that run."""
        waiting = [
            each
            for each in self.clocks
            if each.done_at is None and (not each.stands_still or each.is_overdue(self.now))
        ]
        return min(waiting, key=lambda each: each.due_at, default=None)

    @property
    def days_overdue(self) -> int:
        running = self.next_clock
        return running.days_overdue(self.now) if running else 0


def incidents_visible_to(acting: Acting) -> QuerySet[Incident]:
    """What this person may see: as a focal person of the line, or as a member of the team. The database asks again."""
    mine = TeamMember.objects.filter(person_id=acting.person_id, left_at=None)
    found = Incident.objects.select_related("organisation", "handled_at")
    units = acting.units_answered_for(HANDLE)
    of_line = found.filter(Q(organisation_id__in=units) | Q(handled_at_id__in=units))
    if not acting.may_anywhere("safeguarding.work"):
        return of_line
    return found.filter(pk__in=mine.values("incident_id")) | of_line


def lines_of(incidents: Iterable[Incident], *, now: datetime) -> list[Line]:
    """The lines of a list, in the order given."""
    listed = list(incidents)
    clocks = clocks_of(listed, now=now)
    safe = safety_of(each.pk for each in listed)
    return [Line(each, tuple(clocks[each.pk]), now, safe.get(each.pk, Answer.NOT_KNOWN)) for each in listed]


def open_lines(acting: Acting, *, now: datetime) -> list[Line]:
    """What is open and seen by this person: where somebody is not safe first, then the longest overdue, then what is
    due next."""
    found = lines_of(incidents_visible_to(acting).exclude(stage__in=OVER), now=now)
    return sorted(found, key=_urgency)


def _urgency(line: Line) -> tuple[bool, int, float, int]:
    running = line.next_clock
    due = running.due_at.timestamp() if running else float("inf")
    return not line.is_unsafe, -line.days_overdue, due, line.incident.pk


def overdue_below(acting: Acting, *, now: datetime) -> list[Line]:
    """What is overdue and handled below where this person sits."""
    seats = acting.seats_for(HANDLE)
    below = acting.units_answered_for(HANDLE) - seats
    found = incidents_visible_to(acting).filter(handled_at_id__in=below, pk__in=unsettled().values("pk"))
    return sorted((line for line in lines_of(found, now=now) if line.days_overdue), key=_urgency)


def still_below(acting: Acting, *, now: datetime) -> list[tuple[Line, Pause]]:
    """The clocks that stand still now in what is handled below where this person sits, the longest stop first."""
    below = acting.units_answered_for(HANDLE) - acting.seats_for(HANDLE)
    found = incidents_visible_to(acting).filter(handled_at_id__in=below)
    runs_on = ~Q(incident__stage__in=OVER) | Q(clock=Clock.MEASURE)
    pauses = Pause.objects.filter(runs_on, incident__in=found.values("pk"), resumed_at=None, until_on__gt=now.date())
    stopped = list(pauses.order_by("-until_on", "incident_id", "pk"))
    lines = {
        line.incident.pk: line for line in lines_of(found.filter(pk__in={x.incident_id for x in stopped}), now=now)
    }
    return [(lines[each.incident_id], each) for each in stopped if _stands(lines[each.incident_id], each)]


def _stands(line: Line, pause: Pause) -> bool:
    return any(each.clock == pause.clock and each.stands_still for each in line.clocks)


@dataclass(frozen=True, slots=True)
class Due:
    """Something of an incident that has a day of its own: a duty, a measure, a need, help to be looked at again."""

    incident: Incident
    what: str
    kind: str
    on: date
    of: int


def dated_work(incidents: QuerySet[Incident], *, now: datetime) -> list[Due]:
    """Duties not done, measures not done, needs not met, help to be followed up, by their day, also of closed
    incidents; and of those closed the decision that is owed to the public, and the hold that comes back."""
    ids = incidents.values("pk")
    found = [
        Due(each.incident, "duty", each.to, each.deadline_on, each.pk)
        for each in Duty.objects.filter(incident__in=ids, standing__in=OPEN_DUTIES).select_related("incident")
    ]
    measured = lines_of(incidents.filter(pk__in=Measure.objects.filter(done_on=None).values("incident_id")), now=now)
    found += [
        Due(line.incident, "measure", "", _last_day(running), running.of)
        for line in measured
        for running in line.clocks
        if running.clock is Clock.MEASURE
    ]
    found += [Due(each.need.incident, "need", each.need.kind, each.on, each.need.pk) for each in open_needs(ids)]
    found += [Due(each.incident, "support", each.kind, on, each.pk) for each, on in open_follow_ups(ids)]
    over = lines_of(incidents.filter(stage__in=OVER, pk__in=unsettled().values("pk")), now=now)
    found += [
        Due(line.incident, running.clock, "", _last_day(running), running.of)
        for line in over
        for running in line.clocks
        if running.done_at is None and running.clock in (Clock.DECISION, Clock.WRITE_UP, Clock.REVIEW)
    ]
    return sorted(found, key=lambda each: (each.on, each.incident.pk, each.of))


def _last_day(running: Running) -> date:
    """The day on which it is to be done: a hold is looked at again on the day that was said."""
    is_review = running.clock is Clock.REVIEW
    return running.due_at.date() if is_review else (running.due_at - timedelta(microseconds=1)).date()
