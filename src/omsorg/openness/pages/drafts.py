"""A draft on the work pages: its text with what was found in it, its steps, what blocks."""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as __

from omsorg.kernel.reidentification import Finding, pieces
from omsorg.openness.models import Publication
from omsorg.openness.pages.words import (
    BESIDE_THE_TEXT,
    CLOSED_AS,
    FINDINGS,
    HEADINGS,
    REASONS,
    STEPS,
    SUBJECTS,
    TELLS,
    day,
    language_name,
    money,
    month,
    place_name,
)
from omsorg.openness.queries.checking import Checked
from omsorg.openness.queries.drafts import HowTold
from omsorg.openness.rules.cases import Draft, Heading, Proposal


@dataclass(frozen=True, slots=True)
class FindingView:
    """Something found: what it is called, why it matters, how it stands."""

    number: int
    key: str
    word: str
    text: str
    where: str
    why: str
    justification: str
    justified_by: str
    accepted_by: str
    is_mine: bool


@dataclass(frozen=True, slots=True)
class PieceView:
    """A stretch of text; `numbers` are the findings that end with it, `is_open` while one in it is not settled."""

    text: str
    numbers: str
    is_found: bool
    is_open: bool


@dataclass(frozen=True, slots=True)
class CheckedText:
    """One heading in one language with its findings marked."""

    title: str
    language: str
    paragraphs: tuple[tuple[PieceView, ...], ...]


@dataclass(frozen=True, slots=True)
class CheckedLanguage:
    """One language: its texts, or that it is missing."""

    code: str
    name: str
    is_missing: bool
    texts: tuple[CheckedText, ...]


def finding_views(found: Sequence[Checked], person_id: int) -> list[FindingView]:
    return [
        FindingView(
            number=number,
            key=each.finding.key,
            word=str(FINDINGS[each.finding.kind]),
            text=each.finding.text,
            where=", ".join(
                part
                for part in (
                    str(HEADINGS.get(each.finding.heading) or BESIDE_THE_TEXT.get(each.finding.heading, "")),
                    language_name(each.finding.language),
                )
                if part
            ),
            why=str(each.finding.why),
            justification=each.justification.words if each.justification else "",
            justified_by=each.justification.by.name if each.justification and each.justification.by else "",
            accepted_by=each.accepted_by,
            is_mine=each.justification is not None and each.justification.by_id == person_id,
        )
        for number, each in enumerate(found, 1)
    ]


def checked_languages(draft: Draft, found: Sequence[Checked], codes: Iterable[str]) -> list[CheckedLanguage]:
    """The texts in every language of the site, each stretch with the numbers of what was found in it."""
    number_of = {each.finding: number for number, each in enumerate(found, 1)}
    settled = {each.finding for each in found if each.is_justified}
    views = []
    for code in codes:
        texts = []
        for heading in Heading:
            text = draft.texts.get(heading, {}).get(code, "")
            mine = [each.finding for each in found if (each.finding.language, each.finding.heading) == (code, heading)]
            if text:
                texts.append(_marked(heading, code, text, mine, number_of, settled))
        views.append(CheckedLanguage(code, capfirst(language_name(code)), not texts, tuple(texts)))
    return views


def _marked(
    heading: Heading,
    code: str,
    text: str,
    mine: Sequence[Finding],
    number_of: Mapping[Finding, int],
    settled: Set[Finding],
) -> CheckedText:
    paragraphs: list[list[PieceView]] = [[]]
    place = 0
    for piece in pieces(text, mine):
        place += len(piece.text)
        numbers = ", ".join(str(number_of[each]) for each in piece.findings if each.end == place)
        is_open = any(each not in settled for each in piece.findings)
        first, *more = piece.text.split("\n")
        paragraphs[-1].append(PieceView(first, numbers, bool(piece.findings), is_open))
        for line in more:
            paragraphs.append([PieceView(line, numbers, bool(piece.findings), is_open)])
    kept = tuple(tuple(line) for line in paragraphs if any(piece.text for piece in line))
    return CheckedText(str(HEADINGS[heading]), code, kept)


def facts_of(draft: Draft, publication: Publication) -> list[dict[str, object]]:
    return [
        {"word": __("Who answers for it"), "value": publication.organisation.name},
        {
            "word": __("Programmes it concerns"),
            "several": [each.programme.name for each in publication.concerns.select_related("programme")],
        },
        {"word": __("Where"), "value": place_name(draft.country, draft.region)},
        {"word": __("Closed in"), "value": month(draft.closed_in)},
        {"word": __("Closed as"), "value": CLOSED_AS[draft.closed_as]},
        {"word": __("What it is about"), "value": SUBJECTS[draft.subject]},
        {
            "word": __("Repaid"),
            "several": [f"{money(e.money.minor, e.money.currency)}: {e.to_whom}" for e in draft.repaid]
            or [__("No money was repaid.")],
        },
        {"word": __("Those who give are told"), "value": TELLS[draft.tell]},
    ]


def steps_of(publication: Publication) -> list[dict[str, str]]:
    """What was decided, written and released, the newest first."""
    entries = []
    for step in publication.steps.select_related("by"):
        reason = step.reason
        if step.review_on:
            said = {"class": str(REASONS.get(step.reason_class, "")), "reason": reason, "day": day(step.review_on)}
            reason = __("%(class)s: %(reason)s To look at again on %(day)s.") % said
        entries.append((step.at, str(STEPS[step.step]), reason, step.by))
    for revision in publication.revisions.select_related("by"):
        entries.append((revision.at, __("Text %(number)s written") % {"number": revision.number}, "", revision.by))
    for out in publication.redactions.select_related("by"):
        entries.append((out.at, __("Passage %(number)s left out") % {"number": out.number}, out.words, out.by))
    for edition in publication.editions.select_related("by"):
        entries.append((edition.at, __("Edition %(number)s made public") % {"number": edition.number}, "", edition.by))
    return [
        {
            "on": day(at.date()),
            "machine_on": at.date().isoformat(),
            "title": title,
            "reason": reason,
            "by": by.name if by else "",
            "url": "",
        }
        for at, title, reason, by in sorted(entries, key=lambda each: each[0], reverse=True)
    ]


def told_sentence(told: HowTold | None) -> str:
    """How far the telling has come, in numbers."""
    if told is None:
        return __("Nobody has decided yet who must be told.")
    if not told.listed:
        return __("Nobody has to be told: %(why)s") % {"why": told.nobody_because}
    return __("Listed: %(listed)s. Told: %(told)s. Waiting: %(waiting)s. Came back: %(returned)s.") % {
        "listed": told.listed,
        "told": told.told,
        "waiting": told.waiting,
        "returned": told.returned,
    }


def what_and_why(proposal: Proposal) -> list[dict[str, str]]:
    """What and why of a correction in each language, as the public will read them."""
    return [
        {
            "word": capfirst(language_name(code)),
            "value": f"{proposal.what.get(code, '')} {proposal.why.get(code, '')}".strip(),
        }
        for code in sorted({*proposal.what, *proposal.why})
    ]


def tabs_of(publication: Publication, current: str, *, tells: bool, writes: bool) -> list[dict[str, object]]:
    tabs = []
    if writes:
        tabs += [
            ("draft", __("Text and check"), "openness:draft"),
            ("preview", __("As the public reads it"), "openness:preview"),
            ("release", __("Release"), "openness:release"),
        ]
    if tells:
        tabs.append(("telling", __("Who is told"), "openness:telling"))
    return [
        {"label": label, "url": reverse(name, args=[publication.code]), "current": key == current}
        for key, label, name in tabs
    ]
