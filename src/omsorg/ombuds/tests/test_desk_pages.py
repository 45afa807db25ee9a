"""The ombudsperson's pages as a browser gets them: locked and open, kept by no cache, another's case not there."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from omsorg.kernel import clock
from omsorg.kernel.wall import as_house
from omsorg.ombuds.actions import cases, childs, sharing, watching
from omsorg.ombuds.models import Case, Opening
from omsorg.ombuds.queries.childs_view import open_with_code
from omsorg.ombuds.queries.rings import COOKIE
from omsorg.ombuds.rules.attachments import Attachment
from omsorg.ombuds.rules.refusals import CodeChanged
from omsorg.ombuds.tests.office import MONDAY, PASSPHRASE, Desks, appoint, tell
from omsorg.ombuds.tests.test_attachments import png

SECRET = "The guard at the gate locks us in"


class Hands:
    """The clock of a test: what it shows can be moved on."""

    at = MONDAY


@pytest.fixture(autouse=True)
def hands(monkeypatch: pytest.MonkeyPatch) -> Hands:
    hands = Hands()
    monkeypatch.setattr(settings.ENVIRONMENT, "second_factor_roles", "")
    monkeypatch.setattr(clock, "now", lambda: hands.at)
    return hands


def signed_in(desks: Desks, who: str) -> Client:
    client = Client()
    client.force_login(desks.world.account[who])
    return client


def opened(desks: Desks, who: str, path: str = "/ombuds/") -> Client:
    client = signed_in(desks, who)
    answer = client.post(path, {"unlock_passphrase": PASSPHRASE})
    assert answer.status_code == 302, text(answer)
    return client


def text(answer: HttpResponse) -> str:
    return answer.content.decode()


def in_words(answer: HttpResponse) -> str:
    """The page as it is read: without its marks, and with single blanks."""
    return " ".join(re.sub(r"<[^>]*>", " ", text(answer)).split())


def field(answer: HttpResponse, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', text(answer))
    assert found, name
    return found.group(1)


# ---- locked and open -------------------------------------------------------------------------------------------


def test_a_locked_ring_asks_for_the_passphrase_in_the_page_s_own_place(desks: Desks) -> None:
    told = tell()
    client, path = signed_in(desks, "amina"), f"/ombuds/cases/{told.case_id}/"
    locked = client.get(path)
    assert locked.status_code == 423
    assert SECRET not in text(locked)
    assert client.post(path, {"unlock_passphrase": "another one altogether"}).status_code == 422
    back = client.post(path, {"unlock_passphrase": PASSPHRASE})
    assert (back.status_code, back["Location"]) == (302, path)
    half = back.cookies[COOKIE]
    assert (half["path"], half["httponly"], half["samesite"]) == ("/ombuds/", True, "Strict")
    assert SECRET in text(client.get(path))


def test_what_was_written_when_the_ring_locked_itself_goes_on_once_it_is_open(desks: Desks, hands: Hands) -> None:
    told = tell()
    client, path = opened(desks, "amina"), f"/ombuds/cases/{told.case_id}/answer/"
    record = field(client.get(path), "record")
    hands.at += timedelta(minutes=31)
    sent = {"message": "We come <today>", "promise_on": "2026-11-24", "record": record}
    locked = client.post(path, sent)
    assert locked.status_code == 423
    assert "We come &lt;today&gt;" in text(locked)
    assert client.post(path, {**sent, "unlock_passphrase": PASSPHRASE}).status_code == 302
    assert [message.text for message in open_with_code(told.code).messages] == [SECRET, "We come <today>"]


def test_the_ring_is_locked_at_once_everywhere(desks: Desks) -> None:
    here, there = opened(desks, "amina"), opened(desks, "amina")
    assert here.post("/ombuds/lock/").status_code == 302
    assert here.get("/ombuds/").status_code == there.get("/ombuds/").status_code == 423
    with as_house():
        assert not Opening.objects.filter(person=desks.person("amina")).exists()


def test_no_page_is_kept_by_a_cache_and_nothing_that_was_said_leaves_its_case(
    desks: Desks, caplog: pytest.LogCaptureFixture
) -> None:
    told = tell()
    client = opened(desks, "amina")
    path = f"/ombuds/cases/{told.case_id}/note/"
    kept = client.post(path, {"text": "A secret thought", "kind": "note", "record": "7"}, follow=True)
    assert "A secret thought" in text(kept)
    for answer in (
        kept,
        client.get("/ombuds/"),
        client.get("/ombuds/keys/"),
        signed_in(desks, "amina").get("/ombuds/"),
    ):
        assert answer["Cache-Control"] == "no-store"
        assert answer["Referrer-Policy"] == "same-origin"
    left = (
        repr(dict(client.session))
        + repr(list(client.cookies.items()))
        + caplog.text
        + repr(getattr(cache, "_cache", ""))
    )
    assert "secret thought" not in left
    assert SECRET not in left


def test_whoever_does_not_hear_finds_nothing(desks: Desks, world: Any) -> None:
    told = tell()
    officer = Client()
    officer.force_login(world.account["officer"])
    assert officer.get("/ombuds/").status_code == 403
    assert officer.post("/ombuds/take-down/", {}).status_code == 403
    assert Client().get("/ombuds/")["Location"].startswith("/account/login/")
    nora = opened(desks, "nora")
    assert "Case" not in in_words(nora.get("/ombuds/")) or told.case_id[:8] not in text(nora.get("/ombuds/"))
    for rest in ("", "answer/", "note/", "new-code/", "files/1/"):
        assert nora.get(f"/ombuds/cases/{told.case_id}/{rest}").status_code == 404
        assert nora.post(f"/ombuds/cases/{told.case_id}/{rest}", {"text": "x"}).status_code == 404


def read_from(answer: HttpResponse) -> str:
    """The pictures on a page, in words, as they are read out."""
    assert answer.status_code == 200
    return re.search(r'<p class="ombuds-code-said">([^<]+)</p>', text(answer)).group(1)


# ---- keys ------------------------------------------------------------------------------------------------------


def test_a_ring_is_made_and_vouched_for(desks: Desks) -> None:
    desks.acting["zuri"] = appoint(desks.world, "zuri", "Zuri Zuma", "tanzania", "ombudsperson", "tanzania")
    new = signed_in(desks, "zuri")
    assert new.get("/ombuds/")["Location"] == "/ombuds/keys/"
    short = new.post("/ombuds/keys/", {"passphrase": "short", "again": "short"})
    assert "at least 16 letters" in in_words(short)
    chosen = "moon paper river candle"
    pictures = read_from(new.post("/ombuds/keys/", {"passphrase": chosen, "again": chosen}))
    assert read_from(new.post("/ombuds/keys/pictures/", {"passphrase": chosen})) == pictures
    assert "The passphrase is another one" in in_words(new.post("/ombuds/keys/pictures/", {"passphrase": "wrong one"}))
    amina = opened(desks, "amina")
    page = amina.get("/ombuds/keys/colleagues/")
    assert "Zuri Zuma" in text(page)
    vouching = f"/ombuds/keys/colleagues/{desks.person('zuri')}/vouch/"
    assert amina.post(vouching, {}).status_code == 200
    assert amina.post(vouching, {"sure": "on"}).status_code == 200
    for wrong in ("fish 1 fish 2 fish 3 fish 4", "what she said"):
        assert amina.post(vouching, {"sure": "on", "pictures": wrong}).status_code == 200
    assert amina.post(vouching, {"sure": "on", "pictures": pictures}).status_code == 302
    assert "Somebody has vouched" in in_words(amina.post(vouching, {"sure": "on"}))
    assert tell(number=8).case_id
    new.post("/ombuds/", {"unlock_passphrase": chosen})
    assert "not answered yet" in text(new.get("/ombuds/"))


def test_a_lost_passphrase_comes_back_by_two_of_the_board(desks: Desks) -> None:
    amina, chosen = opened(desks, "amina"), "an altogether new phrase"
    assert read_from(amina.post("/ombuds/keys/lost/", {"passphrase": chosen, "again": chosen}))
    assert "Ask again" in text(amina.get("/ombuds/keys/lost/"))
    pictures = read_from(amina.post("/ombuds/keys/lost/?again", {"passphrase": chosen, "again": chosen}))
    bodil, carlos = opened(desks, "bodil"), opened(desks, "carlos")
    address = re.search(r"/ombuds/keys/lost/\d+/", text(bodil.get("/ombuds/keys/colleagues/"))).group()
    assert amina.get(address).status_code == 404
    sent = {"sure": "on", "pictures": pictures}
    assert "These are not the pictures" in in_words(
        bodil.post(address, sent | {"pictures": "fish 1 fish 2 fish 3 fish 4"})
    )
    first = bodil.post(address, sent)
    assert first.status_code == 302
    assert "nothing here for you to open" in in_words(bodil.post(address, sent))
    assert carlos.post(address, sent).status_code == 302
    assert amina.post("/ombuds/keys/lost/", {"passphrase": chosen}).status_code == 302
    assert amina.post("/ombuds/", {"unlock_passphrase": chosen}).status_code == 302


def test_a_passphrase_is_changed_and_a_leaver_s_ring_retired(desks: Desks) -> None:
    amina = opened(desks, "amina")
    wrong = {"old": "not this one at all", "passphrase": "another long phrase", "again": "another long phrase"}
    assert "The passphrase is another one" in in_words(amina.post("/ombuds/keys/passphrase/", wrong))
    assert amina.post("/ombuds/keys/passphrase/", {**wrong, "old": PASSPHRASE}).status_code == 302
    assert amina.get("/ombuds/").status_code == 423
    told = tell()
    bodil = opened(desks, "bodil")
    leaving = f"/ombuds/keys/colleagues/{desks.person('amina')}/retire/"
    assert bodil.post(leaving, {"sure": "on"}).status_code == 302
    assert amina.get("/ombuds/")["Location"] == "/ombuds/keys/"
    assert bodil.get(leaving).status_code == 404
    assert SECRET in text(opened(desks, "baraka").get(f"/ombuds/cases/{told.case_id}/"))


# ---- the desk --------------------------------------------------------------------------------------------------


def test_the_desk_puts_what_is_promised_first_and_marks_what_is_missed(desks: Desks, hands: Hands) -> None:
    late, soon = tell("one", 1), tell("two", 2)
    cases.answer_child(
        case=soon.case_id,
        message="Later",
        promise_on=MONDAY.date() + timedelta(days=20),
        at=MONDAY,
        **desks.at("amina"),
    )
    hands.at += timedelta(days=4)
    amina = opened(desks, "amina")
    page = in_words(amina.get("/ombuds/"))
    assert page.index(late.case_id[:8]) < page.index(soon.case_id[:8])
    assert "missed 26 November 2026 (1 working day ago)" in page
    only = in_words(amina.get("/ombuds/?show=missed"))
    assert late.case_id[:8] in only
    assert soon.case_id[:8] not in only
    found = in_words(amina.get(f"/ombuds/?case={soon.case_id[:6].upper()}"))
    assert soon.case_id[:8] in found
    assert late.case_id[:8] not in found
    assert "No such case here" in in_words(amina.get("/ombuds/?case=zzzz0000000000ff"))


def test_what_climbed_is_shown_to_the_level_above_as_such(desks: Desks, hands: Hands) -> None:
    told = tell()
    assert "No case has come to you" in in_words(opened(desks, "rashid").get("/ombuds/"))
    hands.at += timedelta(days=7)
    watching.raise_missed_promises(at=hands.at)
    page = in_words(opened(desks, "rashid").get("/ombuds/?show=up"))
    assert told.case_id[:8] in page
    assert "came up" in page


def test_a_desk_with_many_cases_asks_the_database_as_often_as_one_with_few(desks: Desks) -> None:
    tell("one", 1)
    amina = opened(desks, "amina")
    amina.get("/ombuds/")
    with CaptureQueriesContext(connection) as few:
        amina.get("/ombuds/")
    for number in range(2, 8):
        tell(f"number {number}", number)
    with CaptureQueriesContext(connection) as many:
        page = amina.get("/ombuds/")
    assert len(many) == len(few)
    assert len(many) < 45
    assert "Open, or asking for something 7" in in_words(page)


# ---- a case ----------------------------------------------------------------------------------------------------


def do(client: Client, case: str, verb: str, **given: Any) -> HttpResponse:
    answer = client.post(f"/ombuds/cases/{case}/{verb}/", given)
    assert answer.status_code == 302, in_words(answer)
    return answer


def test_an_answer_needs_a_promise_and_is_kept_once(desks: Desks) -> None:
    told = tell()
    client, path = opened(desks, "amina"), f"/ombuds/cases/{told.case_id}/answer/"
    page = client.get(path)
    assert SECRET in text(page)
    assert 'value="2026-11-26"' in text(page)
    sent = {"message": "Thank you.\r\nI come.", "record": field(page, "record")}
    assert "Say by which day you write again" in in_words(client.post(path, sent))
    for _again in range(2):
        assert client.post(path, {**sent, "promise_on": "2026-11-27"}).status_code == 302
    found = open_with_code(told.code)
    assert [message.text for message in found.messages][1:] == ["Thank you.\r\nI come."]
    assert found.promise_on.isoformat() == "2026-11-27"


def test_a_case_is_worked_to_its_end_on_its_pages(desks: Desks, hands: Hands) -> None:
    told = tell()
    case, amina = told.case_id, opened(desks, "amina")
    do(amina, case, "note", text="I think he drinks", kind="note", record=11)
    do(amina, case, "wish", wish="Not my mother", step="sharing", record=12)
    do(amina, case, "risk", danger="great", reasons="Alone at night", look_again_on="2026-11-23")
    do(amina, case, "plan-check-ins")
    do(amina, case, "take-down", message="He was there again", on="2026-11-22", record=13)
    do(amina, case, "ask-assent", what="The locked gate", to_whom="The nurse", until_on="2026-12-24")
    assert "asked, no answer yet" in text(amina.get(f"/ombuds/cases/{case}/"))
    do(amina, case, "assent-said", number=1, agrees="yes")
    do(amina, case, "withdrawn", number=1)
    page = amina.get(f"/ombuds/cases/{case}/")
    assert "<s>The locked gate</s>" in text(page).replace("\n", "")
    said = text(page).index(SECRET), text(page).index("He was there again"), text(page).index("I think he drinks")
    assert list(said) == sorted(said)
    assert "The child never sees this side." in text(page)
    do(
        amina,
        case,
        "propose",
        ground="child_in_danger",
        what="That it is locked in",
        to_whom="Police",
        to_desk="on",
        why="Tonight",
        second=desks.person("rashid"),
    )
    assert amina.get(f"/ombuds/cases/{case}/second-view/").status_code == 404
    rashid = opened(desks, "rashid")
    disclosure = re.search(r'<option value="(\d+)">That it', text(rashid.get(f"/ombuds/cases/{case}/second-view/")))[1]
    do(rashid, case, "second-view", disclosure=disclosure, agrees="yes", view="So do I")
    assert amina.get(f"/ombuds/cases/{case}/break/").status_code == 404
    do(amina, case, "tell-first", disclosure=disclosure, message="I tell the police tonight")
    do(amina, case, "break", disclosure=disclosure, danger_now="It is locked in tonight, alone")
    handing = amina.post(f"/ombuds/cases/{case}/hand-over/", {"basis": f"disclosure {disclosure}"})
    assert "There is no such desk in this house" in in_words(handing)
    do(amina, case, "close", message="We have unlocked it")
    assert amina.get(f"/ombuds/cases/{case}/answer/").status_code == 404
    do(amina, case, "propose-erasure", ground="asked_for")
    assert amina.get(f"/ombuds/cases/{case}/erase/").status_code == 404
    with pytest.raises(AssertionError, match="There is no page here"):
        do(rashid, case, "erase", sure="on")
    gone = do(opened(desks, "baraka"), case, "erase", sure="on")
    assert gone["Location"] == "/ombuds/"
    with as_house():
        assert Case.objects.get().status == "erased"
    assert hands.at == MONDAY


def test_an_alarm_is_seen_by_the_board(desks: Desks) -> None:
    told = tell()
    do(opened(desks, "amina"), told.case_id, "alarm", found="Sent away from school")
    page = in_words(opened(desks, "bodil").get("/ombuds/?show=alarm"))
    assert told.case_id[:8] in page
    assert "alarm" in page


def test_whoever_is_shut_out_or_steps_back_stands_at_the_desk_again(desks: Desks) -> None:
    told = tell()
    amina, baraka = opened(desks, "amina"), opened(desks, "baraka")
    assert do(baraka, told.case_id, "leave")["Location"] == "/ombuds/"
    do(amina, told.case_id, "colleague", person=desks.person("baraka"))
    assert do(amina, told.case_id, "about", said="It is Amina Juma")["Location"] == "/ombuds/"
    assert amina.get(f"/ombuds/cases/{told.case_id}/").status_code == 404
    page = text(baraka.get(f"/ombuds/cases/{told.case_id}/"))
    assert "Shut out:" in page
    assert "Amina Juma" in page


def test_the_page_of_a_long_case_asks_as_often_as_that_of_a_short_one(desks: Desks) -> None:
    told = tell()
    amina, path = opened(desks, "amina"), f"/ombuds/cases/{told.case_id}/"
    amina.get(path)
    with CaptureQueriesContext(connection) as few:
        amina.get(path)
    for number in range(20, 26):
        do(amina, told.case_id, "note", text=f"note {number}", kind="note", record=number)
        do(amina, told.case_id, "take-down", message=f"word {number}", on="2026-11-23", record=number)
    amina.get(path)
    with CaptureQueriesContext(connection) as many:
        amina.get(path)
    assert len(many) == len(few)
    assert len(many) < 60


def test_a_lost_code_is_given_anew_once(desks: Desks) -> None:
    told = tell()
    amina, path = opened(desks, "amina"), f"/ombuds/cases/{told.case_id}/new-code/"
    assert amina.post(path, {"how_known": " "}).status_code == 200
    page = amina.post(path, {"how_known": "We met at the well"})
    assert 'class="thing"' in text(page)
    assert page["Cache-Control"] == "no-store"
    with pytest.raises(CodeChanged):
        open_with_code(told.code)


def test_a_file_is_handed_out_and_never_shown(desks: Desks) -> None:
    told = tell(attachments=[Attachment("home.png", png())])
    amina = opened(desks, "amina")
    address = re.search(r'href="(/ombuds/cases/\w+/files/\d+/)"', text(amina.get(f"/ombuds/cases/{told.case_id}/")))[1]
    handed = amina.get(address)
    assert handed["Content-Disposition"].startswith("attachment;")
    assert handed["Content-Type"] == "application/octet-stream"
    assert "sandbox" in handed["Content-Security-Policy"]
    assert handed["Cache-Control"] == "no-store"
    assert opened(desks, "nora").get(address).status_code == 404


@pytest.mark.parametrize("verb", ["close", "answer", "seen"])
def test_what_a_child_writes_while_the_page_stands_open_is_read_before_anything_is_settled(
    desks: Desks, hands: Hands, verb: str
) -> None:
    told = tell()
    childs.add_words(code=told.code, message="One thing more", at=MONDAY)
    amina, path = opened(desks, "amina"), f"/ombuds/cases/{told.case_id}/{verb}/"
    page = amina.get(path)
    childs.add_words(code=told.code, message="He has a knife and says tonight", at=MONDAY)
    sent = {
        "message": "Farewell, all is well",
        "language": "en",
        "nothing_more_owed": "on",
        "read": field(page, "read"),
    }
    if verb == "answer":
        sent["record"] = field(page, "record")
    again = amina.post(path, sent)
    assert "He has a knife and says tonight" in in_words(again)
    assert "The child has written while this page was open" in in_words(again)
    with as_house():
        case = Case.objects.get(pk=int(told.case_id, 16))
    assert (case.status, case.promise_on is None, case.news == "") == ("open", False, False)
    assert amina.post(path, {**sent, "read": field(again, "read")}).status_code == 302


# ---- telling without a yes: what is asked of whom, and what stands beside it -------------------------------------


def test_the_second_reads_all_that_the_view_is_given_on_and_each_finds_what_waits_at_the_top(desks: Desks) -> None:
    case = tell(SECRET).case_id
    amina = {"case": case, "at": MONDAY, **desks.at("amina")}
    said = {"what": "Where she sleeps", "to_whom": "The police", "why": "He has a knife", "why_not_told": "He reads it"}
    sharing.propose_disclosure(second=desks.person("baraka"), ground="child_in_danger", to_desk=True, **said, **amina)
    second = opened(desks, "baraka")
    assert "Your second view is asked for" in in_words(second.get(f"/ombuds/cases/{case}/"))
    page = in_words(second.get(f"/ombuds/cases/{case}/second-view/"))
    for each in (*said.values(), SECRET, "The child's own words"):
        assert each in page
    do(second, case, "second-view", disclosure=field_of_choice(second, case), agrees="yes", view="I agree")
    first = opened(desks, "amina")
    assert "two have agreed that it is told: go on" in in_words(first.get("/ombuds/"))
    assert "Write down when you have told them" in in_words(first.get(f"/ombuds/cases/{case}/"))
    told = do(first, case, "break", disclosure=field_of_choice(first, case, "break"), danger_now="")
    assert told["Location"].endswith(f"/{case}/hand-over/"), "the copy is asked for next"
    assert "has nothing yet" in in_words(first.get(f"/ombuds/cases/{case}/"))


def field_of_choice(client: Client, case: str, verb: str = "second-view") -> str:
    """The one proposal that an act offers."""
    found = re.findall(r'<option value="(\d+)"', text(client.get(f"/ombuds/cases/{case}/{verb}/")))
    return str(found[-1])


def test_whom_a_case_went_past_is_offered_what_they_may_do(desks: Desks, hands: Hands) -> None:
    case = tell(SECRET).case_id
    hands.at = MONDAY + timedelta(days=14)
    watching.raise_missed_promises(at=hands.at)
    page = opened(desks, "amina").get(f"/ombuds/cases/{case}/")
    assert "This case has gone up" in in_words(page)
    for verb in ("close", "new-code"):
        assert f"/{case}/{verb}/" not in text(page)
    assert f"/{case}/answer/" in text(page)


def test_whoever_is_in_great_danger_stands_first(desks: Desks) -> None:
    calm, great = tell("First").case_id, tell("Second", number=2).case_id
    risk = {"danger": "now", "reasons": "A knife", "look_again_on": MONDAY.date()}
    cases.judge_risk(case=great, at=MONDAY, **risk, **desks.at("amina"))
    page = text(opened(desks, "amina").get("/ombuds/"))
    assert 0 < page.index(great[:8]) < page.index(calm[:8])
    assert "In great danger 1" in in_words(opened(desks, "amina").get("/ombuds/?show=danger"))
