"""What a phone sends is posted whole, or kept with the rule that stands in the way; nothing blocks what comes after."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from omsorg.kernel.models import Trace
from omsorg.kernel.wall import as_house, in_name_of
from omsorg.savings.actions import receiving
from omsorg.savings.actions.receiving import receive
from omsorg.savings.example.meetings import Phone, public, signed
from omsorg.savings.models import (
    Balance,
    Device,
    Fork,
    Group,
    GroupState,
    LaterOutcome,
    Meeting,
    MemberKey,
    Posting,
    Received,
    Transaction,
)
from omsorg.savings.queries.door import Answer
from omsorg.savings.rules.broken import Broken
from omsorg.savings.rules.canonical import canonical, fingerprint
from omsorg.savings.rules.state import State
from world import World, make_world

from .cast import AT, founded

Envelope = dict[str, Any]


def send(envelope: Envelope | bytes) -> Answer:
    """As the phone itself sends it: in nobody's name."""
    raw = envelope if isinstance(envelope, bytes) else json.dumps(envelope).encode()
    with in_name_of(None, day=AT.date()):
        return receive(envelope=raw, by=None, at=AT)


@pytest.fixture
def phone(world: World) -> Phone:
    phone = Phone()
    founded(world, phone)
    return phone


def kept() -> tuple[int, int, int, int, int]:
    """How much is kept: envelopes, meetings, transactions, postings, and the number of the newest meeting."""
    with as_house():
        counted = [model.objects.count() for model in (Received, Meeting, Transaction, Posting)]
        return *counted, GroupState.objects.get().seq  # type: ignore[return-value]


def as_in_the_book(phone: Phone) -> None:
    """The accounts and the state of the group are those of its phone."""
    with as_house():
        balances = {each.account: int(each.amount) for each in Balance.objects.exclude(amount=0)}
        state = GroupState.objects.get()
    assert balances == {account: amount for account, amount in phone.state.balances.items() if amount}
    assert (state.seq, state.head) == (phone.state.seq, phone.state.head)
    if state.state:
        assert State.from_json(json.loads(state.state)) == phone.state


def test_meetings_are_posted_one_after_the_other(phone: Phone) -> None:
    for _meeting in range(6):
        assert send(phone.meet()).outcome == "posted"
    envelopes, meetings, transactions, postings, seq = kept()
    assert (envelopes, meetings, seq) == (6, 6, 6)
    assert postings == 2 * transactions
    as_in_the_book(phone)
    with as_house():
        assert list(Trace.objects.filter(verb="receive").values_list("actor", flat=True)) == [None] * 6
        newest = Received.objects.get(seq=6)
        assert fingerprint(newest.document.encode()) == newest.hash == phone.state.head


def test_sent_twice_it_is_counted_once_and_answered_as_before(phone: Phone) -> None:
    envelope = phone.meet()
    first = send(envelope)
    before = kept()
    second = send(envelope)
    others = phone.sealed(json.loads(envelope["document"]), signers=(20, 19, 18))
    third = send(others)
    assert (first.again, second.again, third.again) == (False, True, True)
    assert {answer.received for answer in (first, second, third)} == {first.received}
    assert (second.outcome, third.outcome) == ("posted", "posted")
    assert kept() == before


def tampered(envelope: Envelope, phone: Phone) -> Envelope:
    return {**envelope, "document": envelope["document"].replace("Member 7", "Member 8", 1)}


def rewritten(envelope: Envelope, phone: Phone) -> Envelope:
    """Tampered with a hash that fits: only the signatures tell."""
    changed = tampered(envelope, phone)
    return {**changed, "hash": fingerprint(changed["document"].encode())}


def spaced(envelope: Envelope, phone: Phone) -> Envelope:
    text = envelope["document"] + " "
    return {**envelope, "document": text, "hash": fingerprint(text.encode())}


def by_another_key(envelope: Envelope, phone: Phone) -> Envelope:
    other = Phone(2).secrets[18]
    one, *rest = envelope["signatures"]
    return {
        **envelope,
        "signatures": [{**one, "signature": signed(other, envelope["document"].encode())}, *rest],
    }


