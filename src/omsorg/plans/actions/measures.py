"""Which actions an indicator measures: dated, with a reason, and what was said before stays to be read."""

from datetime import date, datetime

from django.db import transaction

from omsorg.federation.access import Acting, require
from omsorg.kernel.refusals import Refusal
from omsorg.kernel.refusals import written as _
from omsorg.kernel.trail import leave_trace
from omsorg.plans.actions.dated_links import keep_link
from omsorg.plans.actions.reasons import also_said
from omsorg.plans.models import Action, Indicator, IndicatorAction
from omsorg.plans.rules.promises import Texts


class MeasuresOtherPlan(Refusal):
    sentence = _("The indicator and the action belong to two different plans.")


@transaction.atomic
def link_indicator(
    *,
    indicator: Indicator,
    action: Action,
    holds: bool = True,
    reason: str,
    reason_in: Texts | None = None,
    in_force_on: date,
    by: Acting,
    at: datetime,
) -> IndicatorAction:
    """Say that an indicator measures an action from a day on, or (`holds` false) that it does so no longer."""
    plan = indicator.plan
    require(by, "plans.revise", plan.owner_id)
    if action.plan_id != plan.pk:
        raise MeasuresOtherPlan
    Indicator.objects.select_for_update().get(pk=indicator.pk)
    link = keep_link(
        IndicatorAction(
            indicator=indicator,
            action=action,
            holds=holds,
            in_force_on=in_force_on,
            reason=reason,
            reason_in=also_said(reason_in),
            by_id=by.person_id,
            at=at,
        ),
        said=IndicatorAction.objects.filter(indicator=indicator, action=action),
        stand_from=lambda: _both_stand_from(indicator, action),
        plan_id=plan.pk,
    )
    leave_trace(
        "link_indicator",
        f"indicator:{plan.code}/{indicator.code}",
        by=by.person_id,
        at=at,
        organisation=plan.owner_id,
        details={"action": action.code, "holds": holds},
    )
    return link


def _both_stand_from(indicator: Indicator, action: Action) -> date:
    """The first day on which both are in the plan."""
    days = [each.revisions.order_by("number").values_list("in_force_on", flat=True)[0] for each in (indicator, action)]
    return max(days)
