"""Published quarters: as they were counted, for whoever publishes the next; as they are shown, for everybody."""

from collections import Counter
from typing import Any

from omsorg.kernel.periods import Period
from omsorg.openness.models import Edition, Publication, QuarterCounts, QuarterShown
from omsorg.openness.queries.drafts import newest_step, standing_of
from omsorg.openness.queries.incidents import heads_of
from omsorg.openness.queries.register import cases
from omsorg.openness.rules.deciding import Standing
from omsorg.openness.rules.figures import WHOLE, Counts, Measure, Shown


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
    """Every published quarter, the oldest first."""
    return [shown_of(row) for row in QuarterShown.objects.order_by("start")]


def published_quarters() -> list[tuple[Counts, Shown]]:
    """Every published quarter with what it was counted from: for those who publish at the top."""
    told = {each.quarter.start: each for each in shown_quarters()}
    rows = QuarterCounts.objects.order_by("start")
    return [(Counts(quarter=Period(row.start, 3), **row.counts), told[row.start]) for row in rows]


def on_register(quarter: Period) -> dict[str, int]:
    """How many cases closed in the quarter are public, by country; "*" for those of which only a region is told."""
    found = Counter(
        each.country or WHOLE for each in cases() if quarter.includes(each.closed_in) and not each.is_example
    )
    return dict(found)


def held_now() -> dict[str, int]:
    """How many cases are held back here, by class of reason, of those that stood nowhere in public before."""
    found: Counter[str] = Counter()
    published = set(Edition.objects.values_list("publication_id", flat=True))
    for publication in Publication.objects.filter(is_example=False).exclude(pk__in=published):
        step = newest_step(publication)
        if step is not None and standing_of(publication) is Standing.HELD:
            found[step.reason_class] += 1
    return dict(found)


def counted(quarter: Period) -> Counts | None:
    """The figures of a quarter out of safeguarding and of what is held here; None where safeguarding is off."""
    heads = heads_of(quarter)
    if heads is None:
        return None
    held = Counter(heads.held) + Counter(held_now())
    register = on_register(quarter)
    row = {Measure.RECEIVED: heads.received, Measure.CLOSED: heads.closed, Measure.OPEN: heads.open}
    return Counts(
        quarter=quarter,
        by_country={WHOLE: {str(measure): number for measure, number in row.items()}},
        held=dict(held),
        on_register={WHOLE: sum(register.values())} if register else {},
    )
