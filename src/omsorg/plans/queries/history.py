"""What became of a plan, or of one thing in it: every dated change, field by field, newest first."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import pairwise
from typing import Any

from omsorg.federation.queries.organisations import names_on_days
from omsorg.plans.models import (
    Action,
    ActionRecommendation,
    BudgetEntry,
    Indicator,
    IndicatorAction,
    Plan,
    Recommendation,
    Target,
)
from omsorg.plans.queries.few_children import with_hidden_baselines
from omsorg.plans.queries.promises import terms_of_action, terms_of_indicator, terms_of_plan
from omsorg.plans.rules.plan_terms import plan_state
from omsorg.plans.rules.promises import state_of
from omsorg.plans.rules.revisions import FieldChange, difference
from omsorg.plans.rules.rollup import Missing

Names = Mapping[date, dict[str, str]]


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One dated change. `kind`: revision, target, budget, link, measure or answer; `number` 1 is how it began.

    `by_name` is empty where the reader may not see who it was; `names` are those of organisations on the day, by code.
    """

    kind: str
    number: int
    in_force_on: date
    entered_at: datetime
    reason: str
    by_name: str
    changes: tuple[FieldChange, ...] = ()
    cause: str = ""
    redefined: bool = False
    names: dict[str, str] = field(default_factory=dict)
    reason_language: str = ""
    reason_in: dict[str, str] = field(default_factory=dict)


def history_of_plan(plan: Plan) -> tuple[HistoryEntry, ...]:
    """Every revision of the plan itself, the newest first."""
    revisions = list(plan.revisions.order_by("number").select_related("by"))
    return _newest_first(_revised(revisions, [dict(plan_state(terms_of_plan(row))) for row in revisions], {}))


def history_of_action(action: Action) -> tuple[HistoryEntry, ...]:
    """Every revision, link and sum of an action, and what measured it when, the newest first."""
    revisions = list(action.revisions.order_by("number").select_related("owner", "superseded_by", "by"))
    names = names_on_days({row.owner_id for row in revisions}, {row.in_force_on for row in revisions})
    entries = list(_revised(revisions, [state_of(terms_of_action(row)) for row in revisions], names))
    entries += _budgeted(action.budget.order_by("on_day", "pk").select_related("by"))
    entries += _linked(
        ActionRecommendation.objects.filter(action=action).select_related("recommendation", "by"),
        "recommendations",
        lambda link: link.recommendation.code,
    )
    entries += _linked(
        IndicatorAction.objects.filter(action=action).select_related("indicator", "by"),
        "indicators",
        lambda link: link.indicator.code,
        kind="measure",
    )
    return _newest_first(entries)


def history_of_indicator(indicator: Indicator, *, few_below: int = 0) -> tuple[HistoryEntry, ...]:
    """Every revision and target of an indicator, and which actions it measured when, the newest first.

    As the public reads it: baselines that tell of fewer children than `few_below` are hidden, with their reasons.
    """
    hides = bool(few_below and with_hidden_baselines([indicator.pk], smallest_shown=few_below))
    revisions = list(indicator.revisions.order_by("number").select_related("superseded_by", "by"))
    entries = list(_revised(revisions, [state_of(terms_of_indicator(row)) for row in revisions], {}))
    stated = Target.objects.filter(indicator=indicator).select_related("supersedes", "by", "organisation")
    entries += [
        _hidden(target) if hides and target.series == 2 else _stated(target)
        for target in stated.order_by("in_force_on", "pk")
    ]
    entries += _linked(
        IndicatorAction.objects.filter(indicator=indicator).select_related("action", "by"),
        "measures",
        lambda link: link.action.code,
        kind="measure",
    )
    return _newest_first(entries)


def history_of_recommendation(recommendation: Recommendation) -> tuple[HistoryEntry, ...]:
    """Every answer to a recommendation, and which actions answered it when, the newest first.

    Of one whose words are hidden, only what was answered, and when: no word of an answer, nor why it was given.
    """
    answers = list(recommendation.responses.order_by("number").select_related("by"))
    if recommendation.hidden_at:
        for row in answers:
            row.response = {}
            _say_no_reason(row)
    said = [{"accepted": row.accepted, "response": row.response} for row in answers]
    before: list[dict[str, Any] | None] = [None, *said]
    entries = [
        HistoryEntry(
            "answer",
            row.number,
            row.in_force_on,
            row.at,
            row.reason,
            _name(row),
            difference(before[index], said[index]),
            reason_language=row.reason_language,
            reason_in=row.reason_in,
        )
        for index, row in enumerate(answers)
    ]
    entries += _linked(
        ActionRecommendation.objects.filter(recommendation=recommendation).select_related(
            "recommendation", "action", "by"
        ),
        "actions",
        lambda link: link.action.code,
    )
    return _newest_first(entries)


