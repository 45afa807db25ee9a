"""What a phone is told of its group: the head of its chain, and what is kept of it. Whoever calls has asked who may."""

import json
from dataclasses import dataclass
from typing import Any

from django.db import connection

from omsorg.savings.queries.door import Answer, state_at
from omsorg.savings.rules.state import State

ON_A_PAGE = 20


@dataclass(frozen=True, slots=True)
class Head:
    """The newest posted meeting of a group, 0 and 64 zeros before the first; `currency` for its sentences."""

    seq: int
    hash: str
    currency: str


@dataclass(frozen=True, slots=True)
class Kept:
    """One genuine envelope as it came, and what stands of it today."""

    envelope: dict[str, Any]
    answer: Answer


@dataclass(frozen=True, slots=True)
class Restoring:
    """A group whose ledger is asked for: its state, and of the keys that were named those in force today."""

    group: int
    state: State
    keys: dict[str, tuple[int, str]]


def head_of(group: str) -> Head | None:
    """None where nobody knows the group."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT seq, head, currency FROM savings_head(%s::uuid)", [group])
        row = cursor.fetchone()
    return Head(*row) if row else None


def restoring_of(group: str, keys: list[str]) -> Restoring | None:
    """None where nobody knows the group."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT group_id, constitution, state, keys FROM savings_restoring(%s::uuid, %s::uuid[])",
            [group, "{" + ",".join(keys) + "}"],
        )
        row = cursor.fetchone()
    if row is None:
        return None
    known = {}
    for each in row[3] or ():
        uuid, member, public = each.split(" ")
        known[uuid] = (int(member), public)
    return Restoring(row[0], state_at(group, row[1], row[2]), known)


def kept_of(group: int, after: int) -> list[Kept]:
    """The next twenty of what came for a group, in the order in which it came."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, document, hash, signatures, outcome, rule, line, facts FROM savings_kept(%s, %s, %s)",
            [group, after, ON_A_PAGE],
        )
        rows = cursor.fetchall()
    return [
        Kept(
            {"document": document, "hash": hashed, "signatures": json.loads(signatures)},
            Answer(received, outcome, rule, line, json.loads(facts), again=True),
        )
        for received, document, hashed, signatures, outcome, rule, line, facts in rows
    ]
