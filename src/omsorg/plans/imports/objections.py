"""What cannot stand in the rows of a file, whatever they name: told at the row and in the column of each."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal

from omsorg.kernel.numbers import DayOutOfReach, DaySaid, PeriodSaid
from omsorg.kernel.periods import Period
from omsorg.kernel.refusals import Refusal
from omsorg.kernel.refusals import written as _
from omsorg.plans.imports.drafting import Frame, action_terms, column_of, indicator_terms
from omsorg.plans.imports.fields import UNDERSTOOD, text_name
from omsorg.plans.imports.reading import Book, Fault, Row
from omsorg.plans.imports.sheets import SHEETS
from omsorg.plans.rules import promises
from omsorg.plans.rules.budgets import sum_kept
from omsorg.plans.rules.limits import PeriodNotOver
from omsorg.plans.rules.measures import Kind
from omsorg.plans.rules.reach import check_reach, reach_of


class TextTwice(Refusal):
    sentence = _(
        "This stands in the column “%(column)s” too, in the same language and in other words: leave one of the two"
        " empty."
    )


class PeriodOfOtherLength(Refusal):
    sentence = _(
        "The periods of this plan are of another length than this one (%(period)s): give one such as %(example)s."
    )


class PeriodStillToCome(Refusal):
    sentence = _("The period (%(period)s) lasts until %(until)s: nobody can tell yet how it went.")


class PeriodOutOfReach(Refusal):
    sentence = _("The period (%(period)s) cannot be right: write one between %(first)s and %(last)s.")


RESTS_ON: Mapping[type[Refusal], tuple[str, ...]] = {
    promises.TitleMissing: ("title",),
    promises.SupersededByNothing: ("activity", "superseded_by"),
    promises.SupersededByItself: ("code", "activity", "superseded_by"),
    promises.StoppedWithoutWhy: ("activity", "activity_reason"),
    promises.DueBeforeStart: ("starts_on", "due_on", "added_on"),
    promises.DoneInFuture: ("done_on",),
}
MEASURE = (
    *("kind", "direction", "time_rule", "roll_up", "threshold", "comparison", "band_low", "band_high", "per"),
    *("accumulates", "lowest", "highest"),
)
"""Which columns of its row an objection rests on; one to a definition, on all that say how it is measured."""

PROMISED: Mapping[str, tuple[str, ...]] = {
    "actions": ("starts_on", "due_on", "done_on"),
    "indicators": ("due_on",),
    "targets": ("due_on",),
    "revisions": ("starts_on", "due_on", "done_on"),
    "ratings": ("new_date", "overrides_until"),
}
"""The columns of a sheet that name days of the plan, which are within its reach."""
SUMS: Mapping[str, str] = {"actions": "budget", "budget": "amount"}
"""The column of a sheet in which money stands."""


def objections_in(book: Book, frame: Frame, *, today: date) -> Iterator[Fault]:
    """What cannot stand in the rows, each told in its column.

    Of a row with a fault only that is told which rests on cells that could be read.
    """
    for sheet, terms_of in (("actions", action_terms), ("indicators", indicator_terms)):
        for row in book.all_of(sheet):
            for objection in promises.objections(row["code"] or "", terms_of(row, frame), today=today):
                is_certain = row.is_read(*RESTS_ON.get(type(objection), MEASURE))
                if is_certain and not isinstance(objection, promises.TitleMissing):
                    yield book.fault(row, column_of(objection, row), objection.said)
    yield from _out_of_reach(book, frame)
    yield from _sums_not_kept(book, frame)
    measured = {row["code"]: Kind(row["kind"] or "qualitative") for row in book.all_of("indicators")}
    for row in book.all_of("targets"):
        kind, is_certain = measured.get(row["indicator"]), row.is_read("denominator")
        if kind is not None and kind.needs_denominator and is_certain and row["denominator"] in (None, Decimal(0)):
            yield book.fault(row, "denominator", promises.TargetNeedsWhole().said)


def _out_of_reach(book: Book, frame: Frame) -> Iterator[Fault]:
    """The days that no plan of this time can mean; where its own are not known, nothing is measured from them."""
    if not frame.knows("adopted_on"):
        return
    for row in book.all_of("plan"):
        told = tuple(name for name in ("runs_from", "runs_until") if row.is_read(name))
        yield from _days_beyond(book, row, told, frame.adopted_on, frame.adopted_on)
    if not frame.knows("runs_until"):
        return
    for sheet, names in PROMISED.items():
        is_end = sheet in ("actions", "indicators") and not frame.is_end_told
        for row in book.all_of(sheet):
            yield from _days_beyond(
                book, row, names, frame.adopted_on, frame.adopted_on if is_end else frame.runs_until
            )


def _days_beyond(book: Book, row: Row, names: tuple[str, ...], adopted_on: date, runs_until: date) -> Iterator[Fault]:
    for name in names:
        try:
            check_reach(row[name], adopted_on=adopted_on, runs_until=runs_until)
        except DayOutOfReach as refusal:
            yield book.fault(row, name, refusal.said)


def _sums_not_kept(book: Book, frame: Frame) -> Iterator[Fault]:
    """Money that is too large, or finer than its currency; where that is not known, nothing is said of it."""
    for sheet, name in SUMS.items():
        for row in book.all_of(sheet):
            is_known = row.is_read("currency") and (row["currency"] or frame.knows("currency"))
            if row[name] is None or not is_known:
                continue
            try:
                sum_kept(row[name], row["currency"] or frame.currency)
            except Refusal as refusal:
                yield book.fault(row, name, refusal.said)


def texts_not_kept(book: Book, frame: Frame) -> Iterator[Fault]:
    """Texts of which only one can be kept: two in one language.

    Where it is not known in which language the file is, nothing is said of what stands in a column without one.
    """
    plain = frame.language if frame.knows("language") else None
    for form in SHEETS:
        names = [field.column.name for field in form.fields if field.texts]
        for row in book.all_of(form.name):
            for name in names:
                yield from _said_twice(book, row, name, plain)


def _said_twice(book: Book, row: Row, name: str, plain: str | None) -> Iterator[Fault]:
    first: dict[str, str] = {}
    for language, column in [(plain, name), *((code, text_name(name, code)) for code in UNDERSTOOD)]:
        said = row[column]
        if said is None or language is None:
            continue
        other = first.setdefault("nb" if language == "no" else language, column)
        if row[other] != said:
            yield book.fault(row, column, TextTwice(column=book.heading_of(row.sheet, other)).said)


def odd_periods(book: Book, frame: Frame, *, today: date) -> Iterator[Fault]:
    """Every period that is not of the length in which the plan is answered, that is not over when it is told of, or
    that the plan cannot speak of."""
    months = frame.frequency_months if frame.knows("frequency_months") else None
    for sheet in ("reports", "ratings", "figures"):
        for row in book.all_of(sheet):
            period = row["period"]
            if period is not None and months is not None and period.months != months:
                example = PeriodSaid(Period.holding(period.start, months))
                yield book.fault(row, "period", PeriodOfOtherLength(period=PeriodSaid(period), example=example).said)
            elif period is not None and (refusal := _not_told_of(sheet, period, frame, today)) is not None:
                yield book.fault(row, "period", refusal.said)
    for row in book.all_of("reports"):
        period, day = row["period"], row["as_at"]
        if period is not None and day is not None and period.until > day:
            last = DaySaid.of(period.until - timedelta(days=1))
            not_over = PeriodNotOver(period=PeriodSaid(period), until=last, day=DaySaid.of(day))
            yield book.fault(row, "as_at", not_over.said)
    of_report = {row["code"]: row["period"] for row in book.all_of("reports")}
    for row in book.all_of("ratings"):
        period = of_report.get(row["report"])
        if row["period"] is None and period is not None and period.until > today:
            yield book.fault(row, "report", _still_to_come(period).said)


def _not_told_of(sheet: str, period: Period, frame: Frame, today: date) -> Refusal | None:
    """Why nothing can be told of a period; None where something can. A report may be named before it is due."""
    if sheet != "reports" and period.until > today:
        return _still_to_come(period)
    if frame.knows("adopted_on", "runs_until"):
        first, last = reach_of(frame.adopted_on, frame.runs_until)
        if not first <= period.start <= last:
            return PeriodOutOfReach(period=PeriodSaid(period), first=first.year, last=last.year)
    return None


def _still_to_come(period: Period) -> Refusal:
    return PeriodStillToCome(period=PeriodSaid(period), until=DaySaid.of(period.until - timedelta(days=1)))
