"""A frozen report as a PDF in the reader's language, tagged so that a screen reader can follow it.

The typesetter gets the report as data; no text of anybody's is ever read as markup.
"""

import json
import re
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst
from django.utils.translation import gettext as __
from django.utils.translation import override

from omsorg.plans.exports.rows import plain_rows_of_actions, plain_rows_of_delays
from omsorg.plans.pages import overview
from omsorg.plans.pages.words import ACTIVITIES, RATINGS, day, plain
from omsorg.plans.rules.by_person import is_by_person
from omsorg.plans.rules.measures import Activity
from omsorg.plans.rules.sentences import (
    action_sentences,
    change_groups,
    indicator_sentences,
    nothing_changed,
    rating_turns,
    standing_groups,
)
from omsorg.plans.rules.sentences import overview as overview_sentences
from omsorg.plans.rules.snapshot import ReportDocument

LAYOUT = Path(__file__).with_name("report.typ")
CODE = re.compile(r"[^\s:]+")


def report_pdf(
    document: ReportDocument,
    earlier: ReportDocument | None,
    *,
    fingerprint: str,
    language: str,
    address: str,
    is_example: bool,
) -> bytes:
    """The report as PDF/UA. The same report gives the same pages, so the newest ones are kept in the process."""
    with override(language):
        data = _data(document, earlier, fingerprint=fingerprint, language=language, address=address)
    data["is_example"] = is_example
    return _typeset(json.dumps(data, ensure_ascii=False, sort_keys=True))


@lru_cache(maxsize=32)
def _typeset(data: str) -> bytes:
    pages = typst.compile(LAYOUT, format="pdf", sys_inputs={"report": data}, pdf_standards="ua-1", timestamp=None)
    if not isinstance(pages, bytes):
        raise TypeError("The typesetter gave no document.")
    return pages


def _data(
    document: ReportDocument, earlier: ReportDocument | None, *, fingerprint: str, language: str, address: str
) -> dict[str, Any]:
    said = overview_sentences(document, language, earlier)
    bases = document.bases
    return {
        "language": language,
        "title": plain(document.plan.title),
        "owner": document.plan.owner,
        "subtitle": __("Report as at %(day)s. Figures: %(period)s.")
        % {"day": day(document.as_at), "period": overview.period_text(document.period)},
        "address": address,
        "fingerprint": fingerprint,
        "words": {
            "glance": __("The plan at a glance"),
            "since": __("Since the report before"),
            "prioritised": __("Prioritised actions in depth"),
            "delays": __("What is delayed, and why"),
            "changes": __("What changed since the last report"),
            "budget": __("Budget"),
            "original": __("Original"),
            "revised": __("Revised"),
            "spent": __("Spent"),
            "verified": __("How the figures were verified"),
            "indicators": __("All indicators"),
            "indicator": __("Indicator"),
            "rating": __("Rating"),
            "by_person": __("set by a person"),
            "verified_rating": __("Verified"),
            "value": __("Value"),
            "action": __("Action"),
            "slip": __("Slip"),
            "cause": __("Cause"),
            "glossary": __("What the words mean"),
            "adopted": __("As adopted"),
            "active": __("Active now"),
            "example": __("Example data: invented for showing the software."),
            "page": __("Page"),
            "none_late": __("No action is later than first promised."),
            "fingerprint": __("Computed from the frozen report with the fingerprint"),
        },
        "said": {
            "headline": said.headline,
            "counts": said.rating_counts,
            "actions": said.actions,
            "base_change": said.base_change,
            "coverage": said.coverage,
            "verification": said.verification,
            "budget": list(said.budget),
        },
        "bases": [_bar(__("As adopted"), bases.adopted), _bar(__("Active now"), bases.active)],
        "key": [{"code": code, "word": str(_words()[code])} for code in overview.BAR_ORDER],
        "prioritised": [
            {
                "code": action.code,
                "title": plain(action.title),
                "owner": action.owner,
                "sentences": action_sentences(action, document, language),
                "indicators": [
                    {
                        "code": part.code,
                        "title": plain(part.title),
                        "rating": _standing(part),
                        "word": str(_words()[_standing(part)]),
                        "by_person": is_by_person(part),
                        "sentences": indicator_sentences(part, language, document.as_at),
                    }
                    for part in document.indicators
                    if part.code in action.indicators
                ],
            }
            for action in document.actions
            if action.prioritised
        ],
        "actions": plain_rows_of_actions(document),
        "late": plain_rows_of_delays(document),
        "indicators": [
            {
                "code": row.code,
                "title": row.plain_title,
                "rating": row.standing,
                "word": str(_words()[row.standing]),
                "by_person": row.by_person,
                "verified": str(RATINGS[row.verified]) if row.verified else "–",
                "value": row.value,
            }
            for row in overview.indicator_rows(document)
        ],
        "changes": _changes(earlier, document, language) if earlier else None,
        "glossary": _glossary(),
    }


