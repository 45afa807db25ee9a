"""The pages of the federation: everybody walks everywhere, lists stay quick, each form does its act."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from omsorg.federation.models import Mandate, Organisation, Person, Token
from omsorg.kernel import clock
from omsorg.kernel.wall import as_house
from world import PEOPLE, World

EVERYBODY = [key for key, *_rest in PEOPLE]
KEEPERS = {"housekeeper", "national_housekeeper"}


def page(world: World, name: str) -> str:
    """The address of a page, about the association in Tanzania and its reporting officer."""
    with as_house():
        mandate = Mandate.objects.get(person=world.person["officer"])
    args: dict[str, list[Any]] = {
        "organisation": ["tanzania"],
        "person": [world.person["officer"].code],
        "role": [world.person["officer"].code],
        "session": [1],
        "token": [1],
    }
    if name == "role-end":
        return reverse("federation:role-end", args=[world.person["officer"].code, mandate.pk])
    kind, _, rest = name.partition("-")
    needs = rest not in ("csv", "tree", "invite", "make") or name == "role-give"
    return reverse(f"federation:{name}", args=args[kind] if needs and kind in args else [])


# Who gets 200: all signed in, all who hold a role, those who keep that part of the tree. Who keeps none of it is told
# which role it takes (403) where they may see that the thing is there, and finds nothing (404) where not.
PAGES = {
    "own-account": "signed in",
    "own-entry-correct": "signed in",
    "token-make": "whose roles open the API",
    "organisations": "members",
    "organisations-csv": "members",
    "organisation-tree": "members",
    "organisation": "members",
    "roles": "members",
    "organisation-found": "keepers, others are told",
    "organisation-correct": "keepers, others are told",
    "organisation-rename": "keepers, others are told",
    "organisation-move": "keepers, others are told",
    "organisation-close": "keepers, others are told",
    "people": "keepers, others are told",
    "people-csv": "keepers, others are told",
    "person-invite": "keepers, others are told",
    "person": "keepers",
    "person-correct": "keepers",
    "person-move": "keepers",
    "person-end": "keepers",
    "role-give": "keepers",
    "role-end": "keepers",
}


def expected(who: str, audience: str) -> int:
    if audience == "whose roles open the API":
        return 302 if who in KEEPERS or who == "stranger" else 200
    if audience == "signed in" or who in KEEPERS:
        return 200
    if who == "stranger":
        return 404
    return {"members": 200, "keepers, others are told": 403, "keepers": 404}[audience]


@pytest.mark.parametrize("who", EVERYBODY)
def test_everybody_walks_everywhere(client: Client, world: World, who: str) -> None:
    client.force_login(world.account[who])
    got = {name: client.get(page(world, name)).status_code for name in PAGES}
    assert got == {name: expected(who, audience) for name, audience in PAGES.items()}


def test_a_visitor_is_led_to_sign_in(client: Client, world: World) -> None:
    for name in PAGES:
        answer = client.get(page(world, name))
        assert answer.status_code == 302, name
        assert answer.url == f"/account/login/?next={page(world, name)}"


def test_whoever_keeps_another_part_of_the_tree_finds_nothing(client: Client, world: World) -> None:
    client.force_login(world.account["national_housekeeper"])
    assert client.get(reverse("federation:person", args=[world.person["officer_kenya"].code])).status_code == 404
    answer = client.get(reverse("federation:organisation-correct", args=["kenya"]))
    assert answer.status_code == 403
    assert "It takes this role: Housekeeper." in answer.content.decode()


def test_only_those_who_look_after_people_see_who_works_there(client: Client, world: World) -> None:
    for who, sees in (("housekeeper", True), ("national_housekeeper", True), ("officer", False), ("reviewer", False)):
        client.force_login(world.account[who])
        for address in (page(world, "organisation"), page(world, "roles")):
            assert ("Example Officer" in client.get(address).content.decode().split("<main")[1]) is sees, (who, address)


def test_the_page_of_the_top_of_the_tree_says_that_it_is_the_top(client: Client, world: World) -> None:
    client.force_login(world.account["housekeeper"])
    answer = client.get(reverse("federation:organisation", args=["international"]))
    assert "At the top of the tree: nobody stands above it." in answer.content.decode()


@pytest.mark.parametrize(
    ("name", "queries"),
    [
        ("organisations", 8),
        ("organisation-tree", 7),
        ("people", 10),
        ("roles", 8),
        ("organisation", 16),
        ("person", 11),
    ],
)
def test_how_many_queries_a_page_takes(
    client: Client, world: World, name: str, queries: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(world.account["housekeeper"])
    address = page(world, name)
    with as_house():
        for number in range(30):
            person = Person.objects.create(
                name=f"Example Number {number}", organisation=world.org["tanzania"], email=f"n{number}@example.org"
            )
            Mandate.objects.create(
                person=person, role="verifier", organisation=world.org["africa"], valid_from="2020-01-01"
            )
            Organisation.objects.create(
                code=f"number-{number}", kind="network", name=f"Example Network {number}", exists_from="2020-01-01"
            )
    client.get(address)
    with django_assert_num_queries(queries):
        assert client.get(address).status_code == 200


def test_lists_are_searched_narrowed_and_paged(client: Client, world: World) -> None:
    client.force_login(world.account["housekeeper"])
    told = client.get("/organisations/", {"words": "keny"}).content.decode()
    assert "Example Association Kenya" in told
    assert "Example Association Norway" not in told
    assert "None is found" in client.get("/organisations/", {"words": "no such"}).content.decode()
    assert "Example Region Nordic" in client.get("/organisations/", {"kind": "region"}).content.decode()
    told = client.get("/people/", {"role": "verifier"}).content.decode()
    assert "Example Verifier" in told
    assert "Example Publisher" not in told
    assert "Nobody is found" in client.get("/people/", {"standing": "left"}).content.decode()
    with as_house():
        Organisation.objects.bulk_create(
            Organisation(code=f"n-{n}", kind="network", name=f"Example Network {n:02}", exists_from="2020-01-01")
            for n in range(60)
        )
    told = client.get("/organisations/", {"kind": "network", "page": 2}).content.decode()
    assert "51 to 60 of 60" in told


def test_a_person_without_an_account_has_a_page(client: Client, world: World) -> None:
    with as_house():
        person = Person.objects.create(name="Example Predecessor", organisation=world.org["tanzania"])
    client.force_login(world.account["housekeeper"])
    told = client.get(reverse("federation:person", args=[person.code])).content.decode()
    assert "no account" in told
    assert "Signs in with" not in told


def test_a_list_is_kept_as_a_table_without_formulas(client: Client, world: World) -> None:
    with as_house():
        Person.objects.filter(pk=world.person["officer"].pk).update(name='=HYPERLINK("x")')
    client.force_login(world.account["housekeeper"])
    told = client.get("/people/as-table.csv", {"role": "reporting_officer"}).content.decode()
    assert "officer@example.org,tanzania,reporting_officer@tanzania" in told
    assert "\n=HYPERLINK" not in told
    assert "arusha,Example Programme Arusha,programme,tanzania,TZ,TZ,2000-01-01," in (
        client.get("/organisations/as-table.csv").content.decode()
    )


def send(client: Client, address: str, **told: Any) -> str:
    """Send a form and return the page where one lands, without what is around it."""
    answer = client.post(address, told, follow=True)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.content.decode().split("<main")[1])


def test_a_move_to_come_is_not_told_as_if_it_were_made(client: Client, world: World) -> None:
    client.force_login(world.account["housekeeper"])
    later = (clock.today() + timedelta(days=30)).isoformat()
    assert "Take the move back" in send(
        client, "/organisations/kenya/move/", under="europe", from_on=later, reason="Nearer"
    )
    asked = client.get("/organisations/kenya/move/").content.decode()
    assert f"It stands under {world.org['africa'].name} now. From " in asked
    assert f"on it stands under {world.org['europe'].name}." in asked
    assert "planned: from " in client.get("/organisations/kenya/").content.decode()


def test_a_national_association_is_moved_under_another_one_only_when_that_is_meant(
    client: Client, world: World
) -> None:
    client.force_login(world.account["housekeeper"])
    move = {"under": "tanzania", "from_on": clock.today().isoformat(), "reason": "They are one now"}
    asked = send(client, "/organisations/kenya/move/", **move)
    assert "Both are national associations." in asked
    assert 'type="checkbox" name="is_meant"' in asked
    assert "Take the move back" in send(client, "/organisations/kenya/move/", **move, is_meant="on")


def test_an_organisation_is_entered_moved_closed_and_opened_again(client: Client, world: World) -> None:
    client.force_login(world.account["housekeeper"])
    told = {"name": "Example House", "kind": "programme", "language": "en", "exists_from": "2015-01-01"}
    assert "Example House is entered." in send(client, "/organisations/kenya/found/", **told)
    move = {"under": "tanzania", "from_on": clock.today().isoformat(), "reason": "Nearer"}
    landed = send(client, "/organisations/example-house/move/", **move)
    assert "Take the move back" in landed
    assert "Nearer" in landed
    assert "The move is taken back." in send(client, "/organisations/example-house/move/take-back/")
    refused = send(client, "/organisations/africa/close/", when="now", reason="Over")
    assert "These still stand below Example Region East Africa" in refused
    assert "is closed" in send(client, "/organisations/example-house/close/", when="now", reason="Over")
    assert "Example House" in client.get("/organisations/", {"standing": "closed"}).content.decode()
    assert "It is open again." in send(client, "/organisations/example-house/reopen/", reason="A mistake")


def test_a_person_is_invited_given_a_role_and_leaves(client: Client, world: World) -> None:
    client.force_login(world.account["national_housekeeper"])
    told = {"name": "Example Newcomer", "email": "new@example.org", "organisation": "tanzania", "language": "en"}
    assert "Now give a role." in send(client, "/people/invite/", **told)
    assert "signs in with this address already" in send(client, "/people/invite/", **told)
    with as_house():
        code = Person.objects.get(email="new@example.org").code
    role = {"role": "verifier", "organisation": "arusha", "from_on": clock.today().isoformat()}
    landed = send(client, f"/people/{code}/roles/give/", **role)
    assert "asks for a second factor" in landed
    assert "Verifier" in landed
    assert "holds this role here on these days already" in send(client, f"/people/{code}/roles/give/", **role)
    assert "Select a valid choice" in send(client, f"/people/{code}/roles/give/", **{**role, "organisation": "kenya"})
    assert "is on its way once more" in send(client, f"/people/{code}/invite-again/")
    assert "can be taken back" in send(client, f"/people/{code}/end/", when="now")
    assert "The account opens again." in send(client, f"/people/{code}/take-back-end/")
    with as_house():
        ended = Mandate.objects.get(person__code=code)
    assert ended.valid_until == clock.today()


def test_a_role_is_ended_after_a_last_day(client: Client, world: World) -> None:
    client.force_login(world.account["housekeeper"])
    address = page(world, "role-end")
    assert "Give the last day" in send(client, address, when="later")
    landed = send(client, address, when="later", last_day="2099-12-31")
    assert "1 January 2000 to 31 December 2099" in landed


def test_a_key_is_shown_once_and_taken_back(client: Client, world: World) -> None:
    client.force_login(world.account["officer"])
    assert "plans:verify" not in client.get("/me/keys/make/").content.decode(), "offers what the own roles may"
    told = {"name": "The sheet", "scopes": ["plans:report"], "last_day": (clock.today()).isoformat()}
    answer = client.post("/me/keys/make/", told)
    text = re.search(r"omsorg_[\w-]+", answer.content.decode())
    assert text is not None
    assert answer["Cache-Control"] == "no-store"
    told_after = client.get("/me/").content.decode()
    assert "The sheet" in told_after
    assert text[0] not in told_after
    number = Token.objects.get().pk
    client.force_login(world.account["officer_kenya"])
    assert client.post(f"/me/keys/{number}/revoke/").status_code == 404
    client.force_login(world.account["officer"])
    assert "opens nothing any more" in send(client, f"/me/keys/{number}/revoke/")
    assert "The sheet" not in client.get("/me/").content.decode()


def test_a_person_without_an_account_has_a_page_and_may_leave(client: Client, world: World) -> None:
    with as_house():
        person = Person.objects.create(name="Example Volunteer", organisation=world.org["tanzania"])
    client.force_login(world.account["housekeeper"])
    assert "no account" in client.get(f"/people/{person.code}/").content.decode()
    assert "has no account" in send(client, f"/people/{person.code}/invite-again/")
    told = {"name": "Example Helper", "email": "helper@example.org", "language": "en"}
    assert "has no account" in send(client, f"/people/{person.code}/correct/", **told)
    assert "can be taken back" in send(client, f"/people/{person.code}/end/", when="now")


def test_nothing_is_written_by_reading(client: Client, world: World) -> None:
    client.force_login(world.account["housekeeper"])
    for name in ("organisation-move-take-back", "person-invite-again", "person-take-back-end", "token-revoke"):
        assert client.get(page(world, name)).status_code == 405, name
