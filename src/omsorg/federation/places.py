"""Countries with their names in every language of the house, from the CLDR that comes with babel.

No list is copied: codes and names are read where they are kept up to date. Municipalities have no such openly licensed
source in a package; they come in from the official lists through an import (`imports`).
"""

from typing import Any

from babel import Locale

from omsorg.federation.models import Place
from omsorg.kernel.numbers import LANGUAGES
from omsorg.kernel.wall import as_house

# Two-letter codes of the CLDR that ISO 3166-1 does not assign: groups, islands reserved by others, test codes. Kosovo
# (XK) stays: it has no ISO code of its own, and this is the one in use.
NOT_COUNTRIES = frozenset(["AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"])


def countries() -> dict[str, dict[str, str]]:
    """Every country by its ISO 3166-1 alpha-2 code, with its name by language."""
    names: dict[str, Any] = {language: Locale.parse(language).territories for language in LANGUAGES}
    codes = [code for code in names["en"] if len(code) == 2 and code.isalpha() and code not in NOT_COUNTRIES]
    return {code: {language: names[language].get(code, names["en"][code]) for language in LANGUAGES} for code in codes}


def load_countries() -> int:
    """Put every country into the table of places, or its names right where it is there. Says how many are new.

    Done by the house itself, when it is set up or brought up to date.
    """
    with as_house():
        before = Place.objects.filter(kind=Place.Kind.COUNTRY).count()
        Place.objects.bulk_create(
            (
                Place(kind=Place.Kind.COUNTRY, code=code, country_code=code, name=names)
                for code, names in sorted(countries().items())
            ),
            update_conflicts=True,
            unique_fields=["kind", "country_code", "code"],
            update_fields=["name"],
        )
        return Place.objects.filter(kind=Place.Kind.COUNTRY).count() - before
