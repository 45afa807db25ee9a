"""Calls of another machine that are signed with a secret of both: who sent it, that nobody changed it, and when.

The header says `t=<seconds since 1970>,s=<HMAC-SHA256 of "t.body" under the secret, in hexadecimal>`. Worked example:
`docs/howto/text-messages.md`.
"""

import hashlib
import hmac
import re
from datetime import datetime, timedelta

WINDOW = timedelta(minutes=5)
_HEADER = re.compile(r"t=([1-9]\d{0,11}),s=([0-9a-f]{64})")


def signature(secret: str, body: bytes, moment: int) -> str:
    """What stands in the header of a call of this moment."""
    return f"t={moment},s={_digest(secret, body, moment)}"


def _digest(secret: str, body: bytes, moment: int) -> str:
    return hmac.new(secret.encode(), f"{moment}.".encode() + body, hashlib.sha256).hexdigest()


def secrets_of(setting: str) -> tuple[str, ...]:
    """The secrets that hold now: several while one takes the place of another."""
    return tuple(filter(None, (part.strip() for part in setting.split(","))))


def is_signed(header: str, body: bytes, *, secrets: tuple[str, ...], at: datetime) -> bool:
    """Whether a call is of somebody who has a secret, unchanged, and not more than five minutes off our clock."""
    said = _HEADER.fullmatch(header)
    if said is None:
        return False
    moment = int(said[1])
    holds = [hmac.compare_digest(_digest(secret, body, moment), said[2]) for secret in secrets]
    return any(holds) and abs(at.timestamp() - moment) <= WINDOW.total_seconds()


def mark_of(header: str) -> str:
    """What is kept of a call so that it is not taken twice: nothing follows from it."""
    return hashlib.sha256(header.encode()).hexdigest()
