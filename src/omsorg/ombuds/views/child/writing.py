"""One question, and then the code."""

import binascii
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from omsorg.kernel import clock
from omsorg.kernel.numbers import format_day_of_week
from omsorg.kernel.refusals import Refusal
from omsorg.ombuds.access import at_the_desk
from omsorg.ombuds.actions.gates import ask_to_tell, may_ask_again
from omsorg.ombuds.actions.known_codes import code_is_known
from omsorg.ombuds.actions.submissions import Submitted, kept_before, submit, words_to_keep
from omsorg.ombuds.queries.reachable import Reachable, is_only_example, ombudspersons_for
from omsorg.ombuds.rules.attachments import ACCEPTED, MOST_FILES, PICTURES_TOLD, VOICES_TOLD
from omsorg.ombuds.rules.levels import Channel
from omsorg.ombuds.rules.refusals import SaidAlready, TooManyAtOnce, TooManyTries
from omsorg.ombuds.rules.return_code import TOKEN_BYTES
from omsorg.ombuds.rules.spoken_code import say_code
from omsorg.ombuds.views.caller import caller_of
from omsorg.ombuds.views.child.frame import (
    UNREACHABLE,
    Frame,
    childs_page,
    countries,
    is_trial,
    note,
    page,
    shown,
    status_of,
)
from omsorg.ombuds.views.child.uploads import attachments_of, most_megabytes, taken_into_memory

TOO_OFTEN = (TooManyAtOnce, TooManyTries, SaidAlready)
BUILT_IN = date(2026, 1, 1)
"""No clock that goes right shows a day before this one."""

ANSWERS = {
    "here": gettext_lazy("Here. I come back with my code."),
    "meet": gettext_lazy("I want to talk with somebody, face to face."),
    "know": gettext_lazy("Do nothing yet. I only want you to know."),
}


@dataclass(frozen=True, slots=True)
class Written:
    """What stands in the form; it stays there whatever happens."""

    token: str
    message: str = ""
    answer: str = "here"
    names: str = ""
    country: str = ""
    excluded: frozenset[int] = frozenset()

    @property
    def wants(self) -> str:
        """The child's wish in its own language, and the names of those who must not read this."""
        wish = [str(ANSWERS[self.answer])] if self.answer in ("meet", "know") else []
        if self.names.strip():
            wish.append(not_for(self.names.strip()))
        return "\n".join(wish)


def not_for(names: str) -> str:
    """The wish that somebody does not read this, as it is kept; empty where nobody was named."""
    return _("Must not read this: %(names)s") % {"names": names} if names else ""


def rings_marked(sent: QueryDict) -> frozenset[int]:
    """The people whom the child marked: those who must not read this."""
    return frozenset(int(ring) for ring in sent.getlist("not") if ring.isdecimal() and len(ring) < 20)


def new_token() -> str:
    return urlsafe_b64encode(secrets.token_bytes(TOKEN_BYTES)).decode().rstrip("=")


def token_bytes(token: str) -> bytes | None:
    """The bytes of a form's token; None where it is none of ours."""
    try:
        found = urlsafe_b64decode(token + "=" * (-len(token) % 4))
    except (binascii.Error, ValueError):
        return None
    return found if len(found) == TOKEN_BYTES else None


MOST_OF_NAMES = 400
"""As many letters as the field for names takes."""


def _written(sent: QueryDict, frame: Frame) -> Written:
    return Written(
        token=sent.get("form", ""),
        message=sent.get("message", ""),
        answer=sent.get("answer", "here"),
        names=sent.get("names", "")[:MOST_OF_NAMES],
        country=frame.country or _offered(sent.get("country", ""), frame.language),
        excluded=rings_marked(sent),
    )


def _offered(country: str, language: str) -> str:
    """The country that was chosen; one that is not offered counts as not said."""
    return country if country in dict(countries(language, settings.ENVIRONMENT.ombuds_emergency_numbers)) else ""


def _reachable(country: str) -> tuple[tuple[Reachable, ...], bool]:
    """Whom the child may shut out, and whether all of them are invented. Where that cannot be read now, the question
    waits; writing does not."""
    if not country:
        return (), is_trial()
    try:
        with at_the_desk(None):
            invented = is_only_example()
            return ombudspersons_for(country, example=invented), invented
    except UNREACHABLE as gone:
        note(gone)
        return (), False


