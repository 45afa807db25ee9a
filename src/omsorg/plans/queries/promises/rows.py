"""The few reads behind a plan on a day: one for each kind of row, however many rows there are."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import OuterRef, Subquery

from omsorg.federation.queries.organisations import name_on
from omsorg.plans.models import (
    ActionRecommendation,
    ActionRevision,
    BudgetEntry,
    IndicatorAction,
    IndicatorRevision,
    Plan,
    PlanRevision,
    Recommendation,
    RecommendationResponse,
    Target,
)
from omsorg.plans.queries.promises.states import TargetState
from omsorg.plans.rules.budgets import BudgetLine
from omsorg.plans.rules.measures import Activity, Series
from omsorg.plans.rules.revisions import stopped_since

WHEN_STOPPED = ("action_id", "number", "in_force_on", "activity")
"""The columns of an action's revisions that tell since when it is not worked on."""


def plan_revision_on(plan: Plan, day: date) -> PlanRevision:
    """What the plan said of itself at the end of `day`; before it was adopted, what it said when it was."""
    standing = plan.revisions.filter(in_force_on__lte=day).order_by("-number").first()
    return standing or plan.revisions.earliest("number")


def action_revisions_on(plan: Plan, day: date) -> list[Any]:
    """Every action with its revision in force at the end of `day`; `stopped_on`: since when it is not worked on."""
    earlier = ActionRevision.objects.filter(action=OuterRef("action"), in_force_on__lte=day)
    rows: list[Any] = list(
        ActionRevision.objects.filter(action__plan=plan, in_force_on__lte=day)
        .order_by("action_id", "-number")
        .distinct("action_id")
        .select_related("action", "owner", "superseded_by")
        .annotate(
            owner_name=name_on("owner_id", day),
            first_due_on=Subquery(earlier.filter(number=1).values("due_on")),
            last_cause=Subquery(earlier.exclude(cause="").order_by("-number").values("cause")[:1]),
        )
    )
    stops: defaultdict[int, list[ActionRevision]] = defaultdict(list)
    stopped = [row.action_id for row in rows if row.activity != Activity.ACTIVE]
    for revision in ActionRevision.objects.filter(action__in=stopped).only(*WHEN_STOPPED):
        stops[revision.action_id].append(revision)
    for row in rows:
        row.stopped_on = stopped_since(stops[row.action_id], day)
    return rows


def indicator_revisions_on(plan: Plan, day: date) -> list[Any]:
    """Every indicator with its revision in force at the end of `day`."""
    earlier = IndicatorRevision.objects.filter(indicator=OuterRef("indicator"), in_force_on__lte=day)
    redefined = earlier.filter(redefined=True).order_by("-number")
    return list(
        IndicatorRevision.objects.filter(indicator__plan=plan, in_force_on__lte=day)
        .order_by("indicator_id", "-number")
        .distinct("indicator_id")
        .select_related("indicator", "superseded_by")
        .annotate(
            first_due_on=Subquery(earlier.filter(number=1).values("due_on")),
            last_cause=Subquery(earlier.exclude(cause="").order_by("-number").values("cause")[:1]),
            redefined_number=Subquery(redefined.values("number")[:1]),
            redefined_on=Subquery(redefined.values("in_force_on")[:1]),
        )
    )


def recommendations_on(plan: Plan, day: date) -> list[Any]:
    """Every recommendation that was in the plan on `day`, with the answer in force."""
    answers = RecommendationResponse.objects.filter(recommendation=OuterRef("pk"), in_force_on__lte=day).order_by(
        "-number"
    )
    return list(
        Recommendation.objects.filter(source__plan=plan, in_plan_from__lte=day)
        .select_related("source")
        .annotate(
            accepted=Subquery(answers.values("accepted")[:1]),
            response=Subquery(answers.values("response")[:1]),
            answer_number=Subquery(answers.values("number")[:1]),
            answered_on=Subquery(answers.values("in_force_on")[:1]),
        )
    )


def links_that_hold(plan: Plan, day: date, *, known_at: datetime | None = None) -> tuple[tuple[int, int], ...]:
    """(Action id, recommendation id) of every link that holds on `day`, as far as it was known by `known_at`."""
    rows = ActionRecommendation.objects.filter(action__plan=plan, in_force_on__lte=day)
    if known_at is not None:
        rows = rows.filter(at__lte=known_at)
    last = (
        rows.order_by("action_id", "recommendation_id", "-number")
        .distinct("action_id", "recommendation_id")
        .values_list("action_id", "recommendation_id", "holds")
    )
    return tuple((action_id, recommendation_id) for action_id, recommendation_id, holds in last if holds)


def measures_that_hold(plan: Plan, day: date, *, known_at: datetime | None = None) -> Mapping[int, list[int]]:
    """Indicator id -> ids of the actions that it measures on `day`, as far as it was known by `known_at`."""
    rows = IndicatorAction.objects.filter(indicator__plan=plan, in_force_on__lte=day)
    if known_at is not None:
        rows = rows.filter(at__lte=known_at)
    last = (
        rows.order_by("indicator_id", "action_id", "-number")
        .distinct("indicator_id", "action_id")
        .values_list("indicator_id", "action_id", "holds")
    )
    found: defaultdict[int, list[int]] = defaultdict(list)
    for indicator_id, action_id, holds in last:
        if holds:
            found[indicator_id].append(action_id)
    return found


def budgets_on(plan: Plan, day: date) -> Mapping[int, list[BudgetLine]]:
    """Action id -> everything granted, revised and spent by `day`."""
    found: defaultdict[int, list[BudgetLine]] = defaultdict(list)
    rows: Iterable[tuple[Any, ...]] = BudgetEntry.objects.filter(action__plan=plan, on_day__lte=day).values_list(
        "action_id", "kind", "amount_minor", "currency", "on_day", "pk"
    )
    for action_id, *line in rows:
        found[action_id].append(BudgetLine(*line))
    return found


def targets_on(plan: Plan, day: date) -> Mapping[int, list[TargetState]]:
    """Indicator id -> all baselines and targets of the plan as a whole that had been stated by `day`."""
    found: defaultdict[int, list[TargetState]] = defaultdict(list)
    rows: Iterable[tuple[Any, ...]] = (
        Target.objects.filter(indicator__plan=plan, organisation=plan.owner_id, in_force_on__lte=day)
        .order_by("due_on", "pk")
        .values_list("indicator_id", "pk", "series", "due_on", "number", "denominator", "in_force_on", "supersedes_id")
    )
    for indicator_id, pk, series, *more in rows:
        found[indicator_id].append(TargetState(pk, Series(series), *more))
    return found
