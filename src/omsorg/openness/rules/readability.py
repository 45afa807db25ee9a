"""How easy the words of a form letter read, and what to shorten where they do not.

LIX is the average number of words in a sentence, and to it the share of long words in a hundred: what a school child
reads lies below 30, a newspaper at 45. Worked numbers: `docs/rules/reading-level.md`.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from omsorg.openness.rules.telling import HOLE

LONG_WORD = 7  # letters; so LIX counts
LONG_SENTENCE = 15  # words; one more is too many
EASY_LIX = {"en": 25, "da": 30, "nb": 30, "sv": 30}
"""Up to where words are easy. English has shorter words than its neighbours in the north, so its line lies lower."""
HARD_WORD = {"en": 10, "da": 11, "nb": 11, "sv": 11}
"""From how many letters on a word is pointed out. The others put words together, so theirs are longer."""
HEAVY = 10  # points of LIX above the line, up to which words are only heavy
MOST_TOLD = 8
WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
END = re.compile(r"[.!?:]+(?=\s|$)")


class Reads(StrEnum):
    """How words read, by their LIX; easy words have no long sentence either."""

    EASY = "easy"
    HEAVY = "heavy"
    HARD = "hard"


@dataclass(frozen=True, slots=True)
class Ease:
    """How easy words read. `long_sentences` and `hard_words` are what to shorten, the longest first.

    Words that are not easy name at least one thing to shorten.
    """

    words: int
    sentences: int
    long_words: int
    lix: int
    line: int
    long_sentences: tuple[str, ...]
    hard_words: tuple[str, ...]

    @property
    def reads(self) -> Reads:
        if self.lix <= self.line and not self.long_sentences:
            return Reads.EASY
        return Reads.HEAVY if self.lix <= self.line + HEAVY else Reads.HARD

    @property
    def words_in_a_sentence(self) -> int:
        """On average, rounded up."""
        return -(-self.words // self.sentences) if self.sentences else 0


def ease_of(text: str, language: str) -> Ease:
    """How easy these words read. What is filled in between braces is not counted: others write it."""
    sentences = [each for each in _sentences(HOLE.sub("", text)) if WORD.search(each)]
    words = [word for sentence in sentences for word in WORD.findall(sentence)]
    long_words = [word for word in words if len(word) >= LONG_WORD]
    lix = 0
    if words:
        exact = len(words) / len(sentences) + 100 * len(long_words) / len(words)
        lix = int(exact + 0.5)
    line = EASY_LIX.get(language, EASY_LIX["en"])
    by_length = sorted(sentences, key=lambda each: -len(WORD.findall(each)))
    too_long = [each for each in by_length if len(WORD.findall(each)) > LONG_SENTENCE]
    least = HARD_WORD.get(language, HARD_WORD["en"])
    distinct = dict.fromkeys(word.casefold() for word in sorted(words, key=len, reverse=True))
    hard = [word for word in distinct if len(word) >= least]
    if lix > line and not too_long and not hard:
        hard = [word for word in distinct if len(word) >= LONG_WORD]
    return Ease(
        words=len(words),
        sentences=len(sentences),
        long_words=len(long_words),
        lix=lix,
        line=line,
        long_sentences=tuple(too_long[:MOST_TOLD]),
        hard_words=tuple(hard[:MOST_TOLD]),
    )


def _sentences(text: str) -> list[str]:
    """Each line by itself, cut where a sentence ends."""
    found = []
    for line in text.split("\n"):
        begin = 0
        for end in END.finditer(line):
            found.append(line[begin : end.end()].strip())
            begin = end.end()
        found.append(line[begin:].strip())
    return found
