"""Released reports: counted on both bases, part by part, said in a language, and as the frozen text itself."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import BaseModel, Field

from omsorg.federation.access import NothingHere
from omsorg.kernel.api.given import READING, Page, Paging, page_of
from omsorg.kernel.api.types import Code, Words
from omsorg.kernel.periods import Period
from omsorg.plans.access import public_plan, published_report
from omsorg.plans.api.documents import IndicatorDocument, OrganisationFigure
from omsorg.plans.models import Plan, Report, ReportPart
from omsorg.plans.pages import overview
from omsorg.plans.pages.words import language_now, plain
from omsorg.plans.queries.published import OVERVIEW, document_of, indicator_part, released_reports
from omsorg.plans.rules.bases import ActionCounts, Base
from omsorg.plans.rules.changes import Changes, changes_between
from omsorg.plans.rules.measures import Activity, Rating
from omsorg.plans.rules.sentences import (
    Overview,
    action_sentences,
    base_change,
    change_sentences,
    indicator_sentences,
)
from omsorg.plans.rules.sentences import overview as overview_sentences
from omsorg.plans.rules.snapshot import (
    ActionPart,
    AnswersPart,
    FiguresPart,
    IndicatorPart,
    RecommendationPart,
    ReportDocument,
)

router = Router(tags=["Reports"])
FROZEN: dict[Any, Any] = {304: None, **READING}
"""What is frozen never changes: whoever knows its fingerprint is told so (304)."""


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A released report. `fingerprint`: over all its frozen parts."""

    code: str
    plan: str
    period: str
    as_at: date
    released_at: datetime
    rule_version: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Share:
    """How many go well, of how many. `percent` is for the eye only: one decimal, never reckoned with."""

    good: int
    total: int
    percent: str


@dataclass(frozen=True, slots=True)
class Basis:
    """A set of indicators, each counted once. `share` is null where there is nothing to share."""

    total: int
    good: int
    completed: int
    on_track: int
    off_track: int
    not_started: int
    not_rated: int
    on_hold: int
    superseded: int
    dropped: int
    changed_not_rated: int
    share: Share | None


@dataclass(frozen=True, slots=True)
class BothBases:
    """The two bases, always together: the plan as adopted, and what is active now. `added`: came in later."""

    as_adopted: Basis
    now_active: Basis
    added: int


@dataclass(frozen=True, slots=True)
class ReportOverview:
    """A released report at a glance. The sentences are computed from the frozen document, in the reader's language."""

    report: ReportRow
    bases: BothBases
    actions: ActionCounts
    figures: FiguresPart
    answers: AnswersPart
    sentences: Overview
    earlier: str | None


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


@dataclass(frozen=True, slots=True)
class ToldChanges:
    """What changed between two reports, as data and in the reader's language."""

    earlier: str
    later: str
    changes: Changes
    base_sentence: str
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


class WhichReports(BaseModel):
    """Between which two reports."""

    earlier: Code | None = Field(None, description="The report to begin with; the one before `later` if not given.")
    later: Code | None = Field(None, description="The report to end with; the newest if not given.")


@router.get("/plans/{plan}/reports", response={200: Page[ReportRow], **READING})
def list_reports(request: HttpRequest, plan: Code, paging: Query[Paging]) -> Page[ReportRow]:
    """The released reports of a plan, the newest first."""
    found = public_plan(plan)
    return page_of([_row(found, report) for report in released_reports(found)], paging)


@router.get("/plans/{plan}/reports/{report}", response={200: ReportOverview, **READING})
def read_report(request: HttpRequest, plan: Code, report: Code) -> ReportOverview:
    """One released report at a glance: both bases as counts and as shares, and the sentences said from them."""
    found = public_plan(plan)
    this = published_report(found, report)
    earlier = _before(found, this)
    document = document_of(this)
    bases = document.bases
    return ReportOverview(
        report=_row(found, this),
        bases=BothBases(_basis(bases.adopted), _basis(bases.active), bases.added),
        actions=document.action_counts,
        figures=document.figures,
        answers=document.answers,
        sentences=overview_sentences(document, language_now(), document_of(earlier) if earlier else None),
        earlier=earlier.code if earlier else None,
    )


@router.get("/plans/{plan}/reports/{report}/document", response={200: ReportDocument, **FROZEN})
def read_report_document(request: HttpRequest, plan: Code, report: Code) -> HttpResponse:
    """The frozen report itself, character for character; its sha-256 is the `ETag`."""
    return _frozen(request, published_report(public_plan(plan), report), OVERVIEW)


