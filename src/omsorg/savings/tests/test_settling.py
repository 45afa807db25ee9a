"""Two meetings with one number: three key-holders decide; nothing posted changes, and nothing is dropped."""

import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from omsorg.federation.access import NotAllowed
from omsorg.kernel.models import Trace
from omsorg.kernel.wall import as_house, in_name_of
from omsorg.savings.actions.settling import Settled, settle
from omsorg.savings.checks import papers_hold
from omsorg.savings.example.meetings import HOLDERS, Phone
from omsorg.savings.models import Balance, Group, LaterOutcome, Meeting, Received, Settlement
from omsorg.savings.queries.groups import open_documents
from omsorg.savings.queries.meetings import standing_of
from omsorg.savings.rules.broken import Broken
from omsorg.savings.rules.canonical import fingerprint
from omsorg.savings.rules.meeting import apply_written
from omsorg.savings.rules.settling import decision_document
from world import World, make_world

from .cast import AT, founded, one_more
from .test_pages import page, signed_in
from .test_pages import url as group_url
from .test_receiving import send

Envelope = dict[str, Any]


@pytest.fixture
def phone(world: World) -> Phone:
    phone = Phone()
    founded(world, phone)
    return phone


def other_lines(phone: Phone, shares: int = 2, **changes: Any) -> Envelope:
    """A meeting of another phone with the number that comes next: member 1 saved otherwise, and the box says so."""
    document = phone.next_document()
    saved = 0
    for line in document["lines"]:
        if line["kind"] == "share_buy" and line["member"] == 1:
            saved, line["shares"] = shares - line["shares"], shares
        if line["kind"] == "counted" and line["fund"] == "loan" and line["when"] == "closing":
            line["amount"] = str(int(line["amount"]) + saved * 200000)
    document["clock"] = {**document["clock"], "monotonic_ms": 1}
    return phone.sealed({**document, **changes})


def two_phones(phone: Phone, shares: int = 5) -> tuple[Envelope, Envelope]:
    """Both hold meeting 2; the second has other lines. The phone goes on from the first."""
    send(phone.meet())
    other = other_lines(phone, shares)
    return phone.meet(), other


def decision(phone: Phone, seq: int, kept: str, *lost: str, signers: Sequence[int] = HOLDERS) -> bytes:
    return json.dumps(phone.sealed(decision_document(str(phone.group), seq, kept, lost), signers)).encode()


def settled(raw: bytes) -> Settled:
    with in_name_of(None, day=AT.date()):
        return settle(envelope=raw, by=None, at=AT)


def standing(envelope: Envelope) -> str:
    with as_house():
        return standing_of(Received.objects.get(hash=envelope["hash"])).outcome


def money() -> dict[str, int]:
    with as_house():
        return {each.account: int(each.amount) for each in Balance.objects.exclude(amount=0)}


def test_the_posted_one_counts_and_what_waited_behind_it_goes_on(phone: Phone) -> None:
    first, other = two_phones(phone)
    assert send(first).outcome == "posted"
    assert send(other).outcome == "forked"
    third = phone.meet()
    assert send(third).outcome == "waiting"
    answer = settled(decision(phone, 2, first["hash"], other["hash"]))
    assert (standing(first), standing(other), standing(third)) == ("posted", "lost", "posted")
    assert answer.draft["counter"] == []
    assert [(line["kind"], line["member"], line["shares"]) for line in answer.draft["enter"]] == [("share_buy", 1, 5)]
    assert send(phone.meet()).outcome == "posted"
    assert money() == {account: amount for account, amount in phone.state.balances.items() if amount}
    assert send(other).outcome == "lost"


