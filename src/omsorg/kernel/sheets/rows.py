"""From a sheet to rows that can be taken in, with every fault named by row and column. Nothing is guessed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from typing import Any

from ..numbers import PercentSign
from ..refusals import Refusal, Sentence
from ..refusals import written as _
from .columns import Column, Habits
from .table import Cell, EmptySheet, Place, Sheet, cell_name, is_blank, letter, number_of


class HeadingsNotFound(Refusal):
    sentence = _("No row of headings was found in “%(name)s”. Expected: %(columns)s.")


PASTED = Sentence(_("what was pasted"))


class ColumnsMissing(Refusal):
    sentence = _("These columns are missing in “%(name)s”: %(columns)s.")


class ColumnTwice(Refusal):
    sentence = _("The column “%(column)s” stands twice in “%(name)s”: in %(one)s and in %(other)s.")


class MergedCells(Refusal):
    sentence = _("In “%(name)s” cells are merged: %(ranges)s. Separate them and try again.")


class CellEmpty(Refusal):
    sentence = _("This cell must be filled in.")


class FormulaCell(Refusal):
    sentence = _(
        "This cell is computed by a formula, and its result cannot be relied on. "
        "Copy the column and paste it as values."
    )


class CellShowsError(Refusal):
    sentence = _("The spreadsheet shows an error in this cell.")


class RowTwice(Refusal):
    sentence = _("Row %(first)s and row %(row)s are about the same: %(key)s.")


class ValueWithoutHeading(Refusal):
    sentence = _("A value stands here in a column without a heading.")


@dataclass(frozen=True, slots=True)
class RowError:
    """One fault: the row and column as the spreadsheet shows them, the sentence, and the cell as published."""

    row: int
    column: str
    heading: str
    kind: str
    sentence: Sentence
    value: str = ""

    @property
    def cell(self) -> str:
        return f"{self.column}{self.row}"


@dataclass(frozen=True, slots=True)
class ReadRow:
    """One row: its number, its values by column name, and each cell as it was published.

    `unread` are the columns whose cells have a fault or lie under merged cells: what stands there is not known.
    `repeats` is the row above that is about the same, or 0.
    """

    number: int
    values: dict[str, Any]
    published: dict[str, str]
    unread: frozenset[str] = frozenset()
    repeats: int = 0


@dataclass
class TableRead:
    """What became of a sheet. `unknown` headings were not read; `more_errors` counts faults beyond those kept.

    `places` says in which column (from 1) each column of the form stands, by its name, `headings` how the file calls
    it. `faulty` are the rows with a fault, with what could be read of them: what else is wrong there can be told at
    once.
    """

    rows: list[ReadRow] = field(default_factory=list)
    faulty: list[ReadRow] = field(default_factory=list)
    errors: list[RowError] = field(default_factory=list)
    unknown: tuple[str, ...] = ()
    more_errors: int = 0
    places: dict[str, int] = field(default_factory=dict)
    headings: dict[str, str] = field(default_factory=dict)


MOST_ERRORS = 500
MOST_MERGED = 50
_HEADINGS_WITHIN = 20
_RANGE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7}):\$?([A-Z]{1,3})\$?([0-9]{1,7})")


def read_rows(
    sheet: Sheet,
    columns: Sequence[Column],
    *,
    habits: Habits = Habits(),  # noqa: B008 - frozen
    key: Sequence[str] = (),
) -> TableRead:
    """Read `sheet` by its headings, wherever above the rows they stand and in whatever language.

    The whole sheet is refused for missing headings or a heading that stands twice. A fault in a row makes an error for
    each faulty cell, and the row is left out. A row with nothing in the columns asked for is passed over. Merged cells
    are an error where they begin; nothing is said of the empty cells under them. Two rows that agree in the columns of
    `key` are one too many, whatever else is wrong with them: the later is an error naming both.

    A formula is refused even where the file keeps its result: the result may be of another day, and many
    programs write nought in its place.
    """
    merged = _Merged(sheet)
    try:
        heading_row, places, read = _headings(sheet, columns)
    except Refusal:
        if merged.ranges:
            raise merged.refusal() from None
        raise
    headings = {place: as_published(_at(sheet.rows[heading_row - 1], place)) for place in places.values()}
    read.headings = {column.name: headings[place] for column, place in places.items()}
    untrusted = sheet.formulas | sheet.faults
    read.errors += merged.errors(headings)
    seen: dict[tuple[Any, ...], int] = {}
    for number, row in sheet.filled():
        if number <= heading_row:
            continue
        covered = merged.covered(number)
        if not covered and all(is_blank(_at(row, p)) and (number, p) not in untrusted for p in places.values()):
            continue
        reading = _Row(sheet, number, row, habits, headings, covered)
        values = {column.name: reading.take(column, place) for column, place in places.items()}
        values |= {column.name: None for column in columns if column not in places}
        reading.look_beyond(sheet.rows[heading_row - 1], set(places.values()))
        unread, repeats = reading.unread(places), 0
        if key and unread.isdisjoint(key):
            agreed = tuple(values[name] for name in key)
            first = seen.setdefault(agreed, number)
            if first != number:
                repeats = first
                place = next(places[column] for column in columns if column.name in key and column in places)
                shown = ", ".join(str(value) for value in agreed if value is not None)
                reading.fault(place, RowTwice(first=first, row=number, key=shown))
        published = {column.name: as_published(_at(row, place)) for column, place in places.items()}
        if reading.errors or merged.touch(number):
            room = max(MOST_ERRORS - len(read.errors), 0)
            read.errors += reading.errors[:room]
            read.more_errors += len(reading.errors[room:])
            if room:
                read.faulty.append(ReadRow(number, values, published, unread, repeats))
        else:
            read.rows.append(ReadRow(number, values, published))
    read.errors.sort(key=lambda error: (error.row, number_of(error.column)))
    return read


class _Row:
    """One row while it is read."""

    def __init__(
        self, sheet: Sheet, number: int, row: list[Cell], habits: Habits, headings: dict[int, str], covered: set[int]
    ) -> None:
        self.sheet, self.number, self.row, self.habits = sheet, number, row, habits
        self.headings, self.covered = headings, covered
        self.errors: list[RowError] = []

    def take(self, column: Column, place: int) -> Any:
        """The value in the column, or None after noting what is wrong with it."""
        cell = _at(self.row, place)
        where: Place = (self.number, place)
        try:
            if where in self.sheet.formulas:
                raise FormulaCell
            if where in self.sheet.faults:
                raise CellShowsError
            if is_blank(cell):
                if column.required and place not in self.covered:
                    raise CellEmpty
                return None
            if where in self.sheet.percents and isinstance(cell, int | float):
                raise PercentSign(text=f"{cell * 100:.10g} %")
            return column.reader(cell, self.habits)
        except Refusal as refusal:
            self.fault(place, refusal)
            return None

    def fault(self, place: int, refusal: Refusal) -> None:
        self.errors.append(
            RowError(
                row=self.number,
                column=letter(place),
                heading=self.headings.get(place, ""),
                kind=type(refusal).__name__,
                sentence=refusal.said,
                value=as_published(_at(self.row, place)),
            )
        )

    def unread(self, places: dict[Column, int]) -> frozenset[str]:
        """The columns of which it is not known what the file says."""
        wrong = {number_of(error.column) for error in self.errors} | self.covered
        return frozenset(column.name for column, place in places.items() if place in wrong)

    def look_beyond(self, headings: list[Cell], read: set[int]) -> None:
        """A value under no heading belongs to nothing: it is a fault, never dropped in silence."""
        for place, cell in enumerate(self.row, start=1):
            if place not in read and not is_blank(cell) and is_blank(_at(headings, place)):
                self.fault(place, ValueWithoutHeading())


class _Merged:
    """The merged cells of a sheet: where each range begins, and what lies under it."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.ranges: list[tuple[int, int, int, frozenset[int], str]] = []
        if len(sheet.merged) > MOST_MERGED:
            raise self.refusal()
        widest = max(map(len, sheet.rows), default=0)
        for text in sheet.merged:
            found = _RANGE.fullmatch(text)
            if found is None:
                raise self.refusal()
            left, top, right, bottom = found.groups()
            columns = frozenset(range(number_of(left), min(number_of(right), widest) + 1))
            self.ranges.append((int(top), int(bottom), number_of(left), columns, text))

    def refusal(self) -> MergedCells:
        """The whole sheet refused, with the first of the places."""
        return MergedCells(name=self.sheet.name, ranges=", ".join(self.sheet.merged[:5]))

    def touch(self, row: int) -> bool:
        return any(top <= row <= bottom for top, bottom, *_rest in self.ranges)

    def covered(self, row: int) -> set[int]:
        """The columns of a row that belong to merged cells, but for those in which these begin."""
        found: set[int] = set()
        for top, bottom, left, columns, _text in self.ranges:
            if top <= row <= bottom:
                found |= columns - {left} if row == top else columns
        return found

    def errors(self, headings: dict[int, str]) -> list[RowError]:
        """An error for each range, where it begins."""
        return [
            RowError(
                row=top,
                column=letter(left),
                heading=headings.get(left, ""),
                kind=MergedCells.__name__,
                sentence=MergedCells(name=self.sheet.name, ranges=text).said,
                value=as_published(_at(self.sheet.rows[top - 1], left)) if 1 <= top <= len(self.sheet.rows) else "",
            )
            for top, _bottom, left, _columns, text in self.ranges
        ]


