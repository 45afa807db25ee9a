"""A person is invited, corrected and moved; when the time here ends, roles, keys and sessions end with it."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import DatabaseError, transaction
from django.test import Client

from omsorg.federation.access import NotAllowed, NothingHere, acting_as
from omsorg.federation.actions.people import (
    clear_second_factor,
    correct_own_entry,
    correct_person,
    end_time,
    invite_again,
    invite_person,
    move_person,
    take_back_end,
)
from omsorg.federation.models import Account, Mandate, Person
from omsorg.federation.refusals import (
    AddressMissing,
    AddressTaken,
    HasLeft,
    HasNotLeft,
    HoldsRolesElsewhere,
    LastHousekeeper,
    NameMissing,
    NoSecondFactor,
    NotBackDated,
    NotForOneself,
    SignedInAlready,
)
from omsorg.federation.tests.acting import AT, DAY, in_the_name_of, traces
from omsorg.federation.tokens import make_token, person_of_token
from omsorg.kernel import clock
from omsorg.kernel.models import Letter
from omsorg.kernel.refusals import Refusal
from omsorg.kernel.wall import as_house
from world import World

PASSWORD = "a long example password"


def invite(world: World, by_whom: str = "national_housekeeper", **changed: Any) -> Person:
    told: dict[str, Any] = {
        "name": "Example  Newcomer",
        "email": "Newcomer@Example.org ",
        "organisation": world.org["tanzania"],
        "language": "en",
        **changed,
    }
    with in_the_name_of(world, by_whom) as by:
        return invite_person(**told, by=by, at=AT)


def letters() -> list[Letter]:
    with as_house():
        return list(Letter.objects.order_by("id"))


def person_now(world: World, who: str) -> Person:
    with as_house():
        return Person.objects.get(pk=world.person[who].pk)


def end(world: World, who: str, on: date = DAY, by_whom: str = "housekeeper") -> None:
    with in_the_name_of(world, by_whom) as by:
        end_time(person=world.person[who], on=on, by=by, at=AT)


def test_invite_person_writes_where_to_choose_a_password(world: World, client: Client) -> None:
    person = invite(world)
    account = Account.objects.get(person_id=person.pk)
    assert (person.name, account.email) == ("Example Newcomer", "newcomer@example.org")
    assert not account.has_usable_password()
    address = EmailAddress.objects.get(user=account)
    assert (address.email, address.primary, address.verified) == ("newcomer@example.org", True, True)
    assert [verb for verb, *_ in traces()] == ["invite_person"]
    [letter] = letters()
    assert letter.to_address == "newcomer@example.org"
    assert "Example Association Tanzania" in letter.body
    path = re.search(r"http://localhost:8000(/account/password/reset/key/\S+)", letter.body)
    assert path is not None
    form = client.get(path[1]).url
    client.post(form, {"password1": PASSWORD, "password2": PASSWORD})
    client.post("/account/login/", {"login": "newcomer@example.org", "password": PASSWORD})
    assert client.session["_auth_user_id"] == str(account.pk)
    assert "link" in Client().get(path[1]).content.decode(), "the link is good once"


def test_the_invitation_is_written_in_the_persons_language(world: World) -> None:
    invite(world, language="da")
    [letter] = letters()
    assert letter.language == "da"
    assert "/da/account/password/reset/key/" in letter.body


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"name": " "}, NameMissing),
        ({"email": " "}, AddressMissing),
        ({"email": "OFFICER@example.org"}, AddressTaken),
    ],
    ids=["without a name", "without an address", "an address in use"],
)
def test_invite_person_refuses(world: World, changed: dict[str, Any], refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        invite(world, **changed)
    assert traces() == []
    assert letters() == []


@pytest.mark.parametrize("who", ["officer", "reviewer", "stranger"])
def test_only_who_keeps_people_there_invites(world: World, who: str) -> None:
    with pytest.raises(NotAllowed):
        invite(world, who)
    with pytest.raises(NotAllowed):
        invite(world, organisation=world.org["kenya"])


def test_invite_again_until_the_first_sign_in(world: World) -> None:
    person = invite(world)
    with in_the_name_of(world, "national_housekeeper") as by:
        invite_again(person=person, by=by, at=AT)
    assert len(letters()) == 2
    Account.objects.filter(person_id=person.pk).update(last_login=AT)
    with in_the_name_of(world, "national_housekeeper") as by, pytest.raises(SignedInAlready):
        invite_again(person=person, by=by, at=AT)


def test_correct_person_tells_both_addresses(world: World) -> None:
    with in_the_name_of(world, "national_housekeeper") as by:
        told = {"name": "Example Right Name", "email": "Right@example.org", "language": "sv"}
        correct_person(person=world.person["officer"], **told, by=by, at=AT)
    person, account = person_now(world, "officer"), Account.objects.get(pk=world.account["officer"].pk)
    assert (person.name, person.email, person.language) == ("Example Right Name", "right@example.org", "sv")
    assert account.email == "right@example.org"
    assert EmailAddress.objects.get(user=account).email == "right@example.org"
    assert [letter.to_address for letter in letters()] == ["officer@example.org", "right@example.org"]
    assert traces() == [
        ("correct_person", f"person:{person.pk}", {"changed": ["name", "language", "email"]}),
    ]


def test_nobody_changes_the_own_address(world: World) -> None:
    told = {"name": "Example Housekeeper", "email": "other@example.org", "language": "en"}
    with in_the_name_of(world, "housekeeper") as by, pytest.raises(NotForOneself):
        correct_person(person=world.person["housekeeper"], **told, by=by, at=AT)


def test_whoever_looks_after_a_branch_opens_no_account_that_reaches_beyond_it(world: World) -> None:
    person, account = world.person["insider_verifier"], world.account["insider_verifier"]
    Authenticator.objects.create(user=account, type=Authenticator.Type.TOTP, data={})
    told = {"name": person.name, "email": "mine@example.org", "language": "en"}
    with in_the_name_of(world, "national_housekeeper") as by, pytest.raises(HoldsRolesElsewhere):
        correct_person(person=person, **told, by=by, at=AT)
    with in_the_name_of(world, "national_housekeeper") as by, pytest.raises(HoldsRolesElsewhere):
        clear_second_factor(person=person, by=by, at=AT)
    assert Authenticator.objects.filter(user=account).exists()
    assert Account.objects.get(pk=account.pk).email == account.email
    with in_the_name_of(world, "housekeeper") as by:
        correct_person(person=person, **told, by=by, at=AT)
        clear_second_factor(person=person, by=by, at=AT)


def test_correct_own_entry(world: World) -> None:
    for _ in range(2):
        with in_the_name_of(world, "officer") as by:
            correct_own_entry(name="Example Officer-Married", language="da", by=by, at=AT)
    assert person_now(world, "officer").name == "Example Officer-Married"
    assert [verb for verb, *_ in traces()] == ["correct_own_entry"]


def test_move_person(world: World) -> None:
    with in_the_name_of(world, "housekeeper") as by:
        move_person(person=world.person["officer"], to=world.org["kenya"], by=by, at=AT)
    assert person_now(world, "officer").organisation_id == world.org["kenya"].pk
    with in_the_name_of(world, "housekeeper") as by, pytest.raises(NotForOneself):
        move_person(person=world.person["housekeeper"], to=world.org["kenya"], by=by, at=AT)
    with in_the_name_of(world, "national_housekeeper") as by, pytest.raises(NotAllowed):
        move_person(person=world.person["national_housekeeper"], to=world.org["kenya"], by=by, at=AT)


def test_the_database_lets_nobody_move_themselves(world: World) -> None:
    person = world.person["insider_verifier"]
    with pytest.raises(DatabaseError), in_the_name_of(world, "insider_verifier"), transaction.atomic():
        Person.objects.filter(pk=person.pk).update(organisation=world.org["africa"])


def test_end_time_ends_roles_keys_and_sessions_at_once(world: World, client: Client) -> None:
    account, today = world.account["officer"], clock.today()
    account.set_password(PASSWORD)
    account.save()
    client.post("/account/login/", {"login": account.email, "password": PASSWORD})
    assert client.get("/me/second-factor/").url == "/", "signed in"
    with in_the_name_of(world, "officer", today) as officer:
        key = make_token(
            name="sheet", scopes=["plans:read"], expires_on=today + timedelta(30), by=officer, at=clock.now()
        )
    with in_the_name_of(world, "national_housekeeper", today) as by:
        end_time(person=world.person["officer"], on=today, by=by, at=clock.now())
    assert UserSession.objects.filter(user=account).count() == 0
    assert client.get("/me/second-factor/").url.startswith("/account/login/")
    assert person_of_token(key, clock.now()) is None
    with in_the_name_of(world, "housekeeper", today):
        assert Mandate.objects.get(person=world.person["officer"]).valid_until == today
        with pytest.raises(NothingHere):
            acting_as(world.person["officer"].pk, day=today)
    answer = Client().post("/account/login/", {"login": account.email, "password": PASSWORD})
    assert answer.url == "/account/inactive/"


def test_end_time_later_lets_the_person_work_until_then(world: World) -> None:
    last = date(2024, 7, 1)
    end(world, "officer", on=last)
    with in_the_name_of(world, "officer") as officer:
        assert officer.may("plans.report", world.org["tanzania"].pk)
    account = Account.objects.get(pk=world.account["officer"].pk)
    assert account.opens_on(last - timedelta(1))
    assert not account.opens_on(last)
    person = world.person["officer"].pk
    assert traces() == [("end_time", f"person:{person}", {"on": "2024-07-01", "roles": 1})]
    with pytest.raises(HasLeft):
        end(world, "officer")


def test_end_time_refuses(world: World) -> None:
    with pytest.raises(NotBackDated):
        end(world, "officer", on=date(2024, 3, 30))
    with pytest.raises(LastHousekeeper):
        end(world, "housekeeper")
    with pytest.raises(NotAllowed):
        end(world, "officer_kenya", by_whom="national_housekeeper")
    with pytest.raises(HoldsRolesElsewhere):
        end(world, "insider_verifier", by_whom="national_housekeeper")
    assert traces() == []


def test_take_back_end_opens_the_account_and_gives_no_role_back(world: World) -> None:
    end(world, "officer")
    for refusal in (None, HasNotLeft):
        with in_the_name_of(world, "housekeeper") as by:
            if refusal is None:
                take_back_end(person=world.person["officer"], by=by, at=AT)
            else:
                with pytest.raises(refusal):
                    take_back_end(person=world.person["officer"], by=by, at=AT)
    assert Account.objects.get(pk=world.account["officer"].pk).opens_on(DAY)
    with in_the_name_of(world, "officer") as officer:
        assert officer.mandates == ()


def test_clear_second_factor_ends_every_session_and_tells(world: World) -> None:
    account = world.account["officer"]
    with in_the_name_of(world, "national_housekeeper") as by, pytest.raises(NoSecondFactor):
        clear_second_factor(person=world.person["officer"], by=by, at=AT)
    Authenticator.objects.create(user=account, type=Authenticator.Type.TOTP, data={})
    UserSession.objects.create(user=account, ip="127.0.0.1", session_key="k", user_agent="a")
    with in_the_name_of(world, "national_housekeeper") as by:
        clear_second_factor(person=world.person["officer"], by=by, at=AT)
    assert not Authenticator.objects.filter(user=account).exists()
    assert not UserSession.objects.filter(user=account).exists()
    assert [letter.to_address for letter in letters()] == ["officer@example.org"]
    with in_the_name_of(world, "housekeeper") as by, pytest.raises(NotForOneself):
        clear_second_factor(person=world.person["housekeeper"], by=by, at=AT)
