"""One's own account: who one is here, which roles one holds, where one is signed in, keys to the HTTP API."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from omsorg.federation.access import acting_of
from omsorg.federation.second_factor import roles_that_ask


def second_factor_first(request: HttpRequest) -> HttpResponse:
    """Why a second factor is asked for, and the two ways to get one; who needs none is sent on."""
    asking = roles_that_ask(acting_of(request))
    if not asking or request.user.has_second_factor:
        return redirect("site:home")
    return render(request, "federation/second_factor_first.html", {"roles": asking})
