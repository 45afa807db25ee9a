"""Closed incidents about which the public is to be told, or not yet: what openness reads, and nothing else of them."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection

from omsorg.federation.access import Acting
from omsorg.federation.models import Lineage, Organisation
from omsorg.kernel.wall import as_house
from omsorg.safeguarding.models import AllegationFinding, Incident
from omsorg.safeguarding.queries.agreed import agreed_spans
from omsorg.safeguarding.queries.incident import write_up_clocks
from omsorg.safeguarding.rules.codes import Finding, Publication, Stage

WRITING = "openness.write"


@dataclass(frozen=True, slots=True)
class ClosedIncident:
    """A closed incident with its decision (`publish`, or `hold` with a class of reason and a day of review).

    `affected`: how many persons of each type; not suppressed: whoever publishes does that. `programme_code` is empty
    where it is about no programme; `organisation_code` is the association it belongs to, or else what it is about.
    """

    id: int
    code: str
    number: str
    country: str
    programme_code: str
    organisation_code: str
    level: str
    type: str
    received_on: date
    closed_on: date
    affected: Mapping[str, int]
    decision: str
    reason_class: str
    review_on: date | None


def incidents_to_publish(acting: Acting) -> tuple[ClosedIncident, ...]:
    """The closed incidents that were decided to be published or held, where this person writes for the public.

    The database leaves out those from which the person is shut out. Oldest closing first.
    """
    units = acting.units_answered_for(WRITING)
    if not units:
        return ()
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM safeguarding_decided_for(%s)", [list(units)])
        rows = cursor.fetchall()
    places = _places([row[4] for row in rows], acting.day)
    return tuple(_closed(row, *places[row[4]]) for row in rows)


def written_up_by(incidents: Collection[int]) -> dict[int, date]:
    """The last day on which each of these that is to be published is written up in time, where it lies; nothing for one
    that is written up. Asked in the name of the house, of incidents that the reader may write up."""
    with as_house():
        listed = list(Incident.objects.filter(pk__in=incidents))
        running = write_up_clocks(listed, agreed_spans())
    # A clock ends with the instant at which its last day is over.
    return {pk: (clock.due_at - timedelta(microseconds=1)).date() for pk, (clock,) in running.items()}


def is_to_be_published(incident: int) -> bool:
    """Whether an incident is closed and was decided, last, to be published; asked in the name of the house, since
    whoever releases may not see incidents."""
    with as_house():
        return Incident.objects.filter(pk=incident, stage=Stage.DECIDED, decision=Publication.PUBLISH).exists()


def _closed(row: tuple, programme: str, organisation: str) -> ClosedIncident:
    pk, code, number, country, _unit, level, nature, received, closed, decision, reason, review_on, affected = row
    return ClosedIncident(
        id=pk,
        code=code,
        number=number,
        country=country,
        programme_code=programme,
        organisation_code=organisation,
        level=level,
        type=nature,
        received_on=received,
        closed_on=closed,
        affected=json.loads(affected) if isinstance(affected, str) else affected,
        decision=decision,
        reason_class=reason,
        review_on=review_on,
    )


def _places(units: list[int], day: date) -> dict[int, tuple[str, str]]:
    """The programme and the association of each organisation, by their codes."""
    line = Lineage.objects.filter(Lineage.standing(day), descendant_id__in=units)
    found: dict[int, tuple[str, str]] = {}
    for row in line.select_related("ancestor", "descendant").order_by("descendant_id", "depth"):
        programme, association = found.get(row.descendant_id, ("", ""))
        if row.ancestor.kind == Organisation.Kind.PROGRAMME and not programme:
            programme = row.ancestor.code
        if row.ancestor.kind == Organisation.Kind.NATIONAL_ASSOCIATION and not association:
            association = row.ancestor.code
        found[row.descendant_id] = (programme, association)
    codes = dict(Organisation.objects.filter(pk__in=units).values_list("pk", "code"))
    return {unit: (found.get(unit, ("", ""))[0], found.get(unit, ("", ""))[1] or codes[unit]) for unit in units}


def is_substantiated(incident_id: int) -> bool:
    """Whether an allegation of this incident was found to be true, by its newest finding."""
    rows = AllegationFinding.objects.filter(incident_id=incident_id).order_by("id")
    newest = dict(rows.values_list("allegation_id", "finding"))
    return Finding.SUBSTANTIATED in newest.values()
