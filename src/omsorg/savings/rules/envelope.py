"""An envelope as it comes: the text of a document, the fingerprint it is said to have, and signatures."""

import json
import re
from dataclasses import dataclass
from typing import Any, Final

from omsorg.savings.rules.broken import Broken
from omsorg.savings.rules.canonical import LARGEST, canonical, fingerprint

MOST_BYTES: Final = 512 * 1024
MOST_SIGNATURES: Final = 9
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII).fullmatch
_HASH = re.compile(r"[0-9a-f]{64}", re.ASCII).fullmatch


@dataclass(frozen=True, slots=True)
class Envelope:
    """What came, and what its document says of itself, before anything of it is believed.

    `said` is the document as JSON read it, None where it is none. `mark` is the fingerprint of the whole, `hash`
    that of the document's bytes, `said_hash` the one in the envelope.
    """

    text: str
    said_hash: str
    hash: str
    mark: str
    signatures: list[dict[str, Any]]
    group: str
    device: str
    pen: int
    seq: int
    prev: str
    document_id: str
    said: Any


def read_envelope(raw: bytes) -> Envelope:
    """Raises Broken: "too-large", "envelope" where it is none, "format" where its document names no group."""
    if len(raw) > MOST_BYTES:
        raise Broken("too-large", bytes=len(raw), most=MOST_BYTES)
    envelope = _json(raw)
    if not isinstance(envelope, dict) or set(envelope) != {"document", "hash", "signatures"}:
        raise Broken("envelope")
    text, said, signatures = envelope["document"], envelope["hash"], envelope["signatures"]
    if type(text) is not str or type(said) is not str or "\0" in text or _HASH(said) is None:
        raise Broken("envelope")
    if type(signatures) is not list or len(signatures) > MOST_SIGNATURES or not all(map(is_signature, signatures)):
        raise Broken("envelope")
    try:
        written = text.encode()
    except UnicodeEncodeError as wrong:
        raise Broken("envelope") from wrong
    says = _json(written)
    says = says if isinstance(says, dict) else {}
    if not is_uuid(says.get("group")):
        raise Broken("format")
    kept = [{name: signature[name] for name in ("key", "member", "signature")} for signature in signatures]
    mark = fingerprint(json.dumps([text, said, kept], separators=(",", ":")).encode())
    return Envelope(
        text=text,
        said_hash=said,
        hash=fingerprint(written),
        mark=mark,
        signatures=kept,
        group=says["group"],
        device=says["device"] if is_uuid(says.get("device")) else "",
        pen=_count(says.get("pen")),
        seq=_count(says.get("seq")),
        prev=says["prev"] if type(says.get("prev")) is str and _HASH(says["prev"]) else "",
        document_id=says["id"] if is_uuid(says.get("id")) else "",
        said=says,
    )


def document_of(envelope: Envelope) -> dict[str, Any]:
    """The document, written the one way, with its own fingerprint, and saying which meeting of which pen it is.

    Raises Broken: "canonical", "hash", "format".
    """
    if canonical(envelope.said) != envelope.text.encode():
        raise Broken("canonical")
    if envelope.said_hash != envelope.hash:
        raise Broken("hash")
    if not (envelope.seq and envelope.pen and envelope.device and envelope.prev and envelope.document_id):
        raise Broken("format")
    return dict(envelope.said)


def _json(raw: bytes) -> Any:
    try:
        return json.loads(raw)
    except (ValueError, RecursionError):
        return None


def is_uuid(value: Any) -> bool:
    """Whether it is the text of a uuid, written in the one way: small letters, four dashes."""
    return type(value) is str and _UUID(value) is not None


def is_hash(value: Any) -> bool:
    """Whether it is written as a fingerprint is."""
    return type(value) is str and _HASH(value) is not None


def _count(value: Any) -> int:
    return value if type(value) is int and 1 <= value <= LARGEST else 0


def is_signature(value: Any) -> bool:
    """Whether it has the shape of a signature; what it is worth is for `check_signatures`."""
    return (
        isinstance(value, dict)
        and _count(value.get("member")) > 0
        and is_uuid(value.get("key"))
        and type(value.get("signature")) is str
        and value["signature"].isascii()
        and len(value["signature"]) <= 100
    )
