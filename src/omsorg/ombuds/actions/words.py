"""Further words of a child's, in a case that is there: kept, held against those who hear it, and owed an answer."""

import hashlib
from collections.abc import Collection, Sequence
from datetime import date, datetime

from omsorg.ombuds.access import CaseInHand
from omsorg.ombuds.actions.files import keep_files
from omsorg.ombuds.actions.levels import next_number, promised_anew
from omsorg.ombuds.actions.stakes import hold_against
from omsorg.ombuds.models import Case, Wish, Words
from omsorg.ombuds.queries.days import day_at
from omsorg.ombuds.rules.attachments import Attachment
from omsorg.ombuds.rules.levels import CHILD, Status
from omsorg.ombuds.rules.news import News, with_news
from omsorg.ombuds.rules.refusals import NobodyElseReads, NobodyLeft

CONFIRMS_CODE = "new_code"
"""The step at which the child confirms a new code, in its own words."""


def number_of(token: bytes) -> int:
    """The number of what was sent with a form: the same form, sent twice, is kept once."""
    return int.from_bytes(hashlib.sha256(token).digest()[:8], "big") >> 2 or 1


def keep_words(
    hand: CaseInHand,
    number: int,
    message: str,
    *,
    language: str,
    files: Sequence[Attachment] = (),
    wish: str = "",
    excluded: Collection[int] = (),
    units: Collection[str] = (),
    at: datetime,
) -> None:
    """Keep what the child says now. A closed case is open again, and an answer is owed.

    Whoever is named in it does not hear it: their keys go first. Refused (NobodyElseReads), with nothing kept, where
    nobody would be left to read it but those it names.
    """
    case, on = hand.case, day_at(hand.case.country, at)
    try:
        hold_against(hand, f"{message}\n{wish}", excluded=excluded, units=units, at=at)
    except NobodyLeft:
        raise NobodyElseReads from None
    case.words_count += 1
    case.news = with_news(case.news, News.WORDS)
    case.status, case.closed_on, case.keep_until = Status.OPEN, None, None
    case.promise_on = promised_anew(case, at)
    case.save(update_fields=["words_count", "news", "status", "closed_on", "keep_until", "promise_on"])
    words = Words(
        id=number,
        case=case,
        number=case.words_count,
        side=CHILD,
        language=language,
        under_code=case.codes_given,
        on=on,
    )
    words.sealed = hand.seal(words, message)
    words.save(force_insert=True)
    keep_files(hand, files, with_words=words.number, on=on)
    if wish:
        keep_wish(hand, wish, step="later", on=on)


def keep_wish(hand: CaseInHand, said: str, *, step: str, on: date, by: int | None = None) -> None:
    """Keep what the child wants to happen, in its own words."""
    number, under = next_number(Wish, hand.case), hand.case.codes_given if by is None else 0
    row = Wish(number=number, case=hand.case, on=on, step=step, by=by, under_code=under)
    row.sealed = hand.seal(row, said)
    row.save(force_insert=True)


def confirm_codes(case: Case) -> None:
    """Keep that the child has confirmed every new code so far: what came with them is marked no more."""
    case.code_confirmed = case.codes_given
    case.save(update_fields=["code_confirmed"])
