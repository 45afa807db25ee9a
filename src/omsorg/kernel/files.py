"""Files that people hand in: kept outside the web root under a name of chance, and given out only at a door.

The file is whole and on disk before the row that tells of it is written, so there is never a row without its file. A
file whose row was never kept (the transaction was undone) is removed by a job a week later. A model that tells of files
says so: `keeps_files = KeptFiles(name="stored_as", size="size", fingerprint="fingerprint")`.
"""

import hashlib
import os
import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from django.apps import apps
from django.conf import settings
from django.db import models
from django.http import FileResponse

from omsorg.kernel.refusals import Refusal
from omsorg.kernel.refusals import written as _
from omsorg.kernel.wall import as_house

NAME = re.compile(r"[a-z_]+\.[a-z_]+/[0-9a-f]{2}/[0-9a-f]{32}")
UNFINISHED = "unfinished-"
PIECE = 1024 * 1024
LEFT_ALONE = timedelta(days=7)


class FileTooBig(Refusal):
    sentence = _("The file is larger than %(limit)s megabytes.")


class FileGone(Exception):
    """There is no file of this name, though a row tells of it. `check_house` names it too."""


class FileChanged(FileGone):
    """The file is not the one that was kept: its bytes are other ones. It is not handed out."""


@dataclass(frozen=True, slots=True)
class KeptFiles:
    """Which fields of a model hold the name, the size and the SHA-256 of a kept file.

    `withdrawn`: the field that is filled once the file was taken back; then no file is looked for any more.
    """

    name: str
    size: str
    fingerprint: str
    withdrawn: str = ""

    def rows_of(self, model: type[models.Model]) -> models.QuerySet:
        rows = model._default_manager.all()
        return rows.filter(**{f"{self.withdrawn}__isnull": True}) if self.withdrawn else rows


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file as it is kept: its name of chance, its size in bytes, its SHA-256."""

    stored_as: str
    size: int
    fingerprint: str


def keep_file(content: bytes | BinaryIO, *, holder: type[models.Model], limit: int) -> StoredFile:
    """Keep a file of at most `limit` bytes for rows of `holder`. When this returns, the file outlives a power cut.

    Call it before the row is written, and write the row in a transaction: if that is undone, the file is an orphan.
    """
    name = secrets.token_hex(16)
    folder = Path(settings.MEDIA_ROOT, holder._meta.label_lower, name[:2])
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    unfinished = folder / f"{UNFINISHED}{name}"
    source = BytesIO(content) if isinstance(content, bytes) else content
    try:
        size, fingerprint = _write(source, unfinished, limit)
        unfinished.rename(folder / name)
    finally:
        unfinished.unlink(missing_ok=True)
    for made in (folder, folder.parent, folder.parent.parent):
        _settle_folder(made)
    return StoredFile(f"{holder._meta.label_lower}/{name[:2]}/{name}", size, fingerprint)


def _write(source: BinaryIO, place: Path, limit: int) -> tuple[int, str]:
    size, digest = 0, hashlib.sha256()
    with open(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        while piece := source.read(PIECE):
            size += len(piece)
            if size > limit:
                raise FileTooBig(limit=f"{limit / PIECE:g}")
            digest.update(piece)
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())
    return size, digest.hexdigest()


def _settle_folder(folder: Path) -> None:
    """Make the new name itself outlive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _place(stored_as: str) -> Path:
    if not NAME.fullmatch(stored_as):
        raise FileGone(stored_as)
    return Path(settings.MEDIA_ROOT, stored_as)


def forget_file(stored_as: str) -> None:
    """Delete a kept file, once the row that says so is itself kept (`transaction.on_commit`)."""
    _place(stored_as).unlink(missing_ok=True)


def open_file(stored_as: str) -> BinaryIO:
    """The content of a kept file. Whoever calls has asked the door before."""
    try:
        return open(os.open(_place(stored_as), os.O_RDONLY | os.O_NOFOLLOW), "rb")
    except OSError as gone:
        raise FileGone(stored_as) from gone


def _unchanged(stored_as: str, fingerprint: str) -> BinaryIO:
    """The content of a kept file, once all of it was read and found to be what was kept."""
    file, digest = open_file(stored_as), hashlib.sha256()
    while piece := file.read(PIECE):
        digest.update(piece)
    if digest.hexdigest() != fingerprint:
        file.close()
        raise FileChanged(stored_as)
    file.seek(0)
    return file


def file_response(stored_as: str, *, fingerprint: str, filename: str, media_type: str) -> FileResponse:
    """The answer that hands a file out: to be saved, never shown or run in the name of the site. Not a changed one."""
    content = _unchanged(stored_as, fingerprint)
    response = FileResponse(content, as_attachment=True, filename=filename, content_type=media_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response


def _holders() -> list[tuple[type[models.Model], KeptFiles]]:
    return [(model, kept) for model in apps.get_models() if (kept := getattr(model, "keeps_files", None))]


def kept_files() -> Iterator[StoredFile]:
    """Every file that some row tells of. To be called as the house."""
    for model, kept in _holders():
        rows = kept.rows_of(model).values_list(kept.name, kept.size, kept.fingerprint)
        yield from (StoredFile(*row) for row in rows.iterator())


def what_is_wrong_with(stored: StoredFile) -> str:
    """ "is gone" or "was changed", for a file that is not what its row tells; empty where all is well."""
    digest, size = hashlib.sha256(), 0
    try:
        with open_file(stored.stored_as) as file:
            while piece := file.read(PIECE):
                digest.update(piece)
                size += len(piece)
    except FileGone:
        return "is gone"
    return "" if (size, digest.hexdigest()) == (stored.size, stored.fingerprint) else "was changed"


def remove_orphans(*, at: datetime) -> int:
    """Remove files that no row tells of, a week after they were written. Says how many.

    Where a table has no row at all nothing is removed: then it is rather the database that is the wrong one.
    """
    removed = 0
    for model, kept in _holders():
        with as_house():
            known = set(kept.rows_of(model).values_list(kept.name, flat=True))
        if not known:
            continue
        for place in Path(settings.MEDIA_ROOT, model._meta.label_lower).glob("??/*"):
            old = place.stat().st_mtime < (at - LEFT_ALONE).timestamp()
            if old and str(place.relative_to(settings.MEDIA_ROOT)) not in known:
                place.unlink()
                removed += 1
    return removed
