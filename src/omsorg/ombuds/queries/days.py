"""By which instant something is kept, and which day that is where the child is.

Every day in a case is a day of the child's country: when it told something, by when somebody writes, until when a yes
holds. Days of the office itself (rings, seats, keys, recommendations) are those of the whole federation.
"""

from datetime import date, datetime

from django.conf import settings

from omsorg.kernel.zones import day_there
from omsorg.ombuds.models import KnownDay
from omsorg.ombuds.rules.known_days import Known


def believed(at: datetime) -> datetime:
    """This instant, where its day is believed; the same hour of the newest known day where it is not."""
    row = KnownDay.objects.first()
    if row is None or Known(row.on).believes(at.date()):
        return at
    return datetime.combine(row.on, at.timetz())


def day_at(country: str, at: datetime) -> date:
    """Which day it is, at an instant, where a child is; that of UTC where its country is not known."""
    return day_there(at, country, settings.ENVIRONMENT.time_zones)
