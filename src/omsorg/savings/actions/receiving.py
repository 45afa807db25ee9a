"""Receiving what a group has sealed: the one way into its ledger.

Nothing that is received is thrown away or written over, and nothing stands in the way of what comes after it. A meeting
is posted whole, with everything that follows from it, in one transaction, or not at all.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connection, transaction

from omsorg.federation.access import Acting
from omsorg.kernel.counters import count_up
from omsorg.savings.models.received import Outcome as Was
from omsorg.savings.queries.door import (
    Answer,
    Door,
    answer_of,
    door_for,
    posted_lines,
    state_as_kept,
    state_at,
    waiting_for,
)
from omsorg.savings.queries.settling import fork_is_open, is_behind_lost
from omsorg.savings.rules.broken import Broken
from omsorg.savings.rules.envelope import Envelope, document_of, read_envelope
from omsorg.savings.rules.meeting import Outcome, apply_written
from omsorg.savings.rules.quarters import NAMES, figures_of, quarter_of
from omsorg.savings.rules.signing import check_signatures, check_signers
from omsorg.savings.rules.state import State

MOST_NOT_GENUINE = 100
"""Kept a day for one group."""
KEEP = "savings_keep(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"
LISTS = "%s::int[], %s::text[], %s::int[], %s::text[], %s::numeric[]"
POST = f"savings_post({{received}}, %s, %s, %s, {LISTS}, %s, %s, %s::numeric[])"
POST_KEPT, POST_WAITING = f"SELECT {POST.format(received=KEEP)}", f"SELECT {POST.format(received='%s')}"


def receive(*, envelope: bytes, by: Acting | None, at: datetime) -> Answer:
    """Take in one envelope, in whatever name; `by` is who carried it here, None for the phone itself.

    What is received again is answered as before. Raises Broken where it is for the sender to keep: ("too-large"),
    ("envelope"), ("format") or ("group-unknown") where it cannot be said whose it is, ("too-often") where too much
    came for this group that is not genuine.
    """
    read = read_envelope(envelope)
    with transaction.atomic(savepoint=False):
        door = door_for(read)
        if door is not None:
            return _taken_in(read, door, by.person_id if by else None, at)
    raise Broken("group-unknown")


def _taken_in(read: Envelope, door: Door, by: int | None, at: datetime) -> Answer:
    if door.earlier is not None:
        return answer_of(door.earlier)
    carried = (by, at)
    try:
        document, signers = _genuine(read, door)
    except Broken as broken:
        _not_too_often(read.group, at)
        return _keep(read, door, Was.REFUSED, broken, carried)
    follows = read.seq == door.seq + 1 and read.prev == door.head
    if not follows and is_behind_lost(door.group, read.prev):
        return _keep(read, door, Was.LOST, Broken("behind-lost", seq=read.seq), carried)
    if door.siblings:
        kept = _keep(read, door, Was.FORKED, Broken("fork", seq=read.seq), carried)
        _note_fork(door.siblings, kept.received, read.seq, at)
        return kept
    if door.forked and fork_is_open(door.group):
        return _keep(read, door, Was.WAITING, Broken("fork-open"), carried)
    if read.seq > door.seq + 1:
        return _keep(read, door, Was.WAITING, Broken("gap", expected_number=door.seq + 1), carried)
    if read.prev != door.head and door.prev_kept:
        return _keep(read, door, Was.WAITING, Broken("branch", seq=read.seq), carried)
    before = state_at(read.group, door.constitution, door.state)
    try:
        outcome = _posted(door.group, before, document, read.hash, signers)
    except Broken as broken:
        return _keep(read, door, Was.BROKEN, broken, carried)
    with connection.cursor() as cursor:
        kept_as = _kept_as(read, door, Was.POSTED, None, carried)
        cursor.execute(POST_KEPT, [*kept_as, *_posted_as(before, outcome, document, at)])
        received = cursor.fetchone()[0]
    if door.next_waits:
        post_what_waited(door.group, outcome.state, at)
    return Answer(received, Was.POSTED)


def _not_too_often(group: str, at: datetime) -> None:
    """Only what nobody's keys vouch for is counted: whoever floods a group's door turns no meeting of its own away."""
    count, _until = count_up(f"savings not genuine {group}", at=at, lasts=timedelta(days=1))
    if count > MOST_NOT_GENUINE:
        raise Broken("too-often")


def _genuine(read: Envelope, door: Door) -> tuple[dict[str, Any], list[int]]:
    """The document and who signed it. Raises Broken: what `document_of` and `check_signatures` do, "device", "pen"."""
    document = document_of(read)
    if door.pen_from is None:
        raise Broken("device")
    if read.seq < door.pen_from or (door.pen_until is not None and read.seq >= door.pen_until):
        raise Broken("pen-moved", pen=read.pen)
    return document, check_signatures(read.signatures, door.keys, read.text.encode())


def _posted(group: int, before: State, document: Mapping[str, Any], hashed: str, signers: Sequence[int]) -> Outcome:
    """What the rules make of a meeting. A line that is countered is held against what was posted."""
    outcome = apply_written(before, document, hashed)
    check_signers(signers, before, outcome.state)
    for line in document["lines"]:
        if line["kind"] == "reversal_of":
            lines = posted_lines(group, line["meeting"])
            if line["of"] not in lines[line["line"] - 1 : line["line"]]:
                raise Broken("reversal", line["n"], meeting=line["meeting"], of_line=line["line"])
    return outcome


def post_what_waited(group: int, state: State, at: datetime) -> None:
    """One after the other, as far as they follow. What breaks a rule is kept as broken, and is in nobody's way."""
    while True:
        turn = [each for each in waiting_for(group, state.seq + 1) if each.prev == state.head]
        if len(turn) != 1:
            return
        waited = turn[0]
        document = json.loads(waited.text)
        with connection.cursor() as cursor:
            try:
                outcome = _posted(group, state, document, waited.hash, waited.signers)
            except Broken as broken:
                cursor.execute(
                    "SELECT savings_judge(%s, %s, %s, %s, %s, %s)", [waited.received, Was.BROKEN, *_said(broken), at]
                )
                return
            cursor.execute(POST_WAITING, [waited.received, *_posted_as(state, outcome, document, at)])
        state = outcome.state


