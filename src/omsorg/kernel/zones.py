"""The day and the time where something happened: the time zone of a country, as its people set their clocks.

A country with several zones has the one in which most of it lies, else the first, by the zone table (`zone.tab`) that
tzdata carries, where the most populous come early; unless the operator says otherwise.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import cache, lru_cache
from importlib.resources import files
from zoneinfo import ZoneInfo, available_timezones


class NotZones(ValueError):
    """The setting does not read as time zones by country."""


@lru_cache(maxsize=8)
def read_zones(text: str) -> Mapping[str, str]:
    """The zones that a setting names.

    >>> read_zones("CD:Africa/Kinshasa; US:America/Chicago")
    {'CD': 'Africa/Kinshasa', 'US': 'America/Chicago'}
    """
    found = {}
    for part in filter(None, (part.strip() for part in text.split(";"))):
        country, _colon, zone = part.partition(":")
        if len(country) != 2 or zone not in available_timezones():
            raise NotZones(f"“{part}” is no time zone of a country. Write CD:Africa/Kinshasa; US:America/Chicago.")
        found[country.upper()] = zone
    return found


def zone_of(country: str, said: str = "") -> ZoneInfo:
    """The time zone of a country: as the operator has said, else as the table names it; UTC where none is known."""
    return ZoneInfo(read_zones(said).get(country.upper()) or _zones().get(country.upper(), "UTC"))


@cache
def _zones() -> Mapping[str, str]:
    """One zone for each country."""
    found: dict[str, str] = {}
    for line in files("tzdata.zoneinfo").joinpath("zone.tab").read_text().splitlines():
        if line.startswith("#"):
            continue
        country, _where, zone, *said = line.split("\t")
        if country not in found or (said and said[0].startswith("most of ")):
            found[country] = zone
    return found


def day_there(at: datetime, country: str, said: str = "") -> date:
    """Which day it is in a country at an instant.

    >>> from datetime import UTC
    >>> day_there(datetime(2025, 12, 31, 22, 30, tzinfo=UTC), "TZ")
    datetime.date(2026, 1, 1)
    """
    return at.astimezone(zone_of(country, said)).date()


def latest_day(at: datetime) -> date:
    """The day that has begun somewhere on earth (Kiribati, UTC+14): what was done on a later one has not been done yet.

    >>> from datetime import UTC
    >>> latest_day(datetime(2026, 11, 23, 9, 59, tzinfo=UTC))
    datetime.date(2026, 11, 23)
    >>> latest_day(datetime(2026, 11, 23, 10, 0, tzinfo=UTC))
    datetime.date(2026, 11, 24)
    """
    return (at + timedelta(hours=14)).date()


def earliest_day(at: datetime) -> date:
    """The day that still lasts somewhere on earth (UTC-12): whoever writes there means no day before it by “today”.

    >>> from datetime import UTC
    >>> earliest_day(datetime(2026, 11, 23, 11, 59, tzinfo=UTC))
    datetime.date(2026, 11, 22)
    >>> earliest_day(datetime(2026, 11, 23, 12, 0, tzinfo=UTC))
    datetime.date(2026, 11, 23)
    """
    return (at - timedelta(hours=12)).date()