def _revised(rows: list[Any], states: list[dict[str, Any]], names: Names) -> Iterable[HistoryEntry]:
    if not rows:
        return
    first = rows[0]
    of_first = names.get(first.in_force_on, {})
    yield HistoryEntry(
        "revision",
        1,
        first.in_force_on,
        first.at,
        first.reason,
        _name(first),
        names=of_first,
        reason_language=first.reason_language,
        reason_in=first.reason_in,
    )
    for (before, after), row in zip(pairwise(states), rows[1:], strict=True):
        yield HistoryEntry(
            "revision",
            row.number,
            row.in_force_on,
            row.at,
            row.reason,
            _name(row),
            difference(before, after),
            getattr(row, "cause", ""),
            getattr(row, "redefined", False),
            names.get(row.in_force_on, {}),
            row.reason_language,
            row.reason_in,
        )


def _stated(target: Target) -> HistoryEntry:
    before = target.supersedes
    name = "baseline" if target.series == 2 else "target"
    return HistoryEntry(
        "target",
        target.pk,
        target.in_force_on,
        target.at,
        target.reason,
        _name(target),
        (
            FieldChange(
                name,
                (before.due_on, before.number, before.denominator) if before else None,
                (target.due_on, target.number, target.denominator),
            ),
        ),
        reason_language=target.reason_language,
        reason_in=target.reason_in,
    )


def _hidden(baseline: Target) -> HistoryEntry:
    """That a baseline was stated, or another in its place: which one, and why, may say the number."""
    change = FieldChange("baseline", Missing.HIDDEN if baseline.supersedes else None, Missing.HIDDEN)
    return replace(_stated(baseline), reason="", reason_language="", reason_in={}, changes=(change,))


def _budgeted(rows: Iterable[BudgetEntry]) -> list[HistoryEntry]:
    """A whole sum beside the one before it; money spent with all that was spent till then."""
    entries: list[HistoryEntry] = []
    whole: dict[str, tuple[int, str]] = {}
    spent: dict[str, int] = {}
    for row in rows:
        sum_now = (row.amount_minor, row.currency)
        if row.kind == BudgetEntry.Kind.SPENT:
            spent[row.currency] = spent.get(row.currency, 0) + row.amount_minor
            change = FieldChange("spent", None, (*sum_now, spent[row.currency]))
        else:
            change = FieldChange("budget", whole.get(row.currency), sum_now)
            whole[row.currency] = sum_now
        entries.append(_entry("budget", row, row.pk, row.on_day, change))
    return entries


def _linked(rows: Any, name: str, code_of: Any, kind: str = "link") -> list[HistoryEntry]:
    entries = []
    for row in rows:
        code = code_of(row)
        change = FieldChange(name, None, code) if row.holds else FieldChange(name, code, None)
        if isinstance(row, ActionRecommendation) and row.recommendation.hidden_at:
            _say_no_reason(row)
        entries.append(_entry(kind, row, row.number, row.in_force_on, change))
    return entries


def _say_no_reason(row: Any) -> None:
    """Why something was answered, or linked, can say what the hidden words said."""
    row.reason, row.reason_language, row.reason_in = "", "", {}


def _entry(kind: str, row: Any, number: int, on: date, change: FieldChange) -> HistoryEntry:
    return HistoryEntry(
        kind,
        number,
        on,
        row.at,
        row.reason,
        _name(row),
        (change,),
        reason_language=row.reason_language,
        reason_in=row.reason_in,
    )


def _name(row: Any) -> str:
    return row.by.name if row.by else ""


def _newest_first(entries: Iterable[HistoryEntry]) -> tuple[HistoryEntry, ...]:
    return tuple(
        sorted(entries, key=lambda entry: (entry.in_force_on, entry.entered_at, entry.kind, entry.number), reverse=True)
    )
