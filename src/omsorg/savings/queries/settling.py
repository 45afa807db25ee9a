"""What is asked where people decide between two meetings with one number. The group's row is held meanwhile."""

import json
from dataclasses import dataclass
from typing import Any

from django.db import connection

from omsorg.savings.models import Fork, Group, LaterOutcome, Received, Settlement
from omsorg.savings.models.received import Outcome
from omsorg.savings.queries.door import state_at
from omsorg.savings.queries.meetings import lines_in
from omsorg.savings.rules.settling import Decision, correction
from omsorg.savings.rules.state import State


@dataclass(frozen=True, slots=True)
class Settling:
    """A group where it stands, the keys named and in force, and an `earlier` decision of the same bytes."""

    group: int
    state: State
    keys: dict[str, tuple[int, str]]
    earlier: int | None


@dataclass(frozen=True, slots=True)
class OpenFork:
    """Meetings that bear one number, and wait for people to decide."""

    seq: int
    documents: list[Received]


def settling_of(decision: Decision) -> Settling | None:
    """None where nobody knows the group."""
    keys = "{" + ",".join(each["key"] for each in decision.signatures) + "}"
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT group_id, constitution, state, keys, earlier FROM savings_settling(%s::uuid, %s::uuid[], %s)",
            [decision.group, keys, decision.hash],
        )
        row = cursor.fetchone()
    if row is None:
        return None
    known = {}
    for each in row[3] or ():
        uuid, member, public = each.split(" ")
        known[uuid] = (int(member), public)
    return Settling(row[0], state_at(decision.group, row[1], row[2]), known, row[4])


def forked(group: int, seq: int) -> list[str]:
    """The fingerprints of the meetings that bear this number today; fewer than two where nothing is to be decided."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT hash FROM savings_forked(%s, %s)", [group, seq])
        return [hashed for (hashed,) in cursor.fetchall()]


def fork_is_open(group: int) -> bool:
    """Whether two meetings of one number wait for people to decide."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT savings_fork_open(%s)", [group])
        return bool(cursor.fetchone()[0])


def is_behind_lost(group: int, prev: str) -> bool:
    """Whether a meeting that follows this one can never stand in the chain."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT savings_behind_lost(%s, %s)", [group, prev])
        return bool(cursor.fetchone()[0])


def draft_of(settlement: int, seq: int) -> dict[str, Any]:
    """What comes back of the meetings that lost, ready for JSON: see `rules.settling.correction`."""
    parts: dict[str, list[list[dict[str, Any]]]] = {"kept": [], "posted": [], "lost": []}
    with connection.cursor() as cursor:
        cursor.execute("SELECT part, document FROM savings_settled(%s)", [settlement])
        for part, document in cursor.fetchall():
            parts[part].append(lines_in(document))
    kept, posted = parts["kept"][0], parts["posted"]
    lost = [line for lines in parts["lost"] for line in lines]
    if posted and posted[0] != kept:
        return correction(seq=seq, posted=posted[0], counts=kept, lost=lost)
    return correction(seq=seq, posted=kept, counts=None, lost=lost)


def open_forks(group: Group) -> list[OpenFork]:
    """Of one group, in the order of the numbers, for whoever may see it."""
    seqs = Fork.objects.filter(group=group).order_by("seq").values_list("seq", flat=True).distinct()
    alive = (Outcome.POSTED, Outcome.WAITING, Outcome.FORKED)
    found = []
    for seq in seqs:
        documents = list(Received.objects.filter(group=group, seq=seq, genuine=True).order_by("pk"))
        later = dict(
            LaterOutcome.objects.filter(received__in=documents).order_by("pk").values_list("received", "outcome")
        )
        living = [each for each in documents if later.get(each.pk, each.outcome) in alive]
        if len(living) > 1:
            found.append(OpenFork(seq, living))
    return found


def settlements_of(group: Group) -> list[Settlement]:
    """The decisions of a group, the newest first."""
    return list(Settlement.objects.filter(group=group).select_related("kept", "posted", "by").order_by("-pk"))


def signers_of(settlement: Settlement) -> list[int]:
    return [each["member"] for each in json.loads(settlement.signatures)]
