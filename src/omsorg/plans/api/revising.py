"""Revisions over the HTTP API: what is different is handed in, with what was read, a reason and a day."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Router
from pydantic import Field

from omsorg.federation.access import NothingHere, acting_of
from omsorg.federation.api_door import Key
from omsorg.kernel import clock
from omsorg.kernel.api.given import WRITING
from omsorg.kernel.api.types import Code, Day, DayOfPlan, Exact, HandedIn, Proses, Small, Titles, Yes, such_as
from omsorg.plans.access import action_called, indicator_called, plan_for
from omsorg.plans.actions.plans import revise_plan
from omsorg.plans.actions.promises import revise_action, revise_indicator
from omsorg.plans.api.reasons import Reason, ReasonIn
from omsorg.plans.models import ActionRevision, IndicatorRevision
from omsorg.plans.queries.promises import terms_of_action, terms_of_indicator, terms_of_plan
from omsorg.plans.rules.changes import Thing
from omsorg.plans.rules.measures import Activity, Cause, Comparison, Direction, Kind, RollUp, TimeRule

router = Router(tags=["Revisions"])

Tolerance = Annotated[Exact, Field(ge=0, le=99, max_digits=6, decimal_places=4)]


class ActionChanges(HandedIn):
    """What is to be different; what is not named stays as it is. `owner` and `superseded_by` are codes."""

    title: Titles | None = None
    text: Proses | None = None
    owner: Code | None = None
    starts_on: DayOfPlan | None = None
    due_on: DayOfPlan | None = None
    done_on: DayOfPlan | None = None
    prioritised: Yes | None = None
    activity: Activity | None = None
    activity_reason: Proses | None = None
    superseded_by: Code | None = None


class IndicatorChanges(HandedIn):
    """What is to be different; what is not named stays as it is. `superseded_by` is a code."""

    title: Titles | None = None
    text: Proses | None = None
    kind: Kind | None = None
    unit: Titles | None = None
    direction: Direction | None = None
    time_rule: TimeRule | None = None
    roll_up: RollUp | None = None
    numerator: Titles | None = None
    denominator: Titles | None = None
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
    activity_reason: Proses | None = None
    superseded_by: Code | None = None
    due_on: DayOfPlan | None = None


class PlanChanges(HandedIn):
    """What is to be different of the plan itself; what is not named stays. `runs_until`: the day after its last."""

    title: Titles | None = None
    summary: Proses | None = None
    runs_from: DayOfPlan | None = None
    runs_until: DayOfPlan | None = None


MAY_BE_NOTHING = frozenset(
    {"done_on", "superseded_by", "threshold", "band_low", "band_high", "lowest", "highest", "due_on"}
)
"""Named and null, these are taken away; anything else that is null stays as it is."""


class ActionRevised(HandedIn):
    """A dated revision of an action. `expected`: the number of the revision that you read (see plan-on)."""

    model_config = such_as(
        expected=1,
        changes={"due_on": "2026-06-30"},
        cause="resources",
        reason="Trainers are missing",
        in_force_on="2024-05-01",
    )
    expected: Small
    changes: ActionChanges
    reason: Reason
    reason_in: ReasonIn
    in_force_on: Day
    cause: Cause | None = None


class IndicatorRevised(HandedIn):
    """A dated revision of an indicator. `redefined`: it measures something else from then on."""

    model_config = such_as(
        expected=1, changes={"unit": {"en": "children"}}, reason="Children are meant", in_force_on="2024-05-01"
    )
    expected: Small
    changes: IndicatorChanges
    reason: Reason
    reason_in: ReasonIn
    in_force_on: Day
    cause: Cause | None = None
    redefined: Yes = False


class PlanRevised(HandedIn):
    """A dated revision of the plan itself. `expected`: the number of the revision that you read (see plan-on)."""

    model_config = such_as(
        expected=1, changes={"runs_until": "2027-01-01"}, reason="Half a year longer", in_force_on="2024-05-01"
    )
    expected: Small
    changes: PlanChanges
    reason: Reason
    reason_in: ReasonIn
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


@router.post("/plans/{plan}/terms/revisions", response={200: RevisionKept, **WRITING}, auth=Key("plans.revise"))
def revise_whole_plan(request: HttpRequest, plan: Code, given: PlanRevised) -> RevisionKept:
    """Give the plan itself another title, summary or period from a day on."""
    by = acting_of(request)
    found = plan_for(by, plan)
    made = revise_plan(
        plan=found,
        terms=replace(terms_of_plan(_read(found.revisions.all(), given.expected)), **_wanted(given.changes)),
        expected=given.expected,
        reason=given.reason,
        reason_in=given.reason_in,
        in_force_on=given.in_force_on,
        by=by,
        at=clock.now(),
    )
    return RevisionKept(Thing.PLAN, plan, made.number, made.in_force_on, made.reason, None, made.at)


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
        reason_in=given.reason_in,
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
        reason_in=given.reason_in,
        in_force_on=given.in_force_on,
        cause=given.cause,
        redefined=given.redefined,
        by=by,
        at=clock.now(),
    )
    return _kept(Thing.INDICATOR, code, made)


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
