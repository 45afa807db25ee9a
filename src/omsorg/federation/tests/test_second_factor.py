"""A role that asks for a second factor opens nothing until there is one; only invented people are excused."""

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.conf import settings
from django.test import Client

from omsorg.federation.models import Mandate, Person
from omsorg.kernel import clock
from omsorg.kernel.wall import as_house
from world import World

FIRST = "/me/second-factor/"


def make_real(world: World, who: str) -> None:
    with as_house():
        Person.objects.filter(pk=world.person[who].pk).update(is_example=False)


def code_now(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


@pytest.mark.parametrize("page", ["/", "/ui/", "/account/password/change/", "/da/"])
def test_whoever_lacks_one_is_led_to_set_it_up_before_any_page(client: Client, world: World, page: str) -> None:
    make_real(world, "verifier")
    client.force_login(world.account["verifier"])
    answer = client.get(page)
    assert answer.status_code == 302
    assert answer.url.endswith(FIRST)
    told = client.get(FIRST).content.decode()
    assert "As Verifier you can change what others rely on" in told


def test_the_way_to_set_it_up_is_open(client: Client, world: World) -> None:
    make_real(world, "verifier")
    client.force_login(world.account["verifier"])
    for page in ("/account/2fa/", "/account/2fa/totp/activate/", "/account/2fa/webauthn/add/"):
        answer = client.get(page)
        assert answer.status_code == 200 or "/reauthenticate/" in answer.url


def test_a_role_that_does_not_ask_is_let_in(client: Client, world: World) -> None:
    make_real(world, "officer")
    client.force_login(world.account["officer"])
    assert client.get("/").status_code == 200
    assert client.get(FIRST).url == "/"


@pytest.mark.parametrize("kind", [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN])
def test_an_app_or_a_passkey_opens_the_house(client: Client, world: World, kind: str) -> None:
    make_real(world, "verifier")
    Authenticator.objects.create(user=world.account["verifier"], type=kind, data={})
    client.force_login(world.account["verifier"])
    assert client.get("/").status_code == 200


def test_recovery_codes_alone_are_no_second_factor(client: Client, world: World) -> None:
    make_real(world, "verifier")
    Authenticator.objects.create(user=world.account["verifier"], type=Authenticator.Type.RECOVERY_CODES, data={})
    client.force_login(world.account["verifier"])
    assert client.get("/").status_code == 302


@pytest.mark.parametrize(
    ("example_site", "skips", "is_example", "let_in"),
    [
        (True, True, True, True),
        (True, False, True, False),
        (False, True, True, False),
        (True, True, False, False),
        (False, False, False, False),
    ],
    ids=[
        "an invented person on a site that shows the example",
        "the operator excuses nobody",
        "a real site excuses nobody",
        "a real person is never excused, not even among examples",
        "a real person on a real site",
    ],
)
def test_only_invented_people_are_excused(
    client: Client,
    world: World,
    monkeypatch: pytest.MonkeyPatch,
    example_site: bool,
    skips: bool,
    is_example: bool,
    let_in: bool,
) -> None:
    monkeypatch.setattr(settings.ENVIRONMENT, "example", example_site)
    monkeypatch.setattr(settings.ENVIRONMENT, "example_skips_second_factor", skips)
    with as_house():
        Person.objects.filter(pk=world.person["publisher"].pk).update(is_example=is_example)
    client.force_login(world.account["publisher"])
    assert (client.get("/").status_code == 200) is let_in


def test_a_mandate_that_begins_asks_from_its_first_day(client: Client, world: World) -> None:
    make_real(world, "stranger")
    client.force_login(world.account["stranger"])
    assert client.get("/").status_code == 200
    with as_house():
        Mandate.objects.create(
            person=world.person["stranger"],
            role="publisher",
            organisation=world.org["international"],
            valid_from="2020-01-01",
        )
    assert client.get("/").status_code == 302


def test_signing_in_asks_for_the_second_factor_and_takes_each_code_once(client: Client, world: World) -> None:
    secret = generate_totp_secret()
    account = world.account["verifier"]
    account.set_password("a long example password")
    account.save()
    TOTP.activate(account, secret)
    kept = Authenticator.objects.get(user=account).data["secret"]
    assert secret not in kept
    with time_machine.travel(clock.now(), tick=False):  # a code lasts half a minute, however slow the machine is
        code = code_now(secret)
        for attempt, lands in enumerate(["/plans/", "/account/2fa/authenticate/"]):
            visitor = client if attempt == 0 else Client()
            answer = visitor.post("/account/login/", {"login": account.email, "password": "a long example password"})
            assert answer.url == "/account/2fa/authenticate/"
            assert visitor.get("/me/second-factor/").url.startswith("/account/login/")
            answer = visitor.post("/account/2fa/authenticate/", {"code": code}, follow=True)
            assert answer.request["PATH_INFO"] == lands


@pytest.mark.parametrize("skips", [True, False])
def test_the_own_account_and_the_roles_tell_the_same_of_the_second_factor(
    world: World, monkeypatch: pytest.MonkeyPatch, skips: bool
) -> None:
    monkeypatch.setattr(settings.ENVIRONMENT, "example", True)
    monkeypatch.setattr(settings.ENVIRONMENT, "example_skips_second_factor", True)
    client = Client()
    client.force_login(world.account["publisher" if skips else "officer"])
    excused = "The invented people of the example are let in without."
    own, roles = client.get("/me/").content.decode(), client.get("/roles/").content.decode()
    assert (excused in own, excused in roles) == (skips, skips)
    assert ("Nothing asks you for it" in own) is not skips
