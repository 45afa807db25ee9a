"""The only place that asks what time it is. Views, jobs and commands ask here and pass it on; rules never do."""

from datetime import date, datetime

from django.utils import timezone


def now() -> datetime:
    """This instant, aware, in UTC."""
    return timezone.now()


def today() -> date:
    """This day in UTC: one day for the whole federation, whatever the clock on the wall says."""
    return now().date()