@router.get("/plans/{plan}/reports/{report}/actions", response={200: Page[PublishedAction], **READING})
def list_actions(request: HttpRequest, plan: Code, report: Code, which: Query[WhichActions]) -> Page[PublishedAction]:
    """The actions of a report: searched, narrowed and sorted as on the page."""
    document = document_of(published_report(public_plan(plan), report))
    parts = {part.code: part for part in document.actions}
    chosen = overview.chosen_actions(
        overview.action_rows(document),
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
    document = document_of(published_report(public_plan(plan), report))
    parts = {part.code: part for part in document.indicators}
    rows = overview.chosen_indicators(overview.indicator_rows(document), words=which.q, rating=which.rating or "")
    return page_of([parts[row.code] for row in rows if row.disagree or not which.disagree], which)


@router.get("/plans/{plan}/reports/{report}/indicators/{code}", response={200: ToldIndicator, **READING})
def read_indicator(request: HttpRequest, plan: Code, report: Code, code: Code) -> ToldIndicator:
    """One indicator of a report: every rating there is of it, its targets, its history, and what is said of it."""
    part = _called(code, document_of(published_report(public_plan(plan), report)).indicators)
    return ToldIndicator(part, indicator_sentences(part, language_now()))


@router.get("/plans/{plan}/reports/{report}/indicators/{code}/document", response={200: IndicatorDocument, **FROZEN})
def read_indicator_document(request: HttpRequest, plan: Code, report: Code, code: Code) -> HttpResponse:
    """The frozen document of one indicator over all organisations, character for character."""
    return _frozen(request, published_report(public_plan(plan), report), indicator_part(code))


@router.get(
    "/plans/{plan}/reports/{report}/indicators/{code}/organisations",
    response={200: Page[OrganisationFigure], **READING},
)
def list_organisation_figures(
    request: HttpRequest, plan: Code, report: Code, code: Code, which: Query[WhichFigures]
) -> Page[OrganisationFigure]:
    """Every organisation's figure for one indicator of a report; the silent ones are named."""
    document = json.loads(_part(published_report(public_plan(plan), report), indicator_part(code)).document)
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


@router.get("/plans/{plan}/changes", response={200: ToldChanges, **READING})
def read_changes(request: HttpRequest, plan: Code, which: Query[WhichReports]) -> ToldChanges:
    """What changed between two released reports: every rating, base, date, budget, target and text."""
    found = public_plan(plan)
    later = published_report(found, which.later) if which.later else next(iter(released_reports(found)), None)
    if later is None:
        raise NothingHere("no report is released")
    earlier = published_report(found, which.earlier) if which.earlier else _before(found, later)
    if earlier is None:
        raise NothingHere("there is no report before this one")
    if (earlier.as_at, earlier.pk) > (later.as_at, later.pk):
        earlier, later = later, earlier
    before, after, language = document_of(earlier), document_of(later), language_now()
    return ToldChanges(
        earlier=earlier.code,
        later=later.code,
        changes=changes_between(before, after),
        base_sentence=base_change(before, after, language),
        sentences=change_sentences(before, after, language),
    )


def _row(plan: Plan, report: Report) -> ReportRow:
    return ReportRow(
        code=report.code,
        plan=plan.code,
        period=Period(report.period_start, report.period_months).code,
        as_at=report.as_at,
        released_at=report.release.at,
        rule_version=report.rule_version,
        fingerprint=report.fingerprint,
    )


def _before(plan: Plan, report: Report) -> Report | None:
    return next(
        (each for each in released_reports(plan) if (each.as_at, each.pk) < (report.as_at, report.pk)),
        None,
    )


def _basis(base: Base) -> Basis:
    return Basis(
        total=base.total,
        good=base.good,
        completed=base.completed,
        on_track=base.on_track,
        off_track=base.off_track,
        not_started=base.not_started,
        not_rated=base.not_rated,
        on_hold=base.on_hold,
        superseded=base.superseded,
        dropped=base.dropped,
        changed_not_rated=base.changed_not_rated,
        share=None if base.percent is None else Share(base.good, base.total, str(base.percent)),
    )


def _published(part: ActionPart, moved_forward: bool) -> PublishedAction:
    return PublishedAction(
        **{entry.name: getattr(part, entry.name) for entry in fields(ActionPart)}, moved_forward=moved_forward
    )


def _called(code: str, parts: Sequence[Any]) -> Any:
    for part in parts:
        if part.code == code:
            return part
    raise NothingHere(code)


def _part(report: Report, name: str) -> ReportPart:
    part = ReportPart.objects.filter(report=report, name=name).first()
    if part is None:
        raise NothingHere(name)
    return part


def _frozen(request: HttpRequest, report: Report, name: str) -> HttpResponse:
    """A frozen text under its fingerprint; not sent again to whoever has it."""
    part = _part(report, name)
    tag = f'"{part.fingerprint}"'
    known = {each.strip().removeprefix("W/") for each in request.headers.get("If-None-Match", "").split(",")}
    if known & {tag, "*"}:
        response = HttpResponse(status=304)
    else:
        response = HttpResponse(part.document, content_type="application/json")
    response["ETag"] = tag
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response
