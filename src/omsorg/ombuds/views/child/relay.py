"""The door for text messages: a machine that receives them passes each on, signed, and sends back what is answered.

Neither a number nor a name is asked for, and a call that brings one is refused before anything of it is kept.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any

from babel.languages import get_official_languages
from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt

from omsorg.kernel import clock
from omsorg.kernel.refusals import Refusal
from omsorg.ombuds.actions.gates import ask_to_relay
from omsorg.ombuds.actions.relay import come_back, take_call, token_of
from omsorg.ombuds.actions.submissions import submit, words_to_keep
from omsorg.ombuds.rules.levels import Channel
from omsorg.ombuds.rules.refusals import CodeChanged, NoSuchCode, TakenAlready, TooManyAtOnce
from omsorg.ombuds.rules.signed_calls import is_signed, mark_of, secrets_of
from omsorg.ombuds.rules.spoken_code import Meant, codes_at_start, meant_as_code, read_code, says_more
from omsorg.ombuds.rules.text_messages import command_in, is_brief, measure
from omsorg.ombuds.rules.things import LANGUAGES
from omsorg.ombuds.views.child import texts
from omsorg.ombuds.views.child.frame import HEADERS, UNREACHABLE, Frame, note, page

HEADER = "Omsorg-Signature"
LARGEST = 100_000
FIELDS = frozenset({"text", "language", "country", "part", "channel"})
CHANNELS = (Channel.SMS, Channel.WHATSAPP)
_PART = re.compile(r"[\x21-\x7e]{16,200}")


class NotUnderstood(Exception):
    """A call that does not keep to what is agreed; its sentence is for whoever runs the other machine."""


@dataclass(frozen=True, slots=True)
class Letter:
    """One text message. `language` is empty where neither it nor the country tells."""

    text: str
    language: str
    country: str
    part: str
    channel: Channel

    @property
    def spoken(self) -> str:
        """The language given, else the first of the country's that is among the eight, else English."""
        official = get_official_languages(self.country) if self.country else ()
        ours = (tongue for tongue in official if tongue in LANGUAGES)
        return self.language or next(ours, "en")

    def __repr__(self) -> str:
        return f"Letter({self.channel})"


def read_letter(body: bytes) -> Letter:
    """The message of a call. What is not agreed is refused, above all a number: its value is never repeated."""
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        raise NotUnderstood("The body is not JSON.") from None
    if not isinstance(said, dict) or not all(isinstance(value, str) for value in said.values()):
        raise NotUnderstood("The body is one object, and each of its values is a text.")
    if not set(said) <= FIELDS:
        raise NotUnderstood("Only text, language, country, part and channel are taken; never send a number or a name.")
    return _letter(said)


def _letter(said: Mapping[str, str]) -> Letter:
    if not _PART.fullmatch(said.get("part", "")):
        raise NotUnderstood("part is 16 to 200 letters without blanks, another one for each message.")
    country, language = said.get("country", "").upper(), said.get("language", "").lower().replace("_", "-")
    if not re.fullmatch(r"([A-Z]{2})?", country):
        raise NotUnderstood("country is two letters, as TZ, or left out.")
    if said.get("channel", Channel.SMS) not in CHANNELS:
        raise NotUnderstood("channel is sms or whatsapp.")
    language = {"no": "nb", "nn": "nb"}.get(language.split("-")[0], language.split("-")[0])
    text = _whole_letters(said.get("text", "")).replace("\x00", "")
    return Letter(
        text,
        language if language in LANGUAGES else "",
        country,
        said["part"],
        Channel(said.get("channel", Channel.SMS)),
    )


def _whole_letters(text: str) -> str:
    """A text in which half a sign is shown as one that is missing: messages are cut in pieces, also within an emoji."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def without_a_trace(view: Callable[[HttpRequest], HttpResponse]) -> Callable[..., HttpResponse]:
    """A door without cookie, session and cache, which opens its own transactions."""

    @csrf_exempt
    @wraps(view)
    def answered(request: HttpRequest, **_named: Any) -> HttpResponse:
        response = view(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    answered.opens_its_own_transaction = True  # type: ignore[attr-defined]
    return answered


def _fault(said: str, status: int) -> JsonResponse:
    return JsonResponse({"error": said}, status=status)


@without_a_trace
def relay(request: HttpRequest) -> HttpResponse:
    """One signed call, one message, one answer. Where no secret is set, nobody is here."""
    secrets, at = secrets_of(settings.ENVIRONMENT.ombuds_relay_secret), clock.now()
    if not secrets:
        return page(Frame("en"), "languages", 404)
    if request.method != "POST":
        return _fault("Calls are sent with POST.", 405)
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST:
        return _fault("A call has at most 100 000 bytes.", 413)
    header = request.headers.get(HEADER, "")
    if not is_signed(header, request.body, secrets=secrets, at=at):
        return _fault("The signature does not hold, or is more than five minutes away from our clock.", 401)
    try:
        letter = read_letter(request.body)
    except NotUnderstood as wrong:
        return _fault(str(wrong), 422)
    with translation.override(letter.spoken):
        try:
            take_call(mark_of(header), at=at)
            return _said(_answer(letter), letter.spoken)
        except TakenAlready:
            return _fault("This call was taken before. Sign the message anew to send it again.", 409)
        except TooManyAtOnce as often:
            return _said(texts.refused(often, letter.country), letter.spoken, 429)
        except UNREACHABLE as gone:
            note(gone)
            return _said(texts.unreachable(letter.country), letter.spoken, 503)


def _said(text: str, language: str, status: int = 200) -> JsonResponse:
    """What is sent to the phone, and how many pieces it takes. 429 and 503 ask to pass the message on again later."""
    taken = measure(text)
    said = {"text": text, "language": language, "alphabet": taken.alphabet, "segments": taken.pieces}
    response = JsonResponse(said, status=status, json_dumps_params={"ensure_ascii": False})
    if status != 200:
        response["Retry-After"] = "300"
    return response


def _answer(letter: Letter) -> str:
    """What is said to a message: to a wish to stop, to a code, to a code with a slip in it, or to new words.

    Only what is nothing but a code with a slip in it, or one that leads nowhere, is not kept: words with things and
    numbers in them are words, and so is what follows a code that is not quite right.
    """
    command = command_in(letter.text)
    if command is not None:
        return texts.commanded(command, letter.country)
    token, at = token_of(letter.part, letter.text), clock.now()
    codes = codes_at_start(letter.text, letter.spoken)
    try:
        if codes:
            try:
                found = come_back(codes=codes, token=token, language=letter.language, at=at)
            except (NoSuchCode, CodeChanged):
                if not says_more(codes):
                    raise
            else:
                with translation.override(found.language):
                    return texts.came_back(found, found.language, letter.country)
        meant = Meant.PERHAPS if codes else meant_as_code(letter.text)
        if meant is Meant.SLIP:
            read_code(letter.text, letter.spoken)
        words_to_keep(letter.text)
        ask_to_relay(letter.text)
        told = submit(
            token=token,
            message=letter.text,
            language=letter.spoken,
            country=letter.country,
            channel=letter.channel,
            at=at,
        )
    except TooManyAtOnce:
        raise
    except Refusal as refused:
        return texts.refused(refused, letter.country)
    perhaps_code, is_cry = meant is Meant.PERHAPS, is_brief(letter.text)
    return texts.kept(told, letter.spoken, letter.country, perhaps_code=perhaps_code, may_say_more=is_cry)