def as_published(cell: Cell) -> str:
    """The cell as text, kept beside what was read from it."""
    if cell is None:
        return ""
    if isinstance(cell, float):
        return f"{cell:.15g}"
    if isinstance(cell, datetime):
        return cell.isoformat(" ")
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def _at(row: list[Cell], place: int) -> Cell:
    return row[place - 1] if place <= len(row) else None


def _headings(sheet: Sheet, columns: Sequence[Column]) -> tuple[int, dict[Column, int], TableRead]:
    """The row of headings, where each column stands, and a reading that names the unknown headings."""
    heading_row, found = _heading_row(sheet, columns)
    places: dict[Column, int] = {}
    unknown = []
    for place, text in found:
        column = _column_of(text, columns)
        if column is None:
            unknown.append(text)
            continue
        if column in places:
            one, other = cell_name(heading_row, places[column]), cell_name(heading_row, place)
            raise ColumnTwice(name=sheet.name or PASTED, column=text, one=one, other=other)
        places[column] = place
    if missing := [str(column.label) for column in columns if column.required and column not in places]:
        raise ColumnsMissing(name=sheet.name or PASTED, columns=", ".join(missing))
    by_name = {column.name: place for column, place in places.items()}
    return heading_row, places, TableRead(unknown=tuple(unknown), places=by_name)


def _heading_row(sheet: Sheet, columns: Sequence[Column]) -> tuple[int, list[tuple[int, str]]]:
    """The first row with two known headings, and what stands in it by place."""
    rows = list(islice(sheet.filled(), _HEADINGS_WITHIN))
    if not rows:
        raise EmptySheet(name=sheet.name or PASTED)
    for number, row in rows:
        found = [(place, str(cell)) for place, cell in enumerate(row, start=1) if not is_blank(cell)]
        known = {column for _place, text in found if (column := _column_of(text, columns)) is not None}
        if len(known) >= min(2, len(columns)):
            return number, found
    expected = ", ".join(str(column.label) for column in columns if column.required)
    raise HeadingsNotFound(name=sheet.name or PASTED, columns=expected)


def _column_of(heading: str, columns: Sequence[Column]) -> Column | None:
    return next((column for column in columns if column.goes_by(heading)), None)
