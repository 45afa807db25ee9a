"""Signing in: by address and password, throttled for everybody at once, ended from anywhere, never signed up for."""

import re
import threading
from collections.abc import Iterator

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.usersessions.models import UserSession
from cryptography.exceptions import InvalidTag
from django.db import connections
from django.test import Client, override_settings
from django.urls import reverse

from omsorg.federation.adapter import SecondFactorKeeper
from omsorg.federation.models import Account, Person
from omsorg.federation.words import browser_in_words
from omsorg.kernel.models import Counter, Letter
from omsorg.kernel.wall import as_house
from world import World, make_world

PASSWORD = "a long example password"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; rv:131.0) Gecko/20100101 Firefox/131.0"


def with_password(account: Account) -> Account:
    account.set_password(PASSWORD)
    account.save()
    return account


def make_person(world: World, name: str) -> Person:
    with as_house():
        return Person.objects.create(name=f"Example {name}", organisation=world.org["norway"])


def sign_in(client: Client, account: Account, password: str = PASSWORD, **more: str) -> bool:
    client.post("/account/login/", {"login": account.email, "password": password}, **more)
    return "_auth_user_id" in client.session


def letters() -> list[Letter]:
    with as_house():
        return list(Letter.objects.order_by("id"))


def test_the_address_signs_in_however_it_is_written(world: World, client: Client) -> None:
    account = with_password(world.account["officer"])
    assert account.password.startswith("argon2")
    client.post("/account/login/?next=/me/", {"login": "Officer@Example.ORG", "password": PASSWORD, "next": "/me/"})
    assert "Example Officer" in client.get("/me/").content.decode()
    assert not sign_in(Client(), account, "another password")


def test_every_account_signs_in_with_an_address_that_is_vouched_for(world: World) -> None:
    more = [Account(email=f"{who}@example.net", person=make_person(world, who)) for who in ("one", "two")]
    with as_house():
        Account.objects.enter(more)
    vouched = EmailAddress.objects.filter(primary=True, verified=True).values_list("user_id", "email")
    assert sorted(vouched) == sorted(Account.objects.values_list("pk", "email"))


def test_nobody_is_led_elsewhere_by_a_link(world: World, client: Client) -> None:
    told = {"login": with_password(world.account["officer"]).email, "password": PASSWORD}
    assert client.post("/account/login/", {**told, "next": "https://example.com/"}).url == "/plans/"


@pytest.mark.parametrize(
    ("referer", "back"),
    [
        ("http://testserver/sv/organisations/norway/", "/sv/organisations/norway/"),
        ("https://example.com/elsewhere/", "/sv/organisations/norway/close/"),
        ("", "/sv/organisations/norway/close/"),
    ],
)
def test_who_was_signed_out_while_typing_comes_back_and_is_told(
    world: World, client: Client, referer: str, back: str
) -> None:
    sent = client.post("/sv/organisations/norway/close/", {"reason": "x"}, headers={"referer": referer})
    asked = client.get(sent.url)
    assert "data-omsorg-sent-in-vain" in asked.content.decode()
    told = {"login": with_password(world.account["officer"]).email, "password": PASSWORD}
    assert client.post(asked.request["PATH_INFO"], {**told, "next": asked.context["redirect_field_value"]}).url == back
    client.logout()
    assert "data-omsorg-sent-in-vain" not in client.get("/account/login/?unsaved=1").content.decode()


def test_nobody_signs_up(world: World, client: Client) -> None:
    told = {"email": "new@example.org", "password1": PASSWORD, "password2": PASSWORD}
    assert "by invitation" in client.post("/account/signup/", told).content.decode()
    assert not Account.objects.filter(email="new@example.org").exists()


def test_addresses_are_not_changed_by_oneself(world: World, client: Client) -> None:
    client.force_login(world.account["officer"])
    assert client.post("/account/email/", {"action_add": "", "email": "x@example.org"}).url == "/me/"
    assert EmailAddress.objects.filter(user=world.account["officer"]).count() == 1


def test_a_closed_account_is_told_so_only_with_the_right_password(world: World, client: Client) -> None:
    account = with_password(world.account["officer"])
    with as_house():
        Account.objects.filter(pk=account.pk).update(is_active=False)
    assert client.post("/account/login/", {"login": account.email, "password": PASSWORD}).url == "/account/inactive/"
    answer = client.post("/account/login/", {"login": account.email, "password": "another"})
    assert answer.status_code == 200
    assert "is closed" in client.get("/account/inactive/").content.decode()


def test_a_forgotten_password_goes_through_the_outbox(world: World, client: Client) -> None:
    account = with_password(world.account["officer"])
    known = client.post("/account/password/reset/", {"email": account.email})
    unknown = client.post("/account/password/reset/", {"email": "nobody@example.org"})
    assert known.url == unknown.url == "/account/password/reset/done/"
    [letter] = letters()
    assert (letter.to_address, letter.to_person) == (account.email, world.person["officer"].pk)
    path = re.search(r"http://localhost:8000(\S+)", letter.body)
    assert path is not None
    form = client.get(path[1]).url
    assert "set-password" in form
    assert "at least 12" in client.post(form, {"password1": "short", "password2": "short"}).content.decode()
    new = "quite another long password"
    client.post(form, {"password1": new, "password2": new})
    assert not sign_in(client, account)
    assert sign_in(client, account, new)
    assert [letter.subject for letter in letters()][1:] == ["A new password was chosen"]


