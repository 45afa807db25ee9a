"""The changes that there can be between two reports."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from ..measures import Activity, Rating
from ..snapshot import NumberPart, Texts


class Thing(StrEnum):
    """What a change is of."""

    ACTION = "action"
    INDICATOR = "indicator"
    PLAN = "plan"


class Whose(StrEnum):
    """Of which part of the report a detail is."""

    PLAN = "plan"
    ACTION = "action"
    INDICATOR = "indicator"
    RECOMMENDATION = "recommendation"
    SOURCE = "source"
    REPORT = "report"


class DateField(StrEnum):
    """Which day was moved."""

    STARTS_ON = "starts_on"
    DUE_ON = "due_on"
    TARGET_DUE = "target_due"
    RUNS_FROM = "runs_from"
    LAST_DAY = "last_day"


@dataclass(frozen=True, slots=True)
class RatingChange:
    """The stated rating of an indicator in both reports; whether a person has set the one before, and this one."""

    code: str
    before: Rating
    after: Rating
    was_by_person: bool = False
    by_person: bool = False

    @property
    def is_better(self) -> bool:
        """Good now and not good before, or completed now."""
        return self.after is Rating.COMPLETED or (self.after.is_good and not self.before.is_good)

    @property
    def is_worse(self) -> bool:
        """Good before and not good now, or completed no longer. What nobody rates any more is not worse."""
        fell = self.before is Rating.COMPLETED or (self.before.is_good and not self.after.is_good)
        return fell and not self.is_no_longer_rated

    @property
    def is_no_longer_rated(self) -> bool:
        """Rated before, and not now."""
        return self.after is Rating.NOT_RATED


@dataclass(frozen=True, slots=True)
class ActivityChange:
    """An indicator or action that went out of the active base, or came back into it."""

    thing: Thing
    code: str
    before: Activity
    after: Activity
    reason: Texts
    superseded_by: str | None = None


@dataclass(frozen=True, slots=True)
class DateMove:
    """A day that was moved; `days` is positive when it was put off, None when there was or is no day."""

    thing: Thing
    code: str
    field: DateField
    before: date | None
    after: date | None

    @property
    def days(self) -> int | None:
        """By how many days."""
        if self.before is None or self.after is None:
            return None
        return (self.after - self.before).days


@dataclass(frozen=True, slots=True)
class BudgetChange:
    """The budget of an action as it stood, in minor units; None where there was none in that currency."""

    code: str
    currency: str
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True)
class TargetChange:
    """The present target of an indicator in both reports."""

    code: str
    before: NumberPart | None
    after: NumberPart | None


@dataclass(frozen=True, slots=True)
class TextChange:
    """The title of the plan, an action or an indicator, in every language in which it reads otherwise now."""

    thing: Thing
    code: str
    before: Texts
    after: Texts


@dataclass(frozen=True, slots=True)
class MeasureChange:
    """Which actions an indicator measures now and did not before, and which it measures no longer."""

    code: str
    added: tuple[str, ...]
    removed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Detail:
    """One field of one part that reads otherwise now, `before` and `after` as the reports write it.

    `field` is its name in the frozen report; in the report itself with the part it is in ("answers.late"), or
    "order.actions" where these stand in another order. `currency` is that of a budget, and empty elsewhere.
    """

    whose: Whose
    code: str
    field: str
    before: str
    after: str
    currency: str = ""


@dataclass(frozen=True, slots=True)
class BaseChange:
    """Good indicators and both bases in both reports: a share that moved because its base moved is told here."""

    good_before: int
    good_after: int
    active_before: int
    active_after: int
    adopted_before: int
    adopted_after: int

    @property
    def share_before(self) -> Fraction | None:
        """The share of active indicators that went well."""
        return Fraction(self.good_before, self.active_before) if self.active_before else None

    @property
    def share_after(self) -> Fraction | None:
        """The share of active indicators that go well."""
        return Fraction(self.good_after, self.active_after) if self.active_after else None


@dataclass(frozen=True, slots=True)
class Changes:
    """Everything that is different between an earlier report and a later one, each list in the order of the report.

    `details` are all differences that have no list of their own. `nothing` says that the two reports are equal in
    everything that is compared (`docs/rules/changes.md`): then every list is empty, and only then.
    """

    earlier: str
    later: str
    base: BaseChange
    ratings: tuple[RatingChange, ...]
    activities: tuple[ActivityChange, ...]
    dates: tuple[DateMove, ...]
    budgets: tuple[BudgetChange, ...]
    targets: tuple[TargetChange, ...]
    texts: tuple[TextChange, ...]
    measures: tuple[MeasureChange, ...]
    new_indicators: tuple[str, ...]
    removed_indicators: tuple[str, ...]
    new_actions: tuple[str, ...]
    removed_actions: tuple[str, ...]
    new_recommendations: tuple[str, ...]
    removed_recommendations: tuple[str, ...]
    new_sources: tuple[str, ...]
    removed_sources: tuple[str, ...]
    details: tuple[Detail, ...]
    nothing: bool
