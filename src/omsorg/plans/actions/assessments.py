"""How an indicator goes, in the words of those who do the work, and in the plan owner's where the sum misleads."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction

from omsorg.federation.access import Acting, require
from omsorg.federation.models import Organisation
from omsorg.kernel.numbers import DaySaid, PeriodSaid
from omsorg.kernel.periods import Period
from omsorg.kernel.refusals import Refusal
from omsorg.kernel.refusals import written as _
from omsorg.kernel.trail import leave_trace
from omsorg.plans.access import answers_to, periods_of
from omsorg.plans.actions.figures import NotAsked
from omsorg.plans.actions.locks import hold_answer
from omsorg.plans.actions.reasons import columns_of_reason, reason_of
from omsorg.plans.models import Assessment, Indicator, Plan
from omsorg.plans.models.plans import written_in
from omsorg.plans.queries.asked import day_of_definition, definitions_on, rated_by
from omsorg.plans.rules.answers import require_open
from omsorg.plans.rules.judging import NothingSetAside, OverriddenMeanwhile, check_override, check_rating
from omsorg.plans.rules.measures import Cause, Rating
from omsorg.plans.rules.promises import Texts
from omsorg.plans.rules.reach import check_reach
from omsorg.plans.rules.reasons import Reason


class NotRatedHere(Refusal):
    sentence = _("This organisation does not rate this indicator for this period.")


class RatedMeanwhile(Refusal):
    sentence = _("Somebody else has rated this since you opened the page. Look at it before you change it.")


@dataclass(frozen=True, slots=True)
class OwnRating:
    """How an organisation wants one indicator rated. `expected`: the id of the rating seen when the page was opened.

    `reason_in`: the reason in other languages than the one in which it is written.
    """

    indicator: int
    rating: Rating
    cause: Cause | None = None
    new_date: date | None = None
    reason: str = ""
    reason_in: Texts = field(default_factory=dict)
    slower_but_as_wished: bool = False
    expected: int | None = None


@dataclass(frozen=True, slots=True)
class Assessed:
    """What became of the ratings, by indicator. `unchanged` stood there already."""

    kept: Mapping[int, Assessment]
    unchanged: Mapping[int, Assessment]
    troubles: Mapping[int, Refusal]


@transaction.atomic
def assess(
    *,
    plan: Plan,
    organisation: Organisation,
    period: Period,
    ratings: Sequence[OwnRating],
    by: Acting,
    at: datetime,
    whole: bool = True,
) -> Assessed:
    """Keep how `organisation` itself rates indicators for `period`. The newest of each holds; none is removed.

    Off track says why and until when. The same rating said again is not written twice. With `whole` one faulty rating
    keeps all of them out; without it what is sound is kept. Refused as a whole: an answer that is locked.
    """
    require(by, "plans.report", organisation.pk)
    if period not in periods_of(plan) or period.start > at.date() or not answers_to(plan, organisation, period):
        raise NotAsked(organisation=organisation.name, period=PeriodSaid(period))
    require_open(hold_answer(plan.pk, organisation.pk, period))
    day = day_of_definition(period, on=at.date())
    definitions = definitions_on(plan.pk, day, frequency_months=plan.frequency_months)
    revisions = {defined.id: defined.revision for defined in rated_by(definitions, plan, organisation)}
    standing = _standing(organisation, period, "self", [wanted.indicator for wanted in ratings])
    unchanged: dict[int, Assessment] = {}
    troubles: dict[int, Refusal] = {}
    sound: list[Assessment] = []
    for wanted in ratings:
        now = standing.get(wanted.indicator)
        revision = revisions.get(wanted.indicator)
        before = reason_of(now) if now else None
        why = Reason.said(wanted.reason, wanted.reason_in, language=written_in(), before=before)
        if now is not None and _says_the_same(now, wanted, why, revision):
            unchanged[wanted.indicator] = now
            continue
        try:
            if revision is None:
                raise NotRatedHere
            if (now.pk if now else None) != wanted.expected:
                raise RatedMeanwhile
            check_reach(wanted.new_date, adopted_on=plan.adopted_on, runs_until=plan.runs_until)
            check_rating(rating=wanted.rating, cause=wanted.cause, new_date=wanted.new_date, on=at.date())
        except Refusal as refusal:
            troubles[wanted.indicator] = refusal
            continue
        sound.append(
            Assessment(
                indicator_id=wanted.indicator,
                organisation=organisation,
                revision=revision,
                period_start=period.start,
                period_months=period.months,
                voice="self",
                rating=wanted.rating,
                cause=wanted.cause or "",
                new_date=wanted.new_date,
                **columns_of_reason(why),
                slower_but_as_wished=wanted.slower_but_as_wished,
                supersedes=now,
                by_id=by.person_id,
                at=at,
            )
        )
    if not sound or (whole and troubles):
        return Assessed({}, unchanged, troubles)
    kept = {written.indicator_id: written for written in Assessment.objects.bulk_create(sound)}
    leave_trace(
        "assess",
        f"answer:{plan.code}/{organisation.code}/{period.code}",
        by=by.person_id,
        at=at,
        organisation=organisation.pk,
        details={"assessments": sorted(written.pk for written in kept.values())},
    )
    return Assessed(kept, unchanged, troubles)


@transaction.atomic
def override_rating(
    *,
    indicator: Indicator,
    period: Period,
    rating: Rating,
    reason: str,
    reason_in: Texts | None = None,
    ends_on: date | None,
    expected: int | None,
    cause: Cause | None = None,
    new_date: date | None = None,
    by: Acting,
    at: datetime,
) -> Assessment:
    """Set the computed rating of the whole plan's indicator aside, with a reason, until a day.

    The computed rating stays beside it wherever it is shown. Only for the plan's owner; the newest override holds.
    `expected` is the id of the override that was read (None: there was none); where another stands by now, nothing is
    written and OverriddenMeanwhile tells what it says.
    """
    plan = indicator.plan
    require(by, "plans.rate", plan.owner_id)
    why = Reason.said(reason, reason_in, language=written_in())
    check_override(reason=why.text, ends_on=ends_on, on=at.date())
    check_reach(new_date, adopted_on=plan.adopted_on, runs_until=plan.runs_until)
    check_rating(rating=rating, cause=cause, new_date=new_date, on=at.date())
    hold_answer(plan.pk, plan.owner_id, period)
    definitions = definitions_on(plan.pk, at.date(), frequency_months=plan.frequency_months)
    revision = next((defined.revision for defined in definitions if defined.id == indicator.pk), None)
    if revision is None or period not in periods_of(plan):
        raise NotRatedHere
    standing = standing_override(indicator, period)
    if (standing.pk if standing else None) != expected:
        raise _overridden(standing)
    written = Assessment.objects.create(
        indicator=indicator,
        organisation_id=plan.owner_id,
        revision=revision,
        period_start=period.start,
        period_months=period.months,
        voice="override",
        rating=rating,
        cause=cause or "",
        new_date=new_date,
        **columns_of_reason(why),
        ends_on=ends_on,
        supersedes=standing,
        by_id=by.person_id,
        at=at,
    )
    leave_trace(
        "override_rating",
        f"indicator:{plan.code}/{indicator.code}",
        by=by.person_id,
        at=at,
        organisation=plan.owner_id,
        details={"period": period.code, "rating": str(rating), "assessment": written.pk},
    )
    return written


def standing_override(indicator: Indicator, period: Period) -> Assessment | None:
    """The newest word of the plan's owner in the place of the computed rating, in force or run out."""
    return _standing(indicator.plan.owner, period, "override", [indicator.pk]).get(indicator.pk)


