"""Targets on dated points, and where an indicator should be on any day between them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Point:
    """A value on a day: a baseline, or one target of a path. A milestone has a day and no value."""

    on: date
    value: Fraction | None = None


@dataclass(frozen=True, slots=True)
class TargetPath:
    """The targets as they were stated on one day: one or several dated points, the last being the goal."""

    stated_on: date
    points: tuple[Point, ...]

    @property
    def goal(self) -> Point:
        """The last target of the path."""
        return max(self.points, key=lambda point: point.on)


@dataclass(frozen=True, slots=True)
class TargetFigure:
    """One target as it was entered: for a day, with a value (None withdraws it), stated on a day."""

    due_on: date
    value: Decimal | Fraction | None
    stated_on: date


def target_paths(figures: Iterable[TargetFigure]) -> tuple[TargetPath, ...]:
    """The path as it stood on each day on which a target was stated, changed or withdrawn, oldest first."""
    standing: dict[date, Fraction | None] = {}
    paths: dict[date, TargetPath] = {}
    for figure in sorted(figures, key=lambda figure: figure.stated_on):
        if figure.value is None:
            standing.pop(figure.due_on, None)
        else:
            standing[figure.due_on] = Fraction(figure.value)
        points = tuple(Point(day, standing[day]) for day in sorted(standing))
        paths[figure.stated_on] = TargetPath(figure.stated_on, points)
    return tuple(path for path in paths.values() if path.points)


def path_value(baseline: Point, path: TargetPath, day: date) -> Fraction:
    """Where the indicator should be on `day`: on the straight line between the dated points around it."""
    points = sorted([baseline, *path.points], key=lambda point: point.on)
    if day <= points[0].on:
        return value_at(points[0])
    for before, after in pairwise(points):
        if day < after.on:
            share = Fraction((day - before.on).days, (after.on - before.on).days)
            return value_at(before) + (value_at(after) - value_at(before)) * share
    return value_at(points[-1])


def value_at(point: Point) -> Fraction:
    """The value of a point that must have one."""
    if point.value is None:
        raise ValueError("A point of a path has a value.")
    return Fraction(point.value)
