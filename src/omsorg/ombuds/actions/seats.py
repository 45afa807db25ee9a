"""Seats follow the mandates of the house: who got a role sits, whose role ended sits no more."""

from collections.abc import Collection
from datetime import date

from omsorg.ombuds.access import in_name_of_the_house
from omsorg.ombuds.models import Seat
from omsorg.ombuds.queries.mandates import seats_by_mandate


def keep_seats(on: date, people: Collection[int] | None = None) -> int:
    """Bring the seats up to the mandates of a day, of everybody or of these `people`. Says how many were changed.

    Two databases may be at work: the mandates are read first, and doing it twice changes nothing.
    """
    wanted = {(seat.person, str(seat.level), seat.countries, seat.units) for seat in seats_by_mandate(on, people)}
    changed = 0
    with in_name_of_the_house():
        kept = Seat.objects.filter(valid_until__isnull=True)
        if people is not None:
            kept = kept.filter(person__in=people)
        for seat in kept.select_for_update():
            known = (seat.person, seat.level, tuple(seat.countries), tuple(seat.units))
            if known in wanted:
                wanted.discard(known)
                continue
            seat.valid_until = max(on, seat.valid_from)
            seat.save(update_fields=["valid_until"])
            changed += 1
        Seat.objects.bulk_create(
            Seat(person=person, level=level, countries=list(countries), units=list(units), valid_from=on)
            for person, level, countries, units in sorted(wanted)
        )
    return changed + len(wanted)
