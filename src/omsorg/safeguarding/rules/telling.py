"""What may leave an incident: a lesson that tells of nobody."""

import re
from collections.abc import Iterable

from omsorg.kernel.refusals import Refusal
from omsorg.kernel.refusals import written as _

NUMBER = re.compile(r"\d")
SHORTEST_WORD = 4


class TellsOfSomebody(Refusal):
    sentence = _("The lesson must not give anybody away. Take out: %(words)s.")


class CheckedByAnother(Refusal):
    sentence = _("Somebody else must check that the lesson tells of nobody.")


class CheckFirst(Refusal):
    sentence = _("A second person checks the lesson before it leaves.")


def identifying_words(text: str, *, known: Iterable[str]) -> tuple[str, ...]:
    """The words of `text` that could lead to the incident: names that are `known` here, and every figure.

    Of a name each word of four letters or more counts; a day, an age or a number of persons shows by its figures.
    """
    words = {word.casefold(): word for word in re.findall(r"\w+", text)}
    names = {part.casefold() for name in known for part in re.findall(r"\w+", name) if len(part) >= SHORTEST_WORD}
    found = [written for folded, written in words.items() if folded in names or NUMBER.search(folded)]
    return tuple(dict.fromkeys(found))
