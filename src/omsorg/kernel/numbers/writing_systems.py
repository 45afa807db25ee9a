"""How each language writes numbers and days, from the Unicode tables that babel carries.

A further language is a line in `LANGUAGES`; its half-years and quarters then read as
month ranges until their words are added to `_HALVES` and `_QUARTERS`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from babel import Locale

NO_BREAK_SPACE = "\u00a0"
MINUS = "\u2212"

# Language of a page -> the regional habit it follows. English here is read in
# many countries: the day stands before the month.
LANGUAGES: dict[str, str] = {"en": "en_GB", "da": "da_DK", "nb": "nb_NO", "sv": "sv_SE"}

# Languages in which some pages are shown although the house is not worked in them: days and numbers can be written in
# them, and are not read in them.
ALSO_SHOWN: dict[str, str] = {"sw": "sw_TZ", "fr": "fr_FR", "es": "es_ES", "ar": "ar_001"}

_HALVES: dict[str, tuple[str, str]] = {
    "en": ("first half of {year}", "second half of {year}"),
    "da": ("1. halvår {year}", "2. halvår {year}"),
    "nb": ("1. halvår {year}", "2. halvår {year}"),
    "sv": ("första halvåret {year}", "andra halvåret {year}"),
}
_QUARTERS: dict[str, tuple[str, str, str, str]] = {
    "en": (
        "1st quarter of {year}",
        "2nd quarter of {year}",
        "3rd quarter of {year}",
        "4th quarter of {year}",
    ),
    "da": ("1. kvartal {year}", "2. kvartal {year}", "3. kvartal {year}", "4. kvartal {year}"),
    "nb": ("1. kvartal {year}", "2. kvartal {year}", "3. kvartal {year}", "4. kvartal {year}"),
    "sv": (
        "första kvartalet {year}",
        "andra kvartalet {year}",
        "tredje kvartalet {year}",
        "fjärde kvartalet {year}",
    ),
}


class LanguageNotKnown(LookupError):
    """A language that the house does not speak: a mistake in the code, not of a person."""


@dataclass(frozen=True)
class WritingSystem:
    """The habits of one language."""

    locale: Locale
    decimal: str
    group: str
    currency_first: bool
    months: tuple[str, ...]
    halves: tuple[str, ...]
    quarters: tuple[str, ...]


@lru_cache(maxsize=64)
def writing_system(language: str) -> WritingSystem:
    base = language.replace("_", "-").split("-")[0].lower()
    habit = LANGUAGES.get(base) or ALSO_SHOWN.get(base)
    if habit is None:
        raise LanguageNotKnown(language)
    locale = Locale.parse(habit)
    symbols = locale.number_symbols["latn"]
    months = locale.months["stand-alone"]["wide"]
    return WritingSystem(
        locale=locale,
        decimal=symbols["decimal"],
        group=symbols["group"],
        currency_first=locale.currency_formats["standard"].pattern.startswith("¤"),
        months=tuple(months[number] for number in range(1, 13)),
        halves=_HALVES.get(base, ()),
        quarters=_QUARTERS.get(base, ()),
    )


@lru_cache(maxsize=1)
def months_by_name() -> dict[str, int]:
    """Every name and short name of a month in every language of the house, small letters, no full stop."""
    names: dict[str, int] = {}
    for language in LANGUAGES:
        locale = writing_system(language).locale
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in locale.months[context][width].items():
                    names[name.lower().rstrip(".")] = number
                    names.setdefault(name.lower()[:3], number)
    return names
