"""Seats follow the mandates of the house, and count once the office has confirmed them."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, datetime

from omsorg.federation.access import Acting
from omsorg.ombuds.access import in_name_of_the_house
from omsorg.ombuds.actions.names import keep_names
from omsorg.ombuds.models import Ring, Seat
from omsorg.ombuds.queries.mandates import SeatToBe, seats_by_mandate
from omsorg.ombuds.queries.rings import seats_given
from omsorg.ombuds.rules.levels import Level
from omsorg.ombuds.rules.refusals import NoSeat, NotAbove
from omsorg.ombuds.rules.routing import EVERYWHERE

Place = tuple[int, str]
"""A person and the level at which she sits: there are no two seats of one person at one level side by side, but where a
part of the countries is confirmed and the rest is not yet."""


def keep_seats(on: date, people: Collection[int] | None = None) -> int:
    """Bring the seats up to the mandates of a day, of everybody or of these `people`. Says how many were changed.

    What the house adds waits for the office: a new seat, and a new country of one that is there. What it takes ends,
    with one exception: whoever gets a role of management keeps the seat where nobody else would hear a country; so
    nobody ends the office by giving its people other roles. Two databases may be at work: the mandates are read first,
    and doing it twice changes nothing. The names on their rings follow as well.
    """
    keep_names(people)
    given = _by_place(seats_by_mandate(on, people))
    changed = 0
    with in_name_of_the_house():
        rows = Seat.objects.filter(valid_until__isnull=True)
        if people is not None:
            rows = rows.filter(person__in=people)
        kept: defaultdict[Place, list[Seat]] = defaultdict(list)
        for seat in rows.select_for_update():
            kept[seat.person, seat.level].append(seat)
        staying = _kept_though_managing(kept, given, on)
        for place in sorted({*kept, *given}):
            told = given.get(place)
            if told is not None and told.manages and place not in staying:
                told = None
            changed += _bring_up(place, kept.get(place, []), told, on)
    return changed


def _by_place(seats: Iterable[SeatToBe]) -> dict[Place, SeatToBe]:
    """The seats of the mandates: several of one person at one level are one seat, for all their countries."""
    found: dict[Place, SeatToBe] = {}
    for seat in seats:
        place = seat.person, str(seat.level)
        known = found.get(place)
        countries = tuple(sorted({*seat.countries, *(known.countries if known else ())}))
        found[place] = SeatToBe(seat.person, seat.level, countries, seat.units, seat.manages)
    return found


def _bring_up(place: Place, kept: list[Seat], told: SeatToBe | None, on: date) -> int:
    known = {country for seat in kept for country in seat.countries}
    units = {tuple(seat.units) for seat in kept}
    if told is not None and kept and known == set(told.countries) and units == {tuple(told.units)}:
        return 0
    confirmed = next((seat for seat in kept if seat.confirmed_on is not None), None)
    for seat in kept:
        seat.valid_until = max(on, seat.valid_from)
        seat.save(update_fields=["valid_until"])
    if told is None:
        return len(kept)
    before = {country for seat in kept if seat.confirmed_on is not None for country in seat.countries}
    for countries, is_confirmed in ((set(told.countries) & before, True), (set(told.countries) - before, False)):
        if countries or not (before or is_confirmed):
            Seat.objects.create(
                person=told.person,
                level=told.level,
                countries=sorted(countries),
                units=list(told.units),
                valid_from=on,
                confirmed_by=confirmed.confirmed_by if confirmed and is_confirmed else None,
                confirmed_on=confirmed.confirmed_on if confirmed and is_confirmed else None,
            )
    return len(kept) + 1


def _kept_though_managing(kept: dict[Place, list[Seat]], given: dict[Place, SeatToBe], on: date) -> frozenset[Place]:
    """Of the seats whose holders got a role of management: those without which nobody would hear a country."""
    ending = {place for place in kept if (told := given.get(place)) is not None and told.manages}
    if not ending:
        return frozenset()
    rings = set(Ring.objects.filter(vouched_on__isnull=False, retired_on__isnull=True).values_list("person", flat=True))
    left, going = set[str](), []
    for seat in Seat.objects.filter(valid_until__isnull=True, confirmed_on__isnull=False, person__in=rings):
        place = seat.person, seat.level
        if place in ending:
            going.append(seat)
        elif seat.holds_on(on) and (place not in kept or place in given):
            left |= set(seat.countries)
    staying = set[Place]()
    for country in {country for seat in going for country in seat.countries}:
        if country in left or EVERYWHERE in left:
            continue
        able = [seat for seat in going if country in seat.countries or EVERYWHERE in seat.countries]
        highest = max(Level(seat.level).rank for seat in able)
        staying |= {(seat.person, seat.level) for seat in able if Level(seat.level).rank == highest}
    return frozenset(staying)


def confirm_seats(person: int, *, anew: bool = False, by: Acting, at: datetime) -> list[Seat]:
    """Confirm, for the office, the seats that the house has given somebody; those that were confirmed stay so.

    Raises NoSeat where none is given, and NotAbove where one is above the seats of who confirms, or for a country that
    these do not have. `anew`: it is a new ring that will hear there, so that confirmed seats are compared as well: who
    makes a ring anew is vouched for from no lower than who came first. Within `at_the_desk`.
    """
    mine = [seat for seat in seats_given(by.person_id, at.date()) if seat.confirmed_on is not None]
    theirs = seats_given(person, at.date())
    if not theirs:
        raise NoSeat
    new = [seat for seat in theirs if seat.confirmed_on is None]
    if not all(_covers(mine, seat) for seat in (theirs if anew else new)):
        raise NotAbove
    with in_name_of_the_house():
        for seat in new:
            seat.confirmed_by, seat.confirmed_on = by.person_id, at.date()
            seat.save(update_fields=["confirmed_by", "confirmed_on"])
    return new


def _covers(mine: Iterable[Seat], theirs: Seat) -> bool:
    high = [seat for seat in mine if Level(seat.level).rank >= Level(theirs.level).rank]
    countries = {country for seat in high for country in seat.countries}
    return bool(high) and (EVERYWHERE in countries or set(theirs.countries) <= countries)
