"""The name of somebody who left is taken out; what they did stays, told by number."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from omsorg.federation.access import NotAllowed
from omsorg.federation.actions.forgetting import forget_name
from omsorg.federation.actions.people import end_time
from omsorg.federation.models import Account, Mandate, Person
from omsorg.federation.refusals import HasNotLeft, StillHoldsRoles
from omsorg.federation.tests.acting import AT, DAY, in_the_name_of, traces
from omsorg.kernel.wall import as_house
from world import BEGINNING, World


def let_go(world: World) -> Person:
    person = world.person["officer"]
    with in_the_name_of(world, "housekeeper") as by:
        end_time(person=person, on=DAY, by=by, at=AT)
    return person


def test_a_number_stands_in_the_place_of_the_name_and_the_account_is_shut(world: World) -> None:
    person = let_go(world)
    before = person.name
    for _twice in range(2):
        with in_the_name_of(world, "housekeeper") as by:
            forget_name(person=person, by=by, at=AT)
    with as_house():
        kept = Person.objects.get(pk=person.pk)
        roles = Mandate.objects.filter(person=kept).count()
    account = Account.objects.get(person_id=person.pk)
    assert (kept.name, kept.email) == (f"A person who left ({person.pk})", "")
    assert (account.is_active, account.has_usable_password()) == (False, False)
    assert account.email == f"left-{person.pk}@nobody.invalid"
    assert roles
    left = [trace for trace in traces() if "forget_name" in str(trace)]
    assert len(left) == 1
    assert before not in str(left)


def test_not_before_the_time_here_and_every_role_have_ended(world: World) -> None:
    with in_the_name_of(world, "housekeeper") as by, pytest.raises(HasNotLeft):
        forget_name(person=world.person["officer"], by=by, at=AT)
    person = let_go(world)
    with as_house():
        Mandate.objects.create(
            person=person,
            role="verifier",
            organisation=world.org["norway"],
            valid_from=BEGINNING,
            valid_until=DAY + timedelta(days=9),
        )
    with in_the_name_of(world, "housekeeper") as by, pytest.raises(StillHoldsRoles):
        forget_name(person=person, by=by, at=AT)
    with in_the_name_of(world, "stranger") as by, pytest.raises(NotAllowed):
        forget_name(person=person, by=by, at=AT)


def test_on_the_page_and_by_command(world: World) -> None:
    person = world.person["officer"]
    client = Client()
    client.force_login(world.account["housekeeper"])
    address = f"/people/{person.code}/forget/"
    assert "has not ended" in client.post(address).content.decode()
    with as_house():
        Person.objects.filter(pk=person.pk).update(left_on=BEGINNING)
        Mandate.objects.filter(person=person).update(valid_until=BEGINNING + timedelta(days=1))
    assert "For good." in client.get(address).content.decode()
    said = StringIO()
    call_command("forget_name", person.code, by=world.account["housekeeper"].email, stdout=said)
    assert said.getvalue() == f"A person who left ({person.pk})\n"
    assert "taken out of the house" in client.post(address, follow=True).content.decode()
    with pytest.raises(CommandError):
        call_command("forget_name", person.code, by=world.account["stranger"].email)
