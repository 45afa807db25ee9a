"""Files of a child stay in memory: not for a moment do they lie unsealed on a disk."""

from contextlib import suppress
from functools import partial
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import MemoryFileUploadHandler, SkipFile, StopFutureHandlers
from django.http import HttpRequest

from omsorg.kernel.refusals import Refusal
from omsorg.ombuds.actions.gates import ask_to_send_files
from omsorg.ombuds.rules.attachments import MEGABYTE, MOST_FILES, MOST_MEGABYTES, Attachment, called
from omsorg.ombuds.rules.refusals import FileTooLarge, TooManyFiles, TooMuchAtOnce
from omsorg.ombuds.views.caller import caller_of

SMALL = MEGABYTE
"""Bytes: words alone are never larger; more is asked about at the gate."""


class InMemory(MemoryFileUploadHandler):
    """Takes as much as may be sent, and notices what is more, without keeping it.

    `refused`: why no file at all is taken with this form. Its words are read all the same, and stay with the child.
    """

    def __init__(self, request: HttpRequest, refused: Refusal | None = None) -> None:
        super().__init__(request)
        self.length = self.files = 0
        self.length_said, self.ask = _length(request), partial(_refused, request, 1)
        self.too_large = self.too_many = False
        self.largest = ""
        self.refused = refused

    @property
    def left_out(self) -> bool:
        """Whether a file came that is not here."""
        return self.too_large or self.too_many or (self.refused is not None and self.files > 0)

    def handle_raw_input(self, *args: Any, **kwargs: Any) -> None:
        self.activated = True

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        self.length = 0
        self.files += 1
        if self.files == 1 and not self.refused and self.length_said <= SMALL:
            self.refused = self.ask()
        if self.refused:
            raise SkipFile
        if self.files > MOST_FILES:
            self.too_many = True
            raise SkipFile
        with suppress(StopFutureHandlers):
            super().new_file(*args, **kwargs)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        self.length += len(raw_data)
        if self.length > MOST_MEGABYTES * MEGABYTE:
            self.too_large, self.largest = True, called(self.file_name or "", self.files)
            raise SkipFile
        return super().receive_data_chunk(raw_data, start)


def most_megabytes() -> int:
    """How large one file may be, as a page says before anything is sent."""
    return min(MOST_MEGABYTES, settings.ENVIRONMENT.ombuds_largest_mb)


def measure(request: HttpRequest) -> None:
    """Refuse what is too large before a byte of it is read."""
    if _length(request) > settings.ENVIRONMENT.ombuds_largest_mb * MEGABYTE + SMALL:
        raise TooMuchAtOnce


def _length(request: HttpRequest) -> int:
    return int(request.META.get("CONTENT_LENGTH") or 0)


def _why_not(request: HttpRequest) -> Refusal | None:
    """Why files are not taken now, asked before a byte of them is read. Words alone are never held up by this."""
    return _refused(request, _length(request) // MEGABYTE + 1) if _length(request) > SMALL else None


def _refused(request: HttpRequest, megabytes: int) -> Refusal | None:
    try:
        ask_to_send_files(caller_of(request), megabytes)
    except Refusal as refused:
        return refused
    return None


def taken_into_memory(request: HttpRequest) -> InMemory:
    """Say, before anything of the request is read, that its files stay in memory."""
    handler = InMemory(request, _why_not(request))
    request.upload_handlers = [handler]
    return handler


def kept_in_memory(request: HttpRequest) -> InMemory:
    """What took the files of this request."""
    (handler,) = request.upload_handlers
    if not isinstance(handler, InMemory):
        raise TypeError(type(handler).__name__)
    return handler


def attachments_of(request: HttpRequest) -> list[Attachment]:
    """The files that came with a form. Raises where they are too large or too many."""
    handler = kept_in_memory(request)
    if handler.refused and handler.files:
        raise handler.refused
    files: list[UploadedFile] = [file for file in request.FILES.getlist("files") if file.size]
    if handler.too_large:
        raise FileTooLarge(name=handler.largest, megabytes=MOST_MEGABYTES)
    if handler.too_many:
        raise TooManyFiles(most=MOST_FILES)
    return [Attachment(file.name or "", file.read(), file.content_type or "") for file in files]