def test_a_link_for_somebody_else_ends_no_session_by_being_read(world: World, client: Client) -> None:
    client.post("/account/password/reset/", {"email": "officer@example.org"})
    path = re.search(r"http://localhost:8000(\S+)", letters()[0].body)
    assert path is not None, "the link names the address of the deployment, not the name in the request"
    client.force_login(world.account["stranger"])
    told = client.get(path[1]).content.decode()
    assert "Somebody else is signed in" in told
    assert client.get("/me/").status_code == 200
    assert client.post("/account/logout/", {"next": path[1]}).url == path[1]
    assert "set-password" in client.get(path[1]).url
    client.force_login(world.account["officer"])
    assert client.get("/account/password/reset/key/zzzzzzzzzzzzzzzzzzzz-x/").status_code in (200, 404)


def test_sessions_are_listed_and_ended_one_by_one_or_all(world: World) -> None:
    account = with_password(world.account["officer"])
    here, there, elsewhere = Client(), Client(), Client()
    for client in (here, there, elsewhere):
        assert sign_in(client, account, HTTP_USER_AGENT=FIREFOX)
    told = here.get("/me/").content.decode()
    assert told.count("Firefox, Windows") == 3
    assert told.count("Sign out there") == 2
    number = UserSession.objects.get(session_key=there.session.session_key).pk
    stranger = Client()
    stranger.force_login(world.account["stranger"])
    assert stranger.post(reverse("federation:session-end", args=[number])).status_code == 404
    here.post(reverse("federation:session-end", args=[number]))
    assert there.get("/me/").url.startswith("/account/login/")
    assert elsewhere.get("/me/").status_code == 200
    here.post(reverse("federation:sessions-end-others"))
    assert elsewhere.get("/me/").url.startswith("/account/login/")
    assert here.get("/me/").status_code == 200


def test_another_password_ends_every_other_session(world: World) -> None:
    account = with_password(world.account["officer"])
    here, there = Client(), Client()
    assert sign_in(here, account)
    assert sign_in(there, account)
    new = "quite another long password"
    here.post("/account/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert here.get("/me/").status_code == 200
    assert there.get("/me/").url.startswith("/account/login/")


def test_recovery_codes_are_read_without_writing_and_open_once(world: World, client: Client) -> None:
    account = with_password(world.account["officer"])
    assert sign_in(client, account)
    TOTP.activate(account, generate_totp_secret())
    client.post("/account/2fa/recovery-codes/generate/", follow=True)
    told = client.get("/account/2fa/recovery-codes/")
    codes = re.findall(r"<code>(\d+)</code>", told.content.decode())
    assert len(codes) == 10
    assert client.get("/account/2fa/recovery-codes/download/").content.decode().split() == codes
    opened = []
    for _ in range(2):
        visitor = Client()
        assert not sign_in(visitor, account), "the password alone opens nothing"
        visitor.post("/account/2fa/authenticate/", {"code": codes[0]})
        opened.append("_auth_user_id" in visitor.session)
    assert opened == [True, False]


def test_what_opens_the_account_itself_is_asked_again_after_a_while(world: World, client: Client) -> None:
    assert sign_in(client, with_password(world.account["officer"]))
    assert client.get("/account/2fa/totp/activate/").status_code == 200
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] -= 301
    session.save()
    assert client.get("/account/2fa/totp/activate/").url.startswith("/account/reauthenticate/")
    assert client.get("/account/2fa/recovery-codes/").status_code == 302


def test_second_factors_are_sealed_with_the_secret_of_the_house() -> None:
    keeper = SecondFactorKeeper()
    sealed = keeper.encrypt("JBSWY3DPEHPK3PXP")
    assert "JBSWY3DPEHPK3PXP" not in sealed
    assert sealed != keeper.encrypt("JBSWY3DPEHPK3PXP")
    assert keeper.decrypt(sealed) == "JBSWY3DPEHPK3PXP"
    with override_settings(SECRET_KEY="another secret"), pytest.raises(InvalidTag):
        keeper.decrypt(sealed)


@pytest.fixture
def own_world(own_database: str, django_db_blocker: "pytest.FixtureRequest") -> Iterator[World]:
    """The world in a database where several connections see what the others have kept."""
    with django_db_blocker.unblock():
        yield make_world()


def tries(account: Account, count: int, outcomes: list[bool]) -> None:
    """Try wrong passwords over a connection of one's own; note each time whether the door still answered."""
    try:
        for _ in range(count):
            told = {"login": account.email, "password": "wrong"}
            page = Client().post("/account/login/", told, REMOTE_ADDR="192.0.2.7").content.decode()
            outcomes.append("not correct" in page)
    finally:
        connections.close_all()


def test_wrong_passwords_are_counted_over_all_connections(own_world: World) -> None:
    account = with_password(own_world.account["officer"])
    outcomes: list[bool] = []
    others = [threading.Thread(target=tries, args=(account, 3, outcomes)) for _ in range(2)]
    for other in others:
        other.start()
    for other in others:
        other.join()
    assert sorted(outcomes) == [False, True, True, True, True, True], "five are answered, the sixth is not"
    assert not sign_in(Client(), account, REMOTE_ADDR="198.51.100.9"), "not even the right one, from elsewhere"
    assert sign_in(Client(), with_password(own_world.account["reviewer"]), REMOTE_ADDR="198.51.100.9")


def test_the_count_names_nobody(world: World, client: Client) -> None:
    sign_in(client, world.account["officer"], "wrong", REMOTE_ADDR="192.0.2.7")
    kept = list(Counter.objects.values_list("cache_key", flat=True))
    assert kept
    assert all(re.fullmatch(r"[0-9a-f]{64}", key) for key in kept)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (FIREFOX, "Firefox, Windows"),
        ("Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36", "Chrome, Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Safari/604.1", "Safari, iPhone"),
        ("", "an unknown browser"),
    ],
)
def test_a_browser_is_known_again_by_its_words(said: str, words: str) -> None:
    assert browser_in_words(said) == words
