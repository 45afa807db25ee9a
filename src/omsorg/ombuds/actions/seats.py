"""Seats follow the mandates of the house, and count once the office has confirmed them."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, datetime

from omsorg.federation.access import Acting
from omsorg.kernel.sealing import sign
from omsorg.ombuds.access import OpenRing, in_name_of_the_house
from omsorg.ombuds.actions.names import keep_names
from omsorg.ombuds.models import Ring, Seat
from omsorg.ombuds.queries.mandates import SeatToBe, seats_by_mandate
from omsorg.ombuds.queries.rings import seats_given
from omsorg.ombuds.queries.vouching import covers, said_of, vouched
from omsorg.ombuds.rules.levels import Level
from omsorg.ombuds.rules.not_seated import NoSeat
from omsorg.ombuds.rules.refusals import NoSigningKey, NotAbove
from omsorg.ombuds.rules.routing import EVERYWHERE

Place = tuple[int, str]
"""A person and the level at which she sits: there are no two seats of one person at one level side by side, but where a
part of the countries is confirmed and the rest is not yet."""


CONFIRMED = ("confirmed_by", "confirmed_on", "signed_by", "signed_countries", "signature")


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
    for seat in kept:
        seat.valid_until = max(on, seat.valid_from)
        seat.save(update_fields=["valid_until"])
    if told is None:
        return len(kept)
    before = set[str]()
    for seat in kept:
        staying = (set(told.countries) & set(seat.countries)) - before
        if seat.confirmed_on is not None and staying:
            _sit(told, staying, on, like=seat)
            before |= staying
    if set(told.countries) - before or not before:
        _sit(told, set(told.countries) - before, on)
    return len(kept) + 1


def _sit(told: SeatToBe, countries: set[str], on: date, *, like: Seat | None = None) -> None:
    """A seat from a day on; confirmed and signed as the one it takes the place of, or not yet."""
    Seat.objects.create(
        person=told.person,
        level=told.level,
        countries=sorted(countries),
        units=list(told.units),
        valid_from=on,
        **{name: getattr(like, name) for name in CONFIRMED if like is not None},
    )


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


def confirm_seats(found: Ring, *, anew: bool = False, ring: OpenRing, by: Acting, at: datetime) -> list[Seat]:
    """Confirm, for the office, the seats that the house has given somebody whose ring is `found`: each with a signature
    of one's own ring. Those that were confirmed stay so; where they were not signed for yet, they are now.

    Raises NoSeat where none is given, and NotAbove where one is above the seats of who confirms, or for a country that
    these do not have. `anew`: it is a new ring that will hear there, so that confirmed seats are compared and signed as
    well: who makes a ring anew is vouched for from no lower than who came first. Within `at_the_desk`.
    """
    office = vouched()
    my_ring = office.rings[ring.ring]
    today = [seat for seat in seats_given(by.person_id, at.date()) if seat.confirmed_on is not None]
    mine = [seat for seat in today if office.holds(seat, my_ring)]
    theirs = seats_given(found.person, at.date())
    if not theirs:
        raise NoSeat
    new = theirs if anew else [seat for seat in theirs if seat.confirmed_on is None or not seat.signature]
    if not all(covers(mine, seat.level, seat.countries) for seat in new):
        raise NotAbove
    if new and not found.signing_key:
        raise NoSigningKey(name=found.shown_name)
    with in_name_of_the_house():
        return [sign_seat(seat, found, ring=ring, on=at.date()) for seat in new]


def sign_seat(seat: Seat, found: Ring, *, ring: OpenRing, on: date) -> Seat:
    """Confirm one seat for a ring by a signature. One that was signed before ends, and stays as it was: what its holder
    has signed rests on it. In the name of the house."""
    if seat.signature:
        seat.valid_until = seat.end_told_on = max(on, seat.valid_from)
        seat.save(update_fields=["valid_until", "end_told_on"])
        seat = Seat(
            person=seat.person,
            level=seat.level,
            countries=seat.countries,
            units=seat.units,
            valid_from=seat.valid_until,
        )
    seat.confirmed_by, seat.confirmed_on = ring.person, on
    seat.signed_by, seat.signed_countries = ring.ring, list(seat.countries)
    seat.signature = sign(ring.private, said_of(seat, found))
    seat.save()
    return seat


def sign_what_was_vouched_before(ring: OpenRing, *, on: date) -> int:
    """Sign the seats that one had confirmed before there were signatures, one's own as the founder among them.

    Only what the migration has written down is signed, and only once its owner's ring has a signing key. Says how many.
    """
    office = vouched()
    people = {each.person: each for each in office.rings.values() if each.counts and each.signing_key}
    waiting = [
        (seat, people[row.person])
        for row in people.values()
        for seat in office.seats[row.person]
        if not seat.signature and seat.holds_on(on) and seat.confirmed_by == ring.person and office.holds(seat, row)
    ]
    with in_name_of_the_house():
        for seat, found in waiting:
            sign_seat(seat, found, ring=ring, on=on)
    return len(waiting)
