"""Which day it is, as far as that is known: nothing is promised, and nothing goes up, by a clock that has leapt."""

import logging
from datetime import datetime

from omsorg.ombuds.access import in_name_of_the_house
from omsorg.ombuds.actions.watching import raise_missed_promises
from omsorg.ombuds.models import KnownDay
from omsorg.ombuds.rules.known_days import Known

logger = logging.getLogger(__name__)


def look_after_promises(*, at: datetime) -> int:
    """What the worker does each hour: keep the day in mind, and bring up what was missed where the day is believed."""
    if notice_day(at=at):
        return raise_missed_promises(at=at)
    logger.error("The clock says %s, far from the newest day that is known: no promise is looked after.", at.date())
    return 0


def notice_day(*, at: datetime) -> bool:
    """Keep the day that the clock shows. Says whether it is believed."""
    with in_name_of_the_house():
        row = KnownDay.objects.select_for_update().first() or KnownDay(pk=1, on=at.date())
        known = Known(row.on, row.leapt_to).after(at.date())
        row.on, row.leapt_to = known.on, known.leapt_to
        row.save()
    return known.believes(at.date())
