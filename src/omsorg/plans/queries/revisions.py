"""Every dated revision of a plan, as everybody may read it: what was changed, from when on, why."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from omsorg.plans.models import ActionRevision, IndicatorRevision, Plan
from omsorg.plans.rules.changes import Thing
from omsorg.plans.rules.measures import Activity, Cause


@dataclass(frozen=True, slots=True)
class PlanRevision:
    """One revision of one action or indicator, or of the plan itself; number 1 is how it came into the plan.

    `reason` is as it was written, in `reason_language` where that is known, and `reason_in` gives it in others.
    `redefined`: it measures something else since. A plan is due on the last day of its period.
    """

    thing: Thing
    code: str
    number: int
    title: dict[str, str]
    activity: Activity
    due_on: date | None
    in_force_on: date
    entered_at: datetime
    reason: str
    reason_language: str
    reason_in: dict[str, str]
    cause: Cause | None
    redefined: bool


def revisions_of(plan: Plan, *, code: str = "") -> list[PlanRevision]:
    """The revisions of a plan and of all in it, or only of what is called `code`; the newest first."""
    said = (
        "number",
        "title",
        "activity",
        "due_on",
        "in_force_on",
        "at",
        "reason",
        "reason_language",
        "reason_in",
        "cause",
    )
    actions = ActionRevision.objects.filter(action__plan=plan)
    indicators = IndicatorRevision.objects.filter(indicator__plan=plan)
    if code:
        actions, indicators = actions.filter(action__code=code), indicators.filter(indicator__code=code)
    found = [
        *(_of_plan(row, plan.code) for row in plan.revisions.all() if code in ("", plan.code)),
        *(
            _revision(Thing.ACTION, row[0], row[1:], redefined=False)
            for row in actions.values_list("action__code", *said)
        ),
        *(
            _revision(Thing.INDICATOR, row[0], row[2:], redefined=row[1])
            for row in indicators.values_list("indicator__code", "redefined", *said)
        ),
    ]
    return sorted(found, key=lambda each: (each.in_force_on, each.entered_at, each.code, each.number), reverse=True)


def _of_plan(row: Any, code: str) -> PlanRevision:
    return PlanRevision(
        thing=Thing.PLAN,
        code=code,
        number=row.number,
        title=row.title,
        activity=Activity.ACTIVE,
        due_on=row.runs_until - timedelta(days=1),
        in_force_on=row.in_force_on,
        entered_at=row.at,
        reason=row.reason,
        reason_language=row.reason_language,
        reason_in=row.reason_in,
        cause=None,
        redefined=False,
    )


def _revision(thing: Thing, code: str, said: tuple, *, redefined: bool) -> PlanRevision:
    number, title, activity, due_on, in_force_on, at, reason, language, reason_in, cause = said
    return PlanRevision(
        thing=thing,
        code=code,
        number=number,
        title=title,
        activity=Activity(activity),
        due_on=due_on,
        in_force_on=in_force_on,
        entered_at=at,
        reason=reason,
        reason_language=language,
        reason_in=reason_in,
        cause=Cause(cause) if cause else None,
        redefined=redefined,
    )
