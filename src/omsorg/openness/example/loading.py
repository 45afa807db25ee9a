"""The invented cases, lived through in order: written, checked, told, released, corrected; and one that is held."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any

from django.contrib.auth.hashers import make_password

from omsorg.federation.access import Acting, acting_as
from omsorg.federation.actions.found_organisations import OrganisationDraft, found_organisations
from omsorg.federation.models import Account, Mandate, Organisation, Person
from omsorg.kernel.money import Money
from omsorg.kernel.wall import as_house
from omsorg.openness.actions.audience import keep_audience
from omsorg.openness.actions.deciding import hand_in, hold_case
from omsorg.openness.actions.editions import release_case
from omsorg.openness.actions.form_letters import agree_to_template, write_template
from omsorg.openness.actions.telling import list_those_told, prove_notices
from omsorg.openness.actions.writing import NotWrittenYet, begin_case, write_case
from omsorg.openness.example.texts import CORRECTED, GIVERS, HELD, HOLD_REASON, MONEY, WHAT, WHY
from omsorg.openness.models import Publication, Recipient, Round
from omsorg.openness.queries.drafts import newest_revision
from omsorg.openness.queries.proposals import proposal_of
from omsorg.openness.rules.cases import ClosedAs, Draft, Heading, Repaid, Subject
from omsorg.openness.rules.deciding import ReasonClass
from omsorg.openness.rules.notice_words import easy_suggestion
from omsorg.openness.rules.telling import Channel, Giver, Proof, Reading
from omsorg.plans.example.people import BEGINNING, ExamplePerson, example_password

ASSOCIATION = "tanzania"
PROGRAMME = OrganisationDraft(
    "example-programme-tanzania", "programme", "Example Programme Tanzania", ASSOCIATION, "TZ"
)
PEOPLE = (
    ExamplePerson("openness.writer", "Rehema Mfano", ASSOCIATION, "openness_writer", ASSOCIATION),
    ExamplePerson("openness.releaser", "Hanna Example", "international", "openness_releaser", "international"),
    ExamplePerson("openness.teller", "Baraka Mfano", ASSOCIATION, "openness_teller", ASSOCIATION),
)
CLOSED_IN = date(2024, 5, 1)
TOLD_BY = {Channel.LETTER: "Example post", Channel.SMS: "Example provider"}


@dataclass(frozen=True, slots=True)
class ExampleGiver:
    """One line of the invented list."""

    programme: Organisation
    reference: str
    name: str
    giver: Giver
    language: str
    channel: Channel
    address: str
    reading: Reading
    standing: Recipient | None = field(default=None)


def is_loaded() -> bool:
    """Whether the example federation is there, with the invented cases in it."""
    return Organisation.objects.filter(code=PROGRAMME.code).exists()


def may_be_loaded() -> bool:
    """Whether there is an example federation for the cases to stand in."""
    return Organisation.objects.filter(code=ASSOCIATION, is_example=True).exists()


def load_example() -> None:
    """Bring the invented cases as far as they come, each act on its own day and by the person whose task it is.

    All in one transaction and in the name of the house, since the days are past; every action still asks who may what.
    Nothing is done where they are there already, or where there is no example federation.
    """
    with as_house(day=date(2024, 9, 1)):
        if is_loaded() or not may_be_loaded():
            return
        found_organisations(drafts=[PROGRAMME], is_example=True, by=None, at=_at(date(2024, 1, 2)))
        codes = {ASSOCIATION, "international", PROGRAMME.code}
        organisations = {each.code: each for each in Organisation.objects.filter(code__in=codes)}
        people = _enter_people(organisations)
        _one_published(organisations, people)
        _one_held(organisations, people)


def _at(day: date, hour: int = 10) -> datetime:
    return datetime.combine(day, time(hour), UTC)


def _enter_people(organisations: Mapping[str, Organisation]) -> dict[str, Acting]:
    password = make_password(example_password())
    made = {}
    for each in PEOPLE:
        person = Person.objects.create(
            organisation=organisations[each.home],
            name=each.name,
            email=each.email,
            language=each.language,
            is_example=True,
        )
        Mandate.objects.create(person=person, role=each.role, organisation=organisations[each.at], valid_from=BEGINNING)
        Account.objects.enter([Account(email=each.email, person=person, password=password)])
        made[each.role.removeprefix("openness_")] = acting_as(person.pk, day=date(2024, 9, 1))
    return made


def _draft(texts: Mapping[Heading, Mapping[str, str]], **changes: object) -> Draft:
    return Draft(
        texts={str(heading): dict(words) for heading, words in texts.items()},
        original="en",
        closed_in=CLOSED_IN,
        country="TZ",
        **changes,  # type: ignore[arg-type]
    )


def _one_published(organisations: Mapping[str, Organisation], people: Mapping[str, Acting]) -> None:
    programme = organisations[PROGRAMME.code]
    rows = [
        ExampleGiver(programme, reference, name, Giver(kind), language, Channel(channel), address, Reading(reading))
        for reference, name, kind, language, channel, address, reading in GIVERS
    ]
    keep_audience(rows=rows, is_whole=True, by=people["teller"], at=_at(date(2024, 6, 3)))
    _easy_words_in_danish(people, date(2024, 6, 4))
    case = _begin(organisations, people, date(2024, 6, 10))
    money = {
        "closed_as": ClosedAs.PARTLY_REPAID,
        "subject": Subject.MONEY,
        "repaid": (Repaid(Money(48_200_00, "NOK"), "Example Foundation"),),
    }
    write_case(
        publication=case,
        draft=_draft(MONEY, **money),
        expected=0,
        by=people["writer"],
        at=_at(date(2024, 6, 11)),
    )
    _publish(case, people, date(2024, 6, 17))
    write_case(
        publication=case,
        draft=_draft(CORRECTED, **money),
        expected=1,
        by=people["writer"],
        at=_at(date(2024, 8, 19)),
    )
    _publish(case, people, date(2024, 8, 26))


def _easy_words_in_danish(people: Mapping[str, Acting], on: date) -> None:
    """In Swedish nobody has written any yet: whoever asks for them there gets the standard words, and it shows."""
    subject, body = easy_suggestion(Channel.LETTER, "da")
    letter: dict[str, Any] = {"channel": Channel.LETTER, "language": "da", "reading": Reading.EASY, "at": _at(on)}
    made = write_template(subject=subject, body=body, by=people["teller"], **letter)
    agree_to_template(number=made.number, by=people["releaser"], **letter)


def _begin(organisations: Mapping[str, Organisation], people: Mapping[str, Acting], on: date) -> Publication:
    return begin_case(
        organisation=organisations[ASSOCIATION],
        programmes=[organisations[PROGRAMME.code]],
        incident=None,
        by=people["writer"],
        at=_at(on),
        is_example=True,
    )


def _publish(case: Publication, people: Mapping[str, Acting], on: date) -> None:
    """Handed in, listed, told, released; what stands in public already is corrected."""
    is_first = not case.editions.exists()
    said = {} if is_first else {"what": WHAT, "why": WHY}
    hand_in(publication=case, **said, by=people["writer"], at=_at(on, 8))
    made = list_those_told(publication=case, nobody_because="", by=people["teller"], at=_at(on, 9))
    _tell(made, people["teller"], on)
    revision = newest_revision(case)
    if revision is None:
        raise NotWrittenYet
    proposal = proposal_of(case, revision)
    release_case(
        publication=case,
        expected=proposal.revision,
        read=proposal.fingerprint,
        hides_earlier=False,
        by=people["releaser"],
        at=_at(on, 15),
    )


def _tell(made: Round, by: Acting, on: date) -> None:
    for channel, source in TOLD_BY.items():
        prove_notices(made=made, channel=channel, proof=Proof.HANDED_OVER, on=on, source=source, by=by, at=_at(on, 11))


def _one_held(organisations: Mapping[str, Organisation], people: Mapping[str, Acting]) -> None:
    case = _begin(organisations, people, date(2024, 7, 1))
    write_case(
        publication=case,
        draft=_draft(HELD, closed_as=ClosedAs.OTHER_REACTION, subject=Subject.CHILDREN),
        expected=0,
        by=people["writer"],
        at=_at(date(2024, 7, 2)),
    )
    hold_case(
        publication=case,
        reason_class=ReasonClass.CHILD,
        reason=HOLD_REASON,
        review_on=date(2025, 1, 15),
        by=people["releaser"],
        at=_at(date(2024, 7, 8)),
    )
