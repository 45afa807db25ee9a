"""Working days: which days somebody is at work in a country, and the day that is so many working days away.

Monday to Friday, unless a country is set otherwise: days of the week that are free there, and single free days.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
USUAL_WEEKEND = frozenset({5, 6})
EVERYWHERE = ""


class NotFreeDays(ValueError):
    """The setting does not read as free days by country."""


@dataclass(frozen=True, slots=True)
class FreeDays:
    """The free days of one country: days of the week (Monday is 0), and days of the calendar."""

    weekend: frozenset[int] = USUAL_WEEKEND
    days: frozenset[date] = frozenset()

    def is_working_day(self, day: date) -> bool:
        return day.weekday() not in self.weekend and day not in self.days

    def after(self, day: date, working_days: int) -> date:
        """The day that is `working_days` working days after `day`; the first working day counts as one."""
        if len(self.weekend) == len(WEEKDAYS):
            raise NotFreeDays("Nobody works on any day of the week.")
        while working_days > 0:
            day += timedelta(days=1)
            working_days -= self.is_working_day(day)
        return day


def read_free_days(text: str) -> dict[str, FreeDays]:
    """Free days by country out of a setting: "NO:2026-12-24,2026-12-25;EG:fri,sat".

    Names of days set the days of the week that are free in that country, in the place of Saturday and Sunday.
    """
    found: dict[str, FreeDays] = {}
    for entry in filter(None, (part.strip() for part in text.split(";"))):
        country, colon, listed = entry.partition(":")
        words = [word.strip().lower() for word in listed.split(",") if word.strip()]
        if not colon or not re.fullmatch(r"[A-Za-z]{2}", country.strip()):
            raise NotFreeDays(f"{entry!r} does not begin with a country and a colon.")
        try:
            days = frozenset(date.fromisoformat(word) for word in words if word not in WEEKDAYS)
        except ValueError as wrong:
            raise NotFreeDays(f"{entry!r}: {wrong}") from wrong
        weekend = frozenset(WEEKDAYS.index(word) for word in words if word in WEEKDAYS) or USUAL_WEEKEND
        found[country.strip().upper()] = FreeDays(weekend, days)
    return found


def free_days_of(country: str, known: Mapping[str, FreeDays]) -> FreeDays:
    return known.get(country.upper(), FreeDays())
