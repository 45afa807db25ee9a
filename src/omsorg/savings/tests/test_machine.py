"""A group's phone hands in its sealed meetings over HTTP, and a new phone gets them back."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client

from omsorg.kernel.wall import as_house
from omsorg.savings.actions import receiving
from omsorg.savings.example.meetings import Phone, signed
from omsorg.savings.models import Device, Meeting, Received
from omsorg.savings.rules.canonical import canonical, fingerprint
from omsorg.savings.views import machine
from world import World, make_world

from .cast import AT, founded

MEETINGS, KEPT = "/savings/machine/meetings/", "/savings/machine/kept/"


def post(said: Any, path: str = MEETINGS, **headers: str) -> tuple[int, Any]:
    body = said if isinstance(said, bytes) else json.dumps(said, ensure_ascii=False).encode()
    answer = Client(enforce_csrf_checks=True).post(path, body, content_type="application/json", headers=headers)
    assert answer["Cache-Control"] == "no-store"
    return answer.status_code, answer.json()


@pytest.fixture
def phone(world: World) -> Phone:
    phone = Phone()
    founded(world, phone)
    return phone


def changed(envelope: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {**envelope, **changes}


def test_a_phone_without_an_account_hands_in_a_meeting_and_learns_what_is_kept(phone: Phone) -> None:
    envelope = phone.meet()
    status, told = post(envelope)
    assert status == 200
    assert told == {
        "hash": envelope["hash"],
        "standing": "posted",
        "head": {"seq": 1, "hash": envelope["hash"]},
    }
    with as_house():
        assert Received.objects.get().document == envelope["document"]


def test_thirty_days_later_the_same_is_answered_as_before_and_counted_once(phone: Phone) -> None:
    envelope = phone.meet()
    with time_machine.travel(AT, tick=False):
        first = post(envelope)
    with time_machine.travel(AT + timedelta(days=30), tick=False):
        assert post(envelope) == first
    with as_house():
        assert (Received.objects.count(), Meeting.objects.count()) == (1, 1)


def test_one_that_is_refused_stands_in_no_others_way(phone: Phone) -> None:
    one, two = phone.meet(), phone.meet()
    text = one["document"].replace("Member 7", "Member 8", 1)
    stranger, nobodys = Phone(2), Phone(3).meet()
    foreign = phone.sealed({**json.loads(one["document"]), "device": str(stranger.device)})
    sent = [changed(one, document=text), "nonsense", nobodys, foreign, one, two]
    status, told = post({"envelopes": sent})
    assert status == 200
    assert [(each["standing"], each.get("rule")) for each in told["answers"]] == [
        ("not-posted", "hash"),
        ("not-kept", "envelope"),
        ("not-kept", "group-unknown"),
        ("not-posted", "device"),
        ("posted", None),
        ("posted", None),
    ]
    assert told["answers"][3]["sentence"] == "This phone does not write for this group."
    assert "head" not in told["answers"][3]
    assert told["answers"][-1]["head"] == {"seq": 2, "hash": phone.state.head}


def test_a_phone_whose_pen_moved_is_told_so_in_its_language(world: World) -> None:
    phone = Phone()
    group = founded(world, phone)
    with as_house():
        Device.objects.create(group=group, uuid=Phone(3).device, pen=2, from_seq=1, why="lost", at=AT)
    status, told = post(phone.meet(), **{"accept-language": "sw-TZ,en;q=0.5"})
    assert (status, told["standing"], told["rule"]) == (200, "not-posted", "pen-moved")
    assert told["sentence"] != "Another phone writes for the group since then."


def test_what_waits_and_what_is_there_twice_is_told_apart(phone: Phone) -> None:
    one = phone.meet()
    other = phone.sealed(phone.next_document(clock={"began": "", "sealed": "", "monotonic_ms": 1}))
    two, three = phone.meet(), phone.meet()
    told = [post(each)[1] for each in (three, one, two, other)]
    assert [(each["standing"], each["head"]["seq"]) for each in told] == [
        ("waiting", 0),
        ("posted", 1),
        ("posted", 3),
        ("fork", 3),
    ]
    assert told[0]["sentence"] == "It waits for meeting 1, which has not come yet."


def test_text_of_any_writing_comes_in_byte_for_byte(phone: Phone) -> None:
    phone.meet()
    lines = [{**line, "name": "أمينة 🐐"} if line["kind"] == "member_in" else line for line in first_of(phone)]
    other = Phone()
    envelope = other.meet(lines)
    assert post(envelope)[1]["standing"] == "posted"
    with as_house():
        assert fingerprint(Received.objects.get().document.encode()) == envelope["hash"]


def first_of(phone: Phone) -> list[dict[str, Any]]:
    lines = Phone().next_document()["lines"]
    return [{name: value for name, value in line.items() if name != "n"} for line in lines]


@pytest.mark.parametrize(
    ("body", "status", "rule"),
    [
        (b"{", 422, "envelope"),
        (b"[" * 100_000, 422, "envelope"),
        (b'"\\ud800"', 422, "envelope"),
        (b'{"envelopes": 7}', 422, "envelope"),
        (b'{"document": "\\ud800", "hash": "", "signatures": []}', 422, "envelope"),
        (b'{"hash": 7}', 422, "envelope"),
        (json.dumps({"envelopes": [{}] * 51}).encode(), 413, "too-many-at-once"),
        (b" " * (machine.MOST_BYTES + 1), 413, "too-large"),
        (json.dumps({"document": "x" * 600_000}).encode(), 413, "too-large"),
        (json.dumps(Phone(7).meet()).encode(), 404, "group-unknown"),
    ],
)
def test_what_is_not_taken_stays_on_the_phone_with_what_to_do(
    phone: Phone, body: bytes, status: int, rule: str
) -> None:
    answered, told = post(body)
    assert (answered, told["standing"], told["rule"]) == (status, "not-kept", rule)
    assert told["sentence"]
    assert post(phone.meet())[1]["standing"] == "posted"


def test_who_floods_a_groups_door_turns_none_of_its_meetings_away(
    phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(receiving, "MOST_NOT_GENUINE", 3)
    one, two = phone.meet(), phone.meet()
    false = [changed(one, document=one["document"] + " " * n) for n in range(1, 6)]
    with time_machine.travel(AT, tick=False):
        told = [post(each) for each in false]
        assert [status for status, _said in told] == [200, 200, 200, 429, 429]
        assert told[-1][1]["standing"] == "not-kept"
        assert post(one)[1]["standing"] == "posted"
        assert post({"envelopes": [false[4], two]})[1]["answers"][1]["standing"] == "posted"
    with time_machine.travel(AT + timedelta(days=2), tick=False):
        assert post(false[4])[0] == 200


def test_sent_twice_in_one_moment_it_is_counted_once(own_database: str) -> None:
    phone, gate = Phone(), Barrier(2)
    founded(make_world(), phone)
    envelope = phone.meet()

    def one(_place: int) -> tuple[int, Any]:
        try:
            gate.wait()
            return post(envelope)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(one, range(2))
    assert first == second
    assert first[1]["standing"] == "posted"
    with as_house():
        assert Received.objects.count() == 1


def asked(phone: Phone, signers: tuple[int, ...] = (18, 19, 20), **said: Any) -> dict[str, Any]:
    """As a new phone asks: first for the word, then with the signatures of these members."""
    group = str(phone.group)
    challenge = said.get("challenge") or post({"group": group}, KEPT)[1]["challenge"]
    text = canonical({"asks": "kept", "challenge": challenge, "format": 1, "group": group})
    signatures = [
        {"member": member, "key": str(phone.key_of(member)), "signature": signed(phone.secrets[member], text)}
        for member in signers
    ]
    return {"group": group, "challenge": challenge, "signatures": signatures, **said}


def test_a_new_phone_gets_everything_back_byte_for_byte(phone: Phone) -> None:
    envelopes = [phone.meet() for _meeting in range(23)]
    for each in envelopes:
        post(each)
    ask, found = asked(phone), []
    while told := post(ask, KEPT)[1]["kept"]:
        found += told
        ask["after"] = post(ask, KEPT)[1]["after"]
    assert [each["envelope"] for each in found] == envelopes
    assert {each["standing"] for each in found} == {"posted"}
    assert found[0]["head"] == {"seq": 23, "hash": phone.state.head}


def test_nobody_else_is_told_what_a_group_has(phone: Phone) -> None:
    post(phone.meet())
    of_another = asked(Phone(2))
    for ask, status, rule in (
        (asked(phone, (18, 19)), 422, "signatures"),
        (asked(phone, (1, 18, 19)), 422, "signer"),
        (asked(phone, challenge=of_another["challenge"]), 401, "challenge"),
        ({**asked(phone), "challenge": of_another["challenge"]}, 401, "challenge"),
        (asked(phone, challenge="made-up"), 401, "challenge"),
        ({**asked(phone), "signatures": []}, 422, "signatures"),
        (of_another, 422, "key-unknown"),
        ({**asked(phone), "after": -1}, 422, "envelope"),
    ):
        answered, told = post(ask, KEPT)
        assert (answered, told["rule"]) == (status, rule)
        assert "kept" not in told
    with time_machine.travel(AT, tick=False):
        old = asked(phone)
    with time_machine.travel(AT + timedelta(minutes=16), tick=False):
        assert post(old, KEPT)[0] == 401


def test_the_door_only_takes(client: Client) -> None:
    for path in (MEETINGS, KEPT):
        answer = client.get(path)
        assert (answer.status_code, answer["Allow"]) == (405, "POST")
