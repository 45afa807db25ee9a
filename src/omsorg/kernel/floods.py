"""Floods: how much one caller may do in an hour, without keeping who called, and without shutting out everybody else.

Counts live in the memory of one process and are gone within the hour: where a site runs two processes, all limits are
twice as wide. Time is counted and not read from a clock, so that none that goes wrong shuts anybody out. A caller is
known by a fingerprint under a key that the process draws when it starts and tells nobody: from the counts no address
follows, not even for whoever knows all addresses there are.

Four limits. Each caller has an allowance. So has each network that callers belong to: whoever rents one has thousands
of homes to call from, and all of them together are let in as often as `WIDER` says, and half as often again where a
home has had little: so a few that take all they may leave room for their neighbours. The same words are taken a number
of times from all callers together. And where the whole site is under a flood, the allowance shrinks to a fair share for
those who have had much already; whoever has had little is let in all the same, so that no script closes the door to
others.
"""

import hashlib
import hmac
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from ipaddress import IPv4Address, ip_address
from threading import Lock
from time import monotonic

HOUR = 3600.0
MOST_REMEMBERED = 50_000
SHORTEST_ALIKE = 40
NETWORK_OF_ONE_HOME = 64
NETWORK_OF_ONE_LINE = 48
"""What a provider gives to one line at most: a script behind it has thousands of homes to call from."""


WIDER = {56: 2, 48: 4}
"""Bits of an IPv6 network, and how many times the allowance of one caller all of it has together. A script behind one
home line (a /56 or less) leaves half of its provider's /48 to the neighbours; one with a /48 is a few callers."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Who calls: a `home`, and the `networks` it belongs to, each with the times it has the allowance of one home."""

    home: str
    networks: tuple[tuple[str, int], ...] = ()


class Verdict(StrEnum):
    """What the gate says."""

    COME_IN = "come_in"
    TOO_OFTEN = "too_often"
    TOO_ALIKE = "too_alike"
    CROWDED = "crowded"


@dataclass(frozen=True, slots=True)
class Limits:
    """How many an hour: `each` caller, the `site` as a whole, `alike` words; `least` is open to everybody, always.

    `seconds`: another span than an hour. `site_closes`: what is more than the site takes is held off, whoever comes.
    """

    each: int
    site: int
    alike: int
    least: int
    seconds: float = HOUR
    site_closes: bool = False


@dataclass(slots=True)
class Bucket:
    """What was used in the last hour, draining evenly."""

    used: float = 0.0
    seen: float = 0.0

    def now(self, moment: float, drains: float) -> float:
        """What stands in it; `drains` a second."""
        self.used = max(0.0, self.used - max(0.0, moment - self.seen) * drains)
        self.seen = max(self.seen, moment)
        return self.used


