"""How a plan itself is revised: its title, what it is about, and its period, each with a day and a reason."""

from datetime import date, datetime, timedelta

from django.db import transaction

from omsorg.federation.access import Acting, require
from omsorg.kernel.trail import leave_trace
from omsorg.plans.actions.newest import newest_as_read
from omsorg.plans.actions.reasons import also_said
from omsorg.plans.actions.released import keep_to_reports
from omsorg.plans.models import Plan, PlanRevision
from omsorg.plans.queries.promises import terms_of_plan
from omsorg.plans.rules.plan_terms import PlanTerms, plan_change, plan_state
from omsorg.plans.rules.promises import Texts
from omsorg.plans.rules.reach import check_reach


@transaction.atomic
def revise_plan(
    *,
    plan: Plan,
    terms: PlanTerms,
    expected: int,
    reason: str,
    reason_in: Texts | None = None,
    in_force_on: date,
    by: Acting,
    at: datetime,
) -> PlanRevision:
    """Give a plan another title, summary or period from `in_force_on` on. `expected` is the revision that was read.

    Refused like a revision of an action: where somebody else was quicker, without a reason, when nothing changed, with
    force before the last change, on a day to come or on one that a released report has told of; and where the plan
    would have no title, or end before it begins.
    """
    require(by, "plans.revise", plan.owner_id)
    Plan.objects.select_for_update().get(pk=plan.pk)
    latest = newest_as_read(plan.revisions, expected, lambda row: plan_state(terms_of_plan(row)))
    before = terms_of_plan(latest)
    changes = plan_change(
        before,
        terms,
        reason=reason,
        last_in_force_on=latest.in_force_on,
        in_force_on=in_force_on,
        today=at.date(),
    )
    last_day = terms.runs_until - timedelta(days=1)
    check_reach(terms.runs_from, last_day, adopted_on=plan.adopted_on, runs_until=plan.adopted_on)
    keep_to_reports(plan.pk, in_force_on)
    columns = plan_state(terms)
    revision = PlanRevision.objects.create(
        plan=plan,
        number=latest.number + 1,
        in_force_on=in_force_on,
        reason=reason.strip(),
        reason_in=also_said(reason_in),
        by_id=by.person_id,
        at=at,
        **columns,
    )
    Plan.objects.filter(pk=plan.pk).update(**columns)
    plan.refresh_from_db(fields=list(columns))
    leave_trace(
        "revise_plan",
        f"plan:{plan.code}",
        by=by.person_id,
        at=at,
        organisation=plan.owner_id,
        details={"revision": revision.number, "fields": [entry.field for entry in changes]},
    )
    return revision
