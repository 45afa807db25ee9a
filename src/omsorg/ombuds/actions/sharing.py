"""Sharing what a child told: only what it agreed to, to whom it agreed, as long as it agreed; or, where somebody is in
danger, with a second ombudsperson, the child told first, and all of it on record."""

import json
from datetime import date, datetime, timedelta
from enum import StrEnum

from django.conf import settings

from omsorg.federation.access import Acting
from omsorg.federation.models import Organisation
from omsorg.kernel.wall import as_house
from omsorg.ombuds.access import CaseInHand, OpenRing
from omsorg.ombuds.actions.cases import plan_where_none_is, working, write_to_child
from omsorg.ombuds.actions.colleagues import is_shut_out, let_into_case, trace_of_case
from omsorg.ombuds.actions.levels import next_number, settles, tell_again, tell_at_once
from omsorg.ombuds.actions.stakes import units_of
from omsorg.ombuds.actions.submissions import words_to_keep
from omsorg.ombuds.models import Assent, CaseKey, Disclosure
from omsorg.ombuds.queries.days import day_at
from omsorg.ombuds.queries.rings import ring_that_counts
from omsorg.ombuds.rules.levels import Because, Level
from omsorg.ombuds.rules.refusals import (
    AgreedTooLongAgo,
    AssentMissing,
    DayNotAhead,
    DecidedAlready,
    NotAsked,
    NotForOneself,
    NothingToTakeBack,
    NotReadYet,
    NotYoursToSettle,
    ReasonMissing,
    SecondViewMissing,
    ShutOutOfCase,
    TellTheChildFirst,
    ViewNoLongerHolds,
)

A_DAY_TO_READ = timedelta(days=1)
"""A whole day of the calendar lies between telling the child and telling others: a day that it can read on."""


class Ground(StrEnum):
    """Why confidentiality may be broken at all: somebody would come to harm."""

    CHILD_IN_DANGER = "child_in_danger"
    OTHER_IN_DANGER = "other_in_danger"
    LAW = "law"


# ---- with assent -----------------------------------------------------------------------------------------------


def ask_assent(
    *,
    case: str,
    what: str,
    to_whom: str,
    until_on: date,
    to_desk: bool = False,
    unit: str = "",
    of_whole_house: bool = True,
    ring: OpenRing,
    by: Acting,
    at: datetime,
) -> int:
    """Ask the child about one act of sharing: what, to whom, until when. Returns its number in the case.

    `to_desk`: a copy for the desk for incidents is asked about. Then `what` is the copy itself, word for word: the
    child says yes to exactly what is handed over, once. `unit` is the house that the copy is about, the one the child
    has named where none is given; `of_whole_house` says that nobody of that house may handle it. The child reads both.
    """
    if not what.strip() or not to_whom.strip():
        raise ReasonMissing
    with working(case, ring, by) as hand:
        on = day_at(hand.case.country, at)
        if until_on < on:
            raise DayNotAhead
        number = next_number(Assent, hand.case)
        row = Assent(
            case=hand.case,
            on=on,
            number=number,
            standing=Assent.Standing.ASKED,
            asked_by=by.person_id,
            until_on=until_on,
        )
        about = about_a_house(hand, unit, of_whole_house) if to_desk else {}
        row.sealed = hand.seal(row, json.dumps({"what": what, "to_whom": to_whom, "to_desk": to_desk, **about}))
        row.save(force_insert=True)
        plan_where_none_is(hand.case, on)
        trace_of_case("ask_assent", hand.case, by, at, assent=number)
        return number


def about_a_house(hand: CaseInHand, unit: str, of_whole_house: bool) -> dict[str, object]:
    """The house that a copy for the desk for incidents is about, and whether all of it is complained of."""
    unit = unit or next(iter(sorted(units_of(hand))), "")
    with as_house():
        house = Organisation.objects.filter(code__iexact=unit).values_list("name", flat=True).first() or ""
    return {"unit": unit, "house": house, "of_whole_house": of_whole_house and bool(unit)}


def write_down_assent(*, case: str, number: int, agrees: bool, ring: OpenRing, by: Acting, at: datetime) -> None:
    """Write down what the child said, in person or on the phone, to what it was asked. A yes after the last day
    that was asked about is none."""
    with working(case, ring, by) as hand:
        row = Assent.objects.filter(case=hand.case, number=number, standing=Assent.Standing.ASKED).first()
        if row is None or (agrees and row.until_on < day_at(hand.case.country, at)):
            raise NotAsked
        row.standing = Assent.Standing.GIVEN if agrees else Assent.Standing.REFUSED
        row.answered_on, row.answered_to = day_at(hand.case.country, at), by.person_id
        row.save(update_fields=["standing", "answered_on", "answered_to"])
        trace_of_case("write_down_assent", hand.case, by, at, assent=number, said=row.standing)


