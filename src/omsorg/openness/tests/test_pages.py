"""The pages of openness, walked by those whose work they are, and by the public."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from omsorg.kernel.models import Letter
from omsorg.kernel.sheets import write_csv
from omsorg.kernel.wall import as_house
from omsorg.openness.actions.following import follow_mail
from omsorg.openness.jobs import send_mail
from omsorg.openness.models import Edition, Notice, Proof, Publication, Recipient, Reply, Revision
from omsorg.openness.queries.register import cases
from world import World

from .cast import NOTHING_FOUND, begun, handed_in, nobody_told, published, recipient, released, written

TYPED = {
    "original": "en",
    "country": "TZ",
    "closed_in": "2024-05",
    "closed_as": "partly_repaid",
    "subject": "money",
    "tell": "before",
    "expected": "0",
    "amount_0": "155329",
    "currency_0": "nok",
    "to_whom_0": "Norad",
    **{f"{heading}_en": words["en"] for heading, words in NOTHING_FOUND.items()},
}


def client_of(world: World, key: str) -> Client:
    client = Client()
    client.force_login(world.account[key])
    return client


@pytest.fixture
def writer(world: World) -> Client:
    return client_of(world, "openness_writer")


@pytest.fixture
def teller(world: World) -> Client:
    return client_of(world, "openness_teller")


@pytest.fixture
def releaser(world: World) -> Client:
    return client_of(world, "openness_releaser")


def begin(writer: Client) -> str:
    answer = writer.post("/openness/work/new/", {"organisation": "tanzania", "programmes": ["arusha"]})
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"]).split("/")[4]


def text_of(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return answer.content.decode()


def test_from_the_first_word_to_the_public_page(
    world: World, writer: Client, teller: Client, releaser: Client, client: Client
) -> None:
    recipient(world, "S-1", language="da")
    recipient(world, "S-2", channel="letter", address="Eksempelvej 1; 1000 København", language="da")
    recipient(world, "S-3", channel="sms", address="+4712345678")
    code = begin(writer)
    work = f"/openness/work/cases/{code}/"
    found = {**TYPED, "happened_en": "Two girls were hit by the driver in Arusha on 12 May."}
    assert writer.post(f"{work}write/", found).status_code == 302
    page = text_of(writer, work)
    for word in ("Two girls", "Place too fine", "Exact day or hour", "Facts that fit one person"):
        assert word in page
    assert 'value="155329"' in text_of(writer, f"{work}write/")
    assert writer.post(f"{work}write/", {**TYPED, "expected": "1"}).status_code == 302
    assert "The check has found nothing" in text_of(writer, work)
    assert "Money meant for food" in text_of(writer, f"{work}preview/")
    assert writer.post(f"{work}hand-in/").status_code == 302

    assert "Nobody has decided yet" in text_of(releaser, f"{work}release/")
    assert teller.post(f"{work}telling/", {"decision": "list"}).status_code == 302
    page = text_of(teller, f"{work}telling/")
    assert "Example Giver S-1" in page
    assert "Listed: 3. Told: 0. Waiting: 3." in page
    assert b"%PDF" in teller.get(f"{work}telling/letters.pdf").content[:8]
    sms = teller.get(f"{work}telling/sms.csv").content.decode().splitlines()
    assert sms[1].startswith("S-3,+4712345678,nb,"), "nothing is put before what a machine reads"
    page = text_of(releaser, f"{work}release/")
    assert "3 letters or messages are not handed over yet" in page
    assert "Example Giver" not in page, "who releases does not read the names of sponsors"

    assert teller.post(f"{work}telling/", {"decision": "mail"}).status_code == 302
    today = timezone.now().date().isoformat()
    for channel in ("letter", "sms"):
        proof = {"decision": "proof", "channel": channel, "proof": "handed_over", "on": today, "source": "The post"}
        assert teller.post(f"{work}telling/", proof).status_code == 302
    with as_house():
        notice = Notice.objects.get(reference="S-1")
        letter = Letter.objects.get(once=f"openness-notice:{notice.pk}")
        assert letter.subject.startswith("Der er sket noget alvorligt")
        assert f"/da/openness/cases/{code}/" in letter.body
        assert "på dit sprog endnu. Her er den, som den blev skrevet (engelsk): Money meant for food" in letter.body
        Letter.objects.filter(pk=letter.pk).update(standing="sent", settled_at=timezone.now())
    assert follow_mail(at=timezone.now()) == 1
    assert follow_mail(at=timezone.now()) == 0
    assert "Nothing stands in the way" in text_of(releaser, f"{work}release/")
    answer = release_as_read(releaser, work)
    assert answer["Location"] == f"/openness/cases/{code}/"

    page = text_of(client, f"/openness/cases/{code}/")
    for said in ("May 2024, Tanzania", "What happened", "What we did", "What we learned", "155,329", "Norad"):
        assert said in page
    assert "Fewer than 5 sponsors and donors were told" in page
    danish = text_of(client, f"/da/openness/cases/{code}/")
    assert '<div class="flow" lang="en">' in danish
    assert "Money for food was taken" in text_of(client, "/openness/")
    assert code in client.get("/openness/register.csv").content.decode("utf-8-sig")
    assert json.loads(client.get(f"/openness/cases/{code}/case.json").content)["closed_in"] == "2024-05"
    assert len(json.loads(client.get("/openness/register.json").content)) == 1
    assert "Published:" in client.get("/openness/feed.atom").content.decode()
    assert "Money for food" in text_of(client, "/openness/quarters/2024-Q2/")
    assert "Money for food" in text_of(client, "/openness/years/2024/")
    assert client.get("/openness/years/2019/").status_code == 404
    assert "Money for food was taken" in text_of(writer, "/openness/work/")


def test_what_is_sent_twice_is_one(world: World, writer: Client, teller: Client) -> None:
    once = writer.get("/openness/work/new/").context["form"]["once"].value()
    given = {"once": once, "organisation": "tanzania", "programmes": ["arusha"]}
    first, second = (writer.post("/openness/work/new/", given)["Location"] for _click in range(2))
    assert first == second
    with as_house():
        case = Publication.objects.get()
    reply = {"channel": "letter", "text": "Why?", "received_on": "2024-07-02", "reference": "", "name": "Kari"}
    for name in ("Kari", "Kari", "Ola"):
        teller.post(f"/openness/work/cases/{case.code}/reply/", {**reply, "name": name})
    with as_house():
        assert sorted(Reply.objects.values_list("name", flat=True)) == ["Kari", "Ola"]


def test_e_mail_told_together_leaves_with_the_release(world: World, writer: Client, releaser: Client) -> None:
    recipient(world, "S-1")
    publication = begun_together(world)
    teller = client_of(world, "openness_teller")
    work = f"/openness/work/cases/{publication.code}/"
    teller.post(f"{work}telling/", {"decision": "list"})
    assert "E-mail leaves together" in text_of(teller, f"{work}telling/")
    refused = teller.post(f"{work}telling/", {"decision": "mail"})
    assert "leaves together with the public page" in refused.content.decode()
    assert release_as_read(releaser, work).status_code == 302
    with as_house():
        made = publication.rounds.get()
    send_mail(round=made.pk)
    send_mail(round=made.pk)
    with as_house():
        letter = Letter.objects.get(to_address="S-1@example.org")
    assert letter.standing == Letter.Standing.WAITING


def begun_together(world: World) -> Publication:
    publication = begun(world)
    written(world, publication, tell="together")
    handed_in(world, publication)
    return publication


def test_the_list_comes_in_from_a_file_and_names_what_is_wrong(world: World, teller: Client) -> None:
    headings = ["programme", "reference", "name", "kind", "language", "channel", "address"]
    wrong = [
        ["arusha", "S-1", "Kari Eksempel", "sponsor", "nb", "e-mail", "not an address"],
        ["kenya", "S-2", "Ola Eksempel", "donor", "nb", "letter", "Veien 1"],
        ["arusha", "S-3", "Per Exempel", "fadder", "xx", "sms", "+46701234567"],
        ["arusha", "S-4", "Per Exempel", "fadder", "sv", "sms", "0701234567"],
    ]
    draft = hand_in(teller, headings, wrong)
    page = text_of(teller, draft)
    for said in ("G2", "A3", "“xx” is not a language", "Write the number with its country"):
        assert said in page
    right = [
        ["arusha", "S-1", "Kari Eksempel", "sponsor", "no", "e-mail", "kari@example.org"],
        ["arusha", "S-3", "Per Exempel", "donor", "sv", "sms", "+46701234567"],
    ]
    draft = hand_in(teller, headings, right)
    assert "New on the lists: 2." in text_of(teller, draft)
    with as_house():
        assert not Recipient.objects.exists(), "nothing is kept before it is confirmed"
    teller.post(draft, {"decision": "confirm"})
    with as_house():
        assert Recipient.objects.get(reference="S-1").language == "nb"
    draft = hand_in(teller, headings, right[:1], is_whole="on")
    teller.post(draft, {"decision": "confirm"})
    with as_house():
        assert Recipient.objects.get(reference="S-3").ended_on is not None
    assert ">1<" in text_of(teller, "/openness/work/audience/")


def hand_in(client: Client, headings: list[str], rows: list[list[str]], **more: str) -> str:
    file = SimpleUploadedFile("list.csv", write_csv(headings, rows))
    answer = client.post("/openness/work/audience/import/", {"file": file, **more})
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def test_proofs_and_replies_come_in_from_files(world: World, teller: Client) -> None:
    recipient(world, "S-1", channel="sms", address="+4712345678")
    publication = begun_together(world)
    work = f"/openness/work/cases/{publication.code}/"
    teller.post(f"{work}telling/", {"decision": "list"})
    today = timezone.now().date().isoformat()
    file = SimpleUploadedFile(
        "answers.csv",
        write_csv(
            ["reference", "status", "day"],
            [["S-1", "delivered", today], ["S-9", "sent", today], ["S-1", "sent", "2024-07-01"]],
        ),
    )
    draft = teller.post(f"{work}telling/proofs/", {"file": file})["Location"]
    page = text_of(teller, draft)
    assert "Nobody with the reference S-9" in page
    assert "nobody was told on 2024-07-01" in page
    file = SimpleUploadedFile("a.csv", write_csv(["reference", "status", "day"], [["S-1", "failed", today]]))
    draft = teller.post(f"{work}telling/proofs/", {"file": file})["Location"]
    teller.post(draft, {"decision": "confirm"})
    with as_house():
        assert Proof.objects.get().proof == "returned"
    file = SimpleUploadedFile(
        "r.csv",
        write_csv(
            ["reference", "name", "channel", "received on", "text"],
            [["S-1", "", "sms", "2024-07-02", "Has the child been helped?"]],
        ),
    )
    draft = teller.post(f"{work}replies/", {"file": file})["Location"]
    teller.post(draft, {"decision": "confirm"})
    with as_house():
        reply = Reply.objects.get()
    assert reply.name == "Example Giver S-1"
    page = text_of(teller, "/openness/work/replies/")
    assert "Example Giver S-1" in page
    assert "tasks-late" in page, "the answer is overdue"
    own = f"/openness/work/replies/{reply.publication.code}/1/"
    assert teller.post(own, {"decision": "assign", "to": world.person["openness_teller"].code}).status_code == 302
    assert teller.post(own, {"decision": "answer", "text": "Yes."}).status_code == 302
    assert "Nothing is waiting for an answer" in text_of(teller, "/openness/work/replies/")
    assert "answered already" in teller.post(own, {"decision": "answer", "text": "Again."}).content.decode()


def test_an_earlier_text_can_be_read_unless_it_did_harm(world: World, client: Client, releaser: Client) -> None:
    publication = published(world)
    written(world, publication, expected=1, texts={**NOTHING_FOUND, "did": {"en": "The police were told."}})
    handed_in(world, publication, hour=6, reason="A sentence was wrong.")
    nobody_told(world, publication, hour=7)
    released(world, publication, hour=8)
    page = text_of(client, f"/openness/cases/{publication.code}/")
    assert "A sentence was wrong." in page
    earlier = f"/openness/cases/{publication.code}/editions/1/"
    assert "This is an earlier text" in text_of(client, earlier)
    withdrawn = {"because": "person"}
    assert releaser.post(f"/openness/work/cases/{publication.code}/withdraw/", withdrawn).status_code == 302
    assert client.get(earlier).status_code == 404
    page = text_of(client, f"/openness/cases/{publication.code}/")
    assert "The text that stood here is withdrawn" in page
    assert "The police were told" not in page
    assert "The police were told" not in client.get("/openness/register.json").content.decode()


def release_as_read(client: Client, work: str) -> Any:
    """Press the button of the page as it was read."""
    form = client.get(f"{work}release/").context["form"]
    return client.post(f"{work}release/", {name: form[name].value() for name in ("expected", "read")})


def test_the_register_is_searched_narrowed_and_sorted(world: World, client: Client) -> None:
    for _each in range(2):
        published(world)
    page = text_of(client, "/openness/?q=norad&place=TZ&year=2024&order=place")
    assert "2 of 2 cases" in page
    assert "No case fits these choices" in text_of(client, "/openness/?q=nothing+like+it")
    assert "2 of 2 cases" in text_of(client, "/openness/?place=no-such-place")
    assert len(cases()) == 2


def test_what_is_typed_wrong_is_said_and_nothing_is_lost(world: World, writer: Client) -> None:
    code = begin(writer)
    wrong = {**TYPED, "closed_in": "yesterday", "amount_0": "1.2.3", "country": ""}
    page = writer.post(f"/openness/work/cases/{code}/write/", wrong).content.decode()
    assert "Write the month as 2024-05." in page
    assert "Money meant for food" in page
    page = writer.post(f"/openness/work/cases/{code}/write/", {**TYPED, "country": ""}).content.decode()
    assert "Say in which country it was" in page
    with as_house():
        assert not Revision.objects.exists()


def test_the_public_and_others_find_no_work_pages(world: World, client: Client) -> None:
    publication = published(world)
    assert client.get(f"/openness/work/cases/{publication.code}/").status_code == 302
    for key in ("stranger", "officer_kenya", "housekeeper"):
        assert client_of(world, key).get(f"/openness/work/cases/{publication.code}/").status_code == 404
        assert client_of(world, key).get("/openness/work/").status_code == 404
    assert Edition.objects.count() == 1


def test_a_case_is_headed_by_what_happened_and_bears_its_code_beside_it(world: World, writer: Client) -> None:
    case = begun(world)

    def read() -> tuple[str, str]:
        page = writer.get(f"/openness/work/cases/{case.code}/").content.decode()
        return page[page.index("<h1") : page.index("</h1>")], page

    assert case.code in read()[0], "nothing is written yet"
    written(world, case)
    heading, page = read()
    assert NOTHING_FOUND["summary"]["en"] in heading
    assert case.code not in heading
    assert f", {case.code}:" in page
