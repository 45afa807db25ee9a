"""One style sheet for every page, joined from the sheets of static/css: no build step, one request."""

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

from omsorg.site.environment import ROOT

JOINED = "css/omsorg.css"
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SPACE = re.compile(r"\s+")
_AROUND = re.compile(r"\s*([{};,])\s*")


def sheets(folder: Path) -> list[Path]:
    """The sheets in the order they are joined: tokens, base, the components by name, print."""
    components = sorted((folder / "components").glob("*.css"))
    return [folder / "tokens.css", folder / "base.css", *components, folder / "print.css"]


def join(folder: Path) -> str:
    """All sheets as one, without comments and idle white space. Nothing else is changed or moved."""
    text = "\n".join(sheet.read_text(encoding="utf-8") for sheet in sheets(folder))
    text = _SPACE.sub(" ", _COMMENT.sub("", text))
    return _AROUND.sub(r"\1", text).replace(";}", "}").strip() + "\n"


class JoinedSheet(BaseFinder):
    """Finds css/omsorg.css for runserver, whitenoise and collectstatic alike.

    The joined file is written anew only when a sheet has changed since, and is put in place in
    one step, so that two workers starting together never read half a sheet.
    """

    def __init__(self, app_names: Any = None, *args: Any, **kwargs: Any) -> None:
        self.folder = ROOT / "static" / "css"
        self.storage = FileSystemStorage(location=settings.ENVIRONMENT.home / "joined")
        super().__init__(*args, **kwargs)

    def check(self, **kwargs: Any) -> list[Any]:
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        if path != JOINED:
            return []
        found = str(self._fresh())
        return [found] if find_all else found

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[Any]:
        self._fresh()
        yield JOINED, self.storage

    def _fresh(self) -> Path:
        target = Path(self.storage.path(JOINED))
        newest = max(sheet.stat().st_mtime for sheet in sheets(self.folder))
        if not target.exists() or target.stat().st_mtime < newest:
            target.parent.mkdir(parents=True, exist_ok=True)
            draft = target.with_suffix(f".{os.getpid()}")
            draft.write_text(join(self.folder), encoding="utf-8")
            draft.replace(target)
        return target
