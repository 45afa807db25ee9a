"""The indicators of a report: the stated rating, the verified one beside it, and the reports before."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as __

from omsorg.kernel.pictures import HistoryCell, history_strip
from omsorg.plans.pages.overview.actions import activity_note
from omsorg.plans.pages.overview.periods import period_mark, period_text
from omsorg.plans.pages.words import (
    ACTIVITIES,
    CAUSES,
    MARKS,
    MISSING,
    RATINGS,
    Coverage,
    coverage_of,
    day,
    language_now,
    plain,
    short_day,
    told,
    value_told,
)
from omsorg.plans.rules.by_person import is_by_person
from omsorg.plans.rules.measures import Activity, Rating
from omsorg.plans.rules.rollup import Missing
from omsorg.plans.rules.sentences import gaps_in_sum, why_so
from omsorg.plans.rules.snapshot import IndicatorPart, ReportDocument


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """One indicator in a list: the stated rating, the verified one beside it, its history, its value and target."""

    code: str
    title: str
    plain_title: str
    adopted: bool
    activity: Activity
    activity_note: str
    because: str
    stated: Rating
    by_person: bool
    verified: Rating | None
    verified_by: str
    disagree: bool
    changed_on: str
    value: str
    target: str
    target_due: str
    coverage: Coverage
    gaps: str
    history: SafeString
    cause: str
    new_date: str
    actions: tuple[str, ...]

    @property
    def standing(self) -> str:
        """The rating of an active indicator, the activity of one that is not."""
        return self.stated if self.activity is Activity.ACTIVE else self.activity


def indicator_rows(document: ReportDocument) -> tuple[IndicatorRow, ...]:
    """Every indicator of the report, in the order of the plan."""
    return tuple(indicator_row(part, document) for part in document.indicators)


def indicator_row(part: IndicatorPart, document: ReportDocument) -> IndicatorRow:
    coverage = coverage_of(part.coverage.reported, part.coverage.expected) if part.coverage else Coverage()
    return IndicatorRow(
        code=part.code,
        title=told(part.title),
        plain_title=plain(part.title),
        adopted=part.adopted,
        activity=part.activity,
        activity_note=activity_note(part.activity_reason, part.superseded_by),
        because=_because(part),
        stated=part.stated,
        by_person=is_by_person(part),
        verified=part.verified.rating if part.verified else None,
        verified_by=part.verified.by if part.verified else "",
        disagree=part.verified is not None and part.verified.rating is not part.stated,
        changed_on=day(part.changed_on),
        value=_value(part),
        target=value_told(part.kind, part.present_target, unit=part.unit, per=part.per, with_base=False),
        target_due=short_day(part.target_due),
        coverage=coverage,
        gaps=gaps_in_sum(part, language_now()),
        history=history(part, document),
        cause=str(CAUSES[part.cause]) if part.cause else "",
        new_date=day(part.new_date) if part.new_date and part.new_date >= document.as_at else "",
        actions=part.actions,
    )


def _because(part: IndicatorPart) -> str:
    """Why it is not rated; that its definition was changed stands beside its title."""
    is_told = part.stated is not Rating.NOT_RATED or part.standing.awaits_rating_after_change
    return "" if is_told else why_so(part, language_now())


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


def chosen_indicators(rows: Iterable[IndicatorRow], *, words: str, rating: str) -> list[IndicatorRow]:
    """The indicators that fit the reader's choice, in the order of the plan."""
    wanted = words.casefold().split()
    return [
        row
        for row in rows
        if (not rating or rating == row.standing or (rating == "disagree" and row.disagree))
        and all(word in f"{row.code} {row.plain_title}".casefold() for word in wanted)
    ]


def _value(part: IndicatorPart) -> str:
    if part.missing is Missing.HIDDEN:
        return str(MISSING[part.missing])
    return value_told(part.kind, part.value, unit=part.unit, per=part.per)
