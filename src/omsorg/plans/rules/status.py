"""How an indicator goes, computed from its figures and targets: the same input, the same answer.

The rule and its worked numbers are in `docs/rules/status.md`. A change of the rule is a new `RULE_VERSION`;
published reports keep the version they were computed with.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction

from omsorg.kernel.periods import Period

from .measures import Definition, Direction, Figure, Kind, RollUp, State, Status
from .paths import Point, TargetPath, path_value, value_at

RULE_VERSION = "linear-2"


class Why(StrEnum):
    """What decided the status, where the numbers alone do not tell it."""

    PATH = "path"
    REACHED = "reached"
    REACHED_NOT_FINAL = "reached_not_final"
    NOT_RATEABLE = "not_rateable"
    NO_DIRECTION = "no_direction"
    NO_TARGET = "no_target"
    NO_BASELINE = "no_baseline"
    TARGET_IS_BASELINE = "target_is_baseline"
    TARGET_AGAINST_DIRECTION = "target_against_direction"
    NO_CASES = "no_cases"
    NOT_APPLICABLE = "not_applicable"
    NOTHING_DUE = "nothing_due"
    ANSWER_MISSING = "answer_missing"
    TOO_FEW_ANSWERS = "too_few_answers"
    EARLIER_FIGURES = "earlier_figures"
    EVIDENCE_MISSING = "evidence_missing"
    HIDDEN = "hidden"
    DUE_DAY_PASSED = "due_day_passed"
    BEFORE_DUE_DAY = "before_due_day"


@dataclass(frozen=True, slots=True)
class PeriodFigure:
    """The figure of one period, rolled up or of one organisation, and how many gave one of how many were asked."""

    period: Period
    figure: Figure
    reported: int = 1
    expected: int = 1


@dataclass(frozen=True, slots=True)
class Standing:
    """A computed status with everything that it rests on.

    `progress` is the share of the way from baseline to goal that has been walked, `path` the share that
    should have been. `first_target` is the goal as first stated and `present_target` as it stands: a revised
    plan cannot hide that it was revised, and `against_first` tells how it would go by the first.
    """

    status: Status
    why: Why
    value: Fraction | None = None
    value_on: date | None = None
    progress: Fraction | None = None
    path: Fraction | None = None
    first_target: Point | None = None
    present_target: Point | None = None
    against_first: Status | None = None
    rule_version: str = RULE_VERSION


def last_due_period(on: date, *, months: int, grace_days: int) -> Period:
    """The last period whose answer is due on `on`: it has ended, and the days of grace are over."""
    return Period.holding(on - timedelta(days=grace_days), months).previous()


def indicator_status(
    *,
    definition: Definition,
    figures: Sequence[PeriodFigure],
    paths: Sequence[TargetPath],
    baseline: Point | None,
    on: date,
    starts_on: date | None = None,
    grace_days: int = 30,
    coverage_floor: Fraction = Fraction(0),
) -> Standing:
    """How the indicator goes on the day `on`, by the rule `RULE_VERSION`.

    Completed: the goal is reached by a final, measured figure (a band: held to the day of the goal). On
    track: at most `tolerance` of the way behind the straight path. At risk: at most `at_risk` behind. Off
    track: further. Not due: no answer has fallen due yet. No data: the last answer due is not there. Not
    rated: no direction, target or baseline, or target and baseline are the same. A milestone goes by its day
    and its evidence.

    Where less than `coverage_floor` of those asked have answered, the rolled-up figure speaks for nobody but them:
    the one before counts as long as it is recent enough, and then there is no data. A count that is added up and has
    reached its goal stays completed: whoever answers later can only add to it.

    Figures of periods that have not ended on `on`, and paths stated later, are not looked at. The path is
    read on the last day of the figure's period, for that is the day the figure speaks of. After the day of
    the goal no further answers are asked for. Answering begins after `starts_on`: by default the day of the
    baseline, or else the day the target was first stated.
    """
    known = sorted((path for path in paths if path.stated_on <= on), key=lambda path: path.stated_on)
    first, present = (known[0], known[-1]) if known else (None, None)
    if starts_on is None:
        starts_on = baseline.on if baseline else first.stated_on if first else on
    case = _Case(
        definition=definition,
        told=tuple(entry for entry in figures if entry.period.until <= on),
        path=present,
        baseline=baseline,
        starts_on=starts_on,
        on=on,
        grace_days=grace_days,
        coverage_floor=coverage_floor,
    )
    found = case.judged()
    return replace(
        found,
        first_target=first.goal if first else None,
        present_target=present.goal if present else None,
        against_first=found.status if first is present else replace(case, path=first).judged().status,
    )


@dataclass(frozen=True, slots=True)
class _Told:
    """The newest value there is: of which period, and how firm."""

    period: Period
    value: Fraction
    is_firm: bool
    has_evidence: bool
    on: date


@dataclass(frozen=True, slots=True)
class _Case:
    """One indicator before the rule, with one of its paths."""

    definition: Definition
    told: tuple[PeriodFigure, ...]
    path: TargetPath | None
    baseline: Point | None
    starts_on: date
    on: date
    grace_days: int
    coverage_floor: Fraction

    def judged(self) -> Standing:
        if self.definition.kind is Kind.MILESTONE:
            return self._with_value(self._milestone, self._newest(self.told))
        by_many = self._with_value(self._numeric, self._newest(self._told_by_enough()))
        by_few = self._with_value(self._numeric, self._newest(self.told))
        if by_few == by_many or (by_few.status is Status.COMPLETED and self._only_grows()):
            return by_few
        if by_many.status not in (Status.NO_DATA, Status.NOT_RATED, Status.NOT_DUE):
            return replace(by_many, why=Why.EARLIER_FIGURES)
        if by_many.why is not Why.ANSWER_MISSING:
            return by_many
        return replace(by_few, status=Status.NO_DATA, why=Why.TOO_FEW_ANSWERS, progress=None, path=None)

    def _with_value(self, rule: Callable[[_Told | None], Standing], newest: _Told | None) -> Standing:
        verdict = rule(newest)
        return verdict if newest is None else replace(verdict, value=newest.value, value_on=newest.on)

    def _told_by_enough(self) -> tuple[PeriodFigure, ...]:
        """The figures of periods in which enough have answered.

        Of a sum over periods all up to the last of these, if enough have answered on the whole: what a few have said
        of the newest period would pass for what happened in it.
        """
        if self.definition.accumulates:
            added = sorted(self._added_up(self.told), key=lambda entry: entry.period.until)
            while added and self._is_thin(added[-1:]):
                added.pop()
            return () if self._is_thin(added) else tuple(added)
        return tuple(entry for entry in self.told if not self._is_thin([entry]))

    def _is_thin(self, entries: Sequence[PeriodFigure]) -> bool:
        expected = sum(entry.expected for entry in entries)
        return sum(entry.reported for entry in entries) < self.coverage_floor * expected

    def _only_grows(self) -> bool:
        definition = self.definition
        is_counted = definition.kind in (Kind.COUNT, Kind.STOCK) and definition.roll_up is RollUp.SUM
        return is_counted and definition.direction is Direction.UP

    def _added_up(self, told: Sequence[PeriodFigure]) -> list[PeriodFigure]:
        """The periods that are added up: those of the asked length since answering began."""
        months = self.definition.frequency_months
        return [e for e in told if e.period.months == months and _last_day(e.period) > self.starts_on]

    def _numeric(self, newest: _Told | None) -> Standing:
        hindrance = self._hindrance()
        if hindrance is not None or self.path is None or self.baseline is None:
            return Standing(Status.NOT_RATED, hindrance or Why.NO_TARGET)
        absence = self._absence(newest, self.path)
        if absence is not None or newest is None:
            return absence or Standing(Status.NO_DATA, Why.ANSWER_MISSING)
        progress, wanted = self._ways(newest, self.path, self.baseline)
        if progress >= 1:
            status, why = Status.COMPLETED, Why.REACHED
            if not newest.is_firm or self._must_still_hold(newest, self.path):
                status, why = Status.ON_TRACK, Why.REACHED_NOT_FINAL
        elif progress >= wanted - Fraction(self.definition.tolerance):
            status, why = Status.ON_TRACK, Why.PATH
        elif progress >= wanted - Fraction(self.definition.at_risk):
            status, why = Status.AT_RISK, Why.PATH
        else:
            status, why = Status.OFF_TRACK, Why.PATH
        return Standing(status, why, progress=progress, path=wanted)

    def _milestone(self, newest: _Told | None) -> Standing:
        if not self.definition.is_ratable:
            return Standing(Status.NOT_RATED, Why.NOT_RATEABLE)
        if self.path is None:
            return Standing(Status.NOT_RATED, Why.NO_TARGET)
        due = self.path.goal.on
        if newest is not None and newest.value >= 1:
            if newest.has_evidence and newest.is_firm:
                return Standing(Status.COMPLETED, Why.REACHED)
            status = Status.ON_TRACK if self.on <= due else Status.AT_RISK
            return Standing(status, Why.EVIDENCE_MISSING)
        if self.on > due:
            grace = self.on <= due + timedelta(days=self.grace_days)
            return Standing(Status.AT_RISK if grace else Status.OFF_TRACK, Why.DUE_DAY_PASSED)
        return self._absence(newest, self.path) or Standing(Status.ON_TRACK, Why.BEFORE_DUE_DAY)

    def _hindrance(self) -> Why | None:
        """Why no rule can judge this indicator, whatever its figures."""
        definition, baseline = self.definition, self.baseline
        if not definition.is_ratable or not definition.kind.is_numeric:
            return Why.NOT_RATEABLE
        if not definition.has_direction:
            return Why.NO_DIRECTION
        if self.path is None:
            return Why.NO_TARGET
        if baseline is None or baseline.value is None:
            return Why.NO_BASELINE
        if definition.direction is Direction.BAND:
            has_band = definition.band_low is not None and definition.band_high is not None
            return None if has_band else Why.NO_TARGET
        goal = self.path.goal.value
        if goal is None or any(point.value is None for point in self.path.points):
            return Why.NO_TARGET
        if goal == baseline.value:
            return Why.TARGET_IS_BASELINE
        if (goal > baseline.value) != (definition.direction is Direction.UP):
            return Why.TARGET_AGAINST_DIRECTION
        return None

    def _absence(self, newest: _Told | None, path: TargetPath) -> Standing | None:
        """What to say where there is nothing to judge by; None when the newest value is recent enough."""
        months = self.definition.frequency_months
        due = min(
            last_due_period(self.on, months=months, grace_days=self.grace_days),
            Period.holding(path.goal.on, months),
        )
        is_anything_due = _last_day(due) > self.starts_on
        if newest is not None and (newest.period.until >= due.until or not is_anything_due):
            return None
        recent = [entry for entry in self.told if entry.period.until >= due.until]
        last = max(recent, key=lambda entry: entry.period.until).figure if recent else None
        if last is not None and last.state is State.NOT_APPLICABLE:
            return Standing(Status.NOT_RATED, Why.NOT_APPLICABLE)
        if last is not None and last.has_no_cases(self.definition):
            return Standing(Status.NOT_RATED, Why.NO_CASES)
        if not is_anything_due:
            return Standing(Status.NOT_DUE, Why.NOTHING_DUE)
        return Standing(Status.NO_DATA, Why.ANSWER_MISSING)

    def _newest(self, told: Sequence[PeriodFigure]) -> _Told | None:
        """The newest value (of two that end on one day, the longer period's), or the sum since the start."""
        if self.definition.accumulates:
            told = self._added_up(told)
        valued = [
            (entry, value)
            for entry in told
            if not entry.figure.quoted and (value := entry.figure.value(self.definition)) is not None
        ]
        if not valued:
            return None
        last, value = max(valued, key=lambda pair: (pair[0].period.until, pair[0].period.months))
        counted = [last]
        if self.definition.accumulates:
            counted = [entry for entry, _value in valued]
            before = self.baseline.value if self.baseline else None
            value = sum((value for _entry, value in valued), Fraction(before or 0))
        return _Told(
            period=last.period,
            value=value,
            is_firm=all(e.figure.is_final and e.figure.state is State.MEASURED for e in counted),
            has_evidence=last.figure.evidence,
            on=last.figure.reached_on or _last_day(last.period),
        )

    def _must_still_hold(self, newest: _Told, path: TargetPath) -> bool:
        """Whether the aim is to stay within a band until a day that the figure does not yet speak of."""
        return self.definition.direction is Direction.BAND and newest.period.until <= path.goal.on

    def _ways(self, newest: _Told, path: TargetPath, baseline: Point) -> tuple[Fraction, Fraction]:
        """The share of the way walked, and the share to have been walked by the day of the figure."""
        start = value_at(baseline)
        if self.definition.direction is Direction.BAND:
            return _nearness(self.definition, start, newest.value), Fraction(1)
        length = value_at(path.goal) - start
        day = _last_day(newest.period)
        return (newest.value - start) / length, (path_value(baseline, path, day) - start) / length


def _last_day(period: Period) -> date:
    return period.until - timedelta(days=1)


def _nearness(definition: Definition, baseline: Fraction, value: Fraction) -> Fraction:
    """1 inside the band; outside, the share of the first distance that has been won.

    Where the baseline lay inside, the distance is measured by the width of the band.
    """
    low, high = Fraction(definition.band_low or 0), Fraction(definition.band_high or 0)
    distance = max(low - value, value - high, Fraction(0))
    if distance == 0:
        return Fraction(1)
    first = max(low - baseline, baseline - high, Fraction(0)) or high - low
    return 1 - distance / first if first else Fraction(0)
