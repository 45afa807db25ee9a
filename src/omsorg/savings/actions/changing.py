"""Another phone for a group, new keys of members, keys that hold no more: three keys and the field officer together."""

import json
from datetime import datetime

from django.db import connection, transaction

from omsorg.federation.access import Acting, require
from omsorg.savings.access import ACCOMPANY
from omsorg.savings.models import Device, Group, GroupState, MemberKey
from omsorg.savings.queries.door import state_at
from omsorg.savings.rules.broken import Broken
from omsorg.savings.rules.changing import KnownKey, check_changes, read_key_paper
from omsorg.savings.rules.signing import check_signatures, check_signers

CHANGE = "SELECT savings_change_keys(%s, %s, %s, %s, %s, %s)"


def change_keys(*, group: Group, envelope: bytes, by: Acting, at: datetime) -> str:
    """Do what three key-holders signed, from the group's next meeting on; returns the paper's fingerprint.

    The old phone is refused from then on, and so is what a withdrawn key signs. Raises NotAllowed, and Broken: what
    `read_key_paper`, `check_signatures`, `check_signers` and `check_changes` do, "challenge" (another group's).
    """
    require(by, ACCOMPANY, group.unit_id)
    read = read_key_paper(envelope)
    if str(group.uuid) != read.paper.group:
        raise Broken("challenge")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT savings_hold_group(%s)", [group.pk])
        kept = GroupState.objects.get(group=group)
        state = state_at(read.paper.group, group.constitution, kept.state)
        rows = list(MemberKey.objects.filter(group=group))
        in_force = {row.uuid for row in rows if row.from_seq <= kept.seq + 1 and row.until_seq is None}
        known = {str(row.uuid): (row.member, row.public) for row in rows if row.uuid in in_force}
        signers = check_signatures(read.paper.signatures, known, read.paper.text.encode())
        check_signers(signers, state, state)
        keys = {str(row.uuid): KnownKey(row.member, row.uuid in in_force) for row in rows}
        pen = max(Device.objects.filter(group=group).values_list("pen", flat=True), default=0)
        check_changes(read, state, keys, pen)
        signatures = json.dumps(read.paper.signatures, separators=(",", ":"))
        cursor.execute(CHANGE, [group.pk, read.paper.text, read.paper.hash, signatures, by.person_id, at])
    return read.paper.hash
