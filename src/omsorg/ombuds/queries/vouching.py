"""Whose seat holds: signed for her ring by a ring whose own seat holds, and so on, up to the founder of the office.

Whoever can write rows, and has no colleague's passphrase, makes nobody hear by them.
"""

import json
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from django.db import connections

from omsorg.kernel.sealing import is_signed
from omsorg.ombuds.access import ombuds_database
from omsorg.ombuds.models import Founder, Ring, Seat, VouchedBefore
from omsorg.ombuds.rules.levels import Level
from omsorg.ombuds.rules.routing import EVERYWHERE


def said_of(seat: Seat, ring: Ring) -> bytes:
    """What is signed when a seat is confirmed: which ring hears, by which keys, for whom, where, from which day on."""
    day = seat.confirmed_on.isoformat() if seat.confirmed_on else ""
    keys = [bytes(ring.public_key).hex(), bytes(ring.signing_key).hex()]
    told = ["omsorg seat 1", ring.pk, ring.person, *keys, seat.level, sorted(seat.signed_countries), day]
    return json.dumps(told, separators=(",", ":")).encode()


_is_signed = lru_cache(maxsize=10_000)(is_signed)
"""The same key, words and signature hold or do not hold for good: each child that writes asks them of everybody."""


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
    _holding: set[tuple[int, int]] | None = None

    def holds(self, seat: Seat, ring: Ring) -> bool:
        """Whether a seat is confirmed for this ring: by who founded the office, by what was vouched for before there
        were signatures, or by somebody whose own seat on that day held already without it."""
        if self._holding is None:
            self._holding = self._what_holds()
        return (seat.pk, ring.pk) in self._holding

    def _what_holds(self) -> set[tuple[int, int]]:
        """Seat and ring of all that hold: the roots first, then what rests on them, until nothing is added."""
        found, waiting = set[tuple[int, int]](), list[tuple[Seat, Ring, Ring]]()
        for ring in self.rings.values():
            for seat in self.seats[ring.person]:
                if self._was_vouched_before(seat, ring):
                    found.add((seat.pk, ring.pk))
                elif (signer := self._signer(seat, ring)) is not None:
                    if signer.pk != ring.pk:
                        waiting.append((seat, ring, signer))
                    elif self._founded(ring):
                        found.add((seat.pk, ring.pk))
        while True:
            more = {(seat.pk, ring.pk) for seat, ring, signer in waiting if self._rests(seat, signer, found)} - found
            if not more:
                return found
            found |= more

    def _was_vouched_before(self, seat: Seat, ring: Ring) -> bool:
        known = self.before.get((ring.pk, seat.level))
        return seat.confirmed_on is not None and known is not None and _within(seat.countries, known)

    def _signer(self, seat: Seat, ring: Ring) -> Ring | None:
        """Whose ring has signed for exactly this; None for nobody's."""
        signer = self.rings.get(seat.signed_by or 0)
        if signer is None or signer.vouched_on is None or signer.is_example != ring.is_example:
            return None
        if not _within(seat.countries, seat.signed_countries):
            return None
        said = said_of(seat, ring)
        return signer if _is_signed(bytes(signer.signing_key), said, bytes(seat.signature)) else None

    def _rests(self, seat: Seat, signer: Ring, holding: Collection[tuple[int, int]]) -> bool:
        """Whether the seats of the signer that held on the day of the signature reach as high and as wide."""
        day = seat.confirmed_on
        sat = [
            each
            for each in self.seats[signer.person]
            if day is not None and _sat_on(each, day) and (each.pk, signer.pk) in holding
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


AS_IT_STANDS = """
SELECT (SELECT bit_xor(hashtextextended(r.ctid::text, r.xmin::text::bigint)) FROM ombuds_ring AS r),
       (SELECT bit_xor(hashtextextended(s.ctid::text, s.xmin::text::bigint)) FROM ombuds_seat AS s)
"""


def as_it_stands() -> tuple[int | None, ...]:
    """A fingerprint of all rings and seats: another one as soon as any row of them is another version, and the same
    again where that was rolled back. Cheaper than reading what they say."""
    with connections[ombuds_database()].cursor() as cursor:
        cursor.execute(AS_IT_STANDS)
        return tuple(cursor.fetchone())
