"""What a child does who comes back with the code: says more, says whether it helped, asks for somebody above, answers
and takes back. The code is the key; nothing here needs an account, and no instant is kept."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from enum import StrEnum

from omsorg.kernel.sealing import unseal
from omsorg.kernel.trail import leave_trace
from omsorg.ombuds.access import CaseInHand, ombuds_database, with_code
from omsorg.ombuds.actions.known_codes import show_code_no_more
from omsorg.ombuds.actions.levels import hold, raise_level, tell_again
from omsorg.ombuds.actions.stakes import hold_against
from omsorg.ombuds.actions.submissions import COME_BACK, day_of, words_to_keep
from omsorg.ombuds.actions.words import CONFIRMS_CODE, confirm_codes, keep_wish, keep_words, number_of
from omsorg.ombuds.models import Assent, Case, CaseKey, Words, place_of, random_id
from omsorg.ombuds.queries.childs_view import ChildsCase, childs_case
from omsorg.ombuds.queries.days import believed, day_at
from omsorg.ombuds.rules.attachments import Attachment, clean_all
from omsorg.ombuds.rules.levels import Because, Status
from omsorg.ombuds.rules.news import News, with_news
from omsorg.ombuds.rules.refusals import (
    NobodyAbove,
    NobodyElseReads,
    NobodyLeft,
    NoSuchCode,
    NotAsked,
    NothingToTakeBack,
)
from omsorg.ombuds.rules.return_code import ReturnCode


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


def come_back(*, code: ReturnCode) -> ChildsCase:
    """The case as the child reads it. Somebody has the code now: the form it was told with shows it no more."""
    with _coming_back(code) as hand:
        form = unseal(hand.key, hand.case.form, place_of(hand.case, "form"))
        if not form.endswith(COME_BACK):
            show_code_no_more(hand, form)
        return childs_case(hand)


def _is_new(case: Case, news: News) -> None:
    case.news = with_news(case.news, news)
    case.save(update_fields=["news"])


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
    words_to_keep(message, attachments)
    at = believed(at)
    files = clean_all(attachments)
    number = number_of(token) if token else random_id()
    with _coming_back(code) as hand:
        case = hand.case
        if Words.objects.filter(pk=number).exists():
            return case.promise_on
        keep_words(hand, number, message, language=language or case.language, files=files, wish=wants.strip(), at=at)
        tell_again(case)
        _trace("add_words", case, at, words=case.words_count)
        return case.promise_on


def say_whether_it_helped(*, code: ReturnCode, helped: str, at: datetime) -> None:
    """Keep what the child says of what was done; the last word counts."""
    with _coming_back(code) as hand:
        hand.case.helped, hand.case.helped_under = Helped(helped), hand.case.codes_given
        hand.case.news = with_news(hand.case.news, News.HELPED)
        hand.case.save(update_fields=["helped", "helped_under", "news"])
        _trace("say_whether_it_helped", hand.case, at)


def ask_for_review(*, code: ReturnCode, at: datetime) -> date | None:
    """Bring the case to somebody one level up, who writes by the day that is returned. Refused at the very top.

    Asked again on the same day, while that word is owed, it goes no further: a button is easily pressed twice.
    """
    at = believed(at)
    with _coming_back(code) as hand:
        case = hand.case
        on = day_at(case.country, at)
        if case.review_asked_on == on and case.promise_on is not None:
            return case.promise_on
        level = raise_level(case, because=Because.REVIEW, at=at)
        if level is None:
            raise NobodyAbove
        case.status, case.closed_on, case.keep_until = Status.OPEN, None, None
        case.review_asked_on = on
        case.save(update_fields=["status", "closed_on", "keep_until", "review_asked_on"])
        tell_again(case)
        _trace("ask_for_review", case, at, level=level)
        return case.promise_on


def shut_out_people(*, code: ReturnCode, rings: Collection[int], names: str = "", wish: str = "", at: datetime) -> None:
    """Take the case from people whom the child does not want, also long after it was told.

    `rings` are those it marked, `names` what it wrote, `wish` the sentence that is kept for those who stay. Where
    nobody is left at this level the case goes up; refused where nobody at all would be left. What somebody has read by
    now cannot be taken back.
    """
    at = believed(at)
    with _coming_back(code) as hand:
        held = CaseKey.objects.filter(case=hand.case).count()
        try:
            hold_against(hand, names, excluded=rings, at=at)
        except NobodyLeft:
            raise NobodyElseReads from None
        if wish:
            keep_wish(hand, wish, step="later", on=day_at(hand.case.country, at))
        taken = held - CaseKey.objects.filter(case=hand.case).count()
        _trace("shut_out_people", hand.case, at, keys_taken=taken)


def answer_assent(*, code: ReturnCode, number: int, agrees: bool, at: datetime) -> None:
    """Say yes or no to one act of sharing that was asked about. Refused once its last day is past: a yes would hold for
    nothing."""
    with _coming_back(code) as hand:
        row = Assent.objects.filter(case=hand.case, number=number, standing=Assent.Standing.ASKED).first()
        if row is None or row.until_on < day_at(hand.case.country, at):
            raise NotAsked
        row.standing = Assent.Standing.GIVEN if agrees else Assent.Standing.REFUSED
        row.answered_on, row.under_code = day_at(hand.case.country, at), hand.case.codes_given
        row.save(update_fields=["standing", "answered_on", "under_code"])
        _is_new(hand.case, News.ANSWERED)
        _trace("answer_assent", hand.case, at, assent=number, said=row.standing)


def withdraw_assent(*, code: ReturnCode, number: int, at: datetime) -> None:
    """Take a yes back. What was shared by then stays known; nothing more is shared.

    Those who hear find it on the desk; a desk that was handed a copy is told of it by the worker.
    """
    with _coming_back(code) as hand:
        row = Assent.objects.filter(case=hand.case, number=number, standing=Assent.Standing.GIVEN).first()
        if row is None:
            raise NothingToTakeBack
        row.standing, row.withdrawn_on = Assent.Standing.WITHDRAWN, day_at(hand.case.country, at)
        row.under_code = hand.case.codes_given
        row.save(update_fields=["standing", "withdrawn_on", "under_code"])
        _is_new(hand.case, News.TAKEN_BACK)
        tell_again(hand.case)
        _trace("withdraw_assent", hand.case, at, assent=number)


def confirm_new_code(*, code: ReturnCode, said: str, at: datetime) -> None:
    """Keep that the child has got the new code itself, in its own words: what came with it is marked no more."""
    words_to_keep(said)
    at = believed(at)
    with _coming_back(code) as hand:
        try:
            hold_against(hand, said, at=at)
        except NobodyLeft:
            raise NobodyElseReads from None
        keep_wish(hand, said, step=CONFIRMS_CODE, on=day_at(hand.case.country, at))
        confirm_codes(hand.case)
        _is_new(hand.case, News.CONFIRMED)
        _trace("confirm_new_code", hand.case, at, codes=hand.case.codes_given)
