"""A phone that has lost its group's ledger asks for it: three key-holders sign a word that the house chose.

The word keeps a request from being sent again another day, whatever the phone believes the day to be.
"""

from dataclasses import dataclass
from typing import Any, Final

from omsorg.savings.rules.broken import Broken
from omsorg.savings.rules.canonical import canonical
from omsorg.savings.rules.envelope import MOST_SIGNATURES, is_signature, is_uuid

FIELDS: Final = {"group", "challenge", "signatures", "after"}


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for: everything of `group` that came after the envelope `after` (0: from the first)."""

    group: str
    challenge: str
    signatures: list[dict[str, Any]]
    after: int

    @property
    def signed(self) -> bytes:
        """The bytes that are signed."""
        return canonical({"asks": "kept", "challenge": self.challenge, "format": 1, "group": self.group})


def read_asked(said: Any) -> Asked:
    """Raises Broken("envelope")."""
    if not isinstance(said, dict) or not set(said) <= FIELDS or not is_uuid(said.get("group")):
        raise Broken("envelope")
    challenge, signatures, after = said.get("challenge", ""), said.get("signatures", []), said.get("after", 0)
    if type(challenge) is not str or len(challenge) > 300 or not challenge.isascii():
        raise Broken("envelope")
    if type(after) is not int or not 0 <= after < 2**63:
        raise Broken("envelope")
    if type(signatures) is not list or len(signatures) > MOST_SIGNATURES or not all(map(is_signature, signatures)):
        raise Broken("envelope")
    return Asked(said["group"], challenge, signatures, after)
