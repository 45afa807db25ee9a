"""Where an account is signed in: one of those places, or all others, is ended at once; what is over is forgotten."""

from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction

from omsorg.federation.access import Acting, NothingHere
from omsorg.kernel.trail import leave_trace


@transaction.atomic
def end_session(*, account_id: int, session_id: int, by: Acting, at: datetime) -> None:
    """End one session of one's own account: whoever uses it is signed out with the next page."""
    found = UserSession.objects.filter(user_id=account_id, pk=session_id).first()
    if found is None:
        raise NothingHere(f"session {session_id}")
    _end([found.session_key])
    _trace(1, by, at)


@transaction.atomic
def end_other_sessions(*, account_id: int, staying: str | None, by: Acting, at: datetime) -> int:
    """End every session of one's own account but the one with the key `staying`. Says how many."""
    others = UserSession.objects.filter(user_id=account_id).exclude(session_key=staying)
    keys = list(others.values_list("session_key", flat=True))
    if keys:
        _end(keys)
        _trace(len(keys), by, at)
    return len(keys)


def end_all_sessions(account_id: int) -> None:
    """Part of ending a person's time; whoever calls leaves the trace."""
    _end(list(UserSession.objects.filter(user_id=account_id).values_list("session_key", flat=True)))


def forget_ended_sessions(*, at: datetime) -> int:
    """Wipe sessions that are over, and from where and with which browser somebody was signed in. Says how many."""
    Session.objects.filter(expire_date__lte=at).delete()
    forgotten, _ = UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
    return forgotten


def _end(keys: list[str]) -> None:
    Session.objects.filter(session_key__in=keys).delete()
    UserSession.objects.filter(session_key__in=keys).delete()


def _trace(count: int, by: Acting, at: datetime) -> None:
    leave_trace(
        "end_sessions",
        f"person:{by.person_id}",
        by=by.person_id,
        at=at,
        organisation=by.organisation_id,
        details={"count": count},
    )
