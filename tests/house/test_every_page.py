"""Every address of the site, read and sent to, as everybody: the doors open for those who are named, and for no others.

What is written in the `doors.py` of each system is held against what happens. Nothing anywhere may break (5xx). What
keys open under /api/ is tried from the API's own document (site/tests/test_api_fuzzed.py); here it is only walked.
"""

from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from omsorg.federation.access import Acting, acting_as
from omsorg.federation.doors import Door, Who
from omsorg.federation.models import Mandate
from omsorg.kernel import clock
from omsorg.kernel.wall import as_house, in_name_of
from omsorg.ombuds.tests.office import appoint
from omsorg.openness.models import Publication
from omsorg.plans.tests.test_public_pages import published  # noqa: F401 - a fixture
from world import World

PUBLIC = "the public"
WALKERS = [
    PUBLIC,
    "stranger",
    "officer",
    "verifier",
    "reviewer",
    "plan_owner",
    "publisher",
    "housekeeper",
    "national_housekeeper",
    "openness_writer",
    "openness_releaser",
    "openness_teller",
    "ombudsperson",
]
# Where a door asks: the organisation, and the person who belongs to it, that the addresses below speak of.
WHERE = {"organisation": "tanzania", "above": "africa", "plan": "international", "top": "international"}
SHUT = {403, 404, 405}


