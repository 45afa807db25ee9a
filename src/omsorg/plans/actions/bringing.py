"""What other systems of the house bring into a plan: lessons from incidents, recommendations of an ombudsperson.

Each system has one source in a plan, made when its first recommendation comes. The codes are counted on within the
plan and tell nothing of where a recommendation came from.
"""

from collections.abc import Mapping
from datetime import datetime

from django.db import connection, transaction

from omsorg.federation.access import Acting
from omsorg.kernel.trail import leave_trace
from omsorg.plans.actions.adoption import add_recommendation, add_source
from omsorg.plans.actions.released import keep_to_reports
from omsorg.plans.models import Plan, Recommendation, RecommendationResponse, Source
from omsorg.plans.rules.drafts import RecommendationDraft, SourceDraft


@transaction.atomic
def bring_recommendation(
    *,
    plan: Plan,
    source: SourceDraft,
    mark: str,
    text: Mapping[str, str],
    area: Mapping[str, str],
    brought_as: str = "",
    reason: str,
    by: Acting | None,
    at: datetime,
) -> Recommendation:
    """Take one recommendation in, under the `source` of the system that brings it; its code is `mark` and a number.

    `by` is the plan's owner; None where the house brings what is public already and needs nobody's leave, as the word
    of an ombudsperson. `brought_as` is what the bringing system calls it: brought again, in any plan, the one that is
    there is given back. Without it, whether it came before is for the system that brings it to know.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"plans_bringing {plan.pk}"])
    there = brought(brought_as) if brought_as else None
    if there is not None:
        return there
    kept = Source.objects.select_related("plan__owner").filter(plan=plan, code=source.code).first()
    if kept is None:
        kept = add_source(plan=plan, draft=source, in_plan_from=at.date(), reason=reason, by=by, at=at)
    draft = RecommendationDraft(
        code=_next_code(plan, mark),
        source=source.code,
        text=dict(text),
        area=dict(area),
        accepted="open",
        brought_as=brought_as,
    )
    return add_recommendation(source=kept, draft=draft, in_plan_from=at.date(), reason=reason, by=by, at=at)


def brought(as_: str) -> Recommendation | None:
    """The recommendation that a system of the house has brought under this name, whatever its words are now."""
    return Recommendation.objects.select_related("source__plan").filter(brought_as=as_).first()


@transaction.atomic
def bring_answer(
    *, recommendation: Recommendation, accepted: str, response: Mapping[str, str], reason: str, at: datetime
) -> bool:
    """Keep what was answered elsewhere to a recommendation that was brought. Says whether anything changed.

    What the plan's owner has answered in the plan itself stays: the house never speaks over them. Nothing is answered
    to what is hidden or withdrawn.
    """
    if Recommendation.objects.select_for_update().get(pk=recommendation.pk).hidden_at is not None:
        return False
    newest = recommendation.responses.order_by("-number").first()
    if newest is not None and newest.by_id is not None:
        return False
    if newest is not None and (newest.accepted, newest.response) == (accepted, dict(response)):
        return False
    plan = recommendation.source.plan
    in_force_on = max(at.date(), newest.in_force_on) if newest else at.date()
    keep_to_reports(plan.pk, in_force_on)
    answer = RecommendationResponse.objects.create(
        recommendation=recommendation,
        number=newest.number + 1 if newest else 1,
        accepted=accepted,
        response=dict(response),
        in_force_on=in_force_on,
        reason=reason.strip(),
        by=None,
        at=at,
    )
    leave_trace(
        "bring_answer",
        f"recommendation:{plan.code}/{recommendation.code}",
        by=None,
        at=at,
        organisation=plan.owner_id,
        details={"number": answer.number, "accepted": accepted},
    )
    return True


@transaction.atomic
def hide_words(*, recommendation: Recommendation, why: Mapping[str, str], by: None = None, at: datetime) -> bool:
    """Let nobody read the words of what was brought, nor of any answer to it; `why` stands there. Says whether it
    changed. `show_words` gives them back.
    """
    return _out_of_reach(recommendation, why, None, "hide_recommendation", at)


@transaction.atomic
def show_words(*, recommendation: Recommendation, text: Mapping[str, str], by: None = None, at: datetime) -> bool:
    """Give back the words that were hidden, and with them those of the answers. Says whether it changed."""
    row = Recommendation.objects.select_related("source__plan").select_for_update().get(pk=recommendation.pk)
    if row.hidden_at is None or row.withdrawn_at is not None:
        return False
    row.text, row.hidden_at = dict(text), None
    row.save(update_fields=["text", "hidden_at"])
    _trace_of("show_recommendation", row, at)
    return True


@transaction.atomic
def withdraw_recommendation(
    *, recommendation: Recommendation, why: Mapping[str, str], by: None = None, at: datetime
) -> bool:
    """Hide the words of a recommendation that was brought, and of every answer to it, for good; `why` stands there.

    It stays in the plan under its code, and counted. Reports that are released by now show `why` in its place as well;
    how they were frozen is kept, and read by nobody through the house. Says whether it changed.
    """
    return _out_of_reach(recommendation, why, at, "withdraw_recommendation", at)


def _out_of_reach(
    recommendation: Recommendation, why: Mapping[str, str], for_good: datetime | None, verb: str, at: datetime
) -> bool:
    row = Recommendation.objects.select_related("source__plan").select_for_update().get(pk=recommendation.pk)
    if row.withdrawn_at is not None or (row.hidden_at is not None and row.text == dict(why)):
        return False
    row.text, row.hidden_at, row.withdrawn_at = dict(why), row.hidden_at or at, for_good
    row.save(update_fields=["text", "hidden_at", "withdrawn_at"])
    _trace_of(verb, row, at)
    return True


def _trace_of(verb: str, row: Recommendation, at: datetime) -> None:
    plan = row.source.plan
    subject = f"recommendation:{plan.code}/{row.code}"
    leave_trace(verb, subject, by=None, at=at, organisation=plan.owner_id, details={})


def _next_code(plan: Plan, mark: str) -> str:
    taken = set(Recommendation.objects.filter(source__plan=plan, code__startswith=mark).values_list("code", flat=True))
    number = 1
    while f"{mark}{number}" in taken:
        number += 1
    return f"{mark}{number}"
