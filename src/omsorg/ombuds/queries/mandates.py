"""Who holds an ombuds role in the house today, at which level and for which countries: read from the mandates."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from omsorg.federation.models import Lineage, Mandate, Organisation, Person
from omsorg.federation.roles import UnknownRole, role_called
from omsorg.kernel.wall import as_house
from omsorg.ombuds.roles import BOARD_MEMBER, ROLES
from omsorg.ombuds.rules.levels import Level
from omsorg.ombuds.rules.routing import EVERYWHERE

OMBUDS_ROLES = frozenset(role.code for role in ROLES)


@dataclass(frozen=True, slots=True)
class SeatToBe:
    """One seat as the mandates give it."""

    person: int
    level: Level
    countries: tuple[str, ...]
    units: tuple[str, ...] = ()
    manages: bool = False


def seats_by_mandate(on: date, people: Collection[int] | None = None) -> tuple[SeatToBe, ...]:
    """The seats that follow from the mandates of a day, of everybody or of these `people`.

    Of whoever holds a role of management as well it says so (`manages`): nobody hears and manages at the same time.
    """
    with as_house(day=on):
        held = Mandate.objects.select_related("organisation__place").filter(valid_from__lte=on)
        held = held.exclude(valid_until__lte=on).exclude(person__left_on__lte=on)
        if people is not None:
            held = held.filter(person__in=people)
        ours = [mandate for mandate in held if mandate.role in OMBUDS_ROLES]
        managing = {mandate.person_id for mandate in held if _manages(mandate.role)}
        below = _countries_below({mandate.organisation_id for mandate in ours}, on)
        homes = _homes({mandate.person_id for mandate in ours}, on)
    seats = set()
    for mandate in ours:
        level, countries = _seat(mandate, below)
        person = mandate.person_id
        seats.add(SeatToBe(person, level, countries, homes.get(person, ()), person in managing))
    return tuple(sorted(seats, key=lambda seat: (seat.person, seat.level.rank, seat.countries)))


def _manages(role: str) -> bool:
    """Whether a role gives a hand in how the house is run. One that no system knows that is on may well do so."""
    try:
        return role not in OMBUDS_ROLES and role_called(role).manages
    except UnknownRole:
        return True


def manages(person_id: int, on: date) -> bool:
    """Whether somebody holds a role of this office and one of management as well."""
    return any(seat.manages for seat in seats_by_mandate(on, [person_id]))


def _seat(mandate: Mandate, below: dict[int, set[str]]) -> tuple[Level, tuple[str, ...]]:
    organisation = mandate.organisation
    if mandate.role == BOARD_MEMBER.code:
        return Level.BOARD, (EVERYWHERE,)
    if organisation.kind == Organisation.Kind.INTERNATIONAL:
        return Level.GLOBAL, (EVERYWHERE,)
    if organisation.place is not None:
        return Level.NATIONAL, (organisation.place.country_code,)
    return Level.REGIONAL, tuple(sorted(below.get(organisation.pk, ())))


def _homes(people: Collection[int], on: date) -> dict[int, tuple[str, ...]]:
    """The codes of the house each person belongs to and of all above it."""
    above: defaultdict[int, set[str]] = defaultdict(set)
    belongs = dict(Person.objects.filter(pk__in=people).values_list("pk", "organisation_id"))
    rows = Lineage.objects.filter(descendant__in=set(belongs.values()), valid_from__lte=on).exclude(valid_until__lte=on)
    for house, code in rows.values_list("descendant_id", "ancestor__code"):
        above[house].add(code)
    return {person: tuple(sorted(above[house])) for person, house in belongs.items()}


def _countries_below(organisations: Collection[int], on: date) -> dict[int, set[str]]:
    found: defaultdict[int, set[str]] = defaultdict(set)
    rows = Lineage.objects.filter(ancestor__in=organisations, valid_from__lte=on, descendant__place__isnull=False)
    rows = rows.exclude(valid_until__lte=on)
    for ancestor, country in rows.values_list("ancestor_id", "descendant__place__country_code"):
        found[ancestor].add(country)
    return found


@dataclass(frozen=True, slots=True)
class Belonging:
    """What somebody is called, and the house she belongs to: its code and its name."""

    shown_name: str
    unit: str
    unit_name: str


def belonging(people: Collection[int]) -> dict[int, Belonging]:
    """What each of these people is called today, and where she belongs, as the house has it."""
    with as_house():
        known = Person.objects.filter(pk__in=people)
        rows = known.values_list("pk", "name", "organisation__code", "organisation__name")
        return {person: Belonging(name, code, house) for person, name, code, house in rows}


def who_may_be_recruited(on: date) -> list[tuple[int, str]]:
    """Everybody who holds a role of this office on a day, by name: children may have helped to choose them."""
    with as_house(day=on):
        held = Mandate.objects.filter(role__in=OMBUDS_ROLES, valid_from__lte=on).exclude(valid_until__lte=on)
        people = Person.objects.filter(pk__in=held.values("person_id")).exclude(left_on__lte=on)
        return list(people.order_by("name", "pk").values_list("pk", "name"))


def addressee(person_id: int) -> Person | None:
    """Whom to write to, read as the house; None for somebody who has left or has no address."""
    with as_house():
        return Person.objects.filter(pk=person_id, left_on__isnull=True).exclude(email="").first()
