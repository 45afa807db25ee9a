"""What safeguarding tells of its closed incidents, where it is on. Where it is off, cases are entered by hand."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from importlib import import_module

from django.conf import settings

from omsorg.federation.access import Acting
from omsorg.kernel.periods import Period
from omsorg.kernel.wall import as_house
from omsorg.openness.models import Publication
from omsorg.openness.rules.cases import ClosedAs
from omsorg.openness.rules.deciding import ReasonClass
from omsorg.openness.rules.held import NOTHING, UNDECIDED

PUBLISH = "publish"
CLASSES = {
    "child_could_be_known": ReasonClass.CHILD,
    "safety": ReasonClass.CHILD,
    "police_or_court": ReasonClass.INQUIRY,
    "wish": ReasonClass.WISH,
    "law": ReasonClass.LAW,
}
"""The reasons of safeguarding in the classes that are counted here; every other one counts as "other"."""


@dataclass(frozen=True, slots=True)
class WaitingIncident:
    """A closed incident that is to be published and that nobody has begun to write up; `due_on`: the last day on which
    it is written up in time."""

    id: int
    code: str
    number: str
    country: str
    organisation: str
    programme: str
    closed_on: date
    due_on: date | None


@dataclass(frozen=True, slots=True)
class Heads:
    """The figures of one quarter for the whole federation; `held` by class of reason, with those of which nothing is
    published and those not decided on.

    `closed` is how often an incident was closed in it, `reopened` how often one was opened again.
    """

    received: int
    closed: int
    open: int
    held: Mapping[str, int]
    reopened: int = 0


def is_on() -> bool:
    """Whether safeguarding stands beside us."""
    return "safeguarding" in settings.SYSTEMS


def waiting_incidents(acting: Acting) -> list[WaitingIncident]:
    """What was decided to be published, is visible to this person, and is not written up yet. Oldest first."""
    if not is_on():
        return []
    theirs = import_module("omsorg.safeguarding.queries.closed")
    told = theirs.incidents_to_publish(acting)
    due = theirs.written_up_by([each.id for each in told])
    begun = set(Publication.objects.exclude(incident=None).values_list("incident", flat=True))
    return [
        WaitingIncident(
            each.id,
            each.code,
            each.number,
            each.country,
            each.organisation_code,
            each.programme_code,
            each.closed_on,
            due.get(each.id),
        )
        for each in told
        if each.decision == PUBLISH and each.id not in begun
    ]


def contradicts_finding(publication: Publication, closed_as: ClosedAs) -> bool:
    """Whether "not documented" would stand in public though an allegation of the incident was found to be true."""
    if publication.incident is None or closed_as is not ClosedAs.NOT_DOCUMENTED or not is_on():
        return False
    with as_house():
        found: bool = import_module("omsorg.safeguarding.queries.closed").is_substantiated(publication.incident)
    return found


def may_be_public(publication: Publication) -> bool:
    """Whether the incident behind a case, where there is one, is closed and last decided to be published."""
    if publication.incident is None:
        return True
    if not is_on():
        return False
    asked: Callable[[int], bool] = import_module("omsorg.safeguarding.queries.closed").is_to_be_published
    return asked(publication.incident)


def programme_of(incident: int, acting: Acting) -> str:
    """The code of the programme that an incident is about, as far as it is told; empty where it is about none."""
    if not is_on():
        return ""
    told = import_module("omsorg.safeguarding.queries.closed").incidents_to_publish(acting)
    return next((str(each.programme_code) for each in told if each.id == incident), "")


def heads_of(quarter: Period) -> Heads | None:
    """The head figures of a quarter out of safeguarding; None where it is off."""
    if not is_on():
        return None
    figures = import_module("omsorg.safeguarding.queries.heads").head_figures
    after, before = figures(quarter.until - timedelta(days=1)), figures(quarter.start - timedelta(days=1))
    held: dict[str, int] = {}
    for reason, number in after.held.items():
        code = str(CLASSES.get(reason, ReasonClass.OTHER))
        held[code] = held.get(code, 0) + number
    held[NOTHING] = sum(after.nothing.values())
    held[UNDECIDED] = after.undecided
    return Heads(
        received=after.received - before.received,
        closed=after.closings - before.closings,
        open=after.open,
        held=held,
        reopened=after.reopenings - before.reopenings,
    )