def test_the_other_one_counts_and_the_posted_one_is_countered_in_a_later_meeting(phone: Phone) -> None:
    """What is posted stays; the draft, taken into the next meeting, leaves member 1 with what truly was saved."""
    first, other = two_phones(phone, shares=5)
    send(first)
    send(other)
    before = money()
    answer = settled(decision(phone, 2, other["hash"], first["hash"]))
    assert (standing(first), standing(other)) == ("posted", "lost")
    assert money() == before
    with as_house():
        assert Meeting.objects.filter(seq=2).get().received.hash == first["hash"]
    draft = answer.draft
    assert [line["of"]["kind"] for line in draft["counter"]] == ["share_buy"]
    assert draft["by_hand"] == []
    saved = phone.state.members[1].shares
    document = phone.next_document()
    lines = [line for line in document["lines"] if not (line["kind"] == "share_buy" and line["member"] == 1)]
    gone = next(line for line in document["lines"] if line["kind"] == "share_buy" and line["member"] == 1)
    change = draft["enter"][0]["shares"] - draft["counter"][0]["of"]["shares"] - gone["shares"]
    at = next(n for n, line in enumerate(lines) if line["kind"] == "counted" and line["fund"] == "loan") + 1
    lines[at:at] = [*draft["counter"], *draft["enter"]]
    lines[-1] = {**lines[-1], "amount": str(int(lines[-1]["amount"]) + change * 200000)}
    next_one = phone.next_document([{k: v for k, v in line.items() if k != "n"} for line in lines])
    envelope = phone.sealed(next_one)
    assert send(envelope).outcome == "posted"
    state = apply_written(phone.state, next_one, envelope["hash"]).state
    assert state.members[1].shares == saved - 2 + 5
    assert money() == {account: amount for account, amount in state.balances.items() if amount}


def test_what_stands_behind_the_lost_one_is_lost_with_it_and_told_why_whenever_it_comes(phone: Phone) -> None:
    first, other = two_phones(phone)
    second_phone = Phone()
    second_phone.state = apply_written(after_one(phone), json.loads(other["document"]), other["hash"]).state
    behind, much_later = second_phone.meet(), second_phone.meet()
    third = phone.meet()
    send(first)
    send(other)
    assert send(behind).outcome == "waiting"
    assert send(third).outcome == "forked"
    settled(decision(phone, 2, first["hash"], other["hash"]))
    assert (standing(behind), standing(third)) == ("lost", "posted")
    late = send(much_later)
    assert (late.outcome, late.rule) == ("lost", "behind-lost")
    assert send(phone.meet()).outcome == "posted"
    with as_house():
        assert open_documents(Group.objects.get(), phone.state.seq) == []


def after_one(phone: Phone) -> Any:
    """Where a second phone stood after meeting 1."""
    fresh = Phone()
    fresh.meet()
    return fresh.state


def test_where_neither_is_posted_the_one_that_counts_waits_for_its_turn(phone: Phone) -> None:
    send(phone.meet())
    gap = phone.meet()
    other = other_lines(phone)
    third, fourth = phone.meet(), phone.meet()
    for envelope, outcome in ((third, "waiting"), (other, "forked"), (fourth, "waiting")):
        assert send(envelope).outcome == outcome
    settled(decision(phone, 3, third["hash"], other["hash"]))
    assert (standing(third), standing(other), standing(fourth)) == ("waiting", "lost", "waiting")
    assert send(third).rule == "gap"
    assert send(gap).outcome == "posted"
    assert (standing(third), standing(fourth)) == ("posted", "posted")


def test_three_meetings_with_one_number_are_all_named(phone: Phone) -> None:
    first, other = two_phones(phone)
    third = phone.sealed({**json.loads(other["document"]), "held_on": "2026-01-13"})
    for envelope in (first, other, third):
        send(envelope)
    with pytest.raises(Broken, match="fork-named"):
        settled(decision(phone, 2, first["hash"], other["hash"]))
    settled(decision(phone, 2, first["hash"], other["hash"], third["hash"]))
    assert [standing(each) for each in (first, other, third)] == ["posted", "lost", "lost"]


def test_a_third_that_comes_after_the_decision_is_not_decided_by_it(phone: Phone) -> None:
    first, other = two_phones(phone)
    send(first)
    send(other)
    settled(decision(phone, 2, first["hash"], other["hash"]))
    third = phone.sealed({**json.loads(other["document"]), "held_on": "2026-01-13"})
    assert send(third).outcome == "forked"
    assert send(phone.meet()).outcome == "waiting"
    with pytest.raises(Broken, match="fork-named"):
        settled(decision(phone, 2, third["hash"], other["hash"]))
    settled(decision(phone, 2, first["hash"], third["hash"]))
    assert (standing(third), send(phone.meet()).outcome) == ("lost", "posted")


def test_the_same_decision_twice_is_one_and_another_one_is_refused(phone: Phone) -> None:
    first, other = two_phones(phone)
    send(first)
    send(other)
    raw = decision(phone, 2, first["hash"], other["hash"])
    one, two = settled(raw), settled(raw)
    assert (one.again, two.again) == (False, True)
    assert one.draft == two.draft
    with pytest.raises(Broken, match="no-fork"):
        settled(decision(phone, 2, other["hash"], first["hash"]))
    with as_house():
        assert Settlement.objects.count() == 1
        assert Trace.objects.filter(verb="settle").count() == 1