def _changes(earlier: ReportDocument, document: ReportDocument, language: str) -> dict[str, Any]:
    """What changed, group by group; the many changes of ratings by what they were and what they are."""
    others = ((group.heading, group.sentences) for group in change_groups(earlier, document, language))
    titles = _titles(earlier, document)
    turns = [
        {
            "heading": turn.heading,
            "after": turn.after.value,
            "parts": [
                {"code": code, "title": titles.get(code, ""), "by_person": code in turn.by_person}
                for code in turn.codes
            ],
        }
        for turn in rating_turns(earlier, document, language)
    ]
    standing = standing_groups(earlier, document, language)
    ratings = [{"heading": standing[0][0], "sentences": [], "turns": turns}] if turns else []
    groups = [*standing[len(ratings) :], *others]
    return {
        "nothing": nothing_changed(earlier, document, language),
        "groups": [
            *ratings,
            *(
                {"heading": heading, "sentences": [_titled(sentence, titles) for sentence in sentences], "turns": []}
                for heading, sentences in groups
            ),
        ],
    }


def _titles(earlier: ReportDocument, document: ReportDocument) -> dict[str, str]:
    """What actions and indicators are called by their codes; a code that something else bears is left as it is."""
    found: dict[str, set[str]] = {}
    for name in ("actions", "indicators"):
        parts = {part.code: part for report in (earlier, document) for part in getattr(report, name)}
        for code, part in parts.items():
            found.setdefault(code, set()).add(plain(part.title))
    others = {part.code for report in (earlier, document) for part in report.recommendations}
    others |= {part.code for report in (earlier, document) for part in report.sources}
    return {code: next(iter(titles)) for code, titles in found.items() if len(titles) == 1 and code not in others}


def _titled(sentence: str, titles: dict[str, str]) -> dict[str, str]:
    """A sentence that begins with a code, taken apart so that the title can stand between them."""
    code = CODE.match(sentence)
    if code is None or code[0] not in titles:
        return {"code": "", "title": "", "rest": sentence}
    return {"code": code[0], "title": titles[code[0]], "rest": sentence[code.end() :]}


def _words() -> dict[str, Any]:
    return {**RATINGS, **ACTIVITIES}


def _standing(part: Any) -> str:
    return str(part.stated if part.activity is Activity.ACTIVE else part.activity)


def _bar(label: str, base: Any) -> dict[str, Any]:
    view = overview.base_view(base)
    counts = {code: getattr(base, code) for code in overview.BAR_ORDER}
    return {
        "label": label,
        "statement": f"{view.good} / {view.base} ({view.share})",
        "total": base.total,
        "parts": [{"code": code, "count": count} for code, count in counts.items() if count],
    }


def _glossary() -> list[dict[str, str]]:
    return [{"word": str(word), "meaning": str(meaning)} for word, meaning in overview.GLOSSARY]
