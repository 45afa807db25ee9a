"""Spreadsheets (.xlsx): read by calamine, after a look into the package at what calamine does not tell.

A formula without a stored result reads as 0, a cell that shows an error reads as empty, 71.4 % reads as
0.714, and one stray cell at the foot of the sheet fills the memory. All four are found here first.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from html import unescape
from posixpath import join, normpath

from python_calamine import CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from ..refusals import Refusal
from ..refusals import written as _
from .table import (
    ARCHIVE,
    BINARY_EXCEL,
    DAMAGED,
    LOCKED,
    OLD_EXCEL,
    OPEN_DOCUMENT,
    SWELLING,
    WORD,
    Cell,
    EmptySheet,
    Limits,
    NotASheet,
    Place,
    Sheet,
    TooManyColumns,
    TooManyRows,
    cell_name,
    number_of,
)


class FarCell(Refusal):
    sentence = _("In “%(name)s” something stands alone far from the table, in %(cell)s. Delete it and try again.")


_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    NotImplementedError,
    RuntimeError,
    EOFError,
    OSError,
    ValueError,
    KeyError,
)
_FARTHEST_ROW_FACTOR = 4


def read_xlsx(content: bytes, name: str, limits: Limits) -> dict[str, Sheet]:
    """The visible sheets of a workbook; refused before anything large is unpacked into memory."""
    package = _Package(content, name, limits)
    paths = package.sheet_paths()
    percent_styles = package.percent_styles()
    looks = {
        sheet: _look(package.part(path), name, percent_styles, limits)
        for sheet, path in paths.items()
        if package.holds(path)
    }
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        visible = [
            meta.name
            for meta in workbook.sheets_metadata
            if meta.visible == SheetVisibleEnum.Visible and meta.typ == SheetTypeEnum.WorkSheet
        ]
        sheets = {sheet: _sheet(workbook.get_sheet_by_name(sheet), looks.get(sheet)) for sheet in visible}
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as problem:  # a panic of the reader is no Exception
        raise NotASheet(name=name, kind=DAMAGED) from problem
    if not sheets:
        raise EmptySheet(name=name)
    return sheets


class _Look:
    """What stands in the text of one sheet beside its values."""

    def __init__(self) -> None:
        self.formulas: set[Place] = set()
        self.percents: set[Place] = set()
        self.faults: set[Place] = set()


class _Package:
    """The parts of an .xlsx file, unpacked within measure."""

    def __init__(self, content: bytes, name: str, limits: Limits) -> None:
        self._name = name
        if content.startswith(b"\xd0\xcf\x11\xe0"):
            locked = "EncryptedPackage".encode("utf-16-le") in content
            raise NotASheet(name=name, kind=LOCKED if locked else OLD_EXCEL)
        self._parts: dict[str, bytes] = {}
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                members = [info for info in archive.infolist() if not info.is_dir()]
                if sum(info.file_size for info in members) > limits.unpacked:
                    raise NotASheet(name=name, kind=SWELLING)
                if any(info.flag_bits & 1 for info in members):
                    raise NotASheet(name=name, kind=LOCKED)
                for info in members:
                    text = archive.read(info)
                    if info.filename.endswith((".xml", ".rels")):
                        self._parts[info.filename.lstrip("/")] = text
        except _BROKEN as problem:
            raise NotASheet(name=name, kind=DAMAGED) from problem
        self._must_be_a_workbook({info.filename for info in members})

    def _must_be_a_workbook(self, names: set[str]) -> None:
        if "xl/workbook.xml" in names:
            return
        kind = ARCHIVE
        if "xl/workbook.bin" in names:
            kind = BINARY_EXCEL
        elif "word/document.xml" in names:
            kind = WORD
        elif "mimetype" in names:
            kind = OPEN_DOCUMENT
        raise NotASheet(name=self._name, kind=kind)

    def holds(self, path: str) -> bool:
        return path in self._parts

    def part(self, path: str) -> bytes:
        text = self._parts.get(path, b"")
        if b"<!DOCTYPE" in text or text.startswith((b"\xff\xfe", b"\xfe\xff")):
            raise NotASheet(name=self._name, kind=DAMAGED)
        return text

    def sheet_paths(self) -> dict[str, str]:
        """Where each sheet lies in the package."""
        targets = {}
        for element in re.findall(rb"<(?:\w+:)?Relationship\b[^>]*>", self.part("xl/_rels/workbook.xml.rels")):
            target = _attribute(element, b"Target")
            place = target.lstrip("/") if target.startswith("/") else normpath(join("xl", target))
            targets[_attribute(element, b"Id")] = place
        return {
            _attribute(element, b"name"): targets.get(_attribute(element, rb"\w+:id"), "")
            for element in re.findall(rb"<(?:\w+:)?sheet\b[^>]*>", self.part("xl/workbook.xml"))
        }

    def percent_styles(self) -> set[str]:
        """The numbers of the cell styles that show a share as a percentage."""
        styles = self.part("xl/styles.xml")
        percent = {"9", "10"}
        for element in re.findall(rb"<(?:\w+:)?numFmt\b[^>]*>", styles):
            if "%" in re.sub(r'"[^"]*"|\\.', "", _attribute(element, b"formatCode")):
                percent.add(_attribute(element, b"numFmtId"))
        block = re.search(rb"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs>", styles, re.DOTALL)
        formats = re.findall(rb"<(?:\w+:)?xf\b[^>]*>", block[0]) if block else []
        return {str(place) for place, xf in enumerate(formats) if _attribute(xf, b"numFmtId") in percent}


def _attribute(element: bytes, name: bytes) -> str:
    found = re.search(rb"\s" + name + rb"\s*=\s*(\"([^\"]*)\"|'([^']*)')", element)
    return unescape((found[2] or found[3] or b"").decode("utf-8", "replace")) if found else ""


_ROW = re.compile(rb"<(?:\w+:)?row\b")
_VALUE = re.compile(rb"<(?:\w+:)?(?:v|is|f)\b")
_CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*?)(/?)>")
_FILLED_CELL = re.compile(rb"<(?:\w+:)?c\b[^>]*?\sr=\"([A-Z]{1,3})(\d{1,7})\"[^>]*[^/]>")


def _look(text: bytes, name: str, percent_styles: set[str], limits: Limits) -> _Look:
    """Count the rows, measure how far the sheet reaches, and find what is not to be trusted."""
    look = _Look()
    pieces = _ROW.split(text)[1:]
    filled = 0
    for piece in pieces:
        filled += _VALUE.search(piece) is not None
        if filled > limits.rows:
            raise TooManyRows(name=name, limit=limits.rows)
    places = {(letters, int(row)) for letters, row in _FILLED_CELL.findall(text)}
    farthest_row = max((row for _letters, row in places), default=0)
    widest = max((number_of(letters.decode()) for letters in {letters for letters, _row in places}), default=0)
    if widest > limits.columns:
        raise TooManyColumns(name=name, limit=limits.columns)
    if farthest_row > max(limits.rows * _FARTHEST_ROW_FACTOR, 1000):
        letters = next(letters for letters, row in places if row == farthest_row)
        raise FarCell(name=name, cell=f"{letters.decode()}{farthest_row}")
    percent = {f's="{style}"'.encode() for style in percent_styles}
    row = 0
    for piece in pieces:
        given = re.match(rb"[^>]*?\sr=\"(\d{1,7})\"", piece)
        row = int(given[1]) if given else row + 1
        if b"<f" in piece or b":f" in piece or b't="e"' in piece or any(style in piece for style in percent):
            _look_at_cells(piece, row, percent, look)
    return look


def _look_at_cells(piece: bytes, row: int, percent: set[bytes], look: _Look) -> None:
    cells = list(_CELL.finditer(piece))
    column = 0
    for cell, following in zip(cells, [*cells[1:], None], strict=True):
        attributes = cell[1]
        given = re.search(rb"\sr=\"([A-Z]{1,3})\d", attributes)
        column = number_of(given[1].decode()) if given else column + 1
        inside = b"" if cell[2] else piece[cell.end() : following.start() if following else None]
        place = (row, column)
        if re.search(rb"<(?:\w+:)?f\b", inside):
            look.formulas.add(place)
        if b't="e"' in attributes:
            look.faults.add(place)
        if inside and percent and not percent.isdisjoint(attributes.split()):
            look.percents.add(place)


def _sheet(sheet: CalamineSheet, look: _Look | None) -> Sheet:
    look = look or _Look()
    rows: list[list[Cell]] = [
        [None if cell == "" else cell for cell in row] for row in sheet.to_python(skip_empty_area=False)
    ]
    merged = tuple(
        f"{cell_name(top + 1, left + 1)}:{cell_name(bottom + 1, right + 1)}"
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or []
    )
    return Sheet(
        name=sheet.name,
        rows=rows,
        formulas=frozenset(look.formulas),
        percents=frozenset(look.percents),
        faults=frozenset(look.faults),
        merged=merged,
    )
