"""Clocks stand still with a reason and until a day, and go on."""

from datetime import date, datetime

from django.db import transaction

from omsorg.federation.access import Acting
from omsorg.safeguarding.actions.naming import SaidOf, add_worded_step, settle_names
from omsorg.safeguarding.actions.steps import add_step, hold_to_handle
from omsorg.safeguarding.models import Incident, Pause, Step
from omsorg.safeguarding.queries.incident import clocks_of, midnight_of, stretches
from omsorg.safeguarding.rules.clocks import STOPPABLE, Stretch, must_be_stoppable
from omsorg.safeguarding.rules.codes import Clock, StepKind
from omsorg.safeguarding.rules.conflicts import ReasonMissing
from omsorg.safeguarding.rules.days import DayIsPast
from omsorg.safeguarding.rules.progress import DoneAlready


@transaction.atomic
def pause_clock(
    *,
    incident: Incident,
    clock: Clock,
    reason: str,
    until_on: date,
    at_most: int,
    said_of: SaidOf | None = None,
    expected: int | None = None,
    by: Acting,
    at: datetime,
) -> Step:
    """Stop a clock, with the reason and the day on which it goes on at the latest, by itself.

    Only while it runs and its time is not over: what is late stays late. All its stops together are `at_most` days. A
    duty to tell and a hold have days of their own, and no clock that could be stopped. Measures stand still together:
    each that is not late yet is put off.
    """
    held = hold_to_handle(incident, expected, by)
    if not reason.strip():
        raise ReasonMissing
    named = settle_names(held, reason, said_of, by=by)
    if until_on <= at.date():
        raise DayIsPast
    if Pause.objects.filter(incident=held, clock=clock, resumed_at=None, until_on__gt=at.date()).exists():
        raise DoneAlready
    of_steps = [each for each in clocks_of([held], now=at)[held.pk] if each.clock in STOPPABLE]
    mine = [each for each in of_steps if each.clock is clock]
    running = max(mine, key=lambda each: each.due_at, default=None)
    before = stretches(Pause.objects.filter(incident=held)).get(clock, [])
    must_be_stoppable(running, Stretch(at, midnight_of(until_on)), before=before, at_most=at_most)
    Pause.objects.create(
        incident=held, clock=clock, reason=reason.strip(), from_at=at, until_on=until_on, by_id=by.person_id
    )
    facts = {"clock": clock, "until_on": until_on.isoformat()}
    return add_worded_step(named, held, StepKind.PAUSED, verb="pause_clock", by=by, at=at, note=reason, facts=facts)


@transaction.atomic
def resume_clock(*, incident: Incident, pause: Pause, expected: int | None = None, by: Acting, at: datetime) -> Step:
    """Let a clock go on before the day that was said; not before it was stopped, whatever the time of the machine."""
    held = hold_to_handle(incident, expected, by)
    still = Pause.objects.filter(pk=pause.pk, incident=held, resumed_at=None, until_on__gt=at.date())
    if not still.update(resumed_at=max(at, pause.from_at)):
        raise DoneAlready
    return add_step(held, StepKind.RESUMED, verb="resume_clock", by=by, at=at, facts={"clock": pause.clock})
