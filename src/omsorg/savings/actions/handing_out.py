"""Handing a group everything that is kept of it: it may leave, and needs nothing of ours to read it."""

import hashlib
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import IO, NamedTuple

from omsorg.federation.access import Acting, require
from omsorg.kernel.trail import leave_trace
from omsorg.savings.access import ACCOMPANY
from omsorg.savings.exports.everything import everything_of, filename_of, journal_of
from omsorg.savings.models import Group
from omsorg.savings.queries.books import Moment, moment_of

KINDS: dict[str, Callable[[Group, Moment], Iterator[str]]] = {"json": everything_of, "journal": journal_of}


class Handed(NamedTuple):
    """What was written: the name it should have, its SHA-256, and how many meetings are in it."""

    filename: str
    fingerprint: str
    meetings: int


def hand_out_books(*, group: Group, kind: str, to: IO[bytes], by: Acting | None, at: datetime) -> Handed:
    """Write a group's books into `to`, as one of `KINDS`; the trail keeps who had them, and their fingerprint.

    `by` is None for whoever runs the house, and then to be called as the house. Raises NotAllowed.
    """
    if by is not None:
        require(by, ACCOMPANY, group.unit_id)
    moment, digest = moment_of(group, at), hashlib.sha256()
    for piece in KINDS[kind](group, moment):
        written = piece.encode()
        digest.update(written)
        to.write(written)
    handed = Handed(filename_of(group, moment, kind), digest.hexdigest(), moment.seq)
    leave_trace(
        "hand_out_books",
        f"savings_group:{group.uuid}",
        by=by.person_id if by else None,
        at=at,
        organisation=group.unit_id,
        details={"kind": kind, "meetings": handed.meetings, "fingerprint": handed.fingerprint},
    )
    return handed
