"""Publishing a quarter: counted by one, held against all that is published, frozen by another."""

from datetime import datetime

from django.conf import settings
from django.db import transaction

from omsorg.federation.access import Acting, require_at_the_top
from omsorg.kernel.periods import Period
from omsorg.kernel.trail import leave_trace
from omsorg.openness.access import RELEASE
from omsorg.openness.actions.held_counts import row_of
from omsorg.openness.actions.locks import hold
from omsorg.openness.models import HeldShown, QuarterCounts, QuarterPrepared, QuarterShown
from omsorg.openness.queries.quarters import (
    as_plain,
    counts_as_plain,
    counts_of,
    newest_prepared,
    published_quarters,
)
from omsorg.openness.rules.deciding import NotWhatWasRead
from omsorg.openness.rules.figures import (
    Counts,
    PreparedBySamePerson,
    QuarterLeftOut,
    QuarterNotOver,
    QuarterNotPrepared,
    QuarterPublished,
    Shown,
    check_counts,
    shown,
)


def try_quarter(*, counts: Counts, by: Acting, at: datetime) -> Shown:
    """What would be read of a quarter if it were published now; writes nothing. Refused as `prepare_quarter` is."""
    require_at_the_top(by, RELEASE)
    if counts.quarter.until > at.date():
        raise QuarterNotOver(quarter=counts.quarter.code)
    published = published_quarters()
    if any(each.quarter == counts.quarter for each, _told in published):
        raise QuarterPublished(quarter=counts.quarter.code)
    if published:
        last = published[-1][0]
        if last.quarter.next() != counts.quarter:
            raise QuarterLeftOut(quarter=last.quarter.next().code)
        check_counts(counts, last)
    else:
        check_counts(counts, None)
    frozen = HeldShown.objects.filter(start=counts.quarter.start).first()
    held = frozen.shown if frozen else row_of(counts.quarter)
    return shown(counts, published, smallest_shown=settings.ENVIRONMENT.small_cell, held=held)


@transaction.atomic
def prepare_quarter(*, counts: Counts, by: Acting, at: datetime) -> QuarterPrepared:
    """Count a quarter for somebody else to publish. Whoever prepares it anew takes the place of what was prepared.

    Refused: a quarter that is not over, published already, or not the next; counts that contradict the quarter before.
    """
    hold("quarters", 0)
    try_quarter(counts=counts, by=by, at=at)
    start = counts.quarter.start
    made = QuarterPrepared.objects.create(start=start, counts=counts_as_plain(counts), by_id=by.person_id, at=at)
    leave_trace("prepare_quarter", f"quarter:{counts.quarter.code}", by=by.person_id, at=at)
    return made


@transaction.atomic
def publish_quarter(*, quarter: Period, expected: int, by: Acting, at: datetime) -> QuarterShown:
    """Publish the head figures of a quarter as another has prepared them. They never change; small ones are not shown.

    `expected` is which preparation was read. Refused: by whoever prepared it, and where it was prepared anew meanwhile.
    """
    require_at_the_top(by, RELEASE)
    hold("quarters", 0)
    prepared = newest_prepared(quarter)
    if prepared is None:
        raise QuarterNotPrepared(quarter=quarter.code)
    if prepared.by_id == by.person_id:
        raise PreparedBySamePerson
    if prepared.pk != expected:
        raise NotWhatWasRead
    told = try_quarter(counts=counts_of(prepared), by=by, at=at)
    QuarterCounts.objects.create(start=quarter.start, counts=prepared.counts, by_id=by.person_id, at=at)
    made = QuarterShown.objects.create(start=quarter.start, shown=as_plain(told), published_at=at)
    leave_trace("publish_quarter", f"quarter:{quarter.code}", by=by.person_id, at=at)
    return made
