"""Clocks: by when a step must be done, how a pause puts it off, and how many days it is overdue.

Worked numbers: `docs/rules/clocks.md`.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from omsorg.kernel.refusals import Refusal
from omsorg.kernel.refusals import written as _
from omsorg.safeguarding.rules.codes import Clock, Level, StepKind

LONGEST = 1000
LAST = datetime(9999, 12, 1, tzinfo=UTC)
WRITTEN = re.compile(r"(\w+)=([0-9]{1,3})([hwd])")


class ClockNotUnderstood(Refusal):
    sentence = _("“%(said)s” is no time for a clock. Write it as take_up=24h, acknowledge=3w or investigation=60d.")


class ClockDoesNotRun(Refusal):
    sentence = _("This clock does not run: what it is for has not begun, or is done.")


class ClockIsOver(Refusal):
    sentence = _("The time of this clock is over already: it cannot be stopped any more. What is late stays late.")


class StandsTooLong(Refusal):
    sentence = _("A clock stands still for %(days)s days at most, all its stops together. Choose an earlier day.")


class Unit(StrEnum):
    """In what a time is counted: hours, working days, days."""

    HOURS = "h"
    WORKING_DAYS = "w"
    DAYS = "d"


@dataclass(frozen=True, slots=True)
class Span:
    """A length of time, as a setting says it."""

    amount: int
    unit: Unit


@dataclass(frozen=True, slots=True)
class Stretch:
    """A time during which a clock stands still."""

    begins: datetime
    ends: datetime


DEFAULTS = (
    "take_up=24h acknowledge=3w triage=5w team=3w plan=10w investigation=60d closure=30d decision=30d write_up=30d"
)
BEGINS_WITH: Mapping[Clock, StepKind] = {
    Clock.TAKE_UP: StepKind.RECEIVED,
    Clock.ACKNOWLEDGE: StepKind.RECEIVED,
    Clock.TRIAGE: StepKind.RECEIVED,
    Clock.TEAM: StepKind.TRIAGED,
    Clock.PLAN: StepKind.TEAM_NAMED,
    Clock.INVESTIGATION: StepKind.PLANNED,
    Clock.CLOSURE: StepKind.FOUND,
    Clock.DECISION: StepKind.CLOSED,
}
ENDS_WITH: Mapping[Clock, StepKind] = {
    Clock.TAKE_UP: StepKind.TAKEN_UP,
    Clock.ACKNOWLEDGE: StepKind.ACKNOWLEDGED,
    Clock.TRIAGE: StepKind.TRIAGED,
    Clock.TEAM: StepKind.TEAM_NAMED,
    Clock.PLAN: StepKind.PLANNED,
    Clock.INVESTIGATION: StepKind.FOUND,
    Clock.CLOSURE: StepKind.CLOSED,
    Clock.DECISION: StepKind.DECIDED,
}


SET = {*BEGINS_WITH, Clock.WRITE_UP}
"""The clocks whose time is a setting."""

STOPPABLE = {*BEGINS_WITH, Clock.MEASURE}
"""The clocks that can be stopped, with a reason and until a day."""

ONLY_OURS = (Clock.TEAM, Clock.PLAN, Clock.INVESTIGATION)


def is_weekday(day: date) -> bool:
    """Monday to Friday: the working days where no others are agreed."""
    return day.weekday() < 5


def read_spans(said: str) -> dict[Clock, Span]:
    """The times that a setting agrees on: "take_up=24h acknowledge=3w"; what it does not name is left out."""
    found: dict[Clock, Span] = {}
    for part in said.replace(",", " ").split():
        match = WRITTEN.fullmatch(part)
        if match is None or match[1] not in SET or not int(match[2]):
            raise ClockNotUnderstood(said=part)
        found[Clock(match[1])] = Span(int(match[2]), Unit(match[3]))
    return found


def agreed(for_all: str, for_levels: Mapping[Level, str]) -> dict[str, dict[Clock, Span]]:
    """The times by level ("" before a level is set): the level's own, else those for all, else the defaults."""
    common = read_spans(DEFAULTS) | read_spans(for_all)
    return {"": common} | {level.value: common | read_spans(said) for level, said in for_levels.items()}


