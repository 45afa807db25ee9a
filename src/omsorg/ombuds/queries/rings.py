"""Key rings: whose there is, and the one that a browser holds open."""

import base64
import binascii
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.signing import BadSignature, Signer

from omsorg.federation.access import Acting
from omsorg.kernel.sealing import DoesNotOpen, Place, unseal
from omsorg.ombuds.access import OpenRing
from omsorg.ombuds.models import CaseKey, Opening, Recovery, Ring, Seat
from omsorg.ombuds.queries.vouching import vouched
from omsorg.ombuds.rules.levels import Level
from omsorg.ombuds.rules.refusals import NoRing, NotVouchedFor, RingLocked

IDLE, LONGEST = timedelta(minutes=30), timedelta(hours=8)
COOKIE = "notes"


def ring_of(person_id: int) -> Ring:
    """The ring that somebody uses; raises NoRing."""
    found = Ring.objects.filter(person=person_id, retired_on__isnull=True).first()
    if found is None:
        raise NoRing
    return found


def ring_that_counts(person_id: int) -> Ring:
    """The ring that somebody uses, vouched for by a colleague; raises NoRing or NotVouchedFor."""
    found = ring_of(person_id)
    if not found.counts:
        raise NotVouchedFor
    return found


def seats_given(person_id: int, on: date) -> list[Seat]:
    """The seats that the house has given somebody, whether the office has confirmed them or not."""
    return [seat for seat in Seat.objects.filter(person=person_id) if seat.holds_on(on)]


def highest_level(person_id: int, on: date) -> Level | None:
    """The highest level at which somebody hears on a day: the house has given the seat, the office has confirmed it."""
    return _highest(seat for seat in seats_given(person_id, on) if seat.confirmed_on is not None)


def highest_level_ever(person_id: int) -> Level | None:
    """The highest level at which somebody hears, or heard before the seat ended."""
    return _highest(Seat.objects.filter(person=person_id, confirmed_on__isnull=False))


def _highest(seats: Iterable[Seat]) -> Level | None:
    return max((Level(seat.level) for seat in seats), key=lambda level: level.rank, default=None)


def board(on: date, *, example: bool = False) -> list[Ring]:
    """The rings that count of the members of the board, confirmed by signatures that hold, in the order of their
    persons."""
    office = vouched()
    found = [
        ring
        for ring in office.rings.values()
        if ring.counts
        and ring.is_example == example
        and any(
            seat.level == Level.BOARD and seat.counts_on(on) and office.holds(seat, ring)
            for seat in office.seats[ring.person]
        )
    ]
    return sorted(found, key=lambda ring: ring.person)


# ---- what the browser holds ------------------------------------------------------------------------------------


def place_of_opening(opening: Opening) -> Place:
    return Place("ombuds_opening", "sealed", opening.ring_id, opening.pk)


def browsers_half(opening: int, key: bytes, *, at: datetime) -> str:
    """What goes into the cookie: which opening, its key, and when it was last used. Kept nowhere on the server."""
    told = f"{opening:x}.{base64.urlsafe_b64encode(key).decode()}.{int(at.timestamp())}"
    return Signer(salt="ombuds.opening").sign(told)


def open_ring_of(acting: Acting, cookie: str, *, at: datetime) -> tuple[OpenRing, str]:
    """The ring that the browser holds open, and the cookie to hand back so that the idle time begins anew.

    Within `at_the_desk`. Raises RingLocked where nothing was unlocked, after 30 minutes without a page, and after 8
    hours in any case.
    """
    try:
        number, encoded, used = Signer(salt="ombuds.opening").unsign(cookie).split(".")
        key = base64.urlsafe_b64decode(encoded)
        idle = at.timestamp() - int(used)
    except (BadSignature, ValueError, binascii.Error):
        raise RingLocked from None
    kept = Opening.objects.filter(pk=int(number, 16), person=acting.person_id, until_at__gt=at).first()
    if kept is None or idle > IDLE.total_seconds():
        raise RingLocked
    if not Ring.objects.filter(pk=kept.ring_id, retired_on__isnull=True).exists():
        raise RingLocked
    try:
        private = unseal(key, kept.sealed, place_of_opening(kept))
    except DoesNotOpen:
        raise RingLocked from None
    return OpenRing(kept.ring_id, acting.person_id, private), browsers_half(kept.pk, key, at=at)


# ---- who has a ring --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class RingRow:
    """One ring in use: whose, at which levels its owner sits today, and whether a colleague has vouched for it."""

    person: int
    name: str
    unit: str
    levels: tuple[Level, ...]
    made_on: date
    vouched_on: date | None
    cases: int
    proposed: tuple[Level, ...] = ()

    @property
    def counts(self) -> bool:
        return self.vouched_on is not None

    @property
    def waits(self) -> bool:
        """Whether the office is asked: for the ring, or for a seat that the house has given."""
        return not self.counts or bool(self.proposed)

    @property
    def rank(self) -> int:
        return max((level.rank for level in self.levels), default=-1)


def rings_in_use(on: date) -> list[RingRow]:
    """Every ring in use: those that wait for a colleague's word first, then by level from above. Within
    `at_the_desk`; `cases` counts those that the reader works as well."""
    levels: defaultdict[int, set[Level]] = defaultdict(set)
    proposed: defaultdict[int, set[Level]] = defaultdict(set)
    for seat in Seat.objects.all():
        if seat.holds_on(on):
            (proposed if seat.confirmed_on is None else levels)[seat.person].add(Level(seat.level))
    shared = Counter(CaseKey.objects.filter(waiting=False).values_list("person", flat=True))
    rows = [
        RingRow(
            person=ring.person,
            name=ring.shown_name,
            unit=ring.unit_name,
            levels=tuple(sorted(levels[ring.person], key=lambda level: -level.rank)),
            proposed=tuple(sorted(proposed[ring.person], key=lambda level: -level.rank)),
            made_on=ring.made_on,
            vouched_on=ring.vouched_on,
            cases=shared[ring.person],
        )
        for ring in Ring.objects.filter(retired_on__isnull=True)
    ]
    return sorted(rows, key=lambda row: (not row.waits, -row.rank, row.name))


@dataclass(frozen=True, slots=True)
class RecoveryRow:
    """A lost passphrase on its way back, as a member of the board sees it."""

    number: int
    person: int
    name: str
    asked_on: date
    first_by: str
    i_opened: bool
    is_for_owner: bool


def recoveries(reader: int) -> list[RecoveryRow]:
    """The recoveries that are not ended: one's own, and for the board everybody's. Within `at_the_desk`."""
    names = names_by_person()
    return [
        RecoveryRow(
            number=row.pk,
            person=row.person,
            name=names.get(row.person, ""),
            asked_on=row.asked_on,
            first_by=names.get(row.first_by or 0, ""),
            i_opened=row.first_by == reader,
            is_for_owner=row.for_owner is not None,
        )
        for row in Recovery.objects.filter(done_on__isnull=True).order_by("asked_on", "pk")
    ]


def names_by_person() -> dict[int, str]:
    """Everybody who has or had a ring, by the name that is shown to children."""
    return dict(Ring.objects.order_by("made_on").values_list("person", "shown_name"))
