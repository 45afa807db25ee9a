"""A workbook made to hurt the house is refused in a sentence, or read for what it is, within measure."""

import io
import tracemalloc
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
import xlsxwriter

from omsorg.kernel.sheets import NewSheet, write_xlsx
from omsorg.kernel.tests.made_files import packed_again
from omsorg.plans.imports.reading import Book, read_book

HEAD = ["code", "title", "adopted on", "runs until"]
PLAN = ["p9", "The plan", "2022-01-01", "2025-01-01"]
SOUND = write_xlsx(
    [NewSheet("plan", HEAD, [PLAN]), NewSheet("actions", ["code", "title", "due on"], [["B1", "One", ""]])]
)
SHEET = "xl/worksheets/sheet1.xml"
MOST_MEGABYTES = 200


def again(part: str, old: bytes, new: bytes) -> bytes:
    return packed_again(SOUND, part, old, new)


def drawn(fill: Callable[[Any, Any], None], *more: str) -> bytes:
    """A workbook whose sheet `plan` is filled in by hand."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        page = book.add_worksheet("plan")
        page.write_row(0, 0, HEAD)
        page.write_row(1, 0, PLAN)
        fill(page, book)
        for name in more:
            book.add_worksheet(name).write_row(0, 0, ["code", "title"])
    return file.getvalue()


def without(part: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(SOUND)) as before, zipfile.ZipFile(file, "w") as after:
        for name in before.namelist():
            if name != part:
                after.writestr(name, before.read(name))
    return file.getvalue()


def error_in(page: Any, _book: Any) -> None:
    page.write_formula(1, 2, "=1/0", None, "#DIV/0!")


def merged(page: Any, _book: Any) -> None:
    page.merge_range("A3:D4", "p10")


def dated(page: Any, book: Any) -> None:
    page.write_number(1, 2, 44562, book.add_format({"num_format": "yyyy-mm-dd"}))
    page.write_string(1, 3, "1 January 2025")


def a_bomb() -> bytes:
    rows = b'<row r="2">' + b"<c/>" * 30_000_000 + b"</row>"
    return again(SHEET, b"</sheetData>", rows + b"</sheetData>")


ENTITY = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]><worksheet '
LAUGHS = (
    b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "'
    + b"&a;" * 1000
    + b'"><!ENTITY c "'
    + b"&b;" * 1000
    + b'">]><worksheet '
)
HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "a bomb": (a_bomb, "swell"),
    "an entity from outside": (lambda: again(SHEET, b"<worksheet ", ENTITY), "damaged"),
    "entities of entities": (lambda: again(SHEET, b"<worksheet ", LAUGHS), "damaged"),
    "shared texts that are missing": (lambda: without("xl/sharedStrings.xml"), "damaged"),
    "a shared text beyond the last": (lambda: again(SHEET, b"<v>0</v>", b"<v>9999</v>"), "damaged"),
    "a formula with an error": (lambda: drawn(error_in), "computed by a formula"),
    "merged cells": (lambda: drawn(merged), "merged"),
    "the same sheet in capitals": (lambda: again("xl/workbook.xml", b'name="actions"', b'name="Plan"'), "twice"),
}
HARMLESS: dict[str, Callable[[], bytes]] = {
    "more than a million rows declared": lambda: again(
        SHEET, b'<dimension ref="A1', b'<dimension ref="A1:XFD1048576" x="'
    ),
    "dates as numbers and as text": lambda: drawn(dated),
    "a sheet of another name": lambda: drawn(lambda page, book: None, "Noter"),
}


def read(content: bytes) -> Book:
    """The book, read without ever holding more than so much."""
    tracemalloc.start()
    try:
        book = read_book([("plan.xlsx", content)])
        assert tracemalloc.get_traced_memory()[1] < MOST_MEGABYTES * 1_000_000
    finally:
        tracemalloc.stop()
    return book


@pytest.mark.parametrize("name", HOSTILE)
def test_what_would_hurt_is_told_in_a_sentence(name: str) -> None:
    made, said = HOSTILE[name]
    book = read(made())
    assert book.faults
    assert any(said in str(fault.sentence) for fault in book.faults), [str(fault.sentence) for fault in book.faults]


@pytest.mark.parametrize("name", HARMLESS)
def test_what_only_looks_odd_is_read(name: str) -> None:
    book = read(HARMLESS[name]())
    assert [str(fault.sentence) for fault in book.faults] == []
    (row,) = book["plan"]
    assert (row["code"], row["adopted_on"].isoformat(), row["runs_until"].isoformat()) == ("p9", PLAN[2], PLAN[3])
