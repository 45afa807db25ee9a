"""What is answered to a recommendation and by which actions, and what measures these, over the HTTP API."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from django.http import HttpRequest
from ninja import Router
from pydantic import Field

from omsorg.federation.access import acting_of
from omsorg.federation.api_door import Key
from omsorg.kernel import clock
from omsorg.kernel.api.given import WRITING
from omsorg.kernel.api.types import Code, Day, HandedIn, Proses, Small, Yes
from omsorg.plans.access import action_called, indicator_called, plan_for, recommendation_called
from omsorg.plans.actions.measures import link_indicator
from omsorg.plans.actions.recommendations import answer_recommendation, link_recommendation
from omsorg.plans.api.reasons import Reason, ReasonIn

router = Router(tags=["Revisions"])


class ResponseGiven(HandedIn):
    """What is answered: yes, partly, no or open. `expected`: the number of the answer that you read, 0 for none."""

    accepted: Annotated[str, Field(pattern="^(yes|partly|no|open)$")]
    response: Proses = Field(default_factory=dict)
    expected: Small
    reason: Reason
    reason_in: ReasonIn
    in_force_on: Day


class LinkSet(HandedIn):
    """That an action answers a recommendation from a day on, or (`holds` false) does so no longer."""

    source: Code
    recommendation: Code
    holds: Yes = True
    reason: Reason
    reason_in: ReasonIn
    in_force_on: Day


class MeasureSet(HandedIn):
    """That an indicator measures an action from a day on, or (`holds` false) does so no longer."""

    action: Code
    holds: Yes = True
    reason: Reason
    reason_in: ReasonIn
    in_force_on: Day


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


@dataclass(frozen=True, slots=True)
class MeasureKept:
    """The link between an indicator and an action that was kept."""

    indicator: str
    action: str
    number: int
    holds: bool
    in_force_on: date


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
        reason_in=given.reason_in,
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
        reason_in=given.reason_in,
        in_force_on=given.in_force_on,
        by=by,
        at=clock.now(),
    )
    return LinkKept(code, given.recommendation, made.number, made.holds, made.in_force_on)


@router.post("/plans/{plan}/indicators/{code}/links", response={200: MeasureKept, **WRITING}, auth=Key("plans.revise"))
def link_one_indicator(request: HttpRequest, plan: Code, code: Code, given: MeasureSet) -> MeasureKept:
    """Say that an indicator measures an action from a day on, or that it does so no longer."""
    by = acting_of(request)
    found = plan_for(by, plan)
    made = link_indicator(
        indicator=indicator_called(found, code),
        action=action_called(found, given.action),
        holds=given.holds,
        reason=given.reason,
        reason_in=given.reason_in,
        in_force_on=given.in_force_on,
        by=by,
        at=clock.now(),
    )
    return MeasureKept(code, given.action, made.number, made.holds, made.in_force_on)
