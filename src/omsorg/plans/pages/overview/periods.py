"""A period as the reader says it, and as it fits under a cell."""

from omsorg.kernel.numbers import format_period
from omsorg.kernel.periods import Period
from omsorg.plans.pages.words import (
    language_now,
)


def period_text(code: str) -> str:
    """A period as the reader says it."""
    return format_period(Period.parse(code), language_now())


def period_mark(code: str) -> str:
    """A period so short that it fits under a cell: 22·2 is the second half of 2022."""
    year, _dash, part = code.partition("-")
    return f"{year[2:]}·{part.lstrip('HQ0')}" if part else year[2:]
