"""Publishing a quarter: counted by one, held against all that is published, frozen by another."""

from datetime import datetime
from itertools import pairwise

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
    next_number,
    published_quarters,
)
from omsorg.openness.rules.deciding import NotWhatWasRead
from omsorg.openness.rules.figures import (
    Because,
    Counts,
    CountsDisagree,
    NothingCorrected,
    PreparedBySamePerson,
    QuarterLeftOut,
    QuarterNotOver,
    QuarterNotPrepared,
    QuarterNotPublished,
    QuarterPublished,
    QuarterToCorrect,
    Shown,
    check_counts,
    shown,
)


def try_quarter(*, counts: Counts, by: Acting, at: datetime) -> Shown:
    """What would be read of a quarter if it were published now; writes nothing. Refused as `prepare_quarter` is."""
    require_at_the_top(by, RELEASE)
    if counts.quarter.until > at.date():
        raise QuarterNotOver(quarter=counts.quarter.code)
    published, earlier = published_quarters()
    if any(each.quarter == counts.quarter for each, _told in published):
        raise QuarterPublished(quarter=counts.quarter.code)
    if published:
        last = published[-1][0]
        if last.quarter.next() != counts.quarter:
            raise QuarterLeftOut(quarter=last.quarter.next().code)
        for (one, _told), (after, _told_after) in pairwise(published):
            _refuse_what_does_not_follow(after, one)
        check_counts(counts, last)
    else:
        check_counts(counts, None)
    frozen = HeldShown.objects.filter(start=counts.quarter.start).first()
    held = frozen.shown if frozen else row_of(counts.quarter)
    return shown(counts, published, smallest_shown=settings.ENVIRONMENT.small_cell, held=held, earlier=earlier)


def _refuse_what_does_not_follow(after: Counts, before: Counts) -> None:
    try:
        check_counts(after, before)
    except CountsDisagree:
        raise QuarterToCorrect(quarter=after.quarter.code) from None


def try_correction(*, counts: Counts, by: Acting, at: datetime) -> Shown:
    """What would be read of a corrected quarter, held against what stood before; writes nothing.

    It must agree with the quarter before. Quarters after it that do not follow any more are corrected next. What was
    held back was counted by the house: that row stays.
    """
    require_at_the_top(by, RELEASE)
    published, earlier = published_quarters()
    found = next((pair for pair in published if pair[0].quarter == counts.quarter), None)
    if found is None:
        raise QuarterNotPublished(quarter=counts.quarter.code)
    if counts.by_country == found[0].by_country:
        raise NothingCorrected
    others = [pair for pair in published if pair is not found]
    before = next((each for each, _told in others if each.quarter.next() == counts.quarter), None)
    check_counts(counts, before)
    return shown(
        counts,
        others,
        smallest_shown=settings.ENVIRONMENT.small_cell,
        held=found[1].held,
        earlier=[*earlier, published],
    )


@transaction.atomic
def prepare_quarter(*, counts: Counts, by: Acting, at: datetime) -> QuarterPrepared:
    """Count a quarter for somebody else to publish. Whoever prepares it anew takes the place of what was prepared.

    Refused: a quarter that is not over, published already, or not the next; counts that contradict the quarter before.
    """
    hold("quarters", 0)
    try_quarter(counts=counts, by=by, at=at)
    return _prepare(counts, "", by, at)


@transaction.atomic
def prepare_correction(*, counts: Counts, because: Because, by: Acting, at: datetime) -> QuarterPrepared:
    """Prepare other figures for a published quarter, with the reason, for somebody else to publish."""
    hold("quarters", 0)
    try_correction(counts=counts, by=by, at=at)
    return _prepare(counts, because, by, at)


def _prepare(counts: Counts, because: str, by: Acting, at: datetime) -> QuarterPrepared:
    made = QuarterPrepared.objects.create(
        start=counts.quarter.start,
        number=next_number(counts.quarter),
        counts=counts_as_plain(counts),
        because=because,
        by_id=by.person_id,
        at=at,
    )
    leave_trace("prepare_quarter", f"quarter:{counts.quarter.code}", by=by.person_id, at=at)
    return made


@transaction.atomic
def publish_quarter(*, quarter: Period, expected: int, by: Acting, at: datetime) -> QuarterShown:
    """Publish the head figures of a quarter, or a correction of them, as another has prepared them.

    Nothing is overwritten; small numbers are not shown. `expected` is which preparation was read. Refused: by whoever
    prepared it, and where it was prepared anew meanwhile.
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
    look = try_correction if prepared.number > 1 else try_quarter
    told = look(counts=counts_of(prepared), by=by, at=at)
    same = {"start": quarter.start, "number": prepared.number, "because": prepared.because}
    QuarterCounts.objects.create(**same, counts=prepared.counts, by_id=by.person_id, at=at)
    made = QuarterShown.objects.create(**same, shown=as_plain(told), published_at=at)
    leave_trace("publish_quarter", f"quarter:{quarter.code}", by=by.person_id, at=at)
    return made
