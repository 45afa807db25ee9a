"""What may leave an incident: a lesson that tells of nobody."""

import re
from collections.abc import Collection, Iterable

from omsorg.kernel.refusals import Refusal
from omsorg.kernel.refusals import written as _

NUMBER = re.compile(r"\d")
SHORTEST_WORD = 4
LONGEST_ENDING = 4
"""How many letters may follow a name before it is another word: Arushas, Tanzanian, Tanzanierna."""
PARTICLES = frozenset({"the", "and", "of", "de", "da", "di", "du", "la", "le", "van", "von", "og", "och", "for", "in"})
"""Short words of people's and organisations' names that tell of nobody."""
SMALL = re.compile(
    r"two|three|four|five|six|seven|eight|nine|ten|to|tre|fire|fem|seks|syv|sju|otte|åtte|ni|ti|två|fyra"
    r"|sex|åtta|nio|tio|both|begge|båda"
)
LARGE = re.compile(
    r"eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty"
    r"|fifty|hundred|elleve|tolv|tretten|fjorten|femten|seksten|sytten|atten|nitten|tyve|tredive|fyrre"
    r"|halvtreds|hundrede|søtten|tjue|tretti|førti|femti|hundre|elva|tretton|fjorton|femton|sexton|sjutton"
    r"|arton|nitton|tjugo|trettio|fyrtio|femtio|hundra|dozen|dusin"
)
PEOPLE_OR_TIME = re.compile(
    r"(?:girl|boy|child|kid|sister|brother|sibling|twin|victim|teenager|year|month|week|day|night"
    r"|pige|jente|flick|dreng|gutt|pojk|barn|børn|søster|søstre|syster|systrar|bror|brødre|bröder|søsken|søskende|syskon"
    r"|tvilling|år|måned|månad|uge|uke|veck|dag|døgn|dygn|nat|nätter)\w*"
)
"""What a small number in words must not stand before: it would be an age, a span of time, or how many were harmed."""


class TellsOfSomebody(Refusal):
    sentence = _("The lesson must not give anybody away. Take out: %(words)s.")


class NotAsItIsWorded(Refusal):
    sentence = _("The lesson cannot be taken in as it is worded. Leave it, and ask for other words.")


class NotWhileHeld(Refusal):
    sentence = _("The incident is held back from the public. Its lesson waits as long as it does.")


class CheckedByAnother(Refusal):
    sentence = _("Somebody else must check that the lesson tells of nobody.")


class CheckFirst(Refusal):
    sentence = _("A second person checks the lesson before it leaves.")


def identifying_words(text: str, *, known: Iterable[str], common: Collection[str] = frozenset()) -> tuple[str, ...]:
    """The words of `text` that could lead to the incident: names that are `known` here, and every number.

    Of a name each word counts that is not `common`, with the endings that a language hangs on it; one of two or three
    letters where it is written as a name is. A number counts in figures; in words from eleven on, and a smaller one
    before people who could have been harmed, and before spans of time.
    """
    words = re.findall(r"\w+", text)
    names = {part.casefold() for name in known for part in re.findall(r"\w+", name)} - PARTICLES - set(common)
    found: dict[str, str] = {}
    for word, after in zip(words, [*words[1:], ""], strict=True):
        if NUMBER.search(word) or _is_name(word, names) or _is_number(word.casefold(), after.casefold()):
            found.setdefault(word.casefold(), word)
    return tuple(found.values())


def _is_name(word: str, names: Iterable[str]) -> bool:
    folded = word.casefold()
    return any(
        (folded.startswith(name) and len(folded) - len(name) <= LONGEST_ENDING)
        if len(name) >= SHORTEST_WORD
        else (len(name) > 1 and word[0].isupper() and folded in (name, f"{name}s"))
        for name in names
    )


def _is_number(word: str, after: str) -> bool:
    return bool(LARGE.fullmatch(word) or (SMALL.fullmatch(word) and PEOPLE_OR_TIME.fullmatch(after)))