def every_pattern(of: URLResolver, namespace: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in of.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from every_pattern(pattern, f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace)
        elif pattern.name:
            yield f"{namespace}{pattern.name}", pattern


def every_name() -> dict[str, list[str]]:
    """The name of every address, with the words that stand in it."""
    resolver = get_resolver()
    names = {name for name, _pattern in every_pattern(resolver)}
    found = {}
    for name in sorted(names):
        *spaces, plain = name.split(":")
        inner = resolver
        for space in spaces:
            _prefix, inner = inner.namespace_dict[space]
        found[name] = list(inner.reverse_dict.getlist(plain)[-1][0][0][1])
    return found


def every_door() -> dict[str, Door]:
    doors: dict[str, Door] = {}
    for app in apps.get_app_configs():
        if app.name.startswith("omsorg.") and app.name != "omsorg.kernel":
            doors |= import_module(f"{app.name}.doors").DOORS
    return doors


def samples(world: World) -> dict[str, Any]:
    """What stands in an address: by its word, or by the first part of the name and the word."""
    person = world.person["officer"]
    with as_house():
        mandate = Mandate.objects.get(person=person)
        Publication.objects.create(code="example-case", organisation=world.org["tanzania"], opened_at=clock.now())
    return {
        "federation:organisation code": "tanzania",
        "federation:person code": person.code,
        "federation:role code": person.code,
        "federation:role number": mandate.pk,
        "plans:report-action code": "training",
        "plans:revise-action code": "training",
        "plans:revise-budget code": "training",
        "plans:revise-recommendation code": "R1.1",
        "plans:revise-links code": "R1.1",
        "openness: code": "example-case",
        "openness:notice-template channel": "letter",
        "openness:notice-template language": "da",
        "openness:quarter quarter": "2024-Q2",
        "openness:year year": 2024,
        "openness:reply number": 1,
        "api:read_action code": "training",
        "api:read_organisation code": "tanzania",
        "ombuds:case code": "00000000000000ff",
        "ombuds:act code": "00000000000000ff",
        "ombuds:act verb": "answer",
        "ombuds:new-code code": "00000000000000ff",
        "ombuds:file code": "00000000000000ff",
        "ombuds:advice code": "R2026-000000",
        "savings: uuid": "019b7629-000f-7000-8000-000000000001",
        "code": "trained",
        "plan": "example-plan",
        "report": "march-2024",
        "organisation": "tanzania",
        "period": "2023-H2",
        "number": 1,
        "seq": 1,
        "pk": 1,
        "key": "no-such-key",
        "uidb36": "1",
        "rest": "nothing/here",
    }


def address(name: str, words: list[str], said: dict[str, Any]) -> str:
    told = {}
    for word in words:
        longest = max(
            (
                start
                for start in said
                if f"{name} {word}".startswith(start.partition(" ")[0]) and start.endswith(f" {word}")
            ),
            key=len,
            default=word,
        )
        told[word] = said.get(longest, "no-such")
    return reverse(name, kwargs=told)


def is_let_in(door: Door, method: str, acting: Acting | None, world: World) -> bool:
    if door.who is Who.EVERYBODY or acting is None:
        return door.who is Who.EVERYBODY
    if door.who is Who.SIGNED_IN:
        return True
    if door.who is Who.MEMBERS:
        return bool(acting.mandates)
    verb = door.to_send if method == "post" and door.to_send else door.may
    if not door.about:
        return acting.may_anywhere(verb)
    return acting.may(verb, world.org[WHERE[door.about]].pk)


def knock(client: Client, method: str, path: str) -> HttpResponse:
    """Ask once, and undo whatever it did."""
    cookies = client.cookies.copy()
    with transaction.atomic():
        answer = client.get(path) if method == "get" else client.post(path, {})
        transaction.set_rollback(True)
    client.cookies = cookies
    return answer


def fault(door: Door, let_in: bool, acting: Acting | None, answer: HttpResponse) -> str:
    """What is wrong with this answer, empty where nothing is."""
    status = answer.status_code
    if status >= 500:
        return "broke"
    if let_in:
        return "was shut out" if status in (403, 404) and not (door.absent and status == 404) else ""
    if acting is None and status == 302:
        return "" if "/account/login/" in answer["Location"] else "was led elsewhere than to sign in"
    if acting is not None and not acting.mandates and status == 403:
        return "a stranger was told that there is something"
    return "" if status in SHUT else "was let in"


def test_every_door_is_written_down() -> None:
    names = {name for name in every_name() if not name.startswith("api:")}
    doors = set(every_door())
    assert sorted(names - doors) == [], "write who gets in into the doors.py of that system"
    assert sorted(doors - names) == [], "there is no such address any more"


@pytest.mark.parametrize("who", WALKERS)
def test_everybody_walks_through_the_whole_house(
    published: World,  # noqa: F811
    client: Client,
    monkeypatch: pytest.MonkeyPatch,
    who: str,
) -> None:
    acting = None
    if who == "ombudsperson":
        monkeypatch.setattr(settings.ENVIRONMENT, "second_factor_roles", "")
        appoint(published, who, "Amina Juma", "tanzania", "ombudsperson", "tanzania")
    if who != PUBLIC:
        published.account[who].set_password("a long example password")
        published.account[who].save()
        client.force_login(published.account[who])
        person_id = published.person[who].pk
        with in_name_of(person_id):
            acting = acting_as(person_id, day=clock.today())
    doors, said, faults = every_door(), samples(published), []
    for name, words in every_name().items():
        door = doors.get(name, Door(Who.EVERYBODY, absent=True)) if name.startswith("api:") else doors[name]
        if door.who is Who.EVERYBODY and who not in (PUBLIC, "officer"):
            continue  # what is open to all is walked by a visitor and by one who is signed in
        path = address(name, words, said)
        for method in ("get", "post"):
            with in_name_of(published.person[who].pk if who != PUBLIC else None):
                let_in = is_let_in(door, method, acting, published)
            answer = knock(client, method, path)
            if wrong := fault(door, let_in, acting, answer):
                faults.append(f"{method} {path} ({name}): {who} {wrong}, {answer.status_code}")
    assert not faults, "\n".join(faults)


def test_another_language_leads_through_the_same_doors(published: World, client: Client) -> None:  # noqa: F811
    client.force_login(published.account["stranger"])
    assert client.get("/da/people/").status_code == 404
    assert client.get("/nb/me/").status_code == 200
    assert Client().get("/sv/organisations/").url == "/sv/account/login/?next=/sv/organisations/"
