"""The recommendations of a report, by area, and what was answered."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

from omsorg.plans.pages.words import (
    ACCEPTED,
    plain,
    told,
)
from omsorg.plans.rules.snapshot import RecommendationPart, ReportDocument


@dataclass(frozen=True, slots=True)
class RecommendationRow:
    """One recommendation, what was answered, and the actions that answer it."""

    code: str
    source: str
    area: str
    text: str
    accepted: str | Promise
    accepted_code: str
    response: str
    actions: tuple[str, ...]


def recommendation_rows(document: ReportDocument) -> tuple[RecommendationRow, ...]:
    return tuple(_recommendation(part) for part in document.recommendations)


def _recommendation(part: RecommendationPart) -> RecommendationRow:
    return RecommendationRow(
        code=part.code,
        source=part.source,
        area=plain(part.area),
        text=told(part.text),
        accepted=ACCEPTED.get(part.accepted, part.accepted),
        accepted_code=part.accepted,
        response=told(part.response),
        actions=part.actions,
    )


def areas(rows: Sequence[RecommendationRow]) -> dict[str, list[RecommendationRow]]:
    """The recommendations by area, in the order in which the areas first come up."""
    found: dict[str, list[RecommendationRow]] = {}
    for row in rows:
        found.setdefault(row.area, []).append(row)
    return found
