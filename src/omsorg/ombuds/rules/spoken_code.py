"""A return code in words, as it is said over the phone and typed with a thumb: "fish 5, key 12, boat eight, moon 1".

Said: `say_code`. Read: `read_code`, which forgives case, accents, a plural s, number words, the order of word and
number within a pair, and words of another of the eight languages, whatever the language of the page. What it does not
understand it names, and nothing else: a wrong code is never helped along.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from enum import StrEnum
from functools import lru_cache
from itertools import cycle, product
from operator import itemgetter

from omsorg.kernel.refusals import Refusal
from omsorg.kernel.refusals import written as _
from omsorg.ombuds.rules.things import LANGUAGES, NUMBER_WORDS, NUMBERS, THINGS

FEWEST, MOST = 4, 6
MOST_READINGS = 2
"""Each reading that is tried counts as one code at the gates, so that two readings are no second guess for nothing."""

_LETTERS = str.maketrans(
    {"ø": "o", "æ": "ae", "œ": "oe", "å": "a", "ß": "ss", "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه"}
    | {"ؤ": "و", "ئ": "ي", "ـ": None}
)
_IN_ALL = frozenset(LANGUAGES)
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


Meanings = Mapping[tuple[str, int], frozenset[str]]
"""What one word may mean, a thing or a number, each with the languages in which it does."""

Pairs = tuple[tuple[int, int], ...]


@lru_cache(maxsize=1)
def _words() -> dict[str, Meanings]:
    """Every word of all books."""
    said = [(plain(thing.words[tongue]), ("thing", thing.number), tongue) for thing in THINGS for tongue in LANGUAGES]
    for tongue, numbers in NUMBER_WORDS.items():
        said += [(plain(word), ("number", number), tongue) for number, words in numbers.items() for word in words]
    found: dict[str, dict[tuple[str, int], frozenset[str]]] = {}
    for word, meaning, tongue in said:
        meanings = found.setdefault(word, {})
        meanings[meaning] = meanings.get(meaning, frozenset()) | {tongue}
    return dict(found)


def _understood(pieces: Sequence[str]) -> Iterator[tuple[Meanings, int]]:
    """What the pieces of a text may mean, in their order, and how many pieces are used so far."""
    words, spelt, place = _words(), [plain(piece) for piece in pieces], 0
    while place < len(pieces):
        if pieces[place].isdecimal():
            number = int(pieces[place][:4])
            if not 1 <= number <= NUMBERS:
                raise WordNotUnderstood(word=pieces[place][:20])
            place += 1
            yield {("number", number): _IN_ALL}, place
            continue
        for length in range(min(3, len(pieces) - place), 0, -1):
            word = " ".join(spelt[place : place + length])
            meanings = words.get(word) or words.get(word.removesuffix("s"))
            if meanings is not None:
                place += length
                yield meanings, place
                break
        else:
            raise WordNotUnderstood(word=pieces[place][:40])


def _readings(said: Sequence[Meanings], language: str) -> list[Pairs]:
    """The codes that these words can be, the likeliest first; at most `MOST_READINGS`.

    A word that means one thing in one language and another in another ("pan") means the same throughout one code. First
    comes what is said wholly in the language of the page, then what is said wholly in one of the others.
    """
    doubtful = {id(meanings): meanings for meanings in said if len(meanings) > 1}
    found: list[tuple[int, Pairs]] = []
    for choice in product(*(meanings.items() for meanings in doubtful.values())):
        chosen = dict(zip(doubtful, choice, strict=True))
        meant = [chosen.get(id(meanings)) or next(iter(meanings.items())) for meanings in said]
        pairs = tuple(dict((first[0], second[0])) for first, second in zip(meant[::2], meant[1::2], strict=False))
        if all(len(pair) == 2 for pair in pairs):
            tongues = frozenset.intersection(_IN_ALL, *(languages for _meaning, languages in meant))
            unlike = sum(language not in languages for _meaning, languages in chosen.values())
            place = -2 if language in tongues else -1 if tongues else unlike
            found.append((place, tuple((pair["thing"], pair["number"]) for pair in pairs)))
    return [pairs for _place, pairs in sorted(found, key=itemgetter(0))][:MOST_READINGS]


def readings_of(text: str, language: str) -> list[Pairs]:
    """The codes that a text can be, the likeliest first: one, or two where a word has two meanings ("pan": in Spanish
    it is bread). Raises for a word that is not known and for half a pair."""
    said = [meanings for meanings, _used in _understood(_PIECES.findall(_without_marks(text)))]
    found = _readings(said, language)
    if not found or len(said) % 2 or not FEWEST <= len(said) // 2 <= MOST:
        raise NotSoManySigns(count=_pairs([next(iter(meanings))[0] for meanings in said]))
    return found


def read_code(text: str, language: str) -> Pairs:
    """The things and numbers that were typed, as pairs, in their likeliest reading. Refused as in `readings_of`."""
    return readings_of(text, language)[0]


def codes_at_start(text: str, language: str) -> list[tuple[Pairs, str]]:
    """The codes with which a text may begin, the longest first, each with what follows it.

    Where it ends nobody has marked: whoever has four pictures may go on with "fish 3". Empty where it begins otherwise.
    """
    letters = [(plain_letter, place) for place, letter in enumerate(text) for plain_letter in _without_marks(letter)]
    found = list(_PIECES.finditer("".join(letter for letter, _place in letters)))[: MOST * 8]
    said: list[Meanings] = []
    ends: list[int] = []
    with suppress(WordNotUnderstood):
        for meanings, used in _understood([piece[0] for piece in found]):
            said.append(meanings)
            ends.append(letters[found[used - 1].end() - 1][1] + 1)
    return [
        (pairs, text[ends[2 * signs - 1] :].lstrip(" \t\r\n.,;:!-،؛"))
        for signs in range(min(MOST, len(said) // 2), FEWEST - 1, -1)
        for pairs in _readings(said[: 2 * signs], language)
    ]


def says_more(codes: Sequence[tuple[Pairs, str]]) -> bool:
    """Whether words follow, however a text's beginning is read as a code (`codes_at_start`): more than numbers."""
    return all(any(letter.isalpha() for letter in words) for _pairs, words in codes)


class Meant(StrEnum):
    """What things and numbers in a text are that is no code."""

    NO = "no"
    PERHAPS = "perhaps"
    SLIP = "with a slip"


def meant_as_code(text: str) -> Meant:
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
            meanings, used = next(_understood(pieces[place:]))
            kind = next(iter(meanings))[0]
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
