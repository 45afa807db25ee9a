"""The 128 things of the return code: a drawing of our own for each, and one plain noun in eight languages.

A sign of a code is a thing and a number from 1 to 16: 2048 signs, 11 bits. The order of `words.csv` is the order of the
things and never changes: codes that children keep rest on it. Eight kinds of sixteen things each, so that a thing is
found in two steps by whoever cannot read. The words of one language are so far apart that one wrong letter never makes
another thing of it; a test holds them to that.

`drawings.svg` holds one symbol a thing, 48 by 48, a few strokes in the colour of the text: `f` is filled with one pale
tone, `s` is solid. Each is at most 300 bytes, and goes into the page itself, so that no picture of a code is fetched or
left behind on the device.
"""

import csv
import re
from dataclasses import dataclass
from pathlib import Path

LANGUAGES = ("en", "da", "nb", "sv", "sw", "fr", "es", "ar")
NUMBERS = 16
KINDS = ("animals", "food", "nature", "home", "tools", "wearing", "going", "playing")
OF_A_KIND = 16
_HERE = Path(__file__).parent
_SYMBOL = re.compile(r'<symbol id="(\w+)">(.+?)</symbol>')


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing: its place among all, its English name, its words by language, and the inside of its drawing."""

    number: int
    name: str
    words: dict[str, str]
    drawing: str

    def word(self, language: str) -> str:
        """What it is called in a language; in English where the language is not one of the eight."""
        return self.words.get(language) or self.words["en"]


def _read() -> tuple[Thing, ...]:
    drawings = dict(_SYMBOL.findall((_HERE / "drawings.svg").read_text(encoding="utf-8")))
    with (_HERE / "words.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return tuple(
        Thing(number, row["thing"], {language: row[language] for language in LANGUAGES}, drawings[row["thing"]])
        for number, row in enumerate(rows)
    )


def _read_numbers() -> dict[str, dict[int, tuple[str, ...]]]:
    with (_HERE / "numbers.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {language: {int(row["number"]): tuple(row[language].split("|")) for row in rows} for language in LANGUAGES}


THINGS = _read()
NUMBER_WORDS = _read_numbers()
"""How each number is said, by language: the usual word first."""


def things_of(kind: str) -> tuple[Thing, ...]:
    """The sixteen things of one kind, in their order."""
    first = KINDS.index(kind) * OF_A_KIND
    return THINGS[first : first + OF_A_KIND]
