"""How many incidents a person may see, and what became of those complained of in them; small counts withheld."""

from dataclasses import dataclass

from omsorg.federation.access import Acting
from omsorg.safeguarding.models import EmploymentState, Incident, PersonCount
from omsorg.safeguarding.queries.lists import incidents_visible_to
from omsorg.safeguarding.rules.codes import Side
from omsorg.safeguarding.rules.statistics import Complained, Counted, Shown, Tables, outcomes_of, tables_of


@dataclass(frozen=True, slots=True)
class Statistics:
    """Counts of incidents by table, and of persons complained of by what became of their work, each with its total.

    None in the place of a number that is withheld.
    """

    incidents: int | None
    tables: Tables
    complained_of: int | None
    employment: Shown

    @property
    def tells_nothing(self) -> bool:
        """Whether there is something to count, and each number of it is withheld."""
        counts = [count for shown in (*self.tables.values(), self.employment) for count in shown.values()]
        return self.incidents is None and self.complained_of in (None, 0) and not any(counts)


def statistics_for(acting: Acting, *, smallest_shown: int) -> Statistics:
    """Of the incidents that this person may see, and of no others."""
    visible = list(incidents_visible_to(acting))
    tables, incidents = tables_of((_counted(each) for each in visible), smallest_shown=smallest_shown)
    employment, complained_of = outcomes_of(_complained([each.pk for each in visible]), smallest_shown=smallest_shown)
    return Statistics(incidents, tables, complained_of, employment)


def _counted(incident: Incident) -> Counted:
    days = (incident.closed_at - incident.received_at).days if incident.closed_at else None
    return Counted(incident.received_at.year, incident.nature, incident.level, incident.channel, days)


def _complained(incidents: list[int]) -> list[Complained]:
    """The newest count of each type, and the newest word on each type and state, by incident; in two queries."""
    counted: dict[int, dict[str, int]] = {}
    counts = PersonCount.objects.filter(incident__in=incidents, side=Side.COMPLAINED_OF).order_by("pk")
    for incident, kind, count in counts.values_list("incident_id", "type", "count"):
        counted.setdefault(incident, {})[kind] = count
    said: dict[int, dict[str, dict[str, int]]] = {}
    states = EmploymentState.objects.filter(incident__in=incidents).order_by("pk")
    for incident, kind, state, count in states.values_list("incident_id", "type", "state", "count"):
        said.setdefault(incident, {}).setdefault(kind, {})[state] = count
    return [Complained(types, said.get(incident, {})) for incident, types in counted.items()]