def _form(frame: Frame, written: Written, status: int = 200, *, trouble: str = "", files: bool = False) -> HttpResponse:
    people, invented = _reachable(frame.country)
    return page(
        frame,
        "write",
        status,
        written=written,
        answers=ANSWERS.items(),
        people=people,
        countries=() if frame.country else countries(frame.language, settings.ENVIRONMENT.ombuds_emergency_numbers),
        accepted=ACCEPTED,
        pictures=PICTURES_TOLD,
        voices=VOICES_TOLD,
        most_files=MOST_FILES,
        most_megabytes=most_megabytes(),
        is_trial=invented,
        trouble=trouble,
        choose_files_again=files,
    )


@childs_page
def write(request: HttpRequest, frame: Frame) -> HttpResponse:
    if request.method != "POST":
        return _form(frame, Written(new_token(), country=frame.country))
    handler = taken_into_memory(request)
    written = _written(request.POST, frame)
    token = token_bytes(written.token)
    if "known" in request.POST:
        return _known(token, caller_of(request))
    files = bool(request.FILES) or handler.left_out
    if token is None:
        written = Written(new_token(), written.message, written.answer, written.names, written.country)
        return _form(frame, written, 400, trouble=_("Please press Send once more."), files=files)
    try:
        sent = attachments_of(request)
        words_to_keep(written.message, sent)
        kept = _let_in(token, written.message, caller_of(request)) or submit(
            token=token,
            message=written.message,
            language=frame.language,
            country=written.country,
            channel=Channel.WEB,
            excluded=sorted(written.excluded),
            wants=written.wants,
            attachments=sent,
            unit=frame.home,
            at=clock.now(),
        )
    except Refusal as refused:
        status = 429 if isinstance(refused, TOO_OFTEN) else 422
        return _form(frame, written, status, trouble=str(refused), files=files)
    except Exception as gone:
        note(gone)
        said = _("We could not keep your words just now. That is our fault, not yours. They are still here.")
        wait = _("Wait a moment, and press Send again.")
        return _form(frame, written, status_of(gone), trouble=f"{said} {wait}", files=files)
    return _code(frame, kept, written.token)


GOES = (
    '<!DOCTYPE html><html lang="en"><title>…</title><meta http-equiv="refresh" content="0;url={0}"><a href="{0}">…</a>'
)
"""On to the way out. A redirect would not do: browsers let no form lead to another site by one."""


def _known(token: bytes | None, caller: str) -> HttpResponse:
    """Away from the code: whoever finds the page again on a shared phone is not shown it once more."""
    try:
        if token is not None and may_ask_again(caller):
            code_is_known(token=token, at=clock.now())
    except Exception as gone:
        note(gone)
    return HttpResponse(GOES.format(reverse("child:exit")))


def _let_in(token: bytes, message: str, caller: str) -> Submitted | None:
    """Pass the gate; None where this is new. A form that is kept already passes a closed gate too: its answer was lost
    on the way, and the child would have no code. Raises what the gate says."""
    try:
        ask_to_tell(caller, message)
    except (TooManyAtOnce, SaidAlready):
        kept = kept_before(token=token, message=message, at=clock.now()) if may_ask_again(caller) else None
        if kept is None:
            raise
        return kept
    return None


def promised(on: date | None, language: str) -> str:
    """The day before which somebody writes; empty where nothing is promised, or the clock of the house is wrong.

    The promise day itself still keeps the promise, so what a child is told is the day after it.
    """
    return format_day_of_week(on + timedelta(days=1), language) if on and clock.today() >= BUILT_IN else ""


def _code(frame: Frame, kept: Submitted, token: str) -> HttpResponse:
    signs = [(sign.thing, sign.number) for sign in kept.code]
    return page(
        frame,
        "code",
        signs=[shown(thing, frame.language, number) for thing, number in signs],
        said=say_code(signs, frame.language),
        code_used=kept.code_used,
        promised=promised(kept.promise_on, frame.language),
        already=kept.already,
        token=token,
    )
