"""The API of openness: the public reads without a key; a case is brought to the public by programs as by people."""

import json
from typing import Any

import pytest
from django.test import Client

from omsorg.kernel import clock
from omsorg.kernel.wall import as_house
from omsorg.openness.models import Edition
from omsorg.plans.tests.keys import key_of
from world import World

from .cast import NOTHING_FOUND, published, recipient

TEXT = {
    **{str(heading): words for heading, words in NOTHING_FOUND.items()},
    "original": "en",
    "closed_in": "2024-05",
    "closed_as": "partly_repaid",
    "subject": "money",
    "country": "TZ",
    "repaid": [{"minor": 15_532_900, "currency": "NOK", "to_whom": "Norad"}],
}
WORK = "/api/openness/work/cases"


def ask(client: Client, method: str, path: str, key: str, given: Any = None) -> Any:
    answer = client.generic(
        method,
        path,
        json.dumps(given) if given is not None else "",
        content_type="application/json",
        headers={"Authorization": f"Bearer {key}"},
    )
    return answer.status_code, json.loads(answer.content)


@pytest.fixture
def keys(world: World) -> dict[str, str]:
    return {
        "writer": key_of(world, "openness_writer", ["openness:write"]),
        "releaser": key_of(world, "openness_releaser", ["openness:release"]),
        "teller": key_of(world, "openness_teller", ["openness:tell"]),
    }


def test_the_public_reads_without_a_key(world: World, client: Client) -> None:
    publication = published(world)
    (case,) = json.loads(client.get("/api/openness/cases").content)["rows"]
    assert case["code"] == publication.code
    assert case["repaid"] == [{"minor": 15_532_900, "currency": "NOK", "to_whom": "Norad"}]
    one = json.loads(client.get(f"/api/openness/cases/{publication.code}").content)
    assert one["closed_in"] == "2024-05"
    editions = json.loads(client.get(f"/api/openness/cases/{publication.code}/editions").content)
    assert [each["kind"] for each in editions["rows"]] == ["release"]
    assert json.loads(client.get("/api/openness/quarters").content)["count"] == 0
    assert client.get("/api/openness/cases/none").status_code == 404
    assert client.get(WORK).status_code == 401


def test_a_case_goes_its_way_by_keys(world: World, client: Client, keys: dict[str, str]) -> None:
    recipient(world, "S-1", channel="letter", address="Veien 1", reading="easy")
    begun = {"organisation": "tanzania", "programmes": ["arusha"]}
    _status, made = ask(client, "POST", WORK, keys["writer"], begun)
    case = f"{WORK}/{made['code']}"
    found = {**TEXT, "happened": {"en": "Two girls were hit."}}
    assert ask(client, "PUT", f"{case}/text", keys["writer"], found)[1]["revision"] == 1
    assert ask(client, "PUT", f"{case}/text", keys["writer"], TEXT)[0] == 409
    (finding,) = ask(client, "GET", f"{case}/findings", keys["writer"])[1]["rows"]
    justify = f"{case}/findings/{finding['key']}/justification"
    assert ask(client, "POST", justify, keys["writer"], {"words": "It was in every paper."})[0] == 200
    assert ask(client, "POST", f"{case}/hand-in", keys["writer"])[1]["standing"] == "handed_in"
    status, refused = ask(client, "POST", f"{case}/release", keys["releaser"], as_read(client, case, keys))
    assert (status, refused["refusal"]) == (409, "NotReady")
    accept = f"{case}/findings/{finding['key']}/acceptance"
    assert ask(client, "POST", accept, keys["releaser"])[1][0]["is_accepted"]
    (notice,) = ask(client, "POST", f"{case}/notices", keys["teller"], {})[1]["rows"]
    assert (notice["reference"], notice["proof"]) == ("S-1", "")
    assert (notice["asked_reading"], notice["reading"]) == ("easy", "standard")
    proofs = {"proofs": [{"reference": "S-1", "proof": "handed_over", "on": str(clock.today())}], "source": "The post"}
    assert ask(client, "POST", f"{case}/proofs", keys["teller"], proofs)[1] == {"entered": 1}
    assert ask(client, "POST", f"{case}/proofs", keys["teller"], proofs)[1] == {"entered": 0}
    seen = as_read(client, case, keys)
    assert ask(client, "POST", f"{case}/release", keys["releaser"], {**seen, "expected": 2})[0] == 409
    assert ask(client, "POST", f"{case}/release", keys["releaser"], seen)[1]["edition"] == 1
    assert ask(client, "POST", f"{case}/withdraw", keys["releaser"], {"because": "person"})[1]["texts"] == {}
    newest = json.loads(client.get(f"/api/openness/cases/{made['code']}/editions").content)["rows"][0]
    assert (newest["because"], newest["why"]) == ("person", {})
    reply = {"text": "Why?", "channel": "letter", "received_on": "2024-07-02", "reference": "S-1"}
    assert ask(client, "POST", f"{case}/replies", keys["teller"], reply)[1]["due_on"] == "2024-07-16"
    with as_house():
        assert Edition.objects.count() == 2


def as_read(client: Client, case: str, keys: dict[str, str]) -> dict[str, Any]:
    """The number and the fingerprint of what a release would show now."""
    told = ask(client, "GET", f"{case}/proposal", keys["releaser"])[1]
    return {"expected": told["expected"], "fingerprint": told["fingerprint"]}


def test_a_key_does_no_more_than_its_scope(world: World, client: Client, keys: dict[str, str]) -> None:
    publication = published(world)
    case = f"{WORK}/{publication.code}"
    seen = as_read(client, case, keys)
    assert ask(client, "POST", f"{case}/release", keys["writer"], seen)[0] == 403
    assert ask(client, "POST", f"{case}/hand-back", keys["writer"], {"reason": "I saw a fault."})[0] == 403
    assert ask(client, "GET", f"{case}/notices", keys["releaser"])[0] == 403
    assert ask(client, "GET", f"{case}/findings", keys["teller"])[0] == 403
    assert ask(client, "GET", WORK, keys["teller"])[1]["count"] == 1
