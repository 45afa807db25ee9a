"""Promise days: by when a person writes to the child, and when a promise is missed. The numbers: promises-to-children.

A promise is kept on its day until midnight; from the next day on it is missed, and the case goes up a level.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from omsorg.kernel.working_days import FreeDays
from omsorg.ombuds.rules.levels import Level
from omsorg.ombuds.rules.refusals import PromiseMissing, PromiseTooLate

LONGEST_PROMISE_DAYS = 92
CHECK_IN_AFTER_DAYS = 14
CHECK_IN_AFTER_MONTHS = (1, 3, 6)


class NotPromiseDays(ValueError):
    """The setting does not name a number of working days for each level."""


def read_promise_days(text: str) -> dict[Level, int]:
    """Working days by level out of a setting: "national:3,regional:3,global:3,board:3"."""
    try:
        found = {Level(level.strip()): int(days) for level, days in (part.split(":") for part in text.split(","))}
    except ValueError as wrong:
        raise NotPromiseDays(f"{text!r}: {wrong}") from wrong
    if set(found) != set(Level) or any(days < 1 for days in found.values()):
        raise NotPromiseDays(f"{text!r} names at least one working day for each of {', '.join(Level)}.")
    return found


def promise_day(on: date, level: Level, days: Mapping[Level, int], free: FreeDays) -> date:
    """The day by which a person of `level` writes to a child who was heard `on` this day."""
    return free.after(on, days[level])


def is_missed(promise_on: date | None, today: date) -> bool:
    """Whether a promise is missed today: its own day still keeps it."""
    return promise_on is not None and today > promise_on


def next_promise(wanted: date | None, *, nothing_more_owed: bool, today: date) -> date | None:
    """The promise that an answer ends with: a day not too far away, or none where nothing more is owed."""
    if nothing_more_owed:
        return None
    if wanted is None:
        raise PromiseMissing
    if not today <= wanted <= today + timedelta(days=LONGEST_PROMISE_DAYS):
        raise PromiseTooLate(days=LONGEST_PROMISE_DAYS)
    return wanted


@dataclass(frozen=True, slots=True)
class Month:
    """A number of calendar months; the last of a month stays the last where the other month is shorter."""

    months: int

    def after(self, day: date) -> date:
        number = day.year * 12 + day.month - 1 + self.months
        first = date(number // 12, number % 12 + 1, 1)
        following = date((number + 1) // 12, (number + 1) % 12 + 1, 1)
        return min(first + timedelta(days=day.day - 1), following - timedelta(days=1))


def check_in_days(on: date) -> tuple[date, ...]:
    """The days on which somebody asks whether the child is made to pay for it: 14 days, 1, 3 and 6 months after."""
    return (on + timedelta(days=CHECK_IN_AFTER_DAYS), *(Month(months).after(on) for months in CHECK_IN_AFTER_MONTHS))
