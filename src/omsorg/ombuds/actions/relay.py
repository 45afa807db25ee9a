"""Text messages that another machine passes on: each is taken once, and goes the way of the child's page.

The number of the phone is not known here. A message that begins with a return code belongs to that case; every other is
a new one. The machine sends each message under a mark of its own (`part`): sent again, after a fault or a broken line,
it finds the same case and the same code.
"""

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction

from omsorg.kernel.sealing import key_for
from omsorg.ombuds.access import CaseInHand, in_name_of_the_house, ombuds_database, with_code
from omsorg.ombuds.actions.childs import add_words
from omsorg.ombuds.actions.gates import ask_to_write_again, relayed_code_was_not_wrong, try_relayed_code
from omsorg.ombuds.actions.words import number_of
from omsorg.ombuds.models import RelayedCall, Words
from omsorg.ombuds.queries.childs_view import ToBeTold, what_will_be_told
from omsorg.ombuds.rules.levels import CHILD, Status
from omsorg.ombuds.rules.refusals import CodeChanged, NoSuchCode, TakenAlready
from omsorg.ombuds.rules.return_code import ReturnCode, Sign


@dataclass(frozen=True, slots=True)
class CameBack:
    """What is said to whoever came back: `answer`, on a day, where the office has written since she last did, and what
    will be told without her yes, of which she reads first."""

    language: str
    is_kept: bool
    promise_on: date | None
    is_closed: bool
    answer: str = ""
    answered_on: date | None = None
    to_be_told: tuple[ToBeTold, ...] = ()


def take_call(mark: str, *, at: datetime) -> None:
    """Take a call, or raise: the very same one was taken before. A message sent anew is signed anew."""
    try:
        with in_name_of_the_house(), transaction.atomic(using=ombuds_database()):
            RelayedCall(mark=mark, on=at.date()).save(force_insert=True)
    except IntegrityError:
        raise TakenAlready from None


def forget_calls(*, at: datetime) -> int:
    """Forget the calls of earlier days: they are too old to be taken again by their own time. Says how many."""
    with in_name_of_the_house():
        return RelayedCall.objects.filter(on__lt=at.date() - timedelta(days=1)).delete()[0]


def token_of(part: str, text: str) -> bytes:
    """The token of a message, as a form has one: the same for the same part with the same words.

    It follows from the words too, and from a key of this house: whoever has the database and the settings would have to
    know what she wrote before he can work out her code.
    """
    key = key_for(settings.SECRET_KEY.encode(), "token of a text message")
    said = f"{len(part)} {part} {text}".encode("utf-8", "surrogatepass")
    return hmac.new(key, said, hashlib.sha256).digest()


def come_back(
    *, codes: Sequence[tuple[tuple[tuple[int, int], ...], str]], token: bytes, language: str, at: datetime
) -> CameBack:
    """Open the case of the first of these codes that leads somewhere, and keep what was written after it.

    `codes`: the ways to read the beginning of the message, the longest first. Raises where none leads anywhere. Each
    that is tried counts as a wrong one, until one opens.
    """
    nothing: type[NoSuchCode] = NoSuchCode
    for tried, (signs, message) in enumerate(codes, start=1):
        try_relayed_code()
        code = tuple(Sign(thing, number) for thing, number in signs)
        try:
            with with_code(code) as hand:
                case = hand.case if hand is not None else None
        except CodeChanged:
            case, nothing = None, CodeChanged
        if case is None:
            continue
        relayed_code_was_not_wrong(tried)
        words = message.strip()
        spoken = language or case.language
        if words:
            ask_to_write_again(case.lookup, words)
            add_words(code=code, message=words, language=spoken, token=token, at=at)
        return _answered(code, token if words else None, spoken)
    raise nothing


def _answered(code: ReturnCode, token: bytes | None, language: str) -> CameBack:
    with with_code(code) as hand:
        if hand is None:
            raise NoSuchCode
        newest = _newest_unread(hand, token)
        return CameBack(
            language=language,
            is_kept=token is not None,
            promise_on=hand.case.promise_on,
            is_closed=hand.case.status == Status.CLOSED,
            answer=hand.read(newest) if newest is not None else "",
            answered_on=newest.on if newest is not None else None,
            to_be_told=what_will_be_told(hand),
        )


def _newest_unread(hand: CaseInHand, token: bytes | None) -> Words | None:
    """The newest words of the office since the child's own, those that just came not counted.

    What a child has read is kept nowhere. Whoever writes has seen what stood there before.
    """
    said = Words.objects.filter(case=hand.case)
    hers = said.filter(side=CHILD).order_by("-number")
    if token is not None:
        hers = hers.exclude(pk=number_of(token))
    last = hers.values_list("number", flat=True).first() or 0
    return said.exclude(side=CHILD).filter(number__gt=last).order_by("-number").first()
