"""Key rings: made, vouched for, unlocked, locked, given another passphrase, retired when somebody leaves."""

from datetime import date, datetime

from omsorg.federation.access import Acting, NotAllowed
from omsorg.federation.models import Organisation
from omsorg.kernel.sealing import new_key, new_pair, public_of, seal, signing_key_of
from omsorg.ombuds.access import HEAR, OpenRing, at_the_desk, in_name_of_the_house, require_ear
from omsorg.ombuds.actions.colleagues import complete_keys, leave_cases
from omsorg.ombuds.actions.passphrases import (
    keep_under,
    private_key_of,
    require_passphrase,
    set_passphrase,
    trace_of_ring,
    tried,
)
from omsorg.ombuds.actions.recovery import renew_shares, seal_for_recovery
from omsorg.ombuds.actions.seats import confirm_seats, keep_seats, sign_seat, sign_what_was_vouched_before
from omsorg.ombuds.models import CaseKey, Opening, Ring, RingSecret, Seat
from omsorg.ombuds.queries.mandates import manages
from omsorg.ombuds.queries.rings import (
    LONGEST,
    browsers_half,
    highest_level,
    highest_level_ever,
    place_of_opening,
    ring_of,
    ring_that_counts,
    seats_given,
)
from omsorg.ombuds.rules.levels import Level
from omsorg.ombuds.rules.marks import Typed, mark_of
from omsorg.ombuds.rules.not_seated import ManagesAsWell, NoSeatNow, NotAmongInvented
from omsorg.ombuds.rules.refusals import (
    AnotherSigningKey,
    NotAbove,
    NotForOneself,
    NotThesePictures,
    NotVouchedFor,
    RingAlready,
    VouchedAlready,
)
from omsorg.ombuds.rules.return_code import ReturnCode


def make_ring(*, passphrase: str, by: Acting, at: datetime) -> Ring:
    """Make the key ring of somebody who hears. It counts once a colleague has vouched for it.

    The first ring of a member of the board founds the office and counts at once. Refused for a second ring, for a
    passphrase that is short or is the sign-in password, and for whoever holds a role of management as well.
    """
    if not by.may_anywhere(HEAR):
        raise NotAllowed(HEAR)
    require_passphrase(passphrase, by)
    keep_seats(at.date(), [by.person_id])
    unit = Organisation.objects.get(pk=by.organisation_id)
    is_managing = manages(by.person_id, at.date())
    with at_the_desk(by.person_id):
        given = seats_given(by.person_id, at.date())
        if not given:
            raise ManagesAsWell if is_managing else NoSeatNow
        if Ring.objects.filter(person=by.person_id, retired_on__isnull=True).exists():
            raise RingAlready
        private, public = new_pair()
        ring = Ring(
            person=by.person_id,
            shown_name=by.name,
            unit=unit.code,
            unit_name=unit.name,
            public_key=public,
            signing_key=signing_key_of(private),
            made_on=at.date(),
            is_example=by.is_example,
        )
        founds = any(seat.level == Level.BOARD for seat in given) and not _is_founded(ring)
        if founds:
            ring.vouched_by, ring.vouched_on = by.person_id, at.date()
        ring.save(force_insert=True)
        if founds:
            _sit_as_founder(given, ring, private, at)
        secret = RingSecret(ring=ring, person=by.person_id)
        keep_under(secret, private, passphrase)
        seal_for_recovery(secret, private, on=at.date())
        secret.save(force_insert=True)
        trace_of_ring("make_ring", ring, by, at)
        return ring


def _is_founded(ring: Ring) -> bool:
    """Whether a ring counts already: among real people, or among the invented ones, who found nothing for others."""
    return Ring.objects.filter(vouched_on__isnull=False, is_example=ring.is_example).exists()


def _sit_as_founder(given: list[Seat], ring: Ring, private: bytes, at: datetime) -> None:
    opened = OpenRing(ring.pk, ring.person, private)
    with in_name_of_the_house():
        for seat in given:
            sign_seat(seat, ring, ring=opened, on=at.date())


def _keep_signing_key(ring: Ring, private: bytes) -> None:
    """Give a ring from before signatures its signing key; raises AnotherSigningKey where somebody else gave it one."""
    mine = signing_key_of(private)
    if not ring.signing_key:
        ring.signing_key = mine
        ring.save(update_fields=["signing_key"])
    if bytes(ring.signing_key) != mine:
        raise AnotherSigningKey


def unlock_ring(*, passphrase: str, by: Acting, at: datetime) -> tuple[OpenRing, str]:
    """Open one's ring for a while: the ring, and what the browser keeps of it (for a cookie that no script reads).

    What a colleague's arrival or a change of the board asks for is done on the way: keys are sealed to those who are
    new above, and the recovery halves are made anew. Raises NoSeatNow for whoever has a role that hears and whose seat
    has ended.
    """
    if not by.may_anywhere(HEAR):
        raise NotAllowed(HEAR)
    keep_seats(at.date(), [by.person_id])
    with at_the_desk(by.person_id):
        if not seats_given(by.person_id, at.date()):
            raise NoSeatNow
    with tried(by, at), at_the_desk(by.person_id):
        ring = ring_of(by.person_id)
        secret, private = private_key_of(ring, passphrase)
        key = new_key()
        opening = Opening(ring=ring, person=by.person_id, until_at=at + LONGEST)
        opening.sealed = seal(key, private, place_of_opening(opening))
        opening.save(force_insert=True)
        opened = OpenRing(ring.pk, by.person_id, private)
        _keep_signing_key(ring, private)
        sign_what_was_vouched_before(opened, on=at.date())
        renew_shares(secret, private, on=at.date())
        if ring.counts and highest_level(by.person_id, at.date()) is not None:
            complete_keys(opened, on=at.date())
        trace_of_ring("unlock_ring", ring, by, at)
        return opened, browsers_half(opening.pk, key, at=at)


