"""Ratings over the HTTP API: an organisation's own, and the plan owner's where the computed one misleads."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.http import HttpRequest
from ninja import Router
from pydantic import Field

from omsorg.federation.access import NothingHere, acting_of
from omsorg.federation.api_door import Key
from omsorg.kernel import clock
from omsorg.kernel.api.given import WRITING
from omsorg.kernel.api.types import Code, DayOfPlan, HandedIn, PeriodCode, Prose, RowId, Yes, such_as
from omsorg.kernel.refusals import Refusal
from omsorg.kernel.refusals import written as _
from omsorg.plans.access import indicator_called, periods_of, plan_for
from omsorg.plans.actions.assessments import NotRatedHere, OwnRating, RatedMeanwhile, assess, override_rating
from omsorg.plans.api.answers import answer_at
from omsorg.plans.api.cells import RatingShown, rating_shown
from omsorg.plans.api.reasons import Reason, ReasonIn
from omsorg.plans.models import Assessment, Indicator
from omsorg.plans.queries.grid import Rated, grid_of
from omsorg.plans.rules.measures import Cause, Rating

router = Router(tags=["Judgements"])


class IndicatorTwice(Refusal):
    sentence = _("The same indicator is rated twice: %(indicator)s.")


class RatingsFaulty(Refusal):
    """None of the ratings was kept, for the `troubles` of some."""

    sentence = _("Nothing was kept: some ratings are faulty. Beside each stands why.")

    def __init__(self, troubles: Sequence["RatingTrouble"]) -> None:
        super().__init__()
        self.troubles = troubles


class RatingChangedMeanwhile(RatingsFaulty):
    """None of the ratings was kept: where `standing` is told, there stands another rating than the writer expected."""

    sentence = _("Somebody else has rated this since you looked. Both ratings are told; decide, then rate again.")


class RatingIn(HandedIn):
    """How the organisation itself rates one indicator. Off track says why, and until when."""

    indicator: Code
    rating: Rating
    cause: Cause | None = None
    new_date: DayOfPlan | None = None
    reason: Prose = Field("", description="Why, in the language of the request.")
    reason_in: ReasonIn
    slower_but_as_wished: Yes = False
    expected: RowId | None = Field(None, description="The id of the rating that stood there when you looked.")


class RatingsIn(HandedIn):
    """The own ratings of one answer. With `whole`, one faulty rating keeps all of them out."""

    model_config = such_as(
        ratings=[{"indicator": "I1", "rating": "off_track", "cause": "time", "new_date": "2026-06-30"}]
    )
    ratings: list[RatingIn] = Field(min_length=1, max_length=500)
    whole: Yes = True


class Override(HandedIn):
    """Why the computed rating of the whole plan's indicator is set aside, and until which day."""

    period: PeriodCode
    rating: Rating
    reason: Reason
    reason_in: ReasonIn
    ends_on: DayOfPlan
    cause: Cause | None = None
    new_date: DayOfPlan | None = None
    expected: RowId | None = Field(
        None,
        description="The id of the override that stood there when you looked. Leave it out where there was none.",
    )


@dataclass(frozen=True, slots=True)
class RatingKept:
    """The rating that holds now."""

    id: int
    indicator: str
    rating: Rating
    cause: Cause | None
    new_date: date | None
    ends_on: date | None
    at: datetime


@dataclass(frozen=True, slots=True)
class RatingTrouble:
    """Why a rating was not kept; where another one stands than the writer expected, that one too."""

    indicator: str
    refusal: str
    sentence: str
    standing: RatingShown | None = None


@dataclass(frozen=True, slots=True)
class RatingsKept:
    """What became of the ratings. `unchanged`: the same stands there already."""

    kept: Sequence[RatingKept]
    unchanged: Sequence[str]
    troubles: Sequence[RatingTrouble]


@router.post(
    "/plans/{plan}/answers/{organisation}/{period}/ratings",
    response={200: RatingsKept, **WRITING},
    auth=Key("plans.report"),
)
def rate_indicators(
    request: HttpRequest, plan: Code, organisation: Code, period: PeriodCode, given: RatingsIn
) -> RatingsKept:
    """Keep how the organisation itself rates indicators for a period. The same said again is not kept twice."""
    by, answer = answer_at(request, plan, organisation, period)
    indicators = dict(Indicator.objects.filter(plan=answer.plan).values_list("code", "pk"))
    codes = {pk: code for code, pk in indicators.items()}
    for code, times in Counter(each.indicator for each in given.ratings).items():
        if times > 1:
            raise IndicatorTwice(indicator=code)
        if code not in indicators:
            raise RatingsFaulty([_trouble(code, NotRatedHere())])
    assessed = assess(
        plan=answer.plan,
        organisation=answer.organisation,
        period=answer.period,
        ratings=[_own_rating(indicators[each.indicator], each) for each in given.ratings],
        by=by,
        at=clock.now(),
        whole=given.whole,
    )
    at_odds = any(isinstance(refusal, RatedMeanwhile) for refusal in assessed.troubles.values())
    standing = {row.defined.id: row.rated for row in grid_of(answer, on=by.day).rows} if at_odds else {}
    troubles = [
        _trouble(codes[pk], refusal, standing.get(pk) if isinstance(refusal, RatedMeanwhile) else None)
        for pk, refusal in assessed.troubles.items()
    ]
    if troubles and given.whole:
        raise RatingChangedMeanwhile(troubles) if at_odds else RatingsFaulty(troubles)
    return RatingsKept(
        kept=[_rating(kept, codes[pk]) for pk, kept in assessed.kept.items()],
        unchanged=[codes[pk] for pk in assessed.unchanged],
        troubles=troubles,
    )


@router.post("/plans/{plan}/indicators/{code}/override", response={200: RatingKept, **WRITING}, auth=Key("plans.rate"))
def set_rating_aside(request: HttpRequest, plan: Code, code: Code, given: Override) -> RatingKept:
    """Set the computed rating of an indicator aside until a day. It stays beside it wherever it is shown.

    Where somebody else has done so since you looked, nothing is written: `OverriddenMeanwhile` (409) tells the `id`,
    the rating, the reason (as it was written, and by language) and the end of what stands there. Send that `id` as
    `expected` to put yours in its place.
    """
    by = acting_of(request)
    found = plan_for(by, plan)
    period = next((each for each in periods_of(found) if each.code == given.period), None)
    if period is None:
        raise NothingHere(given.period)
    kept = override_rating(
        indicator=indicator_called(found, code),
        period=period,
        rating=given.rating,
        reason=given.reason,
        reason_in=given.reason_in,
        ends_on=given.ends_on,
        expected=given.expected,
        cause=given.cause,
        new_date=given.new_date,
        by=by,
        at=clock.now(),
    )
    return _rating(kept, code)


def _own_rating(indicator: int, given: RatingIn) -> OwnRating:
    return OwnRating(
        indicator=indicator,
        rating=given.rating,
        cause=given.cause,
        new_date=given.new_date,
        reason=given.reason,
        reason_in=given.reason_in,
        slower_but_as_wished=given.slower_but_as_wished,
        expected=given.expected,
    )


def _trouble(code: str, refusal: Refusal, standing: Rated | None = None) -> RatingTrouble:
    return RatingTrouble(code, type(refusal).__name__, str(refusal), rating_shown(standing))


def _rating(kept: Assessment, code: str) -> RatingKept:
    return RatingKept(
        id=kept.pk,
        indicator=code,
        rating=Rating(kept.rating),
        cause=Cause(kept.cause) if kept.cause else None,
        new_date=kept.new_date,
        ends_on=kept.ends_on,
        at=kept.at,
    )
