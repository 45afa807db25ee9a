"""Working a case: answering, noting, asking what the child wants, judging the danger, closing."""

import json
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.conf import settings

from omsorg.federation.access import Acting
from omsorg.ombuds.access import (
    CaseInHand,
    OpenRing,
    at_the_desk,
    case_for,
)
from omsorg.ombuds.actions.colleagues import trace_of_case
from omsorg.ombuds.actions.levels import hold, next_number, promised_anew, settles, tell_again
from omsorg.ombuds.actions.stakes import hold_against
from omsorg.ombuds.actions.submissions import words_to_keep
from omsorg.ombuds.actions.words import CONFIRMS_CODE, confirm_codes, keep_wish
from omsorg.ombuds.models import Case, CheckIn, Note, Risk, Wish, Words, random_id
from omsorg.ombuds.queries.days import day_at
from omsorg.ombuds.rules.levels import CHILD, OFFICE, Status
from omsorg.ombuds.rules.promises import Month, check_in_days, next_promise
from omsorg.ombuds.rules.refusals import (
    CaseClosed,
    DayAhead,
    DayNotAhead,
    NotForOneself,
    NothingSaid,
    NotYoursToSettle,
    ReasonMissing,
    WrittenMeanwhile,
)


class NoteKind(StrEnum):
    """What sort of note an adult leaves."""

    NOTE = "note"
    NEXT_STEP = "next_step"
    ADVICE = "advice"
    NEW_CODE = "new_code"


class Danger(StrEnum):
    """How great the danger is thought to be."""

    NONE = "none"
    SOME = "some"
    GREAT = "great"
    NOW = "now"


@contextmanager
def working(case: str, ring: OpenRing, by: Acting, *, closed: bool = False) -> Iterator[CaseInHand]:
    """A case at its ombudsperson's desk, held until the end. Refused for one that is closed unless `closed` is fine."""
    with at_the_desk(by.person_id):
        hand = case_for(by, ring, case)
        kept = hold(hand.case)
        if kept.status == Status.ERASED or (kept.status == Status.CLOSED and not closed):
            raise CaseClosed
        yield CaseInHand(kept, hand.key)


@dataclass(frozen=True, slots=True)
class Kept:
    """A record with the number it was given, perhaps on the way without a network; `is_new`: not kept before."""

    record: int
    is_new: bool


def _said(text: str) -> str:
    if not text.strip():
        raise NothingSaid
    return text


def require_read(hand: CaseInHand, read: int | None) -> None:
    """Pass, or raise WrittenMeanwhile: the child has said more than the `read` words of the case that were shown."""
    if read is not None and Words.objects.filter(case=hand.case, side=CHILD, number__gt=read).exists():
        raise WrittenMeanwhile


def answer_child(
    *,
    case: str,
    message: str,
    read: int | None = None,
    promise_on: date | None = None,
    nothing_more_owed: bool = False,
    language: str = "",
    record: int | None = None,
    ring: OpenRing,
    by: Acting,
    at: datetime,
) -> Kept:
    """Write to the child, and promise by which day the next word comes (or say that none is owed).

    Whom the case went past may write; the promise of the level above stays as it is, and nobody below ends it.
    `record` is made where the answer is written; sending it twice is harmless. `read` is how many words of the case
    were before whoever writes: refused where the child has written since, so that nothing is settled unread.
    """
    words_to_keep(message)
    with working(case, ring, by) as hand:
        number = record or random_id()
        if Words.objects.filter(pk=number, case=hand.case).exists():
            return Kept(number, False)
        require_read(hand, read)
        kept, on = hand.case, day_at(hand.case.country, at)
        promised = next_promise(promise_on, nothing_more_owed=nothing_more_owed, today=on)
        if settles(kept, by.person_id):
            kept.promise_on, kept.missed_at = promised, ""
        elif nothing_more_owed:
            raise NotYoursToSettle
        else:
            kept.promise_on = kept.promise_on or promised
        kept.answers += 1
        kept.words_count += 1
        kept.news = ""
        kept.save(update_fields=["promise_on", "missed_at", "answers", "words_count", "news"])
        _write(hand, number, message, OFFICE, by, language, on)
        plan_where_none_is(kept, on)
        trace_of_case("answer_child", kept, by, at, words=kept.words_count)
        return Kept(number, True)


