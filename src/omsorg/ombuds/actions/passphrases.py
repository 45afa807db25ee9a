"""The passphrase of a key ring: what is asked of it, and the private key that lies under it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.contrib.auth.hashers import check_password

from omsorg.federation.access import Acting
from omsorg.federation.models import Account
from omsorg.kernel.refusals import Refusal
from omsorg.kernel.sealing import Cost, DoesNotOpen, Place, key_from, new_salt, seal, unseal
from omsorg.kernel.trail import leave_trace
from omsorg.ombuds.access import at_the_desk, ombuds_database
from omsorg.ombuds.actions.gates import ask_to_unlock, passphrase_was_right
from omsorg.ombuds.models import Opening, Ring, RingSecret
from omsorg.ombuds.rules.refusals import PassphraseTooShort, SameAsSignIn, WrongPassphrase

PASSPHRASE_COST = Cost(64 * 1024, 3)
SHORTEST_PASSPHRASE = 16
OFFICE_BOOK = "ombuds:office"


def trace_of_ring(verb: str, ring: Ring, by: Acting, at: datetime, **details: int | str) -> None:
    """One trace of an act on a key ring, in the office's own book."""
    leave_trace(
        verb,
        f"ring:{ring.pk:x}",
        by=by.person_id,
        at=at,
        details=details,
        book=OFFICE_BOOK,
        using=ombuds_database(),
    )


@contextmanager
def tried(by: Acting, at: datetime) -> Iterator[None]:
    """Where a passphrase of one's ring is tried, for whatever: so many wrong ones and no more, and each leaves a trace.

    The trace says that one was wrong, and nothing of what was typed.
    """
    ask_to_unlock(by.person_id)
    try:
        yield
    except WrongPassphrase:
        with at_the_desk(by.person_id):
            ring = Ring.objects.get(person=by.person_id, retired_on__isnull=True)
            trace_of_ring("try_wrong_passphrase", ring, by, at)
        raise
    except Refusal:
        passphrase_was_right(by.person_id)
        raise
    passphrase_was_right(by.person_id)


def require_passphrase(passphrase: str, by: Acting) -> None:
    """Pass, or say what is wrong with a passphrase that somebody chooses."""
    if len(passphrase.strip()) < SHORTEST_PASSPHRASE:
        raise PassphraseTooShort(least=SHORTEST_PASSPHRASE)
    account = Account.objects.filter(person_id=by.person_id).first()
    if account is not None and account.has_usable_password() and check_password(passphrase, account.password):
        raise SameAsSignIn


def place_of_secret(ring_id: int, column: str) -> Place:
    """Where a private key lies: bound to its ring."""
    return Place("ombuds_ringsecret", column, ring_id, ring_id)


def keep_under(secret: RingSecret, private: bytes, passphrase: str) -> None:
    """Seal a private key under a passphrase, with a salt of its own."""
    secret.salt, secret.cost = new_salt(), str(PASSPHRASE_COST)
    key = key_from(passphrase.strip().encode(), salt=secret.salt, cost=PASSPHRASE_COST)
    secret.by_passphrase = seal(key, private, place_of_secret(secret.ring_id, "by_passphrase"))


def private_key_of(ring: Ring, passphrase: str) -> tuple[RingSecret, bytes]:
    """The private key of a ring, by its passphrase; raises WrongPassphrase. Slow on purpose."""
    secret = RingSecret.objects.get(ring=ring)
    key = key_from(passphrase.strip().encode(), salt=secret.salt, cost=Cost.parse(secret.cost))
    try:
        return secret, unseal(key, secret.by_passphrase, place_of_secret(ring.pk, "by_passphrase"))
    except DoesNotOpen:
        raise WrongPassphrase from None


def set_passphrase(secret: RingSecret, private: bytes, passphrase: str) -> None:
    """Keep a private key under a new passphrase, and close whatever was opened with the old one."""
    keep_under(secret, private, passphrase)
    secret.save(update_fields=["salt", "cost", "by_passphrase"])
    Opening.objects.filter(person=secret.person).delete()
