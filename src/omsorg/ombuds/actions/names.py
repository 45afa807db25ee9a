"""Whoever hears is known by the name and the house of today, and by those of before as well."""

from collections.abc import Collection

from omsorg.ombuds.access import in_name_of_the_house
from omsorg.ombuds.models import Ring
from omsorg.ombuds.queries.mandates import Belonging, belonging

EARLIER = {"shown_name": "earlier_names", "unit": "earlier_units", "unit_name": "earlier_unit_names"}
"""What stands on a ring today, and where that stays which stood there before."""


def keep_names(people: Collection[int] | None = None) -> int:
    """Bring the names and houses on the rings in use up to the house, of everybody or of these `people`.

    What was there before stays beside what is new. Says how many rings were changed. Two databases may be at work: the
    house is read in between, and doing it twice changes nothing.
    """
    with in_name_of_the_house():
        in_use = Ring.objects.filter(retired_on__isnull=True)
        rings = list(in_use if people is None else in_use.filter(person__in=people))
    told = belonging([ring.person for ring in rings])
    others = [ring.pk for ring in rings if ring.person in told and _on(ring) != told[ring.person]]
    if not others:
        return 0
    with in_name_of_the_house():
        for ring in Ring.objects.filter(pk__in=others).select_for_update():
            _call(ring, told[ring.person])
    return len(others)


def _on(ring: Ring) -> Belonging:
    return Belonging(ring.shown_name, ring.unit, ring.unit_name)


def _call(ring: Ring, told: Belonging) -> None:
    for column, earlier in EARLIER.items():
        before, now = getattr(ring, column), getattr(told, column)
        if before != now:
            setattr(ring, earlier, sorted({*getattr(ring, earlier), before}))
            setattr(ring, column, now)
    ring.save(update_fields=[*EARLIER, *EARLIER.values()])
