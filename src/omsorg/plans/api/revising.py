"""Revisions over the HTTP API: what is different is handed in, with what was read, a reason and a day."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Router
from pydantic import Field

from omsorg.federation.access import NothingHere, acting_of
from omsorg.federation.api_door import Key
from omsorg.kernel import clock
from omsorg.kernel.api.given import WRITING
from omsorg.kernel.api.types import Code, Currency, Day, Exact, HandedIn, Line, Minor, RowId, Small, Text, Texts, Yes
from omsorg.kernel.money import Money
from omsorg.plans.access import action_called, indicator_called, plan_for, recommendation_called
from omsorg.plans.actions.adoption import owners_called
from omsorg.plans.actions.budgets import enter_spending, revise_budget
from omsorg.plans.actions.promises import revise_action, revise_indicator
from omsorg.plans.actions.recommendations import answer_recommendation, link_recommendation
from omsorg.plans.actions.targets import NotOfThisIndicator, set_target
from omsorg.plans.models import ActionRevision, BudgetEntry, IndicatorRevision, Target
from omsorg.plans.queries.promises import terms_of_action, terms_of_indicator
from omsorg.plans.rules.changes import Thing
from omsorg.plans.rules.measures import (
    Activity,
    Cause,
    Comparison,
    Direction,
    Kind,
    RollUp,
    Series,
    TimeRule,
)

router = Router(tags=["Revisions"])

Tolerance = Annotated[Exact, Field(ge=0, le=99, max_digits=6, decimal_places=4)]


class ActionChanges(HandedIn):
    """What is to be different; what is not named stays as it is. `owner` and `superseded_by` are codes."""

    title: Texts | None = None
    text: Texts | None = None
    owner: Code | None = None
    starts_on: Day | None = None
    due_on: Day | None = None
    done_on: Day | None = None
    prioritised: Yes | None = None
    activity: Activity | None = None
    activity_reason: Texts | None = None
    superseded_by: Code | None = None


class IndicatorChanges(HandedIn):
    """What is to be different; what is not named stays as it is. `superseded_by` is a code."""

    title: Texts | None = None
    text: Texts | None = None
    kind: Kind | None = None
    unit: Annotated[Line, Field(max_length=40)] | None = None
    direction: Direction | None = None
    time_rule: TimeRule | None = None
    roll_up: RollUp | None = None
    numerator: Texts | None = None
    denominator: Texts | None = None
    threshold: Exact | None = None
    comparison: Comparison | None = None
    band_low: Exact | None = None
    band_high: Exact | None = None
    per: Annotated[int, Field(ge=1, le=1_000_000_000, strict=True)] | None = None
    accumulates: Yes | None = None
    lowest: Exact | None = None
    highest: Exact | None = None
    tolerance: Tolerance | None = None
    at_risk_band: Tolerance | None = None
    asked_of_associations: Yes | None = None
    evidence_needed: Yes | None = None
    dimensions: Annotated[list[Code], Field(max_length=20)] | None = None
    about_children: Yes | None = None
    activity: Activity | None = None
    activity_reason: Texts | None = None
    superseded_by: Code | None = None
    due_on: Day | None = None


MAY_BE_NOTHING = frozenset(
    {"done_on", "superseded_by", "threshold", "band_low", "band_high", "lowest", "highest", "due_on"}
)
"""Named and null, these are taken away; anything else that is null stays as it is."""


class ActionRevised(HandedIn):
    """A dated revision of an action. `expected`: the number of the revision that you read (see plan-on)."""

    expected: Small
    changes: ActionChanges
    reason: Text
    in_force_on: Day
    cause: Cause | None = None


class IndicatorRevised(HandedIn):
    """A dated revision of an indicator. `redefined`: it measures something else from then on."""

    expected: Small
    changes: IndicatorChanges
    reason: Text
    in_force_on: Day
    cause: Cause | None = None
    redefined: Yes = False


class TargetSet(HandedIn):
    """A target or the baseline. `replaces`: the id of the one that it takes the place of; that one stays to be read."""

    due_on: Day
    number: Exact
    denominator: Exact | None = None
    is_baseline: Yes = False
    organisation: Code | None = Field(None, description="Whose own target it is; without it the whole plan's.")
    replaces: RowId | None = None
    reason: Text
    in_force_on: Day


class BudgetSet(HandedIn):
    """The whole sum that an action may cost. `expected_minor`: the sum that you read, null where there was none."""

    amount_minor: Minor
    currency: Currency
    expected_minor: Minor | None = None
    on_day: Day
    reason: Text


class Spending(HandedIn):
    """Money spent, to be added to what was spent before; below zero takes back a mistake."""

    amount_minor: Minor
    currency: Currency
    on_day: Day
    reason: Text


class ResponseGiven(HandedIn):
    """What is answered: yes, partly, no or open. `expected`: the number of the answer that you read, 0 for none."""

    accepted: Annotated[str, Field(pattern="^(yes|partly|no|open)$")]
    response: Texts = Field(default_factory=dict)
    expected: Small
    reason: Text
    in_force_on: Day


class LinkSet(HandedIn):
    """That an action answers a recommendation from a day on, or (`holds` false) does so no longer."""

    source: Code
    recommendation: Code
    holds: Yes = True
    reason: Text
    in_force_on: Day


@dataclass(frozen=True, slots=True)
class RevisionKept:
    """The revision that was kept; its number is what the next one expects."""

    thing: Thing
    code: str
    number: int
    in_force_on: date
    reason: str
    cause: Cause | None
    at: datetime


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


@dataclass(frozen=True, slots=True)
class ResponseKept:
    """The answer that holds now; its number is what the next one expects."""

    recommendation: str
    number: int
    accepted: str
    in_force_on: date


@dataclass(frozen=True, slots=True)
class LinkKept:
    """The link that was kept."""

    action: str
    recommendation: str
    number: int
    holds: bool
    in_force_on: date


@router.post(
    "/plans/{plan}/actions/{code}/revisions", response={200: RevisionKept, **WRITING}, auth=Key("plans.revise")
)
def revise_one_action(request: HttpRequest, plan: Code, code: Code, given: ActionRevised) -> RevisionKept:
    """Give an action new terms from a day on. Where somebody else revised it since, 409 tells what is different."""
    by = acting_of(request)
    action = action_called(plan_for(by, plan), code)
    read = _read(action.revisions.select_related("owner", "superseded_by"), given.expected)
    made = revise_action(
        action=action,
        terms=replace(terms_of_action(read), **_wanted(given.changes)),
        expected=given.expected,
        reason=given.reason,
        in_force_on=given.in_force_on,
        cause=given.cause,
        by=by,
        at=clock.now(),
    )
    return _kept(Thing.ACTION, code, made)


@router.post(
    "/plans/{plan}/indicators/{code}/revisions", response={200: RevisionKept, **WRITING}, auth=Key("plans.revise")
)
def revise_one_indicator(request: HttpRequest, plan: Code, code: Code, given: IndicatorRevised) -> RevisionKept:
    """Give an indicator new terms from a day on. What decides how it is measured makes it redefined."""
    by = acting_of(request)
    indicator = indicator_called(plan_for(by, plan), code)
    read = _read(indicator.revisions.select_related("superseded_by"), given.expected)
    made = revise_indicator(
        indicator=indicator,
        terms=replace(terms_of_indicator(read), **_wanted(given.changes)),
        expected=given.expected,
        reason=given.reason,
        in_force_on=given.in_force_on,
        cause=given.cause,
        redefined=given.redefined,
        by=by,
        at=clock.now(),
    )
    return _kept(Thing.INDICATOR, code, made)


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
        by=by,
        at=clock.now(),
    )
    return _sum(code, made)


@router.post(
    "/plans/{plan}/recommendations/{source}/{code}/responses",
    response={200: ResponseKept, **WRITING},
    auth=Key("plans.revise"),
)
def respond_to_recommendation(
    request: HttpRequest, plan: Code, source: Code, code: Code, given: ResponseGiven
) -> ResponseKept:
    """Say whether a recommendation is accepted, and what is done about it."""
    by = acting_of(request)
    made = answer_recommendation(
        recommendation=recommendation_called(plan_for(by, plan), source, code),
        accepted=given.accepted,
        response=given.response,
        expected=given.expected,
        reason=given.reason,
        in_force_on=given.in_force_on,
        by=by,
        at=clock.now(),
    )
    return ResponseKept(code, made.number, made.accepted, made.in_force_on)


@router.post("/plans/{plan}/actions/{code}/links", response={200: LinkKept, **WRITING}, auth=Key("plans.revise"))
def link_action(request: HttpRequest, plan: Code, code: Code, given: LinkSet) -> LinkKept:
    """Say that an action answers a recommendation from a day on, or that it does so no longer."""
    by = acting_of(request)
    found = plan_for(by, plan)
    made = link_recommendation(
        action=action_called(found, code),
        recommendation=recommendation_called(found, given.source, given.recommendation),
        holds=given.holds,
        reason=given.reason,
        in_force_on=given.in_force_on,
        by=by,
        at=clock.now(),
    )
    return LinkKept(code, given.recommendation, made.number, made.holds, made.in_force_on)


def _read(revisions: Any, number: int) -> Any:
    """The revision that the writer read."""
    found = revisions.filter(number=number).first()
    if found is None:
        raise NothingHere(f"revision {number}")
    return found


def _wanted(changes: HandedIn) -> dict[str, Any]:
    """Only what is named; null takes away what may be nothing."""
    named = {name: getattr(changes, name) for name in changes.model_fields_set}
    found = {name: value for name, value in named.items() if value is not None or name in MAY_BE_NOTHING}
    if "dimensions" in found:
        found["dimensions"] = tuple(found["dimensions"])
    return found


def _kept(thing: Thing, code: str, made: ActionRevision | IndicatorRevision) -> RevisionKept:
    return RevisionKept(
        thing=thing,
        code=code,
        number=made.number,
        in_force_on=made.in_force_on,
        reason=made.reason,
        cause=Cause(made.cause) if made.cause else None,
        at=made.at,
    )


def _sum(code: str, made: BudgetEntry) -> SumKept:
    return SumKept(made.pk, code, made.kind, made.amount_minor, made.currency, made.on_day)
