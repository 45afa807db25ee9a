"""A day in a refusal: every page says it in words, in the reader's language; a program is given it as 2024-03-31."""

from datetime import date
from typing import Self

from omsorg.kernel.refusals import language_of_reader

from .showing import format_date
from .writing_systems import LANGUAGES


class DaySaid(date):
    """A day that is said as the reader's language writes it."""

    @classmethod
    def of(cls, day: date) -> Self:
        """`day`, to be said."""
        return cls(day.year, day.month, day.day)

    def __str__(self) -> str:
        language = language_of_reader()
        return format_date(self, language if language in LANGUAGES else "en")
