"""Tables for others to fill in or to read: .xlsx with headings and lists to choose from, and .csv.

What a person has written is never computed by the program that opens the file: a text that begins like a
formula stays a text.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from omsorg.kernel.numbers.writing_systems import writing_system

Value = str | int | Decimal | date | None

_MOST_CHARACTERS = 32_767
_MOST_DIGITS = 15
_LONGEST_LIST = 250
_COMPUTED = re.compile(r"'*[=+\-@\t\r]")
_NOT_IN_SHEETS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
# The file names no moment of its making, so that the same table gives the same file.
_MADE = datetime(2000, 1, 1)  # noqa: DTZ001 - the writer wants a naive instant


@dataclass(frozen=True)
class NewSheet:
    """A sheet to be written. `choices` gives, by column number from 0, the values to choose from below the heading.

    A line of `notes` per heading explains it when the cell is pointed at.
    """

    name: str
    headings: Sequence[str]
    rows: Iterable[Sequence[Value]] = ()
    choices: Mapping[int, Sequence[str]] = field(default_factory=dict)
    notes: Mapping[int, str] = field(default_factory=dict)
    rows_to_fill: int = 1000


def write_xlsx(sheets: Sequence[NewSheet]) -> bytes:
    """A workbook: bold headings that stay in sight, widths that fit, lists to choose from."""
    file = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as book:
        book.set_properties({"created": _MADE})
        heading = book.add_format(
            {
                "bold": True,
                "bg_color": "#e7eff0",
                "bottom": 1,
                "bottom_color": "#1b5363",
                "valign": "top",
            }
        )
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        pages = [book.add_worksheet(sheet.name) for sheet in sheets]
        long_lists = _Lists()
        for sheet, page in zip(sheets, pages, strict=True):
            _fill(page, sheet, heading, day)
            _offer_choices(page, sheet, long_lists)
        if long_lists.columns:
            hidden = book.add_worksheet(long_lists.name)
            hidden.hide()
            for column, values in enumerate(long_lists.columns):
                for row, value in enumerate(values):
                    _write_text(hidden, row, column, value)
    return file.getvalue()


def write_csv(
    headings: Sequence[str],
    rows: Iterable[Sequence[Value]],
    *,
    separator: str = ";",
    decimal_comma: bool = False,
    mark: bool = True,
    for_people: bool = True,
) -> bytes:
    """A text file in UTF-8, with a byte order mark so that spreadsheets know it.

    A text that a spreadsheet would compute gets an apostrophe before it; `read_table` takes it off again. Where
    a machine reads the file (`for_people=False`) nothing is put before anything.
    """
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=separator, lineterminator="\r\n")
    writer.writerow([_csv_cell(heading, decimal_comma, for_people) for heading in headings])
    for row in rows:
        writer.writerow([_csv_cell(value, decimal_comma, for_people) for value in row])
    return file.getvalue().encode("utf-8-sig" if mark else "utf-8")


def write_csv_in(language: str, headings: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """The same as spreadsheets open it where the language is spoken: with semicolons where decimals have a comma."""
    comma = writing_system(language).decimal == ","
    return write_csv(headings, rows, separator=";" if comma else ",", decimal_comma=comma)


def _csv_cell(value: Value, decimal_comma: bool, for_people: bool) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        text = _NOT_IN_SHEETS.sub("", value)
        return f"'{text}" if for_people and _COMPUTED.match(text) else text
    if isinstance(value, date):
        return _day(value).isoformat()
    return _csv_number(_exact(value), decimal_comma)


def _csv_number(number: Decimal, decimal_comma: bool) -> str:
    """Without noughts at the end; but 1.125 as 1.1250, since a point before three figures may set thousands apart."""
    whole, _point, fraction = format(number, "f").partition(".")
    fraction = fraction.rstrip("0")
    if len(fraction) == 3:
        fraction += "0"
    return f"{whole}{',' if decimal_comma else '.'}{fraction}" if fraction else whole


class _Lists:
    """Lists too long to stand in a rule: kept on a hidden sheet."""

    name = "_"

    def __init__(self) -> None:
        self.columns: list[Sequence[str]] = []

    def add(self, values: Sequence[str]) -> str:
        self.columns.append(values)
        column = xlsxwriter.utility.xl_col_to_name(len(self.columns) - 1, True)
        return f"='{self.name}'!{column}$1:{column}${len(values)}"


def _fill(page: Worksheet, sheet: NewSheet, heading: Format, day: Format) -> None:
    page.freeze_panes(1, 0)
    widths = [len(text) for text in sheet.headings]
    for column, text in enumerate(sheet.headings):
        _write_text(page, 0, column, text, heading)
        if note := sheet.notes.get(column):
            page.write_comment(0, column, note, {"x_scale": 2})
    for number, row in enumerate(sheet.rows, start=1):
        for column, value in enumerate(row):
            if value is None:
                continue
            if isinstance(value, str):
                _write_text(page, number, column, value)
            elif isinstance(value, date):
                page.write_datetime(number, column, datetime.combine(_day(value), time()), day)
            else:
                _write_number(page, number, column, _exact(value))
            if column < len(widths):
                widths[column] = max(widths[column], min(len(str(value)), 60))
    for column, width in enumerate(widths):
        page.set_column(column, column, min(max(width + 2, 9), 48))


def _write_text(page: Worksheet, row: int, column: int, text: str, style: Format | None = None) -> None:
    text = _NOT_IN_SHEETS.sub("", text)
    if len(text) > _MOST_CHARACTERS:
        raise ValueError(f"a cell holds {_MOST_CHARACTERS} characters, not {len(text)}")
    page.write_string(row, column, text, style)


def _write_number(page: Worksheet, row: int, column: int, number: Decimal) -> None:
    """A number, or its figures as text where a spreadsheet would lose some of them."""
    if len(number.normalize().as_tuple().digits) > _MOST_DIGITS:
        page.write_string(row, column, format(number, "f"))
    else:
        page.write_number(row, column, float(number))


def _offer_choices(page: Worksheet, sheet: NewSheet, long_lists: _Lists) -> None:
    for column, values in sheet.choices.items():
        inline = len(",".join(values)) <= _LONGEST_LIST and not any("," in value for value in values)
        source = list(values) if inline else long_lists.add(values)
        page.data_validation(1, column, sheet.rows_to_fill, column, {"validate": "list", "source": source})


def _exact(value: int | Decimal) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise TypeError(f"a cell holds text, an exact number or a day, not {type(value).__name__}")
    return Decimal(value)


def _day(value: date) -> date:
    if isinstance(value, datetime):
        raise TypeError("a cell holds a day, not an instant")
    return value
