"""What the operator has agreed on: the times of the clocks by level, and which days people work."""

from collections.abc import Callable
from datetime import date

from django.conf import settings

from omsorg.safeguarding.rules.clocks import Span, agreed, is_weekday
from omsorg.safeguarding.rules.codes import Clock, Level


def agreed_spans() -> dict[str, dict[Clock, Span]]:
    """The times of the clocks, by level; "" holds those for an incident that has no level yet."""
    said = settings.ENVIRONMENT
    return agreed(
        said.safeguarding_clocks,
        {
            Level.NATIONAL: said.safeguarding_clocks_national,
            Level.REGIONAL: said.safeguarding_clocks_regional,
            Level.INTERNATIONAL: said.safeguarding_clocks_international,
        },
    )


def is_working_day(country: str) -> Callable[[date], bool]:
    """Which days are worked in a country."""
    return is_weekday
