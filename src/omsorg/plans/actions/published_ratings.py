"""Ratings taken over from reports that were published before: as they stood there, with no cause invented."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction

from omsorg.federation.access import Acting, require
from omsorg.kernel.numbers import DaySaid
from omsorg.kernel.periods import Period
from omsorg.kernel.refusals import Refusal
from omsorg.kernel.refusals import written as _
from omsorg.kernel.trail import leave_trace
from omsorg.plans.actions.locks import hold_answer
from omsorg.plans.actions.reasons import columns_of_reason, reason_of
from omsorg.plans.models import Assessment, Indicator, IndicatorRevision, Plan
from omsorg.plans.rules.answers import require_open
from omsorg.plans.rules.judging import CauseOnlyOffTrack
from omsorg.plans.rules.measures import Cause, Rating
from omsorg.plans.rules.reasons import Reason


class NotYetInThePlan(Refusal):
    sentence = _("“%(code)s” was not in the plan on %(day)s.")


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedRating:
    """How a report rated one indicator for a period. `on`: the day that the report speaks of."""

    indicator: Indicator
    period: Period
    on: date
    rating: Rating
    cause: Cause | None = None
    new_date: date | None = None
    why: Reason = field(default_factory=Reason)
    slower_but_as_wished: bool = False


Key = tuple[int, date, int]


@transaction.atomic
def take_over_ratings(
    *, plan: Plan, ratings: Sequence[PublishedRating], by: Acting, at: datetime
) -> Mapping[Key, Assessment]:
    """Keep ratings as they were published, as the plan owner's own ratings; returns those that are new.

    By (indicator, start and months of the period). What stands there already is left; another rating than the one
    standing supersedes it, and so does the same one with its reason in a further language. Off track may come without
    cause and new date: nobody is made to invent what a report did not say. Each rating belongs to the definition in
    force on the day that the report speaks of. Refused: another rating where the owner's own answer for the period is
    handed in.
    """
    require(by, "plans.rate", plan.owner_id)
    for said in ratings:
        if said.rating is not Rating.OFF_TRACK and said.cause is not None:
            raise CauseOnlyOffTrack
    periods = sorted({said.period for said in ratings}, key=lambda period: (period.start, period.months))
    stands = {period: hold_answer(plan.pk, plan.owner_id, period) for period in periods}
    standing = {
        (a.indicator_id, a.period_start, a.period_months): a
        for a in Assessment.objects.filter(
            indicator__plan=plan, organisation=plan.owner_id, voice="self", successor__isnull=True
        )
    }
    numbers = _numbers(plan, ratings)
    fresh = {}
    for said in ratings:
        key = (said.indicator.pk, said.period.start, said.period.months)
        columns: dict[str, Any] = {
            "rating": said.rating.value,
            "cause": said.cause.value if said.cause else "",
            "new_date": said.new_date,
            "slower_but_as_wished": said.slower_but_as_wished,
        }
        now = standing.get(key)
        alike = now is not None and all(getattr(now, name) == value for name, value in columns.items())
        why = said.why.beside(reason_of(now)) if now is not None else said.why
        if now is not None and alike and why == reason_of(now):
            continue
        require_open(stands[said.period])
        fresh[key] = Assessment(
            indicator=said.indicator,
            organisation_id=plan.owner_id,
            revision=numbers[said.indicator.pk, said.on],
            period_start=said.period.start,
            period_months=said.period.months,
            voice="self",
            as_published=True,
            supersedes=now,
            by_id=by.person_id,
            at=at,
            **columns,
            **columns_of_reason(why),
        )
    Assessment.objects.bulk_create(fresh.values())
    if fresh:
        leave_trace(
            "take_over_ratings",
            f"plan:{plan.code}",
            by=by.person_id,
            at=at,
            organisation=plan.owner_id,
            details={
                "ratings": len(fresh),
                "periods": sorted({said.period.code for said in ratings}),
            },
        )
    return fresh


def _numbers(plan: Plan, ratings: Sequence[PublishedRating]) -> dict[tuple[int, date], int]:
    """The number of the definition of each indicator on each day asked for."""
    revisions: dict[int, list[tuple[date, int]]] = {}
    for indicator_id, day, number in (
        IndicatorRevision.objects.filter(indicator__plan=plan)
        .order_by("number")
        .values_list("indicator_id", "in_force_on", "number")
    ):
        revisions.setdefault(indicator_id, []).append((day, number))
    found = {}
    for said in ratings:
        known = [number for day, number in revisions.get(said.indicator.pk, ()) if day <= said.on]
        if not known:
            raise NotYetInThePlan(code=said.indicator.code, day=DaySaid.of(said.on))
        found[said.indicator.pk, said.on] = known[-1]
    return found
