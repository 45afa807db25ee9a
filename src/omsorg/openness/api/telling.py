"""Telling those who pay over the HTTP API: the list of the day, proofs, replies."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import Field

from omsorg.federation.access import NothingHere, acting_of
from omsorg.federation.api_door import Key
from omsorg.kernel import clock
from omsorg.kernel.api.given import KEYED, WRITING, Page, Paging, page_of
from omsorg.kernel.api.types import Code, Day, HandedIn, Line, Text
from omsorg.openness.access import TELL, number_of_reply, publication_for
from omsorg.openness.actions.replies import take_in_reply
from omsorg.openness.actions.telling import hand_over_mail, list_those_told, prove_each
from omsorg.openness.models import Round
from omsorg.openness.queries.telling import NoticeRow, newest_round, notice_rows
from omsorg.openness.rules.telling import Channel, Proof

router = Router(tags=["Openness"])


class Listing(HandedIn):
    """Why nobody has to be told, where nobody is on the lists."""

    nobody_because: Text = ""


class ProofGiven(HandedIn):
    """What became of the notice with this reference, on which day."""

    reference: Line
    proof: Literal["sent", "handed_over", "delivered", "returned"]
    on: Day


class ProofsGiven(HandedIn):
    """Proofs of one list, and who says so."""

    proofs: Annotated[list[ProofGiven], Field(max_length=5000)]
    source: Line


class ReplyGiven(HandedIn):
    """What somebody wrote back."""

    text: Text
    channel: Literal["letter", "email", "sms"]
    received_on: Day
    reference: Annotated[str, Field(max_length=40, pattern=r"^[^\x00-\x1f]*$")] = ""
    name: Line = ""


@dataclass(frozen=True, slots=True)
class NoticeTold:
    """One letter or message, and what is known of it.

    `asked_reading` is how easy the words were asked for, `reading` how easy they are: "standard" or "easy".
    """

    reference: str
    name: str
    giver: str
    language: str
    channel: str
    address: str
    programmes: list[str]
    template: int
    asked_reading: str
    reading: str
    proof: str
    on: date | None


@dataclass(frozen=True, slots=True)
class ReplyTold:
    """A reply that was taken in, by its number within the case, and until when it is answered."""

    number: int
    due_on: date


@router.get("/openness/work/cases/{code}/notices", response={200: Page[NoticeTold], **KEYED}, auth=Key(TELL))
def list_notices(request: HttpRequest, code: Code, paging: Query[Paging]) -> Page[NoticeTold]:
    """Everybody on the newest list of a case, with what became of their letter or message."""
    made = newest_round(publication_for(acting_of(request), code, TELL))
    return page_of([_notice(row) for row in notice_rows(made)] if made else [], paging)


@router.post("/openness/work/cases/{code}/notices", response={200: Page[NoticeTold], **WRITING}, auth=Key(TELL))
def list_who_is_told(request: HttpRequest, code: Code, given: Listing) -> Page[NoticeTold]:
    """Decide who is told of the text that is handed in: the lists as they stand now, each person once."""
    by = acting_of(request)
    publication = publication_for(by, code, TELL)
    made = list_those_told(publication=publication, nobody_because=given.nobody_because, by=by, at=clock.now())
    return page_of([_notice(row) for row in notice_rows(made)], Paging(limit=50, offset=0))


@router.post("/openness/work/cases/{code}/mail", response={200: dict[str, int], **WRITING}, auth=Key(TELL))
def send_the_mail(request: HttpRequest, code: Code) -> dict[str, int]:
    """Write the e-mails of the newest list to the outbox; each is written once."""
    by = acting_of(request)
    return {"written": hand_over_mail(made=_made(request, code), by=by, at=clock.now())}


@router.post("/openness/work/cases/{code}/proofs", response={200: dict[str, int], **WRITING}, auth=Key(TELL))
def enter_proofs(request: HttpRequest, code: Code, given: ProofsGiven) -> dict[str, int]:
    """Enter what became of letters and messages. The same again changes nothing."""
    by, made = acting_of(request), _made(request, code)
    known = set(made.notices.values_list("reference", flat=True))
    for each in given.proofs:
        if each.reference not in known:
            raise NothingHere(each.reference)
    told = [(each.reference, Proof(each.proof), each.on) for each in given.proofs]
    return {"entered": prove_each(made=made, told=told, source=given.source, by=by, at=clock.now())}


@router.post("/openness/work/cases/{code}/replies", response={200: ReplyTold, **WRITING}, auth=Key(TELL))
def take_in_one_reply(request: HttpRequest, code: Code, given: ReplyGiven) -> ReplyTold:
    """Take in what somebody wrote back about a case."""
    by = acting_of(request)
    reply = take_in_reply(
        publication=publication_for(by, code, TELL),
        reference=given.reference,
        name=given.name,
        channel=Channel(given.channel),
        text=given.text,
        received_on=given.received_on,
        by=by,
        at=clock.now(),
    )
    return ReplyTold(number_of_reply(reply), reply.due_on)


def _made(request: HttpRequest, code: str) -> Round:
    made = newest_round(publication_for(acting_of(request), code, TELL))
    if made is None:
        raise NothingHere(code)
    return made


def _notice(row: NoticeRow) -> NoticeTold:
    notice = row.notice
    return NoticeTold(
        reference=notice.reference,
        name=notice.name,
        giver=notice.giver,
        language=notice.language,
        channel=notice.channel,
        address=notice.address,
        programmes=notice.programmes,
        template=notice.template,
        asked_reading=notice.asked_reading,
        reading=notice.reading,
        proof=row.proof or "",
        on=row.on,
    )
