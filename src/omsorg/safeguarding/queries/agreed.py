"""What the operator has agreed on: the times of the clocks by level, and which days people work."""

from collections.abc import Callable
from datetime import date, datetime

from django.conf import settings

from omsorg.kernel.working_days import free_days_of, read_free_days
from omsorg.kernel.zones import day_there, zone_of
from omsorg.safeguarding.rules.clocks import Span, agreed
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


def day_at(country: str, at: datetime) -> date:
    """Which day it is, at an instant, where an incident lies."""
    return day_there(at, country, settings.ENVIRONMENT.time_zones)


def there(country: str, at: datetime) -> datetime:
    """The same instant by the clocks of a country."""
    return at.astimezone(zone_of(country, settings.ENVIRONMENT.time_zones))


def is_working_day(country: str) -> Callable[[date], bool]:
    """Which days are worked in a country: Monday to Friday, where the operator has not said otherwise."""
    return free_days_of(country, read_free_days(settings.ENVIRONMENT.free_days)).is_working_day
