"""One's own account: who one is here, which roles one holds, where one is signed in, keys to the HTTP API."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from omsorg.federation.access import NobodySignedIn, acting_of
from omsorg.federation.models import Account
from omsorg.federation.second_factor import roles_that_ask


def account_of(request: HttpRequest) -> Account:
    """The account that is signed in; asked after `acting_of`, which lets nobody else this far."""
    if not isinstance(request.user, Account):
        raise NobodySignedIn("nobody is signed in")
    return request.user


def second_factor_first(request: HttpRequest) -> HttpResponse:
    """Why a second factor is asked for, and the two ways to get one; who needs none is sent on."""
    asking = roles_that_ask(acting_of(request))
    if not asking or account_of(request).has_second_factor:
        return redirect("site:home")
    return render(request, "federation/second_factor_first.html", {"roles": asking})
