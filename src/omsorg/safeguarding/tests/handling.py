"""What the tests of safeguarding share: the people who handle incidents, and an incident led as far as wanted."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from omsorg.federation.access import Acting, acting_as
from omsorg.federation.models import Account, Mandate, Person
from omsorg.kernel.wall import as_house, in_name_of
from omsorg.safeguarding.actions.closing import close
from omsorg.safeguarding.actions.duties import agree_not_to_tell, decide_duty
from omsorg.safeguarding.actions.measures import measure_done, set_measure
from omsorg.safeguarding.actions.people import count_persons, give_support, say_employment
from omsorg.safeguarding.actions.raising import Concern, raise_concern
from omsorg.safeguarding.actions.triage import Triage, acknowledge, take_up, triage
from omsorg.safeguarding.actions.working import find, name_to_team, set_plan, write_allegation
from omsorg.safeguarding.models import Incident
from omsorg.safeguarding.rules.codes import Answer, Employment, Finding, Level, Nature, Side, SupportKind, TeamPart
from world import BEGINNING, World, make_world

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
PEOPLE = [
    # key, name, belongs to, role, mandate at
    ("focal", "Rehema Focal", "tanzania", "safeguarding_focal_person", "tanzania"),
    ("second_focal", "Zawadi Focal", "tanzania", "safeguarding_focal_person", "tanzania"),
    ("focal_arusha", "Baraka Focal", "arusha", "safeguarding_focal_person", "arusha"),
    ("focal_africa", "Abebe Focal", "africa", "safeguarding_focal_person", "africa"),
    ("focal_norway", "Solveig Focal", "norway", "safeguarding_focal_person", "norway"),
    ("focal_top", "Ines Focal", "international", "safeguarding_focal_person", "international"),
    ("outside_top", "Outi Focal", "norway", "safeguarding_focal_person", "international"),
    ("worker", "Tumaini Worker", "tanzania", "incident_team", "tanzania"),
    ("second_worker", "Imani Worker", "tanzania", "incident_team", "tanzania"),
    ("worker_africa", "Desta Worker", "africa", "incident_team", "africa"),
    ("colleague", "Juma Colleague", "arusha", "concerned_colleague", "arusha"),
    ("writer", "Wanja Writer", "international", "openness_writer", "international"),
]


def enter_people(world: World) -> World:
    """Everybody who handles, works, raises or publishes, added to the people every test knows."""
    with as_house():
        for key, name, home, role, at in PEOPLE:
            person = Person.objects.create(
                organisation=world.org[home], name=name, email=f"{key}@example.org", is_example=True
            )
            world.person[key] = person
            world.account[key] = Account.objects.create_user(email=f"{key}@example.org", person=person)
            Mandate.objects.create(person=person, role=role, organisation=world.org[at], valid_from=BEGINNING)
    return world


def make_house() -> World:
    return enter_people(make_world())


@contextmanager
def acting(world: World, who: str, at: datetime = AT) -> Iterator[Acting]:
    """In the name of a person, as a page does it."""
    with in_name_of(world.person[who].pk, day=at.date()):
        yield acting_as(world.person[who].pk, day=at.date())


def raised(
    world: World, *, who: str = "colleague", place: str = "arusha", once: str = "", at: datetime = AT, **said: Any
) -> str:
    concern = Concern(place=world.org[place], **{"what": "Something is not right in the evenings", **said})
    with acting(world, who, at) as by:
        return raise_concern(concern=concern, once=once, by=by, at=at)


def incident(code: str) -> Incident:
    """The incident as the house sees it."""
    with as_house():
        return Incident.objects.select_related("organisation", "handled_at").get(code=code)


SEEN = Triage(safe_now=Answer.YES, crime=Answer.NO, conflict=Answer.NO, level=Level.NATIONAL, nature=Nature.NEGLECT)


def looked_at(world: World, code: str, *, who: str = "focal", at: datetime = AT, seen: Triage = SEEN) -> None:
    with acting(world, who, at) as by:
        found = Incident.objects.get(code=code)
        take_up(incident=found, by=by, at=at)
        acknowledge(incident=found, by=by, at=at)
        triage(incident=found, seen=seen, duty_days=3, by=by, at=at)


def led_to_closing(world: World, code: str, *, who: str = "focal", worker: str = "worker", at: datetime = AT) -> None:
    """Everything but the closing itself."""
    looked_at(world, code, who=who, at=at)
    with acting(world, who, at) as by:
        found = Incident.objects.get(code=code)
        with as_house():
            person = Person.objects.get(pk=world.person[worker].pk)
        name_to_team(incident=found, person=person, part=TeamPart.LEAD, by=by, at=at)
    later = at + timedelta(days=5)
    with acting(world, worker, later) as by:
        found = Incident.objects.get(code=code)
        set_plan(incident=found, note="Talk to the house parents", by=by, at=later)
        write_allegation(incident=found, text="The evening meal is left out", by=by, at=later)
        count_persons(incident=found, side=Side.AFFECTED, type="child_in_care", count=3, by=by, at=later)
        count_persons(incident=found, side=Side.COMPLAINED_OF, type="carer", count=1, by=by, at=later)
        say_employment(
            incident=found,
            type="carer",
            state=Employment.ON_LEAVE,
            count=1,
            since_on=at.date(),
            by=by,
            at=later,
        )
        give_support(
            incident=found, kind=SupportKind.SOCIAL, persons=3, given_on=later.date(), note="Visits", by=by, at=later
        )
        find(
            incident=found,
            allegation=found.allegations.get(),
            finding=Finding.SUBSTANTIATED,
            reasons="Three people said the same",
            by=by,
            at=later,
        )
        about = found.allegations.get()
        set_measure(incident=found, text="Two cook", due_on=later.date(), allegation=about, by=by, at=later)
        measure_done(incident=found, measure=found.measures.get(), on=later.date(), by=by, at=later)


def closed(world: World, code: str, *, who: str = "focal", at: datetime = AT + timedelta(days=9), **more: Any) -> None:
    led_to_closing(world, code, who=who, **more)
    with acting(world, who, at) as by:
        found = Incident.objects.get(code=code)
        close(incident=found, note="Meals are served again", by=by, at=at)


def police_not_told(world: World, code: str, *, who: str = "focal", second: str = "focal_africa", at: datetime) -> None:
    """Two decide that the police is not told: one here, one above."""
    with acting(world, who, at) as by:
        found = Incident.objects.get(code=code)
        duty = found.duties.get(to="police", standing="owed")
        decide_duty(incident=found, duty=duty, is_told=False, reason="No offence", by=by, at=at)
    with acting(world, second, at) as by:
        agree_not_to_tell(incident=found, duty=duty, reason="I have read it, and see none", by=by, at=at)