@pytest.mark.parametrize(
    ("signers", "rule"),
    [((18, 19), "signatures"), ((1, 18, 19), "signer"), ((18, 19, 19), "signed-twice")],
)
def test_without_three_key_holders_nothing_is_decided(phone: Phone, signers: Sequence[int], rule: str) -> None:
    first, other = two_phones(phone)
    send(first)
    send(other)
    with pytest.raises(Broken, match=rule):
        settled(decision(phone, 2, first["hash"], other["hash"], signers=signers))
    assert standing(other) == "forked"


def rewritten(envelope: Envelope, old: str, new: str) -> Envelope:
    """With a fingerprint that fits: only its shape, or the signatures, tell."""
    text = envelope["document"].replace(old, new)
    return {**envelope, "document": text, "hash": fingerprint(text.encode())}


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        (lambda e: {**e, "hash": "0" * 64}, "hash"),
        (lambda e: {**e, "document": e["document"] + " "}, "canonical"),
        (lambda e: rewritten(e, '"settles":2', '"settles":true'), "format"),
        (lambda e: rewritten(e, '"lost":[', '"lost":["x",'), "format"),
        (lambda e: rewritten(e, '"settles":2', '"settles":3'), "signature"),
        (lambda e: {**e, "document": "[]"}, "format"),
        (lambda e: {**e, "document": 5}, "envelope"),
        (lambda e: {**e, "more": 5}, "envelope"),
        (lambda e: {**e, "signatures": [{}] * 3}, "envelope"),
        (lambda e: {**e, "more": "x" * 20000}, "too-large"),
        (lambda e: {**e, "signatures": Phone(2).sealed({}, HOLDERS)["signatures"]}, "key-unknown"),
    ],
)
def test_what_was_tampered_with_decides_nothing(phone: Phone, change: Any, rule: str) -> None:
    first, other = two_phones(phone)
    send(first)
    send(other)
    envelope = json.loads(decision(phone, 2, first["hash"], other["hash"]))
    with pytest.raises(Broken, match=rule):
        settled(json.dumps(change(envelope)).encode())
    with as_house():
        assert not Settlement.objects.exists()


def test_of_a_group_that_nobody_knows_and_of_a_number_borne_once_nothing_is_decided(phone: Phone) -> None:
    first, _other = two_phones(phone)
    send(first)
    with pytest.raises(Broken, match="group-unknown"):
        settled(decision(Phone(5), 2, "a" * 64, "b" * 64))
    with pytest.raises(Broken, match="no-fork"):
        settled(decision(phone, 2, first["hash"], "b" * 64))


def test_the_officer_hands_it_in_and_one_of_another_country_does_not(world: World, phone: Phone) -> None:
    first, other = two_phones(phone)
    send(first)
    send(other)
    raw = decision(phone, 2, first["hash"], other["hash"])
    place = next(key for key in world.org if key not in ("tanzania", "arusha", "africa", "international"))
    stranger, officer = (
        one_more(world, "away", "savings_field_officer", place),
        one_more(world, "near", "savings_field_officer", "tanzania"),
    )
    reader = one_more(world, "reader", "savings_reader", "tanzania")
    with as_house():
        group = Group.objects.get()
    for nobody in (stranger, reader):
        with in_name_of(nobody.person_id, day=AT.date()), pytest.raises(NotAllowed):
            settle(envelope=raw, by=nobody, at=AT, group=group)
    with in_name_of(officer.person_id, day=AT.date()):
        settle(envelope=raw, by=officer, at=AT, group=group)
    with as_house():
        assert Settlement.objects.get().by_id == officer.person_id


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE savings_settlement SET seq = 9",
        "DELETE FROM savings_settlement",
        "INSERT INTO savings_settlement SELECT 99, seq, document, repeat('c', 64), signatures, at, by_id, group_id,"
        " kept_id, posted_id FROM savings_settlement",
        "SELECT savings_settle(group_id, seq, 'a', '{b}', document, hash, signatures, 'lost', 'behind-lost', '{}',"
        " NULL, now()) FROM savings_settlement",
    ],
)
def test_the_database_lets_nobody_change_a_decision_or_make_one_up(phone: Phone, statement: str) -> None:
    first, other = two_phones(phone)
    send(first)
    send(other)
    settled(decision(phone, 2, first["hash"], other["hash"]))
    with as_house(), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    with as_house():
        assert Settlement.objects.get().seq == 2


