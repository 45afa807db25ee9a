"""The actions of a report: when, how late, why, for how much."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from omsorg.kernel.numbers import format_number, format_sum
from omsorg.plans.pages.words import (
    ACTIVITIES,
    CAUSES,
    RATINGS,
    language_now,
    plain,
    short_day,
    told,
)
from omsorg.plans.rules.by_person import is_by_person
from omsorg.plans.rules.measures import Activity
from omsorg.plans.rules.snapshot import ActionPart, BudgetPart, IndicatorPart, ReportDocument


@dataclass(frozen=True, slots=True)
class Money:
    """The money of one action or of the whole plan in one currency, written out."""

    original: str
    revised: str
    spent: str


@dataclass(frozen=True, slots=True)
class Marked:
    """A rating or an activity of one indicator, with the indicator's name beside it for who reads or hears."""

    code: str
    word: str | Promise
    title: str
    indicator: str
    by_person: bool = False


@dataclass(frozen=True, slots=True)
class ActionRow:
    """One action in a list."""

    code: str
    title: str
    plain_title: str
    prioritised: bool
    owner: str
    due: str
    original_due: str
    due_on: str
    slip_days: int
    slip: str
    activity: Activity
    activity_note: str
    cause: str
    moved_forward: bool
    marks: tuple[Marked, ...]
    budget: tuple[Money, ...]
    recommendations: tuple[str, ...]

    @property
    def ratings(self) -> frozenset[str]:
        return frozenset(mark.code for mark in self.marks)


def action_rows(document: ReportDocument) -> tuple[ActionRow, ...]:
    """Every action of the report, in the order of the plan."""
    indicators = {part.code: part for part in document.indicators}
    return tuple(action_row(action, indicators) for action in document.actions)


def action_row(action: ActionPart, indicators: Mapping[str, IndicatorPart]) -> ActionRow:
    own = [indicators[code] for code in action.indicators if code in indicators]
    return ActionRow(
        code=action.code,
        title=told(action.title),
        plain_title=plain(action.title),
        prioritised=action.prioritised,
        owner=action.owner,
        due=short_day(action.due_on),
        original_due=short_day(action.original_due_on),
        due_on=action.due_on.isoformat(),
        slip_days=action.slip_days,
        slip=slip_text(action.slip_days),
        activity=action.activity,
        activity_note=activity_note(action.activity_reason, action.superseded_by),
        cause=str(CAUSES[action.cause]) if action.cause else "",
        moved_forward=any(part.standing.is_good for part in own),
        marks=tuple(_marked(part) for part in own),
        budget=tuple(money(part) for part in action.budget),
        recommendations=action.recommendations,
    )


def _marked(part: IndicatorPart) -> Marked:
    words: dict[str, str | Promise] = {**RATINGS, **ACTIVITIES}
    code = part.stated if part.activity is Activity.ACTIVE else part.activity
    return Marked(str(code), words[code], plain(part.title), part.code, is_by_person(part))


def slip_text(days: int) -> str:
    """Days of slip with a sign that cannot be misread: later, earlier, on the day."""
    if days == 0:
        return __("as promised")
    late, early = (
        ngettext("%(count)s day later", "%(count)s days later", abs(days)),
        ngettext("%(count)s day earlier", "%(count)s days earlier", abs(days)),
    )
    return (late if days > 0 else early) % {"count": format_number(abs(days), language_now())}


def activity_note(reason: Mapping[str, str], superseded_by: str | None) -> str:
    """Why something is no longer active, and what took its place."""
    text = plain(reason)
    if superseded_by:
        by = __("superseded by %(code)s") % {"code": superseded_by}
        return f"{by}. {text}" if text else by
    return text


def money(part: BudgetPart) -> Money:
    language = language_now()
    return Money(
        original=__("no original amount")
        if part.original is None
        else format_sum(part.original, part.currency, language),
        revised=format_sum(part.revised, part.currency, language) if part.revised is not None else "",
        spent=__("not told") if part.spent is None else format_sum(part.spent, part.currency, language),
    )


ACTION_ORDERS: dict[str, str | Promise] = {
    "": _("in the order of the plan"),
    "due": _("by due date"),
    "slip": _("by days of slip"),
    "title": _("by title"),
}


def chosen_actions(
    rows: Iterable[ActionRow], *, words: str, rating: str, prioritised: bool, order: str
) -> list[ActionRow]:
    """The actions that fit the reader's choice, in the order chosen."""
    wanted = words.casefold().split()
    found = [
        row
        for row in rows
        if (not prioritised or row.prioritised)
        and (not rating or rating in row.ratings or rating == row.activity)
        and all(word in f"{row.code} {row.plain_title} {row.owner}".casefold() for word in wanted)
    ]
    if order == "due":
        found.sort(key=lambda row: row.due_on)
    elif order == "slip":
        found.sort(key=lambda row: -row.slip_days)
    elif order == "title":
        found.sort(key=lambda row: row.plain_title.casefold())
    return found
