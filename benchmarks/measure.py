"""CPU time of this process and of the database's process that answers it, and a line for each figure."""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.db import connection

from omsorg.site.frames import with_room

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


def backend_ms(pid: int) -> float:
    """Milliseconds of CPU that the database's process has used, 0 where it runs on another machine."""
    try:
        return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1_000_000
    except OSError:
        return _backend_ticks(pid) * 1000 / TICK


def _backend_ticks(pid: int) -> int:
    """The same in ticks of the clock, for a kernel that keeps no finer count."""
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


def beside(
    work: Callable[[], object], floor: Callable[[], object], *, times: int, rounds: int = 5
) -> tuple[Spent, Spent]:
    """What one call of `work` spends and one call of `floor`: each the quietest of `rounds` rounds of `times` calls.

    The rounds take turns, so that both meet the same noise of the machine, and the quietest counts, since noise only
    adds. Both have the room that a request has (`omsorg.site.frames`). Parallel helpers of the database are kept out:
    whatever is spent is spent by the one process that is watched.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET max_parallel_workers_per_gather = 0")
    work()
    floor()
    pid = backend()
    rounds_of_both = [(_round(work, pid, times), _round(floor, pid, times)) for _each in range(rounds)]
    works, floors = zip(*rounds_of_both, strict=True)
    return min(works, key=_both), min(floors, key=_both)


def _round(work: Callable[[], object], pid: int, times: int) -> Spent:
    client, database = time.process_time(), backend_ms(pid)
    for _time in range(times):
        with_room(work)
    client, database = time.process_time() - client, backend_ms(pid) - database
    return Spent(client * 1000 / times, database / times)


def _both(spent: Spent) -> float:
    return spent.both
