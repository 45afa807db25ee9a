"""Released reports over the HTTP API: counted on both bases, said in a language, held against each other."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import BaseModel, Field

from omsorg.federation.access import NothingHere
from omsorg.kernel.api.given import READING, Page, Paging, page_of
from omsorg.kernel.api.types import Code
from omsorg.kernel.periods import Period
from omsorg.plans.access import public_plan, published_report
from omsorg.plans.models import Plan, Report
from omsorg.plans.pages.editions import edition_of, sentences
from omsorg.plans.pages.words import language_now
from omsorg.plans.queries.published import document_of, released_reports
from omsorg.plans.rules.bases import ActionCounts, Base
from omsorg.plans.rules.changes import Changes, changes_between
from omsorg.plans.rules.sentences import ChangeGroup, Overview, base_change, change_groups, change_sentences
from omsorg.plans.rules.snapshot import AnswersPart, FiguresPart

router = Router(tags=["Reports"])


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
class ToldChanges:
    """What changed between two reports, as data and in the reader's language.

    `groups` has the sentences beside those of ratings and activities once more, as they are read together.
    """

    earlier: str
    later: str
    changes: Changes
    base_sentence: str
    sentences: Sequence[str]
    groups: Sequence[ChangeGroup]


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
    edition = edition_of(this)
    document, bases = edition.document, edition.document.bases
    return ReportOverview(
        report=_row(found, this),
        bases=BothBases(_basis(bases.adopted), _basis(bases.active), bases.added),
        actions=document.action_counts,
        figures=document.figures,
        answers=document.answers,
        sentences=sentences(edition, edition_of(earlier) if earlier else None),
        earlier=earlier.code if earlier else None,
    )


@router.get("/plans/{plan}/changes", response={200: ToldChanges, **READING})
def read_changes(request: HttpRequest, plan: Code, which: Query[WhichReports]) -> ToldChanges:
    """What changed between two released reports: every field of every part of them."""
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
        groups=change_groups(before, after, language),
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
