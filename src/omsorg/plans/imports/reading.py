"""From files to rows: a workbook, CSV files named after their sheets, or an archive of them; faults in sentences.

Nothing is guessed and nothing else of the house is asked: the same files give the same rows.
"""

import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from omsorg.kernel.refusals import InLanguages, Refusal, Sentence
from omsorg.kernel.refusals import written as _
from omsorg.kernel.sheets import Habits, Limits, NotASheet, Sheet, read_rows, read_table
from omsorg.kernel.sheets.columns import same
from omsorg.kernel.sheets.table import ARCHIVE, DAMAGED, LOCKED, SWELLING, letter, number_of
from omsorg.plans.imports.fields import UNDERSTOOD, SheetForm, text_name
from omsorg.plans.imports.sheets import BY_NAME, SHEETS
from omsorg.plans.rules.promises import Texts

HELP_SHEETS = frozenset({"help", "hjælp", "hjelp", "hjälp"})
MOST_FILES = 40


class SheetNotKnown(Refusal):
    sentence = _("“%(name)s” is none of the sheets of a plan. A file is named after its sheet: %(sheets)s.")


class SheetTwice(Refusal):
    sentence = _("The sheet “%(name)s” is there twice.")


class TooManyFiles(Refusal):
    sentence = _("There are more than %(limit)s files in “%(name)s”.")


class NothingToRead(Refusal):
    sentence = _("There is no row in the file under any sheet of a plan.")


