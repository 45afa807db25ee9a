"""The two bases: how many indicators go well, of those in the plan as adopted and of those active now.

Both are always given together, as counts, with what was left out. Worked numbers: `docs/rules/two-bases.md`.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction

from .measures import Activity, Rating


@dataclass(frozen=True, slots=True)
class IndicatorStanding:
    """What a report knows of one indicator: in the plan as adopted or not, active or not, and how it goes.

    `is_changed` says that its definition was changed after the plan was adopted.
    """

    is_adopted: bool
    activity: Activity
    stated: Rating
    verified: Rating | None = None
    is_changed: bool = False

    @property
    def is_active(self) -> bool:
        """Whether it is still worked on."""
        return self.activity is Activity.ACTIVE

    @property
    def is_good(self) -> bool:
        """Active, and completed or on track."""
        return self.is_active and self.stated.is_good

    @property
    def awaits_rating_after_change(self) -> bool:
        """Active and changed, and not yet rated by its new definition."""
        return self.is_active and self.is_changed and self.stated is Rating.NOT_RATED


@dataclass(frozen=True, slots=True)
class Base:
    """A set of indicators and how many of them stand where; each is counted exactly once."""

    total: int
    completed: int
    on_track: int
    off_track: int
    not_started: int
    not_rated: int
    on_hold: int
    superseded: int
    dropped: int
    changed_not_rated: int

    @property
    def good(self) -> int:
        """Completed or on track."""
        return self.completed + self.on_track

    @property
    def inactive(self) -> int:
        """On hold, superseded or dropped."""
        return self.on_hold + self.superseded + self.dropped

    @property
    def on_hold_or_changed(self) -> int:
        """Not active, or active with a changed definition and not yet rated by it."""
        return self.inactive + self.changed_not_rated

    @property
    def rated(self) -> int:
        """Active and rated, well or not."""
        return self.total - self.inactive - self.not_rated

    @property
    def share(self) -> Fraction | None:
        """The exact share that goes well; None where the base is empty: no share of nothing."""
        return Fraction(self.good, self.total) if self.total else None

    @property
    def percent(self) -> Decimal | None:
        """The share for display only: one decimal, half to even. Never stored, never reckoned with."""
        return None if self.share is None else display_percent(self.share)


@dataclass(frozen=True, slots=True)
class TwoBases:
    """The plan as adopted, the indicators active now, and all there are (adopted or added later)."""

    adopted: Base
    active: Base
    everything: Base

    @property
    def added(self) -> int:
        """How many came into the plan after it was adopted."""
        return self.everything.total - self.adopted.total


@dataclass(frozen=True, slots=True)
class ActionStanding:
    """What a report knows of one action: active or not, prioritised or not, and its indicators."""

    activity: Activity
    is_prioritised: bool
    indicators: tuple[IndicatorStanding, ...]

    @property
    def has_moved_forward(self) -> bool:
        """At least one of its indicators is active and completed or on track."""
        return any(indicator.is_good for indicator in self.indicators)


@dataclass(frozen=True, slots=True)
class ActionCounts:
    """How many actions there are, and how many of them have moved forward."""

    total: int
    moved: int
    active: int
    prioritised: int
    prioritised_moved: int


def two_bases(indicators: Iterable[IndicatorStanding]) -> TwoBases:
    """Count the indicators on both bases."""
    all_of_them = tuple(indicators)
    return TwoBases(
        adopted=_base(entry for entry in all_of_them if entry.is_adopted),
        active=_base(entry for entry in all_of_them if entry.is_active),
        everything=_base(all_of_them),
    )


def count_actions(actions: Iterable[ActionStanding]) -> ActionCounts:
    """Count the actions, and those that have moved forward."""
    all_of_them = tuple(actions)
    prioritised = [action for action in all_of_them if action.is_prioritised]
    return ActionCounts(
        total=len(all_of_them),
        moved=sum(action.has_moved_forward for action in all_of_them),
        active=sum(action.activity is Activity.ACTIVE for action in all_of_them),
        prioritised=len(prioritised),
        prioritised_moved=sum(action.has_moved_forward for action in prioritised),
    )


def display_percent(share: Fraction) -> Decimal:
    """A share as a percentage with one decimal, half to even: for the eye only."""
    tenths = round(share * 1000)
    return (Decimal(tenths) / 10).quantize(Decimal("0.1"), ROUND_HALF_EVEN)


def _base(indicators: Iterable[IndicatorStanding]) -> Base:
    entries = tuple(indicators)
    ratings = Counter(entry.stated for entry in entries if entry.is_active)
    activities = Counter(entry.activity for entry in entries)
    return Base(
        total=len(entries),
        completed=ratings[Rating.COMPLETED],
        on_track=ratings[Rating.ON_TRACK],
        off_track=ratings[Rating.OFF_TRACK],
        not_started=ratings[Rating.NOT_STARTED],
        not_rated=ratings[Rating.NOT_RATED],
        on_hold=activities[Activity.ON_HOLD],
        superseded=activities[Activity.SUPERSEDED],
        dropped=activities[Activity.DROPPED],
        changed_not_rated=sum(entry.awaits_rating_after_change for entry in entries),
    )
