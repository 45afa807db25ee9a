"""Floods: how much one caller may do in an hour, without keeping who called, and without shutting out everybody else.

Counts live in the memory of one process and are gone within the hour. A caller is known by a fingerprint under a key
that the process draws when it starts and tells nobody: from the counts no address follows, not even for whoever knows
all addresses there are.

Three limits. Each caller has an allowance. The same words are taken a number of times from all callers together. And
where the whole site is under a flood, the allowance shrinks to a fair share for those who have had much already;
whoever has had little is let in all the same, so that no script closes the door to others.
"""

import hashlib
import hmac
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from ipaddress import ip_address
from threading import Lock

HOUR = 3600.0
MOST_REMEMBERED = 50_000
SHORTEST_ALIKE = 40
NETWORK_OF_ONE_HOME = 64


class Verdict(StrEnum):
    """What the gate says."""

    COME_IN = "come_in"
    TOO_OFTEN = "too_often"
    TOO_ALIKE = "too_alike"
    CROWDED = "crowded"


@dataclass(frozen=True, slots=True)
class Limits:
    """How many an hour: `each` caller, the `site` as a whole, `alike` words; `least` is open to everybody, always."""

    each: int
    site: int
    alike: int
    least: int


@dataclass(slots=True)
class Bucket:
    """What was used in the last hour, draining evenly."""

    used: float = 0.0
    seen: float = 0.0

    def now(self, moment: float, allowance: int) -> float:
        self.used = max(0.0, self.used - (moment - self.seen) * allowance / HOUR) if moment > self.seen else self.used
        self.seen = max(self.seen, moment)
        return self.used


@dataclass(slots=True)
class Gate:
    """One gate of one process. Its counts are shared by the threads of that process."""

    limits: Limits
    _key: bytes = field(default_factory=lambda: os.urandom(32), repr=False)
    _callers: dict[bytes, Bucket] = field(default_factory=dict, repr=False)
    _alike: dict[bytes, Bucket] = field(default_factory=dict, repr=False)
    _site: Bucket = field(default_factory=Bucket, repr=False)
    _lock: Lock = field(default_factory=Lock, repr=False)

    def ask(self, caller: str, *, at: datetime, words: str = "", weight: int = 1) -> Verdict:
        """Whether this may come in now. Nothing is counted yet. `weight`: how much of the limits it takes."""
        moment = at.timestamp()
        with self._held():
            used = self._of(self._callers, self.limits.each, caller, moment).now(moment, self.limits.each)
            if used + weight > self.limits.each:
                return Verdict.TOO_OFTEN
            plain = _plain(words)
            if len(plain) >= SHORTEST_ALIKE:
                alike = self._of(self._alike, self.limits.alike, plain, moment).now(moment, self.limits.alike)
                if alike + 1 > self.limits.alike:
                    return Verdict.TOO_ALIKE
            crowded = self._site.now(moment, self.limits.site) > self.limits.site / 2
            if crowded and used >= max(self.limits.least, self.limits.site / max(1, len(self._callers))):
                return Verdict.CROWDED
            return Verdict.COME_IN

    def count(self, caller: str, *, at: datetime, words: str = "", weight: int = 1) -> None:
        """Count what has come in."""
        moment = at.timestamp()
        with self._held():
            self._add(self._of(self._callers, self.limits.each, caller, moment), moment, self.limits.each, weight)
            plain = _plain(words)
            if len(plain) >= SHORTEST_ALIKE:
                self._add(self._of(self._alike, self.limits.alike, plain, moment), moment, self.limits.alike)
            self._add(self._site, moment, self.limits.site, weight)

    @staticmethod
    def _add(bucket: Bucket, moment: float, allowance: int, weight: int = 1) -> None:
        bucket.used = bucket.now(moment, allowance) + weight

    def _of(self, kept: dict[bytes, Bucket], allowance: int, told: str, moment: float) -> Bucket:
        name = hmac.new(self._key, told.encode("utf-8", "surrogatepass"), hashlib.sha256).digest()[:16]
        found = kept.pop(name, None)
        if found is None:
            if len(kept) >= MOST_REMEMBERED:
                self._forget(kept, allowance, moment)
            found = Bucket(seen=moment)
        kept[name] = found
        return found

    @staticmethod
    def _forget(kept: dict[bytes, Bucket], allowance: int, moment: float) -> None:
        """Forget what has drained; where nothing has, the half that was not seen for longest."""
        for name in [name for name, bucket in kept.items() if bucket.now(moment, allowance) == 0]:
            del kept[name]
        if len(kept) >= MOST_REMEMBERED:
            for name in list(kept)[: MOST_REMEMBERED // 2]:
                del kept[name]

    @contextmanager
    def _held(self) -> Iterator[None]:
        with self._lock:
            yield


def _plain(words: str) -> str:
    return re.sub(r"\W+", " ", words.casefold()).strip()


def caller_named(address: str) -> str:
    """The caller of an address: an IPv6 home has countless addresses and is one caller."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if found.version == 4:
        return str(found)
    return str(int(found) >> 128 - NETWORK_OF_ONE_HOME)
