"""Whether the machine's clock can be believed: a day far from the newest that is known is believed only when it stays.

A clock that leaps ten years ahead would promise a day in ten years, and bring every open case to the board at once. So
a day more than two weeks after the newest known one, or more than one before it, is not believed until the clock has
stood there for two days: a site that was switched off for a month goes on by itself, and a clock that is put right in
time has done nothing.
"""

from dataclasses import dataclass
from datetime import date, timedelta

AHEAD, BACK, STAYS = timedelta(days=14), timedelta(days=1), timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Known:
    """The newest day that is known, and the day to which the clock has leapt since, if it has."""

    on: date
    leapt_to: date | None = None

    def believes(self, today: date) -> bool:
        """Whether this day can be believed."""
        return self.on - BACK <= today <= self.on + AHEAD

    def after(self, today: date) -> "Known":
        """What is known when the clock shows this day."""
        if self.believes(today):
            return Known(max(self.on, today))
        if self.leapt_to is None or not self.leapt_to <= today <= self.leapt_to + AHEAD:
            return Known(self.on, today)
        if today >= self.leapt_to + STAYS:
            return Known(today)
        return self
