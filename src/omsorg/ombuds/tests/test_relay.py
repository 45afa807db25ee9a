"""Text messages that another machine passes on: signed, once, without a number; a case like any other comes of them."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import OperationalError
from django.http import HttpResponse
from django.test import Client

from omsorg.kernel.floods import Gate, Limits
from omsorg.kernel.wall import as_house, in_name_of
from omsorg.ombuds.access import at_the_desk
from omsorg.ombuds.actions import cases, gates, sharing
from omsorg.ombuds.actions.relay import forget_calls
from omsorg.ombuds.models import Case, RelayedCall
from omsorg.ombuds.queries.childs_view import open_with_code
from omsorg.ombuds.queries.desk import my_cases
from omsorg.ombuds.rules.refusals import NobodyListens
from omsorg.ombuds.rules.return_code import ReturnCode, Sign
from omsorg.ombuds.rules.signed_calls import is_signed, signature
from omsorg.ombuds.rules.spoken_code import codes_at_start, read_code, say_code
from omsorg.ombuds.tests.office import MONDAY, Desks
from omsorg.ombuds.tests.test_desk_pages import Hands, hands
from omsorg.ombuds.views.child import relay

__all__ = ["Hands", "hands"]
SECRET = "an example secret of forty letters 000001".replace(" ", "-")
OLD = "an example secret of forty letters 000002".replace(" ", "-")


@pytest.fixture(autouse=True)
def door(monkeypatch: pytest.MonkeyPatch) -> None:
    """The door is open, and has seen nobody."""
    monkeypatch.setattr(settings.ENVIRONMENT, "ombuds_relay_secret", f"{SECRET},{OLD}")
    for name in ("RELAYED_WORDS", "RELAYED_CODES"):
        monkeypatch.setattr(gates, name, Gate(getattr(gates, name).limits))


@pytest.fixture
def gateway(hands: Hands) -> "Gateway":
    return Gateway(hands)


class Gateway:
    """The other machine: it signs, and moves on a second with each call."""

    def __init__(self, hands: Hands) -> None:
        self.hands, self.client, self.calls = hands, Client(raise_request_exception=False), 0

    def send(self, text: str, part: str = "", **more: Any) -> HttpResponse:
        self.calls += 1
        part = part or f"part-number-{self.calls:08}"
        return self.call({"text": text, "language": "en", "country": "TZ", "part": part, **more})

    def call(self, said: Any, *, secret: str = SECRET, late: int = 0) -> HttpResponse:
        self.hands.at += timedelta(seconds=1)
        body = said if isinstance(said, bytes) else json.dumps(said).encode()
        return self.knock(body, signature(secret, body, int(self.hands.at.timestamp()) - late))

    def knock(self, body: bytes, header: str) -> HttpResponse:
        return self.client.post(
            "/t/relay/", body, content_type="application/json", headers={"omsorg-signature": header}
        )


def said(answer: HttpResponse) -> str:
    assert answer.status_code == 200, answer.content
    text: str = answer.json()["text"]
    return text


def code_in(answer: HttpResponse, language: str = "en") -> str:
    return said(answer).split(": ", 1)[1].split(". ", 1)[0]


def opened_by(code: str, language: str = "en") -> ReturnCode:
    return tuple(Sign(thing, number) for thing, number in read_code(code, language))


def how_many() -> int:
    with as_house():
        return Case.objects.count()


# ---- who may call ----------------------------------------------------------------------------------------------


def test_without_a_secret_there_is_no_door(gateway: Gateway, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings.ENVIRONMENT, "ombuds_relay_secret", "")
    assert gateway.send("He locks us in").status_code == 404
    assert gateway.client.get("/t/relay/").status_code == 404


def test_the_signature_is_of_time_and_body() -> None:
    body, moment = b'{"text": "..."}', int(MONDAY.timestamp())
    header = signature(SECRET, body, moment)
    holds = {"secrets": (SECRET,), "at": MONDAY}
    assert is_signed(header, body, **holds)
    assert not is_signed(header, body + b" ", **holds)
    assert not is_signed(header.replace(f"t={moment}", f"t={moment + 1}"), body, **holds)
    assert not is_signed(header.replace("t=", "t=0"), body, **holds)
    assert not is_signed(header, body, secrets=(OLD,), at=MONDAY)
    assert is_signed(header, body, secrets=(SECRET, OLD), at=MONDAY)
    for late, taken in ((300, True), (-300, True), (301, False), (-301, False)):
        assert is_signed(signature(SECRET, body, moment - late), body, **holds) is taken


def test_the_worked_signature_is_the_one_that_is_taken() -> None:
    page = (Path(__file__).resolve().parents[4] / "docs" / "howto" / "text-messages.md").read_text(encoding="utf-8")
    assert "`" + signature(SECRET, b'{"text": "help"}', 1795426215) + "`" in page


def test_a_call_that_is_not_signed_or_too_old_is_refused(gateway: Gateway, desks: Desks) -> None:
    letter = {"text": "He locks us in", "part": "a" * 16}
    assert gateway.call(letter, secret="x" * 40).status_code == 401
    assert gateway.call(letter, late=302).status_code == 401
    assert gateway.knock(b"{}", "").status_code == 401
    assert gateway.client.get("/t/relay/").status_code == 405
    assert gateway.call(b"x" * 200_000).status_code == 413
    assert how_many() == 0
    assert gateway.call(letter, secret=OLD).status_code == 200


def test_the_very_same_call_is_refused_and_forgotten_the_day_after(gateway: Gateway, desks: Desks) -> None:
    body = json.dumps({"text": "He locks us in", "part": "a" * 16}).encode()
    header = signature(SECRET, body, int(gateway.hands.at.timestamp()))
    assert gateway.knock(body, header).status_code == 200
    assert gateway.knock(body, header).status_code == 409
    assert how_many() == 1
    with as_house():
        assert RelayedCall.objects.count() == 1
    with in_name_of(desks.person("amina")):
        assert not RelayedCall.objects.exists()
    assert forget_calls(at=MONDAY + timedelta(days=1)) == 0
    assert forget_calls(at=MONDAY + timedelta(days=2)) == 1


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"not json", id="no JSON"),
        pytest.param(b"[" * 50_000, id="too deep"),
        pytest.param(b'["a list"]', id="a list"),
        pytest.param(json.dumps({"text": "x", "part": "a" * 16, "from": "+255700900123"}), id="a number"),
        pytest.param(json.dumps({"text": "x", "part": "a" * 16, "country": "Tanzania"}), id="no country"),
        pytest.param(json.dumps({"text": "x", "part": "a" * 16, "channel": "web"}), id="another channel"),
        pytest.param(json.dumps({"text": "x", "part": "short"}), id="a part that can be guessed"),
        pytest.param(json.dumps({"text": "x"}), id="no part"),
        pytest.param(json.dumps({"text": 7, "part": "a" * 16}), id="no text"),
    ],
)
def test_what_is_not_agreed_is_refused_and_a_number_is_never_repeated(
    gateway: Gateway, desks: Desks, body: bytes | str, caplog: pytest.LogCaptureFixture
) -> None:
    answer = gateway.call(body if isinstance(body, bytes) else body.encode())
    assert answer.status_code == 422
    assert "700900123" not in answer.content.decode() + caplog.text
    assert how_many() == 0
    with as_house():
        assert not RelayedCall.objects.exists()


# ---- a new report ----------------------------------------------------------------------------------------------


def test_a_message_becomes_a_case_and_the_answer_is_code_day_and_number(gateway: Gateway, desks: Desks) -> None:
    answer = gateway.send("He locks us in", channel="whatsapp")
    assert said(answer).endswith("Does anyone look at this phone? Learn the code, then delete this.")
    for words in ("We have it. Your code: ", "Somebody writes before Friday 27 November", "In danger now? Call 112."):
        assert words in said(answer)
    assert answer.json()["segments"] <= 3
    assert answer["Cache-Control"] == "no-store"
    assert not answer.cookies
    found = open_with_code(opened_by(code_in(answer)))
    assert [(one.text, one.is_mine, one.taken_down) for one in found.messages] == [("He locks us in", True, False)]
    with as_house():
        case = Case.objects.get()
        assert (case.channel, case.country, case.language) == ("whatsapp", "TZ", "en")


@pytest.mark.parametrize(
    ("given", "language"),
    [
        ({"language": "sw"}, "sw"),
        ({"language": "nb-NO"}, "nb"),
        ({"language": "no"}, "nb"),
        ({"language": "", "country": "TZ"}, "sw"),
        ({"language": "", "country": "NO"}, "nb"),
        ({"language": "tlh", "country": "EG"}, "ar"),
        ({"language": "", "country": ""}, "en"),
    ],
)
def test_it_is_answered_in_her_language(gateway: Gateway, desks: Desks, given: dict[str, str], language: str) -> None:
    answer = gateway.send("...", **given)
    assert answer.json()["language"] == language
    with as_house():
        case = Case.objects.get()
    assert (case.language, case.channel) == (language, "sms")
    assert codes_at_start(said(answer).split(": ", 1)[1], language)


def test_the_same_part_is_kept_once_and_gives_the_same_code(
    gateway: Gateway, desks: Desks, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = gateway.send("He locks us in", part="p" * 20)
    assert said(gateway.send("He locks us in", part="p" * 20)) == said(first)
    assert how_many() == 1
    assert code_in(gateway.send("He locks us in", part="q" * 20)) != code_in(first)
    # the line breaks after it is kept: the answer is lost, and the machine sends it again
    monkeypatch.setattr(relay.texts, "kept", broken)
    assert gateway.send("She hides", part="r" * 20).status_code == 503
    monkeypatch.undo()
    monkeypatch.setattr(settings.ENVIRONMENT, "ombuds_relay_secret", SECRET)
    monkeypatch.setattr("omsorg.kernel.clock.now", lambda: gateway.hands.at)
    assert how_many() == 3
    assert said(gateway.send("She hides", part="r" * 20))
    assert how_many() == 3


def broken(*_given: object, **_more: object) -> str:
    raise OSError("the line is gone")


def test_when_nothing_can_be_kept_it_says_so_and_asks_to_pass_it_on_again(
    gateway: Gateway, desks: Desks, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(relay, "submit", lambda **_given: (_ for _ in ()).throw(OperationalError("no space left")))
    answer = gateway.send("He locks us in")
    assert (answer.status_code, answer["Retry-After"]) == (503, "300")
    assert "That is our fault, not yours" in answer.json()["text"]


def test_stop_and_help_make_no_case(gateway: Gateway, desks: Desks) -> None:
    assert "We write only when you write to us" in said(gateway.send("STOP"))
    assert "Here you can tell us what is wrong" in said(gateway.send("help"))
    assert "Call 112" in said(gateway.send(""))
    assert "Hapa unaweza kutuambia" in said(gateway.send("info", language="sw"))
    assert how_many() == 0


@pytest.mark.parametrize(
    ("words", "language"),
    [("Msaada!", "sw"), ("Hjælp", "da"), ("aide", "fr"), ("النجدة", "ar"), ("Help!", "en"), ("ayuda", "es")],
)
def test_a_cry_for_help_in_one_word_is_heard(gateway: Gateway, desks: Desks, words: str, language: str) -> None:
    code = codes_at_start(said(gateway.send(words, language=language)).split(": ", 1)[1], language)[-1][0]
    assert how_many() == 1
    found = open_with_code(tuple(Sign(thing, number) for thing, number in code))
    assert [one.text for one in found.messages] == [words]


def test_after_a_cry_it_is_said_how_to_tell_more(gateway: Gateway, desks: Desks) -> None:
    more = "Tell us more: send the code, then your words."
    assert more in said(gateway.send("Help!"))
    assert more not in said(gateway.send("He locks us in"))


@pytest.mark.parametrize(
    "words",
    [
        "fish 5 key 12 boat 8 moon 1 he came again and beat my brother, he has a knife",
        "Bed 2, door 4, key 7, fish 3 is where the guard locks us in at night and beats us",
        "2 shoes, 1 book, 3 eggs, 4 beds he took all of it and beat us",
    ],
)
def test_what_follows_a_code_that_leads_nowhere_is_kept(gateway: Gateway, desks: Desks, words: str) -> None:
    answer = said(gateway.send(words))
    assert "If you meant a code: send it alone." in answer
    code = codes_at_start(answer.split(": ", 1)[1], "en")[-1][0]
    found = open_with_code(tuple(Sign(thing, number) for thing, number in code))
    assert [one.text for one in found.messages] == [words]


def test_what_will_be_told_without_her_yes_is_said_before_the_words_of_the_office(
    gateway: Gateway, desks: Desks
) -> None:
    answer = said(gateway.send("He beats us every night"))
    code = answer.split(": ", 1)[1].split(".")[0]
    with at_the_desk(desks.person("amina")):
        case = my_cases(desks.person("amina"), at=MONDAY)[0].code
    amina, baraka = ({"case": case, "at": MONDAY, **desks.at(who)} for who in ("amina", "baraka"))
    proposed = {
        "ground": "child_in_danger",
        "what": "Where you sleep",
        "to_whom": "the police",
        "why": "He has a knife",
    }
    number = sharing.propose_disclosure(second=desks.person("baraka"), **proposed, **amina)
    sharing.give_second_view(disclosure=number, agrees=True, view="Yes", **baraka)
    sharing.tell_child_first(disclosure=number, message="Hello", **amina)
    answer = said(gateway.send(code))
    told = 'We are going to tell this, also without your yes: "Where you sleep". To whom: the police. Why: He has'
    assert told in answer
    assert answer.index(told) < answer.index("Hello")
    assert "Tutasema jambo hili" in said(gateway.send(code, language="sw"))


def test_a_code_alone_that_leads_nowhere_is_asked_for_again(gateway: Gateway, desks: Desks) -> None:
    for words in ("fish 5 key 12 boat 8 moon 1", "fish 5 key 12 boat 8 moon 1 egg 3!"):
        assert "We find nothing under this code" in said(gateway.send(words))
    assert how_many() == 0


# ---- coming back -----------------------------------------------------------------------------------------------


def test_a_message_with_a_code_goes_into_its_case_and_brings_what_was_written(gateway: Gateway, desks: Desks) -> None:
    code = code_in(gateway.send("He locks us in"))
    found = open_with_code(opened_by(code))
    assert "Nothing new yet. Somebody writes before Friday 27 November" in said(gateway.send(code))
    hand = {"case": found.case_id, "at": MONDAY, **desks.at("amina")}
    cases.answer_child(message="We come on Tuesday", promise_on=found.promise_on, **hand)
    cases.answer_child(message="No, on Wednesday", promise_on=found.promise_on, **hand)
    for _again in range(2):
        alone = said(gateway.send(code.upper()))
        assert "No, on Wednesday" in alone
        assert "Tuesday" not in alone
        assert "Thank you" not in alone
    for _again in range(2):
        back = said(gateway.send(f"{code}. Come after school", part="p" * 16))
        assert back.startswith("Thank you. We have it.")
        assert "No, on Wednesday" in back
    assert "Nothing new yet" in said(gateway.send(f"{code} please"))
    words = [one.text for one in open_with_code(opened_by(code)).messages if one.is_mine]
    assert words == ["He locks us in", "Come after school", "please"]
    assert how_many() == 1


def test_a_code_is_read_in_any_of_the_eight_languages(gateway: Gateway, desks: Desks) -> None:
    told = gateway.send("He locks us in", language="sw")
    code = codes_at_start(said(told).split(": ", 1)[1], "sw")[-1][0]
    for language in ("da", "ar", "en"):
        assert gateway.send(say_code(code, language), language="").json()["language"] == "sw"


def test_a_wrong_code_and_a_slip_make_no_case(gateway: Gateway, desks: Desks) -> None:
    assert "We find nothing under this code" in said(gateway.send("fish 1 fish 2 fish 3 fish 4"))
    assert "kye" in said(gateway.send("fish 5 kye 12 boat 8 moon 1"))
    assert how_many() == 0


@pytest.mark.parametrize(
    "words",
    [
        pytest.param("Door 4, bed 2, key 7 is with the guard who beats us", id="where it is"),
        pytest.param("He took 2 shoes and 1 book and 3 eggs from me", id="what was taken"),
        pytest.param("fish 5 kye 12 boat 8 moon 1 he came again", id="a code with a slip, and words"),
    ],
)
def test_words_with_things_and_numbers_are_kept_and_both_are_said(gateway: Gateway, desks: Desks, words: str) -> None:
    answer = gateway.send(words)
    assert how_many() == 1
    assert "If you meant a code: send it alone." in said(answer)
    assert [one.text for one in open_with_code(opened_by(code_in(answer))).messages] == [words]
    assert "If you meant" not in said(gateway.send("He locks us in"))


@pytest.mark.parametrize("words", ["shoe", "He hits me with a shoe", "bed"])
def test_a_message_that_ends_in_a_picture_is_kept(gateway: Gateway, desks: Desks, words: str) -> None:
    assert "Your code" in said(gateway.send(words))
    assert how_many() == 1


# ---- floods ----------------------------------------------------------------------------------------------------


def test_whoever_guesses_is_held_off_and_new_words_still_come_in(
    gateway: Gateway, desks: Desks, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gates, "RELAYED_CODES", Gate(Limits(each=3, site=3, alike=3, least=3)))
    wrong = "fish 1 fish 2 fish 3 fish "
    assert [gateway.send(f"{wrong}{number}").status_code for number in range(1, 6)] == [200, 200, 200, 429, 429]
    assert gateway.send("He locks us in").status_code == 200


def test_many_children_through_one_machine_are_let_in_and_a_flood_does_not_shut_out_who_comes_back(
    gateway: Gateway, desks: Desks, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert gates.RELAYED_WORDS.limits.each > 6 * gates.WORDS.limits.each
    monkeypatch.setattr(gates, "RELAYED_WORDS", Gate(Limits(each=100, site=200, alike=20, least=10)))
    code = code_in(gateway.send("He locks us in"))
    with monkeypatch.context() as quick:
        quick.setattr(relay, "submit", refuse_quietly)
        answers = [gateway.send(f"number {number}").status_code for number in range(110)]
    assert answers.index(429) >= 99
    assert said(gateway.send(f"{code} he did it again")).startswith("Thank you")
    later = [gateway.send(f"{code} again {number}").status_code for number in range(95)]
    assert later.index(429) >= gates.WORDS.limits.each - 1


def refuse_quietly(**_given: object) -> None:
    raise NobodyListens


@pytest.mark.parametrize("text", ["He hits us \ud83d", "\udc00", "4"])
def test_half_an_emoji_at_the_end_of_a_piece_loses_no_word(gateway: Gateway, desks: Desks, text: str) -> None:
    assert gateway.send(text).status_code == 200
    assert how_many() == 1
