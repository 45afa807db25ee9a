"""A lost passphrase: two members of the board open the way back together, and neither of them ever holds the ring.

When a ring is made, its private key is also sealed under a random recovery key, and that key once for every pair of
board members: within for the second, around that for the first. Its owner asks, the first opens the outer half, the
second the inner one and hands the recovery key over sealed to a pair of keys that lies under the owner's new
passphrase. The board makes sure, face to face, that it is she who asks.
"""

import json
from base64 import b64decode, b64encode
from datetime import date, datetime
from itertools import permutations

from django.db.models import QuerySet

from omsorg.federation.access import Acting, NotAllowed
from omsorg.kernel.sealing import (
    Cost,
    DoesNotOpen,
    Kept,
    Place,
    key_from,
    new_key,
    new_pair,
    new_salt,
    seal,
    seal_to,
    unseal,
    unseal_with,
)
from omsorg.ombuds.access import RECOVER, OpenRing, at_the_desk, require_ear
from omsorg.ombuds.actions.passphrases import PASSPHRASE_COST, require_passphrase, set_passphrase, trace_of_ring, tried
from omsorg.ombuds.models import Recovery, RecoveryShare, Ring, RingSecret, random_id
from omsorg.ombuds.queries.rings import board, ring_of
from omsorg.ombuds.queries.ways_back import WayBack, is_held, ways_back
from omsorg.ombuds.rules.marks import Typed, mark_of
from omsorg.ombuds.rules.refusals import (
    BoardHasChanged,
    NotForOneself,
    NothingToOpen,
    NotOpenedYet,
    NotThesePictures,
    NoTwoOfTheBoard,
    WrongPassphrase,
)
from omsorg.ombuds.rules.return_code import ReturnCode


def place_of_recovery(ring_id: int) -> Place:
    """Where a private key lies under its recovery key."""
    return Place("ombuds_ringsecret", "by_recovery", ring_id, ring_id)


def place_of_share(ring_id: int, outer: int, inner: int, half: str) -> Place:
    """Where one half of a recovery key lies: bound to the ring and to the two who open it."""
    return Place("ombuds_recoveryshare", f"sealed {half}", ring_id, f"{outer} {inner}")


def place_of_transport(recovery: Recovery, column: str) -> Place:
    """Where what is handed back to the owner lies: bound to this one recovery."""
    return Place("ombuds_recovery", column, recovery.ring_id, recovery.pk)


def seal_for_recovery(secret: RingSecret, private: bytes, *, on: date) -> None:
    """Seal a private key under a new recovery key, and that key for every two members of the board but the owner."""
    recovery_key = new_key()
    secret.by_recovery = seal(recovery_key, private, place_of_recovery(secret.ring_id))
    RecoveryShare.objects.filter(ring_id=secret.ring_id).delete()
    others = _who_opens(secret, on)
    shares = []
    for outer, inner in permutations(others, 2):
        row = RecoveryShare(id=random_id(), ring_id=secret.ring_id, outer=outer.person, inner=inner.person)
        row.outer_ring, row.inner_ring = outer.pk, inner.pk
        within = seal_to(inner.public_key, recovery_key, place_of_share(row.ring_id, row.outer, row.inner, "inner"))
        row.sealed = seal_to(outer.public_key, within, place_of_share(row.ring_id, row.outer, row.inner, "outer"))
        shares.append(row)
    RecoveryShare.objects.bulk_create(shares)


def renew_shares(secret: RingSecret, private: bytes, *, on: date) -> None:
    """Make the halves anew where the board is another one than when they were made, or one of it has another ring.

    Whoever unlocks has the passphrase: a recovery that was asked for is not needed any more, and ends. One after the
    other: whoever presses Unlock twice makes them once.
    """
    Ring.objects.select_for_update(no_key=True).get(pk=secret.ring_id)
    _end(Recovery.objects.filter(ring_id=secret.ring_id), on)
    sits = [ring.pk for ring in _who_opens(secret, on)]
    kept = set(RecoveryShare.objects.filter(ring_id=secret.ring_id).values_list("outer_ring", "inner_ring"))
    if kept != set(permutations(sits, 2)):
        seal_for_recovery(secret, private, on=on)
        secret.save(update_fields=["by_recovery"])


def _who_opens(secret: RingSecret, on: date) -> list[Ring]:
    return [ring for ring in board(on, example=secret.ring.is_example) if ring.person != secret.person]


def _end(asked: QuerySet[Recovery], on: date) -> None:
    """End what was asked for and is not done: nothing of it opens anything from then on."""
    asked.filter(done_on__isnull=True).update(done_on=on, halfway=None, for_owner=None)


def mark_of_recovery(asked: Recovery) -> ReturnCode:
    """What the owner reads out to the two who open the way back: they compare it with what they are about to open."""
    return mark_of("way back", asked.ring_id.to_bytes(8, "big"), bytes(asked.transport_public))


