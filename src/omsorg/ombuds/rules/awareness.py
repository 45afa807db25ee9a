"""Which places nobody has been to, or not lately: a child there may not know that anybody listens.

Worked days: `docs/rules/visits.md`.
"""

from calendar import monthrange
from collections.abc import Mapping
from datetime import date
from enum import StrEnum

AGES = ("under_10", "10_12", "13_15", "16_up")
SEXES = ("girls", "boys")
NOT_TOLD = ""


class Standing(StrEnum):
    """How it stands with a place."""

    NEVER = "never"
    LONG_AGO = "long_ago"
    LATELY = "lately"


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier; where that month is too short, its last day."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def standing(last_on: date | None, *, today: date, months: int) -> Standing:
    """Never visited, long ago, or within the last so many months: the first of these days counts still."""
    if last_on is None:
        return Standing.NEVER
    return Standing.LONG_AGO if last_on < months_before(today, months) else Standing.LATELY


def told_of(children: int, groups: Mapping[str, int]) -> dict[str, int]:
    """A panel's groups, with those who told nothing as a group of their own: together, all who were there."""
    return {**groups, NOT_TOLD: children - sum(groups.values())}
