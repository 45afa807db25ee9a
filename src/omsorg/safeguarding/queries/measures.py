"""What is done about what was found: which findings lack a measure, which measures are open, and their clocks."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from omsorg.safeguarding.models import AllegationFinding, Incident, Measure, Step
from omsorg.safeguarding.queries.people import shut_out_of
from omsorg.safeguarding.rules.clocks import Running, Span, Stretch, Unit, due_at
from omsorg.safeguarding.rules.codes import Clock, Finding, StepKind


def substantiated(incident: Incident) -> list[int]:
    """The numbers of the allegations of which the finding that holds says that they are substantiated."""
    rows = AllegationFinding.objects.filter(incident=incident).order_by("pk")
    newest = dict(rows.values_list("allegation__number", "finding"))
    return sorted(number for number, finding in newest.items() if finding == Finding.SUBSTANTIATED)


def said_why_none(incident: Incident) -> dict[int, int | None]:
    """Of each allegation, by number, who said why nothing is done about it, since it was last found on. What somebody
    said who is shut out since is not said."""
    found: dict[int, int | None] = {}
    shut = shut_out_of(incident.pk)
    rows = Step.objects.filter(incident=incident, kind__in=(StepKind.FOUND, StepKind.NO_MEASURE)).order_by("number")
    for kind, facts, by in rows.values_list("kind", "facts", "by_id"):
        if kind == StepKind.NO_MEASURE:
            found[facts["allegation"]] = by
        else:
            found.pop(facts.get("allegation"), None)
    return {number: by for number, by in found.items() if by not in shut}


def put_off_by(incident: Incident) -> list[int | None]:
    """Who said that a measure which is not done lives on after closing."""
    rows = Measure.objects.filter(incident=incident).order_by("pk").values_list("done_on", flat=True)
    undone = [number for number, done_on in enumerate(rows, start=1) if done_on is None]
    said = Step.objects.filter(incident=incident, kind=StepKind.MEASURE_LIVES_ON, facts__measure__in=undone)
    return list(said.values_list("by_id", flat=True))


def without_measure(incident: Incident) -> list[int]:
    """The substantiated allegations about which nothing was done or lives on, and of which nobody said why."""
    measures = Measure.objects.filter(incident=incident, allegation__isnull=False)
    answered = set(measures.exclude(done_on=None, lives_on_reason="").values_list("allegation__number", flat=True))
    answered |= said_why_none(incident).keys()
    return [number for number in substantiated(incident) if number not in answered]


def unsettled_measures(incident: Incident) -> list[int]:
    """The numbers of the measures that are neither done nor said to live on after closing, by somebody who is not shut
    out since."""
    rows = Measure.objects.filter(incident=incident).order_by("pk").values_list("done_on", "lives_on_reason")
    said = Step.objects.filter(incident=incident, kind=StepKind.MEASURE_LIVES_ON).order_by("number")
    who, shut = dict(said.values_list("facts__measure", "by_id")), shut_out_of(incident.pk)
    return [
        number
        for number, (done_on, reason) in enumerate(rows, start=1)
        if done_on is None and (not reason or who.get(number) in shut)
    ]


def measure_clocks(
    incidents: Iterable[Incident], stood_still: Mapping[int, Mapping[Clock, Sequence[Stretch]]], *, now: datetime
) -> dict[int, list[Running]]:
    """The clock of each measure that is not done: until the end of its day, put off by the days on which the measures
    of its incident stood still. It runs on after closing."""
    found: dict[int, list[Running]] = {}
    rows = Measure.objects.filter(incident__in=[each.pk for each in incidents], done_on=None)
    for each in rows.order_by("due_on", "pk"):
        stops = stood_still.get(each.incident_id, {}).get(Clock.MEASURE, ())
        ends = due_at(each.at, Span((each.due_on - each.at.date()).days, Unit.DAYS), pauses=stops)
        still = any(stop.begins <= now < stop.ends for stop in stops)
        running = Running(Clock.MEASURE, each.at, ends, stands_still=still, of=each.pk)
        found.setdefault(each.incident_id, []).append(running)
    return found
