"""Targets and money over the HTTP API: each entry stands beside the one before, with its reason."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.http import HttpRequest
from ninja import Router
from pydantic import Field

from omsorg.federation.access import acting_of
from omsorg.federation.api_door import Key
from omsorg.kernel import clock
from omsorg.kernel.api.given import WRITING
from omsorg.kernel.api.types import Code, Currency, Day, DayOfPlan, Exact, HandedIn, Minor, RowId, Yes
from omsorg.kernel.money import Money
from omsorg.plans.access import action_called, indicator_called, plan_for
from omsorg.plans.actions.budgets import enter_spending, revise_budget
from omsorg.plans.actions.columns import owners_called
from omsorg.plans.actions.targets import NotOfThisIndicator, set_target
from omsorg.plans.api.reasons import Reason, ReasonIn
from omsorg.plans.models import BudgetEntry, Target
from omsorg.plans.rules.measures import Series

router = Router(tags=["Revisions"])


class TargetSet(HandedIn):
    """A target or the baseline. `replaces`: the id of the one that it takes the place of; that one stays to be read."""

    due_on: DayOfPlan
    number: Exact
    denominator: Exact | None = None
    is_baseline: Yes = False
    organisation: Code | None = Field(None, description="Whose own target it is; without it the whole plan's.")
    replaces: RowId | None = None
    reason: Reason
    reason_in: ReasonIn
    in_force_on: Day


class BudgetSet(HandedIn):
    """The whole sum that an action may cost. `expected_minor`: the sum that you read, null where there was none."""

    amount_minor: Minor
    currency: Currency
    expected_minor: Minor | None = None
    on_day: Day
    reason: Reason
    reason_in: ReasonIn


class Spending(HandedIn):
    """Money spent, to be added to what was spent before; below zero takes back a mistake."""

    amount_minor: Minor
    currency: Currency
    on_day: Day
    reason: Reason
    reason_in: ReasonIn


@dataclass(frozen=True, slots=True)
class TargetKept:
    """The target or baseline that was kept."""

    id: int
    indicator: str
    series: str
    due_on: date
    number: Decimal
    denominator: Decimal | None
    replaces: int | None
    in_force_on: date


@dataclass(frozen=True, slots=True)
class SumKept:
    """The entry of money that was kept: original, revised or spent."""

    id: int
    action: str
    kind: str
    amount_minor: int
    currency: str
    on_day: date


@router.post("/plans/{plan}/indicators/{code}/targets", response={200: TargetKept, **WRITING}, auth=Key("plans.revise"))
def set_one_target(request: HttpRequest, plan: Code, code: Code, given: TargetSet) -> TargetKept:
    """State a target or the baseline, or put it in the place of another. The first stays to be read for ever."""
    by = acting_of(request)
    indicator = indicator_called(plan_for(by, plan), code)
    replaced = None
    if given.replaces is not None:
        replaced = Target.objects.filter(pk=given.replaces, indicator=indicator).first()
        if replaced is None:
            raise NotOfThisIndicator
    made = set_target(
        indicator=indicator,
        organisation=owners_called([given.organisation])[given.organisation] if given.organisation else None,
        series=Series.BASELINE if given.is_baseline else Series.TARGET,
        due_on=given.due_on,
        number=given.number,
        denominator=given.denominator,
        replaces=replaced,
        reason=given.reason,
        reason_in=given.reason_in,
        in_force_on=given.in_force_on,
        by=by,
        at=clock.now(),
    )
    return TargetKept(
        id=made.pk,
        indicator=code,
        series=Series(made.series).name.lower(),
        due_on=made.due_on,
        number=made.number,
        denominator=made.denominator,
        replaces=made.supersedes_id,
        in_force_on=made.in_force_on,
    )


@router.post("/plans/{plan}/actions/{code}/budget", response={200: SumKept, **WRITING}, auth=Key("plans.revise"))
def set_budget(request: HttpRequest, plan: Code, code: Code, given: BudgetSet) -> SumKept:
    """Set the whole sum that an action may cost from a day on. The first is the original, each later one a revision."""
    by = acting_of(request)
    expected = None if given.expected_minor is None else Money(given.expected_minor, given.currency)
    made = revise_budget(
        action=action_called(plan_for(by, plan), code),
        amount=Money(given.amount_minor, given.currency),
        expected=expected,
        on_day=given.on_day,
        reason=given.reason,
        reason_in=given.reason_in,
        by=by,
        at=clock.now(),
    )
    return _sum(code, made)


@router.post("/plans/{plan}/actions/{code}/spending", response={200: SumKept, **WRITING}, auth=Key("plans.revise"))
def add_spending(request: HttpRequest, plan: Code, code: Code, given: Spending) -> SumKept:
    """Enter money spent on an action."""
    by = acting_of(request)
    made = enter_spending(
        action=action_called(plan_for(by, plan), code),
        amount=Money(given.amount_minor, given.currency),
        on_day=given.on_day,
        reason=given.reason,
        reason_in=given.reason_in,
        by=by,
        at=clock.now(),
    )
    return _sum(code, made)


def _sum(code: str, made: BudgetEntry) -> SumKept:
    return SumKept(made.pk, code, made.kind, made.amount_minor, made.currency, made.on_day)
