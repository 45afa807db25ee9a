"""Clocks that have run out are written about: to those who handle the incident, and one level up."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from omsorg.kernel.wall import as_house
from omsorg.safeguarding.actions.steps import trace
from omsorg.safeguarding.letters import write_overdue
from omsorg.safeguarding.models import ClockReminder, Incident
from omsorg.safeguarding.queries.incident import clocks_of, unsettled
from omsorg.safeguarding.queries.people import handlers_of, nearest
from omsorg.safeguarding.rules.clocks import Running, reminder_owed

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Agreed:
    """The days overdue on which is written, and from which on one level up is told as well."""

    on_days: Sequence[int]
    above_from: int


def remind_of_clocks(*, agreed: Agreed, at: datetime) -> int:
    """Write about every clock that has run out, once for each agreed day; returns the number of letters.

    A letter holds the number of the incident and nothing else of it. Whoever is shut out is never written to. One
    incident at a time: what goes wrong with one is a line in the log, and holds up no other.
    """
    with as_house(day=at.date()):
        incidents = list(unsettled().order_by("pk"))
    letters = 0
    for incident in incidents:
        try:
            with transaction.atomic(), as_house(day=at.date()):
                overdue = [each for each in clocks_of([incident], now=at)[incident.pk] if each.is_overdue(at)]
                letters += _remind(incident, overdue, agreed, at) if overdue else 0
        except Exception:
            log.exception("The clocks of the incident %s cannot be written about", incident.code)
    return letters


def _remind(incident: Incident, overdue: Sequence[Running], agreed: Agreed, at: datetime) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"safeguarding {incident.pk}"])
    kept: dict[tuple[str, int], set[int]] = {}
    for clock, of, day in ClockReminder.objects.filter(incident=incident).values_list("clock", "of", "day"):
        kept.setdefault((clock, of), set()).add(day)
    owed = {
        each: days
        for each in overdue
        if (
            days := reminder_owed(
                each.days_overdue(at), on_days=agreed.on_days, sent=kept.get((each.clock, each.of), ())
            )
        )
    }
    if not owed:
        return 0
    handlers = handlers_of(incident.pk)
    here = nearest(handlers)
    is_told_above = any(max(days) >= agreed.above_from for days in owed.values())
    above = nearest(handlers, above=here[0].depth) if is_told_above and here else []
    letters = sum(write_overdue(incident, reader, is_above=False, at=at) for reader in here)
    letters += sum(write_overdue(incident, reader, is_above=True, at=at) for reader in above)
    ClockReminder.objects.bulk_create(
        ClockReminder(
            incident=incident,
            clock=running.clock,
            of=running.of,
            day=day,
            letters=len(here) + len(above) if day == max(days) else 0,
            told_above=bool(above) and day == max(days),
            at=at,
        )
        for running, days in owed.items()
        for day in days
    )
    trace(incident.code, "remind_of_clocks", by=None, at=at, step=0)
    return letters
