"""What a child does who comes back with the code: says more, says whether it helped, asks for somebody above, answers
and takes back. The code is the key; nothing here needs an account, and no instant is kept."""

import hashlib
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from enum import StrEnum

from omsorg.kernel.trail import leave_trace
from omsorg.ombuds.access import CaseInHand, ombuds_database, with_code
from omsorg.ombuds.actions.files import keep_files
from omsorg.ombuds.actions.levels import hold, next_number, promised_by, raise_level, shut_keys
from omsorg.ombuds.actions.submissions import CHILD, day_of, shut_out, words_to_keep
from omsorg.ombuds.models import Assent, Case, CaseKey, Wish, Words, random_id
from omsorg.ombuds.queries.reachable import hearers
from omsorg.ombuds.rules.attachments import Attachment, clean_all
from omsorg.ombuds.rules.levels import Because, Level, Status
from omsorg.ombuds.rules.refusals import (
    NobodyAbove,
    NobodyElseReads,
    NobodyLeft,
    NoSuchCode,
    NotAsked,
    NothingToTakeBack,
)
from omsorg.ombuds.rules.return_code import ReturnCode
from omsorg.ombuds.rules.routing import Conflicts, conflicts


class Helped(StrEnum):
    """What a child says of what was done: a face each."""

    YES = "yes"
    A_LITTLE = "a_little"
    NO = "no"


@contextmanager
def _coming_back(code: ReturnCode) -> Iterator[CaseInHand]:
    with with_code(code) as hand:
        if hand is None:
            raise NoSuchCode
        yield CaseInHand(hold(hand.case), hand.key)


def _trace(verb: str, case: Case, at: datetime, **details: str | int) -> None:
    leave_trace(
        verb,
        f"case:{case.code}",
        by=None,
        at=day_of(at),
        details=details,
        book=case.book,
        using=ombuds_database(),
    )


def add_words(
    *,
    code: ReturnCode,
    message: str,
    language: str = "",
    wants: str = "",
    token: bytes | None = None,
    attachments: Sequence[Attachment] = (),
    at: datetime,
) -> date | None:
    """Keep more words of the child's and say by which day somebody writes. A closed case is open again.

    `token`: random bytes made with the form; the same form sent twice is kept once.
    """
    words_to_keep(message)
    files = clean_all(attachments)
    number = int.from_bytes(hashlib.sha256(token).digest()[:8], "big") >> 2 or 1 if token else random_id()
    with _coming_back(code) as hand:
        case = hand.case
        if Words.objects.filter(pk=number).exists():
            return case.promise_on
        _say(hand, number, message, language or case.language, files, at.date())
        if wants.strip():
            _wish(hand, wants.strip(), at.date())
        _trace("add_words", case, at, words=case.words_count)
        return case.promise_on


def _wish(hand: CaseInHand, said: str, on: date) -> None:
    wish = Wish(number=next_number(Wish, hand.case), case=hand.case, on=on, step="later")
    wish.sealed = hand.seal(wish, said)
    wish.save(force_insert=True)


def _say(hand: CaseInHand, number: int, message: str, language: str, files: Sequence[Attachment], on: date) -> None:
    case = hand.case
    case.words_count += 1
    case.status, case.closed_on, case.keep_until = Status.OPEN, None, None
    if case.promise_on is None:
        case.promise_on = promised_by(Level(case.level), case.country, on)
    case.save(update_fields=["words_count", "status", "closed_on", "keep_until", "promise_on"])
    words = Words(id=number, case=case, number=case.words_count, side=CHILD, language=language, on=on)
    words.sealed = hand.seal(words, message)
    words.save(force_insert=True)
    keep_files(hand, files, with_words=words.number, on=on)


def say_whether_it_helped(*, code: ReturnCode, helped: str, at: datetime) -> None:
    """Keep what the child says of what was done; the last word counts."""
    with _coming_back(code) as hand:
        hand.case.helped = Helped(helped)
        hand.case.save(update_fields=["helped"])
        _trace("say_whether_it_helped", hand.case, at)


def ask_for_review(*, code: ReturnCode, at: datetime) -> date | None:
    """Bring the case to somebody one level up, who writes by the day that is returned. Refused at the very top."""
    with _coming_back(code) as hand:
        case = hand.case
        level = raise_level(case, because=Because.REVIEW, on=at.date())
        if level is None:
            raise NobodyAbove
        case.status, case.closed_on, case.keep_until = Status.OPEN, None, None
        case.review_asked_on = at.date()
        case.save(update_fields=["status", "closed_on", "keep_until", "review_asked_on"])
        _trace("ask_for_review", case, at, level=level)
        return case.promise_on


def shut_out_people(*, code: ReturnCode, rings: Collection[int], names: str = "", wish: str = "", at: datetime) -> None:
    """Take the case from people whom the child does not want, also long after it was told.

    `rings` are those it marked, `names` what it wrote, `wish` the sentence that is kept for those who stay. Where
    nobody is left at this level the case goes up; refused where nobody at all would be left. What somebody has read by
    now cannot be taken back.
    """
    on = at.date()
    with _coming_back(code) as hand:
        able = hearers(on)
        found = conflicts(able, said=names, excluded=rings)
        held = set(CaseKey.objects.filter(case=hand.case).values_list("ring_id", flat=True))
        if not held - found.all:
            found = Conflicts(found.shut_out)
        try:
            shut_keys(hand.case, found.all, on=on)
        except NobodyLeft:
            raise NobodyElseReads from None
        CaseKey.objects.filter(case=hand.case, ring_id__in=found.all).delete()
        shut_out(hand, able, found, on=on)
        if wish:
            _wish(hand, wish, on)
        _trace("shut_out_people", hand.case, at, keys_taken=len(held & found.all))


def answer_assent(*, code: ReturnCode, number: int, agrees: bool, at: datetime) -> None:
    """Say yes or no to one act of sharing that was asked about."""
    with _coming_back(code) as hand:
        row = Assent.objects.filter(case=hand.case, number=number, standing=Assent.Standing.ASKED).first()
        if row is None:
            raise NotAsked
        row.standing = Assent.Standing.GIVEN if agrees else Assent.Standing.REFUSED
        row.answered_on = at.date()
        row.save(update_fields=["standing", "answered_on"])
        _trace("answer_assent", hand.case, at, assent=number, said=row.standing)


def withdraw_assent(*, code: ReturnCode, number: int, at: datetime) -> None:
    """Take a yes back. What was shared by then stays known; nothing more is shared."""
    with _coming_back(code) as hand:
        row = Assent.objects.filter(case=hand.case, number=number, standing=Assent.Standing.GIVEN).first()
        if row is None:
            raise NothingToTakeBack
        row.standing, row.withdrawn_on = Assent.Standing.WITHDRAWN, at.date()
        row.save(update_fields=["standing", "withdrawn_on"])
        _trace("withdraw_assent", hand.case, at, assent=number)
