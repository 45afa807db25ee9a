"""A paper that three key-holders sign beside their meetings: one small canonical document in its envelope."""

import json
from collections.abc import Set
from dataclasses import dataclass
from typing import Any, Final

from omsorg.savings.rules.broken import Broken
from omsorg.savings.rules.canonical import canonical, fingerprint
from omsorg.savings.rules.envelope import MOST_SIGNATURES, is_signature, is_uuid

MOST_BYTES: Final = 16 * 1024


@dataclass(frozen=True, slots=True)
class Paper:
    """What was signed, as it was written and as JSON read it."""

    text: str
    hash: str
    signatures: list[dict[str, Any]]
    group: str
    says: dict[str, Any]


def read_paper(raw: bytes, fields: Set[str]) -> Paper:
    """A paper of format 1 with these fields and no others.

    Raises Broken: "too-large", "envelope", "format", "canonical", "hash".
    """
    if len(raw) > MOST_BYTES:
        raise Broken("too-large", bytes=len(raw), most=MOST_BYTES)
    envelope = _json(raw)
    if not isinstance(envelope, dict) or set(envelope) != {"document", "hash", "signatures"}:
        raise Broken("envelope")
    text, said, signatures = envelope["document"], envelope["hash"], envelope["signatures"]
    if type(text) is not str or type(said) is not str or not text.isascii():
        raise Broken("envelope")
    if type(signatures) is not list or len(signatures) > MOST_SIGNATURES or not all(map(is_signature, signatures)):
        raise Broken("envelope")
    says = _json(text.encode())
    if not isinstance(says, dict) or set(says) != fields or type(says["format"]) is not int or says["format"] != 1:
        raise Broken("format")
    if not is_uuid(says["group"]):
        raise Broken("format")
    if canonical(says) != text.encode():
        raise Broken("canonical")
    if said != fingerprint(text.encode()):
        raise Broken("hash")
    kept = [{name: signature[name] for name in ("key", "member", "signature")} for signature in signatures]
    return Paper(text, said, kept, says["group"], says)


def _json(raw: bytes) -> Any:
    try:
        return json.loads(raw)
    except (ValueError, RecursionError):
        return None
