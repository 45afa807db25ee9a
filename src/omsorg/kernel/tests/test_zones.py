"""Which day it is where something happened."""

from datetime import UTC, date, datetime

import pytest

from omsorg.kernel.zones import NotZones, day_there, read_zones, zone_of

NEW_YEAR = datetime(2025, 12, 31, 22, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("country", "said", "zone", "day"),
    [
        ("TZ", "", "Africa/Dar_es_Salaam", date(2026, 1, 1)),
        ("DK", "", "Europe/Copenhagen", date(2025, 12, 31)),
        ("CD", "CD:Africa/Lubumbashi", "Africa/Lubumbashi", date(2026, 1, 1)),
        ("CD", "", "Africa/Kinshasa", date(2025, 12, 31)),
        ("UA", "", "Europe/Kyiv", date(2026, 1, 1)),
        ("PT", "", "Europe/Lisbon", date(2025, 12, 31)),
        ("ID", "", "Asia/Jakarta", date(2026, 1, 1)),
        ("tz", "", "Africa/Dar_es_Salaam", date(2026, 1, 1)),
        ("XX", "", "UTC", date(2025, 12, 31)),
    ],
)
def test_each_country_has_its_own_day(country: str, said: str, zone: str, day: date) -> None:
    assert (zone_of(country, said).key, day_there(NEW_YEAR, country, said)) == (zone, day)


@pytest.mark.parametrize("said", ["CD", "CD:Africa/Atlantis", "COD:Africa/Kinshasa"])
def test_what_is_no_zone_is_said_to_be_none(said: str) -> None:
    with pytest.raises(NotZones, match="is no time zone"):
        read_zones(said)