def with_document(**changes: Any) -> Callable[[Envelope, Phone], Envelope]:
    return lambda envelope, phone: phone.sealed({**json.loads(envelope["document"]), **changes})


def with_signatures(change: Callable[[list[Any]], list[Any]]) -> Callable[[Envelope, Phone], Envelope]:
    return lambda envelope, phone: {**envelope, "signatures": change(envelope["signatures"])}


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        (tampered, "hash"),
        (rewritten, "signature"),
        (spaced, "canonical"),
        (by_another_key, "signature"),
        (with_signatures(lambda s: s[:2]), "signatures"),
        (with_signatures(lambda s: [s[0], s[0], s[1]]), "signed-twice"),
        (with_signatures(lambda s: [{**s[0], "key": str(Phone(2).group)}, *s[1:]]), "key-unknown"),
        (with_signatures(lambda s: [{**s[0], "member": 1}, *s[1:]]), "key-unknown"),
        (with_signatures(lambda s: [{**s[0], "signature": "AAAA"}, *s[1:]]), "signature"),
        (with_document(device=str(Phone(2).device)), "device"),
        (with_document(pen=2), "device"),
        (with_document(seq=0), "format"),
        (with_document(prev="x"), "format"),
    ],
)
def test_what_is_not_genuine_is_refused_kept_and_stands_in_nobodys_way(
    phone: Phone, change: Callable[[Envelope, Phone], Envelope], rule: str
) -> None:
    envelope = phone.meet()
    wrong = change(envelope, phone)
    answer = send(wrong)
    assert (answer.outcome, answer.rule, answer.again) == ("refused", rule, False)
    again = send(wrong)
    assert (again.received, again.outcome, again.rule, again.again) == (answer.received, "refused", rule, True)
    with as_house():
        assert Received.objects.get().document == wrong["document"]
    assert send(envelope).outcome == "posted"
    as_in_the_book(phone)


@pytest.mark.parametrize(
    ("raw", "rule"),
    [
        (b"", "envelope"),
        (b"[" * 100_000, "envelope"),
        (b'{"document": 1, "hash": "x", "signatures": []}', "envelope"),
        (json.dumps({"document": "\0", "hash": "0" * 64, "signatures": []}).encode(), "envelope"),
        (json.dumps({"document": "\ud800", "hash": "0" * 64, "signatures": []}).encode(), "envelope"),
        (json.dumps({"document": "{}", "hash": "0" * 64, "signatures": []}).encode(), "format"),
        (json.dumps({"document": "[" * 90_000, "hash": "0" * 64, "signatures": []}).encode(), "format"),
        (json.dumps(Phone(7).meet()).encode(), "group-unknown"),
        (b" " * 600_000, "too-large"),
    ],
)
def test_what_cannot_be_said_whose_it_is_is_left_with_its_sender(phone: Phone, raw: bytes, rule: str) -> None:
    with pytest.raises(Broken) as refused:
        send(raw)
    assert refused.value.rule == rule
    assert kept() == (0, 0, 0, 0, 0)


def line_at(lines: list[dict[str, Any]], kind: str) -> int:
    return next(at for at, line in enumerate(lines) if line["kind"] == kind)


def without_n(document: dict[str, Any]) -> list[dict[str, Any]]:
    return [{name: value for name, value in line.items() if name != "n"} for line in document["lines"]]


def changed_line(kind: str, **changes: Any) -> Callable[[Phone], Envelope]:
    """The ordinary next meeting, with one line of this kind changed."""

    def sealed(phone: Phone) -> Envelope:
        lines = without_n(phone.next_document())
        at = line_at(lines, kind)
        lines[at] = {**lines[at], **changes}
        return phone.sealed(phone.next_document(lines))

    return sealed


def spends_too_much(phone: Phone) -> Envelope:
    lines = without_n(phone.next_document())
    at = line_at(lines, "share_buy")
    lines.insert(at, {"kind": "expense", "fund": "loan", "amount": "900000000", "what": "a bell"})
    return phone.sealed(phone.next_document(lines))


