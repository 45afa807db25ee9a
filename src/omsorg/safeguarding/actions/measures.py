"""Measures: what is done so that it does not happen again, by when, until it is done; or why nothing is."""

from datetime import date, datetime

from django.db import transaction

from omsorg.federation.access import Acting, NothingHere
from omsorg.safeguarding.actions.naming import SaidOf, add_worded_step, settle_names
from omsorg.safeguarding.actions.steps import (
    add_step,
    hold_to_handle,
    hold_to_work,
    must_be_looked_at,
    must_be_open,
    not_in_future,
    words,
)
from omsorg.safeguarding.models import Allegation, Incident, Measure, Step
from omsorg.safeguarding.queries.agreed import day_at
from omsorg.safeguarding.queries.measures import substantiated, unsettled_measures
from omsorg.safeguarding.queries.parts import number_in
from omsorg.safeguarding.rules import days
from omsorg.safeguarding.rules.codes import StepKind
from omsorg.safeguarding.rules.progress import DoneAlready, DoneBeforeItCame, NotSubstantiated


@transaction.atomic
def set_measure(
    *,
    incident: Incident,
    text: str,
    due_on: date,
    allegation: Allegation | None = None,
    said_of: SaidOf | None = None,
    expected: int | None = None,
    by: Acting,
    at: datetime,
) -> Step:
    """Decide on something that is done so that it does not happen again, and by when: about one allegation, or about
    the incident as a whole. Its clock runs until it is done, also after closing."""
    held = hold_to_work(incident, expected, by, also_closed=True)
    named = settle_names(held, text, said_of, by=by)
    days.ahead(due_on, at.date(), at_most=days.MEASURE)
    if allegation is not None and allegation.incident_id != held.pk:
        raise NothingHere(held.code)
    measure = Measure.objects.create(
        incident=held, allegation=allegation, text=words(text), due_on=due_on, by_id=by.person_id, at=at
    )
    facts = {"measure": number_in(Measure, held, measure), "due_on": due_on.isoformat()}
    if allegation is not None:
        facts["allegation"] = allegation.number
    return add_worded_step(named, held, StepKind.MEASURE_SET, verb="set_measure", by=by, at=at, facts=facts)


@transaction.atomic
def measure_done(
    *, incident: Incident, measure: Measure, on: date, expected: int | None = None, by: Acting, at: datetime
) -> Step:
    """Say on which day a measure was done, also after closing."""
    held = hold_to_work(incident, expected, by, also_closed=True)
    not_in_future(on, at, held)
    if on < day_at(held.country_code, held.received_at):
        raise DoneBeforeItCame
    if not Measure.objects.filter(pk=measure.pk, incident=held, done_on=None).update(done_on=on):
        raise DoneAlready
    facts = {"measure": number_in(Measure, held, measure), "on": on.isoformat()}
    return add_step(held, StepKind.MEASURE_DONE, verb="measure_done", by=by, at=at, facts=facts)


@transaction.atomic
def let_measure_live_on(
    *,
    incident: Incident,
    measure: Measure,
    reason: str,
    said_of: SaidOf | None = None,
    expected: int | None = None,
    by: Acting,
    at: datetime,
) -> Step:
    """Say why a measure that is not done lives on after closing. Its clock runs on, and it is written about. Whoever
    says it does not close the incident. Where somebody said it who is shut out since, it is said anew, and the first
    reason stays beside it."""
    held = hold_to_handle(incident, expected, by)
    must_be_open(held)
    text = words(reason)
    named = settle_names(held, text, said_of, by=by)
    number = number_in(Measure, held, measure)
    open_ones = Measure.objects.filter(pk=measure.pk, incident=held, done_on=None)
    if number not in unsettled_measures(held) or not open_ones.exists():
        raise DoneAlready
    open_ones.filter(lives_on_reason="").update(lives_on_reason=text)
    facts = {"measure": number}
    return add_worded_step(
        named, held, StepKind.MEASURE_LIVES_ON, verb="let_measure_live_on", by=by, at=at, note=text, facts=facts
    )


@transaction.atomic
def say_no_measure(
    *,
    incident: Incident,
    allegation: Allegation,
    reason: str,
    said_of: SaidOf | None = None,
    expected: int | None = None,
    by: Acting,
    at: datetime,
) -> Step:
    """Say why nothing is done about an allegation that was substantiated. It holds for the finding that holds now, and
    whoever says it does not close the incident."""
    held = hold_to_work(incident, expected, by)
    named = settle_names(held, reason, said_of, by=by)
    must_be_looked_at(held)
    if allegation.number not in substantiated(held):
        raise NotSubstantiated
    facts = {"allegation": allegation.number}
    return add_worded_step(
        named, held, StepKind.NO_MEASURE, verb="say_no_measure", by=by, at=at, note=words(reason), facts=facts
    )
