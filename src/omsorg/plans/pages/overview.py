"""The plan at a glance, as one released report tells it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from omsorg.kernel.numbers import format_money, format_number, format_percent, format_period
from omsorg.kernel.periods import Period
from omsorg.kernel.pictures import Base as BarBase
from omsorg.kernel.pictures import HistoryCell, Segment, history_strip, rating_bar, rating_bar_rows
from omsorg.plans.pages.words import (
    ACCEPTED,
    ACTIVITIES,
    CAUSES,
    MARKS,
    RATINGS,
    day,
    language_now,
    plain,
    short_day,
    told,
    value_text,
)
from omsorg.plans.rules.bases import Base
from omsorg.plans.rules.measures import Activity, Rating
from omsorg.plans.rules.snapshot import ActionPart, BudgetPart, IndicatorPart, RecommendationPart, ReportDocument

BAR_ORDER = (
    Rating.COMPLETED,
    Rating.ON_TRACK,
    Rating.OFF_TRACK,
    Rating.NOT_STARTED,
    Rating.NOT_RATED,
    Activity.ON_HOLD,
    Activity.SUPERSEDED,
    Activity.DROPPED,
)


@dataclass(frozen=True, slots=True)
class BaseView:
    """One base as the page shows it: how many go well, of how many, and the share written out."""

    good: int
    base: int
    share: str


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


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """One indicator in a list: the stated rating, the verified one beside it, its history, its value and target."""

    code: str
    title: str
    plain_title: str
    adopted: bool
    activity: Activity
    activity_note: str
    stated: Rating
    verified: Rating | None
    verified_by: str
    disagree: bool
    changed_on: str
    value: str
    target: str
    target_due: str
    coverage: str
    history: SafeString
    cause: str
    new_date: str
    actions: tuple[str, ...]

    @property
    def standing(self) -> str:
        """The rating of an active indicator, the activity of one that is not."""
        return self.stated if self.activity is Activity.ACTIVE else self.activity


@dataclass(frozen=True, slots=True)
class RecommendationRow:
    """One recommendation, what was answered, and the actions that answer it."""

    code: str
    source: str
    area: str
    text: str
    accepted: str | Promise
    accepted_code: str
    response: str
    actions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BarPicture:
    """The rating bars on both bases with the same in rows."""

    drawing: SafeString
    rows: tuple[tuple[str | int | None, ...], ...]


def base_view(base: Base) -> BaseView:
    share = format_percent(base.share, language_now()) if base.share is not None else "–"
    return BaseView(base.good, base.total, share)


def bars(document: ReportDocument) -> BarPicture:
    """Both bases, drawn on one scale: the part that goes well keeps its length when a base shrinks."""
    bases = document.bases
    drawn = [
        BarBase(
            label=__("As adopted"),
            statement=_statement(bases.adopted),
            segments=_segments(bases.adopted),
            good=bases.adopted.good,
            good_label=_good_label(bases.adopted.good),
        ),
        BarBase(
            label=__("Active now"),
            statement=_statement(bases.active),
            segments=_segments(bases.active),
            good=bases.active.good,
            good_label=_good_label(bases.active.good),
            left_out=max(bases.adopted.total - bases.active.total, 0),
            left_out_label=__("no longer active"),
        ),
    ]
    desc = "; ".join(
        f"{base.label}: {base.statement}: " + ", ".join(f"{s.count} {s.label}" for s in base.segments if s.count)
        for base in drawn
    )
    drawing = rating_bar("bars", drawn, title=__("How the indicators stand, on both bases"), desc=desc)
    return BarPicture(drawing, tuple(row for row in rating_bar_rows(drawn) if any(row[1:])))


def _statement(base: Base) -> str:
    language = language_now()
    if base.share is None:
        return __("no indicators")
    return __("%(good)s of %(base)s (%(share)s)") % {
        "good": format_number(base.good, language),
        "base": format_number(base.total, language),
        "share": format_percent(base.share, language),
    }


def _good_label(good: int) -> str:
    return __("%(count)s completed or on track") % {"count": format_number(good, language_now())}


def _segments(base: Base) -> list[Segment]:
    counts = {
        Rating.COMPLETED: base.completed,
        Rating.ON_TRACK: base.on_track,
        Rating.OFF_TRACK: base.off_track,
        Rating.NOT_STARTED: base.not_started,
        Rating.NOT_RATED: base.not_rated,
        Activity.ON_HOLD: base.on_hold,
        Activity.SUPERSEDED: base.superseded,
        Activity.DROPPED: base.dropped,
    }
    words: dict[str, str | Promise] = {**RATINGS, **ACTIVITIES}
    return [Segment(str(code), str(words[code]), counts[code], MARKS[code]) for code in BAR_ORDER]


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
    return Marked(str(code), words[code], plain(part.title), part.code)


def slip_text(days: int) -> str:
    """Days of slip with a sign that cannot be misread: later, earlier, on the day."""
    if days == 0:
        return __("as promised")
    count = format_number(abs(days), language_now())
    if days > 0:
        return __("%(count)s days later") % {"count": count}
    return __("%(count)s days earlier") % {"count": count}


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
        original=format_money(part.original, part.currency, language, 0),
        revised=format_money(part.revised, part.currency, language, 0) if part.revised is not None else "",
        spent=format_money(part.spent, part.currency, language, 0),
    )


def indicator_rows(document: ReportDocument) -> tuple[IndicatorRow, ...]:
    """Every indicator of the report, in the order of the plan."""
    return tuple(indicator_row(part, document) for part in document.indicators)


def indicator_row(part: IndicatorPart, document: ReportDocument) -> IndicatorRow:
    coverage = ""
    if part.coverage and part.coverage.expected:
        coverage = __("%(reported)s of %(expected)s have answered") % {
            "reported": part.coverage.reported,
            "expected": part.coverage.expected,
        }
    return IndicatorRow(
        code=part.code,
        title=told(part.title),
        plain_title=plain(part.title),
        adopted=part.adopted,
        activity=part.activity,
        activity_note=activity_note(part.activity_reason, part.superseded_by),
        stated=part.stated,
        verified=part.verified.rating if part.verified else None,
        verified_by=part.verified.by if part.verified else "",
        disagree=part.verified is not None and part.verified.rating is not part.stated,
        changed_on=day(part.changed_on),
        value=value_text(part.kind, part.value, unit=part.unit, per=part.per),
        target=value_text(part.kind, part.present_target, unit=part.unit, per=part.per, with_base=False),
        target_due=short_day(part.target_due),
        coverage=coverage,
        history=history(part, document),
        cause=str(CAUSES[part.cause]) if part.cause else "",
        new_date=day(part.new_date),
        actions=part.actions,
    )


def history(part: IndicatorPart, document: ReportDocument) -> SafeString:
    """One cell a report, this one last."""
    cells = [_cell(each.report, each.rating, each.activity) for each in part.history]
    cells.append(_cell(document.period, part.stated, part.activity))
    desc = ", ".join(f"{cell.when}: {cell.word}" for cell in cells)
    title = __("History of %(code)s") % {"code": part.code}
    return history_strip(f"history-{part.code}", cells, title=title, desc=desc)


def _cell(period: str, rating: Rating, activity: Activity) -> HistoryCell:
    code: str = rating if activity is Activity.ACTIVE else activity
    words: dict[str, str | Promise] = {**RATINGS, **ACTIVITIES}
    return HistoryCell(when=period_text(period), word=str(words[code]), letter=period_mark(period), mark=MARKS[code])


def period_text(code: str) -> str:
    """A period as the reader says it."""
    return format_period(Period.parse(code), language_now())


def period_mark(code: str) -> str:
    """A period so short that it fits under a cell: 22·2 is the second half of 2022."""
    year, _dash, part = code.partition("-")
    return f"{year[2:]}·{part.lstrip('HQ0')}" if part else year[2:]


def recommendation_rows(document: ReportDocument) -> tuple[RecommendationRow, ...]:
    return tuple(_recommendation(part) for part in document.recommendations)


def _recommendation(part: RecommendationPart) -> RecommendationRow:
    return RecommendationRow(
        code=part.code,
        source=part.source,
        area=plain(part.area),
        text=told(part.text),
        accepted=ACCEPTED.get(part.accepted, part.accepted),
        accepted_code=part.accepted,
        response=told(part.response),
        actions=part.actions,
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


def chosen_indicators(rows: Iterable[IndicatorRow], *, words: str, rating: str) -> list[IndicatorRow]:
    """The indicators that fit the reader's choice, in the order of the plan."""
    wanted = words.casefold().split()
    return [
        row
        for row in rows
        if (not rating or rating == row.standing or (rating == "disagree" and row.disagree))
        and all(word in f"{row.code} {row.plain_title}".casefold() for word in wanted)
    ]


def areas(rows: Sequence[RecommendationRow]) -> dict[str, list[RecommendationRow]]:
    """The recommendations by area, in the order in which the areas first come up."""
    found: dict[str, list[RecommendationRow]] = {}
    for row in rows:
        found.setdefault(row.area, []).append(row)
    return found


GLOSSARY: tuple[tuple[str | Promise, str | Promise], ...] = (
    (_("as adopted"), _("All indicators that were in the plan when it was adopted. This number never changes.")),
    (_("now active"), _("Indicators that are still worked on: not on hold, superseded or dropped.")),
    (_("completed"), _("The target is reached and will not be measured again.")),
    (_("on track"), _("No further behind the way to the target than the plan allows.")),
    (_("off track"), _("Further behind than that. A cause and a new date are given.")),
    (_("not rated"), _("There is no rating, for instance because the definition has just been changed.")),
    (_("verified"), _("Somebody of another organisation has looked at it. Nobody verifies their own figure.")),
    (_("days of slip"), _("Days between the date first promised and the present one, or today where that has passed.")),
)