@pytest.mark.parametrize(
    ("wrong", "rule"),
    [
        (lambda phone: phone.sealed({**phone.next_document(), "prev": "1" * 64}), "chain"),
        (lambda phone: phone.sealed({**phone.next_document(), "cycle": 2}), "cycle"),
        (spends_too_much, "not-enough-cash"),
        (changed_line("share_buy", shares=6), "shares"),
        (changed_line("loan_out", amount="90000000"), "loan-not-asked"),
        (lambda phone: phone.sealed(phone.next_document(), signers=(1, 18, 19)), "signer"),
    ],
)
def test_a_meeting_that_breaks_a_rule_is_kept_unposted_with_the_rule_and_its_line(
    phone: Phone, wrong: Callable[[Phone], Envelope], rule: str
) -> None:
    for _meeting in range(3):
        send(phone.meet())
    before = kept()
    answer = send(wrong(phone))
    assert (answer.outcome, answer.rule) == ("broken", rule)
    assert kept() == (before[0] + 1, *before[1:])
    with as_house():
        held = Received.objects.get(pk=answer.received)
    assert (held.rule, held.line, json.loads(held.facts)) == (rule, answer.line, answer.facts)
    assert send(phone.meet()).outcome == "posted"  # the meeting held again, as it should have been
    as_in_the_book(phone)


def test_a_loan_above_the_limit_is_kept_unposted(phone: Phone) -> None:
    for _meeting in range(3):
        send(phone.meet())
    lines = without_n(phone.next_document())
    for kind in ("loan_request", "loan_out"):
        at = line_at(lines, kind)
        lines[at] = {**lines[at], "amount": "90000000"}
    answer = send(phone.sealed(phone.next_document(lines)))
    assert (answer.outcome, answer.rule, answer.line) == ("broken", "loan-limit", line_at(lines, "loan_out") + 1)


def test_nothing_is_written_into_a_cycle_that_is_closed(phone: Phone) -> None:
    send(phone.meet())
    phone.state.closed = True
    with as_house():
        state = GroupState.objects.get()
        state.state = canonical(phone.state.to_json()).decode()
        state.save()
    answer = send(phone.sealed(phone.next_document()))
    assert (answer.outcome, answer.rule) == ("broken", "cycle-closed")


def test_a_line_that_is_countered_is_held_against_what_was_posted(phone: Phone) -> None:
    first = phone.meet()
    send(first)
    fine = next(line for line in json.loads(first["document"])["lines"] if line["kind"] == "social_in")
    lines = without_n(phone.next_document())
    at = line_at(lines, "share_buy")
    reversal = {"kind": "reversal_of", "meeting": 1, "line": fine["n"], "reason": "paid twice", "of": fine}

    def with_it(of: dict[str, Any]) -> Envelope:
        written = [*lines[:at], {**reversal, "of": of}, *lines[at:]]
        closing = max(n for n, line in enumerate(written) if line["kind"] == "counted" and line["fund"] == "social")
        amount = int(written[closing]["amount"]) - int(of["amount"])
        written[closing] = {**written[closing], "amount": str(amount)}
        return phone.sealed(phone.next_document(written))

    wrong = send(with_it({**fine, "amount": "100000"}))
    assert (wrong.outcome, wrong.rule, wrong.line) == ("broken", "reversal", at + 1)
    assert send(with_it(fine)).outcome == "posted"


def test_a_gap_waits_and_is_posted_by_itself_when_it_is_filled(phone: Phone) -> None:
    one, two, three, four = (phone.meet() for _meeting in range(4))
    assert [send(each).outcome for each in (three, four, one)] == ["waiting", "waiting", "posted"]
    assert kept()[1] == 1
    assert send(two).outcome == "posted"
    assert kept()[:2] == (4, 4)
    as_in_the_book(phone)
    answer = send(three)
    assert (answer.outcome, answer.rule, answer.again) == ("posted", "", True)
    with as_house():
        assert LaterOutcome.objects.filter(outcome="posted").count() == 2


