"""Where children live whom nobody has been to see lately, and the panels in which children helped to choose."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from omsorg.federation.models import Lineage, Organisation
from omsorg.kernel.wall import as_house
from omsorg.ombuds.models import Panel, Seat, Visit
from omsorg.ombuds.rules.awareness import Standing, standing
from omsorg.ombuds.rules.routing import EVERYWHERE

KINDS = (Organisation.Kind.NATIONAL_ASSOCIATION, Organisation.Kind.PROGRAMME, Organisation.Kind.LOCAL_PARTNER)
"""The organisations in which children live or are looked after; the others are offices."""
PLACE = "place"
"""What is no organisation: a village or a school that somebody has been to once, and that can be forgotten."""


@dataclass(frozen=True, slots=True)
class Visited:
    """One place in somebody's reach, and when anybody was last there. `code`: of the organisation, else empty."""

    code: str
    name: str
    kind: str
    country: str
    last_on: date | None
    times: int
    standing: Standing


def reach_of(person: int, on: date) -> frozenset[str]:
    """The countries whose children somebody hears, as her seats say. Within `at_the_desk`."""
    seats = [seat for seat in Seat.objects.filter(person=person) if seat.counts_on(on)]
    return frozenset(country for seat in seats for country in seat.countries)


def organisations_in(reach: frozenset[str], on: date) -> list[tuple[str, str, str, str]]:
    """Code, name, kind and country of every organisation there with children: its own country, or of the next above."""
    with as_house(day=on):
        there = Organisation.objects.filter(kind__in=KINDS, exists_from__lte=on).exclude(exists_until__lte=on)
        found = list(there.order_by("name").values_list("pk", "code", "name", "kind", "place__country_code"))
        above = Lineage.objects.filter(
            descendant__in=[row[0] for row in found if not row[4]], ancestor__place__isnull=False, valid_from__lte=on
        ).exclude(valid_until__lte=on)
        nearest = dict(above.order_by("-depth").values_list("descendant_id", "ancestor__place__country_code"))
    rows = [(code, name, kind, country or nearest.get(pk, "")) for pk, code, name, kind, country in found]
    return [row for row in rows if EVERYWHERE in reach or row[3] in reach]


def visited(person: int, *, today: date, months: int) -> list[Visited]:
    """Every place in somebody's reach: first where nobody has ever been, then the longest ago. Within `at_the_desk`.

    A panel with children is a visit too. A place that no organisation stands for is known from its first visit on.
    """
    reach = reach_of(person, today)
    known = organisations_in(reach, today)
    codes = {row[0] for row in known}
    days: defaultdict[tuple[str, str], list[date]] = defaultdict(list)
    names: dict[tuple[str, str], tuple[str, str]] = {}
    seen = [*Visit.objects.values_list("on", "unit", "country", "place")]
    seen += Panel.objects.values_list("on", "unit", "country", "place")
    for on, unit, country, place in sorted(seen):
        if unit in codes:
            days["", unit].append(on)
        elif not unit and (EVERYWHERE in reach or country in reach):
            days[country, place.casefold()].append(on)
            names[country, place.casefold()] = country, place
    rows = [("", code, name, kind, country) for code, name, kind, country in known]
    rows += [(key[0], key[1], place, PLACE, country) for key, (country, place) in names.items()]
    found = []
    for where, key, name, kind, country in rows:
        times = days[where, key]
        last = max(times, default=None)
        how = standing(last, today=today, months=months)
        found.append(Visited("" if kind == PLACE else key, name, kind, country, last, len(times), how))
    return sorted(found, key=lambda row: (row.last_on or date.min, row.name.casefold(), row.code))


def panels() -> list[Panel]:
    """The panels with children, the newest first. Within `at_the_desk`."""
    return list(Panel.objects.order_by("-on", "pk"))