def lock_ring(*, by: Acting, at: datetime) -> None:
    """Close one's ring everywhere it was opened."""
    with at_the_desk(by.person_id):
        if Opening.objects.filter(person=by.person_id).delete()[0]:
            trace_of_ring("lock_ring", ring_of(by.person_id), by, at)


def change_passphrase(*, old: str, new: str, by: Acting, at: datetime) -> None:
    """Give one's ring another passphrase. What is open elsewhere is closed; no case is touched."""
    require_passphrase(new, by)
    with tried(by, at), at_the_desk(by.person_id):
        ring = ring_of(by.person_id)
        secret, private = private_key_of(ring, old)
        set_passphrase(secret, private, new)
        trace_of_ring("change_passphrase", ring, by, at)


def mark_of_ring(ring: Ring) -> ReturnCode:
    """What its owner reads out to the colleague who vouches: it stands for the ring's number and its two keys."""
    return mark_of("ring", ring.pk.to_bytes(8, "big"), bytes(ring.public_key), bytes(ring.signing_key))


def mark_of_own_ring(*, passphrase: str, by: Acting, at: datetime) -> ReturnCode:
    """The mark of one's own ring, from the private key that the passphrase opens: not from what the database says."""
    with tried(by, at), at_the_desk(by.person_id):
        ring = ring_of(by.person_id)
        _secret, private = private_key_of(ring, passphrase)
        return mark_of_ring(Ring(pk=ring.pk, public_key=public_of(private), signing_key=signing_key_of(private)))


def vouch_for(*, person: int, mark: Typed = (), ring: OpenRing, by: Acting, at: datetime) -> Ring:
    """Say of a colleague's new ring that it is hers, and confirm the level and the countries that the house has given
    her. From then on it hears there. What is given later is confirmed in the same way.

    Done by somebody of the same level or above, for these countries, whose own ring counts: whoever gives roles in the
    house cannot let anybody hear by that alone. Invented people vouch for invented ones. `mark`: of a ring that nobody
    has vouched for, the pictures that its owner has read out, as they were typed; raises NotThesePictures.
    """
    require_ear(by, ring)
    with at_the_desk(by.person_id):
        found = ring_of(person)
        if person == by.person_id:
            raise NotForOneself
        mine = ring_that_counts(by.person_id)
        if mine.is_example != found.is_example:
            raise NotAmongInvented
        if found.vouched_on is None and mark_of_ring(found) not in mark:
            raise NotThesePictures
        confirmed = confirm_seats(found, anew=found.vouched_on is None, ring=ring, by=by, at=at)
        if found.vouched_on is None:
            found.vouched_by, found.vouched_on = by.person_id, at.date()
            found.save(update_fields=["vouched_by", "vouched_on"])
        elif not confirmed:
            raise VouchedAlready
        complete_keys(ring, on=at.date())
        trace_of_ring("vouch_for_ring", found, by, at, seats=len(confirmed))
        return found


def _require_above(by: Acting, person: int, on: date) -> None:
    """Pass, or raise: one's seat of today is above the highest that the other has or had; the board may all but itself.

    That a seat was ended by management lets nobody below retire its holder's ring.
    """
    ring_that_counts(by.person_id)
    mine, theirs = highest_level(by.person_id, on), highest_level_ever(person)
    if mine is None:
        raise NotVouchedFor
    if theirs is not None and mine is not Level.BOARD and mine.rank <= theirs.rank:
        raise NotAbove


def retire_ring(*, person: int, ring: OpenRing, by: Acting, at: datetime) -> int:
    """Retire the ring of somebody who leaves: the keys of all cases are taken from it. Says how many those were.

    Cases that nobody else works go up a level. Refused where a case would be left with nobody who can open it. What
    somebody has read cannot be taken back. The private half of the ring goes with it, and the halves of its recovery
    key: nothing that is kept here opens it from then on, and a key sealed to it in this moment is not kept. `ring` is
    the open one of who does it: an account alone retires nothing, not even its own.
    """
    require_ear(by, ring)
    with at_the_desk(by.person_id):
        leaving = ring_of(person)
        if person != by.person_id:
            _require_above(by, person, at.date())
        with in_name_of_the_house():
            leaving = Ring.objects.select_for_update().get(pk=leaving.pk)
            count = CaseKey.objects.filter(ring=leaving).count()
            leave_cases(leaving, at=at)
            leaving.retired_on = at.date()
            leaving.save(update_fields=["retired_on"])
        trace_of_ring("retire_ring", leaving, by, at, keys=count)
        return count
