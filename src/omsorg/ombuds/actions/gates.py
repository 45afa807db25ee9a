"""The gates of the ombuds system: against floods of words, and against guessing codes and passphrases.

Asked before anything slow is done. Nothing is written down: see `kernel.floods`. The counts are those of one process;
the house serves its pages with two, so that all of it together lets in up to twice as much.
"""

from omsorg.kernel.floods import NETWORK_OF_ONE_LINE, Caller, Gate, Limits, Verdict, caller_at, caller_named
from omsorg.ombuds.rules.refusals import SaidAlready, TooManyAtOnce, TooManyTries, TriedTooOften

WORDS = Gate(Limits(each=90, site=1200, alike=20, least=10))
"""A tablet that a whole village shares sends 60 an hour and more; the same long words are taken 20 times an hour."""

MEGABYTES = Gate(Limits(each=400, site=6000, alike=1, least=60))
"""What comes with files is counted in megabytes, before a byte of it is read: nobody fills the disk from outside."""

WRONG_CODES = Gate(Limits(each=30, site=600, alike=30, least=5))
LATE_CODES = Gate(Limits(each=3, site=30, alike=3, least=1, seconds=30, site_closes=True))
"""Where many wrong codes were tried, tries go on, only slower: three in half a minute from one caller, and from all
together one a second. A code that opens takes nothing of it, so a child is not shut out by others on her tablet."""

LEAVING = Gate(Limits(each=50, site=1200, alike=1, least=10))
"""Leaving a page uses its ticket up, which leaves a row behind for some hours; beyond this one leaves without that."""

ASKED_AGAIN = Gate(Limits(each=20, site=600, alike=1, least=5))
"""A form that comes again while the gate of words is closed is looked for: at the price of one code, and so often."""

WRONG_PASSPHRASES = Gate(Limits(each=20, site=600, alike=20, least=5))

RELAYED_WORDS = Gate(Limits(each=600, site=1200, alike=20, least=10))
"""Whoever passes text messages on is one caller for all children: an allowance of its own, for what is new alone."""

RELAYED_CODES = Gate(Limits(each=200, site=200, alike=200, least=200))
RELAY = "the relay"


def ask_to_relay(message: str) -> None:
    """Pass, or say to come back later: before a new text message is taken in. What is let in is counted here."""
    _take(RELAYED_WORDS, RELAY, message)


def ask_to_write_again(lookup: str, message: str) -> None:
    """Pass, or say to come back later: a child who comes back by text message has the allowance of one caller.

    So no flood of others shuts her out. `lookup` is her case's fingerprint; the gate knows it by a fingerprint of that.
    """
    _take(WORDS, f"case {lookup}", message)


def try_relayed_code() -> None:
    """Pass, or say to come back later: before a code in a text message is tried. It counts as wrong until it opens."""
    if RELAYED_CODES.take(RELAY) is not Verdict.COME_IN:
        raise TooManyAtOnce


def relayed_code_was_not_wrong(tried: int) -> None:
    """Count the `tried` readings of a text message as none: the last of them opened."""
    for _reading in range(tried):
        RELAYED_CODES.give_back(RELAY)


def ask_to_tell(caller: str, message: str) -> None:
    """Pass, or say to come back later: before words are taken in. `caller` is the address that a page was called from.

    What is let in is counted here; the same form sent again counts again.
    """
    _take(WORDS, caller_at(caller), message)


def may_ask_again(caller: str) -> bool:
    """Whether it is looked up that a form had come before. What is let in is counted here."""
    return ASKED_AGAIN.take(caller_at(caller)) is Verdict.COME_IN


def _take(gate: Gate, caller: str | Caller, message: str) -> None:
    verdict = gate.take(caller, words=message)
    if verdict is Verdict.TOO_ALIKE:
        raise SaidAlready
    if verdict is not Verdict.COME_IN:
        raise TooManyAtOnce


def ask_to_send_files(caller: str, megabytes: int) -> None:
    """Pass, or say to come back later: before anything of a large form is read. What is let in is counted here."""
    if MEGABYTES.take(caller_at(caller), weight=megabytes) is not Verdict.COME_IN:
        raise TooManyAtOnce


def try_code(caller: str) -> Gate:
    """Pass, or say to wait: before a code is tried. It counts as a wrong one until it has opened something.

    Where many wrong ones come from everywhere, everybody goes the slow way, and one line is one caller: a script behind
    it, with all the addresses it has, takes no more of that way than its own part. Returns the gate that was passed.
    """
    if not WRONG_CODES.is_crowded() and WRONG_CODES.take(caller_at(caller)) is Verdict.COME_IN:
        return WRONG_CODES
    if LATE_CODES.take(_line_of(caller)) is Verdict.COME_IN:
        return LATE_CODES
    raise TooManyTries


def code_was_not_wrong(passed: Gate, caller: str) -> None:
    """Count a code that opened as none: a tablet is shared by many children."""
    passed.give_back(_line_of(caller) if passed is LATE_CODES else caller_at(caller))


def _line_of(caller: str) -> str:
    return caller_named(caller, network=NETWORK_OF_ONE_LINE)


def may_use_up(caller: str) -> bool:
    """Whether a page that somebody leaves uses its ticket up. What is let in is counted here."""
    return LEAVING.take(caller_at(caller)) is Verdict.COME_IN


def ask_to_unlock(person: int) -> None:
    """Pass, or say to wait: before a passphrase is tried. It counts as a wrong one until it has opened the ring."""
    if WRONG_PASSPHRASES.take(f"person {person}") is not Verdict.COME_IN:
        raise TriedTooOften


def passphrase_was_right(person: int) -> None:
    """Count a passphrase that opened as none."""
    WRONG_PASSPHRASES.give_back(f"person {person}")
