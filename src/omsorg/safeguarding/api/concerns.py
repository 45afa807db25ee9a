"""Raising a concern over the HTTP API, and what its raiser sees of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from django.http import HttpRequest
from ninja import Router
from pydantic import Field

from omsorg.federation.access import acting_of
from omsorg.federation.api_door import Key
from omsorg.kernel import clock
from omsorg.kernel.api.given import KEYED, WRITING
from omsorg.kernel.api.types import Code, HandedIn, Line, Text
from omsorg.safeguarding.access import REPORT, place_called, unit_complained_of
from omsorg.safeguarding.actions.raising import Concern, raise_concern
from omsorg.safeguarding.queries.concerns import my_concerns
from omsorg.safeguarding.rules.codes import About, Answer, Channel, Nature

router = Router(tags=["Safeguarding"])


class ConcernIn(HandedIn):
    """What one is worried about. `complained_of`: names of whoever it is about; they find nothing of it."""

    place: Code
    what: Text
    when: Line = ""
    safe_now: Answer = Answer.NOT_KNOWN
    about: About
    unit: Code | None = None
    """The organisation that is complained of, or whose leadership is: must be said for `leadership` and `the_unit`."""
    complained_of: Line = ""
    nature: Nature = Nature.NOT_KNOWN
    channel: Literal["colleague", "partner", "paper", "spoken"] = "colleague"
    once: Annotated[str, Field(max_length=64, pattern=r"^[A-Za-z0-9-]*$")] = ""
    """Something by chance: the same again from the same person is the same concern, with the same code."""


@dataclass(frozen=True, slots=True)
class ConcernReceived:
    """That a concern was received, and its code."""

    code: str


@dataclass(frozen=True, slots=True)
class ConcernStanding:
    """A concern that one raised: received, looked_at, worked_on or closed. `handed`: where everybody who would handle
    it is named in it, to whom it went: elsewhere; or nobody, as long as nobody who is not named holds the role; above:
    while nobody is known by the name said."""

    code: str
    received_on: date
    standing: str
    handed: str


@router.post("/safeguarding/concerns", response={200: ConcernReceived, **WRITING}, auth=Key(REPORT))
def raise_a_concern(request: HttpRequest, given: ConcernIn) -> ConcernReceived:
    """Raise a concern. Nothing of it can be read back but that it was received, and how far it has come."""
    concern = Concern(
        place=place_called(given.place),
        what=given.what,
        when=given.when,
        safe_now=given.safe_now,
        about=given.about,
        unit=unit_complained_of(given.about, given.unit),
        complained_of=given.complained_of,
        nature=given.nature,
    )
    return ConcernReceived(
        raise_concern(
            concern=concern,
            channel=Channel(given.channel),
            once=given.once,
            by=acting_of(request),
            at=clock.now(),
        )
    )


@router.get("/safeguarding/concerns", response={200: list[ConcernStanding], **KEYED}, auth=Key(REPORT))
def list_my_concerns(request: HttpRequest) -> Sequence[ConcernStanding]:
    """The concerns that one has raised, newest first."""
    return [ConcernStanding(each.code, each.received_on, each.standing, each.handed) for each in my_concerns()]
