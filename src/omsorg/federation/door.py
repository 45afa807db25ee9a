"""The door of the house: each page in its reader's name, and what is said to those who may not come in.

A visitor is led to sign in, a person whose role asks for a second factor is led to set one up, a stranger is told that
there is no such page, and somebody whose roles do not reach so far is told which role it takes.
"""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode, urlsplit

from allauth.account.middleware import AccountMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from omsorg.federation.access import NobodySignedIn, NotAllowed, NothingHere, acting_of
from omsorg.federation.roles import codes_that_may, role_called
from omsorg.federation.second_factor import roles_that_ask
from omsorg.kernel.wall import InPersonsName

OPEN_WITHOUT_SECOND_FACTOR = frozenset(
    {
        "site:health",
        "federation:second-factor-first",
        "account_logout",
        "account_reauthenticate",
        "mfa_index",
        "mfa_activate_totp",
        "mfa_list_webauthn",
        "mfa_add_webauthn",
        "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn",
    }
)


SENT_IN_VAIN = "sent_in_vain"
"""The cookie that tells the sign-in page that what was sent has not been saved. No link can set it."""


class AtTheDoor(InPersonsName):
    """Middleware, the innermost: lets in, leads on, or says no in words."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        super().__init__(get_response)
        self.of_the_sign_in_package = AccountMiddleware(get_response).process_exception  # type: ignore[no-untyped-call]

    def before(self, request: HttpRequest) -> HttpResponse | None:
        user = request.user
        if not user.is_authenticated or getattr(user, "has_second_factor", False):
            return None
        if request.resolver_match is not None and request.resolver_match.view_name in OPEN_WITHOUT_SECOND_FACTOR:
            return None
        try:
            asking = roles_that_ask(acting_of(request))
        except NothingHere:
            return None
        if not asking:
            return None
        return redirect("federation:second-factor-first")

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse:
        try:
            return super().process_view(request, view, args, kwargs)
        except NobodySignedIn:
            return self.to_sign_in(request)
        except NothingHere as nothing:
            raise Http404(str(nothing)) from nothing
        except NotAllowed as refused:
            return self.not_allowed(request, refused)
        except Exception as exception:
            # The sign-in package asks to sign in again, or answers at once, by an exception of its own.
            answer = self.of_the_sign_in_package(request, exception)
            if answer is None:
                raise
            return answer

    def to_sign_in(self, request: HttpRequest) -> HttpResponse:
        """To the sign-in page, and from there back to the page that was read, or from which something was sent."""
        if request.method in ("GET", "HEAD"):
            return redirect_to_login(request.get_full_path())
        sent_from = urlsplit(request.headers.get("Referer", ""))
        back = sent_from.path if sent_from.netloc == request.get_host() and sent_from.path else request.path
        answer = redirect(f"{reverse('account_login')}?{urlencode({'next': back})}")
        answer.set_cookie(SENT_IN_VAIN, "1", max_age=600, httponly=True, samesite="Lax", secure=request.is_secure())
        return answer

    def not_allowed(self, request: HttpRequest, refused: NotAllowed) -> HttpResponse:
        """The page that says which role it would take."""
        needed = [role_called(code).title for code in codes_that_may(refused.verb)]
        return render(request, "403.html", {"needed": needed}, status=403)
