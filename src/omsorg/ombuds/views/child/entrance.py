"""The way in and the way out: which language, are you safe, and leaving at once."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from omsorg.kernel import clock
from omsorg.ombuds.actions.gates import may_use_up
from omsorg.ombuds.actions.tickets import use_ticket
from omsorg.ombuds.views.caller import caller_of
from omsorg.ombuds.views.child.frame import Frame, childs_page, countries, is_trial, page


@childs_page
def languages(request: HttpRequest, frame: Frame, country: str = "", home: str = "") -> HttpResponse:
    """The choice of a language; an entrance link says the country, and perhaps the house."""
    return page(Frame(frame.language, f"{country}.{home}" if home else country) if country else frame, "languages")


@childs_page
def mistyped(request: HttpRequest, frame: Frame, mistyped: str) -> HttpResponse:
    """An address that leads nowhere: the way in, as neutral as every page of the child's."""
    return page(frame, "languages", 404)


@childs_page
def first(request: HttpRequest, frame: Frame) -> HttpResponse:
    return page(frame, "first", is_trial=is_trial())


@childs_page
def danger(request: HttpRequest, frame: Frame) -> HttpResponse:
    offered = countries(frame.language, settings.ENVIRONMENT.ombuds_emergency_numbers)
    return page(frame, "danger", countries=() if frame.country else offered)


DULL = '<!DOCTYPE html><html lang="en"><title>…</title><main><h1>…</h1></main>'


@childs_page
def leave(request: HttpRequest, frame: Frame) -> HttpResponse:
    """Away from here: what the browser kept of these pages is thrown away, and something dull is shown.

    The header names the cache alone. Storage belongs to everybody on the phone: to an ombudsperson on the way, to a
    savings group, to another child. The words this child kept are erased by the script that kept them; without script
    there are none.

    A page that was left sends its ticket, where there is script: pictures half chosen are shown to nobody any more.
    """
    if request.method == "POST":
        if may_use_up(caller_of(request)):
            use_ticket(request.POST.get("ticket", ""), at=clock.now())
        return HttpResponse(status=204)
    elsewhere = settings.ENVIRONMENT.ombuds_exit_url
    response = HttpResponseRedirect(elsewhere) if elsewhere else HttpResponse(DULL)
    response.headers["Clear-Site-Data"] = '"cache"'
    return response