def _overridden(standing: Assessment | None) -> Refusal:
    if standing is None or standing.ends_on is None:
        return NothingSetAside()
    return OverriddenMeanwhile(
        id=standing.pk,
        rating=Rating(standing.rating),
        reason=standing.reason,
        reason_language=standing.reason_language,
        reason_in=standing.reason_in,
        ends_on=DaySaid.of(standing.ends_on),
        cause=Cause(standing.cause) if standing.cause else None,
        new_date=standing.new_date,
        at=standing.at,
    )


def _says_the_same(now: Assessment, wanted: OwnRating, why: Reason, revision: int | None) -> bool:
    said = (wanted.rating, wanted.cause or "", wanted.new_date, wanted.slower_but_as_wished, why.texts)
    kept = (now.rating, now.cause, now.new_date, now.slower_but_as_wished, reason_of(now).texts)
    return said == kept and now.revision == revision


def _standing(
    organisation: Organisation, period: Period, voice: str, indicators: Sequence[int]
) -> dict[int, Assessment]:
    """The newest assessment of each indicator, in this voice."""
    found = Assessment.objects.filter(
        indicator__in=indicators,
        organisation=organisation,
        period_start=period.start,
        period_months=period.months,
        voice=voice,
    )
    return {assessment.indicator_id: assessment for assessment in found.order_by("pk")}
