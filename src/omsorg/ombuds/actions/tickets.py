"""Tickets: every form in which a code is handed in opens once, and only for some hours.

A browser keeps what was sent to each page it has shown, the code with it, and sends it again when somebody goes back
and loads the page anew. The ticket of that form has been used by then. What is kept is a fingerprint, for some hours.
"""

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from django.core.signing import BadSignature, Signer

from omsorg.ombuds.access import at_the_desk
from omsorg.ombuds.models import UsedTicket

SPAN_HOURS = 2
"""How long a ticket is good for at least; at most twice as long."""

_SIGNS = Signer(salt="ombuds.ticket")


class Ticket(StrEnum):
    """What a ticket is when it is handed in."""

    FRESH = "fresh"
    OPENED = "opened"
    USED = "used"
    OLD = "old"

    @property
    def is_good(self) -> bool:
        """Whether the form that it came with may open anything."""
        return self in (Ticket.FRESH, Ticket.OPENED)


def _span(at: datetime) -> int:
    return int(at.timestamp()) // (3600 * SPAN_HOURS)


def new_ticket(*, at: datetime, opened: Sequence[tuple[int, int]] = ()) -> str:
    """A ticket for one form. `opened`: the code that has just opened the case shown with it."""
    told = f"{_span(at)}.{secrets.token_urlsafe(18)}"
    return _SIGNS.sign(f"{told}.{_proof(told, opened)}")


def _proof(told: str, signs: Sequence[tuple[int, int]]) -> str:
    return Signer(salt="ombuds.opened").signature(f"{told} {list(signs)}") if signs else ""


def _read(ticket: str, at: datetime) -> tuple[str, str, int] | None:
    try:
        told, _dot, proof = _SIGNS.unsign(ticket[:300]).rpartition(".")
        span = int(told.partition(".")[0])
    except (BadSignature, ValueError):
        return None
    return (told, proof, span) if _span(at) - 1 <= span <= _span(at) else None


def _mark(told: str) -> str:
    return hashlib.sha256(told.encode()).hexdigest()


def is_opened_by(ticket: str, signs: Sequence[tuple[int, int]], *, at: datetime) -> bool:
    """Whether a ticket is of a page that this very code has opened; asked without the database."""
    found = _read(ticket, at)
    return found is not None and _is_opened(found[0], found[1], signs)


def _is_opened(told: str, proof: str, signs: Sequence[tuple[int, int]]) -> bool:
    return bool(signs) and hmac.compare_digest(proof, _proof(told, signs))


def look_at_ticket(ticket: str, *, at: datetime) -> Ticket:
    """Say whether a ticket is fresh, used, or too old, and leave it so."""
    found = _read(ticket, at)
    if found is None:
        return Ticket.OLD
    with at_the_desk(None):
        is_used = UsedTicket.objects.filter(mark=_mark(found[0])).exists()
    return Ticket.USED if is_used else Ticket.FRESH


def use_ticket(ticket: str, *, signs: Sequence[tuple[int, int]] = (), at: datetime) -> Ticket:
    """Use a ticket up, and say what it was. OPENED: fresh, and of a page that this very code had opened.

    Each that was fresh leaves a row behind for some hours: a gate is asked before.
    """
    found = _read(ticket, at)
    if found is None:
        return Ticket.OLD
    told, proof, span = found
    with at_the_desk(None):
        UsedTicket.objects.filter(span__lt=_span(at) - 1).delete()
        _row, is_new = UsedTicket.objects.get_or_create(mark=_mark(told), defaults={"span": span})
    if not is_new:
        return Ticket.USED
    return Ticket.OPENED if _is_opened(told, proof, signs) else Ticket.FRESH
