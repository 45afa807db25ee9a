"""People who are no example: what excuses the invented ones excuses them from nothing."""

from datetime import date

from omsorg.federation.models import Account, Mandate, Organisation, Person
from omsorg.kernel.wall import as_house

PASSWORD = "a cold clear morning in Lund"


def enter(name: str, *, role: str = "", at: str = "", belongs_to: str = "kenya", is_example: bool = False) -> str:
    """Enter somebody with an account and at most one role. Says the address they sign in with."""
    email = f"{name.split()[0].lower()}@example.org"
    with as_house():
        person = Person.objects.create(
            organisation=Organisation.objects.get(code=belongs_to), name=name, email=email, is_example=is_example
        )
        Account.objects.create_user(email=email, person=person, password=PASSWORD)
        if role:
            place = Organisation.objects.get(code=at)
            Mandate.objects.create(person=person, role=role, organisation=place, valid_from=date(2021, 1, 1))
    return email
