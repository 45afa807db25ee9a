"""Everything that is kept of a group, as of one moment: what comes in meanwhile is left for the next time."""

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from django.db import connection

from omsorg.savings.models import Device, Fork, Group, KeyChange, LaterOutcome, MemberKey, Received, Settlement
from omsorg.savings.rules.journal import Books, Entry


@dataclass(frozen=True, slots=True)
class Moment:
    """Where a group stands, and the newest row of each book that only grows: read in one statement."""

    seq: int
    head: str
    state: str
    balances: dict[str, int]
    received: int
    later: int
    forks: int
    decisions: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Said:
    """What became of a received document, and when; `facts` is JSON text."""

    outcome: str
    rule: str
    line: int | None
    facts: str
    at: datetime


def moment_of(group: Group, at: datetime) -> Moment:
    """Of a group that is seen: a meeting that is taken in at this moment is in it whole, or not at all."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT s.seq, s.head, s.state,"
            " coalesce((SELECT json_object_agg(b.account, b.amount::text) FROM savings_balance b"
            "  WHERE b.group_id = s.group_id), '{}'::json)::text,"
            " coalesce((SELECT max(r.id) FROM savings_received r WHERE r.group_id = s.group_id), 0),"
            " coalesce((SELECT max(l.id) FROM savings_lateroutcome l"
            "  JOIN savings_received r ON r.id = l.received_id WHERE r.group_id = s.group_id), 0),"
            " coalesce((SELECT max(f.id) FROM savings_fork f WHERE f.group_id = s.group_id), 0),"
            " coalesce((SELECT max(t.id) FROM savings_settlement t WHERE t.group_id = s.group_id), 0)"
            " FROM savings_groupstate s WHERE s.group_id = %s",
            [group.pk],
        )
        seq, head, state, balances, received, later, forks, decisions = cursor.fetchone()
    standing = {code: int(said) for code, said in json.loads(balances).items()}
    return Moment(seq, head, state, standing, received, later, forks, decisions, at)


def books_of(group: Group, moment: Moment, *, named: bool) -> Books:
    """What the journal of a group says beside its transactions; `named`: with the names of members."""
    members = json.loads(moment.state)["members"] if named and moment.state else {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(max(held_on)::text, '') FROM savings_meeting WHERE group_id = %s AND seq <= %s",
            [group.pk, moment.seq],
        )
        last_day = cursor.fetchone()[0]
    return Books(
        group=str(group.uuid),
        name=group.name,
        currency=group.currency,
        seq=moment.seq,
        head=moment.head,
        last_day=last_day,
        balances=moment.balances,
        names={int(number): member["name"] for number, member in members.items()},
    )


def entries_of(group: Group, moment: Moment) -> Iterator[Entry]:
    """Every transaction of the ledger, in the order of the meetings, without holding them all."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(
            "SELECT m.seq, m.held_on::text, t.number, t.line, t.kind, p.account, p.amount::text FROM savings_meeting m"
            " JOIN savings_posting p ON p.meeting_id = m.received_id"
            " JOIN savings_transaction t ON t.meeting_id = p.meeting_id AND t.number = p.number"
            " WHERE m.group_id = %s AND m.seq <= %s ORDER BY m.seq, p.place",
            [group.pk, moment.seq],
        )
        for (seq, day, _number, line, kind), rows in groupby(cursor, key=lambda row: row[:5]):
            yield Entry(seq, day, line, kind, [(row[5], int(row[6])) for row in rows])


def received_until(group: Group, moment: Moment) -> Iterator[tuple[Received, list[Said]]]:
    """Every envelope that came, in the order in which it came, with what was said of it, the first answer first."""
    later: defaultdict[int, list[LaterOutcome]] = defaultdict(list)
    for each in LaterOutcome.objects.filter(received__group=group, pk__lte=moment.later).order_by("pk"):
        later[each.received_id].append(each)
    for kept in Received.objects.filter(group=group, pk__lte=moment.received).order_by("pk").iterator(200):
        answers: tuple[Received | LaterOutcome, ...] = (kept, *later[kept.pk])
        yield kept, [Said(each.outcome, each.rule, each.line, each.facts, each.at) for each in answers]


def forks_until(group: Group, moment: Moment) -> list[Fork]:
    found = Fork.objects.filter(group=group, pk__lte=moment.forks)
    return list(found.select_related("one", "other").order_by("pk"))


def decisions_until(group: Group, moment: Moment) -> list[Settlement]:
    """What three key-holders decided where several meetings bore one number."""
    found = Settlement.objects.filter(group=group, pk__lte=moment.decisions)
    return list(found.select_related("kept").order_by("pk"))


def key_changes_of(group: Group) -> list[KeyChange]:
    """What three key-holders signed of the group's phone and keys."""
    return list(KeyChange.objects.filter(group=group).order_by("pk"))


def founded_with(group: Group) -> dict[str, list[dict[str, Any]]]:
    """The phones that held its pen and the public keys of its members, each from which meeting on."""
    devices = Device.objects.filter(group=group).order_by("pen")
    keys = MemberKey.objects.filter(group=group).order_by("pk")
    return {
        "devices": [
            {"uuid": str(each.uuid), "pen": each.pen, "from_seq": each.from_seq, "why": each.why} for each in devices
        ],
        "keys": [
            {
                "uuid": str(each.uuid),
                "member": each.member,
                "public": each.public,
                "from_seq": each.from_seq,
                "until_seq": each.until_seq,
            }
            for each in keys
        ],
    }
