"""Answers over the HTTP API: who has answered, one answer with all its cells, and its way from hand to hand."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from ninja import Query, Router
from pydantic import Field

from omsorg.federation.access import Acting, NothingHere, acting_of
from omsorg.federation.api_door import Key
from omsorg.kernel import clock
from omsorg.kernel.api.given import KEYED, WRITING, Page, Paging, page_of
from omsorg.kernel.api.types import Code, HandedIn, PeriodCode, Text
from omsorg.kernel.periods import Period
from omsorg.plans.access import Answer, answer_for, periods_of, plan_for
from omsorg.plans.actions.submissions import approve_answer, reopen_answer, return_answer, submit_answer
from omsorg.plans.api.cells import AskedIndicator, asked_shown
from omsorg.plans.models import Plan, SubmissionStep
from omsorg.plans.queries.answers import AnswerRow, Standing, counted, stands_for_period
from omsorg.plans.queries.grid import grid_of
from omsorg.plans.rules.answers import Step

router = Router(tags=["Answers"])


@dataclass(frozen=True, slots=True)
class AnswerStanding:
    """Where one organisation's answer for one period stands. `days_late`: to the day it was handed in, or to today."""

    organisation: str
    name: str
    above: str
    period: str
    standing: Standing
    since: datetime | None
    reason: str
    reported: int
    asked: int
    due_on: date
    days_late: int
    reminders: int


@dataclass(frozen=True, slots=True)
class StepShown:
    """One step of an answer: handed in, returned, approved or reopened."""

    number: int
    step: Step
    reason: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class AnswerShown:
    """A whole answer. `missing` has no figure yet, `unproven` lacks a document that is asked for."""

    organisation: str
    period: str
    is_locked: bool
    steps: Sequence[StepShown]
    indicators: Sequence[AskedIndicator]
    missing: Sequence[str]
    unproven: Sequence[str]


@dataclass(frozen=True, slots=True)
class StepTaken:
    """The step that was taken."""

    number: int
    step: Step
    at: datetime


class WhichAnswers(Paging):
    """Which answers are asked for."""

    period: PeriodCode | None = Field(None, description="The period, for instance 2024-H1; the last that is over.")
    standing: Standing | None = Field(None, description="Only those that stand like this.")
    late: bool = Field(False, description="Only those that are late and not handed in.")


class Reason(HandedIn):
    """Why it is done: kept, and shown to those who reported."""

    reason: Text


@router.get("/plans/{plan}/answers", response={200: Page[AnswerStanding], **KEYED}, auth=Key("plans.see"))
def list_answers(request: HttpRequest, plan: Code, which: Query[WhichAnswers]) -> Page[AnswerStanding]:
    """Who has answered for a period, and how late the others are: of the organisations that the key's person sees."""
    acting = acting_of(request)
    found = plan_for(acting, plan)
    stands = stands_for_period(
        found,
        _period(found, which.period, acting.day),
        units=acting.units_for("plans.see"),
        on=acting.day,
        grace_days=settings.ENVIRONMENT.grace_days,
    )
    chosen = page_of(
        [
            stand
            for stand in stands
            if which.standing in (None, stand.standing) and (not which.late or (stand.is_open and stand.days_late > 0))
        ],
        which,
    )
    return Page(chosen.count, chosen.limit, chosen.offset, [_standing(row) for row in counted(found, chosen.rows)])


@router.get(
    "/plans/{plan}/answers/{organisation}/{period}", response={200: AnswerShown, **KEYED}, auth=Key("plans.see")
)
def read_answer(request: HttpRequest, plan: Code, organisation: Code, period: PeriodCode) -> AnswerShown:
    """One answer with every cell that is asked for, as it stands now."""
    _acting, answer = answer_at(request, plan, organisation, period)
    grid = grid_of(answer, on=clock.today())
    return AnswerShown(
        organisation=answer.organisation.code,
        period=answer.period.code,
        is_locked=grid.stand.is_locked,
        steps=[StepShown(each.number, each.step, each.reason, each.at, each.by_name) for each in grid.steps],
        indicators=[asked_shown(row) for row in grid.rows],
        missing=[row.defined.code for row in grid.missing],
        unproven=[row.defined.code for row in grid.unproven],
    )


@router.post(
    "/plans/{plan}/answers/{organisation}/{period}/hand-in",
    response={200: StepTaken, **WRITING},
    auth=Key("plans.report"),
)
def hand_in_answer(request: HttpRequest, plan: Code, organisation: Code, period: PeriodCode) -> StepTaken:
    """Hand the answer in. From then on it is locked."""
    by, answer = answer_at(request, plan, organisation, period)
    return _taken(submit_answer(**_of(answer), by=by, at=clock.now()))


@router.post(
    "/plans/{plan}/answers/{organisation}/{period}/return",
    response={200: StepTaken, **WRITING},
    auth=Key("plans.approve"),
)
def give_answer_back(
    request: HttpRequest, plan: Code, organisation: Code, period: PeriodCode, why: Reason
) -> StepTaken:
    """Give an answer back to those who handed it in, with the reason. It is open again."""
    by, answer = answer_at(request, plan, organisation, period)
    return _taken(return_answer(**_of(answer), reason=why.reason, by=by, at=clock.now()))


@router.post(
    "/plans/{plan}/answers/{organisation}/{period}/approve",
    response={200: StepTaken, **WRITING},
    auth=Key("plans.approve"),
)
def take_answer(request: HttpRequest, plan: Code, organisation: Code, period: PeriodCode) -> StepTaken:
    """Approve an answer that somebody else has handed in. It stays locked."""
    by, answer = answer_at(request, plan, organisation, period)
    return _taken(approve_answer(**_of(answer), by=by, at=clock.now()))


@router.post(
    "/plans/{plan}/answers/{organisation}/{period}/reopen",
    response={200: StepTaken, **WRITING},
    auth=Key("plans.approve"),
)
def open_answer_again(
    request: HttpRequest, plan: Code, organisation: Code, period: PeriodCode, why: Reason
) -> StepTaken:
    """Open an approved answer again, with the reason. What was reported stays; corrections are new figures."""
    by, answer = answer_at(request, plan, organisation, period)
    return _taken(reopen_answer(**_of(answer), reason=why.reason, by=by, at=clock.now()))


def answer_at(request: HttpRequest, plan: str, organisation: str, period: str) -> tuple[Acting, Answer]:
    """Who asks, and the answer asked for; to whom it is not opened there is nothing here."""
    acting = acting_of(request)
    return acting, answer_for(acting, plan_for(acting, plan), organisation, period)


def _of(answer: Answer) -> dict[str, Any]:
    return {"plan": answer.plan, "organisation": answer.organisation, "period": answer.period}


def _taken(step: SubmissionStep) -> StepTaken:
    return StepTaken(step.number, Step(step.step), step.at)


def _period(plan: Plan, code: str | None, day: date) -> Period:
    """The period of the plan of this code; without one, the last that is over, or the first of all."""
    periods = periods_of(plan)
    if code is None:
        return next((each for each in reversed(periods) if each.until <= day), periods[0])
    for period in periods:
        if period.code == code:
            return period
    raise NothingHere(code)


def _standing(row: AnswerRow) -> AnswerStanding:
    return AnswerStanding(
        organisation=row.house.code,
        name=row.house.name,
        above=row.house.above_code,
        period=row.period.code,
        standing=row.standing,
        since=row.since,
        reason=row.reason,
        reported=row.reported,
        asked=row.asked,
        due_on=row.due_on,
        days_late=row.days_late,
        reminders=row.reminders,
    )
