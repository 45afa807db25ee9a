"""A frozen report in one language changes by a withdrawal alone: what its pages show is put together once and kept.

Kept in the process by fingerprint and by what is hidden, so that nothing of one report can ever stand in another, and
bounded in number.
"""

from dataclasses import dataclass, field
from functools import lru_cache

from omsorg.plans.models import Report
from omsorg.plans.pages import overview
from omsorg.plans.pages.changes import ChangesView, changes_view
from omsorg.plans.pages.indicator import IndicatorView, indicator_view
from omsorg.plans.pages.words import language_now
from omsorg.plans.queries.hidden import Hidden, hidden_words
from omsorg.plans.queries.published import document_of, indicator_document
from omsorg.plans.rules.sentences import Overview
from omsorg.plans.rules.sentences import overview as overview_sentences
from omsorg.plans.rules.snapshot import ReportDocument


@dataclass(frozen=True, slots=True)
class Edition:
    """One report in one language; two are equal when fingerprint, language, and the words that are hidden are."""

    fingerprint: str
    language: str
    hidden: Hidden
    document: ReportDocument = field(compare=False, repr=False)


def edition_of(report: Report) -> Edition:
    """The report in the language of the reader of this moment."""
    hidden = hidden_words(report)
    return Edition(report.fingerprint, language_now(), hidden, document_of(report, hidden))


@lru_cache(maxsize=64)
def sentences(edition: Edition, earlier: Edition | None) -> Overview:
    return overview_sentences(edition.document, edition.language, earlier.document if earlier else None)


@lru_cache(maxsize=64)
def bars(edition: Edition) -> overview.BarPicture:
    return overview.bars(edition.document)


@lru_cache(maxsize=64)
def action_rows(edition: Edition) -> tuple[overview.ActionRow, ...]:
    return overview.action_rows(edition.document)


@lru_cache(maxsize=64)
def indicator_rows(edition: Edition) -> tuple[overview.IndicatorRow, ...]:
    return overview.indicator_rows(edition.document)


@lru_cache(maxsize=64)
def recommendation_rows(edition: Edition) -> tuple[overview.RecommendationRow, ...]:
    return overview.recommendation_rows(edition.document)


@lru_cache(maxsize=64)
def changes(earlier: Edition, later: Edition) -> ChangesView:
    return changes_view(earlier.document, later.document)


def one_indicator(report: Report, edition: Edition, code: str) -> IndicatorView | None:
    """Everything the page of one indicator shows; None where the report has no such indicator."""
    part = next((each for each in edition.document.indicators if each.code == code), None)
    if part is None:
        return None
    kept = _views.get((edition, code))
    if kept is None:
        kept = indicator_view(part, indicator_document(report, code))
        if len(_views) >= 128:
            _views.pop(next(iter(_views)))
        _views[edition, code] = kept
    return kept


_views: dict[tuple[Edition, str], IndicatorView] = {}
