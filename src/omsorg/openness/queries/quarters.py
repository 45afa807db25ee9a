"""Published quarters: as they were counted, for whoever publishes the next; as they are shown, for everybody."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

from django.db import connection

from omsorg.kernel.periods import Period
from omsorg.openness.models import HeldShown, QuarterCounts, QuarterPrepared, QuarterShown
from omsorg.openness.queries.incidents import heads_of
from omsorg.openness.queries.register import cases
from omsorg.openness.rules.figures import REOPENED, WHOLE, Counts, Measure, Quarters, Shown
from omsorg.openness.rules.held import PAST


def counts_as_plain(counts: Counts) -> dict[str, Any]:
    return {
        "by_country": {country: dict(row) for country, row in counts.by_country.items()},
        "held": dict(counts.held),
        "on_register": dict(counts.on_register),
    }


def as_plain(told: Shown) -> dict[str, Any]:
    return {
        "cells": [[measure, country, number] for (measure, country), number in sorted(told.cells.items())],
        "held": dict(told.held),
        "countries": list(told.countries),
        "few": list(told.few),
    }


def shown_of(row: QuarterShown) -> Shown:
    """A published quarter as the rules know it."""
    plain = row.shown
    return Shown(
        quarter=Period(row.start, 3),
        cells={(measure, country): number for measure, country, number in plain["cells"]},
        held=plain["held"],
        countries=tuple(plain["countries"]),
        few=tuple(plain["few"]),
    )


def shown_quarters() -> list[Shown]:
    """Every published quarter as it is in force, the oldest first."""
    return [shown_of(row) for row in editions_in_force()]


def editions_in_force() -> list[QuarterShown]:
    """The newest figures of every published quarter, the oldest quarter first."""
    newest = {row.start: row for row in QuarterShown.objects.order_by("start", "number")}
    return list(newest.values())


def editions_of(quarter: Period) -> list[QuarterShown]:
    """All that was published of a quarter, the newest first: what is in force, and what stood before."""
    return list(QuarterShown.objects.filter(start=quarter.start).order_by("-number"))


def corrections() -> list[tuple[QuarterShown, QuarterShown]]:
    """Every correction with what stood before it, the newest first."""
    every = {(row.start, row.number): row for row in QuarterShown.objects.all()}
    found = [(row, every[row.start, row.number - 1]) for row in every.values() if row.number > 1]
    return sorted(found, key=lambda pair: -pair[0].pk)


def published_quarters() -> tuple[Quarters, list[Quarters]]:
    """What is in force with what it was counted from, and what was before each correction: for those at the top."""
    told = {(row.start, row.number): shown_of(row) for row in QuarterShown.objects.all()}
    now: dict[date, tuple[Counts, Shown]] = {}
    earlier: list[Quarters] = []
    for row in QuarterCounts.objects.order_by("id"):
        if row.number > 1:
            earlier.append([now[start] for start in sorted(now)])
        now[row.start] = (counts_of(row), told[row.start, row.number])
    return [now[start] for start in sorted(now)], earlier


def counts_of(row: QuarterCounts | QuarterPrepared) -> Counts:
    """A quarter as it was counted, as the rules know it."""
    return Counts(quarter=Period(row.start, 3), **row.counts)


def next_number(quarter: Period) -> int:
    """The number under which the next figures of a quarter stand: 1 where none are published."""
    newest = QuarterShown.objects.filter(start=quarter.start).order_by("-number").first()
    return newest.number + 1 if newest else 1


def newest_prepared(quarter: Period) -> QuarterPrepared | None:
    """What somebody prepared of a quarter for another to publish; the newest."""
    waiting = QuarterPrepared.objects.filter(start=quarter.start, number=next_number(quarter))
    return waiting.order_by("-id").first()


def on_register(quarter: Period) -> dict[str, int]:
    """How many cases closed in the quarter are public, by country; "*" for those of which only a region is told."""
    found = Counter(
        each.country or WHOLE for each in cases() if quarter.includes(each.closed_in) and not each.is_example
    )
    return dict(found)


def held_at(day: date) -> dict[str, int]:
    """How many cases were held back here at the end of a day that stood nowhere in public, by class of reason.

    With how many of them were past the day on which they were to be looked at again.

    Counted by the house, also where the reader is shut out: the figure is the same whoever publishes it.
    """
    found: Counter[str] = Counter()
    with connection.cursor() as cursor:
        cursor.execute("SELECT reason_class, is_past, counted FROM openness_held_rows(%s)", [day])
        for reason, is_past, number in cursor.fetchall():
            found[reason] += number
            if is_past:
                found[PAST] += number
    return dict(found)


def held_of(quarter: Period) -> dict[str, int]:
    """What is not public at the end of a quarter, small numbers included: held back here, and what safeguarding tells.

    With how many are past the day on which they were to be looked at again.
    """
    last = quarter.until - timedelta(days=1)
    heads = heads_of(quarter)
    found = Counter(heads.held if heads is not None else {})
    found.update(held_at(last))
    found[PAST] += 0
    if heads is not None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT openness_incidents_past_review(%s)", [last])
            found[PAST] += cursor.fetchone()[0]
    return dict(found)


def held_shown() -> list[tuple[Period, dict[str, int]]]:
    """What was held back at the end of each quarter that was told, the oldest first."""
    rows = HeldShown.objects.order_by("start")
    return [(Period(row.start, 3), row.shown) for row in rows]


def of_incidents(quarter: Period) -> int:
    """How many cases on the register that closed in the quarter come from an incident; the others are typed by hand."""
    codes = [each.code for each in cases() if quarter.includes(each.closed_in) and not each.is_example]
    with connection.cursor() as cursor:
        cursor.execute("SELECT openness_of_incidents(%s)", [codes])
        found: tuple[int] = cursor.fetchone()
    return found[0]


def counted(quarter: Period) -> Counts | None:
    """The figures of a quarter out of safeguarding and of what was held here at its end; None where that is off.

    Cases that were entered by hand are no incidents: they are not in these figures. A month that was typed wrong cannot
    put more of them on the register than were closed.
    """
    heads = heads_of(quarter)
    if heads is None:
        return None
    published = min(of_incidents(quarter), heads.closed)
    row = {Measure.RECEIVED: heads.received, Measure.CLOSED: heads.closed, Measure.OPEN: heads.open}
    return Counts(
        quarter=quarter,
        by_country={WHOLE: {**{str(measure): number for measure, number in row.items()}, REOPENED: heads.reopened}},
        held=held_of(quarter),
        on_register={WHOLE: published} if published else {},
    )
