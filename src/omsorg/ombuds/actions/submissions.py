"""A child tells something: case, first words, keys and promise are kept together, or nothing is.

The return code follows from the token of the form, so the same form sent again shows the same code and keeps nothing
twice. Words that somebody says on the phone, on paper or face to face come in the same way, taken down by an
ombudsperson.
"""

import hashlib
from collections.abc import Sequence, Sized
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from django.conf import settings
from django.db import IntegrityError, transaction

from omsorg.federation.access import Acting, NotAllowed
from omsorg.kernel.sealing import DoesNotOpen, new_key, seal, unseal
from omsorg.kernel.trail import leave_trace
from omsorg.ombuds.access import (
    HEAR,
    CaseInHand,
    at_the_desk,
    costs_of_codes,
    fingerprint,
    keys_of_code,
    ombuds_database,
    open_by_code,
    place_of_code,
)
from omsorg.ombuds.actions.files import keep_files
from omsorg.ombuds.actions.levels import hold, promised_by, tell_again
from omsorg.ombuds.actions.stakes import keep_units, shut_out
from omsorg.ombuds.actions.words import keep_words, number_of
from omsorg.ombuds.models import Case, CaseKey, OldCode, Wish, Words, place_of, random_id
from omsorg.ombuds.queries.days import believed, day_at
from omsorg.ombuds.queries.reachable import hearers, is_only_example
from omsorg.ombuds.queries.rings import ring_that_counts
from omsorg.ombuds.rules.attachments import Attachment, clean_all
from omsorg.ombuds.rules.levels import CHILD, Because, Channel
from omsorg.ombuds.rules.refusals import DayAhead, NobodyListens, NothingSaid, NothingTold, TooLong
from omsorg.ombuds.rules.return_code import CodeKeys, ReturnCode, code_of_token
from omsorg.ombuds.rules.routing import Hearer, Route, conflicts, route

MOST_LETTERS = 20_000
MOST_TURNS = 8
COME_BACK = b" and come back"
"""Added to the form of a case, sealed with it, when somebody has come back with its code, or
has said that they know it."""


@dataclass(frozen=True, slots=True)
class Submitted:
    """What the child is shown. `already`: this form had come before; the code is the same. No promise is told where the
    clock cannot be believed; one is owed all the same, counted from the newest known day.

    `code_used`: somebody has come back with the code by now, so that it is not shown to whoever sends the form again.
    """

    code: ReturnCode
    promise_on: date | None
    case_id: str
    already: bool
    code_used: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """What came in, before it is anybody's case. `by_example`: whether whoever writes it down is invented; None where
    nobody does: then invented people hear it only where nobody else hears on this site."""

    message: str
    language: str
    country: str
    channel: Channel
    excluded: frozenset[int]
    units: tuple[str, ...]
    wants: str
    attachments: tuple[Attachment, ...]
    by: int | None
    at: datetime
    said_on: date
    by_example: bool | None


def submit(
    *,
    token: bytes,
    message: str,
    language: str,
    country: str,
    channel: str,
    excluded: Sequence[int] = (),
    wants: str = "",
    attachments: Sequence[Attachment] = (),
    unit: str = "",
    by: Acting | None = None,
    said_on: date | None = None,
    at: datetime,
) -> Submitted:
    """Keep what a child tells, whole or not at all; the answer carries the return code.

    `token`: 32 random bytes made with the form; sending them again is harmless. `excluded`: rings that the child does
    not want to be heard by (`ombudspersons_for`). `unit`: the code of the house complained of, where it is known. `by`:
    the ombudsperson who writes down what was said elsewhere, on the day `said_on`; the promise begins when it is kept.
    """
    if by is not None and not by.may_anywhere(HEAR):
        raise NotAllowed(HEAR)
    clock_says, at = at, believed(at)
    country = country.upper()
    today = day_at(country, at)
    if said_on is not None and said_on > max(today, at.date()):
        raise DayAhead
    told = Told(
        message=words_to_keep(message, attachments),
        language=language,
        country=country,
        channel=Channel(channel),
        excluded=frozenset(excluded),
        units=(unit,) if unit.strip() else (),
        wants=wants.strip()[:MOST_LETTERS],
        attachments=clean_all(attachments),
        by=by.person_id if by else None,
        at=at,
        said_on=min(said_on or today, today),
        by_example=by.is_example if by else None,
    )
    form = hashlib.sha256(token).digest()
    for turn in range(MOST_TURNS):
        code = code_of_token(token, settings.ENVIRONMENT.ombuds_code_signs, turn)
        keys = keys_of_code(code)
        with at_the_desk(told.by, lookup=fingerprint(keys.lookup)):
            if told.by is not None:
                ring_that_counts(told.by)
            kept = _kept(told, keys, form, token, at)
        if kept is not None:
            promise_on = kept.case.promise_on if at == clock_says else None
            return Submitted(code, promise_on, kept.case.code, already=not kept.is_new, code_used=kept.is_used)
    raise NobodyListens


