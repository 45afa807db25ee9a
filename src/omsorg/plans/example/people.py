"""The people of the example: who they are, where they belong, what they may do, and how one signs in as them."""

import base64
import hashlib
import hmac
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password

from omsorg.federation.access import Acting, Held
from omsorg.federation.models import Account, Mandate, Organisation, Person

BEGINNING = date(2021, 1, 1)


@dataclass(frozen=True, slots=True)
class ExamplePerson:
    """Somebody with a sign-in. `at` is where the role is held, `home` where the person belongs."""

    login: str
    name: str
    home: str
    role: str
    at: str
    language: str = "en"

    @property
    def email(self) -> str:
        return f"{self.login}@example.org"


PEOPLE = (
    ExamplePerson("plan.owner", "Ana Example", "international", "plan_owner", "international"),
    ExamplePerson("publisher", "Björn Example", "international", "publisher", "international"),
    ExamplePerson("second.publisher", "Chloé Example", "international", "publisher", "international"),
    ExamplePerson("reviewer", "Deniz Example", "international", "reviewer", "international"),
    ExamplePerson("housekeeper", "Esi Example", "international", "housekeeper", "international"),
    ExamplePerson("reviewer.europe", "Farida Example", "region-europe", "reviewer", "region-europe"),
    ExamplePerson(
        "reviewer.africa", "Goran Example", "region-east-southern-africa", "reviewer", "region-east-southern-africa"
    ),
    ExamplePerson("officer.norway", "Ingrid Eksempel", "norway", "reporting_officer", "norway", "nb"),
    ExamplePerson("verifier.norway", "Lars Eksempel", "norway", "verifier", "international", "nb"),
    ExamplePerson("officer.denmark", "Mette Eksempel", "denmark", "reporting_officer", "denmark", "da"),
    ExamplePerson("verifier.denmark", "Søren Eksempel", "denmark", "verifier", "international", "da"),
    ExamplePerson("officer.sweden", "Karin Exempel", "sweden", "reporting_officer", "sweden", "sv"),
    ExamplePerson("verifier.sweden", "Åsa Exempel", "sweden", "verifier", "international", "sv"),
    ExamplePerson("officer.tanzania", "Neema Mfano", "tanzania", "reporting_officer", "tanzania"),
    ExamplePerson("verifier.tanzania", "Juma Mfano", "tanzania", "verifier", "international"),
    ExamplePerson("officer.kenya", "Achieng Mfano", "kenya", "reporting_officer", "kenya"),
    ExamplePerson("verifier.kenya", "Otieno Mfano", "kenya", "verifier", "international"),
)


def example_password() -> str:
    """The one password of all example people on this installation: nobody outside can know it."""
    seal = hmac.new(settings.SECRET_KEY.encode(), b"example people", hashlib.sha256).digest()
    return f"example-{base64.b32encode(seal)[:12].decode().lower()}"


def enter_people(organisations: Mapping[str, Organisation]) -> None:
    """Enter the people with their mandates and accounts, and one reporting officer without account everywhere else."""
    mine = list(PEOPLE)
    covered = {person.at for person in PEOPLE if person.role == "reporting_officer"}
    others = [
        ExamplePerson(
            f"officer.{code}",
            f"Example Officer {organisation.name.removeprefix('Example Association ')}",
            code,
            "reporting_officer",
            code,
            organisation.language,
        )
        for code, organisation in organisations.items()
        if organisation.kind == "national_association" and code not in covered
    ]
    made = Person.objects.bulk_create(
        Person(
            organisation=organisations[person.home],
            name=person.name,
            email=person.email if person in mine else "",
            language=person.language,
            is_example=True,
        )
        for person in (*mine, *others)
    )
    Mandate.objects.bulk_create(
        Mandate(person=row, role=person.role, organisation=organisations[person.at], valid_from=BEGINNING)
        for row, person in zip(made, (*mine, *others), strict=True)
    )
    password = make_password(example_password())
    Account.objects.enter(
        Account(email=person.email, person=row, password=password) for row, person in zip(made, mine, strict=False)
    )


def keep_password() -> None:
    """Give all example people the password of this installation again, where it has become another one."""
    accounts = Account.objects.filter(person__is_example=True, email__in=[person.email for person in PEOPLE])
    one = accounts.order_by("pk").first()
    if one is not None and not check_password(example_password(), one.password):
        accounts.update(password=make_password(example_password()))


def acting_people(logins: Iterable[str], *, day: date) -> dict[str, Acting]:
    """Example people as they act on a day, by their login."""
    by_email = {person.email: person.login for person in PEOPLE if person.login in set(logins)}
    found = Person.objects.filter(is_example=True, email__in=by_email).prefetch_related("mandates")
    return {by_email[row.email]: _acting(row, day) for row in found}


def acting_officers(*, day: date) -> dict[str, Acting]:
    """The reporting officer of every association as of a day, by the code of the association."""
    rows = Person.objects.filter(is_example=True, mandates__role="reporting_officer").select_related("organisation")
    return {row.organisation.code: _acting(row, day) for row in rows.prefetch_related("mandates")}


def _acting(row: Person, day: date) -> Acting:
    held = tuple(
        Held(mandate.role, mandate.organisation_id) for mandate in row.mandates.all() if mandate.valid_from <= day
    )
    return Acting(row.pk, row.name, row.organisation_id, row.language, day, held, row.is_example)
