"""The frame of every page a child sees: its language, where the entrance stood, what it may not leave behind.

These pages open their own transactions, so that a child is answered in words also when the database is away. They set
no cookie, ask for no session, and are kept by no cache.
"""

import logging
import re
import traceback
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from functools import lru_cache, wraps
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from babel import Locale
from django.conf import settings
from django.core.exceptions import BadRequest, SuspiciousOperation
from django.db import DatabaseError, InterfaceError
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.csrf import csrf_exempt

from omsorg.kernel.reading import only_reading
from omsorg.ombuds.access import at_the_desk
from omsorg.ombuds.pages.words import OWN_NAMES
from omsorg.ombuds.queries.reachable import is_only_example
from omsorg.ombuds.rules.emergency import ANYWHERE, emergency_number, known_numbers, numbers_set
from omsorg.ombuds.rules.refusals import TooMuchAtOnce
from omsorg.ombuds.rules.things import LANGUAGES, THINGS
from omsorg.ombuds.views.child.uploads import measure

logger = logging.getLogger(__name__)
_FIELD = re.compile(r"(<textarea.*?</textarea>)", re.DOTALL)
HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
    "Permissions-Policy": "microphone=(self), camera=(), geolocation=(), payment=()",
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self' blob:;"
        " connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
}


@dataclass(frozen=True, slots=True)
class Frame:
    """One page for one child. `at` is the place of the entrance link: a country, perhaps a house ("tz.kilimani")."""

    language: str
    at: str = ""

    @property
    def direction(self) -> str:
        return "rtl" if self.language == "ar" else "ltr"

    @property
    def country(self) -> str:
        country = self.at.partition(".")[0].upper()
        return country if len(country) == 2 and country.isascii() and country.isalpha() else ""

    @property
    def home(self) -> str:
        return self.at.partition(".")[2] if self.country else ""

    @property
    def languages(self) -> list[tuple[str, str, str]]:
        """Each language, its own name for itself, and where it begins."""
        return [(code, name, self._address("child:first", code)) for code, name in OWN_NAMES.items()]

    @property
    def languages_url(self) -> str:
        return self._placed(reverse("child:languages"))

    @property
    def first_url(self) -> str:
        return self._address("child:first")

    @property
    def danger_url(self) -> str:
        return self._address("child:danger")

    @property
    def write_url(self) -> str:
        return self._address("child:write")

    @property
    def come_back_url(self) -> str:
        return self._address("child:come-back")

    @property
    def pick_url(self) -> str:
        return self._address("child:pick")

    @property
    def case_url(self) -> str:
        return self._address("child:case")

    @property
    def heard_url(self) -> str:
        return self._address("child:heard")

    @property
    def number(self) -> str:
        """The emergency number of the country; empty where it is not known."""
        return emergency_number(self.country, settings.ENVIRONMENT.ombuds_emergency_numbers) or ""

    @property
    def number_anywhere(self) -> str:
        return ANYWHERE

    def _address(self, name: str, language: str = "") -> str:
        return self._placed(reverse(name, kwargs={"language": language or self.language}))

    def _placed(self, address: str) -> str:
        return f"{address}?{urlencode({'at': self.at})}" if self.at else address


@dataclass(frozen=True, slots=True)
class Shown:
    """One picture as it is shown: the drawing, its word in the child's language, and the number, if it has one."""

    thing: int
    word: str
    drawing: SafeString
    number: int = 0


def shown(thing: int, language: str, number: int = 0) -> Shown:
    found = THINGS[thing]
    return Shown(thing, found.word(language), mark_safe(found.drawing), number)  # noqa: S308 - our own drawing


def page(frame: Frame, name: str, status: int = 200, **context: Any) -> HttpResponse:
    """A page of the child's, with nothing of the site around it."""
    text = render_to_string(f"ombuds/child/{name}.html", {"frame": frame, **context})
    return HttpResponse(light(text), status=status)


def light(page_text: str) -> str:
    """A page without idle white space and closing words that nobody needs: a quarter less. Fields stay as they are.

    It takes time in proportion to the page, whatever stands in it: what somebody typed is in it as well.
    """
    parts = _FIELD.split(page_text)
    parts[::2] = [_tight(part).replace("</option>\n", "\n").lstrip() for part in parts[::2]]
    return "".join(parts)


def _tight(part: str) -> str:
    first, *lines = part.split("\n")
    if not lines:
        return first
    within = (line.strip() for line in lines[:-1])
    return "\n".join([first.rstrip(), *(line for line in within if line), lines[-1].lstrip()])


def childs_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view of the child's: in its language, without a trace, and in words also when nothing can be kept or read."""

    @csrf_exempt
    @wraps(view)
    def answered(request: HttpRequest, language: str = "en", **kwargs: Any) -> HttpResponse:
        frame = Frame(language if language in LANGUAGES else "en", _place(request.GET.get("at", "")))
        with translation.override(frame.language):
            response = _answer(view, request, frame, kwargs) if language in LANGUAGES else page(frame, "languages", 404)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        response.headers.setdefault("Content-Language", frame.language)
        return response

    answered.opens_its_own_transaction = True  # type: ignore[attr-defined]
    return answered


def _answer(
    view: Callable[..., HttpResponse], request: HttpRequest, frame: Frame, told: dict[str, Any]
) -> HttpResponse:
    try:
        if request.method == "POST":
            measure(request)
        with only_reading() if request.method in ("GET", "HEAD", "OPTIONS") else nullcontext():
            return view(request, frame, **told)
    except TooMuchAtOnce as refused:
        return page(frame, "trouble", 413, said=str(refused), chosen="", message="")
    except (SuspiciousOperation, BadRequest, MultiPartParserError) as unread:
        note(unread)
        return page(frame, "trouble", 400, said="", chosen="", message="")
    except UNREACHABLE as gone:
        note(gone)
        return page(frame, "trouble", 503, said="", chosen="", message="")
    except Exception as fault:
        note(fault)
        return page(frame, "trouble", 500, said="", chosen="", message="")


def is_trial() -> bool:
    """Whether invented people alone would hear: then the page says so before anybody writes."""
    if not settings.ENVIRONMENT.example:
        return False
    try:
        with at_the_desk(None):
            return is_only_example()
    except UNREACHABLE as gone:
        note(gone)
        return False


UNREACHABLE = (DatabaseError, InterfaceError, OSError)
"""What is raised when nothing can be kept or read: the database away, the disk full, too many at once."""


def status_of(fault: Exception) -> int:
    """How a page answers that could not do its work: another time it may, or something is broken."""
    return 503 if isinstance(fault, UNREACHABLE) else 500


def note(gone: Exception) -> None:
    """Tell the operator what kind of fault it was and where, and not a word of what a child said."""
    where = traceback.extract_tb(gone.__traceback__)[-1:]
    place = "".join(f" at {Path(one.filename).name}:{one.lineno}" for one in where)
    logger.error("The channel of the children could not keep or read: %s%s", type(gone).__name__, place)


def _place(said: str) -> str:
    """The place of an entrance link as it may be repeated in a page: letters, figures, hyphens, one full stop."""
    return said[:80] if all(sign.isalnum() or sign in "-._" for sign in said[:80]) else ""


@lru_cache(maxsize=16)
def countries(language: str, setting: str) -> tuple[tuple[str, str], ...]:
    """The countries a child may choose, by their names in its language."""
    names = Locale.parse(language).territories
    codes = {*known_numbers(), *numbers_set(setting)}
    return tuple(sorted(((code, names.get(code, code)) for code in codes), key=lambda pair: pair[1]))
