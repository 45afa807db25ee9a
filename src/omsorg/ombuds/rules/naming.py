"""Whether somebody is named in what was said: by the whole name, or by a part of it that may mean somebody else.

A child writes as it speaks: without accents, with another ending ("Aminas skyld"), with what a script puts before a
word ("لفاطمة"), with one letter too many. Rather one too many is found than one too few. Not found are nicknames, and a
name in another script: for these the page lets the child mark people, and the ombudsperson say whom it is about.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

SHORTEST_NAME = 3
_LETTERS = str.maketrans(
    {
        "ø": "o",
        "æ": "ae",
        "œ": "oe",
        "å": "a",
        "ä": "a",
        "ö": "o",
        "ü": "u",
        "ß": "ss",
        "ł": "l",
        "đ": "d",
        "ı": "i",
        "þ": "th",
    }
    | {"ð": "d", "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ؤ": "و", "ئ": "ي", "ـ": None}
    | dict(zip("авеёзкмнорстухіј", "abeezkmhopctyxij", strict=True))
)
_WRITTEN_OUT = (("aa", "a"), ("oe", "o"), ("ae", "a"), ("ue", "u"))
_BEFORE_A_WORD = ("وال", "بال", "كال", "فال", "لل", "ال", "و", "ب", "ل", "ف", "ك")
_ENDINGS = ("s", "n", "en", "ens", "h")
_ONE_LETTER_TWICE = re.compile(r"(.)\1")
_WORD = re.compile(r"\w+")


def folded(text: str) -> str:
    """A text without case, accents, signs that are not seen, and letters that only look like others."""
    if text.isascii():
        return text.casefold()
    seen = "".join(sign for sign in text if sign.isascii() or unicodedata.category(sign) != "Cf")
    plain = seen.casefold().translate(_LETTERS)
    if plain.isascii():
        return plain
    return "".join(part for part in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(part))


def _shapes(word: str) -> frozenset[str]:
    """The ways in which one folded word may be meant."""
    found = {word}
    for before in _BEFORE_A_WORD:
        if word.startswith(before) and len(word) - len(before) >= SHORTEST_NAME:
            found.add(word[len(before) :])
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_NAME:
            found.add(word[: -len(ending)])
    for long, short in _WRITTEN_OUT:
        found |= {each.replace(long, short) for each in tuple(found) if long in each}
    found |= {_ONE_LETTER_TWICE.sub(r"\1", each) for each in tuple(found)}
    return frozenset(found)


@lru_cache(maxsize=4_096)
def _parts(name: str) -> tuple[frozenset[str], ...]:
    """The parts of a name, each in its shapes. Names of those who hear are remembered; what was said never is."""
    return tuple(map(_shapes, _WORD.findall(folded(name))))


@dataclass(frozen=True, slots=True)
class Said:
    """What was said, made ready once to be asked about many names."""

    words: tuple[frozenset[str], ...]
    known: frozenset[str]
    capital: frozenset[str]

    @classmethod
    def of(cls, text: str) -> "Said":
        spoken = _WORD.findall(folded(text))
        shapes = {word: _shapes(word) for word in set(spoken)}
        words = tuple(shapes[word] for word in spoken)
        capital = frozenset(folded(word) for word in _WORD.findall(text) if word[0].isupper() or not word[0].islower())
        return cls(words, frozenset().union(*words), capital)

    def names(self, name: str) -> bool:
        """Whether the whole name stands there, its parts one after the other."""
        parts = _parts(name)
        if not parts or not all(part & self.known for part in parts):
            return False
        last = len(self.words) - len(parts)
        return any(all(part & self.words[at + n] for n, part in enumerate(parts)) for at in range(last + 1))

    def names_in_part(self, name: str) -> bool:
        """Whether any part of the name stands there; one of two letters only where it is written as a name is."""
        for part in _parts(name):
            if len(min(part, key=len)) >= SHORTEST_NAME and part & self.known:
                return True
            if len(min(part, key=len)) < SHORTEST_NAME and part & self.capital:
                return True
        return False
