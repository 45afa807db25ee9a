"""Making anew what is kept beside the ledger for speed: where each group stands, its balances, its quarters."""

from dataclasses import asdict
from datetime import datetime

from django.db import connection, transaction

from omsorg.kernel.trail import leave_trace
from omsorg.savings.models import Group, GroupState, Quarter
from omsorg.savings.queries.door import state_as_kept, state_at
from omsorg.savings.queries.ledger import chain_of
from omsorg.savings.rules.chain import quarters_of
from omsorg.savings.rules.quarters import by_quarter


@transaction.atomic
def rebuild_group(*, group: Group, by: int | None, at: datetime) -> int:
    """Replay a group's meetings and add up its postings; returns how many meetings. To be called as the house.

    The row where the group stands is held meanwhile: what is received waits. Raises Broken where a posted meeting is
    refused today, and then changes nothing.
    """
    kept = GroupState.objects.select_for_update().get(group=group)
    state = state_at(str(group.uuid), group.constitution, "")
    links = chain_of(group)
    meetings, last = [], {}
    for link, outcome, quarter, figures in quarters_of(state, links):
        state = outcome.state
        meetings.append((quarter, figures))
        last[quarter] = (link.seq, state.held_on)
    kept.seq, kept.head = state.seq, state.head
    kept.state = state_as_kept(state) if links else ""
    kept.save()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM savings_balance WHERE group_id = %s", [group.pk])
        cursor.execute(
            "INSERT INTO savings_balance (group_id, account, amount) SELECT %s, p.account, sum(p.amount)"
            " FROM savings_meeting m JOIN savings_posting p ON p.meeting_id = m.received_id"
            " WHERE m.group_id = %s GROUP BY p.account",
            [group.pk, group.pk],
        )
    Quarter.objects.filter(group=group).delete()
    Quarter.objects.bulk_create(
        Quarter(group=group, quarter=quarter, seq=last[quarter][0], held_on=last[quarter][1], **asdict(figures))
        for quarter, figures in by_quarter(meetings).items()
    )
    leave_trace(
        "rebuild_group",
        f"savings_group:{group.uuid}",
        by=by,
        at=at,
        organisation=group.unit_id,
        details={"meetings": len(links)},
    )
    return len(links)
