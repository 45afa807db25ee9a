"""Where a group's phone hands in what it sealed, without anybody's account: the three signatures are who it is.

An answer names what is kept here; for whatever it does not name, the phone keeps it and sends it again.
"""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import translation
from django.utils.translation.trans_real import parse_accept_lang_header
from django.views.decorators.csrf import csrf_exempt

from omsorg.kernel import clock
from omsorg.kernel.wall import in_name_of
from omsorg.savings.actions.receiving import receive
from omsorg.savings.actions.restoring import challenge_for, give_back
from omsorg.savings.actions.settling import settle
from omsorg.savings.queries.door import Answer
from omsorg.savings.queries.kept import Head, head_of
from omsorg.savings.rules.asking import read_asked
from omsorg.savings.rules.broken import Broken
from omsorg.savings.sentences import SPOKEN, sentence_of

MOST_BYTES: Final = 900 * 1024
MOST_AT_ONCE: Final = 50
STANDINGS: Final = {
    "posted": "posted",
    "waiting": "waiting",
    "forked": "fork",
    "broken": "not-posted",
    "refused": "not-posted",
    "lost": "lost",
}
STATUSES: Final = {"too-large": 413, "too-many-at-once": 413, "too-often": 429, "group-unknown": 404, "challenge": 401}
KEEP: Final = "not-kept"
"""The standing of what is not kept here: the phone goes on keeping it."""
DAY: Final = 24 * 60 * 60


def for_phones(view: Callable[[HttpRequest], HttpResponse]) -> Callable[..., HttpResponse]:
    """A door for machines: JSON by POST, no cookie, nothing left in a cache, each envelope in its own transaction."""

    @csrf_exempt
    @wraps(view)
    def answered(request: HttpRequest) -> HttpResponse:
        with translation.override(_language(request)):
            try:
                response = view(request) if request.method == "POST" else HttpResponse(status=405)
            except Broken as broken:
                response = _not_kept(broken)
        if response.status_code == 405:
            response["Allow"] = "POST"
        response["Cache-Control"] = "no-store"
        return response

    answered.opens_its_own_transaction = True  # type: ignore[attr-defined]
    return answered


@for_phones
def meetings(request: HttpRequest) -> HttpResponse:
    """One envelope, or {"envelopes": [...]}: the answer of each, in their order."""
    said = _body(request)
    if not isinstance(said, dict) or "envelopes" not in said:
        return _one(_taken(said))
    envelopes = said["envelopes"]
    if not isinstance(envelopes, list):
        raise Broken("envelope")
    if len(envelopes) > MOST_AT_ONCE:
        raise Broken("too-many-at-once", most=MOST_AT_ONCE)
    return JsonResponse({"answers": [_taken(each) for each in envelopes]})


@for_phones
def kept(request: HttpRequest) -> HttpResponse:
    """What is kept of a group, page by page, to three of its key-holders; first the word that they sign."""
    asked = read_asked(_body(request))
    if not asked.challenge:
        return JsonResponse({"challenge": challenge_for(asked.group)})
    with in_name_of(None):
        found = give_back(asked=asked)
        head = head_of(asked.group)
    told = [{**_told(each.answer, each.envelope["hash"], head), "envelope": each.envelope} for each in found]
    return JsonResponse({"kept": told, "after": found[-1].answer.received if found else asked.after})


@for_phones
def settlements(request: HttpRequest) -> HttpResponse:
    """What three key-holders decided of meetings with one number; gives the draft of a correction."""
    said = _body(request)
    raw = json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    with in_name_of(None):
        settled = settle(envelope=raw, by=None, at=clock.now())
    return JsonResponse({"hash": settled.hash, "standing": "settled", "draft": settled.draft})


def _taken(said: Any) -> dict[str, Any]:
    """What became of one envelope. Whatever stands in its way, the next is taken all the same."""
    hashed = said.get("hash", "") if isinstance(said, dict) else ""
    raw = json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    try:
        with in_name_of(None):
            answer = receive(envelope=raw, by=None, at=clock.now())
            head = head_of(json.loads(said["document"])["group"])
    except Broken as broken:
        return {"hash": hashed if isinstance(hashed, str) else "", "standing": KEEP, **_why(broken, "")}
    return _told(answer, hashed, head)


def _told(answer: Answer, hashed: str, head: Head | None) -> dict[str, Any]:
    told: dict[str, Any] = {"hash": hashed, "standing": STANDINGS[answer.outcome]}
    if answer.rule:
        told |= _why(Broken(answer.rule, answer.line, **(answer.facts or {})), head.currency if head else "")
    if head is not None and answer.outcome != "refused":
        told["head"] = {"seq": head.seq, "hash": head.hash}
    return told


def _why(broken: Broken, currency: str) -> dict[str, Any]:
    return {**broken.to_json(), "sentence": str(sentence_of(broken.rule, broken.facts, currency))}


def _not_kept(broken: Broken) -> HttpResponse:
    return _one({"standing": KEEP, **_why(broken, "")})


def _one(told: dict[str, Any]) -> HttpResponse:
    if told["standing"] != KEEP:
        return JsonResponse(told)
    response = JsonResponse(told, status=STATUSES.get(told["rule"], 422))
    if response.status_code == 429:
        response["Retry-After"] = str(DAY)
    return response


def _body(request: HttpRequest) -> Any:
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal() or int(length) > MOST_BYTES or len(request.body) > MOST_BYTES:
        raise Broken("too-large", bytes=int(length) if length.isdecimal() else 0, most=MOST_BYTES)
    try:
        return json.loads(request.body)
    except (ValueError, RecursionError) as wrong:
        raise Broken("envelope") from wrong


def _language(request: HttpRequest) -> str:
    """The first language the phone reads that groups are spoken to in, else English."""
    wanted = parse_accept_lang_header(request.headers.get("Accept-Language", "").lower())
    spoken = (tag.split("-")[0] for tag, _weight in wanted)
    return next((tag for tag in spoken if tag in SPOKEN), "en")
