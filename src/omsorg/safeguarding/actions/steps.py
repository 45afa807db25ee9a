"""What every act on an incident does: take hold of it, see what was done meanwhile, add a step, leave a trace."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import Max

from omsorg.federation.access import Acting, NothingHere
from omsorg.kernel.trail import leave_trace
from omsorg.safeguarding.access import require_handling, require_work
from omsorg.safeguarding.models import Incident, Step
from omsorg.safeguarding.queries.agreed import day_at
from omsorg.safeguarding.rules import days
from omsorg.safeguarding.rules.codes import Stage, StepKind
from omsorg.safeguarding.rules.progress import ClosedAlready, MovedOnMeanwhile, NotClosed, NotYet, SayMore

OVER = (Stage.CLOSED, Stage.DECIDED)


def newest_step(incident: Incident) -> int:
    """The number of the newest step: what a page hands back as `expected`."""
    return Step.objects.filter(incident=incident).aggregate(last=Max("number"))["last"] or 0


def hold(incident: Incident, expected: int | None) -> Incident:
    """Wait until nobody else works on the incident, keep it until the transaction ends, and see what was done.

    `expected` is the number of the newest step that the person has read; None where it does not matter.
    """
    held = Incident.objects.select_for_update().filter(pk=incident.pk).first()
    # Asked anew once the row is ours: whoever was shut out while they waited finds nothing here.
    if held is None or not Incident.objects.filter(pk=held.pk).exists():
        raise NothingHere(incident.code)
    if expected is not None and newest_step(held) != expected:
        raise MovedOnMeanwhile(number=newest_step(held))
    return held


def hold_to_handle(incident: Incident, expected: int | None, by: Acting) -> Incident:
    """Take hold of it as somebody who decides on it."""
    require_handling(by, incident)
    return hold(incident, expected)


def hold_to_work(incident: Incident, expected: int | None, by: Acting, *, also_closed: bool = False) -> Incident:
    """Take hold of it as its team or as whoever decides on it, once it has been looked at."""
    require_work(by, incident)
    held = hold(incident, expected)
    if held.stage in OVER and not also_closed:
        raise ClosedAlready
    return held


def must_be_looked_at(incident: Incident) -> None:
    """Refuse before triage, and after closing."""
    if incident.stage in (Stage.RECEIVED, Stage.TAKEN_UP):
        raise NotYet
    must_be_open(incident)


def must_be_open(incident: Incident) -> None:
    """Refuse after closing."""
    if incident.stage in OVER:
        raise ClosedAlready


def must_be_closed(incident: Incident) -> None:
    """Refuse what comes only after closing."""
    if incident.stage not in OVER:
        raise NotClosed


def words(said: str) -> str:
    """What somebody wrote; refused where they wrote nothing."""
    text = said.strip()
    if not text:
        raise SayMore
    return text


def not_in_future(on: date, at: datetime, incident: Incident) -> date:
    """A day that has come where the incident lies; refused where it has not, or where nobody could tell of it."""
    return days.not_in_future(on, day_at(incident.country_code, at))


def add_step(
    incident: Incident,
    kind: StepKind,
    *,
    verb: str,
    by: Acting | None,
    at: datetime,
    note: str = "",
    facts: Mapping[str, Any] | None = None,
    corrects: Step | None = None,
) -> Step:
    """Write the next step and its trace. The trace holds numbers only, in the book of the house: no organisation's
    book may tell that there is an incident."""
    step = Step.objects.create(
        incident=incident,
        number=newest_step(incident) + 1,
        kind=kind,
        note=note.strip(),
        facts=dict(facts or {}),
        corrects=corrects,
        by_id=by.person_id if by else None,
        at=at,
    )
    trace(incident.code, verb, by=by, at=at, step=step.number)
    return step


def trace(code: str, verb: str, *, by: Acting | None, at: datetime, step: int) -> None:
    """Leave the trace of a step."""
    leave_trace(verb, f"incident:{code}", by=by.person_id if by else None, at=at, details={"step": step})