def test_two_decisions_at_once_leave_one(own_database: str) -> None:
    phone = Phone()
    founded(make_world(), phone)
    first, other = two_phones(phone)
    send(first)
    send(other)
    raws = [decision(phone, 2, first["hash"], other["hash"]), decision(phone, 2, other["hash"], first["hash"])]
    barrier = Barrier(2)

    def one(raw: bytes) -> str:
        try:
            barrier.wait()
            settled(raw)
        except Broken as broken:
            return broken.rule
        finally:
            connection.close()
        return "settled"

    with ThreadPoolExecutor(2) as threads:
        assert sorted(threads.map(one, raws)) == ["no-fork", "settled"]
    with as_house():
        assert Settlement.objects.count() == 1
        assert LaterOutcome.objects.filter(outcome="lost").count() == 1


def test_the_phone_is_told_what_comes_back(phone: Phone) -> None:
    first, other = two_phones(phone)
    send(first)
    send(other)
    raw = decision(phone, 2, first["hash"], other["hash"])
    post = Client().post
    answer = post("/savings/machine/settlements/", raw, content_type="application/json")
    assert answer.status_code == 200
    assert answer.json()["draft"]["enter"][0]["shares"] == 5
    refused = post(
        "/savings/machine/settlements/", decision(phone, 3, "a" * 64, "b" * 64), content_type="application/json"
    )
    assert (refused.status_code, refused.json()["rule"]) == (422, "no-fork")
    told = post("/savings/machine/meetings/", json.dumps(other), content_type="application/json").json()
    assert (told["standing"], told["rule"]) == ("lost", "lost")


def test_the_page_lays_both_side_by_side_and_takes_the_signed_decision(world: World, phone: Phone) -> None:
    first, other = two_phones(phone)
    send(first)
    send(other)
    client = signed_in(world, "visitor")
    where = f"{group_url(phone)}decide/2/"
    assert f'href="{where}"' in page(client, group_url(phone))
    said = page(client, where)
    assert first["hash"][:8] in said
    assert other["hash"][:8] in said
    wrong = client.post(
        where, {"decision": decision(phone, 2, first["hash"], other["hash"], signers=(18, 19)).decode()}
    )
    assert "Three key-holders must sign." in wrong.content.decode()
    done = client.post(where, {"decision": decision(phone, 2, first["hash"], other["hash"]).decode()})
    assert done.status_code == 302
    said = page(client, done.url)
    assert "members 18, 19, 20" in said
    assert "Bought stamps" in said
    assert client.get(f"{done.url}draft.json").status_code == 404
    with as_house():
        Group.objects.update(figures_opened=True)
    assert client.get(f"{done.url}draft.json").json()["enter"][0]["shares"] == 5
    assert client.get(where).status_code == 404
    assert f'href="{done.url}"' in page(client, group_url(phone))


@pytest.mark.parametrize(("role", "at"), [("savings_field_officer", "kenya"), ("savings_reader", "tanzania")])
def test_to_others_there_is_nothing_to_decide(world: World, phone: Phone, role: str, at: str) -> None:
    first, other = two_phones(phone)
    send(first)
    send(other)
    raw = decision(phone, 2, first["hash"], other["hash"]).decode()
    if at not in world.org:
        at = next(key for key in world.org if key not in ("tanzania", "arusha", "africa", "international"))
    client = signed_in(world, "other", role, at)
    where = f"{group_url(phone)}decide/2/"
    assert client.get(where).status_code == 404
    assert client.post(where, {"decision": raw}).status_code == 404
    with as_house():
        Group.objects.update(figures_opened=True)
        assert not Settlement.objects.exists()
    assert client.post(where, {"decision": raw}).status_code in (403, 404)
    with as_house():
        assert not Settlement.objects.exists()


def test_a_decision_whose_signatures_do_not_hold_is_told_each_night(phone: Phone) -> None:
    """Whoever gets past the program cannot sign: the database has no curve, the check has."""
    first, other = two_phones(phone)
    send(first)
    send(other)
    envelope = json.loads(decision(phone, 2, first["hash"], other["hash"]))
    with as_house(), connection.cursor() as cursor:
        assert papers_hold().wrong == ()
        cursor.execute(
            "SELECT savings_settle(g.id, 2, %s, %s::text[], %s, %s, %s, 'lost', 'behind-lost', '{}', NULL, now())"
            " FROM savings_group g",
            [first["hash"], "{" + other["hash"] + "}", envelope["document"], envelope["hash"], "[]"],
        )
        assert papers_hold().wrong != ()
