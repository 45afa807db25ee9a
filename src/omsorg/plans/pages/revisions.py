"""Revisions in words: which field, what stood there, what stands there now, from when, and why."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from omsorg.kernel.numbers import format_number, format_sum
from omsorg.plans.pages.words import (
    ACCEPTED,
    ACTIVITIES,
    CAUSES,
    DIRECTIONS,
    KINDS,
    MISSING,
    ROLL_UPS,
    day,
    days_told,
    language_now,
    plain,
    reason_told,
    short_day,
)
from omsorg.plans.queries.history import HistoryEntry
from omsorg.plans.rules.revisions import FieldChange
from omsorg.plans.rules.rollup import Missing

FIELDS: Mapping[str, Any] = {
    "title": _("Title"),
    "text": _("Text"),
    "prioritised": _("Prioritised"),
    "owner": _("Responsible"),
    "starts_on": _("Starts"),
    "due_on": _("Due"),
    "done_on": _("Done"),
    "activity": _("Activity"),
    "activity_reason": _("Why not active"),
    "superseded_by": _("Superseded by"),
    "kind": _("Kind"),
    "unit": _("Unit"),
    "direction": _("Direction"),
    "time_rule": _("Over time"),
    "roll_up": _("Over organisations"),
    "numerator": _("What is counted"),
    "denominator": _("Of how many"),
    "threshold": _("Threshold"),
    "comparison": _("Comparison"),
    "band_low": _("Band from"),
    "band_high": _("Band to"),
    "per": _("Per"),
    "accumulates": _("Counted from the start"),
    "lowest": _("Lowest"),
    "highest": _("Highest"),
    "tolerance": _("Tolerance"),
    "at_risk_band": _("At risk until"),
    "asked_of_associations": _("Asked of associations"),
    "evidence_needed": _("Evidence needed"),
    "about_children": _("About children"),
    "dimensions": _("Broken down by"),
    "redefined": _("Definition"),
    "target": _("Target"),
    "baseline": _("Baseline"),
    "summary": _("What it is about"),
    "runs_from": _("Runs from"),
    "runs_until": _("Last day"),
    "measures": _("Measures action"),
    "indicators": _("Measured by indicator"),
    "budget": _("Budget"),
    "spent": _("Spent in addition"),
    "recommendations": _("Answers recommendation"),
    "actions": _("Answered by action"),
    "accepted": _("Answer"),
    "response": _("Answer in words"),
}
TIME_RULES: Mapping[str, str | Promise] = {
    "sum": _("periods are added"),
    "last": _("the newest holds"),
    "mean": _("the mean of the periods"),
    "distinct": _("different persons: cannot be added up"),
    "none": _("periods stand alone"),
}
COMPARISONS: Mapping[str, str | Promise] = {"at_least": _("at least"), "at_most": _("at most")}
IN_WORDS: Mapping[str, Mapping[str, str | Promise]] = {
    "activity": ACTIVITIES,
    "kind": KINDS,
    "direction": DIRECTIONS,
    "roll_up": ROLL_UPS,
    "time_rule": TIME_RULES,
    "comparison": COMPARISONS,
    "accepted": ACCEPTED,
}


@dataclass(frozen=True, slots=True)
class ChangeTold:
    """One field that is different. A text in several languages says in which it is (`language`, its code `lang`)."""

    what: str
    before: str
    after: str
    language: str = ""
    lang: str = ""


@dataclass(frozen=True, slots=True)
class EntryTold:
    """One dated change as the page shows it. `days`: from when it is in force, and when it was written down."""

    on: str
    machine_on: str
    title: str
    changes: tuple[ChangeTold, ...]
    reason: str
    cause: str
    by: str
    days: str
    is_beginning: bool


def changes_told(changes: Iterable[FieldChange], names: Mapping[str, str] | None = None) -> tuple[ChangeTold, ...]:
    """Changes field by field; a text in several languages language by language, and only where it is different."""
    found: list[ChangeTold] = []
    languages = dict(settings.LANGUAGES)
    for change in changes:
        what = str(FIELDS.get(change.field, change.field))
        if isinstance(change.before, Mapping) or isinstance(change.after, Mapping):
            before, after = change.before or {}, change.after or {}
            found += [
                ChangeTold(what, before.get(code, ""), after.get(code, ""), languages.get(code, code), code)
                for code in dict.fromkeys((*before, *after))
                if before.get(code) != after.get(code)
            ]
        else:
            found.append(
                ChangeTold(
                    what,
                    value_told(change.field, change.before, names or {}),
                    value_told(change.field, change.after, names or {}),
                )
            )
    return tuple(found)


def value_told(name: str, value: Any, names: Mapping[str, str]) -> str:
    """One value as a person reads it."""
    if value is None or value == ():
        return ""
    if isinstance(value, Missing):
        return str(MISSING[value])
    if name in IN_WORDS:
        return str(IN_WORDS[name].get(value, value))
    if isinstance(value, bool):
        return __("yes") if value else __("no")
    if isinstance(value, date):
        return day(value - timedelta(days=1) if name == "runs_until" else value)
    if isinstance(value, Decimal):
        return format_number(value.normalize(), language_now())
    if name == "spent" and len(value) > 2:
        added, currency, so_far = value
        said = {
            "added": format_sum(added, currency, language_now()),
            "total": format_sum(so_far, currency, language_now()),
        }
        return __("%(added)s (%(total)s in all so far)") % said
    if name in ("budget", "spent"):
        return format_sum(value[0], value[1], language_now())
    if name in ("target", "baseline"):
        return _target_told(*value, is_baseline=name == "baseline")
    if isinstance(value, Mapping):
        return plain(value)
    if isinstance(value, tuple):
        return ", ".join(str(each) for each in value)
    return names.get(str(value), str(value))


def _target_told(due_on: date, number: Decimal, denominator: Decimal | None, *, is_baseline: bool) -> str:
    shown = format_number(number.normalize(), language_now())
    if denominator is not None:
        shown = __("%(number)s of %(base)s") % {
            "number": shown,
            "base": format_number(denominator.normalize(), language_now()),
        }
    said = __("%(value)s on %(day)s") if is_baseline else __("%(value)s by %(day)s")
    return said % {"value": shown, "day": short_day(due_on)}


def entries_told(entries: Iterable[HistoryEntry]) -> tuple[EntryTold, ...]:
    """A history as the page shows it, in the order given; what was done alike at one moment stands together."""
    found: list[EntryTold] = []
    for _moment, alike in groupby(
        entries, key=lambda e: (e.kind, e.in_force_on, e.entered_at, e.reason, e.kind == "revision" and e.number == 1)
    ):
        told = [_entry_told(entry) for entry in alike]
        found.append(replace(told[-1], changes=tuple(change for each in reversed(told) for change in each.changes)))
    return tuple(found)


def _entry_told(entry: HistoryEntry) -> EntryTold:
    changes = changes_told(entry.changes, entry.names)
    if entry.redefined:
        changes = (ChangeTold(str(FIELDS["redefined"]), "", __("something else is measured from now on")), *changes)
    is_beginning = entry.kind == "revision" and entry.number == 1
    return EntryTold(
        on=day(entry.in_force_on),
        machine_on=entry.in_force_on.isoformat(),
        title=__("As first promised") if is_beginning else str(TITLES[entry.kind]),
        changes=changes,
        reason=reason_told(entry.reason, entry.reason_language, entry.reason_in),
        cause=str(CAUSES.get(entry.cause, "")),
        by=entry.by_name,
        days=days_told(entry.in_force_on, entry.entered_at.date()),
        is_beginning=is_beginning,
    )


TITLES: Mapping[str, str | Promise] = {
    "revision": _("Revised"),
    "target": _("Target stated"),
    "budget": _("Money"),
    "link": _("Recommendations"),
    "answer": _("Answered"),
    "measure": _("What measures it"),
}
