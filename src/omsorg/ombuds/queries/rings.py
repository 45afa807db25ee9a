"""Key rings: whose there is, and the one that a browser holds open."""

import base64
import binascii
from datetime import date, datetime, timedelta

from django.core.signing import BadSignature, Signer

from omsorg.federation.access import Acting
from omsorg.kernel.sealing import DoesNotOpen, Place, unseal
from omsorg.ombuds.access import OpenRing
from omsorg.ombuds.models import Opening, Ring, Seat
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


def highest_level(person_id: int, on: date) -> Level | None:
    """The highest level at which somebody sits on a day."""
    seats = [Level(seat.level) for seat in Seat.objects.filter(person=person_id) if seat.holds_on(on)]
    return max(seats, key=lambda level: level.rank, default=None)


def board(on: date) -> list[Ring]:
    """The rings that count of the members of the board, in the order of their persons."""
    seated = {seat.person for seat in Seat.objects.filter(level=Level.BOARD) if seat.holds_on(on)}
    return list(
        Ring.objects.filter(person__in=seated, vouched_on__isnull=False, retired_on__isnull=True).order_by("person")
    )


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
