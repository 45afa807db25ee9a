"""The door of the HTTP API: whoever shows a good key is let in in its person's name; nobody is known by a cookie.

A key is counted before anything else is asked. What it may be used for (its scopes) narrows what its person's roles
open; it never widens it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from math import ceil
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from ninja.security import HttpBearer

from omsorg.federation.access import Acting, NothingHere, acting_of
from omsorg.federation.refusals import SecondFactorFirst
from omsorg.federation.scopes import all_scopes, verbs_of
from omsorg.federation.second_factor import lacks_second_factor
from omsorg.federation.tokens import fingerprint_of, person_of_token
from omsorg.kernel import clock
from omsorg.kernel.api.given import plain, refused_as
from omsorg.kernel.counters import count_up
from omsorg.kernel.refusals import Refusal
from omsorg.kernel.refusals import written as _

SPAN = timedelta(minutes=1)
NAMESPACE = "api"


class KeyNeeded(Refusal):
    sentence = _("This is open to those who show a key: Authorization: Bearer, and the key.")


class KeyOpensNothing(Refusal):
    sentence = _("This key opens nothing: it is not known, was taken back, or its time is over.")


class OtherScopeNeeded(Refusal):
    sentence = _("This key is not made for that. It takes one with the scope %(scopes)s.")


class TooManyRequests(Refusal):
    sentence = _("This key has asked too often. Wait %(seconds)s seconds.")


@dataclass(frozen=True, slots=True)
class KeyHolder:
    """In whose name a key acts: what stands in `request.user` for a request with a key. There is no session.

    The door of the pages lets it pass; an operation that needs a key asks for the second factor itself (`Key`).
    """

    person_id: int
    scopes: frozenset[str]
    is_authenticated: ClassVar[bool] = True
    is_anonymous: ClassVar[bool] = False
    has_second_factor: ClassVar[bool] = True


class ApiDoor:
    """Middleware: for the HTTP API, who is asking is decided by the key that is shown, and by nothing else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer, with who may keep it: what is public everybody and any page, what took a key nobody."""
        response = self.get_response(request)
        if not _is_asked(request):
            return response
        if isinstance(request.user, KeyHolder):
            response.headers.setdefault("Cache-Control", "private, no-store")
        elif request.method in ("GET", "HEAD"):
            response.headers["Access-Control-Allow-Origin"] = "*"
        patch_vary_headers(response, ["Authorization"])
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        if not _is_asked(request):
            return None
        translation.activate(translation.get_language_from_request(request))
        request.user = AnonymousUser()
        shown = request.headers.get("Authorization")
        if shown is None:
            return None
        kind, _space, text = shown.partition(" ")
        now = clock.now()
        found = person_of_token(text.strip(), now) if kind.lower() == "bearer" else None
        if found is None:
            return _refused(KeyOpensNothing(), 401)
        count, until = count_up(f"api key {fingerprint_of(text.strip())}", at=now, lasts=SPAN)
        if count > settings.ENVIRONMENT.api_requests_per_minute:
            seconds = max(1, ceil((until - now).total_seconds()))
            answer = _refused(TooManyRequests(seconds=seconds), 429)
            answer["Retry-After"] = str(seconds)
            return answer
        request.user = KeyHolder(*found)  # type: ignore[assignment]
        return None


def _is_asked(request: HttpRequest) -> bool:
    """Whether the request is for the HTTP API."""
    return request.resolver_match is not None and NAMESPACE in request.resolver_match.namespaces


def _refused(refusal: Refusal, status: int) -> HttpResponse:
    answer = JsonResponse(plain(refused_as(refusal)), status=status)
    if status == 401:
        answer["WWW-Authenticate"] = "Bearer"
    return answer


class Key(HttpBearer):
    """For an operation that needs a key: one that lets `verb` through (any good key where no verb is named)."""

    def __init__(self, verb: str = "") -> None:
        super().__init__()
        self.verb = verb

    def authenticate(self, request: HttpRequest, token: str) -> Acting | None:
        if not isinstance(request.user, KeyHolder):
            return None
        try:
            acting = acting_of(request)
        except NothingHere:  # whoever has left has no keys
            return None
        acting.only = verbs_of(request.user.scopes)
        if self.verb and self.verb not in acting.only:
            raise OtherScopeNeeded(scopes=", ".join(scopes_that_open(self.verb)))
        if lacks_second_factor(acting):
            raise SecondFactorFirst
        return acting


def scopes_that_open(verb: str) -> list[str]:
    """The scopes of the systems that are on with which a key lets `verb` through; all of them for no verb."""
    return [scope.code for scope in all_scopes() if not verb or verb in scope.may]
