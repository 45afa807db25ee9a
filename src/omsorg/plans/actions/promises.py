"""How an action or an indicator is revised: one dated revision at a time, with its reason, nothing overwritten."""

from datetime import date, datetime
from typing import TypeVar

from django.db import transaction
from django.db.models import QuerySet

from omsorg.federation.access import Acting, require
from omsorg.kernel.trail import leave_trace
from omsorg.plans.actions.columns import columns_of, owners_called
from omsorg.plans.actions.newest import newest_as_read
from omsorg.plans.actions.reasons import also_said
from omsorg.plans.actions.released import keep_to_reports, keep_what_is_hidden
from omsorg.plans.models import Action, ActionRevision, Indicator, IndicatorRevision
from omsorg.plans.queries.promises import terms_of_action, terms_of_indicator
from omsorg.plans.rules.drafts import CodeNotKnown
from omsorg.plans.rules.measures import Cause
from omsorg.plans.rules.promises import ActionTerms, IndicatorTerms, Texts, change, state_of
from omsorg.plans.rules.reach import check_reach, days_of

Thing = TypeVar("Thing", Action, Indicator)


@transaction.atomic
def revise_action(
    *,
    action: Action,
    terms: ActionTerms,
    expected: int,
    reason: str,
    reason_in: Texts | None = None,
    in_force_on: date,
    cause: Cause | None = None,
    by: Acting,
    at: datetime,
) -> ActionRevision:
    """Give an action new terms from `in_force_on` on. `expected` is the number of the revision that was read.

    Where another revision was made since, nothing is written: RevisedMeanwhile tells what is different. Refused
    without a reason, when nothing changed, when a date is put off without a cause, when it stops without saying why
    or by what it is superseded, and with force on a day that a released report has told of.
    """
    require(by, "plans.revise", action.plan.owner_id)
    Action.objects.select_for_update().get(pk=action.pk)
    revisions = action.revisions.select_related("owner", "superseded_by")
    latest = newest_as_read(revisions, expected, lambda row: state_of(terms_of_action(row)))
    before = terms_of_action(latest)
    check_reach(*days_of(terms), adopted_on=action.plan.adopted_on, runs_until=action.plan.runs_until)
    made = change(
        action.code,
        before,
        terms,
        reason=reason,
        cause=cause,
        last_in_force_on=latest.in_force_on,
        in_force_on=in_force_on,
        today=at.date(),
    )
    keep_to_reports(action.plan_id, in_force_on)
    revision = ActionRevision.objects.create(
        action=action,
        number=latest.number + 1,
        owner=owners_called([made.terms.owner])[made.terms.owner],
        superseded_by=_superseding(Action.objects.filter(plan=action.plan_id), made.terms.superseded_by),
        cause=made.cause or "",
        in_force_on=in_force_on,
        reason=made.reason,
        reason_in=also_said(reason_in),
        by_id=by.person_id,
        at=at,
        **columns_of(made.terms),
    )
    leave_trace(
        "revise_action",
        f"action:{action.plan.code}/{action.code}",
        by=by.person_id,
        at=at,
        organisation=action.plan.owner_id,
        details={"revision": revision.number, "fields": [entry.field for entry in made.changes]},
    )
    return revision


@transaction.atomic
def revise_indicator(
    *,
    indicator: Indicator,
    terms: IndicatorTerms,
    expected: int,
    reason: str,
    reason_in: Texts | None = None,
    in_force_on: date,
    cause: Cause | None = None,
    redefined: bool = False,
    by: Acting,
    at: datetime,
) -> IndicatorRevision:
    """Give an indicator new terms from `in_force_on` on. `expected` is the number of the revision that was read.

    What decides how it is measured makes it redefined: figures before and after are not compared, and it is not rated
    until something is reported under the new definition. Refused like `revise_action`, where the definition
    contradicts itself, and where it would no more be about children though a report of the plan is released.
    """
    require(by, "plans.revise", indicator.plan.owner_id)
    Indicator.objects.select_for_update().get(pk=indicator.pk)
    revisions = indicator.revisions.select_related("superseded_by")
    latest = newest_as_read(revisions, expected, lambda row: state_of(terms_of_indicator(row)))
    before = terms_of_indicator(latest)
    check_reach(*days_of(terms), adopted_on=indicator.plan.adopted_on, runs_until=indicator.plan.runs_until)
    made = change(
        indicator.code,
        before,
        terms,
        reason=reason,
        cause=cause,
        redefined=redefined,
        last_in_force_on=latest.in_force_on,
        in_force_on=in_force_on,
        today=at.date(),
    )
    keep_to_reports(indicator.plan_id, in_force_on)
    keep_what_is_hidden(indicator.plan_id, before, made.terms)
    revision = IndicatorRevision.objects.create(
        indicator=indicator,
        number=latest.number + 1,
        superseded_by=_superseding(Indicator.objects.filter(plan=indicator.plan_id), made.terms.superseded_by),
        cause=made.cause or "",
        redefined=made.redefined,
        in_force_on=in_force_on,
        reason=made.reason,
        reason_in=also_said(reason_in),
        by_id=by.person_id,
        at=at,
        **columns_of(made.terms),
    )
    leave_trace(
        "revise_indicator",
        f"indicator:{indicator.plan.code}/{indicator.code}",
        by=by.person_id,
        at=at,
        organisation=indicator.plan.owner_id,
        details={
            "revision": revision.number,
            "fields": [entry.field for entry in made.changes],
            "redefined": made.redefined,
        },
    )
    return revision


def _superseding(things: QuerySet[Thing], code: str | None) -> Thing | None:
    if code is None:
        return None
    found = things.filter(code=code).first()
    if found is None:
        raise CodeNotKnown(code=code)
    return found
