"""Plans in public: which there are, as they stood on any day, every revision, and what is new."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.http import HttpRequest
from ninja import Query, Router
from pydantic import BaseModel, Field

from omsorg.federation.api import OrganisationKind
from omsorg.kernel import clock
from omsorg.kernel.api.given import READING, Page, Paging, page_of
from omsorg.kernel.api.types import Code, Day
from omsorg.plans.access import public_plan
from omsorg.plans.models import Plan
from omsorg.plans.pages.news import News, newest
from omsorg.plans.queries.promises import (
    ActionState,
    IndicatorState,
    RecommendationState,
    SourceState,
    plan_in_public,
)
from omsorg.plans.queries.published import newest_reports, plans_with_reports
from omsorg.plans.queries.revisions import PlanRevision, revisions_of
from omsorg.plans.rules.promises import Texts

router = Router(tags=["Plans"])


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A plan: who promised what for which time. `newest_report`: the code of the newest released report."""

    code: str
    title: Texts
    summary: Texts
    owner: str
    owner_name: str
    adopted_on: date
    runs_from: date
    runs_until: date
    frequency_months: int
    reporting_kind: OrganisationKind
    currency: str
    newest_report: str | None
    is_example: bool


@dataclass(frozen=True, slots=True)
class PlanOnDay:
    """A whole plan with every wording, date, target, link, answer and sum in force at the end of `day`.

    `title`, `summary`, `runs_from` and `runs_until` are the plan's own, by its revision `number`.

    The `number` of the plan, an action, an indicator or an answer is what a writer hands in as `expected`.
    """

    plan: str
    day: date
    number: int
    title: Texts
    summary: Texts
    runs_from: date
    runs_until: date
    sources: Sequence[SourceState]
    recommendations: Sequence[RecommendationState]
    actions: Sequence[ActionState]
    indicators: Sequence[IndicatorState]


class WhichDay(BaseModel):
    """As of which day."""

    day: Day | None = Field(None, description="The plan as it stood at the end of this day; today where none is given.")


class WhichRevisions(Paging):
    """Which revisions are asked for."""

    code: Code | None = Field(None, description="Only those of the action, the indicator or the plan of this code.")


@router.get("/plans", response={200: Page[PlanRow], **READING})
def list_plans(request: HttpRequest, paging: Query[Paging]) -> Page[PlanRow]:
    """The plans of which at least one report is released, the newest first."""
    plans = plans_with_reports()
    newest_of = newest_reports(plans)
    return page_of([_row(plan, newest_of.get(plan.pk)) for plan in plans], paging)


@router.get("/plans/{plan}", response={200: PlanRow, **READING})
def read_plan(request: HttpRequest, plan: Code) -> PlanRow:
    """One plan."""
    found = public_plan(plan)
    return _row(found, newest_reports([found]).get(found.pk))


def _row(plan: Plan, newest_report: str | None) -> PlanRow:
    return PlanRow(
        code=plan.code,
        title=plan.title,
        summary=plan.summary,
        owner=plan.owner.code,
        owner_name=plan.owner.name,
        adopted_on=plan.adopted_on,
        runs_from=plan.runs_from,
        runs_until=plan.runs_until,
        frequency_months=plan.frequency_months,
        reporting_kind=OrganisationKind(plan.reporting_kind),
        currency=plan.currency,
        newest_report=newest_report,
        is_example=plan.is_example,
    )


@router.get("/plans/{plan}/plan-on", response={200: PlanOnDay, **READING})
def read_plan_on_day(request: HttpRequest, plan: Code, which: Query[WhichDay]) -> PlanOnDay:
    """The plan as it stood on any day. A day before anything was promised gives an empty plan."""
    day = which.day or clock.today()
    state = plan_in_public(public_plan(plan), day, smallest_shown=settings.ENVIRONMENT.small_cell)
    return PlanOnDay(
        plan=state.plan.code,
        day=state.day,
        number=state.number,
        title=state.terms.title,
        summary=state.terms.summary,
        runs_from=state.terms.runs_from,
        runs_until=state.terms.runs_until,
        sources=state.sources,
        recommendations=state.recommendations,
        actions=state.actions,
        indicators=state.indicators,
    )


@router.get("/plans/{plan}/revisions", response={200: Page[PlanRevision], **READING})
def list_revisions(request: HttpRequest, plan: Code, which: Query[WhichRevisions]) -> Page[PlanRevision]:
    """Every dated change of the plan with its reason, the newest first."""
    return page_of(revisions_of(public_plan(plan), code=which.code or ""), which)


@router.get("/news", response={200: Page[News], **READING})
def list_news(request: HttpRequest, paging: Query[Paging]) -> Page[News]:
    """What is new in public, as the feed tells it: reports as they are released, and every revision of a plan."""
    return page_of(newest(), paging)
