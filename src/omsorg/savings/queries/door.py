"""What is asked at the door where sealed meetings come in. The group's row is held until the transaction ends."""

import json
from dataclasses import dataclass
from typing import Any

from django.db import connection

from omsorg.savings.rules.envelope import Envelope
from omsorg.savings.rules.state import State


@dataclass(frozen=True, slots=True)
class Door:
    """A group as it is met: where it stands (`seq`, `head`), and what is known of the phone, the keys and the past.

    `earlier`: the same was received before. `pen_from`: from which meeting on the phone holds this pen, None where
    it never did; `pen_until`: the first meeting of the next pen. `siblings`: other genuine documents of this
    number. `prev_kept`: the document before is here. `next_waits`: one of the next number is, too. `forked`: two
    documents bore one number once; whether people have decided since is asked apart.
    """

    group: int
    constitution: str
    earlier: int | None
    pen_from: int | None
    pen_until: int | None
    seq: int
    head: str
    state: str
    keys: dict[str, tuple[int, str]]
    siblings: list[int]
    prev_kept: bool
    forked: bool
    next_waits: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of an envelope; `again` where it had been received before."""

    received: int
    outcome: str
    rule: str = ""
    line: int | None = None
    facts: dict[str, Any] | None = None
    again: bool = False


@dataclass(frozen=True, slots=True)
class Waiting:
    """A genuine document whose turn may have come."""

    received: int
    text: str
    hash: str
    prev: str
    signers: list[int]


def door_for(envelope: Envelope) -> Door | None:
    """None where nobody knows the group."""
    keys = [signature["key"] for signature in envelope.signatures]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT group_id, constitution, earlier, pen_from, pen_until, seq, head, state, keys, siblings, prev_kept,"
            " forked, next_waits FROM savings_door(%s::uuid, %s::uuid, %s, %s, %s, %s, %s, %s::uuid[])",
            [
                envelope.group,
                envelope.device or None,
                envelope.pen,
                envelope.seq,
                envelope.hash if envelope.said_hash == envelope.hash else "",
                envelope.prev,
                envelope.mark,
                "{" + ",".join(keys) + "}",
            ],
        )
        row = cursor.fetchone()
    if row is None:
        return None
    *said, keys_known, siblings, prev_kept, forked, next_waits = row
    group, constitution, earlier, pen_from, pen_until, seq, head, state = said
    known = {}
    for each in keys_known or ():
        uuid, member, public = each.split(" ")
        known[uuid] = (int(member), public)
    return Door(
        group,
        constitution,
        earlier,
        pen_from,
        pen_until,
        seq,
        head,
        state,
        known,
        siblings or [],
        bool(prev_kept),
        bool(forked),
        bool(next_waits),
    )


def answer_of(received: int) -> Answer:
    """What stands of a received document today."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT outcome, rule, line, facts FROM savings_answer(%s)", [received])
        outcome, rule, line, facts = cursor.fetchone()
    return Answer(received, outcome, rule, line, json.loads(facts), again=True)


def waiting_for(group: int, seq: int) -> list[Waiting]:
    """The genuine documents of this number that wait."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, document, hash, prev, signatures FROM savings_waiting(%s, %s)", [group, seq])
        rows = cursor.fetchall()
    return [
        Waiting(received, text, hashed, prev, [each["member"] for each in json.loads(signatures)])
        for received, text, hashed, prev, signatures in rows
    ]


def posted_lines(group: int, seq: int) -> list[Any]:
    """The lines of a posted meeting; none where there is no such meeting."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT savings_document(%s, %s)", [group, seq])
        text = cursor.fetchone()[0]
    return list(json.loads(text)["lines"]) if text else []


def state_at(group: str, constitution: str, state: str) -> State:
    """The engine's state of a group: as it was kept, or as it was founded where no meeting is posted yet."""
    return State.from_json(json.loads(state)) if state else State.founded(group, json.loads(constitution))


def state_as_kept(state: State) -> str:
    """The text that `state_at` reads: what came from documents is in its one form already."""
    return json.dumps(state.to_json(), ensure_ascii=False, separators=(",", ":"), check_circular=False)