def test_two_meetings_of_one_number_are_both_kept_and_neither_is_merged(phone: Phone) -> None:
    send(phone.meet())
    other = phone.sealed(phone.next_document(clock={"began": "", "sealed": "", "monotonic_ms": 1}))
    assert send(phone.meet()).outcome == "posted"
    before = kept()
    answer = send(other)
    assert (answer.outcome, answer.rule) == ("forked", "fork")
    later = send(phone.meet())
    assert (later.outcome, later.rule) == ("waiting", "fork-open")
    assert kept() == (before[0] + 2, *before[1:])
    with as_house():
        fork = Fork.objects.get()
        assert {fork.one.outcome, fork.other.outcome} == {"posted", "forked"}
    assert send(other).again


def test_of_two_that_wait_with_one_number_neither_is_posted(phone: Phone) -> None:
    first = phone.meet()
    other = phone.sealed(phone.next_document(clock={"began": "", "sealed": "", "monotonic_ms": 1}))
    second = phone.meet()
    assert [send(each).outcome for each in (second, other, first)] == ["waiting", "forked", "waiting"]
    assert send(second).outcome == "forked"
    assert kept()[1] == 0


def test_what_waited_with_wrong_signers_is_posted_when_the_right_ones_sign(phone: Phone) -> None:
    first = phone.meet()
    two = phone.next_document()
    assert send(phone.sealed(two, signers=(1, 18, 19))).outcome == "waiting"
    assert send(first).outcome == "posted"
    with as_house():
        assert LaterOutcome.objects.get().rule == "signer"
    assert send(phone.sealed(two)).outcome == "posted"


def test_what_follows_a_broken_meeting_waits(phone: Phone) -> None:
    send(phone.meet())
    broken = phone.next_document(cycle=2)
    assert send(phone.sealed(broken)).outcome == "broken"
    after = phone.next_document(seq=2, prev=fingerprint(canonical(broken)), id=str(Phone(9).group))
    answer = send(phone.sealed(after))
    assert (answer.outcome, answer.rule) == ("waiting", "branch")
    assert send(phone.meet()).outcome == "forked"  # number two is there twice now


def test_the_old_phone_is_refused_from_the_meeting_on_where_the_pen_moved(world: World) -> None:
    phone = Phone()
    group = founded(world, phone)
    one, two = phone.meet(), phone.meet()
    send(one)
    with as_house():
        Device.objects.create(group=group, uuid=Phone(3).device, pen=2, from_seq=2, why="lost", at=AT)
    answer = send(two)
    assert (answer.outcome, answer.rule) == ("refused", "pen-moved")
    moved = {**json.loads(two["document"]), "device": str(Phone(3).device), "pen": 2}
    assert send(phone.sealed(moved)).outcome == "posted"


def test_a_key_counts_for_the_meetings_it_is_in_force_for(world: World) -> None:
    phone = Phone()
    group = founded(world, phone)
    with as_house():
        MemberKey.objects.create(
            group=group, uuid=Phone(3).group, member=17, public=public(Phone(3).secrets[18]), from_seq=2, at=AT
        )
    envelope = phone.meet()
    text = envelope["document"].encode()
    late = {"member": 17, "key": str(Phone(3).group), "signature": signed(Phone(3).secrets[18], text)}
    answer = send({**envelope, "signatures": [late, *envelope["signatures"][:2]]})
    assert (answer.outcome, answer.rule) == ("refused", "key-unknown")


def test_what_is_killed_between_leaves_nothing_and_is_posted_when_sent_again(
    phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    envelope = phone.meet()

    def killed(*_given: Any, **_named: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(receiving, "Answer", killed)
        with pytest.raises(KeyboardInterrupt):
            send(envelope)
    assert kept() == (0, 0, 0, 0, 0)
    answer = send(envelope)
    assert (answer.outcome, answer.again) == ("posted", False)
    as_in_the_book(phone)


def test_of_the_same_meeting_sent_by_four_at_once_one_is_posted(own_database: str) -> None:
    world, phone = make_world(), Phone()
    founded(world, phone)
    gate = Barrier(4)

    def one(envelope: Envelope) -> Answer:
        try:
            gate.wait()
            return send(envelope)
        finally:
            connection.close()

    same, next_one = phone.meet(), phone.meet()
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(one, [same, same, next_one, next_one]))
    assert sum(not answer.again for answer in answers) == 2
    assert kept()[:2] == (2, 2)
    as_in_the_book(phone)
    with as_house():
        assert Group.objects.count() == 1
