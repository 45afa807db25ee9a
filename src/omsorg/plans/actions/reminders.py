"""Late answers are reminded on the agreed days, each once, and go one level up."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection

from omsorg.kernel.periods import Period
from omsorg.kernel.trail import leave_trace
from omsorg.kernel.wall import as_house
from omsorg.plans.access import periods_of
from omsorg.plans.letters import write_late_answer, write_late_below
from omsorg.plans.models import Plan
from omsorg.plans.models import Reminder as Kept
from omsorg.plans.queries.answers import AnswerRow, counted, stands_for_period
from omsorg.plans.queries.lateness import (
    Above,
    Addressee,
    days_reminded,
    officers_of,
    reviewers_above,
    still_below,
)
from omsorg.plans.rules.lateness import Recipient, Reminder, due_on, reminders_owed


@dataclass(frozen=True, slots=True)
class Days:
    """What the house has agreed on: days of grace, days of reminding, from which day the level above is told.

    What has been due for longer than `until` days is not written about any more: it was told when it was new, and stays
    on the page with its days late.
    """

    grace: int
    reminders: Sequence[int]
    escalate_from: int
    until: int = 90


def remind_of_late_answers(*, days: Days, at: datetime) -> int:
    """Write what is owed today about late answers, of every plan, in the name of the house. Says how many letters.

    Each day of reminding is used once for each answer, however often this runs and however many run at once. The
    letters of one period are written together with the record of them, or not at all.
    """
    on, letters = at.date(), 0
    with as_house():
        plans = list(Plan.objects.select_related("owner").order_by("pk"))
    for plan in plans:
        for period in periods_of(plan):
            due = due_on(period, grace_days=days.grace)
            if due < on <= due + timedelta(days=days.until):
                with as_house():
                    letters += _remind(plan, period, days, on, at)
    return letters


def _remind(plan: Plan, period: Period, days: Days, on: date, at: datetime) -> int:
    _one_at_a_time(plan, period)
    stands = stands_for_period(plan, period, units=still_below(plan, on=on), on=on, grace_days=days.grace)
    sent = days_reminded(plan, period)
    owed: dict[int, Reminder] = {}
    for stand in stands:
        found = reminders_owed(
            stand.due_on,
            on=on,
            sent=sent.get(stand.house.id, frozenset()),
            submitted_on=stand.first_submitted_on,
            days=days.reminders,
            escalate_from=days.escalate_from,
        )
        if found and stand.asked:
            owed[stand.house.id] = found[0]
    late = counted(plan, [stand for stand in stands if stand.house.id in owed])
    officers, above = officers_of(owed, on=on), reviewers_above(owed, on=on)
    told: defaultdict[Addressee, list[AnswerRow]] = defaultdict(list)
    letters = 0
    for row in late:
        reminder = owed[row.house.id]
        mine = officers.get(row.house.id, ())
        higher = _level_above(reminder, mine, above.get(row.house.id))
        _record(plan, row, reminder, len(mine) + len(higher.people if higher else ()), bool(higher), at)
        for person in mine:
            letters += write_late_answer(plan, row, person, day=reminder.day, above=higher, at=at)
        for person in higher.people if higher else ():
            told[person].append(row)
    return letters + _tell_above(plan, told, at)


def _level_above(reminder: Reminder, officers: Sequence[Addressee], above: Above | None) -> Above | None:
    """Who is told above: from the agreed day on, or at once where the organisation has no officer to write to."""
    if Recipient.LEVEL_ABOVE in reminder.recipients or not officers:
        return above
    return None


def _tell_above(plan: Plan, told: Mapping[Addressee, Sequence[AnswerRow]], at: datetime) -> int:
    """One letter to each person above, about everything that became late to them today."""
    return sum(write_late_below(plan, rows, person, at=at) for person, rows in told.items())


def _one_at_a_time(plan: Plan, period: Period) -> None:
    """Wait for whoever writes about this period just now; what they have recorded is then seen."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"plans_reminders {plan.pk} {period.code}"]
        )


def _record(plan: Plan, row: AnswerRow, reminder: Reminder, letters: int, told_above: bool, at: datetime) -> None:
    """Write down that the day is used, and the earlier ones that it stands for."""
    Kept.objects.bulk_create(
        Kept(
            plan=plan,
            organisation_id=row.house.id,
            period_start=row.period.start,
            period_months=row.period.months,
            day=day,
            told_above=told_above and day == reminder.day,
            letters=letters if day == reminder.day else 0,
            at=at,
        )
        for day in reminder.covers
    )
    leave_trace(
        "remind_of_late_answer",
        f"answer:{plan.code}/{row.house.code}/{row.period.code}",
        by=None,
        at=at,
        organisation=row.house.id,
        details={"day": reminder.day, "letters": letters, "told_above": told_above},
    )
