"""An import of one sheet: its columns with help and an example, what its rows mean, and how they are written."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Generic, TypeVar

from django.db import DatabaseError, transaction
from django.utils.functional import Promise

from omsorg.kernel.imports.grounds import fingerprint_of
from omsorg.kernel.imports.kinds import Handed, ImportFault, TakeIn, Template, Told, import_limits
from omsorg.kernel.refusals import Refusal, Sentence
from omsorg.kernel.sheets import (
    Column,
    NewSheet,
    ReadRow,
    Sheet,
    TableRead,
    read_pasted,
    read_rows,
    read_table,
    write_csv,
    write_xlsx,
)
from omsorg.kernel.sheets.table import letter, number_of

Row = TypeVar("Row")
Value = str | int | Decimal | date | None


@dataclass(frozen=True, slots=True)
class AskedColumn:
    """A column of the form, with a help text for people, one example, and the values to choose from where there are."""

    column: Column
    help: str | Promise
    example: Value = None
    choices: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class SheetRead:
    """The rows of the sheet that could be read, where their columns stand, and how the file calls them.

    `faulty` are the others: nothing is written of them, but what else is wrong there is told at once (`look`).
    """

    sheet: str
    rows: Sequence[ReadRow]
    faulty: Sequence[ReadRow]
    places: Mapping[str, int]
    headings: Mapping[str, str]
    columns: Sequence[Column]

    def fault(self, row: ReadRow, column: str, sentence: Sentence) -> ImportFault:
        """A fault that the system finds in one cell of a row: an organisation that is not there, a closed period."""
        place = self.places.get(column)
        label = next(str(each.label) for each in self.columns if each.name == column)
        heading = self.headings.get(column, label)
        value = row.published.get(column, "")
        return ImportFault(sentence, self.sheet, row.number, letter(place) if place else "", heading, value)

    def look(self, objections: Callable[[ReadRow], Iterable[tuple[str, Sentence]]]) -> list[ImportFault]:
        """What `objections` (column, sentence) finds in the rows with a fault, in cells that could be read."""
        return [
            self.fault(row, column, sentence)
            for row in self.faulty
            for column, sentence in objections(row)
            if column not in row.unread
        ]


@dataclass(slots=True)
class Planned(Generic[Row]):
    """What a system makes of the rows: what would be written, what is wrong, what is strange."""

    rows: list[Row] = field(default_factory=list)
    faults: list[ImportFault] = field(default_factory=list)
    warnings: list[ImportFault] = field(default_factory=list)


Plan = Callable[[SheetRead, Mapping[str, Any], int, datetime], Planned[Row]]
Write = Callable[[Sequence[Row], Mapping[str, Any], int, datetime], Told]


def one_sheet(
    *,
    name: str,
    columns: Sequence[AskedColumn],
    plan: Plan[Row],
    write: Write[Row],
    key: Sequence[str] = (),
) -> tuple[TakeIn, Template]:
    """The two halves of an `ImportKind` for one sheet.

    `plan(read, context, person, at)` holds the rows against what is there and changes nothing; `write` writes and tells
    what it did. Each planned row carries what stands in its place: the draft rests on that, and where it is another at
    confirmation, the person is asked again. Where something is wrong already `write` is called on the sound rows for
    its faults alone: whatever has a fault is rolled back whole. Two rows that agree in the columns of `key` are one too
    many.
    """
    asked = [entry.column for entry in columns]

    def take_in(handed: Handed, context: Mapping[str, Any], person: int, at: datetime) -> Told:
        limits = import_limits()
        if handed.is_pasted:
            table = read_pasted(handed.text, limits=limits)
        else:
            table = read_table(handed.content, handed.name, limits=limits)
        sheet = table.only()
        read = read_rows(sheet, asked, habits=handed.habits, key=key)
        sheet_read = SheetRead(sheet.name, read.rows, read.faulty, read.places, read.headings, asked)
        planned = plan(sheet_read, context, person, at)
        faults = [*_faults_of(sheet, read), *planned.faults]
        rows = len(read.rows) + len({error.row for error in read.errors})
        if faults:
            faults += _further_faults(write, planned.rows, context, person, at)
            faults.sort(key=lambda fault: (fault.row, number_of(fault.column)))
            return Told(faults=faults, more_faults=read.more_errors, warnings=planned.warnings, rows=rows)
        rests_on = fingerprint_of(planned.rows)
        told = write(planned.rows, context, person, at)
        return Told(
            faults=sorted(told.faults, key=lambda fault: (fault.row, number_of(fault.column))),
            warnings=[*planned.warnings, *told.warnings],
            counts=told.counts,
            lines=told.lines,
            more_lines=told.more_lines,
            rows=rows,
            landing=told.landing,
            rests_on=rests_on,
        )

    def template(ending: str, context: Mapping[str, Any]) -> bytes:
        headings = [str(entry.column.label) for entry in columns]
        example = [entry.example for entry in columns]
        if ending == "csv":
            return write_csv(headings, [example])
        return write_xlsx(
            [
                NewSheet(
                    name,
                    headings,
                    rows=[example],
                    choices={place: entry.choices for place, entry in enumerate(columns) if entry.choices},
                    notes={place: str(entry.help) for place, entry in enumerate(columns)},
                )
            ]
        )

    return take_in, template


def _further_faults(
    write: Write[Row], rows: Sequence[Row], context: Mapping[str, Any], person: int, at: datetime
) -> list[ImportFault]:
    """What writing the sound rows would have found wrong: so that one look at the file tells of every fault."""
    try:
        with transaction.atomic():
            return list(write(rows, context, person, at).faults) if rows else []
    except Refusal as refusal:  # it is about the whole file
        return [ImportFault(refusal.said)]
    except DatabaseError:  # it will be told once the faults before it are mended
        return []


def _faults_of(sheet: Sheet, read: TableRead) -> list[ImportFault]:
    return [
        ImportFault(error.sentence, sheet.name, error.row, error.column, error.heading, error.value)
        for error in read.errors
    ]
