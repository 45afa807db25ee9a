"""Three invented incidents, in mild words: one at its end, one in work and late, one just come and handled one up.

They stand in the example federation and are marked as example. Nothing is loaded where that federation is not.
"""

from datetime import UTC, datetime, time, timedelta

from django.contrib.auth.hashers import make_password

from omsorg.federation.access import Acting, acting_as
from omsorg.federation.models import Account, Mandate, Organisation, Person
from omsorg.kernel.wall import as_house
from omsorg.plans.example.people import BEGINNING, ExamplePerson, example_password
from omsorg.safeguarding.actions.closing import close, decide_on_publication
from omsorg.safeguarding.actions.duties import decide_duty, duty_done, owe
from omsorg.safeguarding.actions.measures import measure_done, set_measure
from omsorg.safeguarding.actions.needs import answer_need, name_need
from omsorg.safeguarding.actions.people import count_persons, follow_up, give_support, say_employment
from omsorg.safeguarding.actions.raising import Concern, raise_concern
from omsorg.safeguarding.actions.triage import Triage, acknowledge, take_up, triage
from omsorg.safeguarding.actions.working import find, name_to_team, set_plan, write_allegation
from omsorg.safeguarding.models import Duty, Incident
from omsorg.safeguarding.rules.codes import (
    About,
    Addressee,
    Answer,
    Employment,
    Finding,
    Level,
    Nature,
    NeedAnswered,
    Publication,
    SaidBy,
    Side,
    SupportKind,
    TeamPart,
)

REGION = "region-east-southern-africa"
PEOPLE = (
    ExamplePerson("focal.tanzania", "Amina Mfano", "tanzania", "safeguarding_focal_person", "tanzania"),
    ExamplePerson("focal.africa", "Abebe Example", REGION, "safeguarding_focal_person", REGION),
    ExamplePerson("focal", "Lena Example", "international", "safeguarding_focal_person", "international"),
    ExamplePerson("team.tanzania", "Baraka Mfano", "tanzania", "incident_team", "tanzania"),
    ExamplePerson("colleague.tanzania", "Salma Mfano", "tanzania", "concerned_colleague", "tanzania"),
)
NEEDED = {person.at for person in PEOPLE}


def is_loaded() -> bool:
    """Whether the example's incidents are there. To be asked as the house."""
    return Incident.objects.filter(is_example=True).exists()


def load_incidents(*, at: datetime) -> bool:
    """Enter the example's people and live through its incidents, as if they had come in the last months before `at`.

    In the name of the house, since the days are past; every action still asks who may what. Says whether anything was
    loaded: a second time nothing is.
    """
    with as_house(day=at.date()):
        organisations = {each.code: each for each in Organisation.objects.filter(is_example=True, code__in=NEEDED)}
        if is_loaded() or set(organisations) != NEEDED:
            return False
        people = _enter_people(organisations, at)
        place = organisations["tanzania"]
        _at_its_end(place, people, at - timedelta(days=110))
        _in_work(place, people, at - timedelta(days=30))
        _just_come(place, people, at - timedelta(days=2))
    return True


def _enter_people(organisations: dict[str, Organisation], at: datetime) -> dict[str, Acting]:
    password = make_password(example_password())
    found = {}
    for person in PEOPLE:
        row = Person.objects.create(
            organisation=organisations[person.home],
            name=person.name,
            email=person.email,
            language=person.language,
            is_example=True,
        )
        Mandate.objects.create(
            person=row, role=person.role, organisation=organisations[person.at], valid_from=BEGINNING
        )
        Account.objects.enter([Account(email=person.email, person=row, password=password)])
        found[person.login] = acting_as(row.pk, day=at.date())
    return found


def _received(place: Organisation, by: Acting, at: datetime, what: str, about: About = About.NOBODY_HERE) -> Incident:
    code = raise_concern(concern=Concern(place=place, what=what, about=about, is_example=True), by=by, at=at)
    return Incident.objects.get(code=code)


def _looked_at(incident: Incident, people: dict[str, Acting], at: datetime, nature: Nature, crime: Answer) -> None:
    focal = people["focal.tanzania"]
    take_up(incident=incident, by=focal, at=at + timedelta(hours=3))
    acknowledge(incident=incident, note="Spoken to on the telephone.", by=focal, at=at + timedelta(days=1))
    seen = Triage(Answer.YES, crime, Answer.NO, Level.NATIONAL, nature, True, "Two colleagues are on duty together.")
    triage(incident=incident, seen=seen, duty_days=3, by=focal, at=at + timedelta(days=1, hours=2))
    incident.refresh_from_db()
    member = Person.objects.get(pk=people["team.tanzania"].person_id)
    name_to_team(incident=incident, person=member, part=TeamPart.LEAD, by=focal, at=at + timedelta(days=2))


