"""What changed between two reports: every field of every part of them, but for what `NOT_COMPARED` leaves out."""

from collections.abc import Collection, Iterable
from datetime import timedelta

from ..by_person import is_by_person
from ..snapshot import ActionPart, IndicatorPart, PlanPart, ReportDocument
from .details import aims_elsewhere, by_name, details_between, in_both, says_the_same, texts_that_differ
from .told import (
    ActivityChange,
    BaseChange,
    BudgetChange,
    Changes,
    DateField,
    DateMove,
    MeasureChange,
    RatingChange,
    TargetChange,
    TextChange,
    Thing,
)

Pair = tuple[ActionPart, ActionPart] | tuple[IndicatorPart, IndicatorPart]


def changes_between(earlier: ReportDocument, later: ReportDocument) -> Changes:
    """What changed from `earlier` to `later`. What is in only one of them is listed as new or removed."""
    old_indicators, new_indicators = by_name(earlier.indicators), by_name(later.indicators)
    old_actions, new_actions = by_name(earlier.actions), by_name(later.actions)
    old_sources, new_sources = by_name(earlier.sources), by_name(later.sources)
    old_recommendations, new_recommendations = by_name(earlier.recommendations), by_name(later.recommendations)
    indicators, actions = in_both(old_indicators, new_indicators), in_both(old_actions, new_actions)
    return Changes(
        earlier=earlier.period,
        later=later.period,
        base=_base_change(earlier, later),
        ratings=tuple(
            RatingChange(old.code, old.stated, new.stated, is_by_person(old), is_by_person(new))
            for old, new in indicators
            if old.stated is not new.stated
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
            if aims_elsewhere(old, new)
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
        new_recommendations=_only(new_recommendations, old_recommendations),
        removed_recommendations=_only(old_recommendations, new_recommendations),
        new_sources=_only(new_sources, old_sources),
        removed_sources=_only(old_sources, new_sources),
        details=details_between(earlier, later),
        nothing=says_the_same(earlier, later),
    )


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
        before, after = texts_that_differ(old.title, new.title)
        if before:
            yield TextChange(thing, new.code, before, after)