def write_down_withdrawal(*, case: str, number: int, ring: OpenRing, by: Acting, at: datetime) -> None:
    """Write down that the child takes a yes back."""
    with working(case, ring, by, closed=True) as hand:
        row = Assent.objects.filter(case=hand.case, number=number, standing=Assent.Standing.GIVEN).first()
        if row is None:
            raise NothingToTakeBack
        row.standing, row.withdrawn_on = Assent.Standing.WITHDRAWN, day_at(hand.case.country, at)
        row.save(update_fields=["standing", "withdrawn_on"])
        tell_again(hand.case, but=ring.ring)
        trace_of_case("write_down_withdrawal", hand.case, by, at, assent=number)


def assent_in_force(case_id: int, number: int, on: date) -> Assent:
    """The child's yes to one act of sharing, as it stands on a day; raises AssentMissing."""
    row = Assent.objects.select_for_update().filter(case_id=case_id, number=number).first()
    if row is None or row.standing != Assent.Standing.GIVEN or on > row.until_on:
        raise AssentMissing
    return row


# ---- without assent --------------------------------------------------------------------------------------------


def propose_disclosure(
    *,
    case: str,
    ground: str,
    what: str,
    to_whom: str,
    why: str,
    second: int,
    why_not_told: str = "",
    to_desk: bool = False,
    unit: str = "",
    of_whole_house: bool = True,
    ring: OpenRing,
    by: Acting,
    at: datetime,
) -> int:
    """Propose to tell somebody without the child's assent, and show the case to a second ombudsperson, who is written
    to within minutes.

    `why_not_told`: why the child cannot be told first, where that is so; the second ombudsperson agrees to this as
    well, and there is no other way past telling it. `to_desk`: `what` is a copy for the desk for incidents, word for
    word, about the `unit` as in `ask_assent`. Refused without reasons, and for a second who may not hear the case or is
    oneself.
    """
    if not (what.strip() and to_whom.strip() and why.strip()):
        raise ReasonMissing
    if second == by.person_id:
        raise NotForOneself
    with working(case, ring, by) as hand:
        colleague = ring_that_counts(second)
        if is_shut_out(hand, second):
            raise ShutOutOfCase(name=colleague.shown_name)
        if not CaseKey.objects.filter(case=hand.case, ring=colleague, waiting=False).exists():
            let_into_case(hand, colleague, because=Because.SECOND_VIEW, on=at.date())
        row = Disclosure(
            case=hand.case,
            number=next_number(Disclosure, hand.case),
            on=day_at(hand.case.country, at),
            standing=Disclosure.Standing.PROPOSED,
            ground=Ground(ground),
            asked_by=by.person_id,
            second=second,
        )
        about = about_a_house(hand, unit, of_whole_house) if to_desk else {}
        said = {"what": what, "to_whom": to_whom, "why": why, "child_reads": True, "to_desk": to_desk, **about}
        row.sealed = hand.seal(row, json.dumps(said))
        if why_not_told.strip():
            row.why_not_told = hand.seal(row, why_not_told, "why_not_told")
        row.save(force_insert=True)
        tell_at_once(hand.case, second)
        trace_of_case("propose_disclosure", hand.case, by, at, disclosure=f"{row.pk:x}", ground=row.ground)
        return row.pk


def _disclosure(hand: CaseInHand, disclosure: int, standing: Disclosure.Standing) -> Disclosure:
    row = Disclosure.objects.select_for_update().filter(pk=disclosure, case=hand.case).first()
    if row is None or row.standing != standing:
        raise DecidedAlready
    return row


def require_both_hear(hand: CaseInHand, row: Disclosure) -> None:
    """Pass, or raise ViewNoLongerHolds: one of the two by whose word it is done is shut out of the case by now."""
    for person in (row.asked_by, row.second):
        if is_shut_out(hand, person):
            raise ViewNoLongerHolds


