"""Personal keys to the HTTP API: shown once when made, kept as a fingerprint, good until a day, taken back at will.

A key acts in its person's name, within the scopes chosen, and never beyond the person's roles of that day. It dies with
the account: whoever has left has no keys.
"""

import hashlib
import hmac
import secrets
from collections.abc import Collection
from datetime import date, datetime, timedelta

from django.db import transaction

from omsorg.federation.access import Acting, NothingHere
from omsorg.federation.models import Account, Token
from omsorg.federation.refusals import (
    ExpiryOutOfReach,
    NameMissing,
    NoScope,
    RevokedAlready,
    SecondFactorFirst,
    UnknownScope,
)
from omsorg.federation.scopes import all_scopes
from omsorg.federation.second_factor import lacks_second_factor
from omsorg.kernel.trail import leave_trace

PREFIX = "omsorg_"
LONGEST = timedelta(days=366)


def fingerprint_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


@transaction.atomic
def make_token(*, name: str, scopes: Collection[str], expires_on: date, by: Acting, at: datetime) -> str:
    """Make a key for oneself and return its text, for the only time. `expires_on` is the first day it opens nothing.

    Refused: without a scope, with one that no system knows, for more than a year, and to whoever must have a second
    factor and has none.
    """
    if lacks_second_factor(by):
        raise SecondFactorFirst
    name = name.strip()
    if not name:
        raise NameMissing
    if not scopes:
        raise NoScope
    known = {scope.code for scope in all_scopes()}
    for scope in scopes:
        if scope not in known:
            raise UnknownScope(scope=scope)
    if not at.date() < expires_on <= at.date() + LONGEST:
        raise ExpiryOutOfReach
    text = PREFIX + secrets.token_urlsafe(32)
    token = Token.objects.create(
        person_id=by.person_id,
        name=name,
        fingerprint=fingerprint_of(text),
        scopes=sorted(set(scopes)),
        made_at=at,
        expires_on=expires_on,
    )
    leave_trace(
        "make_token",
        f"token:{token.pk}",
        by=by.person_id,
        at=at,
        organisation=by.organisation_id,
        details={"scopes": token.scopes, "expires_on": expires_on.isoformat()},
    )
    return text


@transaction.atomic
def revoke_token(*, token_id: int, by: Acting, at: datetime) -> None:
    """Take back one of one's own keys; it opens nothing from this moment."""
    token = Token.objects.select_for_update().filter(pk=token_id, person_id=by.person_id).first()
    if token is None:
        raise NothingHere(f"token {token_id}")
    if token.revoked_at is not None:
        raise RevokedAlready
    token.revoked_at = at
    token.save(update_fields=["revoked_at"])
    leave_trace(
        "revoke_token", f"token:{token.pk}", by=by.person_id, at=at, organisation=by.organisation_id, details={}
    )


def person_of_token(text: str, at: datetime) -> tuple[int, frozenset[str]] | None:
    """Whose key this is and what it may be used for, or None for one that opens nothing at `at`.

    Looked up by fingerprint, so that how long it takes tells nothing of the keys there are. Two queries.
    """
    fingerprint = fingerprint_of(text)
    token = Token.objects.filter(fingerprint=fingerprint).first()
    if token is None or not hmac.compare_digest(token.fingerprint, fingerprint):
        return None
    if token.revoked_at is not None or at.date() >= token.expires_on:
        return None
    account = Account.objects.filter(person_id=token.person_id).first()
    if account is None or not account.opens_on(at.date()):
        return None
    return token.person_id, frozenset(token.scopes)