def take_down_words(
    *,
    case: str,
    message: str,
    language: str = "",
    record: int | None = None,
    on: date | None = None,
    wants: str = "",
    excluded: Collection[int] = (),
    unit: str = "",
    channel: str = "",
    ring: OpenRing,
    by: Acting,
    at: datetime,
) -> Kept:
    """Write down, word for word, what the child said on the phone, on paper or face to face.

    `on`: the day on which it was said, for what was written down on the way. A word from the child is answered by a
    day: the promise begins anew, and is never put off; a closed case is open again.

    `wants`: what it wants to happen. Shut out are whoever is named, those whom the child does not want (`excluded`,
    rings) and whoever belongs to the `unit` complained of. `channel`: how it came, kept in the trail.
    """
    words_to_keep(message)
    with working(case, ring, by, closed=True) as hand:
        today = day_at(hand.case.country, at)
        if on is not None and on > max(today, at.date()):
            raise DayAhead
        number = record or random_id()
        if Words.objects.filter(pk=number, case=hand.case).exists():
            return Kept(number, False)
        kept = hand.case
        kept.words_count += 1
        kept.promise_on = promised_anew(kept, at)
        kept.status, kept.closed_on, kept.keep_until = Status.OPEN, None, None
        kept.save(update_fields=["words_count", "promise_on", "status", "closed_on", "keep_until"])
        _write(hand, number, message, CHILD, by, language, min(on or today, today))
        if wants.strip():
            keep_wish(hand, wants.strip(), step="later", on=min(on or today, today), by=by.person_id)
        trace_of_case(
            "take_down_words", kept, by, at, words=kept.words_count, **({"channel": channel} if channel else {})
        )
        hold_against(
            hand,
            f"{message}\n{wants}",
            excluded=excluded,
            units=(unit,) if unit.strip() else (),
            own_ring=ring.ring,
            at=at,
        )
        tell_again(kept, but=ring.ring)
        return Kept(number, True)


def _write(hand: CaseInHand, number: int, message: str, side: str, by: Acting, language: str, on: date) -> None:
    words = Words(
        id=number,
        case=hand.case,
        number=hand.case.words_count,
        side=side,
        by=by.person_id,
        taken_down=side == CHILD,
        language=language or hand.case.language,
        on=on,
    )
    words.sealed = hand.seal(words, message)
    words.save(force_insert=True)


def write_to_child(hand: CaseInHand, message: str, by: Acting, language: str, on: date) -> None:
    """A word of the office in a case that is held; what is promised stays as it is."""
    hand.case.words_count += 1
    hand.case.save(update_fields=["words_count"])
    _write(hand, random_id(), message, OFFICE, by, language, on)


def add_note(
    *,
    case: str,
    text: str,
    kind: str = NoteKind.NOTE,
    record: int | None = None,
    ring: OpenRing,
    by: Acting,
    at: datetime,
) -> Kept:
    """Keep what an adult thinks, apart from what was said. The child's code does not open it."""
    _said(text)
    with working(case, ring, by, closed=True) as hand:
        number = record or random_id()
        if Note.objects.filter(pk=number, case=hand.case).exists():
            return Kept(number, False)
        leave_note(hand, text, NoteKind(kind), by, at=at, number=number)
        trace_of_case("add_note", hand.case, by, at)
        return Kept(number, True)


def leave_note(
    hand: CaseInHand, text: str, kind: NoteKind, by: Acting, *, at: datetime, number: int | None = None
) -> None:
    """Seal a note into a case that is in hand."""
    note = Note(
        id=number or random_id(),
        number=next_number(Note, hand.case),
        case=hand.case,
        kind=kind,
        by=by.person_id,
        on=day_at(hand.case.country, at),
    )
    note.sealed = hand.seal(note, text)
    note.save(force_insert=True)


