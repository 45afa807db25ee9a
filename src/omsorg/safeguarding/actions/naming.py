"""Whoever is named while an incident is worked: it is asked once whether it complains of them, and whom it complains of
finds nothing of it from then on."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from omsorg.federation.access import Acting
from omsorg.kernel.wall import as_house
from omsorg.safeguarding.actions.anew import decide_anew
from omsorg.safeguarding.actions.steps import add_step
from omsorg.safeguarding.letters import take_back_from_shut_out
from omsorg.safeguarding.models import Incident, Shutout, Step, TeamMember
from omsorg.safeguarding.queries.naming import asked_about, called
from omsorg.safeguarding.queries.people import end_at_somebody, people_named
from omsorg.safeguarding.rules.codes import StepKind
from omsorg.safeguarding.rules.conflicts import NamesSomebody

SaidOf = Mapping[int, bool]
"""Of each person whom a text names, by id, whether the incident complains of them."""


@dataclass(frozen=True, slots=True)
class Named:
    """Of whom the writer of a text has said whether the incident complains of them, and of whom it does."""

    asked: tuple[int, ...] = ()
    complained_of: frozenset[int] = frozenset()


def settle_names(
    incident: Incident, text: str, said_of: SaidOf | None, *, by: Acting, besides: Collection[int] = ()
) -> Named:
    """What the writer says of the people named in a text, of each whether the incident complains of them. Raises
    NamesSomebody where nothing is said of one of them, or something of somebody else. `besides`: whom the same act
    shuts out; of them it is not asked."""
    people = asked_about(incident, text, by=by, besides=besides)
    said = {} if said_of is None else dict(said_of)
    asked = tuple(person.pk for person in people)
    if {*asked} != {*said}:
        raise NamesSomebody(names=", ".join(f"{name} ({person.code})" for person, name in called(people)))
    return Named(asked, frozenset(pk for pk, is_complained_of in said.items() if is_complained_of))


def add_worded_step(
    named: Named,
    incident: Incident,
    kind: StepKind,
    *,
    verb: str,
    by: Acting,
    at: datetime,
    note: str = "",
    facts: Mapping[str, Any] | None = None,
    corrects: Step | None = None,
) -> Step:
    """Write the next step, and shut out whom the incident complains of by what was written: the last thing that an act
    does. The step keeps of whom it was asked: of each it is asked once."""
    asked = {"asked": list(named.asked)} if named.asked else {}
    told = {**(facts or {}), **asked}
    step = add_step(incident, kind, verb=verb, by=by, at=at, note=note, facts=told, corrects=corrects)
    if named.complained_of:
        shut_out_as_named(incident, named.complained_of, by=by, at=at)
    return step


def shut_out_those_named(incident: Incident, names: str, text: str = "", *, by: Acting, at: datetime) -> None:
    """Shut out whoever is named while it is worked, the last thing that an act does: it may be oneself. Those who were
    let in again with a reason stay in. Where nobody of its line is left, it ends at somebody else."""
    named = people_named(names, text, place=incident.organisation_id, told_by=by.person_id)
    shut_out_as_named(incident, named, by=by, at=at)


def shut_out_as_named(incident: Incident, named: Collection[int], *, by: Acting, at: datetime) -> None:
    """Shut out these, once: whoever was shut out before, or let in again with a reason, stays as they are."""
    known = set(Shutout.objects.filter(incident=incident).values_list("person_id", flat=True))
    new = sorted({*named} - known)
    TeamMember.objects.filter(incident=incident, person__in=new, left_at=None).update(left_at=at)
    Shutout.objects.bulk_create(
        Shutout(incident=incident, person_id=person, reason="named while it was worked", by_id=by.person_id, at=at)
        for person in new
    )
    end_at_somebody(incident.pk, at)
    with as_house(day=at.date()):
        decide_anew(incident, at=at)
        take_back_from_shut_out(incident, at=at)
