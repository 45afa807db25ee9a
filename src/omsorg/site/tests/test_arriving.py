"""Whoever signs in arrives at their own first page, in their own language, and is greeted in that of the page."""

import pytest
from django.test import Client
from django.utils.translation import gettext, override

from omsorg.federation.models import Person
from omsorg.kernel.wall import as_house
from world import World

PASSWORD = "a long example password"


def sign_in(client: Client, world: World, who: str, language: str, **more: str) -> str:
    account = world.account[who]
    account.set_password(PASSWORD)
    account.save()
    with as_house():
        Person.objects.filter(pk=account.person_id).update(language=language)
    sent = client.post("/account/login/", {"login": account.email, "password": PASSWORD, **more})
    return str(sent.url)


@pytest.mark.parametrize(
    ("who", "language", "there"),
    [
        ("officer", "nb", "/nb/plans/"),
        ("officer", "en", "/plans/"),
        ("housekeeper", "sv", "/sv/people/"),
        ("stranger", "da", "/da/"),
    ],
)
def test_everybody_arrives_at_their_own_first_page(
    client: Client, world: World, who: str, language: str, there: str
) -> None:
    assert sign_in(client, world, who, language) == there


@pytest.mark.parametrize(
    ("following", "language"),
    [("", "nb"), ("/sv/me/", "sv"), ("/me/", "en")],
)
def test_the_greeting_is_in_the_language_of_the_page(
    client: Client, world: World, following: str, language: str
) -> None:
    arrived = sign_in(client, world, "officer", "nb", **({"next": following} if following else {}))
    assert arrived == (following or "/nb/plans/")
    with override(language):
        greeting = gettext("You are signed in.")
    assert greeting in client.get(arrived, follow=True).content.decode()
