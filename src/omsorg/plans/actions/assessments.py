"""How an indicator goes, in the words of those who do the work, and in the plan owner's where the sum misleads."""

from datetime import date, datetime

from django.db import transaction

from omsorg.federation.access import Acting, require
from omsorg.federation.models import Organisation
from omsorg.kernel.periods import Period
from omsorg.kernel.refusals import Refusal
from omsorg.kernel.refusals import written as _
from omsorg.kernel.trail import leave_trace
from omsorg.plans.access import answers_to, periods_of
from omsorg.plans.actions.figures import NotAsked
from omsorg.plans.actions.locks import hold_answer
from omsorg.plans.models import Assessment, Indicator, Plan
from omsorg.plans.queries.asked import day_of_definition, definitions_on, rated_by
from omsorg.plans.rules.answers import require_open
from omsorg.plans.rules.judging import check_override, check_rating
from omsorg.plans.rules.measures import Cause, Rating


class NotRatedHere(Refusal):
    sentence = _("This organisation does not rate this indicator for this period.")


class RatedMeanwhile(Refusal):
    sentence = _("Somebody else has rated this since you opened the page. Look at it before you change it.")


@transaction.atomic
def assess(
    *,
    indicator: Indicator,
    organisation: Organisation,
    period: Period,
    rating: Rating,
    cause: Cause | None = None,
    new_date: date | None = None,
    reason: str = "",
    slower_but_as_wished: bool = False,
    expected: int | None = None,
    by: Acting,
    at: datetime,
) -> Assessment:
    """Keep how `organisation` itself rates the indicator for `period`. The newest holds; none is removed.

    Off track says why and until when. The same rating said again is not written twice. `expected` is the id of the
    rating seen when the page was opened; where another stands, RatedMeanwhile.
    """
    plan = indicator.plan
    require(by, "plans.report", organisation.pk)
    require_open(hold_answer(plan.pk, organisation.pk, period))
    check_rating(rating=rating, cause=cause, new_date=new_date, on=at.date())
    revision = _revision_rated(plan, indicator, organisation, period, at)
    standing = _standing(indicator, organisation, period, "self")
    wanted = {
        "rating": rating,
        "cause": cause or "",
        "new_date": new_date,
        "reason": reason.strip(),
        "slower_but_as_wished": slower_but_as_wished,
        "revision": revision,
    }
    if standing is not None and all(getattr(standing, name) == value for name, value in wanted.items()):
        return standing
    if (standing.pk if standing else None) != expected:
        raise RatedMeanwhile
    return _write("assess", indicator, organisation, period, standing, by, at, voice="self", **wanted)


@transaction.atomic
def override_rating(
    *,
    indicator: Indicator,
    period: Period,
    rating: Rating,
    reason: str,
    ends_on: date | None,
    cause: Cause | None = None,
    new_date: date | None = None,
    by: Acting,
    at: datetime,
) -> Assessment:
    """Set the computed rating of the whole plan's indicator aside, with a reason, until a day.

    The computed rating stays beside it wherever it is shown. Only for the plan's owner; ending it early is an
    override of its own that says what is computed.
    """
    plan = indicator.plan
    require(by, "plans.rate", plan.owner_id)
    check_override(reason=reason, ends_on=ends_on, on=at.date())
    check_rating(rating=rating, cause=cause, new_date=new_date, on=at.date())
    hold_answer(plan.pk, plan.owner_id, period)
    definitions = definitions_on(plan.pk, at.date(), frequency_months=plan.frequency_months)
    revision = next((defined.revision for defined in definitions if defined.id == indicator.pk), None)
    if revision is None:
        raise NotRatedHere
    standing = _standing(indicator, plan.owner, period, "override")
    return _write(
        "override_rating",
        indicator,
        plan.owner,
        period,
        standing,
        by,
        at,
        voice="override",
        rating=rating,
        cause=cause or "",
        new_date=new_date,
        reason=reason.strip(),
        ends_on=ends_on,
        revision=revision,
    )


def _revision_rated(plan: Plan, indicator: Indicator, organisation: Organisation, period: Period, at: datetime) -> int:
    if period not in periods_of(plan) or period.start > at.date() or not answers_to(plan, organisation, period):
        raise NotAsked(organisation=organisation.name, period=period.code)
    day = day_of_definition(period, on=at.date())
    definitions = definitions_on(plan.pk, day, frequency_months=plan.frequency_months)
    for defined in rated_by(definitions, plan, organisation):
        if defined.id == indicator.pk:
            return defined.revision
    raise NotRatedHere


def _standing(indicator: Indicator, organisation: Organisation, period: Period, voice: str) -> Assessment | None:
    return (
        Assessment.objects.filter(
            indicator=indicator,
            organisation=organisation,
            period_start=period.start,
            period_months=period.months,
            voice=voice,
        )
        .order_by("-pk")
        .first()
    )


def _write(
    verb: str,
    indicator: Indicator,
    organisation: Organisation,
    period: Period,
    standing: Assessment | None,
    by: Acting,
    at: datetime,
    **said: object,
) -> Assessment:
    written = Assessment.objects.create(
        indicator=indicator,
        organisation=organisation,
        period_start=period.start,
        period_months=period.months,
        supersedes=standing,
        by_id=by.person_id,
        at=at,
        **said,
    )
    leave_trace(
        verb,
        f"indicator:{indicator.plan.code}/{indicator.code}",
        by=by.person_id,
        at=at,
        organisation=organisation.pk,
        details={"period": period.code, "rating": written.rating, "assessment": written.pk},
    )
    return written
