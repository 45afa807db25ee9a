"""Reporting periods: whole months, quarters, half-years and years of the calendar, half-open."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Self

_MONTHS = (1, 3, 6, 12)
_CODE = re.compile(r"(?P<year>[0-9]{4})(?:-(?:H(?P<half>[12])|Q(?P<quarter>[1-4])|(?P<month>0[1-9]|1[0-2])))?")


class NoSuchPeriod(ValueError):
    """The text or the dates do not name a month, a quarter, a half-year or a year."""


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A month, quarter, half-year or year that begins where the calendar says.

    `start` is the first day, `until` the first day after: two following periods share no day and leave none
    out. Refused with `NoSuchPeriod`: a start in the middle of its own kind, a length that is not 1, 3, 6 or
    12 months, the years before 1 and after 9998.
    """

    start: date
    months: int

    def __post_init__(self) -> None:
        if self.months not in _MONTHS:
            raise NoSuchPeriod(f"A period lasts 1, 3, 6 or 12 months, not {self.months}.")
        if self.start.day != 1 or (self.start.month - 1) % self.months:
            raise NoSuchPeriod(f"No period of {self.months} months begins on {self.start.isoformat()}.")
        if self.start.year == date.max.year:
            raise NoSuchPeriod(f"The year {self.start.year} is beyond the calendar.")

    @classmethod
    def parse(cls, code: str) -> Self:
        """Read "2024", "2024-H1", "2024-Q3" or "2024-05"; anything else is `NoSuchPeriod`."""
        match = _CODE.fullmatch(code)
        if match is None or match["year"] == "0000":
            raise NoSuchPeriod(f"“{code}” is not a period: write 2024, 2024-H1, 2024-Q3 or 2024-05.")
        year = int(match["year"])
        if match["half"]:
            return cls(date(year, 6 * int(match["half"]) - 5, 1), 6)
        if match["quarter"]:
            return cls(date(year, 3 * int(match["quarter"]) - 2, 1), 3)
        if match["month"]:
            return cls(date(year, int(match["month"]), 1), 1)
        return cls(date(year, 1, 1), 12)

    @classmethod
    def holding(cls, day: date, months: int) -> Self:
        """The period of `months` months that `day` falls in."""
        if months not in _MONTHS:
            raise NoSuchPeriod(f"A period lasts 1, 3, 6 or 12 months, not {months}.")
        return cls(date(day.year, (day.month - 1) // months * months + 1, 1), months)

    @property
    def until(self) -> date:
        """The first day after the period."""
        return _month(self.start.year * 12 + self.start.month - 1 + self.months)

    @property
    def code(self) -> str:
        """The name that `parse` reads back."""
        if self.months == 12:
            return f"{self.start.year:04d}"
        if self.months == 1:
            return f"{self.start.year:04d}-{self.start.month:02d}"
        letter = "H" if self.months == 6 else "Q"
        return f"{self.start.year:04d}-{letter}{(self.start.month - 1) // self.months + 1}"

    def includes(self, day: date) -> bool:
        """Whether `day` falls in the period."""
        return self.start <= day < self.until

    def next(self) -> "Period":
        """The period of the same length that follows."""
        return Period(self.until, self.months)

    def previous(self) -> "Period":
        """The period of the same length before."""
        if self.start == date(1, 1, 1):
            raise NoSuchPeriod("There is no period before the year 1.")
        return Period(_month(self.start.year * 12 + self.start.month - 1 - self.months), self.months)

    def __str__(self) -> str:
        return self.code


def _month(count: int) -> date:
    """The first day of the month that is `count` months after the beginning of year 0."""
    return date(count // 12, count % 12 + 1, 1)
