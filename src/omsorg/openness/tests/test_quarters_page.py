"""The head figures of a quarter: whoever publishes them reads what everybody will read, and nothing more."""

import re
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.test import Client

from omsorg.federation.models import Account
from omsorg.kernel.wall import as_house
from omsorg.openness.models import QuarterCounts, QuarterPrepared
from omsorg.openness.queries import quarters as counting
from omsorg.openness.queries.incidents import Heads
from omsorg.openness.tests.cast import one_more, published
from omsorg.openness.tests.test_pages import client_of, text_of
from omsorg.openness.views import quarters as page
from world import World

WORK = "/openness/work/quarters/"
ROWS = re.compile(r"<tbody>(.*?)</tbody>", re.DOTALL)


def rows(told: str) -> list[str]:
    return [" ".join(re.sub("<[^>]+>", " ", body).split()) for body in ROWS.findall(told)]


def second(world: World) -> Client:
    """Somebody else who releases at the top, signed in."""
    by = one_more(world, "second_releaser", "openness_releaser", "international")
    with as_house():
        Account.objects.create_user(email="second_releaser@example.org", person=world.person["second_releaser"])
    client = Client()
    client.force_login(Account.objects.get(person=by.person_id))
    return client


def published_by(client: Client) -> HttpResponse:
    """What the button says, pressed by this person."""
    number = re.search(r'name="prepared"\s+value="(\d+)"', text_of(client, WORK))
    assert number is not None
    return client.post(WORK, {"decision": "publish", "prepared": number[1]})  # type: ignore[return-value]


def test_a_quarter_takes_two(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    received = {"now": 30}
    monkeypatch.setattr(
        counting, "heads_of", lambda _quarter: Heads(received=received["now"], closed=14, open=47, held={})
    )
    releaser = client_of(world, "openness_releaser")
    nobody = releaser.post(WORK, {"decision": "publish"}).content.decode()
    assert "Nobody has prepared the quarter" in nobody
    releaser.post(WORK, {"decision": "prepare"})
    with as_house():
        mine = QuarterPrepared.objects.get()
    assert 'value="publish"' not in text_of(releaser, WORK)
    own = releaser.post(WORK, {"decision": "publish", "prepared": str(mine.pk)}).content.decode()
    assert "somebody else must publish it" in own
    other = second(world)
    stale = other.post(WORK, {"decision": "publish", "prepared": str(mine.pk - 1)}).content.decode()
    assert "This is not the text that you have read" in stale
    received["now"] = 40
    assert 'value="publish"' not in text_of(other, WORK), "what is counted now is not what was prepared"
    received["now"] = 30
    assert published_by(other).status_code == 302
    with as_house():
        made = QuarterCounts.objects.get()
        assert made.by_id == world.person["second_releaser"].pk
        with pytest.raises(IntegrityError, match="somebody else has prepared"), transaction.atomic():
            QuarterCounts.objects.create(start=date(2020, 1, 1), counts={}, by_id=made.by_id, at=made.at)


def test_what_comes_from_incidents_is_seen_as_the_public_will_see_it(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counting, "heads_of", lambda _quarter: Heads(received=3, closed=4, open=47, held={"law": 2}))
    releaser = client_of(world, "openness_releaser")
    told = text_of(releaser, WORK)
    assert "received_0" not in told
    assert "held_" not in told
    few = "fewer than 5, or not told apart"
    assert f"All countries {few} {few} 47" in rows(told)[0]
    shown = rows(told)
    assert releaser.post(WORK, {"decision": "look", "received_0": "99", "country_0": "*"}).status_code == 200
    answer = releaser.post(WORK, {"decision": "prepare", "received_0": "99", "country_0": "*"})
    assert answer.status_code == 302
    answer = published_by(second(world))
    public = text_of(Client(), answer["Location"])
    assert rows(public)[: len(shown)] == shown
    for page_told in (told, public):
        assert "there are none by country" in page_told, "the reason stands where it is asked for"
    assert client_of(world, "openness_writer").get(WORK).status_code == 404


def test_where_incidents_are_kept_elsewhere_they_are_typed_and_looked_at_first(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (page, counting):
        monkeypatch.setattr(module, "heads_of" if module is counting else "is_on", lambda *_asked: None)
    releaser = client_of(world, "openness_releaser")
    typed = {"country_0": "TZ", "received_0": "12", "closed_0": "30", "open_0": "8", "held_law": "6"}
    assert 'name="received_0"' in text_of(releaser, WORK)
    looked = releaser.post(WORK, {**typed, "decision": "look"}).content.decode()
    assert "All countries 12 30 8" in rows(looked)[0]
    assert "there are none by country" not in looked
    refused = releaser.post(WORK, {**typed, "received_0": "-1", "decision": "prepare"})
    assert refused.status_code == 200
    assert releaser.post(WORK, {**typed, "decision": "prepare"}).status_code == 302
    other = second(world)
    assert "All countries 12 30 8" in rows(text_of(other, WORK))[0], "the second person reads what was typed"
    assert published_by(other).status_code == 302
    again = releaser.post(WORK, {**typed, "decision": "prepare"})
    assert "This quarter is not over yet" in again.content.decode()


def test_public_cases_are_counted_by_country(world: World, client: Client) -> None:
    for _each in range(2):
        published(world)
    told = text_of(client, "/openness/quarters/2024-Q2/")
    assert "Tanzania 2" in rows(told)[-1]
