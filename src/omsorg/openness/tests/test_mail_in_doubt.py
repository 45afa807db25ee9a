"""An e-mail of which nobody knows whether it arrived is shown to those who tell, who decide; to nobody else."""

import pytest
from django.test import Client
from django.utils import timezone

from omsorg.kernel.models import Letter
from omsorg.kernel.wall import as_house
from omsorg.openness.actions.following import follow_mail
from omsorg.openness.models import Notice, Publication, Reply
from omsorg.openness.queries.mail import name_of_answer, name_of_notice
from omsorg.openness.rules.telling import Channel
from world import World

from .cast import begun, handed_in, recipient, written

Standing = Letter.Standing


def browser(world: World, who: str) -> Client:
    client = Client()
    client.force_login(world.account[who])
    return client


@pytest.fixture
def doubtful(world: World) -> Publication:
    """A case of which the one e-mail is in doubt."""
    recipient(world, "S-1")
    publication = begun(world)
    written(world, publication)
    handed_in(world, publication)
    teller, address = browser(world, "openness_teller"), f"/openness/work/cases/{publication.code}/telling/"
    for decision in ("list", "mail"):
        assert teller.post(address, {"decision": decision}).status_code == 302
    with as_house():
        assert put_in_doubt(name_of_notice(Notice.objects.get().pk)) == 1
    return publication


def put_in_doubt(name: str) -> int:
    waiting = Letter.objects.filter(once=name)
    return waiting.update(standing=Standing.IN_DOUBT, settled_at=timezone.now(), trouble="the line broke")


def test_whoever_tells_sees_the_doubt_and_sends_again(world: World, doubtful: Publication) -> None:
    teller, address = browser(world, "openness_teller"), f"/openness/work/cases/{doubtful.code}/telling/"
    page = teller.get(address).content.decode()
    assert "E-mail in doubt" in page
    assert "the line broke" in page
    assert "In doubt: 1" in teller.get("/openness/work/").content.decode()
    assert follow_mail(at=timezone.now()) == 0, "the house decides nothing by itself"
    said = {"decision": "doubt", "reference": "S-1", "answer": "send-again"}
    assert teller.post(address, said).status_code == 302
    with as_house():
        assert Letter.objects.get().standing == Standing.WAITING
    assert "E-mail in doubt" not in teller.get(address).content.decode()
    twice = teller.post(address, said, follow=True).content.decode()
    assert "not waiting for a decision any more" in twice


def test_that_it_arrived_is_its_proof(world: World, doubtful: Publication) -> None:
    teller, address = browser(world, "openness_teller"), f"/openness/work/cases/{doubtful.code}/telling/"
    assert teller.post(address, {"decision": "doubt", "reference": "S-1", "answer": "it-arrived"}).status_code == 302
    with as_house():
        proof = Notice.objects.get().proofs.get()
    assert (proof.proof, proof.by_id) == ("sent", world.person["openness_teller"].pk)
    assert follow_mail(at=timezone.now()) == 0, "the proof is there already"


@pytest.mark.parametrize("said", [{"reference": "S-2"}, {"answer": "burn"}, {"reference": ""}, {"answer": ""}])
def test_what_is_no_decision_decides_nothing(world: World, doubtful: Publication, said: dict[str, str]) -> None:
    given = {"decision": "doubt", "reference": "S-1", "answer": "send-again", **said}
    answer = browser(world, "openness_teller").post(f"/openness/work/cases/{doubtful.code}/telling/", given)
    assert answer.status_code == 404
    with as_house():
        assert Letter.objects.get().standing == Standing.IN_DOUBT


@pytest.mark.parametrize("who", ["housekeeper", "national_housekeeper", "openness_writer", "openness_releaser"])
def test_names_of_givers_stay_with_those_who_tell(world: World, doubtful: Publication, who: str) -> None:
    client = browser(world, who)
    with as_house():
        number = Letter.objects.get().pk
    for path in ("/letters/", "/letters/?standing=in_doubt", f"/openness/work/cases/{doubtful.code}/telling/"):
        assert "S-1@example.org" not in client.get(path).content.decode()
    assert client.post(f"/letters/{number}/decision/", {"decision": "it-arrived"}).status_code in (403, 404)


def test_an_answer_in_doubt_is_decided_where_it_was_written(world: World, doubtful: Publication) -> None:
    teller = browser(world, "openness_teller")
    given = {"channel": Channel.EMAIL, "text": "Why?", "received_on": "2024-07-02", "reference": "S-1", "name": ""}
    assert teller.post(f"/openness/work/cases/{doubtful.code}/reply/", given).status_code == 302
    with as_house():
        reply = Reply.objects.get()
    address = f"/openness/work/replies/{reply.publication.code}/1/"
    assert teller.post(address, {"decision": "answer", "text": "Because."}).status_code == 302
    with as_house():
        put_in_doubt(name_of_answer(reply.pk))
    assert "did not surely arrive" in teller.get(address).content.decode()
    assert teller.post(address, {"decision": "doubt", "answer": "nothing"}).status_code == 404
    assert teller.post(address, {"decision": "doubt", "answer": "it-arrived"}).status_code == 302
    with as_house():
        assert Letter.objects.get(once=name_of_answer(reply.pk)).standing == Standing.SENT
    assert "did not surely arrive" not in teller.get(address).content.decode()
