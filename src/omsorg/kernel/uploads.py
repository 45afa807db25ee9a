"""Evidence that people send: looked at before it is kept, kept where nobody can run it.

A file is what its content says, and its name must say the same. Nothing is stripped from it and nothing in
it is ever executed: `files` keeps it under a random name without an ending, outside everything that is served, and
hands it out only through an access door as a download of its declared type.
"""

from __future__ import annotations

import hashlib
import io
import re
import unicodedata
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

from .refusals import Refusal
from .refusals import written as _


class EmptyFile(Refusal):
    sentence = _("“%(name)s” is empty.")


class TooLarge(Refusal):
    sentence = _("“%(name)s” is larger than %(limit)s MB.")


class TypeNotAllowed(Refusal):
    sentence = _("“%(name)s” cannot be taken as evidence. Allowed are: %(allowed)s.")


class TypeDiffers(Refusal):
    sentence = _("“%(name)s” is not what its name says: what is in it is no %(ending)s file.")


class HoldsMacros(Refusal):
    sentence = _("“%(name)s” holds macros. Save it without them and try again.")


class NameSuspicious(Refusal):
    sentence = _("The name “%(name)s” cannot be used. Give the file a plain name and try again.")


@dataclass(frozen=True, slots=True)
class CheckedUpload:
    """A file that was looked at: under what name it is handed out, what it is, how large, and its fingerprint."""

    name: str
    content_type: str
    size: int
    sha256: str


_HEAD = 65_536
_CHUNK = 1_048_576
_LONGEST_NAME = 120
_PROGRAMS = {"exe", "com", "bat", "cmd", "scr", "msi", "pif", "lnk", "dll", "reg", "app", "jar", "docm", "xlsm"}
_SCRIPTS = {"js", "jse", "vbs", "wsf", "ps1", "hta", "htm", "html", "xhtml", "svg", "php", "phtml", "py", "sh"}
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)
_TEXT_CONTROLS = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]")
_PAGE = re.compile(rb"\s*(<!doctype|<html|<svg|<script|<\?xml|<\?php|#!)", re.IGNORECASE)


def _begins(*marks: bytes) -> Callable[[bytes, BinaryIO], bool]:
    return lambda head, file: head.startswith(marks)


def _is_webp(head: bytes, file: BinaryIO) -> bool:
    return head[:4] == b"RIFF" and head[8:12] == b"WEBP"


def _holds(part: str) -> Callable[[bytes, BinaryIO], bool]:
    def look(head: bytes, file: BinaryIO) -> bool:
        names = _packed_names(head, file)
        return part in names and "[Content_Types].xml" in names

    return look


def _is_open_document(kind: str) -> Callable[[bytes, BinaryIO], bool]:
    # The first part of the package is its own type, stored as it is; after it the next part begins.
    mark = f"mimetypeapplication/vnd.oasis.opendocument.{kind}PK".encode()

    def look(head: bytes, file: BinaryIO) -> bool:
        is_one = head[:4] == b"PK\x03\x04" and head[30:].startswith(mark)
        return is_one and "content.xml" in _packed_names(head, file)

    return look


def _is_macro(part: str) -> bool:
    """Whether a part of a packed document is a program; the lists of an empty library are none."""
    if part.startswith("Basic/"):
        return part.endswith(".xml") and not part.endswith(("/script-lb.xml", "/script-lc.xml"))
    return part.lower().endswith("vbaproject.bin") or (part.startswith("Scripts/") and not part.endswith("/"))


def _is_text(head: bytes, file: BinaryIO) -> bool:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return not _PAGE.match(head.decode("utf-16", "replace").encode("ascii", "replace"))
    return not _TEXT_CONTROLS.search(head) and not _PAGE.match(head.removeprefix(b"\xef\xbb\xbf"))


def _packed_names(head: bytes, file: BinaryIO) -> frozenset[str]:
    if not head.startswith(b"PK\x03\x04"):
        return frozenset()
    try:
        with zipfile.ZipFile(file) as archive:
            return frozenset(archive.namelist())
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError, EOFError):
        return frozenset()


_OFFICE = "application/vnd.openxmlformats-officedocument"
_KINDS: dict[str, tuple[str, Callable[[bytes, BinaryIO], bool]]] = {
    "pdf": ("application/pdf", _begins(b"%PDF-")),
    "png": ("image/png", _begins(b"\x89PNG\r\n\x1a\n")),
    "jpg": ("image/jpeg", _begins(b"\xff\xd8\xff")),
    "jpeg": ("image/jpeg", _begins(b"\xff\xd8\xff")),
    "webp": ("image/webp", _is_webp),
    "xlsx": (f"{_OFFICE}.spreadsheetml.sheet", _holds("xl/workbook.xml")),
    "docx": (f"{_OFFICE}.wordprocessingml.document", _holds("word/document.xml")),
    "odt": ("application/vnd.oasis.opendocument.text", _is_open_document("text")),
    "ods": ("application/vnd.oasis.opendocument.spreadsheet", _is_open_document("spreadsheet")),
    "csv": ("text/csv", _is_text),
    "txt": ("text/plain", _is_text),
}
ALLOWED = tuple(_KINDS)


def check_upload(name: str, content: bytes | BinaryIO, *, limit: int = 20_000_000) -> CheckedUpload:
    """Look at a file that somebody sends, at most `limit` bytes long; refused by name, changed in nothing.

    `content` is read to its end and set back to its beginning. The same bytes have the same `sha256`.
    """
    _must_be_plain(name)
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    if ending not in _KINDS:
        raise TypeNotAllowed(name=name, allowed=", ".join(ALLOWED))
    file = io.BytesIO(content) if isinstance(content, bytes) else content
    file.seek(0)
    size, fingerprint, head = 0, hashlib.sha256(), b""
    while chunk := file.read(_CHUNK):
        size += len(chunk)
        if size > limit:
            raise TooLarge(name=name, limit=f"{limit / 1_000_000:g}")
        fingerprint.update(chunk)
        head = head or chunk[:_HEAD]
    if not size:
        raise EmptyFile(name=name)
    content_type, is_one = _KINDS[ending]
    if not is_one(head, file):
        raise TypeDiffers(name=name, ending=ending)
    if any(_is_macro(part) for part in _packed_names(head, file)):
        raise HoldsMacros(name=name)
    file.seek(0)
    return CheckedUpload(download_name(name), content_type, size, fingerprint.hexdigest())


def _must_be_plain(name: str) -> None:
    """No paths, no invisible or turned-round letters, no ending of a program hidden before the last one."""
    hidden = any(unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp") for character in name)
    inner = {part.strip().lower() for part in name.split(".")[1:-1]}
    if (
        hidden
        or not name.strip(" .")
        or name.startswith(".")
        or re.search(r"[/\\]", name)
        or inner & (_PROGRAMS | _SCRIPTS)
    ):
        shown = "".join(character if character.isprintable() else "�" for character in name)
        raise NameSuspicious(name=shown[:_LONGEST_NAME])


def download_name(name: str) -> str:
    """A name that every system can keep: letters of any script, figures, space and - _ . ( )."""
    stem, _dot, ending = unicodedata.normalize("NFC", name).rpartition(".")
    stem = re.sub(r"[^\w .()-]+", "_", stem).strip(" .") or "_"
    stem = f"_{stem}" if _RESERVED.match(stem) else stem
    return f"{stem[:_LONGEST_NAME]}.{ending.lower()}"
