"""What a file from outside is once it is read: sheets of rows, each cell as it was published."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from ..refusals import Refusal, Sentence
from ..refusals import written as _

Cell = str | int | float | bool | date | datetime | time | timedelta | None
Place = tuple[int, int]


class NotASheet(Refusal):
    sentence = _("“%(name)s” cannot be read as a table: it is %(kind)s. Save it as .xlsx or .csv and try again.")


class FileTooLarge(Refusal):
    sentence = _("“%(name)s” is too large: %(size)s MB, and at most %(limit)s MB can be taken in.")


class TooManyRows(Refusal):
    sentence = _("“%(name)s” has more than %(limit)s rows. Divide it into several files.")


class TooManyColumns(Refusal):
    sentence = _("“%(name)s” has more than %(limit)s columns.")


class EmptySheet(Refusal):
    sentence = _("There is nothing in “%(name)s”.")


class SheetNotThere(Refusal):
    sentence = _("There is no sheet “%(name)s” in the file. It has: %(sheets)s.")


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is taken in. `unpacked` guards against files that swell when they are opened.

    `elements`: of how many a sheet may be made, whatever it says; `elements_beside`: a part that holds no cells, such
    as the styles. `merged`: the most ranges of merged cells.
    """

    size: int = 10_000_000
    unpacked: int = 120_000_000
    elements: int = 3_000_000
    elements_beside: int = 300_000
    merged: int = 10_000
    rows: int = 20_000
    columns: int = 200


@dataclass(frozen=True)
class Sheet:
    """One sheet: its rows from the first, so that row 1 of the spreadsheet is `rows[0]`.

    A cell is text, a number, a day and so on, or None when there is nothing in it. What a reader must not
    trust is named by its place (row, column; both from 1): cells computed by `formulas`, cells shown as
    `percents`, cells that show an error (`faults`), and ranges of `merged` cells ("A3:B4").
    """

    name: str
    rows: list[list[Cell]]
    formulas: frozenset[Place] = frozenset()
    percents: frozenset[Place] = frozenset()
    faults: frozenset[Place] = frozenset()
    merged: tuple[str, ...] = ()

    def filled(self) -> Iterator[tuple[int, list[Cell]]]:
        """The rows that hold anything, with the number that the spreadsheet shows beside them."""
        marked = {row for row, _column in self.formulas | self.faults}
        for number, row in enumerate(self.rows, start=1):
            if number in marked or any(not is_blank(cell) for cell in row):
                yield number, row


@dataclass(frozen=True)
class Sheets:
    """A file as read: its sheets by name, and what was found out about how it is written.

    `encoding` and `separator` are those of a text file, None for a spreadsheet: say them to the person who
    sent it, since they were found and not given.
    """

    name: str
    sheets: dict[str, Sheet] = field(default_factory=dict)
    encoding: str | None = None
    separator: str | None = None

    def only(self) -> Sheet:
        """The first sheet that holds anything."""
        for sheet in self.sheets.values():
            if next(sheet.filled(), None) is not None:
                return sheet
        raise EmptySheet(name=self.name)

    def named(self, *names: str) -> Sheet:
        """The sheet under one of its `names` (one per language), whatever the case."""
        by_name = {name.strip().casefold(): sheet for name, sheet in self.sheets.items()}
        for name in names:
            if (sheet := by_name.get(name.strip().casefold())) is not None:
                return sheet
        raise SheetNotThere(name=names[0], sheets=", ".join(self.sheets) or "–")


def is_blank(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def letter(column: int) -> str:
    """The letters of a column as the spreadsheet shows them: 1 is A, 27 is AA."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def number_of(letters: str) -> int:
    """The column under its letters: A is 1, AA is 27."""
    number = 0
    for character in letters:
        number = number * 26 + ord(character) - 64
    return number


def cell_name(row: int, column: int) -> str:
    return f"{letter(column)}{row}"


PDF = Sentence(_("a PDF document"))
PICTURE = Sentence(_("a picture"))
WORD = Sentence(_("a text document"))
OPEN_DOCUMENT = Sentence(_("an OpenDocument file"))
OLD_EXCEL = Sentence(_("a spreadsheet in an old format"))
BINARY_EXCEL = Sentence(_("a spreadsheet in a binary format"))
LOCKED = Sentence(_("locked with a password"))
ARCHIVE = Sentence(_("a packed archive"))
DAMAGED = Sentence(_("damaged or cut short"))
WEB_PAGE = Sentence(_("a web page"))
SWELLING = Sentence(_("packed so tightly that it would swell beyond measure"))
UNKNOWN = Sentence(_("not text and not a spreadsheet"))
