"""Watching over children who spoke, and over promises: check-ins, alarms, and what goes up a level by itself."""

import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime

from django.conf import settings

from omsorg.federation.access import Acting
from omsorg.kernel.trail import leave_trace
from omsorg.kernel.working_days import free_days_of, read_free_days
from omsorg.ombuds.access import CaseInHand, OpenRing, in_name_of_the_house, ombuds_database
from omsorg.ombuds.actions.cases import working
from omsorg.ombuds.actions.colleagues import trace_of_case
from omsorg.ombuds.actions.levels import (
    is_heard,
    open_next_level,
    open_waiting_keys,
    promised_by,
    raise_level,
    tell_again,
)
from omsorg.ombuds.actions.stakes import hold_against
from omsorg.ombuds.models import Case, CheckIn
from omsorg.ombuds.queries.days import day_at
from omsorg.ombuds.rules.levels import Because, Level, Status
from omsorg.ombuds.rules.promises import is_missed
from omsorg.ombuds.rules.refusals import DecidedAlready, NobodyLeft, NothingSaid

log = logging.getLogger(__name__)
GRACE = 3
"""Working days after a planned day on which a child was to be asked after."""


def check_in(*, case: str, due_on: date, found: str, alarm: bool, ring: OpenRing, by: Acting, at: datetime) -> None:
    """Keep what was found on a day planned for asking. An alarm opens the case to the level above and to the board, but
    to nobody who is named in what was found; all who have it are written to within minutes, who had it before too."""
    if not found.strip():
        raise NothingSaid
    with working(case, ring, by, closed=True) as hand:
        row = CheckIn.objects.select_for_update().filter(case=hand.case, due_on=due_on).first()
        if row is None or row.done_on is not None:
            raise DecidedAlready
        row.done_on, row.done_by, row.alarm = day_at(hand.case.country, at), by.person_id, alarm
        row.sealed = hand.seal(row, found)
        row.save(update_fields=["done_on", "done_by", "alarm", "sealed"])
        if alarm:
            _ring_the_alarm(hand, found, ring, at)
        trace_of_case("check_in", hand.case, by, at, alarm=int(alarm))


def raise_alarm(*, case: str, found: str, ring: OpenRing, by: Acting, at: datetime) -> None:
    """Keep that a child is made to pay for having spoken, on any day: the level above and the board see it at once, but
    nobody who is named in what was found."""
    if not found.strip():
        raise NothingSaid
    with working(case, ring, by, closed=True) as hand:
        on = day_at(hand.case.country, at)
        row, _ = CheckIn.objects.get_or_create(case=hand.case, due_on=on, defaults={"on": on})
        if row.done_on is not None and row.alarm:
            raise DecidedAlready
        row.done_on, row.done_by, row.alarm = on, by.person_id, True
        row.sealed = hand.seal(row, found)
        row.save(update_fields=["done_on", "done_by", "alarm", "sealed"])
        _ring_the_alarm(hand, found, ring, at)
        trace_of_case("raise_alarm", hand.case, by, at)


def _ring_the_alarm(hand: CaseInHand, found: str, ring: OpenRing, at: datetime) -> None:
    case = hand.case
    with suppress(NobodyLeft):
        hold_against(hand, found, own_ring=ring.ring, at=at)
    if case.status == Status.CLOSED:
        case.status, case.closed_on, case.keep_until = Status.OPEN, None, None
        case.save(update_fields=["status", "closed_on", "keep_until"])
    raise_level(case, because=Because.ALARM, at=at)
    open_waiting_keys(case, Level.BOARD, because=Because.ALARM, on=at.date())
    tell_again(case, at_once=True, but=ring.ring)


def raise_missed_check_ins(*, at: datetime) -> int:
    """Bring every case up a level whose child was to be asked after, and was not: three working days after the day.

    Each planned day brings it up once, and a closed case too; where nobody sits above, as soon as somebody does. The
    promise to the child stays as it is.
    """
    return _bring_up(lambda case: bool(_late_days(case, at)), at, "raise_missed_check_in", once_up=_climbed)


