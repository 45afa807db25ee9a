"""The actions, their money, and the recommendations that they answer, as they stood."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Prefetch

from omsorg.federation.queries.organisations import name_on
from omsorg.plans.models import (
    Action,
    ActionRevision,
    BudgetEntry,
    Recommendation,
)
from omsorg.plans.queries.freezing.moment import Moment, standing_revision
from omsorg.plans.queries.promises import links_that_hold
from omsorg.plans.rules.codes import in_order, sorted_codes
from omsorg.plans.rules.measures import Activity, Cause
from omsorg.plans.rules.revisions import stopped_since
from omsorg.plans.rules.slip import slip
from omsorg.plans.rules.snapshot import (
    ActionPart,
    BudgetPart,
    RecommendationPart,
)


def actions_of(moment: Moment) -> list[Action]:
    """The actions that were in the plan, each with `standing` and `first`, its present and original revision."""
    found = []
    revisions = ActionRevision.objects.select_related("owner", "superseded_by").order_by("number")
    revisions = revisions.annotate(owner_name=name_on("owner_id", moment.as_at))
    actions = moment.plan.actions.prefetch_related(
        Prefetch("revisions", revisions),
        Prefetch(
            "budget",
            BudgetEntry.objects.filter(on_day__lte=moment.as_at, at__lte=moment.known_at).order_by("on_day", "pk"),
        ),
    )
    for action in sorted(actions, key=lambda action: in_order(action.code)):
        standing = standing_revision(action.revisions.all(), moment)
        if standing is None:
            continue
        action.standing = standing  # type: ignore[attr-defined]
        action.first = action.revisions.all()[0]  # type: ignore[attr-defined]
        found.append(action)
    return found


def action_part(
    moment: Moment, action: Any, indicator_codes: list[str], recommendation_codes: Iterable[str]
) -> ActionPart:
    standing, first = action.standing, action.first
    put_off = [r.cause for r in action.revisions.all() if r.number <= standing.number and r.cause]
    slipped = slip(
        original_due_on=first.due_on,
        present_due_on=standing.due_on,
        as_of=moment.as_at,
        done_on=standing.done_on,
        stopped_on=stopped_since((r for r in action.revisions.all() if r.at <= moment.known_at), moment.as_at),
    )
    return ActionPart(
        code=action.code,
        title=standing.title,
        prioritised=standing.prioritised,
        owner=standing.owner_name,
        starts_on=standing.starts_on,
        due_on=standing.due_on,
        original_due_on=first.due_on,
        slip_days=slipped.days,
        done_on=standing.done_on,
        activity=Activity(standing.activity),
        activity_reason=standing.activity_reason,
        superseded_by=standing.superseded_by.code if standing.superseded_by else None,
        cause=Cause(put_off[-1]) if put_off else None,
        new_date=standing.due_on if standing.due_on != first.due_on else None,
        budget=_budget(action.budget.all()),
        recommendations=sorted_codes(recommendation_codes),
        indicators=sorted_codes(indicator_codes),
    )


def _budget(entries: Iterable[BudgetEntry]) -> tuple[BudgetPart, ...]:
    sums: dict[str, dict[str, int | None]] = {}
    for entry in entries:
        of_currency = sums.setdefault(entry.currency, {"original": None, "spent": None, "revised": None})
        if entry.kind == BudgetEntry.Kind.SPENT:
            of_currency["spent"] = (of_currency["spent"] or 0) + entry.amount_minor
        else:
            of_currency[entry.kind] = entry.amount_minor
    return tuple(
        BudgetPart(currency, each["original"], each["spent"], each["revised"])
        for currency, each in sorted(sums.items())
    )


def recommendations_of(moment: Moment, action_codes: Mapping[int, str]) -> tuple[RecommendationPart, ...]:
    links: defaultdict[int, list[str]] = defaultdict(list)
    for action_id, recommendation_id in links_that_hold(moment.plan, moment.as_at, known_at=moment.known_at):
        if action_id in action_codes:
            links[recommendation_id].append(action_codes[action_id])
    parts = []
    for recommendation in (
        Recommendation.objects.filter(source__plan=moment.plan, in_plan_from__lte=moment.as_at)
        .select_related("source")
        .prefetch_related("responses")
        .order_by("source__code", "pk")
    ):
        answer = standing_revision(recommendation.responses.all(), moment)
        parts.append(
            RecommendationPart(
                code=recommendation.code,
                source=recommendation.source.code,
                area=recommendation.area,
                text=recommendation.text,
                accepted=answer.accepted if answer else "open",
                response=answer.response if answer and not recommendation.hidden_at else {},
                actions=sorted_codes(links[recommendation.pk]),
            )
        )
    return tuple(parts)
