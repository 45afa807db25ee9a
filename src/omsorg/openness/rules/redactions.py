"""What is left out of a text on purpose: the passage goes, a numbered mark stays, and the reader is told why."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from omsorg.kernel.refusals import Refusal
from omsorg.kernel.refusals import written as _

MARK = re.compile(r"⟦(\d+)⟧")


class Why(StrEnum):
    """Why a passage is left out. With `OTHER` it is said in words."""

    CHILD = "child"
    PERSON = "person"
    LAW = "law"
    INQUIRY = "inquiry"
    OTHER = "other"


class PassageNotThere(Refusal):
    sentence = _("“%(passage)s” does not stand there. Copy it letter by letter.")


class PassageTwice(Refusal):
    sentence = _("“%(passage)s” stands there several times. Take a longer piece, so that only one is meant.")


class MarkNotKnown(Refusal):
    sentence = _("The mark ⟦%(number)s⟧ stands for nothing that was left out. Take it out of the text.")


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a text as it is read: words, or the number of something left out."""

    text: str = ""
    left_out: int | None = None


def leave_out(text: str, passage: str, number: int) -> str:
    """The text with the passage gone and the mark `number` in its place; refused unless it stands there just once."""
    times = text.count(passage) if passage else 0
    if not times:
        raise PassageNotThere(passage=passage)
    if times > 1:
        raise PassageTwice(passage=passage)
    return text.replace(passage, f"⟦{number}⟧")


def parts(text: str) -> list[Part]:
    """The text cut at its marks."""
    found: list[Part] = []
    for place, piece in enumerate(MARK.split(text)):
        if place % 2:
            found.append(Part(left_out=int(piece)))
        elif piece:
            found.append(Part(piece))
    return found


def marks_in(texts: Mapping[str, Mapping[str, str]]) -> frozenset[int]:
    """The numbers of everything left out of a case, in any language."""
    return frozenset(int(n) for words in texts.values() for text in words.values() for n in MARK.findall(text))


def check_marks(texts: Mapping[str, Mapping[str, str]], known: Iterable[int]) -> None:
    """Pass, or refuse a mark that somebody typed and that stands for nothing."""
    strange = marks_in(texts) - frozenset(known)
    if strange:
        raise MarkNotKnown(number=min(strange))
