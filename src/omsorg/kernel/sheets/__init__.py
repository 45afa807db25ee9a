"""Sheets: tables from outside read without guessing, and tables for others written.

    table = read_table(content, "figures.xlsx")          a file: .xlsx or .csv
    table = read_pasted(text)                            cells pasted from a spreadsheet
    read = read_rows(table.only(), COLUMNS, key=("indicator", "organisation"))
    read.rows, read.errors, read.unknown

Whole files are refused by name (`NotASheet`, `FileTooLarge`, `TooManyRows`, ...), faulty cells are listed
with row and column. `write_xlsx` and `write_csv` make templates and downloads.
"""

from __future__ import annotations

from . import columns
from .columns import Column, Habits, Option, Reader
from .delimited import EncodingUnreadable, QuotesBroken, read_delimited, read_pasted
from .rows import (
    ColumnsMissing,
    ColumnTwice,
    HeadingsNotFound,
    MergedCells,
    ReadRow,
    RowError,
    TableRead,
    read_rows,
)
from .table import (
    EmptySheet,
    FileTooLarge,
    Limits,
    NotASheet,
    Sheet,
    SheetNotThere,
    Sheets,
    TooManyColumns,
    TooManyRows,
)
from .writing import NewSheet, Value, write_csv, write_csv_in, write_xlsx
from .xlsx import FarCell, read_xlsx

__all__ = [
    "Column",
    "ColumnTwice",
    "ColumnsMissing",
    "EmptySheet",
    "EncodingUnreadable",
    "FarCell",
    "FileTooLarge",
    "Habits",
    "HeadingsNotFound",
    "Limits",
    "MergedCells",
    "NewSheet",
    "NotASheet",
    "Option",
    "QuotesBroken",
    "ReadRow",
    "Reader",
    "RowError",
    "Sheet",
    "SheetNotThere",
    "Sheets",
    "TableRead",
    "TooManyColumns",
    "TooManyRows",
    "Value",
    "columns",
    "read_pasted",
    "read_rows",
    "read_table",
    "write_csv",
    "write_csv_in",
    "write_xlsx",
]


def read_table(content: bytes, name: str, *, limits: Limits | None = None) -> Sheets:
    """The sheets of a file, told by what is in it and not by how it is called.

    Refused by name: what is no table, too large, too long, locked, damaged, empty, or in letters that
    cannot be read with certainty. Nothing is half read.
    """
    limits = limits or Limits()
    if len(content) > limits.size:
        size = f"{len(content) / 1_000_000:.1f}"
        raise FileTooLarge(name=name, size=size, limit=f"{limits.size / 1_000_000:g}")
    if not content.strip():
        raise EmptySheet(name=name)
    if content.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
        return Sheets(name, read_xlsx(content, name, limits))
    return read_delimited(content, name, limits)
