"""What stands beside a promise on a day: its money, its baseline and targets, and what of them is different now."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from django.utils.translation import gettext as __

from omsorg.kernel.numbers import format_sum
from omsorg.plans.pages.revisions import FIELDS, value_told
from omsorg.plans.pages.words import HIDDEN, language_now, short_day
from omsorg.plans.queries.promises import ActionState, IndicatorState, TargetState
from omsorg.plans.rules.budgets import BudgetState
from omsorg.plans.rules.measures import Kind, Series
from omsorg.plans.rules.revisions import FieldChange


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that stands there, with its name."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Since:
    """One thing that has been changed since the day: what it was, what it is now."""

    what: str
    before: str
    after: str


def money_facts(state: ActionState) -> tuple[Fact, ...]:
    """The budget as first granted and as revised, and what is spent, in each currency; nothing said is no nought."""
    found = []
    for each in state.budget:
        if each.present is not None:
            original = __("no original amount") if each.original is None else _sum(each.original, each.currency)
            found.append(Fact(__("Original"), original))
        if each.revised is not None:
            found.append(Fact(__("Revised"), _sum(each.revised, each.currency)))
        if each.spent:
            found.append(Fact(__("Spent"), _sum(each.spent, each.currency)))
    return tuple(found)


def money_since(then: ActionState, now: ActionState) -> list[Since]:
    """What of the money is different."""
    before = {each.currency: each for each in then.budget}
    after = {each.currency: each for each in now.budget}
    found = []
    for currency in sorted({*before, *after}):
        old, new = before.get(currency, BudgetState(currency)), after.get(currency, BudgetState(currency))
        found.append(Since(str(FIELDS["budget"]), _sum(old.present, currency), _sum(new.present, currency)))
        found.append(Since(__("Spent"), _sum(old.spent or None, currency), _sum(new.spent or None, currency)))
    return [each for each in found if each.before != each.after]


def target_facts(state: IndicatorState) -> tuple[Fact, ...]:
    """The baseline and the targets in force. A baseline without a number tells of few children, and is hidden."""
    return tuple(Fact(_name(each), _target(each, state)) for each in _in_force(state))


def targets_since(then: IndicatorState, now: IndicatorState) -> list[Since]:
    """What of baseline and targets is different: those for one day beside each other, then the rest in order."""
    found = []
    for series in (Series.BASELINE, Series.TARGET):
        old = [each for each in _in_force(then) if each.series is series]
        new = [each for each in _in_force(now) if each.series is series]
        for before, after in _paired(old, new):
            what = _name(before or after)
            told = Since(
                what,
                _target(before, then) if before else "",
                _target(after, now) if after else "",
            )
            if told.before != told.after:
                found.append(told)
            elif before and after and _said(before) != _said(after):
                found.append(Since(what, "", __("changed")))
    return found


def stated_told(change: FieldChange) -> str:
    """A sum or a target as it is told in one line of a list: what it was and what it is."""
    both = (value_told(change.field, value, {}) for value in (change.before, change.after))
    told = " → ".join(each for each in both if each)
    return f"{FIELDS[change.field]}: {told}"


def _in_force(state: IndicatorState) -> Sequence[TargetState]:
    return [*([state.baseline] if state.baseline else []), *state.targets]


def _paired(
    old: Sequence[TargetState], new: Sequence[TargetState]
) -> Iterable[tuple[TargetState | None, TargetState | None]]:
    same = {each.due_on for each in old} & {each.due_on for each in new}
    for day in sorted(same):
        yield next(each for each in old if each.due_on == day), next(each for each in new if each.due_on == day)
    yield from zip_longest(
        [each for each in old if each.due_on not in same], [each for each in new if each.due_on not in same]
    )


def _said(target: TargetState) -> tuple[object, ...]:
    return target.due_on, target.number, target.denominator


def _name(target: TargetState | None) -> str:
    return str(FIELDS["baseline" if target and target.series is Series.BASELINE else "target"])


def _target(target: TargetState, state: IndicatorState) -> str:
    if state.terms.kind is Kind.MILESTONE:
        return short_day(target.due_on)
    if target.number is None:
        return str(HIDDEN)
    return value_told("baseline" if target.series is Series.BASELINE else "target", _said(target), {})


def _sum(minor: int | None, currency: str) -> str:
    return "" if minor is None else format_sum(minor, currency, language_now())
