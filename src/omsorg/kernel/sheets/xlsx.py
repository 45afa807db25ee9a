"""Spreadsheets (.xlsx): read by calamine, after a look into the package at what calamine does not tell.

A formula without a stored result reads as 0, a cell that shows an error reads as empty, 71.4 % reads as
0.714, and one stray cell at the foot of the sheet fills the memory. All four are found here first.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Callable, Sequence
from posixpath import join, normpath
from xml.parsers import expat

from python_calamine import CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from ..numbers import NumberSaid
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
    try:
        percent_styles = package.percent_styles()
        looks = {
            sheet: package.look(path, percent_styles)
            for sheet, path in package.sheet_paths().items()
            if package.holds(path)
        }
    except _Damaged as problem:
        raise NotASheet(name=name, kind=DAMAGED) from problem
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        visible = [
            meta.name
            for meta in workbook.sheets_metadata
            if meta.visible == SheetVisibleEnum.Visible and meta.typ == SheetTypeEnum.WorkSheet
        ]
        sheets = {sheet: _sheet(workbook.get_sheet_by_name(sheet), looks[sheet]) for sheet in visible}
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as problem:  # a panic of the reader is no Exception
        raise NotASheet(name=name, kind=DAMAGED) from problem
    if not sheets:
        raise EmptySheet(name=name)
    return sheets


class _Damaged(Exception):
    """The package is no well-formed XML, or asks for entities."""


class _Package:
    """The parts of an .xlsx file, unpacked within measure."""

    def __init__(self, content: bytes, name: str, limits: Limits) -> None:
        self._name, self._limits = name, limits
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
                self._must_have_one_reading([info.orig_filename for info in members])
                for info in members:
                    text = archive.read(info)
                    if info.filename.endswith((".xml", ".rels")):
                        self._parts[info.filename] = text
        except _BROKEN as problem:
            raise NotASheet(name=name, kind=DAMAGED) from problem
        self._must_be_a_workbook({info.filename for info in members})

    def _must_have_one_reading(self, names: Sequence[str]) -> None:
        """Refuse names that one reader takes for another part than the next reader does."""
        odd = any(name.startswith("/") or "\\" in name or "\0" in name or ".." in name.split("/") for name in names)
        if odd or len({name.lower() for name in names}) < len(names):
            raise NotASheet(name=self._name, kind=DAMAGED)

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

    def sheet_paths(self) -> dict[str, str]:
        """Where each sheet lies in the package."""
        targets: dict[str, str] = {}
        for _within, element, given in self.elements("xl/_rels/workbook.xml.rels"):
            if element == "Relationship":
                target = given.get("Target", "")
                if given.get("Id", "") in targets:
                    raise _Damaged
                targets[given.get("Id", "")] = (
                    target.lstrip("/") if target.startswith("/") else normpath(join("xl", target))
                )
        paths: dict[str, str] = {}
        for _within, element, given in self.elements("xl/workbook.xml"):
            if element == "sheet":
                if given.get("name", "") in paths:
                    raise _Damaged
                paths[given.get("name", "")] = next(
                    (targets[value] for name, value in given.items() if name.endswith(":id") and value in targets), ""
                )
        return paths

    def percent_styles(self) -> frozenset[str]:
        """The numbers of the cell styles that show a share as a percentage."""
        percent: set[str] = {"9", "10"}
        styles: list[str] = []
        for within, element, given in self.elements("xl/styles.xml"):
            if element == "numFmt" and "%" in _QUOTED.sub("", given.get("formatCode", "")):
                percent.add(given.get("numFmtId", ""))
            elif element == "xf" and within == "cellXfs":
                styles.append(given.get("numFmtId", "0"))
        return frozenset(str(place) for place, code in enumerate(styles) if code in percent)

    def elements(self, path: str) -> list[tuple[str, str, dict[str, str]]]:
        """The elements of a small part in their order: within what, its name, its attributes."""
        found: list[tuple[str, str, dict[str, str]]] = []
        open_ones = [""]

        def start(tag: str, given: dict[str, str]) -> None:
            found.append((open_ones[-1], _local(tag), given))
            open_ones.append(_local(tag))

        if path in self._parts:
            self._walk(path, self._limits.elements_beside, start, lambda tag: open_ones.pop())
        return found

    def look(self, path: str, percent_styles: frozenset[str]) -> _Look:
        look = _Look(self._name, percent_styles, self._limits)
        self._walk(path, self._limits.elements, look.start, None)
        return look

    def _walk(
        self, path: str, most: int, start: Callable[[str, dict[str, str]], None], end: Callable[[str], object] | None
    ) -> None:
        """Go through a part element by element; refused where it declares entities or is made of more than `most`."""
        left = most

        def count(tag: str, given: dict[str, str]) -> None:
            nonlocal left
            left -= 1
            if left < 0:
                raise NotASheet(name=self._name, kind=SWELLING)
            start(tag, given)

        parser = expat.ParserCreate()
        parser.StartElementHandler = count
        parser.EndElementHandler = end
        parser.StartDoctypeDeclHandler = _refuse_entities
        try:
            parser.Parse(self._parts[path], True)
        except (expat.ExpatError, LookupError) as problem:
            raise _Damaged from problem


_QUOTED = re.compile(r'"[^"]*"|\\.')
_PLACE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})", re.ASCII)


def _local(tag: str) -> str:
    return tag.rpartition(":")[2]


def _refuse_entities(*_declared: object) -> None:
    raise _Damaged


class _Look:
    """A walk through the cells of one sheet: counts rows, measures its reach, finds what is not to be trusted."""

    def __init__(self, name: str, percent_styles: frozenset[str], limits: Limits) -> None:
        self.formulas: set[Place] = set()
        self.percents: set[Place] = set()
        self.faults: set[Place] = set()
        self._name, self._percent_styles, self._limits = name, percent_styles, limits
        self._farthest_row = max(limits.rows * _FARTHEST_ROW_FACTOR, 1000)
        self._row, self._column, self._filled, self._last_filled, self._merged = 0, 0, 0, 0, 0
        self._cell: dict[str, str] = {}

    def start(self, tag: str, given: dict[str, str]) -> None:
        element = _local(tag)
        if element == "c":
            self._begin(given)
        elif element in ("v", "is", "f"):
            self._fill(element)
        elif element == "row":
            self._row = int(given["r"]) if given.get("r", "").isdecimal() else self._row + 1
            self._column = 0
        elif element == "mergeCell":
            self._merged += 1
            if self._merged > self._limits.merged:
                raise NotASheet(name=self._name, kind=SWELLING)

    def _begin(self, given: dict[str, str]) -> None:
        self._cell = given
        if "r" not in given:
            self._column += 1
            return
        place = _PLACE.fullmatch(given["r"])
        if place is None:
            raise _Damaged
        self._column, self._row = number_of(place[1]), int(place[2])

    def _fill(self, element: str) -> None:
        place = (self._row, self._column)
        if self._row != self._last_filled:
            self._last_filled = self._row
            self._filled += 1
            if self._filled > self._limits.rows:
                raise TooManyRows(name=self._name, limit=NumberSaid(self._limits.rows))
            if self._row > self._farthest_row:
                raise FarCell(name=self._name, cell=cell_name(*place))
        if self._column > self._limits.columns:
            raise TooManyColumns(name=self._name, limit=NumberSaid(self._limits.columns))
        if element == "f":
            self.formulas.add(place)
        if self._cell.get("t") == "e":
            self.faults.add(place)
        if self._cell.get("s") in self._percent_styles:
            self.percents.add(place)


def _sheet(sheet: CalamineSheet, look: _Look) -> Sheet:
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
