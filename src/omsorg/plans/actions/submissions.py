"""Handing an answer in, and what the reviewer does with it: return, approve, reopen when asked."""

from datetime import datetime

from django.db import transaction

from omsorg.federation.access import Acting, require
from omsorg.federation.models import Organisation
from omsorg.kernel.numbers import PeriodSaid
from omsorg.kernel.periods import Period
from omsorg.kernel.trail import leave_trace
from omsorg.plans.access import Answer
from omsorg.plans.actions.locks import after_reports, hold_answer
from omsorg.plans.actions.telling import tell_it_came_back, tell_opening_asked
from omsorg.plans.models import OpeningAsked, Plan, SubmissionStep
from omsorg.plans.queries.grid import grid_of
from omsorg.plans.rules.answers import PeriodNotOver, SomethingMissing, Step, require_locked, take_step
from omsorg.plans.rules.entries import as_kept

VERBS = {
    Step.SUBMITTED: "submit_answer",
    Step.RETURNED: "return_answer",
    Step.APPROVED: "approve_answer",
    Step.REOPENED: "reopen_answer",
}


@transaction.atomic
def submit_answer(
    *, plan: Plan, organisation: Organisation, period: Period, by: Acting, at: datetime
) -> SubmissionStep:
    """Hand in the answer of `organisation` for `period`. From then on it is locked.

    Refused while an asked figure has no answer (a state such as "not collected" is one), while evidence that is
    needed is missing, and before the period is over.
    """
    require(by, "plans.report", organisation.pk)
    if at.date() < period.until:
        raise PeriodNotOver(period=PeriodSaid(period))
    return _take(Step.SUBMITTED, plan, organisation, period, by, at)


@transaction.atomic
def return_answer(
    *, plan: Plan, organisation: Organisation, period: Period, reason: str, by: Acting, at: datetime
) -> SubmissionStep:
    """Give an answer back to those who handed it in, with the reason. It is open again."""
    require(by, "plans.approve", organisation.pk)
    taken = _take(Step.RETURNED, plan, organisation, period, by, at, reason)
    tell_it_came_back(taken, by=by, at=at)
    return taken


@transaction.atomic
def approve_answer(
    *, plan: Plan, organisation: Organisation, period: Period, by: Acting, at: datetime
) -> SubmissionStep:
    """Approve an answer that somebody else has handed in. It stays locked."""
    require(by, "plans.approve", organisation.pk)
    return _take(Step.APPROVED, plan, organisation, period, by, at)


@transaction.atomic
def reopen_answer(
    *, plan: Plan, organisation: Organisation, period: Period, reason: str, by: Acting, at: datetime
) -> SubmissionStep:
    """Open an approved answer again, with the reason. What was reported stays; corrections are new figures."""
    require(by, "plans.approve", organisation.pk)
    taken = _take(Step.REOPENED, plan, organisation, period, by, at, reason)
    tell_it_came_back(taken, by=by, at=at)
    return taken


@transaction.atomic
def ask_to_open(
    *, plan: Plan, organisation: Organisation, period: Period, reason: str, by: Acting, at: datetime
) -> OpeningAsked:
    """Ask the reviewers for an answer that is locked, with the reason. They are written to and see it in their work."""
    require(by, "plans.report", organisation.pk)
    cell = {"plan": plan, "organisation": organisation, "period_start": period.start, "period_months": period.months}
    stand = hold_answer(plan.pk, organisation.pk, period)
    asked = OpeningAsked.objects.filter(**cell, number=stand.number).exists()
    require_locked(stand, asked=asked, reason=reason)
    kept = OpeningAsked.objects.create(**cell, number=stand.number, reason=as_kept(reason), by_id=by.person_id, at=at)
    leave_trace(
        "ask_to_open_answer",
        f"answer:{plan.code}/{organisation.code}/{period.code}",
        by=by.person_id,
        at=at,
        organisation=organisation.pk,
        details={"step": stand.number},
    )
    tell_opening_asked(kept, by=by, at=at)
    return kept


def _take(
    step: Step, plan: Plan, organisation: Organisation, period: Period, by: Acting, at: datetime, reason: str = ""
) -> SubmissionStep:
    after = take_step(hold_answer(plan.pk, organisation.pk, period), step, by=by.person_id, reason=reason)
    at = after_reports(plan.pk, at)
    if step is Step.SUBMITTED:
        grid = grid_of(Answer(plan, organisation, period), on=at.date())
        if grid.missing or grid.unproven:
            raise SomethingMissing(figures=len(grid.missing), documents=len(grid.unproven))
        # What stands in the answer is handed in with it, also where another machine's clock is a little ahead.
        at = max(at, *grid.written_at)
    taken = SubmissionStep.objects.create(
        plan=plan,
        organisation=organisation,
        period_start=period.start,
        period_months=period.months,
        number=after.number,
        step=step,
        reason=as_kept(reason),
        by_id=by.person_id,
        at=at,
    )
    leave_trace(
        VERBS[step],
        f"answer:{plan.code}/{organisation.code}/{period.code}",
        by=by.person_id,
        at=at,
        organisation=organisation.pk,
        details={"step": after.number},
    )
    return taken
