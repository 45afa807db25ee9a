"""One way to write a document, and its fingerprint.

JSON with sorted keys, no spaces, text in normal form C, UTF-8. Whole numbers within 2^53, text, true and false,
lists, objects, at most `DEEPEST` within each other; no fractions and no null. Two programs that write the same
facts write the same bytes.
"""

import hashlib
import json
import unicodedata
from typing import Any, Final

from omsorg.savings.rules.broken import Broken

LARGEST: Final = 2**53 - 1
DEEPEST: Final = 32
NOTHING_BEFORE: Final = "0" * 64


def canonical(document: Any) -> bytes:
    """The bytes that are hashed and signed. Raises Broken("canonical") for what cannot be written the one way."""
    _check(document, 0)
    try:
        text = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"), check_circular=False)
        if not text.isascii() and not unicodedata.is_normalized("NFC", text):
            raise Broken("canonical")
        return text.encode()
    except (UnicodeEncodeError, TypeError, ValueError) as wrong:
        raise Broken("canonical") from wrong


def read_canonical(text: bytes) -> Any:
    """The document that these bytes write. Raises Broken("canonical") where they are not its one way."""
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as wrong:
        raise Broken("canonical") from wrong
    if canonical(document) != text:
        raise Broken("canonical")
    return document


def fingerprint(text: bytes) -> str:
    """SHA-256, 64 hexadecimal digits."""
    return hashlib.sha256(text).hexdigest()


def _check(part: Any, depth: int) -> None:
    kind = type(part)
    if kind is str or kind is bool:
        return
    if kind is int:
        if not -LARGEST <= part <= LARGEST:
            raise Broken("canonical")
    elif depth == DEEPEST:
        raise Broken("canonical")
    elif kind is dict:
        for key, value in part.items():
            if type(key) is not str or not key.isascii():
                raise Broken("canonical")
            of = type(value)
            if of is not str and not (of is int and -LARGEST <= value <= LARGEST):
                _check(value, depth + 1)
    elif kind is list:
        for value in part:
            _check(value, depth + 1)
    else:
        raise Broken("canonical")
