"""When an answer is due, how late it is, and who is owed a reminder."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from omsorg.kernel.periods import Period

REMINDER_DAYS = (1, 7, 30)
ESCALATE_FROM_DAY = 7


class Recipient(StrEnum):
    """Who is reminded."""

    OWN_OFFICERS = "own_officers"
    LEVEL_ABOVE = "level_above"


@dataclass(frozen=True, slots=True)
class Reminder:
    """A reminder owed: the day late it belongs to, whom it goes to, the earlier ones it replaces."""

    day: int
    recipients: tuple[Recipient, ...]
    replaces: tuple[int, ...] = ()

    @property
    def covers(self) -> tuple[int, ...]:
        """What to write down as sent once it is sent."""
        return (*self.replaces, self.day)


def due_on(period: Period, *, grace_days: int) -> date:
    """The last day on which the answer for `period` is in time."""
    return period.until + timedelta(days=grace_days - 1)


def days_late(due: date, *, on: date, submitted_on: date | None = None) -> int:
    """How many days late the answer is on `on`, or was when it came; never negative."""
    arrived = submitted_on is not None and submitted_on <= on
    return max(((submitted_on if arrived and submitted_on else on) - due).days, 0)


def reminders_owed(
    due: date,
    *,
    on: date,
    sent: Collection[int],
    submitted_on: date | None = None,
    days: Sequence[int] = REMINDER_DAYS,
    escalate_from: int = ESCALATE_FROM_DAY,
) -> tuple[Reminder, ...]:
    """The reminder owed on `on`, given the days whose reminders were `sent`: at most one, never one twice.

    A worker that stood still for a month does not send three letters at once: the latest stands for those
    before it. From `escalate_from` days on the level above is told as well. An answer that has come is
    never reminded.
    """
    if submitted_on is not None and submitted_on <= on:
        return ()
    late = days_late(due, on=on)
    last_sent = max(sent, default=0)
    open_days = [day for day in sorted(set(days)) if last_sent < day <= late]
    if not open_days:
        return ()
    *earlier, day = open_days
    recipients = (Recipient.OWN_OFFICERS, Recipient.LEVEL_ABOVE) if day >= escalate_from else (Recipient.OWN_OFFICERS,)
    return (Reminder(day, recipients, tuple(earlier)),)
