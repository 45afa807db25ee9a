"""Text with separators: files (.csv) and what is pasted from a spreadsheet.

Encoding and separator are found out and told, never assumed in silence. A file that is
neither clearly one encoding nor another is refused, since a name read wrongly is worse than none.
"""

from __future__ import annotations

import codecs
import csv
import io
import re

from ..numbers import NumberSaid
from ..refusals import Refusal
from ..refusals import written as _
from .table import (
    OLD_EXCEL,
    PDF,
    PICTURE,
    UNKNOWN,
    WEB_PAGE,
    Cell,
    EmptySheet,
    Limits,
    NotASheet,
    Sheet,
    Sheets,
    TooManyColumns,
    TooManyRows,
    is_blank,
)


class EncodingUnreadable(Refusal):
    sentence = _(
        "The letters in “%(name)s” cannot be read with certainty (first in row %(row)s). "
        "Save the file as “CSV UTF-8” and try again."
    )


class QuotesBroken(Refusal):
    sentence = _("In “%(name)s” a quotation mark is opened and not closed, or stands inside a cell, in row %(row)s.")


SEPARATORS = (";", "\t", ",")
_MIXED = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}")
_NOT_TEXT = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f]")
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_SAMPLE = 25


def read_delimited(content: bytes, name: str, limits: Limits) -> Sheets:
    """A text file with separators; an empty one is refused."""
    _must_be_text(content, name)
    text, encoding = _decoded(content, name)
    return _table(text, name, encoding, limits)


def read_pasted(text: str, *, name: str = "", limits: Limits | None = None) -> Sheets:
    """Cells pasted from a spreadsheet (tabs) or typed with ; or , between them."""
    if _NOT_TEXT.search(text):
        raise NotASheet(name=name, kind=UNKNOWN)
    return _table(text, name, None, limits or Limits())


def _table(text: str, name: str, encoding: str | None, limits: Limits) -> Sheets:
    first, newline, rest = text.partition("\n")
    declared = re.fullmatch(r'"?sep=(.)"?\r?', first)
    if declared and newline:
        separator, body = declared[1], rest
    else:
        separator, body = find_separator(text), text
    rows: list[list[Cell]] = [[]] if declared and newline else []
    filled = 0
    reader = csv.reader(io.StringIO(body, newline=""), delimiter=separator, strict=True)
    try:
        for row in reader:
            cells: list[Cell] = [_plain(cell) for cell in row]
            while cells and cells[-1] is None:
                cells.pop()
            if len(cells) > limits.columns:
                raise TooManyColumns(name=name, limit=NumberSaid(limits.columns))
            filled += any(not is_blank(cell) for cell in cells)
            if filled > limits.rows or len(rows) > limits.rows * 4:
                raise TooManyRows(name=name, limit=NumberSaid(limits.rows))
            rows.append(cells)
    except csv.Error as problem:
        raise QuotesBroken(name=name, row=len(rows) + 1) from problem
    if not filled:
        raise EmptySheet(name=name)
    return Sheets(name, {name: Sheet(name, rows)}, encoding, separator)


def _plain(cell: str) -> str | None:
    """The cell without the apostrophe that keeps a spreadsheet from computing it (see `write_csv`)."""
    if re.match(r"'+[=+\-@\t\r]", cell):
        return cell[1:]
    return cell or None


def find_separator(text: str) -> str:
    """The separator under which the rows agree best with their heading; a table of one column has any."""
    sample = "\n".join(text.splitlines()[:_SAMPLE])
    best, separator = (0.0, 1), ";"
    for candidate in SEPARATORS:
        widths = [len(row) for row in csv.reader(io.StringIO(sample, newline=""), delimiter=candidate) if any(row)]
        if not widths or widths[0] < 2:
            continue
        agreement = sum(width == widths[0] for width in widths) / len(widths)
        if (agreement, widths[0]) > best:
            best, separator = (agreement, widths[0]), candidate
    return separator


def _must_be_text(content: bytes, name: str) -> None:
    head = content[:512].lstrip().lower()
    if content.startswith(b"%PDF"):
        raise NotASheet(name=name, kind=PDF)
    if content.startswith((b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF")):
        raise NotASheet(name=name, kind=PICTURE)
    if head.startswith((b"<!doctype html", b"<html", b"<table")):
        raise NotASheet(name=name, kind=WEB_PAGE)
    if head.startswith(b"<?xml"):
        raise NotASheet(name=name, kind=OLD_EXCEL)


def _decoded(content: bytes, name: str) -> tuple[str, str]:
    """The text and its encoding."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _checked(_by(content, "utf-16", name), name), "UTF-16"
    if content.startswith(codecs.BOM_UTF8):
        return _checked(_by(content, "utf-8-sig", name), name), "UTF-8"
    if (guess := _silent_utf16(content)) is not None:
        return _checked(_by(content, guess, name), name), "UTF-16"
    try:
        return _checked(content.decode("utf-8"), name), "UTF-8"
    except UnicodeDecodeError as problem:
        if _MIXED.search(content):
            raise EncodingUnreadable(name=name, row=_row(content, problem.start)) from problem
    if _CONTROL.search(content):
        raise NotASheet(name=name, kind=UNKNOWN)
    return _checked(_by(content, "cp1252", name), name), "Windows-1252"


def _silent_utf16(content: bytes) -> str | None:
    """UTF-16 without its mark: every other byte of the beginning is nought."""
    head = content[:200]
    if len(head) >= 4 and len(content) % 2 == 0:
        if not any(head[0::2]) and all(head[1::2]):
            return "utf-16-be"
        if not any(head[1::2]) and all(head[0::2]):
            return "utf-16-le"
    return None


def _by(content: bytes, encoding: str, name: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as problem:
        raise EncodingUnreadable(name=name, row=_row(content, problem.start)) from problem


def _checked(text: str, name: str) -> str:
    if _NOT_TEXT.search(text):
        raise NotASheet(name=name, kind=UNKNOWN)
    return text


def _row(content: bytes, place: int) -> int:
    return content.count(b"\n", 0, place) + 1