def give_second_view(
    *, case: str, disclosure: int, agrees: bool, view: str, ring: OpenRing, by: Acting, at: datetime
) -> None:
    """Say, as the second ombudsperson who was asked, whether confidentiality is to be broken, and why.

    Whoever was let in for this alone and does not agree has seen enough: the key is taken away with the answer.
    """
    if not view.strip():
        raise ReasonMissing
    with working(case, ring, by) as hand:
        row = _disclosure(hand, disclosure, Disclosure.Standing.PROPOSED)
        if row.second != by.person_id:
            raise SecondViewMissing
        if agrees:
            require_both_hear(hand, row)
        row.standing = Disclosure.Standing.AGREED if agrees else Disclosure.Standing.NOT_AGREED
        row.seconded_on = day_at(hand.case.country, at)
        row.second_view = hand.seal(row, view, "second_view")
        row.save(update_fields=["standing", "seconded_on", "second_view"])
        trace_of_case("give_second_view", hand.case, by, at, disclosure=f"{row.pk:x}", said=row.standing)
        tell_at_once(hand.case, row.asked_by)
        if not agrees:
            _take_second_key(hand, row)


def tell_child_first(
    *, case: str, disclosure: int, message: str, language: str = "", ring: OpenRing, by: Acting, at: datetime
) -> None:
    """Tell the child before anybody else is told: in these words, which stand in its case from then on. Beside them it
    reads what is told, to whom and why, as the two agreed on it.

    What was said to it in person is written down here too, so that it can read it again.
    """
    words_to_keep(message)
    with working(case, ring, by) as hand:
        row = _disclosure(hand, disclosure, Disclosure.Standing.AGREED)
        require_both_hear(hand, row)
        row.child_told_on = day_at(hand.case.country, at)
        write_to_child(hand, message, by, language, row.child_told_on)
        row.save(update_fields=["child_told_on"])
        trace_of_case("tell_child_first", hand.case, by, at, disclosure=f"{row.pk:x}")


def _take_second_key(hand: CaseInHand, row: Disclosure) -> None:
    """Take the key away from whoever was let in for this second view alone, and is asked for no other."""
    waits = Disclosure.objects.filter(case=hand.case, second=row.second).exclude(pk=row.pk)
    if waits.filter(standing__in=(Disclosure.Standing.PROPOSED, Disclosure.Standing.AGREED)).exists():
        return
    keys = CaseKey.objects.filter(case=hand.case, person=row.second, because=Because.SECOND_VIEW)
    keys.filter(level__in=[level for level in Level if level.rank <= Level(hand.case.level).rank]).delete()
    keys.update(waiting=True, opened_on=None, because=Because.ESCALATION)


def break_confidentiality(
    *, case: str, disclosure: int, danger_now: str = "", ring: OpenRing, by: Acting, at: datetime
) -> None:
    """Keep that somebody was told; the child reads from then on what and whom.

    Refused before a second ombudsperson agreed and the child was told, or both agreed that it could not be; where one
    of the two is shut out of the case by now; to those whom the case went past; and where they agreed longer ago than
    OMSORG_OMBUDS_AGREEMENT_DAYS. Refused until a whole day has passed since the child was told, which it may not have
    read before, unless somebody is in danger now: `danger_now` says of what, and stays on record.
    Whoever was let in for the second view loses the key.
    """
    with working(case, ring, by) as hand:
        if not settles(hand.case, by.person_id):
            raise NotYoursToSettle
        row = Disclosure.objects.select_for_update().filter(pk=disclosure, case=hand.case).first()
        if row is None or row.standing == Disclosure.Standing.DONE:
            raise DecidedAlready
        if row.standing != Disclosure.Standing.AGREED:
            raise SecondViewMissing
        require_both_hear(hand, row)
        days = settings.ENVIRONMENT.ombuds_agreement_days
        if row.seconded_on is None or day_at(hand.case.country, at) > row.seconded_on + timedelta(days=days):
            raise AgreedTooLongAgo(days=days)
        if row.child_told_on is None and row.why_not_told is None:
            raise TellTheChildFirst
        on = day_at(hand.case.country, at)
        at_once = row.child_told_on is not None and on <= row.child_told_on + A_DAY_TO_READ
        if at_once and not danger_now.strip():
            raise NotReadYet
        if at_once:
            row.danger_now = hand.seal(row, danger_now, "danger_now")
        row.standing, row.done_on = Disclosure.Standing.DONE, on
        row.save(update_fields=["standing", "done_on", "danger_now"])
        trace_of_case("break_confidentiality", hand.case, by, at, disclosure=f"{row.pk:x}", at_once=int(at_once))
        _take_second_key(hand, row)