def _late_days(case: Case, at: datetime) -> list[int]:
    """The planned days of a case that were missed and have not brought it up yet."""
    free = free_days_of(case.country, read_free_days(settings.ENVIRONMENT.free_days))
    on = day_at(case.country, at)
    open_days = CheckIn.objects.filter(case=case, done_on__isnull=True, climbed_on__isnull=True, due_on__lt=on)
    return [row.pk for row in open_days if free.after(row.due_on, GRACE) < on]


def _climbed(case: Case, at: datetime) -> None:
    CheckIn.objects.filter(pk__in=_late_days(case, at)).update(climbed_on=day_at(case.country, at))


def raise_unheard_cases(*, at: datetime) -> int:
    """Bring every case up that nobody can read any more who sits today: those who had it left, or were moved."""
    return _bring_up(lambda case: not is_heard(case, at.date()), at, "raise_unheard_case")


def _bring_up(
    is_due: Callable[[Case], bool],
    at: datetime,
    verb: str,
    *,
    once_up: Callable[[Case, datetime], None] = lambda _case, _at: None,
) -> int:
    """Bring up those of the cases that are not erased that are due; says how many went up. `once_up`: what is kept of
    one that did."""
    with in_name_of_the_house():
        numbers = sorted(Case.objects.exclude(status=Status.ERASED).values_list("pk", flat=True))

    def one(number: int) -> bool:
        with in_name_of_the_house():
            case = Case.objects.select_for_update(skip_locked=True).filter(pk=number).first()
            if case is None or case.status == Status.ERASED or not is_due(case):
                return False
            before = case.level
            if open_next_level(case, because=Because.ESCALATION, on=at.date()) is None:
                return False
            once_up(case, at)
            _trace_of_house(verb, case, at, {"from": before, "to": case.level})
            return True

    return sum(_each(one, number) for number in numbers)


def _trace_of_house(verb: str, case: Case, at: datetime, details: dict[str, int | str]) -> None:
    leave_trace(verb, f"case:{case.code}", by=None, at=at, details=details, book=case.book, using=ombuds_database())


def raise_missed_promises(*, at: datetime) -> int:
    """Bring every case whose promise was missed one level up, with a new promise of that level. Says how many.

    The worker has no key and opens nothing: the people above were given theirs when the case was kept, and only now
    may see it. Where nobody is above, the miss is counted and the promise begins anew with those who have it.
    """
    with in_name_of_the_house():
        promised = Case.objects.filter(status=Status.OPEN, promise_on__lte=at.date())
        numbers = sorted(promised.values_list("pk", flat=True))
    return sum(_each(lambda number: _raise(number, at), number) for number in numbers)


def _each(bring_up: Callable[[int], bool], number: int) -> bool:
    """One case: where it is at fault the others go up all the same, and the next hour tries it again. The log names no
    case."""
    try:
        return bring_up(number)
    except Exception:
        log.exception("A case could not be brought up; the others were")
        return False


def _raise(number: int, at: datetime) -> bool:
    with in_name_of_the_house():
        case = Case.objects.select_for_update(skip_locked=True).filter(pk=number).first()
        if case is None or case.status != Status.OPEN or not is_missed(case.promise_on, day_at(case.country, at)):
            return False
        before = case.level
        case.promises_missed, case.missed_at = case.promises_missed + 1, before
        case.save(update_fields=["promises_missed", "missed_at"])
        if raise_level(case, because=Because.ESCALATION, at=at) is None:
            _promise_anew(case, at)
        told: dict[str, int | str] = {"from": before, "to": case.level, "missed": case.promises_missed}
        _trace_of_house("raise_missed_promise", case, at, told)
        return True


def _promise_anew(case: Case, at: datetime) -> None:
    case.promise_on = promised_by(Level(case.level), case.country, at)
    case.save(update_fields=["promise_on"])
    tell_again(case)
