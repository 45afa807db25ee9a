"""How far a long import has come, for whoever waits, and whether whoever takes it in is still alive.

A file is taken in by one transaction, of which nobody sees anything before its end. So the connection that works at it
carries in its name which file it is and how many rows it has behind it. The name is seen by everybody at once and is
gone with the connection: an import whose process was killed can never look as if it went on. Nothing is kept.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from enum import StrEnum
from time import monotonic
from typing import TypeVar

from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

Row = TypeVar("Row")

SECONDS_BETWEEN = 0.5
TASK = "kernel.take_in_draft"


class Run(StrEnum):
    """Where the worker stands with a confirmed file."""

    WAITING = "waiting"
    GOING = "going"
    BROKEN_OFF = "broken_off"
    GIVEN_UP = "given_up"


@dataclass(frozen=True, slots=True)
class Reached:
    """How many of the rows are behind it."""

    done: int
    rows: int


class _Walk:
    """One import under way: counts rows, and says now and then how many."""

    def __init__(self, code: str, rows: int) -> None:
        self.code, self.rows, self.done, self.said_at = code, rows, 0, monotonic()
        self.say()

    def step(self, count: int) -> None:
        self.done = min(self.done + count, self.rows)
        if monotonic() - self.said_at >= SECONDS_BETWEEN:
            self.say()

    def say(self) -> None:
        self.said_at = monotonic()
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT set_config('application_name', %s, true)", [f"{_name(self.code)}{self.done}/{self.rows}"]
            )


_walk: ContextVar[_Walk | None] = ContextVar("_walk", default=None)


@contextmanager
def followed(code: str, rows: int) -> Iterator[None]:
    """Within this the rows of the file `code` are counted. In a transaction, with whose end the name is taken off."""
    before = _walk.set(_Walk(code, rows))
    try:
        yield
    finally:
        _walk.reset(before)


def rows_done(count: int = 1) -> None:
    """Say that so many more rows are behind us. Outside of an import that is followed it says nothing."""
    walk = _walk.get()
    if walk is not None:
        walk.step(count)


def through(rows: Iterable[Row]) -> Iterator[Row]:
    """The rows one after the other; each counts once it has been dealt with."""
    for row in rows:
        yield row
        rows_done()


def reached(code: str) -> Reached | None:
    """How far the import of this file is at this very moment; None where nobody is at it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")  # or it tells what this transaction saw first
        cursor.execute(
            "SELECT application_name FROM pg_stat_activity"
            " WHERE datname = current_database() AND starts_with(application_name, %s)",
            [_name(code)],
        )
        found = cursor.fetchone()
    if found is None:
        return None
    done, _slash, rows = found[0].removeprefix(_name(code)).partition("/")
    return Reached(int(done), int(rows))


def run_of(code: str) -> Run:
    """Where the worker stands with a file that was confirmed and is not done.

    Broken off: whoever was at it is dead; nothing was kept, and it is begun again within a minute. Given up: it was
    begun again often enough.
    """
    if reached(code) is not None:
        return Run.GOING
    job = ProcrastinateJob.objects.filter(task_name=TASK, args__draft=code).order_by("-pk").first()
    if job is None or job.status not in ("todo", "doing"):
        return Run.GIVEN_UP
    return Run.BROKEN_OFF if job.status == "doing" or job.attempts else Run.WAITING


def _name(code: str) -> str:
    return f"import {code} "
