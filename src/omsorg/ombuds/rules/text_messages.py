"""Text messages: how many it takes to say something, and how to say it in no more than may be sent.

A message is paid for by the piece, and a long one may arrive in disorder. Letters of the phones' own alphabet (GSM
03.38) take one of 160 places, a few of them two; any other letter makes the whole message one of 70 places. In pieces
that belong together 153 and 67 are left. Worked messages: `docs/rules/text-messages.md`.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

MOST_PIECES = 3
OWN = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
TWO_PLACES = frozenset("^{}\\[~]|€\f")
_SIGNS = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "’": "'", "‘": "'", "–": "-", "—": "-", "…": "..."}
    | {"\u00a0": " ", "\u202f": " ", "œ": "oe", "Œ": "OE", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D"}
)


class Alphabet(StrEnum):
    """In which letters a message goes."""

    GSM7 = "gsm7"
    UCS2 = "ucs2"


ALONE = {Alphabet.GSM7: 160, Alphabet.UCS2: 70}
TOGETHER = {Alphabet.GSM7: 153, Alphabet.UCS2: 67}


@dataclass(frozen=True, slots=True)
class Measure:
    """What a message takes: its letters, the places they need, and the pieces it goes in."""

    alphabet: Alphabet
    places: int
    pieces: int


def _places(text: str, alphabet: Alphabet) -> Iterator[int]:
    """The places of each letter: no letter is torn apart between two pieces."""
    for letter in text:
        if alphabet is Alphabet.GSM7:
            yield 2 if letter in TWO_PLACES else 1
        else:
            yield 2 if ord(letter) > 0xFFFF else 1


def measure(text: str) -> Measure:
    """How a message goes."""
    alphabet = Alphabet.GSM7 if all(letter in OWN or letter in TWO_PLACES for letter in text) else Alphabet.UCS2
    taken = list(_places(text, alphabet))
    if sum(taken) <= ALONE[alphabet]:
        return Measure(alphabet, sum(taken), 1)
    pieces, used = 1, 0
    for places in taken:
        if used + places > TOGETHER[alphabet]:
            pieces, used = pieces + 1, 0
        used += places
    return Measure(alphabet, sum(taken), pieces)


def in_own_letters(text: str) -> str:
    """The same words in the phones' own letters where their script allows it: "reçu" as "recu".

    Otherwise one accent would leave room for less than half. Arabic, and whatever else has no Latin letters, stays.
    """
    plain = "".join(_own(letter) for letter in text.translate(_SIGNS))
    return plain if measure(plain).alphabet is Alphabet.GSM7 else text


def _own(letter: str) -> str:
    if letter in OWN or letter in TWO_PLACES:
        return letter
    bare = "".join(part for part in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(part))
    return bare if bare and all(part in OWN for part in bare) else letter


def fitting(needed: Sequence[str], wished: Sequence[str] = (), *, most: int = MOST_PIECES) -> str:
    """A message of all that is needed, and of what else has room; in the phones' own letters where possible."""
    text = in_own_letters(" ".join(filter(None, needed)))
    for more in filter(None, wished):
        longer = in_own_letters(f"{text} {more}")
        if measure(longer).pieces <= most:
            text = longer
    return text


def cut(text: str, most: int) -> tuple[str, bool]:
    """At most so many letters of a text, ending with a whole word; and whether anything was left out."""
    plain = " ".join(text.split())
    if len(plain) <= most:
        return plain, False
    kept = plain[: most - 3]
    head = kept.rpartition(" ")[0] if plain[most - 3] != " " else kept
    return f"{(head if len(head) > most // 2 else kept).rstrip()}...", True


# ---- words that are no report ----------------------------------------------------------------------------------


class Command(StrEnum):
    """What a message can be besides a report: nobody's words, only a wish to be left alone or to know what this is."""

    STOP = "stop"
    HELP = "help"


_STOP = "stop stopp stopall unsubscribe afmeld avslutt avsluta acha simama arret arrete parar alto baja توقف قف"
_HELP = "help info"
_LETTERS = re.compile(r"[^\W\d_]+")
_CRIED = re.compile("[!！¡‼❗]")


def _bare(word: str) -> str:
    parts = unicodedata.normalize("NFKD", word.casefold())
    return "".join(part for part in parts if not unicodedata.combining(part))


COMMANDS = {
    **{_bare(word): Command.STOP for word in _STOP.split()},
    **{_bare(word): Command.HELP for word in _HELP.split()},
}


def command_in(text: str) -> Command | None:
    """STOP in any of the eight languages, HELP and INFO as operators use them; a message with nothing in it as HELP.

    One word more, and it is somebody's words. A cry is never a command: "Msaada!", "Hjælp", "Help!", "Acha!", "Stop!".
    """
    if not text.strip():
        return Command.HELP
    words = _LETTERS.findall(_bare(text))
    if len(words) != 1 or re.search(r"\d", text):
        return None
    return None if _CRIED.search(text) else COMMANDS.get(words[0])


def is_brief(text: str) -> bool:
    """Whether so little was said that somebody wants to know more: at most two words."""
    return len(_LETTERS.findall(text)) <= 2