@dataclass(frozen=True, slots=True)
class Row:
    """One row: where it stands, and its values by the names of the columns (None where empty).

    `unread` are the columns in which a fault was found: what they say is not known, and None too.
    """

    sheet: str
    number: int
    values: Mapping[str, Any]
    unread: frozenset[str] = frozenset()

    def __getitem__(self, name: str) -> Any:
        return self.values.get(name)

    def is_read(self, *names: str) -> bool:
        """Whether it is known what the row says, or does not say, in these columns; a text in every language."""
        return not any(each == name or each.startswith(f"{name}_") for name in names for each in self.unread)

    def texts(self, name: str, language: str) -> Texts:
        """A text in every language that the row gives it in; what has no language is in `language`."""
        found = {}
        for code in UNDERSTOOD:
            if said := self.values.get(text_name(name, code)):
                found["nb" if code == "no" else code] = said
        if plain := self.values.get(name):
            found.setdefault(language, plain)
        return found


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, said in a sentence. `row` 0 is the whole sheet, `sheet` empty the whole file."""

    sentence: Sentence
    sheet: str = ""
    row: int = 0
    column: str = ""
    heading: str = ""
    value: str = ""

    @property
    def cell(self) -> str:
        return f"{self.column}{self.row}" if self.column and self.row else ""


@dataclass(slots=True)
class Book:
    """What was read. `claimed` are the codes of every row of a sheet, also of rows that have a fault elsewhere.

    `called` is how the file calls its sheets, `headings` how it calls their columns: faults are told in its words.
    `faulty` are rows with a fault: in their other cells there may be more that is wrong. Of the sheets in `unreadable`
    no row could be read.
    """

    rows: dict[str, list[Row]] = field(default_factory=dict)
    faulty: dict[str, list[Row]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    more_faults: int = 0
    unknown_headings: dict[str, tuple[str, ...]] = field(default_factory=dict)
    unread_sheets: list[str] = field(default_factory=list)
    places: dict[str, dict[str, int]] = field(default_factory=dict)
    headings: dict[str, dict[str, str]] = field(default_factory=dict)
    called: dict[str, str] = field(default_factory=dict)
    claimed: dict[str, frozenset[str]] = field(default_factory=dict)
    unreadable: set[str] = field(default_factory=set)

    def __getitem__(self, sheet: str) -> list[Row]:
        return self.rows.get(sheet, [])

    def all_of(self, sheet: str) -> list[Row]:
        """Sound rows and those with a fault, in which what could not be read is None."""
        return [*self[sheet], *self.faulty.get(sheet, [])]

    def fault(self, row: Row, column: str, sentence: Sentence) -> Fault:
        """A fault in one cell of a row that could be read."""
        place = self.places.get(row.sheet, {}).get(column)
        value = row.values.get(column)
        heading = self.heading_of(row.sheet, column)
        shown = ", ".join(value) if isinstance(value, tuple) else "" if value is None else str(value)
        return Fault(sentence, row.sheet, row.number, letter(place) if place else "", heading, shown)

    def heading_of(self, sheet: str, column: str) -> str:
        """A column as the file calls it; one that is not there in the language of the reader."""
        label = next((str(each.label) for each in BY_NAME[sheet].columns if each.name == column), column)
        return self.headings.get(sheet, {}).get(column, label)

    def name_of(self, sheet: str) -> str:
        """A sheet as the file calls it; one that is not there in the language of the reader."""
        form = BY_NAME.get(sheet)
        return self.called.get(sheet) or (str(InLanguages(form.labels)) if form else sheet)

    def in_order(self, fault: Fault) -> tuple[int, int, int]:
        """Faults of the whole file first, then sheet by sheet and row by row as they stand in it."""
        order = list(self.called).index(fault.sheet) if fault.sheet in self.called else -1
        return order, fault.row, number_of(fault.column)


def read_book(
    files: Sequence[tuple[str, bytes]],
    *,
    habits: Habits | None = None,
    limits: Limits | None = None,
) -> Book:
    """Every row of every sheet in `files` (name, content), with all that is wrong. Never raises for what is in them."""
    limits = limits or Limits()
    book = Book()
    for name, content in files:
        try:
            for form, called, sheet in _sheets_of(name, content, limits, book):
                _take(book, form, called, sheet, habits or Habits())
        except Refusal as refusal:
            book.faults.append(Fault(refusal.said, value=name))
    if any(not fault.sheet for fault in book.faults):
        book.unreadable |= BY_NAME.keys() - book.rows.keys()  # any of them may stand in what could not be read
    if not book.faults and not any(book.rows.values()):
        book.faults.append(Fault(NothingToRead().said))
    return book


def form_called(name: str) -> SheetForm | None:
    """The form of the sheet of this name, in any language."""
    return next((form for form in SHEETS if same(name) in {same(each) for each in form.names}), None)


def _sheets_of(name: str, content: bytes, limits: Limits, book: Book) -> Iterator[tuple[SheetForm, str, Sheet]]:
    if _is_archive(content):
        for inner, text in _unpacked(name, content, limits):
            yield from _sheets_of(inner, text, limits, book)
        return
    try:
        table = read_table(content, name, limits=limits)
    except Refusal as refusal:
        book.faults.append(Fault(refusal.said, value=name))
        return
    if table.separator is not None:
        stem = PurePosixPath(name.replace("\\", "/")).stem
        form = form_called(stem)
        if form is None:
            known = ", ".join(str(InLanguages(each.labels)) for each in SHEETS)
            book.faults.append(Fault(SheetNotKnown(name=name, sheets=known).said, value=name))
            return
        (sheet,) = table.sheets.values()
        yield form, stem, sheet
        return
    for sheet_name, sheet in table.sheets.items():
        form = form_called(sheet_name)
        if form is not None:
            yield form, sheet_name, sheet
        elif same(sheet_name) not in HELP_SHEETS:
            book.unread_sheets.append(sheet_name)


def _take(book: Book, form: SheetForm, called: str, sheet: Sheet, habits: Habits) -> None:
    if form.name in book.rows:
        book.faults.append(Fault(SheetTwice(name=called).said, form.name, value=called))
        book.unreadable.add(form.name)
        return
    book.rows[form.name] = []
    book.called[form.name] = called
    if len(list(sheet.filled())) < 1:
        return
    try:
        read = read_rows(sheet, form.columns, habits=habits, key=form.key)
    except Refusal as refusal:
        book.faults.append(Fault(refusal.said, form.name))
        book.unreadable.add(form.name)
        return
    book.rows[form.name] = [Row(form.name, row.number, row.values) for row in read.rows]
    book.faulty[form.name] = [Row(form.name, row.number, row.values, row.unread) for row in read.faulty]
    book.faults += [
        Fault(error.sentence, form.name, error.row, error.column, error.heading, error.value) for error in read.errors
    ]
    book.more_faults += read.more_errors
    book.places[form.name] = read.places
    book.headings[form.name] = read.headings
    if read.unknown:
        book.unknown_headings[form.name] = read.unknown
    code = next((column for column in form.columns if column.name == "code"), None)
    if code is not None and code.name in read.places:
        book.claimed[form.name] = frozenset(
            str(cells[place - 1]).strip()
            for place in [read.places[code.name]]
            for _number, cells in sheet.filled()
            if len(cells) >= place and cells[place - 1] is not None and not code.goes_by(str(cells[place - 1]))
        )


def _is_archive(content: bytes) -> bool:
    """Whether this is a plain archive of files, and not a spreadsheet (which is an archive inside)."""
    if not content.startswith(b"PK"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = [info.filename for info in archive.infolist()]
    except zipfile.BadZipFile:
        return False
    return not any(name.startswith(("xl/", "word/")) or name == "mimetype" for name in names)


def _unpacked(name: str, content: bytes, limits: Limits) -> list[tuple[str, bytes]]:
    """The tables in an archive, unpacked within measure; folders and hidden files are passed over."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            inside = [info for info in archive.infolist() if not info.is_dir() and not _is_hidden(info.filename)]
            if len(inside) > MOST_FILES:
                raise TooManyFiles(name=name, limit=MOST_FILES)
            if sum(info.file_size for info in inside) > limits.unpacked:
                raise NotASheet(name=name, kind=SWELLING)
            if any(info.flag_bits & 1 for info in inside):
                raise NotASheet(name=name, kind=LOCKED)
            if any(info.filename.lower().endswith(".zip") for info in inside):
                raise NotASheet(name=name, kind=ARCHIVE)
            return [(info.filename, archive.read(info)) for info in inside]
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError, ValueError) as problem:
        raise NotASheet(name=name, kind=DAMAGED) from problem


def _is_hidden(path: str) -> bool:
    return any(part.startswith((".", "__MACOSX")) for part in PurePosixPath(path).parts)
