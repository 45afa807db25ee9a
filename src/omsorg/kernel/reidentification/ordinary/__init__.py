"""Everyday words by language: a word with a capital at the beginning of a sentence is one of them, or may be a name."""

from omsorg.kernel.reidentification.ordinary.danish import DANISH
from omsorg.kernel.reidentification.ordinary.english import ENGLISH
from omsorg.kernel.reidentification.ordinary.norwegian import NORWEGIAN
from omsorg.kernel.reidentification.ordinary.swedish import SWEDISH

ORDINARY: dict[str, frozenset[str]] = {
    "en": frozenset(ENGLISH.split()),
    "da": frozenset(DANISH.split()),
    "nb": frozenset(NORWEGIAN.split()),
    "sv": frozenset(SWEDISH.split()),
}
ENDINGS: dict[str, tuple[str, ...]] = {
    "en": ("s", "es", "ed", "d", "ing", "ly"),
    "da": ("ene", "erne", "en", "et", "er", "e", "s", "n", "r", "ne", "t"),
    "nb": ("ene", "en", "et", "er", "e", "a", "s", "n", "r", "ne", "t"),
    "sv": ("arna", "orna", "erna", "en", "et", "ar", "or", "er", "n", "s", "r", "na", "t"),
}
NO_NAME_ENDS: dict[str, tuple[str, ...]] = {
    "en": ("tion", "tions", "ment", "ments", "ness", "ings"),
    "da": ("erne", "ingen", "inger", "elsen", "elser", "heden", "tionen", "tioner"),
    "nb": ("ingene", "inger", "elsen", "elser", "elsene", "heten", "sjonen", "sjoner"),
    "sv": ("arna", "orna", "erna", "ingen", "ingar", "elsen", "heten", "tionen", "tioner"),
}
"""How everyday words end and names do not."""
SHORTEST_STEM = 4
SURNAMES = ("sen", "son", "sson")
"""Words that end so are as often made of a name as of an everyday word: "Hansen" is not "hans" with an ending."""


def is_ordinary(word: str, language: str) -> bool:
    """Whether a word, or the word it is made of by an ending, is an everyday one in this language."""
    said = word.casefold()
    known = ORDINARY[language]
    if said in known or said.endswith(NO_NAME_ENDS[language]):
        return True
    if said.endswith(SURNAMES):
        return False
    stems = (said.removesuffix(ending) for ending in ENDINGS[language] if said.endswith(ending))
    return any(len(stem) >= SHORTEST_STEM and stem in known for stem in stems)