def kept_before(*, token: bytes, message: str, at: datetime) -> Submitted | None:
    """What this very form with these very words was answered with when it came before; None where it did not. Keeps
    nothing."""
    form = hashlib.sha256(token).digest()
    for turn in range(MOST_TURNS):
        code = code_of_token(token, settings.ENVIRONMENT.ombuds_code_signs, turn)
        keys = keys_of_code(code)
        with at_the_desk(None, lookup=fingerprint(keys.lookup)):
            case = Case.objects.filter(lookup=fingerprint(keys.lookup)).first()
            if case is None and not OldCode.objects.filter(lookup=fingerprint(keys.lookup)).exists():
                return None
            known = form_of(case, keys) if case else None
            if case is None or known is None or known[1].removesuffix(COME_BACK) != form:
                continue
            hand, sealed_form = known
            if not _says(hand, message):
                return None
            promise_on = case.promise_on if believed(at) == at else None
            return Submitted(code, promise_on, case.code, already=True, code_used=sealed_form != form)
    return None


def form_of(case: Case, keys: CodeKeys) -> tuple[CaseInHand, bytes] | None:
    """The case, opened, with the fingerprint of the form it came by; None where this code does not open it."""
    try:
        hand = open_by_code(case, keys.opening)
        return hand, unseal(hand.key, case.form, place_of(case, "form"))
    except DoesNotOpen:
        return None


def words_to_keep(message: str, files: Sized | None = None) -> str:
    """What was said, as it was said: only that there is something, and not too much at once, is asked.

    `files`: what comes with it, where files may come: a voice or a picture says enough without a word.
    """
    if not message.strip() and not files:
        raise NothingSaid if files is None else NothingTold
    if len(message) > MOST_LETTERS:
        raise TooLong(letters=MOST_LETTERS)
    return message


class _Kept(NamedTuple):
    case: Case
    is_new: bool
    is_used: bool = False


def _kept(told: Told, keys: CodeKeys, form: bytes, token: bytes, at: datetime) -> _Kept | None:
    """The case of this form, kept now or before. None: another child has this code, or it was changed: try the next.

    The same form with other words, after an answer that was lost on the way, goes into the case that is there.
    """
    kept = Case.objects.filter(lookup=fingerprint(keys.lookup)).first()
    if kept is None and OldCode.objects.filter(lookup=fingerprint(keys.lookup)).exists():
        return None
    if kept is None:
        try:
            return _Kept(_keep_while_some_leave(told, keys, form, at), True)
        except IntegrityError:
            kept = Case.objects.filter(lookup=fingerprint(keys.lookup)).first()
            if kept is None:
                raise
    opened = form_of(hold(kept), keys)
    if opened is None or opened[1].removesuffix(COME_BACK) != form:
        return None
    hand, known = opened
    return _Kept(hand.case, _more_words(hand, told, token, at), known != form)


def _keep_while_some_leave(told: Told, keys: CodeKeys, form: bytes, at: datetime) -> Case:
    """The case, kept; once more where everybody it was sealed to has left in this very moment."""
    for _turn in range(MOST_TURNS):
        with suppress(AllHaveLeft), transaction.atomic(using=ombuds_database()):
            return _keep(told, keys, form, at)
    raise NobodyListens


class AllHaveLeft(Exception):
    """No key of a new case was kept: each was for a ring that was retired since it was asked who hears."""


