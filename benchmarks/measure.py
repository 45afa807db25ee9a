"""CPU seconds of this process and of its database backend, and a line for each figure."""

import os
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.db import connection

TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Spent:
    """Milliseconds of CPU: of this process, of the database's, and both."""

    client: float
    database: float

    @property
    def both(self) -> float:
        return self.client + self.database


@dataclass(frozen=True, slots=True)
class Line:
    """One figure: its value, the floor measured beside it, and the goal it is held to (None: only told)."""

    name: str
    value: float
    unit: str
    floor: float | None = None
    goal: float | None = None
    ratio_goal: float | None = None

    @property
    def ratio(self) -> float | None:
        return self.value / self.floor if self.floor else None

    @property
    def is_met(self) -> bool:
        met = self.goal is None or self.value <= self.goal
        return met and (self.ratio_goal is None or self.ratio is None or self.ratio <= self.ratio_goal)

    def __str__(self) -> str:
        floor = f"{self.floor:10.2f}" if self.floor is not None else f"{'-':>10}"
        ratio = f"{self.ratio:6.2f}" if self.ratio is not None else f"{'-':>6}"
        goals = []
        if self.goal is not None:
            goals.append(f"<= {self.goal:g} {self.unit}")
        if self.ratio_goal is not None:
            goals.append(f"<= {self.ratio_goal:g}x")
        verdict = "" if not goals else ("met   " if self.is_met else "MISSED")
        return f"{self.name:<58}{self.value:10.2f} {self.unit:<4}{floor}{ratio}  {verdict} {', '.join(goals)}"


HEADING = f"{'figure':<58}{'value':>10} {'unit':<4}{'floor':>10}{'ratio':>6}  goal"


def _backend_ticks(pid: int) -> int:
    """Clock ticks that the database's process has used, 0 where it runs on another machine."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return 0
    return int(fields[11]) + int(fields[12])


def backend() -> int:
    """The process id of the database process that answers this connection."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return cursor.fetchone()[0]


def spent(work: Callable[[], object], *, times: int, rounds: int = 3) -> Spent:
    """Milliseconds of CPU for one call of `work`: the median of `rounds` rounds of `times` calls, after one to warm up.

    The database's clock ticks in hundredths of a second: `times` must be large enough for that to be fine.
    """
    work()
    pid = backend()
    found = []
    for _round in range(rounds):
        client, database = time.process_time(), _backend_ticks(pid)
        for _time in range(times):
            work()
        client, database = time.process_time() - client, _backend_ticks(pid) - database
        found.append(Spent(client * 1000 / times, database * 1000 / TICK / times))
    return statistics_of(found)


def statistics_of(found: list[Spent]) -> Spent:
    """The round in the middle, by what both processes spent together."""
    middle = statistics.median_low(each.both for each in found)
    return next(each for each in found if each.both == middle)
