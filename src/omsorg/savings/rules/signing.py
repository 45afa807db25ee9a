"""The three keys: who signed a sealed meeting, on the curve P-256, over its canonical bytes.

A signature is the 64 bytes r||s, a public key the 65 bytes of its point, both in base64url without padding: what a
browser's own cryptography gives.
"""

import base64
import binascii
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from omsorg.savings.rules.broken import Broken
from omsorg.savings.rules.state import State

NEEDED: Final = 3
_BASE64URL = re.compile(r"[A-Za-z0-9_-]+", re.ASCII).fullmatch


@lru_cache(maxsize=4096)
def public_key(text: str) -> EllipticCurvePublicKey:
    """The key of these 65 bytes. Raises Broken("key") where it is no point of the curve."""
    try:
        return EllipticCurvePublicKey.from_encoded_point(SECP256R1(), _bytes(text, 65))
    except ValueError as wrong:
        raise Broken("key") from wrong


def check_signatures(
    signatures: Sequence[Mapping[str, Any]], keys: Mapping[str, tuple[int, str]], text: bytes
) -> list[int]:
    """The members who signed these bytes, each once. `keys` is what is known: the key's uuid -> (member, public key).

    Raises Broken: "signatures" (fewer than three), "key-unknown", "signed-twice", "signature".
    """
    signers: list[int] = []
    for signature in signatures:
        member, public = keys.get(signature["key"], (0, ""))
        if not public or member != signature["member"]:
            raise Broken("key-unknown", member=signature["member"])
        if member in signers:
            raise Broken("signed-twice", member=member)
        try:
            raw = _bytes(signature["signature"], 64)
            encoded = encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
            public_key(public).verify(encoded, text, ECDSA(SHA256()))
        except (ValueError, InvalidSignature) as wrong:
            raise Broken("signature", member=member) from wrong
        signers.append(member)
    if len(signers) < NEEDED:
        raise Broken("signatures", signed=len(signers), needed=NEEDED)
    return signers


def check_signers(signers: Sequence[int], before: State, after: State) -> None:
    """All of them hold a key of the box, and so no office. Raises Broken("signer").

    Who holds a key when the meeting begins; in a group that has not chosen its key-holders yet, who does at its end.
    """
    state = before if len(before.roles.get("key_holder", ())) >= NEEDED else after
    holders = state.roles.get("key_holder", ())
    for member in signers:
        if member not in holders:
            raise Broken("signer", member=member)


def _bytes(text: str, length: int) -> bytes:
    if _BASE64URL(text) is None:
        raise ValueError("not base64url")
    try:
        raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except binascii.Error as wrong:
        raise ValueError("not base64url") from wrong
    if len(raw) != length:
        raise ValueError("another length")
    return raw