def _says(hand: CaseInHand, message: str) -> bool:
    """Whether these are the first words of the case. Of words that were marked as another child's nobody says so here:
    sent again they are kept again."""
    first = Words.objects.filter(case=hand.case, number=1).first()
    return first is not None and hand.read(first) == message


def _more_words(hand: CaseInHand, told: Told, token: bytes, at: datetime) -> bool:
    """Keep what a form says beyond what it said when it came first. False where it says nothing new."""
    number = number_of(token + told.message.encode())
    if _says(hand, told.message) or Words.objects.filter(pk=number).exists():
        return False
    keep_words(
        hand,
        number,
        told.message,
        language=told.language,
        files=told.attachments,
        wish=told.wants,
        excluded=told.excluded,
        units=told.units,
        at=told.at,
    )
    tell_again(hand.case)
    leave_trace(
        "add_words",
        f"case:{hand.case.code}",
        by=told.by,
        at=day_of(at) if told.by is None else at,
        details={"words": hand.case.words_count},
        book=hand.case.book,
        using=ombuds_database(),
    )
    return True


def _keep(told: Told, keys: CodeKeys, form: bytes, at: datetime) -> Case:
    invented = is_only_example() if told.by_example is None else told.by_example
    able, on = hearers(told.at.date(), example=invented), day_at(told.country, told.at)
    conflict = conflicts(able, said=f"{told.message}\n{told.wants}", excluded=told.excluded, units=told.units)
    found = route(able, told.country, conflict)
    case = Case(
        lookup=fingerprint(keys.lookup),
        cost=str(costs_of_codes()[0]),
        level=found.level,
        country=told.country,
        language=told.language,
        channel=told.channel,
        opened_on=on,
        promise_on=promised_by(found.level, told.country, told.at),
        words_count=1,
        code_by=told.by,
        is_example=invented,
    )
    hand = CaseInHand(case, new_key())
    keep_units(hand, told.units)
    case.key_by_code = seal(keys.opening, hand.key, place_of_code(case.pk))
    case.form = seal(hand.key, form, place_of(case, "form"))
    case.save(force_insert=True)
    CaseKey.objects.bulk_create(keys_for(hand, found, told.at.date()))
    if not CaseKey.objects.filter(case=case, waiting=False).exists():
        raise AllHaveLeft
    words = Words(
        case=case,
        number=1,
        side=CHILD,
        by=told.by,
        taken_down=told.by is not None,
        language=told.language,
        on=told.said_on,
    )
    words.sealed = hand.seal(words, told.message)
    words.save(force_insert=True)
    if told.wants:
        wish = Wish(case=case, on=on, step="first", by=told.by)
        wish.sealed = hand.seal(wish, told.wants)
        wish.save(force_insert=True)
    if conflict.all:
        shut_out(hand, able, conflict, on=on)
    keep_files(hand, told.attachments, with_words=1, on=on)
    leave_trace(
        "submit_case",
        f"case:{case.code}",
        by=told.by,
        at=day_of(at) if told.by is None else at,
        details={"level": found.level, "hearing": [hearer.person for hearer in found.hearing]},
        book=case.book,
        using=ombuds_database(),
    )
    return case


def day_of(at: datetime) -> datetime:
    """The day of an act of a child's: the instant is not kept, since it could tell who sat there then."""
    return at.replace(hour=0, minute=0, second=0, microsecond=0)


def keys_for(hand: CaseInHand, found: Route, on: date) -> list[CaseKey]:
    """The case's key, sealed to everybody who hears it, and to those above for the day on which these fail."""
    made = []
    for hearer in (*found.hearing, *found.waiting):
        key = new_case_key(hand, hearer, waiting=hearer in found.waiting, on=on)
        key.sealed = hand.key_for(key, hearer.public_key)
        made.append(key)
    return made


def new_case_key(hand: CaseInHand, hearer: Hearer, *, waiting: bool, on: date) -> CaseKey:
    """A key of a case for somebody who hears it or waits above; not sealed yet."""
    return CaseKey(
        id=random_id(),
        case=hand.case,
        ring_id=hearer.ring,
        person=hearer.person,
        level=hearer.level,
        waiting=waiting,
        because=Because.ESCALATION if waiting else Because.ASSIGNED,
        opened_on=None if waiting else on,
    )