def _keep(read: Envelope, door: Door, was: Was, broken: Broken, carried: tuple[int | None, datetime]) -> Answer:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {KEEP}", _kept_as(read, door, was, broken, carried))
        return Answer(cursor.fetchone()[0], was, broken.rule, broken.line, broken.facts)


def _note_fork(siblings: Sequence[int], received: int, seq: int, at: datetime) -> None:
    """The new one stands beside each that bears its number; one that waited is a branch from now on."""
    with connection.cursor() as cursor:
        for sibling in siblings:
            cursor.execute("SELECT savings_note_fork(%s, %s, %s)", [sibling, received, at])
            cursor.execute(
                "SELECT savings_judge(%s, %s, %s, %s, %s, %s) WHERE savings_outcome(%s) = 'waiting'",
                [sibling, Was.FORKED, *_said(Broken("fork", seq=seq)), at, sibling],
            )


def _said(broken: Broken | None) -> tuple[str, int | None, str]:
    return (broken.rule, broken.line, json.dumps(broken.facts)) if broken else ("", None, "{}")


def _kept_as(
    read: Envelope, door: Door, was: Was, broken: Broken | None, carried: tuple[int | None, datetime]
) -> list[Any]:
    """The values of `savings_keep`, in its order."""
    return [
        door.group,
        read.text,
        read.document_id,
        read.seq or None,
        read.hash,
        read.prev,
        read.mark,
        json.dumps(read.signatures, separators=(",", ":")),
        was != Was.REFUSED,
        was,
        *_said(broken),
        *carried,
    ]


def _posted_as(before: State, outcome: Outcome, document: Mapping[str, Any], at: datetime) -> list[Any]:
    """The values of `savings_post`, in its order; lists as the database reads them: no code needs quotes."""
    lines, kinds, numbers, accounts, amounts = [], [], [], [], []
    for number, (line, kind, postings) in enumerate(outcome.transactions, start=1):
        lines.append(str(line))
        kinds.append(kind)
        for account, amount in postings:
            numbers.append(str(number))
            accounts.append(account)
            amounts.append(str(amount))
    listed = ["{" + ",".join(values) + "}" for values in (lines, kinds, numbers, accounts, amounts)]
    state = state_as_kept(outcome.state)
    figures = figures_of(before, outcome.state, document)
    told = "{" + ",".join(str(getattr(figures, name)) for name in NAMES) + "}"
    quarter = quarter_of(document["held_on"], at.astimezone(UTC).date())
    return [state, document["cycle"], document["held_on"], *listed, at, quarter, told]