def _at_its_end(place: Organisation, people: dict[str, Acting], at: datetime) -> None:
    incident = _received(
        place, people["colleague.tanzania"], at, "The evening meal was left out several times for the older children."
    )
    _looked_at(incident, people, at, Nature.NEGLECT, Answer.NO)
    worker, focal = people["team.tanzania"], people["focal.tanzania"]
    then = at + timedelta(days=6)
    set_plan(
        incident=incident,
        note="Look at the kitchen book. Ask the house parents, then the children.",
        by=worker,
        at=then,
    )
    write_allegation(incident=incident, text="Meals were left out as a punishment.", by=worker, at=then)
    write_allegation(incident=incident, text="The kitchen book was filled in afterwards.", by=worker, at=then)
    count_persons(incident=incident, side=Side.AFFECTED, type="child_in_care", count=6, by=worker, at=then)
    count_persons(incident=incident, side=Side.COMPLAINED_OF, type="carer", count=1, by=worker, at=then)
    say_employment(
        incident=incident,
        type="carer",
        state=Employment.OTHER_WORK,
        count=1,
        since_on=then.date(),
        by=worker,
        at=then,
    )
    name_need(
        incident=incident,
        kind=SupportKind.SOCIAL,
        persons=6,
        said_by=SaidBy.THEMSELVES,
        since_on=at.date(),
        needed_by_on=(then + timedelta(days=7)).date(),
        note="Somebody of their own to talk to, who is not of the house.",
        by=worker,
        at=then,
    )
    give_support(
        incident=incident,
        kind=SupportKind.SOCIAL,
        persons=6,
        given_on=then.date(),
        note="A social worker visits each week.",
        follow_up_on=(at + timedelta(days=40)).date(),
        by=worker,
        at=then,
    )
    answer_need(
        incident=incident,
        need=incident.needs.get(),
        answer=NeedAnswered.MET,
        persons=6,
        support=incident.support.get(),
        on=then.date(),
        by=worker,
        at=then,
    )
    owe(
        incident=incident,
        to=Addressee.DONOR,
        whom="Example Fund",
        deadline_on=(then + timedelta(days=14)).date(),
        by=worker,
        at=then,
    )
    duty = Duty.objects.get(incident=incident)
    decide_duty(incident=incident, duty=duty, is_told=True, by=focal, at=then + timedelta(days=2))
    duty.refresh_from_db()
    told_on = (then + timedelta(days=3)).date()
    told = "The police took it on and gave a number."
    duty_done(incident=incident, duty=duty, on=told_on, note=told, by=worker, at=then + timedelta(days=3))
    later = at + timedelta(days=30)
    findings = (Finding.SUBSTANTIATED, Finding.CANNOT_BE_TOLD)
    for allegation, finding in zip(incident.allegations.order_by("number"), findings, strict=True):
        find(
            incident=incident,
            allegation=allegation,
            finding=finding,
            reasons="What was said and what stands in the book were held against each other.",
            by=worker,
            at=later,
        )
    text = "Two people are present at each meal, and the book is signed by both."
    about, due_on = incident.allegations.get(number=1), (at + timedelta(days=60)).date()
    set_measure(incident=incident, text=text, due_on=due_on, allegation=about, by=worker, at=later)
    done_at = at + timedelta(days=40)
    measure_done(incident=incident, measure=incident.measures.get(), on=done_at.date(), by=worker, at=done_at)
    follow_up(
        incident=incident,
        support=incident.support.get(),
        on=(at + timedelta(days=40)).date(),
        note="The children say that the evenings are good again.",
        next_on=(at + timedelta(days=130)).date(),
        by=worker,
        at=at + timedelta(days=40),
    )
    note = "Meals had been left out. They are served again, and two people are present."
    close(incident=incident, note=note, by=focal, at=at + timedelta(days=45))
    decide_on_publication(incident=incident, decision=Publication.PUBLISH, by=focal, at=at + timedelta(days=46))


def _in_work(place: Organisation, people: dict[str, Acting], at: datetime) -> None:
    incident = _received(
        place, people["colleague.tanzania"], at, "Some of the younger children are teased on the way to school."
    )
    _looked_at(incident, people, at, Nature.PEER, Answer.NO)
    then, worker = at + timedelta(days=4), people["team.tanzania"]
    write_allegation(incident=incident, text="Younger children are teased by older ones.", by=worker, at=then)
    count_persons(incident=incident, side=Side.AFFECTED, type="child_in_care", count=3, by=worker, at=then)


def _just_come(place: Organisation, people: dict[str, Acting], at: datetime) -> None:
    _received(
        place,
        people["colleague.tanzania"],
        at,
        "A request about how rooms are shared was put aside by the leadership and never answered.",
        About.LEADERSHIP,
    )


def midday(at: datetime) -> datetime:
    """The middle of a day: what happened in the example happened in working hours."""
    return datetime.combine(at.date(), time(9), UTC)
