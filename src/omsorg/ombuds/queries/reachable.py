"""Who can be reached: the ombudspersons who would hear a child of a country, and whom a child may shut out."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.conf import settings

from omsorg.kernel import clock
from omsorg.ombuds.access import ombuds_database
from omsorg.ombuds.models import Ring
from omsorg.ombuds.queries.vouching import as_it_stands, vouched
from omsorg.ombuds.rules.levels import Level
from omsorg.ombuds.rules.refusals import NobodyListens
from omsorg.ombuds.rules.routing import Conflicts, Hearer, route, unit_code


@dataclass(frozen=True, slots=True)
class Reachable:
    """One who would hear. `ring` is what the form hands back when the child says "not this one"."""

    ring: int
    name: str
    level: Level


def is_only_example() -> bool:
    """Whether words that come in now reach invented people alone: the site shows the example, and nobody else hears.

    From the first real ring on, children are heard by real people, whatever the site shows beside.
    """
    if not settings.ENVIRONMENT.example:
        return False
    return not Ring.objects.filter(is_example=False, vouched_on__isnull=False, retired_on__isnull=True).exists()


@dataclass(slots=True)
class Known:
    """By what a person is known who hears: all that stands, or stood, on her rings, the retired ones too."""

    names: set[str] = field(default_factory=set)
    units: set[str] = field(default_factory=set)
    unit_names: set[str] = field(default_factory=set)

    def add(self, ring: Ring) -> None:
        self.names |= {ring.shown_name, *ring.earlier_names}
        self.units |= {ring.unit, *ring.earlier_units}
        self.unit_names |= {ring.unit_name, *ring.earlier_unit_names}


_KNOWN: dict[tuple[object, ...], tuple[Hearer, ...]] = {}
MOST_KNOWN = 16


def hearers(on: date, *, example: bool = False) -> tuple[Hearer, ...]:
    """Everybody who hears on a day: a ring that counts, and a seat that counts, confirmed
    by a signature that holds. Invented people hear invented children
    alone (`example`), and real children are heard by none of them.

    Each child's page asks this, so the answer is kept in the process as long as no ring and no seat has changed.
    """
    key = (ombuds_database(), as_it_stands(), on, example)
    found = _KNOWN.get(key)
    if found is None:
        if len(_KNOWN) >= MOST_KNOWN:
            _KNOWN.clear()
        found = _KNOWN[key] = _hearers(on, example=example)
    return found


def _hearers(on: date, *, example: bool) -> tuple[Hearer, ...]:
    office = vouched()
    rings: dict[int, Ring] = {}
    known = defaultdict[int, Known](Known)
    for ring in office.rings.values():
        if ring.is_example != example:
            continue
        known[ring.person].add(ring)
        if ring.counts:
            rings[ring.person] = ring
    return tuple(
        Hearer(
            ring=ring.pk,
            person=ring.person,
            level=Level(seat.level),
            countries=frozenset(seat.countries),
            shown_name=ring.shown_name,
            units=frozenset(map(unit_code, (*seat.units, *known[ring.person].units))),
            unit_name=ring.unit_name,
            public_key=bytes(ring.public_key),
            earlier_names=tuple(sorted(known[ring.person].names - {ring.shown_name})),
            earlier_unit_names=tuple(sorted(known[ring.person].unit_names - {ring.unit_name})),
        )
        for person, ring in rings.items()
        for seat in office.seats[person]
        if seat.counts_on(on) and office.holds(seat, ring)
    )


def ombudspersons_for(country: str, *, on: date | None = None, example: bool = False) -> tuple[Reachable, ...]:
    """The names that a child of this country may shut out: those who would hear it now, and those above them.

    `example`: among invented people, where these alone would hear (`is_only_example`). Empty where nobody can be
    reached: then the page says so before the child writes.
    """
    try:
        found = route(hearers(on or clock.today(), example=example), country, Conflicts())
    except NobodyListens:
        return ()
    return tuple(Reachable(hearer.ring, hearer.shown_name, hearer.level) for hearer in (*found.hearing, *found.waiting))
