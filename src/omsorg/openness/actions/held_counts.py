"""Telling the public how many cases are held back: once a quarter has ended, by the house, and for good."""

from datetime import datetime

from django.conf import settings
from django.db import transaction

from omsorg.kernel.periods import Period
from omsorg.kernel.trail import leave_trace
from omsorg.kernel.wall import as_house
from omsorg.openness.actions.locks import hold
from omsorg.openness.models import HeldShown, QuarterShown
from omsorg.openness.queries.quarters import held_of, held_shown, shown_of
from omsorg.openness.rules.held import held_told


def tell_what_is_held(*, at: datetime) -> Period | None:
    """Freeze what was held back at the end of the last quarter that is over; says which, or None where it is told.

    Not as it is today: two numbers a day apart would tell of one case. The figures of the quarter show the same row.
    """
    quarter = Period.holding(at.date(), 3).previous()
    with transaction.atomic(), as_house():
        hold("quarters", 0)
        if HeldShown.objects.filter(start__gte=quarter.start).exists():
            return None
        published = QuarterShown.objects.filter(start=quarter.start).order_by("number").first()
        told = shown_of(published).held if published else row_of(quarter)
        HeldShown.objects.create(start=quarter.start, shown=dict(told), at=at)
        leave_trace("held_counted", f"quarter:{quarter.code}", by=None, at=at)
    return quarter


def row_of(quarter: Period) -> dict[str, int]:
    """What may be read of what was held back at the end of a quarter, laid beside every row that was ever told."""
    rows = [(each.quarter.start, each.held) for each in map(shown_of, QuarterShown.objects.all())]
    rows += [(each.start, told) for each, told in held_shown()]
    before = [told for start, told in rows if told and start < quarter.start]
    return held_told(held_of(quarter), before, smallest_shown=settings.ENVIRONMENT.small_cell)
