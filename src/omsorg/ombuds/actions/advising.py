"""What the office recommends to organisations, and the register of whom it has been to see."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from hashlib import sha256

from omsorg.federation.access import Acting
from omsorg.federation.models import Organisation
from omsorg.kernel.later import do_later
from omsorg.kernel.reidentification import Finding
from omsorg.kernel.trail import leave_trace
from omsorg.kernel.zones import latest_day
from omsorg.ombuds.access import OpenRing, at_the_desk, case_for, ombuds_database, require_ear
from omsorg.ombuds.actions.cases import Kept, NoteKind, leave_note
from omsorg.ombuds.actions.colleagues import trace_of_case
from omsorg.ombuds.actions.passphrases import OFFICE_BOOK
from omsorg.ombuds.models import Advice, Visit, random_id
from omsorg.ombuds.queries.advising import found_in_reasons, found_in_text, is_hidden
from omsorg.ombuds.queries.rings import ring_that_counts
from omsorg.ombuds.rules.refusals import (
    AnotherMustAgree,
    AnswerIncomplete,
    DayAhead,
    DayNotAhead,
    DecidedAlready,
    DoneAndRefused,
    FoundNotWeighed,
    MovedOn,
    NothingSaid,
    NothingToOpen,
    NotPublished,
    ReasonMissing,
)

PUBLISH_NOW = "ombuds.publish_advice_now"


def _trace(verb: str, subject: str, by: Acting, at: datetime) -> None:
    leave_trace(verb, subject, by=by.person_id, at=at, book=OFFICE_BOOK, using=ombuds_database())


def recommend(
    *,
    organisation: Organisation,
    text: Mapping[str, str],
    answer_due_on: date,
    cases: tuple[str, ...] = (),
    ring: OpenRing,
    by: Acting,
    at: datetime,
) -> Advice:
    """Recommend something to an organisation, which owes an answer by a day.

    The text is public once it is published, so it tells of no child. The `cases` it rests on are noted in those cases,
    sealed, and nowhere else.
    """
    require_ear(by, ring)
    said = {language: words.strip() for language, words in text.items() if words.strip()}
    if not said:
        raise NothingSaid
    if answer_due_on <= at.date():
        raise DayNotAhead
    with at_the_desk(by.person_id):
        ring_that_counts(by.person_id)
        number = random_id()
        advice = Advice(
            id=number,
            code=f"R{at.year}-{number % 16**6:06x}",
            organisation=organisation.code,
            text=said,
            made_on=at.date(),
            made_by=by.person_id,
            answer_due_on=answer_due_on,
        )
        advice.save(force_insert=True)
        for case in cases:
            hand = case_for(by, ring, case)
            leave_note(hand, advice.code, NoteKind.ADVICE, by, at=at)
            trace_of_case("rest_advice_on_case", hand.case, by, at)
        _trace("recommend", f"advice:{advice.code}", by, at)
        return advice


def _advice(code: str) -> Advice:
    found = Advice.objects.select_for_update().filter(code=code).first()
    if found is None:
        raise NothingToOpen
    return found


def _weigh(found: Iterable[Finding], accepted: Collection[str], by: Acting, at: datetime) -> list[dict[str, str | int]]:
    """What was let stand, one by one; raises FoundNotWeighed where something found was not looked at."""
    found = list(found)
    if any(each.key not in accepted for each in found):
        raise FoundNotWeighed
    return [{"key": each.key, "kind": each.kind, "by": by.person_id, "on": at.date().isoformat()} for each in found]


def publish_advice(*, code: str, accepted: Collection[str] = (), ring: OpenRing, by: Acting, at: datetime) -> None:
    """Make a recommendation public that another has written.

    `accepted` are the keys of what the check found in it and the publisher lets stand: each, or it is not published.
    """
    require_ear(by, ring)
    with at_the_desk(by.person_id):
        ring_that_counts(by.person_id)
        advice = _advice(code)
        if advice.published_on is not None:
            raise DecidedAlready
        if advice.made_by == by.person_id:
            raise AnotherMustAgree
        advice.weighed = _weigh(found_in_text(advice.text), accepted, by, at)
        advice.published_on, advice.published_by = at.date(), by.person_id
        advice.save(update_fields=["published_on", "published_by", "weighed"])
        _trace("publish_advice", f"advice:{code}", by, at)


def enter_answer(*, code: str, answer: str, reasons: str, ring: OpenRing, by: Acting, at: datetime) -> None:
    """Keep what the organisation answered: accepted, partly, or refused, the last two with its reasons.

    It counts once another has confirmed it. An answer that was there stays beside the new one, and who had entered
    which stands in the trail.
    """
    require_ear(by, ring)
    chosen = Advice.Answer(answer)
    if chosen is Advice.Answer.NONE or (chosen is not Advice.Answer.ACCEPTED and not reasons.strip()):
        raise AnswerIncomplete
    with at_the_desk(by.person_id):
        ring_that_counts(by.person_id)
        advice = _advice(code)
        if advice.withdrawn_on is not None or (advice.answer, advice.reasons) == (chosen, reasons.strip()):
            raise DecidedAlready
        if advice.done_on is not None and chosen is Advice.Answer.REFUSED:
            raise DoneAndRefused
        if advice.answer:
            on = advice.answered_on.isoformat() if advice.answered_on else ""
            before = {"answer": advice.answer, "reasons": advice.reasons, "on": on}
            advice.earlier = [*advice.earlier, before | {"confirmed": advice.answer_confirmed_on is not None}]
        advice.answer, advice.reasons, advice.answered_on = chosen, reasons.strip(), at.date()
        advice.answer_by, advice.answer_confirmed_on, advice.answer_confirmed_by = by.person_id, None, None
        advice.save(
            update_fields=[
                *("answer", "reasons", "answered_on", "earlier"),
                *("answer_by", "answer_confirmed_on", "answer_confirmed_by"),
            ]
        )
        _trace("enter_answer", f"advice:{code}", by, at)


def mark_of_answer(answer: str, reasons: str) -> str:
    """What tells one answer from another: whoever confirms it sends the mark of the one that was read."""
    return sha256(f"{answer}\n{reasons}".encode()).hexdigest()[:16]


def confirm_answer(
    *, code: str, read: str, accepted: Collection[str] = (), ring: OpenRing, by: Acting, at: datetime
) -> None:
    """Confirm an answer that another has entered: from now on it is what everybody reads.

    `read` is the mark of the answer that was before them (`mark_of_answer`): where another stands there now, it is
    refused. `accepted` are the keys of what the check found in its reasons and may stand: each, or it is not confirmed.
    """
    require_ear(by, ring)
    with at_the_desk(by.person_id):
        ring_that_counts(by.person_id)
        advice = _advice(code)
        if not advice.answer or advice.answer_confirmed_on is not None or advice.withdrawn_on is not None:
            raise DecidedAlready
        if advice.answer_by == by.person_id:
            raise AnotherMustAgree
        if read != mark_of_answer(advice.answer, advice.reasons):
            raise MovedOn
        advice.weighed = [*advice.weighed, *_weigh(found_in_reasons(advice.reasons), accepted, by, at)]
        advice.answer_confirmed_on, advice.answer_confirmed_by = at.date(), by.person_id
        advice.save(update_fields=["answer_confirmed_on", "answer_confirmed_by", "weighed"])
        _trace("confirm_answer", f"advice:{code}", by, at)


def confirm_done(*, code: str, ring: OpenRing, by: Acting, at: datetime) -> None:
    """Keep that the office has seen for itself that a recommendation is done, once its answer is confirmed."""
    require_ear(by, ring)
    with at_the_desk(by.person_id):
        advice = _advice(code)
        refused = advice.answer in (Advice.Answer.NONE, Advice.Answer.REFUSED)
        if advice.done_on is not None or refused or advice.withdrawn_on is not None:
            raise DecidedAlready
        if advice.answer_confirmed_on is None:
            raise AnotherMustAgree
        advice.done_on = at.date()
        advice.save(update_fields=["done_on"])
        _trace("confirm_done", f"advice:{code}", by, at)


def withdraw_advice(*, code: str, reason: str = "", ring: OpenRing, by: Acting, at: datetime) -> bool:
    """Take back what is public: one asks, with a class of reason, another agrees to that reason. Says whether it is
    withdrawn now.

    It stays counted, and everybody reads that it was withdrawn, when and why; its text is read by the office alone.
    Where somebody could be recognised in it, its words leave the public list as soon as one asks: a child cannot wait
    for two. The list is brought up to date at once, and once more each night.
    """
    require_ear(by, ring)
    withdrawn = _withdraw(code, reason, ring, by, at)
    do_later(PUBLISH_NOW)
    return withdrawn


def _withdraw(code: str, reason: str, ring: OpenRing, by: Acting, at: datetime) -> bool:
    with at_the_desk(by.person_id):
        ring_that_counts(by.person_id)
        advice = _advice(code)
        if advice.published_on is None:
            raise NotPublished
        if advice.withdrawn_on is not None:
            raise DecidedAlready
        if not advice.withdrawal:
            if reason not in Advice.Withdrawal:
                raise ReasonMissing
            advice.withdrawal, advice.withdrawal_by, advice.withdrawal_asked_on = reason, by.person_id, at.date()
            advice.save(update_fields=["withdrawal", "withdrawal_by", "withdrawal_asked_on"])
            _trace("ask_withdrawal_of_advice", f"advice:{code}", by, at)
            return False
        if advice.withdrawal_by == by.person_id:
            raise AnotherMustAgree
        if reason != advice.withdrawal:
            raise MovedOn
        advice.withdrawn_on, advice.withdrawn_by = at.date(), by.person_id
        advice.save(update_fields=["withdrawn_on", "withdrawn_by"])
        _trace("withdraw_advice", f"advice:{code}", by, at)
        return True


def keep_advice(*, code: str, ring: OpenRing, by: Acting, at: datetime) -> None:
    """End the asking for a withdrawal: it stays public. Whoever asked takes it back, or another says no to it.

    Words that were hidden for it come back only by another than whoever hid them.
    """
    require_ear(by, ring)
    with at_the_desk(by.person_id):
        ring_that_counts(by.person_id)
        advice = _advice(code)
        if not advice.withdrawal or advice.withdrawn_on is not None:
            raise DecidedAlready
        if is_hidden(advice) and advice.withdrawal_by == by.person_id:
            raise AnotherMustAgree
        advice.withdrawal, advice.withdrawal_by, advice.withdrawal_asked_on = "", None, None
        advice.save(update_fields=["withdrawal", "withdrawal_by", "withdrawal_asked_on"])
        _trace("keep_advice", f"advice:{code}", by, at)
    do_later(PUBLISH_NOW)


def enter_visit(
    *,
    on: date,
    kind: str,
    country: str,
    place: str,
    children: int,
    unit: str = "",
    know_their_ombudsperson: int | None = None,
    record: int | None = None,
    ring: OpenRing,
    by: Acting,
    at: datetime,
) -> Kept:
    """Keep a visit, a talk or a panel with children: where, how many, how many knew their ombudsperson before.

    `record` is made where it is written down; sending it twice is harmless.
    """
    require_ear(by, ring)
    if not place.strip():
        raise NothingSaid
    if on > latest_day(at):
        raise DayAhead
    with at_the_desk(by.person_id):
        ring_that_counts(by.person_id)
        number = record or random_id()
        if Visit.objects.filter(pk=number).exists():
            return Kept(number, False)
        Visit.objects.create(
            id=number,
            on=on,
            by=by.person_id,
            kind=Visit.Kind(kind),
            country=country.upper(),
            unit=unit,
            place=place.strip(),
            children=children,
            know_their_ombudsperson=know_their_ombudsperson,
        )
        _trace("enter_visit", f"visit:{number:x}", by, at)
        return Kept(number, True)
