"""What the house knows that a public text must not tell: names of its people, and places finer than those shown."""

import re
from collections.abc import Collection, Iterable
from functools import lru_cache

from omsorg.federation.models import Organisation, Person, Place
from omsorg.federation.places import countries
from omsorg.kernel.reidentification import Known
from omsorg.kernel.reidentification.words import LETTER
from omsorg.kernel.wall import as_house

FINER = (Organisation.Kind.PROGRAMME, Organisation.Kind.LOCAL_PARTNER, Organisation.Kind.MUNICIPALITY)
NO_PLACE = frozenset({"Programme", "Program", "Project", "Centre", "Center", "House", "Home", "School", "Village"})
"""Words in the names of programmes that name no place."""
WORD = re.compile(rf"{LETTER}[\w'’\-]+")


def known_in(
    texts: Iterable[str],
    *,
    country: str = "",
    hides_countries: bool = False,
    also_places: Collection[str] = (),
    allowed: Collection[str] = (),
) -> Known:
    """The names and places in these texts that would give somebody away; `country`: the one whose places count.

    Looked for in the name of the house, whoever checks: only what stands in the texts comes back.
    """
    there = {word.casefold() for text in texts for word in re.findall(r"[\w'’\-]+", text)}
    with as_house():
        names = set(Person.objects.values_list("name", flat=True))
        organisations = list(Organisation.objects.values_list("kind", "name"))
        municipalities = Place.objects.filter(kind=Place.Kind.MUNICIPALITY)
        if country:
            municipalities = municipalities.filter(country_code=country)
        told = list(municipalities.values_list("name", flat=True))
    wide = NO_PLACE | _words(name for kind, name in organisations if kind not in FINER)
    finer = [name for kind, name in organisations if kind in FINER]
    places = {*finer, *(word for name in finer for word in WORD.findall(name) if len(word) > 3 and word not in wide)}
    places |= {name for names_of in told for name in names_of.values()} | set(also_places)
    harmless = wide | set(allowed)
    if hides_countries:
        places |= _country_names()
    else:
        harmless |= _words(_country_names())
    return Known(
        people=frozenset(name for name in names if _all_in(name, there)),
        places=frozenset(name for name in places if _all_in(name, there)),
        allowed=frozenset(harmless),
    )


def _words(names: Iterable[str]) -> set[str]:
    return {word for name in names for word in WORD.findall(name)}


def _all_in(name: str, there: set[str]) -> bool:
    parts = re.findall(r"[\w'’\-]+", name.casefold())
    return bool(parts) and all(part in there or f"{part}s" in there for part in parts)


@lru_cache(maxsize=1)
def _country_names() -> frozenset[str]:
    return frozenset(name for names in countries().values() for name in names.values())
