"""The gates of the ombuds system: against floods of words, and against guessing codes and passphrases.

Ask before anything slow is done. Nothing is written down: see `kernel.floods`. The counts are those of one process, of
which there may be a few.
"""

from datetime import datetime

from omsorg.kernel.floods import Gate, Limits, Verdict, caller_named
from omsorg.ombuds.rules.refusals import SaidAlready, TooManyAtOnce, TriedTooOften

WORDS = Gate(Limits(each=90, site=1200, alike=20, least=10))
"""A tablet that a whole village shares sends 60 an hour and more; the same long words are taken 20 times an hour."""

MEGABYTES = Gate(Limits(each=400, site=6000, alike=1, least=60))
"""What comes with files is counted in megabytes, before a byte of it is read: nobody fills the disk from outside."""

WRONG_CODES = Gate(Limits(each=30, site=600, alike=30, least=5))
WRONG_PASSPHRASES = Gate(Limits(each=20, site=600, alike=20, least=5))

RELAYED_WORDS = Gate(Limits(each=600, site=1200, alike=20, least=10))
"""Whoever passes text messages on is one caller for all children: an allowance of its own, for what is new alone."""

RELAYED_CODES = Gate(Limits(each=200, site=200, alike=200, least=200))
RELAY = "the relay"


def ask_to_relay(message: str, *, at: datetime) -> None:
    """Pass, or say to come back later: before a new text message is taken in. What is let in is counted here."""
    _ask_and_count(RELAYED_WORDS, RELAY, message, at)


def ask_to_write_again(lookup: str, message: str, *, at: datetime) -> None:
    """Pass, or say to come back later: a child who comes back by text message has the allowance of one caller.

    So no flood of others shuts her out. `lookup` is her case's fingerprint; the gate knows it by a fingerprint of that.
    """
    _ask_and_count(WORDS, f"case {lookup}", message, at)


def ask_to_try_relayed_code(*, at: datetime) -> None:
    """Pass, or say to come back later: before a code in a text message is tried."""
    if RELAYED_CODES.ask(RELAY, at=at) is not Verdict.COME_IN:
        raise TooManyAtOnce


def relayed_code_was_wrong(*, at: datetime) -> None:
    """Count a code in a text message that led nowhere."""
    RELAYED_CODES.count(RELAY, at=at)


def ask_to_tell(caller: str, message: str, *, at: datetime) -> None:
    """Pass, or say to come back later: before words are taken in. `caller` is the address that a page was called from.

    What is let in is counted here; the same form sent again counts again.
    """
    _ask_and_count(WORDS, caller_named(caller), message, at)


def _ask_and_count(gate: Gate, name: str, message: str, at: datetime) -> None:
    verdict = gate.ask(name, at=at, words=message)
    if verdict is Verdict.TOO_ALIKE:
        raise SaidAlready
    if verdict is not Verdict.COME_IN:
        raise TooManyAtOnce
    gate.count(name, at=at, words=message)


def ask_to_send_files(caller: str, megabytes: int, *, at: datetime) -> None:
    """Pass, or say to come back later: before anything of a large form is read. What is let in is counted here."""
    name = caller_named(caller)
    if MEGABYTES.ask(name, at=at, weight=megabytes) is not Verdict.COME_IN:
        raise TooManyAtOnce
    MEGABYTES.count(name, at=at, weight=megabytes)


def ask_to_try_code(caller: str, *, at: datetime) -> None:
    """Pass, or say to come back later: before a code is tried."""
    if WRONG_CODES.ask(caller_named(caller), at=at) is not Verdict.COME_IN:
        raise TooManyAtOnce


def code_was_wrong(caller: str, *, at: datetime) -> None:
    """Count a code that led nowhere. Codes that open are not counted: a tablet is shared by many children."""
    WRONG_CODES.count(caller_named(caller), at=at)


def ask_to_unlock(person: int, *, at: datetime) -> None:
    """Pass, or say to wait: before a passphrase is tried."""
    if WRONG_PASSPHRASES.ask(f"person {person}", at=at) is not Verdict.COME_IN:
        raise TriedTooOften


def passphrase_was_wrong(person: int, *, at: datetime) -> None:
    """Count a passphrase that opened nothing."""
    WRONG_PASSPHRASES.count(f"person {person}", at=at)
