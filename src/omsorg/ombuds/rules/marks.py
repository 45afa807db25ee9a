"""Marks: four pictures that stand for the keys of a ring, to be read out by its owner and typed by a colleague.

Rows are not trusted: whoever has the password of the database could put another key in a colleague's name. So two
people compare what only the true keys give, by voice or face to face, before anything is sealed to them. Slow on
purpose: nobody searches for other keys with the same four pictures.
"""

from collections.abc import Collection

from omsorg.kernel.sealing import Cost, key_from
from omsorg.ombuds.rules.return_code import FEWEST_SIGNS, SIGN_BITS, ReturnCode, Sign, code_from
from omsorg.ombuds.rules.spoken_code import readings_of

MARK_COST = Cost(64 * 1024, 3)


def mark_of(what: str, *keys: bytes) -> ReturnCode:
    """The mark of public keys that are used for one thing (`what`): 44 bits, the same each time."""
    said = b"".join(len(key).to_bytes(2, "big") + key for key in (what.encode(), *keys))
    drawn = key_from(said, salt=b"omsorg mark of keys", cost=MARK_COST)
    return code_from(int.from_bytes(drawn, "big") >> 8 * len(drawn) - SIGN_BITS * FEWEST_SIGNS)


def typed_as_mark(text: str, language: str) -> frozenset[ReturnCode]:
    """Every way to read what was typed as a mark. Refused as a return code is, where a word is not known."""
    return frozenset(tuple(Sign(thing, number) for thing, number in pairs) for pairs in readings_of(text, language))


Typed = Collection[ReturnCode]
"""What somebody typed who was read a mark: one reading or two."""
