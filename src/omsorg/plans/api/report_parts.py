"""The parts of a released report over the HTTP API: actions, indicators, organisations' figures, recommendations."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import Field

from omsorg.federation.access import NothingHere
from omsorg.kernel.api.given import READING, Page, Paging, page_of
from omsorg.kernel.api.types import Code, Words
from omsorg.plans.access import public_plan, published_report
from omsorg.plans.api.documents import OrganisationFigure
from omsorg.plans.api.frozen import frozen_part
from omsorg.plans.pages import overview
from omsorg.plans.pages.editions import action_rows, edition_of, indicator_rows
from omsorg.plans.pages.words import language_now, plain
from omsorg.plans.queries.published import document_of, indicator_part
from omsorg.plans.rules.measures import Activity, Rating
from omsorg.plans.rules.sentences import action_sentences, indicator_sentences
from omsorg.plans.rules.snapshot import ActionPart, IndicatorPart, RecommendationPart

router = Router(tags=["Reports"])


@dataclass(frozen=True, slots=True)
class PublishedAction(ActionPart):
    """One action as published. `moved_forward`: at least one of its indicators is completed or on track."""

    moved_forward: bool = False


@dataclass(frozen=True, slots=True)
class ToldAction:
    """One action with its sentences in the reader's language."""

    action: PublishedAction
    sentences: Sequence[str]


@dataclass(frozen=True, slots=True)
class ToldIndicator:
    """One indicator with its sentences in the reader's language."""

    indicator: IndicatorPart
    sentences: Sequence[str]


class RatingOrActivity(StrEnum):
    """How something stands: a rating, or why it is no longer active."""

    COMPLETED = Rating.COMPLETED
    ON_TRACK = Rating.ON_TRACK
    OFF_TRACK = Rating.OFF_TRACK
    NOT_STARTED = Rating.NOT_STARTED
    NOT_RATED = Rating.NOT_RATED
    ON_HOLD = Activity.ON_HOLD
    SUPERSEDED = Activity.SUPERSEDED
    DROPPED = Activity.DROPPED


class ActionOrder(StrEnum):
    """In which order: that of the plan, by due date, by days of slip, by title in the reader's language."""

    PLAN = "plan"
    DUE = "due"
    SLIP = "slip"
    TITLE = "title"


class WhichActions(Paging):
    """Which actions are asked for, and in which order."""

    q: Words = Field("", description="Words of the code, the title or the owner.")
    rating: RatingOrActivity | None = Field(None, description="Only those with an indicator that stands like this.")
    prioritised: bool = Field(False, description="Only the prioritised ones.")
    order: ActionOrder = Field(ActionOrder.PLAN, description="plan, due, slip or title.")


class WhichIndicators(Paging):
    """Which indicators are asked for."""

    q: Words = Field("", description="Words of the code or the title.")
    rating: RatingOrActivity | None = Field(None, description="Only those that stand like this.")
    disagree: bool = Field(False, description="Only those that a verifier rates otherwise.")


class WhichRecommendations(Paging):
    """Which recommendations are asked for."""

    q: Words = Field("", description="Words of the code, the area or the text.")
    source: Code | None = Field(None, description="Only those of this source.")
    accepted: str | None = Field(None, pattern="^(yes|partly|no|open)$", description="yes, partly, no or open.")


class WhichFigures(Paging):
    """Which organisations' figures are asked for."""

    state: Words = Field("", description="Only those in this state, for instance measured or silent.")


@router.get("/plans/{plan}/reports/{report}/actions", response={200: Page[PublishedAction], **READING})
def list_actions(request: HttpRequest, plan: Code, report: Code, which: Query[WhichActions]) -> Page[PublishedAction]:
    """The actions of a report: searched, narrowed and sorted as on the page."""
    edition = edition_of(published_report(public_plan(plan), report))
    parts = {part.code: part for part in edition.document.actions}
    chosen = overview.chosen_actions(
        action_rows(edition),
        words=which.q,
        rating=which.rating or "",
        prioritised=which.prioritised,
        order="" if which.order is ActionOrder.PLAN else which.order,
    )
    return page_of([_published(parts[row.code], row.moved_forward) for row in chosen], which)


@router.get("/plans/{plan}/reports/{report}/actions/{code}", response={200: ToldAction, **READING})
def read_action(request: HttpRequest, plan: Code, report: Code, code: Code) -> ToldAction:
    """One action of a report: dates, slip, cause, budget, what it answers, and what is said of it."""
    document = document_of(published_report(public_plan(plan), report))
    part = _called(code, document.actions)
    own = [each.standing.is_good for each in document.indicators if each.code in part.indicators]
    return ToldAction(_published(part, any(own)), action_sentences(part, document, language_now()))


@router.get("/plans/{plan}/reports/{report}/indicators", response={200: Page[IndicatorPart], **READING})
def list_indicators(
    request: HttpRequest, plan: Code, report: Code, which: Query[WhichIndicators]
) -> Page[IndicatorPart]:
    """The indicators of a report, each with its stated and its verified rating, searched as on the page."""
    edition = edition_of(published_report(public_plan(plan), report))
    parts = {part.code: part for part in edition.document.indicators}
    rows = overview.chosen_indicators(indicator_rows(edition), words=which.q, rating=which.rating or "")
    return page_of([parts[row.code] for row in rows if row.disagree or not which.disagree], which)


@router.get("/plans/{plan}/reports/{report}/indicators/{code}", response={200: ToldIndicator, **READING})
def read_indicator(request: HttpRequest, plan: Code, report: Code, code: Code) -> ToldIndicator:
    """One indicator of a report: every rating there is of it, its targets, its history, and what is said of it."""
    document = document_of(published_report(public_plan(plan), report))
    part = _called(code, document.indicators)
    return ToldIndicator(part, indicator_sentences(part, language_now(), document.as_at))


@router.get(
    "/plans/{plan}/reports/{report}/indicators/{code}/organisations",
    response={200: Page[OrganisationFigure], **READING},
)
def list_organisation_figures(
    request: HttpRequest, plan: Code, report: Code, code: Code, which: Query[WhichFigures]
) -> Page[OrganisationFigure]:
    """Every organisation's figure for one indicator of a report; the silent ones are named."""
    document = json.loads(frozen_part(published_report(public_plan(plan), report), indicator_part(code)).text)
    rows = [OrganisationFigure(**row) for row in document["organisations"]]
    return page_of([row for row in rows if which.state in ("", row.state)], which)


@router.get("/plans/{plan}/reports/{report}/recommendations", response={200: Page[RecommendationPart], **READING})
def list_recommendations(
    request: HttpRequest, plan: Code, report: Code, which: Query[WhichRecommendations]
) -> Page[RecommendationPart]:
    """The recommendations of a report, what was answered, and which actions answer them."""
    document = document_of(published_report(public_plan(plan), report))
    words = which.q.casefold().split()
    found = [
        part
        for part in document.recommendations
        if (which.source in (None, part.source))
        and (which.accepted in (None, part.accepted))
        and all(word in f"{part.code} {plain(part.area)} {plain(part.text)}".casefold() for word in words)
    ]
    return page_of(found, which)


def _published(part: ActionPart, moved_forward: bool) -> PublishedAction:
    return PublishedAction(
        **{entry.name: getattr(part, entry.name) for entry in fields(ActionPart)}, moved_forward=moved_forward
    )


def _called(code: str, parts: Sequence[Any]) -> Any:
    for part in parts:
        if part.code == code:
            return part
    raise NothingHere(code)
