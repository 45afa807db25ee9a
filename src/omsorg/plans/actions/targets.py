"""Targets and baselines: dated rows, each superseding the one before; the first stays to be read for ever."""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from omsorg.federation.access import Acting, require
from omsorg.federation.models import Organisation
from omsorg.kernel.numbers import DaySaid, NumberSaid
from omsorg.kernel.refusals import Refusal
from omsorg.kernel.refusals import written as _
from omsorg.kernel.trail import leave_trace
from omsorg.plans.actions.reasons import also_said
from omsorg.plans.actions.released import keep_to_reports
from omsorg.plans.models import Indicator, Target
from omsorg.plans.rules.entries import check_kept
from omsorg.plans.rules.measures import Kind, Series
from omsorg.plans.rules.promises import RevisedMeanwhile, TargetNeedsWhole, Texts, check_days
from omsorg.plans.rules.reach import check_reach
from omsorg.plans.rules.revisions import NothingChanged, RevisionWithoutReason, difference


class TargetAboveWhole(Refusal):
    sentence = _("%(number)s of %(denominator)s is more than all of them: a share cannot aim higher.")


class TargetStands(Refusal):
    sentence = _("One is stated for %(due_on)s already. Change that one, so that the first stays to be seen.")


class NotOfThisIndicator(Refusal):
    sentence = _("That target belongs to another indicator or organisation.")


@transaction.atomic
def set_target(
    *,
    indicator: Indicator,
    organisation: Organisation | None = None,
    series: Series = Series.TARGET,
    due_on: date,
    number: Decimal,
    denominator: Decimal | None = None,
    replaces: Target | None = None,
    reason: str,
    reason_in: Texts | None = None,
    in_force_on: date,
    by: Acting,
    at: datetime,
) -> Target:
    """State a target (or the baseline), or put it in the place of `replaces`, from `in_force_on` on.

    Without `organisation` it is a target of the plan as a whole. The target replaced is never changed; where somebody
    else has replaced it already, RevisedMeanwhile tells what by.
    """
    plan = indicator.plan
    require(by, "plans.revise", plan.owner_id)
    whose = organisation or plan.owner
    if not reason.strip():
        raise RevisionWithoutReason
    check_reach(due_on, adopted_on=plan.adopted_on, runs_until=plan.runs_until)
    Indicator.objects.select_for_update().get(pk=indicator.pk)
    definition = indicator.revisions.latest("number")
    if Kind(definition.kind).needs_denominator and not denominator:
        raise TargetNeedsWhole
    check_kept(number, field="number")
    if denominator is not None:
        check_kept(denominator, field="denominator")
    if definition.kind == Kind.RATIO and denominator is not None and number > denominator:
        raise TargetAboveWhole(number=NumberSaid(number), denominator=NumberSaid(denominator))
    standing = list(Target.objects.filter(indicator=indicator, organisation=whose, series=series))
    superseded = {target.supersedes_id for target in standing}
    wanted = {"due_on": due_on, "number": number, "denominator": denominator}
    if replaces is not None:
        if replaces.pk not in {target.pk for target in standing}:
            raise NotOfThisIndicator
        if replaces.pk in superseded:
            newer = next(target for target in standing if target.supersedes_id == replaces.pk)
            raise RevisedMeanwhile(
                number=newer.pk, changes=difference(_terms(replaces), _terms(newer)), reason=newer.reason
            )
        if not difference(_terms(replaces), wanted):
            raise NothingChanged
    others = [t for t in standing if t.pk not in superseded and (replaces is None or t.pk != replaces.pk)]
    if any(series is Series.BASELINE or other.due_on == due_on for other in others):
        raise TargetStands(due_on=DaySaid.of(due_on))
    check_days(in_force_on, last_in_force_on=replaces.in_force_on if replaces else None, today=at.date())
    keep_to_reports(indicator.plan_id, in_force_on)
    target = Target.objects.create(
        indicator=indicator,
        organisation=whose,
        series=series,
        supersedes=replaces,
        reason=reason.strip(),
        reason_in=also_said(reason_in),
        in_force_on=in_force_on,
        by_id=by.person_id,
        at=at,
        **wanted,
    )
    leave_trace(
        "set_target",
        f"indicator:{plan.code}/{indicator.code}",
        by=by.person_id,
        at=at,
        organisation=plan.owner_id,
        details={
            "series": series.name.lower(),
            "due_on": due_on.isoformat(),
            "number": str(number),
            "denominator": "" if denominator is None else str(denominator),
            "replaces": replaces.pk if replaces else None,
        },
    )
    return target


def _terms(target: Target) -> dict[str, date | Decimal | None]:
    return {"due_on": target.due_on, "number": target.number, "denominator": target.denominator}
