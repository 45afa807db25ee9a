"""What the check finds, why it matters, and how it is shown in the text."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise

from omsorg.kernel.refusals import Sentence
from omsorg.kernel.refusals import written as _


class Kind(StrEnum):
    """What kind of thing could give somebody away."""

    NUMBER = "number"
    PLACE = "place"
    DAY = "day"
    NAME = "name"
    CONTACT = "contact"
    CASE_NUMBER = "case_number"
    AGE = "age"
    TOGETHER = "together"
    UNREAD = "unread"


WHY: dict[Kind, str] = {
    Kind.NUMBER: _("So few people can be pointed at. Write “several”, or leave the number out."),
    Kind.PLACE: _("This is finer than the place that is shown. Name the country or the region only."),
    Kind.DAY: _("An exact day or hour leads to who was there. Month and year are enough."),
    Kind.NAME: _("This may be somebody's name."),
    Kind.CONTACT: _("This leads straight to a person or a house."),
    Kind.CASE_NUMBER: _("A case number leads to the case wherever else it is written."),
    Kind.AGE: _("An age narrows down who it is. Write “a young person”, or leave it out."),
    Kind.TOGETHER: _("Each of these alone is harmless; together they describe one person: %(what)s."),
    Kind.UNREAD: _(
        "The check reads English, Danish, Norwegian and Swedish alone. Whatever language this is in, you have read it "
        "yourself, as somebody who lives there would."
    ),
}


@dataclass(frozen=True, slots=True)
class Known:
    """What the house knows and the public must not be told: names of its people, and places finer than shown.

    `allowed` are words with a capital that name nobody: countries, organisations that are public anyway.
    """

    people: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    allowed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found: where it stands, and the sentence it stands in. `heading` is empty for the whole text.

    The key names this finding in this sentence: whoever changes the sentence must justify it anew.
    """

    kind: Kind
    language: str
    heading: str
    start: int
    end: int
    text: str
    sentence: str
    what: str = ""

    @property
    def why(self) -> Sentence:
        return Sentence(WHY[self.kind], {"what": self.what} if self.what else {})

    @property
    def key(self) -> str:
        said = "\x1f".join((self.kind, self.language, self.heading, self.text.casefold(), self.sentence))
        return hashlib.sha256(said.encode()).hexdigest()[:24]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text, with what was found in it."""

    text: str
    findings: tuple[Finding, ...] = field(default_factory=tuple)


def pieces(text: str, findings: Sequence[Finding]) -> list[Piece]:
    """The text cut where findings begin and end, so that each can be shown where it stands."""
    inside = [each for each in findings if each.end > each.start]
    cuts = sorted({0, len(text), *(each.start for each in inside), *(each.end for each in inside)})
    found = []
    for start, end in pairwise(cuts):
        here = tuple(each for each in inside if each.start <= start and end <= each.end)
        found.append(Piece(text[start:end], here))
    return found
