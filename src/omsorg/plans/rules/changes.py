"""What changed between two reports: every change of a rating, a base, a date, a budget, a target or a text."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction

from .measures import Activity, Rating
from .snapshot import ActionPart, IndicatorPart, NumberPart, PlanPart, ReportDocument, Texts

Pair = tuple[ActionPart, ActionPart] | tuple[IndicatorPart, IndicatorPart]


class Thing(StrEnum):
    """What a change is of."""

    ACTION = "action"
    INDICATOR = "indicator"
    PLAN = "plan"


class DateField(StrEnum):
    """Which day was moved."""

    STARTS_ON = "starts_on"
    DUE_ON = "due_on"
    TARGET_DUE = "target_due"
    RUNS_FROM = "runs_from"
    LAST_DAY = "last_day"


@dataclass(frozen=True, slots=True)
class RatingChange:
    """The stated rating of an indicator in both reports."""

    code: str
    before: Rating
    after: Rating

    @property
    def is_better(self) -> bool:
        """Good now and not good before, or completed now."""
        return self.after is Rating.COMPLETED or (self.after.is_good and not self.before.is_good)

    @property
    def is_worse(self) -> bool:
        """Good before and not good now, or completed no longer."""
        return self.before is Rating.COMPLETED or (self.before.is_good and not self.after.is_good)


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
    """Everything that is different between an earlier report and a later one, each list in the order of the report."""

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


def changes_between(earlier: ReportDocument, later: ReportDocument) -> Changes:
    """What changed from `earlier` to `later`. What is in only one of them is listed as new or removed."""
    old_indicators = {part.code: part for part in earlier.indicators}
    new_indicators = {part.code: part for part in later.indicators}
    old_actions = {part.code: part for part in earlier.actions}
    new_actions = {part.code: part for part in later.actions}
    indicators = [(old_indicators[c], new_indicators[c]) for c in _both(old_indicators, new_indicators)]
    actions = [(old_actions[c], new_actions[c]) for c in _both(old_actions, new_actions)]
    return Changes(
        earlier=earlier.period,
        later=later.period,
        base=_base_change(earlier, later),
        ratings=tuple(
            RatingChange(old.code, old.stated, new.stated) for old, new in indicators if old.stated is not new.stated
        ),
        activities=(
            *_activities(Thing.ACTION, actions),
            *_activities(Thing.INDICATOR, indicators),
        ),
        dates=(*_plan_dates(earlier.plan, later.plan), *_action_dates(actions), *_indicator_dates(indicators)),
        budgets=tuple(change for old, new in actions for change in _budget(old, new)),
        targets=tuple(
            TargetChange(old.code, old.present_target, new.present_target)
            for old, new in indicators
            if old.present_target != new.present_target
        ),
        texts=(
            *_titles(Thing.PLAN, [(earlier.plan, later.plan)]),
            *_titles(Thing.ACTION, actions),
            *_titles(Thing.INDICATOR, indicators),
        ),
        measures=tuple(
            MeasureChange(new.code, _only(new.actions, old.actions), _only(old.actions, new.actions))
            for old, new in indicators
            if set(old.actions) != set(new.actions)
        ),
        new_indicators=_only(new_indicators, old_indicators),
        removed_indicators=_only(old_indicators, new_indicators),
        new_actions=_only(new_actions, old_actions),
        removed_actions=_only(old_actions, new_actions),
    )


def _both(old: Collection[str], new: Collection[str]) -> list[str]:
    return [code for code in new if code in old]


def _only(here: Collection[str], there: Collection[str]) -> tuple[str, ...]:
    return tuple(code for code in here if code not in there)


def _base_change(earlier: ReportDocument, later: ReportDocument) -> BaseChange:
    before, after = earlier.bases, later.bases
    return BaseChange(
        good_before=before.active.good,
        good_after=after.active.good,
        active_before=before.active.total,
        active_after=after.active.total,
        adopted_before=before.adopted.total,
        adopted_after=after.adopted.total,
    )


def _activities(thing: Thing, pairs: Iterable[Pair]) -> Iterable[ActivityChange]:
    for old, new in pairs:
        if old.activity is not new.activity:
            yield ActivityChange(thing, new.code, old.activity, new.activity, new.activity_reason, new.superseded_by)


def _plan_dates(old: PlanPart, new: PlanPart) -> Iterable[DateMove]:
    """The period of the plan; a report that does not tell it is not compared."""
    if old.runs_from and new.runs_from and old.runs_from != new.runs_from:
        yield DateMove(Thing.PLAN, new.code, DateField.RUNS_FROM, old.runs_from, new.runs_from)
    if old.runs_until and new.runs_until and old.runs_until != new.runs_until:
        day = timedelta(days=1)
        yield DateMove(Thing.PLAN, new.code, DateField.LAST_DAY, old.runs_until - day, new.runs_until - day)


def _action_dates(pairs: Iterable[tuple[ActionPart, ActionPart]]) -> Iterable[DateMove]:
    for old, new in pairs:
        if old.starts_on != new.starts_on:
            yield DateMove(Thing.ACTION, new.code, DateField.STARTS_ON, old.starts_on, new.starts_on)
        if old.due_on != new.due_on:
            yield DateMove(Thing.ACTION, new.code, DateField.DUE_ON, old.due_on, new.due_on)


def _indicator_dates(pairs: Iterable[tuple[IndicatorPart, IndicatorPart]]) -> Iterable[DateMove]:
    for old, new in pairs:
        if old.target_due != new.target_due:
            yield DateMove(Thing.INDICATOR, new.code, DateField.TARGET_DUE, old.target_due, new.target_due)


def _budget(old: ActionPart, new: ActionPart) -> Iterable[BudgetChange]:
    before = {part.currency: part.present for part in old.budget}
    after = {part.currency: part.present for part in new.budget}
    for currency in sorted({*before, *after}):
        if before.get(currency) != after.get(currency):
            yield BudgetChange(new.code, currency, before.get(currency), after.get(currency))


def _titles(thing: Thing, pairs: Iterable[Pair | tuple[PlanPart, PlanPart]]) -> Iterable[TextChange]:
    for old, new in pairs:
        languages = [
            language
            for language in sorted({*old.title, *new.title})
            if old.title.get(language) != new.title.get(language)
        ]
        if languages:
            yield TextChange(
                thing,
                new.code,
                {language: old.title.get(language, "") for language in languages},
                {language: new.title.get(language, "") for language in languages},
            )
