"""What stands in for the row of a plan that is new where that row, or a part of it, could not be read.

So the other sheets can be tried all the same. What is not known of the plan is taken so wide that nothing is told that
may be untrue, and what hangs on it is not looked at: a sentence says so.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta

from omsorg.kernel.periods import Period
from omsorg.kernel.refusals import Sentence
from omsorg.kernel.refusals import written as _
from omsorg.kernel.sheets.table import letter
from omsorg.plans.imports.reading import Book, Fault, Row
from omsorg.plans.imports.sheets import BY_NAME

NO_SHEET = _("What rests on the sheet “%(sheet)s” was not looked at, because none could be read.")
NO_COLUMNS = _(
    "What rests on these columns of the sheet “%(sheet)s” was not looked at, because they could not be read:"
    " %(columns)s."
)

EARLY = date(2000, 1, 1)
LATEST = date(9990, 1, 1)
COLUMNS = frozenset(column.name for column in BY_NAME["plan"].columns)
RESTED_ON = (
    *("code", "owner", "adopted_on", "runs_from", "runs_until", "frequency_months", "reporting_kind", "currency"),
    "language",
)
"""Columns of the sheet `plan` on which rows of other sheets rest, where the plan is new."""
RESTED_ON_LATER = ("language", "reason")
"""The same, where the plan is there."""


def is_plan_read(book: Book) -> bool:
    """Whether there is a row of which it is known that it is the plan's."""
    return "plan" not in book.unreadable and bool(book.all_of("plan"))


def unread_of_plan(book: Book, faults: Iterable[Fault]) -> frozenset[str]:
    """The columns of the sheet `plan` of which it is not known what they say of the plan."""
    if not is_plan_read(book):
        return COLUMNS
    rows = book.all_of("plan")
    unread = {name for row in rows for name in row.unread}
    unread |= {name for name in COLUMNS if len({str(row[name]) for row in rows}) > 1}
    return frozenset(unread | {name for fault in faults if fault.sheet == "plan" for name in _named_by(book, fault)})


def not_looked_at(book: Book, faults: Iterable[Fault], *, is_there: bool) -> Sentence | None:
    """What was not looked at for want of the sheet `plan`, in one sentence; None where that was nothing."""
    sheet = book.name_of("plan")
    if not is_plan_read(book):
        is_missed = not is_there or "plan" in book.unreadable
        return Sentence(NO_SHEET, {"sheet": sheet}) if is_missed else None
    unread = unread_of_plan(book, faults)
    missed = [name for name in (RESTED_ON_LATER if is_there else RESTED_ON) if name in unread]
    if not missed:
        return None
    columns = ", ".join(book.heading_of("plan", name) for name in missed)
    return Sentence(NO_COLUMNS, {"sheet": sheet, "columns": columns})


def stand_in(book: Book, faults: Iterable[Fault]) -> Row:
    """The row of the plan with what could be read of it; it says of itself which columns were not (`unread`)."""
    unread = unread_of_plan(book, faults)
    if not unread.isdisjoint({"adopted_on", "runs_from"}):
        unread |= {"runs_until"}
    read = book.all_of("plan")[0] if is_plan_read(book) else Row("plan", 0, {})
    values = {name: value for name, value in read.values.items() if name not in unread}
    before = min([EARLY, *_days(book)]) - timedelta(days=1)
    if values.get("code") is None:
        values["code"] = "?"
    if not any(name.startswith("title") and value for name, value in values.items()):
        values["title"] = "?"
    if values.get("adopted_on") is None:
        values["adopted_on"] = before
    if "runs_from" in unread or "adopted_on" in unread:
        values["runs_from"] = values.get("runs_from") or before
    if "runs_until" in unread:
        values["runs_until"] = open_end(book)
    if "currency" in unread:
        values["currency"] = "EUR"
    if "frequency_months" in unread:
        lengths = Counter(row["period"].months for row in _of_periods(book))
        values["frequency_months"] = lengths.most_common(1)[0][0] if lengths else 6
    return replace(read, values=values, unread=unread)


def open_end(book: Book) -> date:
    """An end of the plan that is later than all that the file tells of."""
    return min(max([EARLY, *_days(book)]), LATEST) + timedelta(days=400)


def judged_without(rows: Mapping[str, list[Row]], plan: Row) -> dict[str, list[Row]]:
    """The rows that can be judged by what is known of the plan: without its currency, say, no money without one."""
    left = dict(rows)
    if not plan.is_read("currency"):
        if any(row["currency"] is None for row in left.get("budget", ())):
            left["budget"] = []
        left["actions"] = [
            row if row["currency"] else replace(row, values={**row.values, "budget": None})
            for row in left.get("actions", ())
        ]
    if not plan.is_read("frequency_months"):
        for sheet in ("reports", "ratings", "figures"):
            left[sheet] = [
                row
                for row in left.get(sheet, ())
                if not row["period"] or row["period"].months == plan["frequency_months"]
            ]
    if not plan.is_read("owner", "reporting_kind"):
        left["figures"] = []
    return left


def _named_by(book: Book, fault: Fault) -> Iterator[str]:
    """The column in which a fault is told, by its name."""
    for name in COLUMNS:
        place = book.places.get("plan", {}).get(name)
        if fault.column:
            if place and letter(place) == fault.column:
                yield name
        elif fault.row and fault.heading == book.heading_of("plan", name):
            yield name


def _of_periods(book: Book) -> Iterator[Row]:
    return (row for sheet in ("reports", "ratings", "figures") for row in book.all_of(sheet) if row["period"])


def _days(book: Book) -> Iterator[date]:
    """Every day that any row names, the first of a period among them."""
    for sheet in book.rows:
        for row in book.all_of(sheet):
            for value in row.values.values():
                if isinstance(value, date):
                    yield value
                elif isinstance(value, Period):
                    yield value.start
                    yield value.until