def write_down_wish(
    *, case: str, wish: str, step: str, record: int | None = None, ring: OpenRing, by: Acting, at: datetime
) -> Kept:
    """Keep what the child wants at a step of the case, in its own words.

    The step `CONFIRMS_CODE` confirms a new code: what came with it is the child's. Refused to whoever has seen it.
    """
    _said(wish)
    with working(case, ring, by) as hand:
        number = record or random_id()
        if Wish.objects.filter(pk=number, case=hand.case).exists():
            return Kept(number, False)
        if step == CONFIRMS_CODE:
            if by.person_id == hand.case.code_by:
                raise NotForOneself
            confirm_codes(hand.case)
        row = Wish(
            id=number,
            number=next_number(Wish, hand.case),
            case=hand.case,
            step=step,
            by=by.person_id,
            on=day_at(hand.case.country, at),
        )
        row.sealed = hand.seal(row, wish)
        row.save(force_insert=True)
        trace_of_case("write_down_wish", hand.case, by, at, step=step)
        hold_against(hand, wish, own_ring=ring.ring, at=at)
        return Kept(number, True)


def judge_risk(
    *, case: str, danger: str, reasons: str, look_again_on: date, ring: OpenRing, by: Acting, at: datetime
) -> None:
    """Say how great the danger is thought to be, why, and when somebody looks again."""
    if not reasons.strip():
        raise ReasonMissing
    with working(case, ring, by) as hand:
        today = day_at(hand.case.country, at)
        if look_again_on < today:
            raise DayNotAhead
        row = Risk(
            number=next_number(Risk, hand.case),
            case=hand.case,
            on=today,
            by=by.person_id,
            look_again_on=look_again_on,
        )
        row.sealed = hand.seal(row, json.dumps({"danger": Danger(danger), "reasons": reasons}))
        row.save(force_insert=True)
        trace_of_case("judge_risk", hand.case, by, at)


def close_case(
    *,
    case: str,
    message: str,
    language: str = "",
    read: int | None = None,
    ring: OpenRing,
    by: Acting,
    at: datetime,
) -> None:
    """Close a case with a last word to the child, who may still answer, ask for somebody above, or come back.

    Refused to those whom the case went past, and where the child has written since (`read`, as in `answer_child`).
    """
    words_to_keep(message)
    with working(case, ring, by) as hand:
        require_read(hand, read)
        kept, on = hand.case, day_at(hand.case.country, at)
        if not settles(kept, by.person_id):
            raise NotYoursToSettle
        kept.answers += 1
        kept.words_count += 1
        kept.status, kept.closed_on, kept.promise_on, kept.news = Status.CLOSED, on, None, ""
        kept.keep_until = Month(12 * settings.ENVIRONMENT.ombuds_keep_years).after(on)
        kept.save(update_fields=["answers", "words_count", "status", "closed_on", "promise_on", "keep_until", "news"])
        plan_where_none_is(kept, on)
        _write(hand, random_id(), message, OFFICE, by, language, on)
        trace_of_case("close_case", kept, by, at)


def plan_check_ins(*, case: str, ring: OpenRing, by: Acting, at: datetime) -> list[date]:
    """Plan the days on which somebody asks whether the child is made to pay for speaking: 14 days, 1, 3, 6 months.

    The first are planned by themselves, with the first answer, a closing, or the first question whether something may
    be told. Days that are planned and not done stay; further ones are planned when they are over.
    """
    with working(case, ring, by, closed=True) as hand:
        waiting = CheckIn.objects.filter(case=hand.case, done_on__isnull=True).order_by("due_on")
        days = list(waiting.values_list("due_on", flat=True)) or _plan(hand.case, day_at(hand.case.country, at))
        trace_of_case("plan_check_ins", hand.case, by, at, days=len(days))
        return days


def plan_where_none_is(case: Case, on: date) -> None:
    """Plan the check-ins of a case that has none yet."""
    if not CheckIn.objects.filter(case=case).exists():
        _plan(case, on)


def _plan(case: Case, on: date) -> list[date]:
    days = check_in_days(on)
    CheckIn.objects.bulk_create((CheckIn(case=case, on=on, due_on=day) for day in days), ignore_conflicts=True)
    return list(days)
