"""Doors of the ombuds system: a case opens to whoever holds its key, and to nobody else is there anything behind it.

Two come through: an ombudsperson with an open key ring, and a child with a return code. Both get the case together with
its key (`CaseInHand`); without the key there is nothing to read. The walls of the database stand behind these doors and
ask the tables of the ombuds system alone.
"""

import hashlib
import hmac
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import models

from omsorg.federation.access import Acting, NotAllowed, NothingHere
from omsorg.kernel.apart import database_of
from omsorg.kernel.sealing import Cost, DoesNotOpen, Kept, Place, seal_text, seal_to, unseal, unseal_text, unseal_with
from omsorg.kernel.wall import as_house, in_name_of
from omsorg.ombuds.models import Case, CaseKey, Office, OldCode, place_of
from omsorg.ombuds.rules.refusals import CodeChanged
from omsorg.ombuds.rules.return_code import CodeKeys, ReturnCode, keys_of

HEAR, RECOVER = "ombuds.hear", "ombuds.recover"


def ombuds_database() -> str:
    """The alias of the database in which the tables of the ombuds system lie."""
    return database_of("ombuds")


def at_the_desk(person_id: int | None, *, lookup: str = "") -> Any:
    """A transaction on the tables of the ombuds system, in the name of a person, or of whoever comes with a code.

    Pages of ombudspersons run inside one; every action opens one of its own within it.
    """
    return in_name_of(person_id, using=ombuds_database(), return_code=lookup)


def in_name_of_the_house() -> Any:
    """A transaction on the tables of the ombuds system for the worker. It opens no case: it has no key."""
    return as_house(using=ombuds_database())


@dataclass(frozen=True, slots=True)
class OpenRing:
    """A key ring that its owner has unlocked: what is sealed to it opens. Never kept, never shown."""

    ring: int
    person: int
    private: bytes

    def __repr__(self) -> str:
        return f"OpenRing(ring={self.ring}, person={self.person})"


@dataclass(frozen=True, slots=True)
class CaseInHand:
    """A case and its key. What is written down for the case is sealed here, what is read is opened here."""

    case: Case
    key: bytes

    def __repr__(self) -> str:
        return f"CaseInHand({self.case.code})"

    def seal(self, row: models.Model, text: str, column: str = "sealed") -> bytes:
        return seal_text(self.key, text, place_of(row, column))

    def read(self, row: models.Model, column: str = "sealed") -> str:
        """What lies sealed in a row of this case; empty where nothing was written."""
        sealed = getattr(row, column)
        return unseal_text(self.key, sealed, place_of(row, column)) if sealed else ""

    def mark_of(self, person: int) -> str:
        """What stands for a person in this case: the same each time, and telling nothing without the case's key."""
        return hmac.new(self.key, f"shut out {person}".encode(), hashlib.sha256).hexdigest()

    def key_for(self, key: CaseKey, public: Kept) -> bytes:
        return seal_to(public, self.key, place_of_key(key))


def place_of_key(key: CaseKey) -> Place:
    """Where the sealed key of a case lies: bound to the case, to the row, and to the ring it is for."""
    return Place("ombuds_casekey", f"sealed for {key.ring_id}", key.case_id, key.pk)


def place_of_code(case_id: int) -> Place:
    """Where the key lies that a return code opens: bound to its case."""
    return Place("ombuds_case", "key_by_code", case_id, case_id)


# ---- by a ring -------------------------------------------------------------------------------------------------


def require_ear(acting: Acting, ring: OpenRing) -> None:
    """Pass, or raise: the first question of every action at a desk. The role is held today, the ring is one's own."""
    if not acting.may_anywhere(HEAR):
        raise NotAllowed(HEAR)
    if ring.person != acting.person_id:
        raise NothingHere("another's ring")


def case_for(acting: Acting, ring: OpenRing, code: str) -> CaseInHand:
    """The one door to a case for an ombudsperson: an open ring that holds the case's key, which does not wait.

    Within `at_the_desk`. To everybody else there is nothing here.
    """
    require_ear(acting, ring)
    try:
        number = int(code, 16)
    except ValueError:
        raise NothingHere(code) from None
    held = (
        CaseKey.objects.select_related("case")
        .filter(case_id=number, ring_id=ring.ring, person=acting.person_id, waiting=False)
        .first()
    )
    if held is None:
        raise NothingHere(code)
    return in_hand(held, ring)


def in_hand(held: CaseKey, ring: OpenRing) -> CaseInHand:
    """The case of a key that is sealed to this ring."""
    try:
        return CaseInHand(held.case, unseal_with(ring.private, held.sealed, place_of_key(held)))
    except DoesNotOpen:
        raise NothingHere(held.case.code) from None


# ---- by a code -------------------------------------------------------------------------------------------------


def costs_of_codes() -> list[Cost]:
    """What guessing a code costs: the first for new codes, the others for those that were given out earlier."""
    return [Cost.parse(text) for text in settings.ENVIRONMENT.ombuds_code_costs.split(",")]


def salt_of_office() -> bytes:
    """The salt of this office, the same for every code."""
    return bytes(Office.objects.values_list("salt", flat=True).get())


def fingerprint(lookup: bytes) -> str:
    """What is kept of a code's lookup key."""
    return hashlib.sha256(lookup).hexdigest()


def keys_of_code(code: ReturnCode, cost: Cost | None = None) -> CodeKeys:
    """The keys that follow from a code, at the cost for new ones unless another is named."""
    return keys_of(code, salt=salt_of_office(), cost=cost or costs_of_codes()[0])


def open_by_code(case: Case, opening: bytes) -> CaseInHand:
    """A case by the opening key of its code; raises DoesNotOpen where the case is another child's."""
    return CaseInHand(case, unseal(opening, case.key_by_code, place_of_code(case.pk)))


@contextmanager
def with_code(code: ReturnCode) -> Iterator[CaseInHand | None]:
    """The one door for a child: the case that belongs to this code, within a transaction of its own; None for none.

    Raises CodeChanged for a code in whose place an ombudsperson has made a new one. That takes as long as finding
    nothing, and is asked of every code alike.
    """
    was_changed = False
    for cost in costs_of_codes():
        keys = keys_of_code(code, cost)
        lookup = fingerprint(keys.lookup)
        with at_the_desk(None, lookup=lookup):
            case = Case.objects.filter(lookup=lookup).first()
            if case is not None:
                yield open_by_code(case, keys.opening)
                return
            was_changed |= OldCode.objects.filter(lookup=lookup).exists()
    if was_changed:
        raise CodeChanged
    yield None
