"""By how many days something slips from the day that was promised first."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Slip:
    """How far an action or indicator is from the day first promised.

    `days` is positive when late, negative when done early. `moved_days` is the part of it that was
    announced by moving the date, `overdue_days` how long the present date has passed without the thing
    being done.
    """

    days: int
    moved_days: int
    overdue_days: int
    is_done: bool

    @property
    def is_late(self) -> bool:
        """Whether the first promise is broken, whatever the present date says."""
        return self.days > 0


def slip(
    *,
    original_due_on: date,
    present_due_on: date,
    as_of: date,
    done_on: date | None = None,
    stopped_on: date | None = None,
) -> Slip:
    """The slip as it is known on `as_of`.

    Done: from the first date to the day it was done. Not done: to the present date, or to `as_of` once the
    present date has passed. What was put on hold, superseded or dropped on `stopped_on` slips no further
    than to that day. A day later than `as_of` is not known yet: it neither finishes nor stops anything.
    """
    moved = (present_due_on - original_due_on).days
    if done_on is not None and done_on <= as_of:
        return Slip((done_on - original_due_on).days, moved, 0, True)
    until = as_of if stopped_on is None else min(as_of, stopped_on)
    overdue = max((until - present_due_on).days, 0)
    return Slip(moved + overdue, moved, overdue, False)
