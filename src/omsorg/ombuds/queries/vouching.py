"""Whose seat holds: signed for her ring by a ring whose own seat holds, and so on, up to the founder of the office.

Whoever can write rows, and has no colleague's passphrase, makes nobody hear by them.
"""

import json
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from omsorg.kernel.sealing import is_signed
from omsorg.ombuds.models import Founder, Ring, Seat, VouchedBefore
from omsorg.ombuds.rules.levels import Level
from omsorg.ombuds.rules.routing import EVERYWHERE


def said_of(seat: Seat, ring: Ring) -> bytes:
    """What is signed when a seat is confirmed: which ring hears, by which keys, for whom, where, from which day on."""
    day = seat.confirmed_on.isoformat() if seat.confirmed_on else ""
    keys = [bytes(ring.public_key).hex(), bytes(ring.signing_key).hex()]
    told = ["omsorg seat 1", ring.pk, ring.person, *keys, seat.level, sorted(seat.signed_countries), day]
    return json.dumps(told, separators=(",", ":")).encode()


def covers(seats: Collection[Seat], level: str, countries: Collection[str]) -> bool:
    """Whether somebody who sits on `seats` may confirm this level and these countries."""
    high = [seat for seat in seats if Level(seat.level).rank >= Level(level).rank]
    mine = {country for seat in high for country in seat.countries}
    return bool(high) and _within(countries, mine)


def _within(countries: Collection[str], wider: Collection[str]) -> bool:
    return EVERYWHERE in wider or set(countries) <= set(wider)


@dataclass(slots=True)
class Vouched:
    """All rings and seats of the office, as they were read at one time, and which of them hold."""

    rings: dict[int, Ring] = field(default_factory=dict)
    seats: defaultdict[int, list[Seat]] = field(default_factory=lambda: defaultdict(list))
    founders: dict[bool, Founder] = field(default_factory=dict)
    before: defaultdict[tuple[int, str], set[str]] = field(default_factory=lambda: defaultdict(set))

    def holds(self, seat: Seat, ring: Ring, *, below: frozenset[int] = frozenset()) -> bool:
        """Whether a seat is confirmed for this ring. `below`: the rings whose seats rest on it."""
        if seat.person != ring.person or seat.confirmed_on is None:
            return False
        if not seat.signature:
            return (ring.pk, seat.level) in self.before and _within(seat.countries, self.before[ring.pk, seat.level])
        signer = self.rings.get(seat.signed_by or 0)
        if signer is None or signer.vouched_on is None or signer.is_example != ring.is_example:
            return False
        if not _within(seat.countries, seat.signed_countries):
            return False
        if not is_signed(bytes(signer.signing_key), said_of(seat, ring), bytes(seat.signature)):
            return False
        if signer.pk == ring.pk:
            return self._founded(ring)
        if signer.pk in below:
            return False
        below |= {ring.pk}
        sat = [
            each
            for each in self.seats[signer.person]
            if _sat_on(each, seat.confirmed_on) and self.holds(each, signer, below=below)
        ]
        return covers(sat, seat.level, seat.signed_countries)

    def _founded(self, ring: Ring) -> bool:
        """Whether this ring, with the key that it had then, founded the office that it belongs to."""
        founder = self.founders.get(ring.is_example)
        return founder is not None and founder.ring == ring.pk and bytes(founder.public_key) == bytes(ring.public_key)


def _sat_on(seat: Seat, day: date) -> bool:
    """Whether somebody sat there at any time of a day."""
    return seat.valid_from <= day and (seat.valid_until is None or day <= seat.valid_until)


def vouched() -> Vouched:
    """The office as it is now."""
    found = Vouched({ring.pk: ring for ring in Ring.objects.all()})
    found.founders = {row.is_example: row for row in Founder.objects.all()}
    for seat in Seat.objects.filter(confirmed_on__isnull=False):
        found.seats[seat.person].append(seat)
    for row in VouchedBefore.objects.all():
        found.before[row.ring, row.level] |= set(row.countries)
    return found
