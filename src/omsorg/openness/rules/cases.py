"""What is told of a closed case: three headings, where and when, how it was closed, and the money that was repaid."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from omsorg.kernel.money import Money, check_ever_used
from omsorg.kernel.refusals import Refusal
from omsorg.kernel.refusals import written as _

MOST_LETTERS = 10_000
SUMMARY_LETTERS = 300


class Heading(StrEnum):
    """The parts of a published case. The summary is the one line of the register."""

    SUMMARY = "summary"
    HAPPENED = "happened"
    DID = "did"
    LEARNED = "learned"


class ClosedAs(StrEnum):
    """What "closed" can mean. Nothing else counts as closed."""

    NOT_DOCUMENTED = "not_documented"
    REPAID = "repaid"
    PARTLY_REPAID = "partly_repaid"
    OTHER_REACTION = "other_reaction"


class Subject(StrEnum):
    """What a case is about, as wide as the public needs it."""

    CHILDREN = "children"
    CONDUCT = "conduct"
    MONEY = "money"
    OTHER = "other"


class Tell(StrEnum):
    """When those who pay for the programme are told: before the public page, or in the same act."""

    BEFORE = "before"
    TOGETHER = "together"


class TextMissing(Refusal):
    sentence = _("“%(heading)s” is empty in the language that the case was written in.")


class TextTooLong(Refusal):
    sentence = _("“%(heading)s” has %(length)s characters; at most %(most)s have room.")


class NoCountry(Refusal):
    sentence = _("Say in which country it was, or in which region where the country would say too much.")


class MonthToCome(Refusal):
    sentence = _("A case that is closed in a month to come is not closed.")


class RepaidWithoutMoney(Refusal):
    sentence = _("A case closed as repaid says how much was repaid, and to whom.")


class MoneyWithoutReceiver(Refusal):
    sentence = _("Say to whom the money was repaid.")


class NothingRepaid(Refusal):
    sentence = _("What was repaid is more than nothing.")


class OriginalMissing(Refusal):
    sentence = _("Say in which language the case was written first.")


@dataclass(frozen=True, slots=True)
class Repaid:
    """Money that went back, and to whom: an organisation, never a person."""

    money: Money
    to_whom: str


Texts = Mapping[str, Mapping[str, str]]
"""The words of each heading by language."""


@dataclass(frozen=True, slots=True)
class Draft:
    """One case as it would stand in public. `region` stands in the place of `country` where that would say too much.

    `closed_in` is the first day of the month in which it was closed: no day is ever told.
    """

    texts: Texts
    original: str
    closed_in: date
    closed_as: ClosedAs
    subject: Subject
    country: str = ""
    region: str = ""
    tell: Tell = Tell.BEFORE
    repaid: tuple[Repaid, ...] = field(default_factory=tuple)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages in which something is written, the original first."""
        written = {code for words in self.texts.values() for code, text in words.items() if text}
        return tuple(sorted(written, key=lambda code: (code != self.original, code)))

    def is_whole_in(self, language: str) -> bool:
        """Whether every heading is written in `language`."""
        return all(self.texts.get(heading, {}).get(language) for heading in Heading)


@dataclass(frozen=True, slots=True)
class Told:
    """A text as one reader gets it: in their language, or as it was written first, and then it says so."""

    text: str
    language: str
    is_missing: bool


def told_in(words: Mapping[str, str], language: str, original: str) -> Told:
    """The text in the reader's language; where that is missing, the original with its own language beside it."""
    if words.get(language):
        return Told(words[language], language, is_missing=False)
    return Told(words.get(original, ""), original, is_missing=language != original)


def tidied(texts: Texts) -> dict[str, dict[str, str]]:
    """The same words with every heading there, no blanks around them, and no language that says nothing."""
    return {
        str(heading): {
            code: text.replace("\r\n", "\n").strip()
            for code, text in sorted(texts.get(heading, {}).items())
            if text.strip()
        }
        for heading in Heading
    }


def check_draft(draft: Draft, *, on: date) -> None:
    """Pass, or refuse a draft that cannot be kept: it may be unfinished, but not say what cannot be."""
    if not draft.original:
        raise OriginalMissing
    if bool(draft.country) == bool(draft.region):
        raise NoCountry
    if draft.closed_in > on:
        raise MonthToCome
    for heading, words in draft.texts.items():
        most = SUMMARY_LETTERS if heading == Heading.SUMMARY else MOST_LETTERS
        for text in words.values():
            if len(text) > most:
                raise TextTooLong(heading=heading, length=len(text), most=most)
    for each in draft.repaid:
        check_ever_used(each.money.currency)
        if each.money.minor <= 0:
            raise NothingRepaid
        if not each.to_whom:
            raise MoneyWithoutReceiver


def check_whole(draft: Draft) -> None:
    """Pass, or refuse to hand in for release what is not written to its end in its own language."""
    for heading in Heading:
        if not draft.texts.get(heading, {}).get(draft.original):
            raise TextMissing(heading=heading)
    if draft.closed_as in (ClosedAs.REPAID, ClosedAs.PARTLY_REPAID) and not draft.repaid:
        raise RepaidWithoutMoney


def canonical(document: Mapping[str, Any]) -> str:
    """A document as text that is the same for the same content."""
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class Proposal:
    """What would stand in public: the document out of the text `revision`, and what and why of a correction."""

    revision: int
    document: Mapping[str, Any]
    what: Mapping[str, str] = field(default_factory=dict)
    why: Mapping[str, str] = field(default_factory=dict)

    @property
    def fingerprint(self) -> str:
        """The mark by which a releaser says which words they have read."""
        return fingerprint(canonical({"document": self.document, "what": self.what, "why": self.why}))


def fingerprint(text: str) -> str:
    """The SHA-256 of a document."""
    return hashlib.sha256(text.encode()).hexdigest()
