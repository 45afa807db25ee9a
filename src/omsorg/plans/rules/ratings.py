"""From a computed status and what persons say to the one rating that a report states."""

from dataclasses import dataclass
from datetime import date

from .measures import Rating, RatingSource, Status


def plan_rating(status: Status) -> Rating:
    """The computed status in the words of the plan, which knows no "at risk"."""
    return _PLAN_RATINGS[status]


@dataclass(frozen=True, slots=True)
class Override:
    """A person's rating put over the computed one: always with a reason, in force for a time."""

    rating: Rating
    reason: str
    from_on: date
    until_on: date | None = None

    def is_in_force(self, on: date) -> bool:
        """Whether the override counts on `on` (half-open)."""
        return self.from_on <= on and (self.until_on is None or on < self.until_on)


def stated_rating(
    *, override: Override | None, computed: Status | None, self_rating: Rating | None, on: date
) -> tuple[Rating, RatingSource]:
    """The rating that a report states, and where it comes from; the verified rating stands beside it.

    An override in force comes first, then the computed status where the rule can judge, then the owner's
    own rating. Where the rule could judge but the data are missing, the owner's word does not fill the
    hole: it is not rated.
    """
    if override is not None and override.is_in_force(on):
        return override.rating, RatingSource.OVERRIDE
    if computed is not None and computed is not Status.NOT_RATED:
        return plan_rating(computed), RatingSource.COMPUTED
    if self_rating is not None and self_rating is not Rating.NOT_RATED:
        return self_rating, RatingSource.SELF
    return Rating.NOT_RATED, RatingSource.NONE


_PLAN_RATINGS = {
    Status.COMPLETED: Rating.COMPLETED,
    Status.ON_TRACK: Rating.ON_TRACK,
    Status.AT_RISK: Rating.OFF_TRACK,
    Status.OFF_TRACK: Rating.OFF_TRACK,
    Status.NOT_DUE: Rating.NOT_STARTED,
    Status.NO_DATA: Rating.NOT_RATED,
    Status.NOT_RATED: Rating.NOT_RATED,
}
