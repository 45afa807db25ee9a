"""A return code in words, as it is said over the phone and typed with a thumb: "fish 5, key 12, boat eight, moon 1".

Said: `say_code`. Read: `read_code`, which forgives case, accents, a plural s, number words, the order of word and
number within a pair, and words of another of the eight languages. What it does not understand it names, and nothing
else: a wrong code is never helped along.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

from omsorg.kernel.refusals import Refusal
from omsorg.kernel.refusals import written as _
from omsorg.ombuds.rules.things import LANGUAGES, NUMBER_WORDS, NUMBERS, THINGS

FEWEST, MOST = 4, 6

_LETTERS = str.maketrans(
    {"ø": "o", "æ": "ae", "œ": "oe", "å": "a", "ß": "ss", "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه"}
    | {"ؤ": "و", "ئ": "ي", "ـ": None}
)
_PIECES = re.compile(r"\d+|[^\W\d_]+")


class WordNotUnderstood(Refusal):
    sentence = _("We do not know the word “%(word)s” here. Look at the picture again.")


class NotSoManySigns(Refusal):
    sentence = _("A code is four pictures, each with a number from 1 to 16. We found %(count)s.")


def plain(word: str) -> str:
    """A word without case, accents, and the letters that a phone may lack."""
    return _without_marks(word.casefold().translate(_LETTERS))


def _without_marks(text: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))


@lru_cache(maxsize=16)
def _things_in(language: str) -> dict[str, int]:
    return {plain(thing.words[language]): thing.number for thing in THINGS}


@lru_cache(maxsize=16)
def _numbers_in(language: str) -> dict[str, int]:
    return {plain(word): number for number, words in NUMBER_WORDS[language].items() for word in words}


def _meaning(word: str, languages: Sequence[str]) -> tuple[str, int] | None:
    """A thing or a number: first in the language of the page, then in the others where they agree."""
    for spelt in (word, word.removesuffix("s")):
        first, *others = languages
        if spelt in _numbers_in(first):
            return "number", _numbers_in(first)[spelt]
        if spelt in _things_in(first):
            return "thing", _things_in(first)[spelt]
        found = {("thing", _things_in(other)[spelt]) for other in others if spelt in _things_in(other)}
        found |= {("number", _numbers_in(other)[spelt]) for other in others if spelt in _numbers_in(other)}
        if len(found) == 1:
            return found.pop()
    return None


def _understood(text: str, language: str) -> Iterator[tuple[str, int]]:
    languages = [language, *(other for other in LANGUAGES if other != language)]
    pieces = _PIECES.findall(_without_marks(text))
    place = 0
    while place < len(pieces):
        if pieces[place].isdecimal():
            number = int(pieces[place][:4])
            if not 1 <= number <= NUMBERS:
                raise WordNotUnderstood(word=pieces[place][:20])
            yield "number", number
            place += 1
            continue
        for length in (3, 2, 1):
            meaning = _meaning(" ".join(map(plain, pieces[place : place + length])), languages)
            if meaning is not None:
                yield meaning
                place += length
                break
        else:
            raise WordNotUnderstood(word=pieces[place][:40])


def read_code(text: str, language: str) -> tuple[tuple[int, int], ...]:
    """The things and numbers that were typed, as pairs. Raises for a word that is not known and for half a pair."""
    said = list(_understood(text, language))
    pairs: list[tuple[int, int]] = []
    for first, second in zip(said[::2], said[1::2], strict=False):
        meant = dict((first, second))
        if len(meant) != 2:
            raise NotSoManySigns(count=len(pairs))
        pairs.append((meant["thing"], meant["number"]))
    if len(said) % 2 or not FEWEST <= len(pairs) <= MOST:
        raise NotSoManySigns(count=len(pairs))
    return tuple(pairs)


def say_code(signs: Sequence[tuple[int, int]], language: str) -> str:
    """The code in words of a language: "fish 5, key 12, boat 8, moon 1"."""
    comma = "، " if language == "ar" else ", "
    return comma.join(f"{THINGS[thing].word(language)} {number}" for thing, number in signs)
