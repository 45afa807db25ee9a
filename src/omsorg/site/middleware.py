"""What every request passes first: its measure is taken, and no foreign script, style, frame or form gets in."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseNotFound
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self';"
    " object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
WAYS = ("GET", "HEAD", "POST", "OPTIONS")
LARGEST_FROM_STRANGERS = 1_000_000
"""Bytes: the sign-in form and what the public sends are far smaller."""


def most_of(path: str, *, is_known: bool) -> int:
    """How many bytes may be sent to `path`. `is_known`: whoever sends brings a session or a key."""
    if settings.MEASURED_BY_THEMSELVES.fullmatch(path):
        return int(settings.LARGEST_FROM_CHILD)
    return settings.LARGEST_BODY if is_known else LARGEST_FROM_STRANGERS


class SheetsAndModulesTravelSmall(GZipMiddleware):
    """Style sheets and modules are packed on their way: a phone pays for each byte. Pages hold secrets and are not."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if not request.path.startswith(settings.STATIC_URL) or not request.path.endswith((".js", ".css")):
            return response
        return super().process_response(request, response)


class SecurityHeaders:
    """Adds the content security policy and switches off what no page of ours needs."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=()")
        return response


class Measured:
    """Refuses a body that is larger than anything that is asked for here, before a byte of it is read.

    A body without a length cannot be measured and is refused as well. Whoever brings neither a session nor a key sends
    a small form at most: nobody fills the disk from outside. A few pages measure by themselves, before they read, so
    that they can say no in words of their own (`MEASURED_BY_THEMSELVES`).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "HTTP_TRANSFER_ENCODING" in request.META and not request.META.get("CONTENT_LENGTH"):
            return HttpResponse("Say how long it is (Content-Length).", status=411, content_type="text/plain")
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdecimal() and settings.MEASURED_BY_THEMSELVES.fullmatch(request.path):
            return self.get_response(request)
        is_known = settings.SESSION_COOKIE_NAME in request.COOKIES or "HTTP_AUTHORIZATION" in request.META
        if not length.isdecimal() or int(length) > most_of(request.path, is_known=is_known):
            return HttpResponse("This is larger than what can be sent here.", status=413, content_type="text/plain")
        return self.get_response(request)


class PagesAreReadAndSent:
    """A page is read or a form is sent to it; what else can be asked of an address is asked of the HTTP API."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method in WAYS or request.path.startswith("/api/"):
            return self.get_response(request)
        return HttpResponseNotAllowed(WAYS)


class AddressesAreWritten:
    """An address with a character that nobody can write, and no database keeps, names nothing here.

    The HTTP API says so itself, in its own words.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        is_unwritten = "\0" in request.path_info or "%00" in request.META.get("QUERY_STRING", "")
        if is_unwritten and not request.path_info.startswith("/api/"):
            return HttpResponseNotFound("There is nothing at this address.", content_type="text/plain")
        return self.get_response(request)
