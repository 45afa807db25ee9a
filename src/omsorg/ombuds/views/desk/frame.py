"""The frame of every page of an ombudsperson: the open ring, the locked state, headers that let no copy stay behind.

A page that finds the ring locked asks for the passphrase in its own place. What was written meanwhile is kept in that
answer, and goes on once the ring is open: half an hour without a page must not cost anybody's words.
"""

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as __
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from omsorg.federation.access import Acting, NotAllowed, NothingHere, acting_of
from omsorg.kernel import clock
from omsorg.kernel.reading import only_reading
from omsorg.kernel.refusals import Refusal
from omsorg.ombuds.access import HEAR, OpenRing, at_the_desk, ombuds_database
from omsorg.ombuds.actions.rings import unlock_ring
from omsorg.ombuds.queries.rings import COOKIE, IDLE, open_ring_of, ring_of, ring_that_counts
from omsorg.ombuds.rules.refusals import NoRing, NotVouchedFor, RingLocked

UNLOCK = "unlock_passphrase"
LOCKED = 423
NOT_CARRIED = frozenset({UNLOCK, "csrfmiddlewaretoken"})
View = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True)
class Desk:
    """Who sits here, with which ring open."""

    acting: Acting
    ring: OpenRing
    at: datetime

    @property
    def hands(self) -> dict[str, Any]:
        """What every action at a desk is given."""
        return {"ring": self.ring, "by": self.acting, "at": self.at}


def hearing(request: HttpRequest) -> Acting:
    """Who hears; others are told which role it takes, and a stranger that there is no such page."""
    acting = acting_of(request)
    if not acting.may_anywhere(HEAR):
        if not acting.mandates:
            raise NothingHere("ombuds")
        raise NotAllowed(HEAR)
    return acting


def without_a_copy(response: HttpResponse) -> HttpResponse:
    """No cache keeps these pages, no search finds them, and no other site is told that one came from here."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers.setdefault("Referrer-Policy", "same-origin")
    return response


def keep_half(response: HttpResponse, half: str) -> None:
    """Hand the browser its half of the opening; no script reads it, and it comes back from these pages only.

    The cookie lies under the pages of the reader's language: in another one the passphrase is asked for once more.
    """
    response.set_cookie(
        COOKIE,
        half,
        max_age=int(IDLE.total_seconds()),
        path=reverse("ombuds:desk"),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )


def drop_half(response: HttpResponse) -> None:
    """Take the browser's half away."""
    response.delete_cookie(COOKIE, path=reverse("ombuds:desk"), samesite="Strict")


def ombuds_page(view: View) -> View:
    """A page that somebody who hears may open without a ring: keys are made and changed there."""

    @wraps(view)
    @sensitive_post_parameters()
    def answered(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return without_a_copy(view(request, hearing(request), **kwargs))

    return answered


def with_open_ring(view: View) -> View:
    """A page for whoever has unlocked a ring; for everybody else who hears it asks for the passphrase in its place."""

    @wraps(view)
    @sensitive_post_parameters()
    def answered(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        acting, at = hearing(request), clock.now()
        if UNLOCK in request.POST:
            return without_a_copy(_unlock(view, request, acting, at, kwargs))
        try:
            with at_the_desk(acting.person_id):
                ring, half = open_ring_of(acting, request.COOKIES.get(COOKIE, ""), at=at)
                ring_that_counts(acting.person_id)
        except RingLocked:
            return without_a_copy(_locked(request, acting))
        except NotVouchedFor as refused:
            messages.error(request, str(refused))
            return without_a_copy(redirect("ombuds:keys"))
        response = _shown(view, request, Desk(acting, ring, at), kwargs)
        keep_half(response, half)
        return without_a_copy(response)

    return answered


def _shown(view: View, request: HttpRequest, desk: Desk, kwargs: dict[str, Any]) -> HttpResponse:
    reads = request.method in ("GET", "HEAD", "OPTIONS")
    with only_reading(using=ombuds_database()) if reads else nullcontext():
        return view(request, desk, **kwargs)


@sensitive_variables()
def _unlock(view: View, request: HttpRequest, acting: Acting, at: datetime, kwargs: dict[str, Any]) -> HttpResponse:
    try:
        ring, half = unlock_ring(passphrase=request.POST[UNLOCK], by=acting, at=at)
    except NoRing:
        return redirect("ombuds:keys")
    except Refusal as refused:
        return _locked(request, acting, trouble=str(refused))
    carried = request.POST.copy()
    for name in NOT_CARRIED:
        carried.pop(name, None)
    with at_the_desk(acting.person_id):
        counts = ring_of(acting.person_id).counts
    if not carried or not counts:
        response: HttpResponse = HttpResponseRedirect(request.get_full_path())
    else:
        request.POST = carried  # type: ignore[assignment]
        response = view(request, Desk(acting, ring, at), **kwargs)
    keep_half(response, half)
    return response


def _locked(request: HttpRequest, acting: Acting, *, trouble: str = "") -> HttpResponse:
    try:
        with at_the_desk(acting.person_id):
            ring = ring_of(acting.person_id)
    except NoRing:
        return redirect("ombuds:keys")
    return render(
        request,
        "ombuds/unlock.html",
        {
            "field": UNLOCK,
            "trouble": trouble,
            "idle": int(IDLE.total_seconds() // 60),
            "vouched": ring.counts,
            "carried": [
                (name, value) for name, values in request.POST.lists() if name not in NOT_CARRIED for value in values
            ],
            "had_files": bool(request.FILES),
        },
        status=LOCKED if request.method in ("GET", "HEAD") or UNLOCK not in request.POST else 422,
    )


def crumbs(*more: tuple[str, str]) -> list[dict[str, str]]:
    """The way back to the desk, and to what lies between."""
    return [{"label": __("My desk"), "url": reverse("ombuds:desk")}, *({"label": one, "url": url} for one, url in more)]
