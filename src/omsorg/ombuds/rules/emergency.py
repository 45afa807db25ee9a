"""Whom a child calls who is in danger now: the public emergency number of each country.

Numbers change. Those of `emergency_numbers.csv` are a beginning; whoever opens the channel in a country rings them
first, and a setting puts them right (`OMSORG_OMBUDS_EMERGENCY_NUMBERS`, as "TZ:112,KE:999"). For a country that is not
there nothing is invented: 112 reaches help from a mobile phone in most of the world, and the page says no more.
"""

import csv
import re
from functools import lru_cache
from pathlib import Path

ANYWHERE = "112"
_PAIR = re.compile(r"\s*([A-Za-z]{2})\s*:\s*([0-9]{2,6})\s*")


@lru_cache(maxsize=1)
def known_numbers() -> dict[str, str]:
    """The number for the police or for everything, by country."""
    with (Path(__file__).parent / "emergency_numbers.csv").open(encoding="utf-8", newline="") as file:
        return {row["country"]: row["number"] for row in csv.DictReader(file)}


@lru_cache(maxsize=8)
def numbers_set(setting: str) -> dict[str, str]:
    """What an operator has set, as "TZ:112,KE:999". Anything else is a mistake that is told at once."""
    found = {}
    for part in filter(None, (part.strip() for part in setting.split(","))):
        pair = _PAIR.fullmatch(part)
        if pair is None:
            raise ValueError(f"Not a country and its number, as TZ:112: {part!r}")
        found[pair[1].upper()] = pair[2]
    return found


def emergency_number(country: str, setting: str = "") -> str | None:
    """The number to call in a country; None where it is not known here."""
    return numbers_set(setting).get(country) or known_numbers().get(country)