def ask_for_recovery(*, passphrase: str, by: Acting, at: datetime) -> Recovery:
    """Ask the board for the way back into one's own ring, under a new passphrase that only oneself knows.

    Asked again, the earlier one ends: also the new passphrase may be forgotten, and a member of the board may leave
    after the first half. Returned as it was made here: its mark (`mark_of_recovery`) is shown to the owner now, and
    never again from what the database says. Raises NoTwoOfTheBoard and BoardHasChanged, where no two of today's board
    could open it.
    """
    require_passphrase(passphrase, by)
    with at_the_desk(by.person_id):
        ring = ring_of(by.person_id)
        way = ways_back([ring], at.date())[ring.pk]
        if way is not WayBack.OPEN:
            raise NoTwoOfTheBoard if way is WayBack.NOBODY_TO_OPEN else BoardHasChanged
        _end(Recovery.objects.filter(ring=ring), at.date())
        private, public = new_pair()
        asked = Recovery(ring=ring, person=by.person_id, asked_on=at.date(), transport_public=public)
        asked.salt, asked.cost = new_salt(), str(PASSPHRASE_COST)
        key = key_from(passphrase.strip().encode(), salt=asked.salt, cost=PASSPHRASE_COST)
        asked.transport_sealed = seal(key, private, place_of_transport(asked, "transport_sealed"))
        asked.save(force_insert=True)
        trace_of_ring("ask_for_recovery", ring, by, at)
        return asked


def _asked(recovery: int, mark: Typed, by: Acting, ring: OpenRing) -> Recovery:
    if not by.may_anywhere(RECOVER):
        raise NotAllowed(RECOVER)
    require_ear(by, ring)
    found = Recovery.objects.select_for_update().filter(pk=recovery, done_on__isnull=True).first()
    if found is None:
        raise NothingToOpen
    if found.person == by.person_id:
        raise NotForOneself
    if mark_of_recovery(found) not in mark:
        raise NotThesePictures
    return found


def open_first_half(*, recovery: int, mark: Typed, ring: OpenRing, by: Acting, at: datetime) -> list[int]:
    """Open the outer half, as one member of the board who knows that it is the owner who asks.

    `mark`: the pictures that the owner has read out, as they were typed; raises NotThesePictures where another key
    stands in the place of the owner's. Returns the persons of whom one has to open the inner half: those of the board
    of today who can.
    """
    with at_the_desk(by.person_id):
        asked = _asked(recovery, mark, by, ring)
        halves, sits = {}, {each.person: each.pk for each in board(at.date(), example=asked.ring.is_example)}
        for share in RecoveryShare.objects.filter(ring_id=asked.ring_id, outer=by.person_id):
            if not (is_held(share.outer, share.outer_ring, sits) and is_held(share.inner, share.inner_ring, sits)):
                continue
            place = place_of_share(share.ring_id, share.outer, share.inner, "outer")
            halves[str(share.inner)] = b64encode(_opened(ring, share.sealed, place)).decode()
        if not halves or asked.first_by is not None:
            raise NothingToOpen
        asked.first_by, asked.halfway = by.person_id, json.dumps(halves).encode()
        asked.save(update_fields=["first_by", "halfway"])
        trace_of_ring("open_first_half", asked.ring, by, at)
        return sorted(map(int, halves))


def open_second_half(*, recovery: int, mark: Typed, ring: OpenRing, by: Acting, at: datetime) -> None:
    """Open the inner half, as another member of the board, and hand the recovery key to the owner, sealed. `mark` as
    for the first half: what lies between the two is not trusted either."""
    with at_the_desk(by.person_id):
        asked = _asked(recovery, mark, by, ring)
        halves = json.loads(bytes(asked.halfway)) if asked.halfway else {}
        if asked.first_by is None or str(by.person_id) not in halves or asked.for_owner is not None:
            raise NothingToOpen
        place = place_of_share(asked.ring_id, asked.first_by, by.person_id, "inner")
        recovery_key = _opened(ring, b64decode(halves[str(by.person_id)]), place)
        asked.second_by = by.person_id
        asked.for_owner = seal_to(asked.transport_public, recovery_key, place_of_transport(asked, "for_owner"))
        asked.halfway = None
        asked.save(update_fields=["second_by", "for_owner", "halfway"])
        trace_of_ring("open_second_half", asked.ring, by, at)


def _opened(ring: OpenRing, sealed: Kept, place: Place) -> bytes:
    try:
        return unseal_with(ring.private, sealed, place)
    except DoesNotOpen:
        raise NothingToOpen from None


def take_ring_back(*, passphrase: str, by: Acting, at: datetime) -> Ring:
    """End the recovery of one's own ring: from now on it opens with the new passphrase, and with a new recovery key."""
    with tried(by, at), at_the_desk(by.person_id):
        ring = ring_of(by.person_id)
        asked = Recovery.objects.select_for_update().filter(ring=ring, done_on__isnull=True).first()
        if asked is None or asked.for_owner is None:
            raise NotOpenedYet
        key = key_from(passphrase.strip().encode(), salt=asked.salt, cost=Cost.parse(asked.cost))
        try:
            transport = unseal(key, asked.transport_sealed, place_of_transport(asked, "transport_sealed"))
        except DoesNotOpen:
            raise WrongPassphrase from None
        secret = RingSecret.objects.get(ring=ring)
        try:
            recovery_key = unseal_with(transport, asked.for_owner, place_of_transport(asked, "for_owner"))
            private = unseal(recovery_key, secret.by_recovery, place_of_recovery(ring.pk))
        except DoesNotOpen:
            raise NotOpenedYet from None
        set_passphrase(secret, private, passphrase)
        seal_for_recovery(secret, private, on=at.date())
        secret.save(update_fields=["by_recovery"])
        asked.done_on, asked.for_owner = at.date(), None
        asked.save(update_fields=["done_on", "for_owner"])
        trace_of_ring("take_ring_back", ring, by, at)
        return ring
