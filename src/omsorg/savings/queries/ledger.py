"""The ledger as it is kept: chains of meetings, postings, balances. To be read as the house."""

import json
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db import connection

from omsorg.savings.models import Group, KeyChange, MemberKey, Quarter, Received, Settlement
from omsorg.savings.rules.chain import Link
from omsorg.savings.rules.quarters import Figures

Posted = dict[int, list[tuple[int, str, int]]]


def groups_with_meetings() -> Iterator[Group]:
    """Every group that has sealed something, with where it stands."""
    yield from Group.objects.filter(state__seq__gt=0).select_related("state").order_by("pk").iterator(200)


def chain_of(group: Group) -> list[Link]:
    """The posted meetings of a group, in their order."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT r.id, m.seq, r.hash, r.prev, r.document, (m.at AT TIME ZONE 'UTC')::date FROM savings_meeting m"
            " JOIN savings_received r ON r.id = m.received_id WHERE m.group_id = %s ORDER BY m.seq",
            [group.pk],
        )
        return [Link(*row) for row in cursor.fetchall()]


def signed_of(group: Group) -> Iterator[tuple[int, bytes, list[dict[str, Any]], dict[str, tuple[int, str]]]]:
    """Of each posted meeting: its number, its bytes, its signatures, and the keys that were in force for it."""
    keys = list(MemberKey.objects.filter(group=group))
    for kept in Received.objects.filter(group=group, meeting__isnull=False).order_by("meeting__seq"):
        seq = kept.seq or 0
        known = {
            str(key.uuid): (key.member, key.public)
            for key in keys
            if key.from_seq <= seq and (key.until_seq is None or key.until_seq > seq)
        }
        yield seq, kept.document.encode(), json.loads(kept.signatures), known


def papers_signed() -> Iterator[tuple[Settlement | KeyChange, list[dict[str, Any]], dict[str, tuple[int, str]]]]:
    """Of each decision and each change of keys: its row, its signatures, and the keys that its group has or had."""
    for found in (Settlement.objects.all(), KeyChange.objects.all()):
        for paper in found.select_related("group").order_by("pk").iterator(200):
            keys = {str(each.uuid): (each.member, each.public) for each in MemberKey.objects.filter(group=paper.group)}
            yield paper, json.loads(paper.signatures), keys


def postings_of(group: Group) -> Posted:
    """By meeting: the line, account and amount of each posting, in their order."""
    found: Posted = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.meeting_id, t.line, p.account, p.amount::text FROM savings_meeting m"
            " JOIN savings_posting p ON p.meeting_id = m.received_id"
            " JOIN savings_transaction t ON t.meeting_id = p.meeting_id AND t.number = p.number"
            " WHERE m.group_id = %s ORDER BY p.meeting_id, p.place",
            [group.pk],
        )
        for meeting, line, account, amount in cursor.fetchall():
            found[meeting].append((line, account, int(amount)))
    return found


def quarters_kept(group: Group) -> dict[date, Figures]:
    """What is kept of each quarter of a group."""
    return {each.quarter: each.figures for each in Quarter.objects.filter(group=group)}


def balances_that_differ() -> list[tuple[int, str]]:
    """(group, account) of every balance that is not the sum of its postings."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(b.group_id, p.group_id), coalesce(b.account, p.account) FROM savings_balance b"
            " FULL JOIN (SELECT group_id, account, sum(amount) AS amount FROM savings_posting GROUP BY 1, 2) p"
            " ON p.group_id = b.group_id AND p.account = b.account"
            " WHERE coalesce(b.amount, 0) <> coalesce(p.amount, 0) ORDER BY 1, 2"
        )
        return cursor.fetchall()