@dataclass(slots=True)
class Gate:
    """One gate of one process. Its counts are shared by the threads of that process.

    `clock` counts seconds and never goes back; what day it is, is not asked here.
    """

    limits: Limits
    clock: Callable[[], float] = monotonic
    _key: bytes = field(default_factory=lambda: os.urandom(32), repr=False)
    _callers: dict[bytes, Bucket] = field(default_factory=dict, repr=False)
    _networks: dict[bytes, Bucket] = field(default_factory=dict, repr=False)
    _alike: dict[bytes, Bucket] = field(default_factory=dict, repr=False)
    _site: Bucket = field(default_factory=Bucket, repr=False)
    _lock: Lock = field(default_factory=Lock, repr=False)

    def take(self, caller: str | Caller, *, words: str = "", weight: int = 1) -> Verdict:
        """Whether this may come in now; what is let in is counted in the same step. `weight`: how much it takes."""
        with self._held():
            moment, limits, caller = self.clock(), self.limits, _as_caller(caller)
            verdict = self._verdict(caller, moment, words, weight)
            if verdict is Verdict.COME_IN:
                self._add(self._of(self._callers, limits.each, caller.home, moment), weight)
                for bucket, _most in self._of_networks(caller, moment):
                    self._add(bucket, weight)
                plain = _plain(words)
                if len(plain) >= SHORTEST_ALIKE:
                    self._add(self._of(self._alike, limits.alike, plain, moment), 1)
                self._drain(self._site, limits.site, moment)
                self._add(self._site, weight)
            return verdict

    def give_back(self, caller: str | Caller) -> None:
        """What was taken need not be counted after all."""
        with self._held():
            moment, caller = self.clock(), _as_caller(caller)
            home = self._of(self._callers, self.limits.each, caller.home, moment)
            networks = [bucket for bucket, _most in self._of_networks(caller, moment)]
            for bucket in (home, *networks, self._site):
                bucket.used = max(0.0, bucket.used - 1)

    def is_crowded(self) -> bool:
        """Whether all together have used more than half of what the site takes."""
        with self._held():
            return self._crowded(self.clock())

    def _crowded(self, moment: float) -> bool:
        return self._drain(self._site, self.limits.site, moment) > self.limits.site / 2

    def _of_networks(self, caller: Caller, moment: float) -> list[tuple[Bucket, int]]:
        """What the networks of a caller have used, each with its allowance."""
        each = self.limits.each
        return [(self._of(self._networks, times * each, name, moment), times * each) for name, times in caller.networks]

    def _verdict(self, caller: Caller, moment: float, words: str, weight: int) -> Verdict:
        limits = self.limits
        used = self._of(self._callers, limits.each, caller.home, moment).used
        kept_free = 1.5 if used + weight <= limits.least else 1
        if any(bucket.used + weight > kept_free * most for bucket, most in self._of_networks(caller, moment)):
            return Verdict.TOO_OFTEN
        if used + weight > limits.each:
            return Verdict.TOO_OFTEN
        plain = _plain(words)
        if len(plain) >= SHORTEST_ALIKE and self._of(self._alike, limits.alike, plain, moment).used + 1 > limits.alike:
            return Verdict.TOO_ALIKE
        if self._crowded(moment) and used >= max(limits.least, limits.site / max(1, len(self._callers))):
            return Verdict.CROWDED
        if limits.site_closes and self._site.used + weight > limits.site:
            return Verdict.CROWDED
        return Verdict.COME_IN

    @staticmethod
    def _add(bucket: Bucket, weight: int) -> None:
        bucket.used += weight

    def _drain(self, bucket: Bucket, allowance: int, moment: float) -> float:
        return bucket.now(moment, allowance / self.limits.seconds)

    def _of(self, kept: dict[bytes, Bucket], allowance: int, told: str, moment: float) -> Bucket:
        name = hmac.new(self._key, told.encode("utf-8", "surrogatepass"), hashlib.sha256).digest()[:16]
        found = kept.pop(name, None)
        if found is None:
            if len(kept) >= MOST_REMEMBERED:
                self._forget(kept, allowance, moment)
            found = Bucket(seen=moment)
        kept[name] = found
        self._drain(found, allowance, moment)
        return found

    def _forget(self, kept: dict[bytes, Bucket], allowance: int, moment: float) -> None:
        """Forget what has drained; where nothing has, the half that was not seen for longest."""
        for name in [name for name, bucket in kept.items() if self._drain(bucket, allowance, moment) == 0]:
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


def _as_caller(caller: str | Caller) -> Caller:
    return Caller(caller) if isinstance(caller, str) else caller


def caller_at(address: str) -> Caller:
    """The caller of an address, with the networks it belongs to. Of an IPv4 address no network is told."""
    home = caller_named(address)
    if home == address or ":" not in address or "." in home:
        return Caller(home)
    networks = {bits: f"/{bits} {caller_named(address, network=bits)}" for bits in WIDER}
    return Caller(home, tuple((networks[bits], times) for bits, times in WIDER.items()))


def caller_named(address: str, *, network: int = NETWORK_OF_ONE_HOME) -> str:
    """The caller of an address: an IPv6 home has countless addresses and is one caller; an IPv4 address that is
    written as IPv6 is the same caller as without. `network`: how many bits of an IPv6 address name one caller."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    plain = found if isinstance(found, IPv4Address) else found.ipv4_mapped
    if plain is not None:
        return str(plain)
    return str(int(found) >> 128 - network)
