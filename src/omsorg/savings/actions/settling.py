"""Settling which of several meetings with one number counts: three key-holders decide, and nobody else."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from omsorg.federation.access import Acting, require
from omsorg.savings.access import ACCOMPANY
from omsorg.savings.actions.receiving import post_what_waited
from omsorg.savings.models import Group
from omsorg.savings.queries.settling import Settling, draft_of, forked, settling_of
from omsorg.savings.rules.broken import Broken
from omsorg.savings.rules.settling import Decision, read_decision
from omsorg.savings.rules.signing import check_signatures, check_signers

SETTLE = "SELECT savings_settle(%s, %s, %s, %s::text[], %s, %s, %s, %s, %s, %s, %s, %s)"


@dataclass(frozen=True, slots=True)
class Settled:
    """A decision that stands, and the draft of a correction; `again` where it had been handed in before."""

    settlement: int
    hash: str
    seq: int
    draft: dict[str, Any]
    again: bool = False


def settle(*, envelope: bytes, by: Acting | None, at: datetime, group: Group | None = None) -> Settled:
    """Take in what three key-holders decided; `by` is who handed it in for `group`, None for the phone itself.

    Raises NotAllowed, and Broken: what `read_decision`, `check_signatures` and `check_signers` do, "challenge" (another
    group's), "group-unknown", "no-fork" (nothing is to be decided), "fork-named" (other meetings bear the number).
    """
    if by is not None and group is not None:
        require(by, ACCOMPANY, group.unit_id)
    decision = read_decision(envelope)
    if group is not None and str(group.uuid) != decision.group:
        raise Broken("challenge")
    with transaction.atomic():
        found = settling_of(decision)
        if found is None:
            raise Broken("group-unknown")
        signers = check_signatures(decision.signatures, found.keys, decision.text.encode())
        check_signers(signers, found.state, found.state)
        if found.earlier is not None:
            return _told(found.earlier, decision, again=True)
        settlement = _settle(decision, found, by.person_id if by else None, at)
        post_what_waited(found.group, found.state, at)
        return _told(settlement, decision, again=False)


def _settle(decision: Decision, found: Settling, by: int | None, at: datetime) -> int:
    today = forked(found.group, decision.seq)
    if len(today) < 2:
        raise Broken("no-fork", seq=decision.seq)
    if sorted(today) != sorted([decision.kept, *decision.lost]):
        raise Broken("fork-named", seq=decision.seq)
    lost, behind = Broken("lost", seq=decision.seq), Broken("behind-lost", seq=decision.seq)
    with connection.cursor() as cursor:
        cursor.execute(
            SETTLE,
            [
                found.group,
                decision.seq,
                decision.kept,
                "{" + ",".join(decision.lost) + "}",
                decision.text,
                decision.hash,
                json.dumps(decision.signatures, separators=(",", ":")),
                lost.rule,
                behind.rule,
                json.dumps(lost.facts),
                by,
                at,
            ],
        )
        return int(cursor.fetchone()[0])


def _told(settlement: int, decision: Decision, *, again: bool) -> Settled:
    return Settled(settlement, decision.hash, decision.seq, draft_of(settlement, decision.seq), again)
