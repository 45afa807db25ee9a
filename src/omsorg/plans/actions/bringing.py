"""What other systems of the house bring into a plan: lessons from incidents, recommendations of an ombudsperson.

Each system has one source in a plan, made when its first recommendation comes. The codes are counted on within the
plan and tell nothing of where a recommendation came from.
"""

from collections.abc import Mapping
from datetime import datetime

from django.db import connection, transaction

from omsorg.federation.access import Acting
from omsorg.plans.actions.adoption import add_recommendation, add_source
from omsorg.plans.models import Plan, Recommendation, Source
from omsorg.plans.rules.drafts import RecommendationDraft, SourceDraft


@transaction.atomic
def bring_recommendation(
    *,
    plan: Plan,
    source: SourceDraft,
    mark: str,
    text: Mapping[str, str],
    area: Mapping[str, str],
    reason: str,
    by: Acting | None,
    at: datetime,
) -> Recommendation:
    """Take one recommendation in, under the `source` of the system that brings it; its code is `mark` and a number.

    `by` is the plan's owner; None where the house brings what is public already and needs nobody's leave, as the word
    of an ombudsperson. Whether it came before is for the system that brings it to know.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"plans_bringing {plan.pk}"])
    kept = Source.objects.select_related("plan__owner").filter(plan=plan, code=source.code).first()
    if kept is None:
        kept = add_source(plan=plan, draft=source, in_plan_from=at.date(), reason=reason, by=by, at=at)
    draft = RecommendationDraft(
        code=_next_code(plan, mark), source=source.code, text=dict(text), area=dict(area), accepted="open"
    )
    return add_recommendation(source=kept, draft=draft, in_plan_from=at.date(), reason=reason, by=by, at=at)


def _next_code(plan: Plan, mark: str) -> str:
    taken = set(Recommendation.objects.filter(source__plan=plan, code__startswith=mark).values_list("code", flat=True))
    number = 1
    while f"{mark}{number}" in taken:
        number += 1
    return f"{mark}{number}"
