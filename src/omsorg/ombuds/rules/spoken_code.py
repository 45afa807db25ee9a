"""A return code in words, as it is said over the phone and typed with a thumb: "fish 5, key 12, boat eight, moon 1".

Said: `say_code`. Read: `read_code`, which forgives case, accents, a plural s, number words, the order of word and
number within a pair, and words of another of the eight languages. What it does not understand it names, and nothing
else: a wrong code is never helped along.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import suppress
from enum import StrEnum
from functools import lru_cache
from itertools import cycle

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


def _understood(pieces: Sequence[str], language: str) -> Iterator[tuple[str, int, int]]:
    """What the pieces of a text mean, in their order: a thing or a number, and how many pieces are used so far."""
    languages = [language, *(other for other in LANGUAGES if other != language)]
    place = 0
    while place < len(pieces):
        if pieces[place].isdecimal():
            number = int(pieces[place][:4])
            if not 1 <= number <= NUMBERS:
                raise WordNotUnderstood(word=pieces[place][:20])
            place += 1
            yield "number", number, place
            continue
        for length in range(min(3, len(pieces) - place), 0, -1):
            meaning = _meaning(" ".join(map(plain, pieces[place : place + length])), languages)
            if meaning is not None:
                place += length
                yield *meaning, place
                break
        else:
            raise WordNotUnderstood(word=pieces[place][:40])


def read_code(text: str, language: str) -> tuple[tuple[int, int], ...]:
    """The things and numbers that were typed, as pairs. Raises for a word that is not known and for half a pair."""
    said = [meant[:2] for meant in _understood(_PIECES.findall(_without_marks(text)), language)]
    pairs: list[tuple[int, int]] = []
    for first, second in zip(said[::2], said[1::2], strict=False):
        meant = dict((first, second))
        if len(meant) != 2:
            raise NotSoManySigns(count=len(pairs))
        pairs.append((meant["thing"], meant["number"]))
    if len(said) % 2 or not FEWEST <= len(pairs) <= MOST:
        raise NotSoManySigns(count=len(pairs))
    return tuple(pairs)


def codes_at_start(text: str, language: str) -> list[tuple[tuple[tuple[int, int], ...], str]]:
    """The codes with which a text may begin, the longest first, each with what follows it.

    Where it ends nobody has marked: whoever has four pictures may go on with "fish 3". Empty where it begins otherwise.
    """
    letters = [(plain_letter, place) for place, letter in enumerate(text) for plain_letter in _without_marks(letter)]
    found = list(_PIECES.finditer("".join(letter for letter, _place in letters)))[: MOST * 8]
    said: list[tuple[str, int]] = []
    ends: list[int] = []
    with suppress(WordNotUnderstood):
        for kind, number, used in _understood([piece[0] for piece in found], language):
            said.append((kind, number))
            ends.append(letters[found[used - 1].end() - 1][1] + 1)
    codes: list[tuple[tuple[tuple[int, int], ...], str]] = []
    pairs: list[tuple[int, int]] = []
    for first, second, end in zip(said[::2], said[1::2], ends[1::2], strict=False):
        meant = dict((first, second))
        if len(meant) != 2 or len(pairs) == MOST:
            break
        pairs.append((meant["thing"], meant["number"]))
        if len(pairs) >= FEWEST:
            codes.append((tuple(pairs), text[end:].lstrip(" \t\r\n.,;:!-،؛")))
    return codes[::-1]


class Meant(StrEnum):
    """What things and numbers in a text are that is no code."""

    NO = "no"
    PERHAPS = "perhaps"
    SLIP = "with a slip"


def meant_as_code(text: str, language: str) -> Meant:
    """Whether a text was meant as a code: it begins with three pictures that are understood, or tells of three things.

    A code with a slip in it is nothing but pictures and numbers, in turn: whoever tells of two shoes, one book and
    three eggs is never taken for one. Where more is said, it may be both.
    """
    pieces = _PIECES.findall(_without_marks(text))
    is_short, pieces = len(pieces) <= 3 * MOST, pieces[: 3 * MOST]
    kinds: list[str] = []
    place = 0
    while place < len(pieces):
        try:
            kind, _number, used = next(_understood(pieces[place:], language))
        except WordNotUnderstood:
            kind, used = "", 1
        kinds.append(kind)
        place += used
    if _pairs(kinds) < FEWEST - 1:
        return Meant.NO
    return Meant.SLIP if is_short and (all(kinds) or _take_turns(kinds)) else Meant.PERHAPS


def _pairs(kinds: Sequence[str]) -> int:
    pairs, before = 0, ""
    for kind in kinds:
        if before and kind and kind != before:
            pairs, before = pairs + 1, ""
        else:
            before = kind
    return pairs


def _take_turns(kinds: Sequence[str]) -> bool:
    """Whether these are pairs of a thing and a number, always in the same order, and of each pair one is understood."""
    return all(any(kinds[place : place + 2]) for place in range(0, len(kinds), 2)) and any(
        all(kind in ("", turn) for kind, turn in zip(kinds, cycle(turns), strict=False))
        for turns in (("thing", "number"), ("number", "thing"))
    )


def say_code(signs: Sequence[tuple[int, int]], language: str) -> str:
    """The code in words of a language: "fish 5, key 12, boat 8, moon 1"."""
    comma = "، " if language == "ar" else ", "
    return comma.join(f"{THINGS[thing].word(language)} {number}" for thing, number in signs)
