"""The return code: four pictures, each a thing and a number, that a child keeps and comes back with.

128 things and the numbers 1 to 16 make 2048 signs, 11 bits each: four signs are 44 bits. The code follows from the
token of the form that the child filled in. The same form sent twice shows the same code, and nothing of it is kept.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from omsorg.kernel.refusals import Refusal
from omsorg.kernel.refusals import written as _
from omsorg.kernel.sealing import Cost, key_for, key_from

THINGS, NUMBERS, SIGN_BITS = 128, 16, 11
FEWEST_SIGNS, MOST_SIGNS = 4, 6
TOKEN_BYTES = 32


class NotACode(Refusal):
    sentence = _("This is not a code. A code is a row of pictures, each with a number from 1 to 16.")


@dataclass(frozen=True, slots=True, order=True)
class Sign:
    """One picture of a code: which thing (0 to 127), and the number beside it (1 to 16)."""

    thing: int
    number: int

    def __post_init__(self) -> None:
        if not (0 <= self.thing < THINGS and 1 <= self.number <= NUMBERS):
            raise NotACode


ReturnCode = tuple[Sign, ...]
"""Four signs, or as many as the house has chosen, in their order."""


def code_from(number: int, signs: int = FEWEST_SIGNS) -> ReturnCode:
    """The code of a number below 2048 to the power of `signs`; `bits` is the way back."""
    if not (FEWEST_SIGNS <= signs <= MOST_SIGNS and 0 <= number < 1 << SIGN_BITS * signs):
        raise NotACode
    parts = [number >> SIGN_BITS * place & (1 << SIGN_BITS) - 1 for place in reversed(range(signs))]
    return tuple(Sign(part // NUMBERS, part % NUMBERS + 1) for part in parts)


def code_of_token(token: bytes, signs: int = FEWEST_SIGNS, turn: int = 0) -> ReturnCode:
    """The code that belongs to a form's token of 32 random bytes.

    `turn` counts on from 0 where another child has the code already: one in millions, and still nobody's words are
    lost or shown to another.
    """
    if len(token) != TOKEN_BYTES:
        raise NotACode
    derived = int.from_bytes(key_for(token, f"return code {turn}"), "big")
    return code_from(derived >> 256 - SIGN_BITS * signs, signs)


def bits(code: Sequence[Sign]) -> int:
    """The code as one number: 11 bits a sign, the first sign first."""
    if not FEWEST_SIGNS <= len(code) <= MOST_SIGNS:
        raise NotACode
    number = 0
    for sign in code:
        number = number << SIGN_BITS | sign.thing * NUMBERS + sign.number - 1
    return number


def secret_of(code: Sequence[Sign]) -> bytes:
    """What the keys of a code follow from: how many signs, and the number they make."""
    return len(code).to_bytes(1, "big") + bits(code).to_bytes(9, "big")


@dataclass(frozen=True, slots=True)
class CodeKeys:
    """What follows from a code: `lookup` finds the case (its fingerprint is kept), `opening` opens the case's key."""

    lookup: bytes
    opening: bytes


def keys_of(code: Sequence[Sign], *, salt: bytes, cost: Cost) -> CodeKeys:
    """The two keys of a code. Slow on purpose: whoever has the whole database still pays this for each guess."""
    stretched = key_from(secret_of(code), salt=salt, cost=cost)
    return CodeKeys(key_for(stretched, "return code lookup"), key_for(stretched, "return code opening"))
