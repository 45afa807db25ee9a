"""What is waiting for one person: answers to give, answers to review, figures to verify, reports to release."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from omsorg.federation.access import Acting
from omsorg.kernel.periods import Period
from omsorg.plans.access import periods_of, plans_visible_to
from omsorg.plans.models import Plan, Report
from omsorg.plans.queries.answers import AnswerRow, AnswerStand, counted, houses_asked, stands_of
from omsorg.plans.queries.objections import ContestedAnswer, WishToOpen, contested_answers, wishes_to_open
from omsorg.plans.queries.published import reports_of
from omsorg.plans.queries.verifying import Verified, counts_of

LATEST_PERIODS = 4


@dataclass(frozen=True, slots=True)
class ToVerifyOf:
    """How many indicators of a period wait for a verifier's word, and how many are contested."""

    period: Period
    waiting: int
    contested: int


@dataclass(frozen=True, slots=True)
class PlanWork:
    """What one plan asks of one person. Empty where it asks nothing.

    `contested`: what a verifier contested in the answers that this person gives or reviews; `wishes`: the answers that
    those who gave them ask the reviewer for.
    """

    plan: Plan
    to_answer: tuple[AnswerRow, ...]
    to_review: tuple[AnswerStand, ...]
    late: tuple[AnswerStand, ...]
    contested: tuple[ContestedAnswer, ...]
    wishes: tuple[WishToOpen, ...]
    to_verify: tuple[ToVerifyOf, ...]
    to_release: tuple[Report, ...]


def begun_periods(plan: Plan, on: date) -> tuple[Period, ...]:
    """The periods that have begun on `on`, the newest first."""
    return tuple(period for period in reversed(periods_of(plan)) if period.start <= on)


def work_of(acting: Acting, *, on: date, grace_days: int) -> tuple[PlanWork, ...]:
    """What waits for this person, plan by plan: of every period that has begun, verifying of the last ones."""
    return tuple(_of_plan(plan, acting, on, grace_days) for plan in plans_visible_to(acting))


def _of_plan(plan: Plan, acting: Acting, on: date, grace_days: int) -> PlanWork:
    periods = begun_periods(plan, on)
    reports, approves = acting.units_for("plans.report"), acting.units_for("plans.approve")
    rows = _stands(plan, periods, reports | approves, on, grace_days) if reports or approves else ()
    to_answer = [row for row in rows if row.house.id in reports and row.is_open and row.asked]
    over = [row for row in rows if row.period.until <= on]
    return PlanWork(
        plan=plan,
        to_answer=counted(plan, to_answer) if to_answer else (),
        to_review=tuple(row for row in over if row.house.id in approves and row.is_waiting_for_review),
        late=tuple(row for row in over if row.house.id in approves and row.is_open and row.days_late),
        contested=contested_answers(plan, reports | approves) if reports or approves else (),
        wishes=wishes_to_open(plan, approves) if approves else (),
        to_verify=_to_verify(plan, periods[:LATEST_PERIODS], acting, on) if acting.may_anywhere("plans.verify") else (),
        to_release=_to_release(plan, acting) if acting.may("plans.publish", plan.owner_id) else (),
    )


def _stands(
    plan: Plan, periods: Collection[Period], units: Collection[int], on: date, grace_days: int
) -> tuple[AnswerStand, ...]:
    return stands_of(plan, houses_asked(plan, periods, units=units), on=on, grace_days=grace_days)


def _to_verify(plan: Plan, periods: Collection[Period], acting: Acting, on: date) -> tuple[ToVerifyOf, ...]:
    found: list[ToVerifyOf] = []
    for period in periods:
        counts = counts_of(plan, period, by=acting, on=on)
        if counts[Verified.OPEN] or counts[Verified.CONTESTED]:
            found.append(ToVerifyOf(period, counts[Verified.OPEN], counts[Verified.CONTESTED]))
    return tuple(found)


def _to_release(plan: Plan, acting: Acting) -> tuple[Report, ...]:
    """The newest frozen report of each period that this person may release: one that somebody else has frozen.

    What was frozen earlier for the same period, or before the newest release of it, is passed over: a draft stays.
    """
    found: dict[tuple[date, int], Report] = {}
    for report in reports_of(plan):
        period = (report.period_start, report.period_months)
        newest = found.setdefault(period, report)
        if newest.frozen_at < report.frozen_at:
            found[period] = report
    return tuple(
        report
        for report in found.values()
        if not hasattr(report, "release") and report.frozen_by_id != acting.person_id
    )