def due_at(
    begins: datetime,
    span: Span,
    *,
    pauses: Iterable[Stretch] = (),
    is_working: Callable[[date], bool] = is_weekday,
) -> datetime:
    """The instant at which the time is over.

    Hours are counted by the clock. Days are counted from the day after the beginning, and the last one counts whole;
    of working days only those count. A day on which the clock stands still does not count: from the day of the pause
    to the day before it goes on. What would be over after the last day that there is, is over on that day.
    """
    stops = sorted(pauses, key=lambda each: each.begins)
    if span.unit is Unit.HOURS:
        due = begins + timedelta(hours=span.amount)
        for each in stops:
            if each.begins < due and each.ends > begins:
                due += min(each.ends - max(each.begins, begins), LAST - due)
        return due
    day, left = begins.date(), span.amount
    for _number in range(LONGEST * 4):
        if not left:
            break
        day += timedelta(days=1)
        stands_still = any(each.begins.date() <= day < each.ends.date() for each in stops)
        counts = span.unit is Unit.DAYS or is_working(day)
        left -= counts and not stands_still
    return datetime.combine(day + timedelta(days=1), time(), UTC)


@dataclass(frozen=True, slots=True)
class Running:
    """One clock of one incident: when it began, when its time is over, when the step was done (None: not yet).

    `of` tells several of a kind apart: duties to tell, and holds that come back.
    """

    clock: Clock
    begins_at: datetime
    due_at: datetime
    done_at: datetime | None = None
    stands_still: bool = False
    of: int = 0

    def is_overdue(self, now: datetime) -> bool:
        return self.done_at is None and now >= self.due_at

    def days_overdue(self, now: datetime) -> int:
        """Whole days begun since the time was over; 0 where it is not, or the step was done in time."""
        ended = self.done_at or now
        if ended < self.due_at:
            return 0
        return (ended - self.due_at).days + 1


def running_clocks(
    reached: Mapping[StepKind, datetime],
    spans: Mapping[Clock, Span],
    *,
    now: datetime,
    pauses: Mapping[Clock, Iterable[Stretch]] | None = None,
    is_working: Callable[[date], bool] = is_weekday,
    is_ours: bool = True,
) -> list[Running]:
    """The clocks that have begun, in the order of the work. Once it is closed, those not done have stopped; that of the
    decision begins. What is no matter of safeguarding is to be confirmed and closed, and nothing else, after triage.
    """
    found = []
    for clock, begin in BEGINS_WITH.items():
        if not is_ours and clock in ONLY_OURS:
            continue
        begins_with = begin if is_ours or clock is not Clock.CLOSURE else StepKind.TRIAGED
        begun, done = reached.get(begins_with), reached.get(ENDS_WITH[clock])
        if begun is None or (done is None and StepKind.CLOSED in reached and clock is not Clock.DECISION):
            continue
        stops = list((pauses or {}).get(clock, ()))
        still = done is None and any(each.begins <= now < each.ends for each in stops)
        found.append(
            Running(clock, begun, due_at(begun, spans[clock], pauses=stops, is_working=is_working), done, still)
        )
    return found


def days_still(stops: Iterable[Stretch]) -> int:
    """How many days a clock stands still in all: each stop from its first day to the day before it goes on, and one day
    where it goes on on its first."""
    return sum(max((each.ends.date() - each.begins.date()).days, 1) for each in stops)


def must_be_stoppable(running: Running | None, stop: Stretch, *, before: Iterable[Stretch], at_most: int) -> None:
    """Refuse to stop a clock that does not run, whose time is over, or that would stand still for too many days."""
    if running is None or running.done_at is not None:
        raise ClockDoesNotRun
    if running.is_overdue(stop.begins):
        raise ClockIsOver
    if days_still([*before, stop]) > at_most:
        raise StandsTooLong(days=at_most)


def reminder_owed(days_overdue: int, *, on_days: Iterable[int], sent: Iterable[int]) -> tuple[int, ...]:
    """The agreed days that are reached and not used: one letter goes out for all of them together."""
    used = set(sent)
    return tuple(day for day in sorted(on_days) if day <= days_overdue and day not in used)
