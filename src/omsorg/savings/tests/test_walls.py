"""Nobody writes a group's money by hand, whoever they are; and the database itself adds up every transaction."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, connection, connections, transaction

from omsorg.federation.access import NotAllowed, NothingHere
from omsorg.federation.models import Organisation
from omsorg.kernel.wall import as_house, in_name_of
from omsorg.savings.access import FIGURES, group_for
from omsorg.savings.actions.founding import Key, found_group
from omsorg.savings.example.meetings import CONSTITUTION, Phone
from omsorg.savings.models import Device, Group, GroupState, MemberKey
from omsorg.savings.rules.broken import Broken
from omsorg.savings.rules.canonical import NOTHING_BEFORE, canonical
from omsorg.savings.rules.meeting import apply
from omsorg.savings.rules.state import State
from world import World

from .cast import AT, founded, one_more

LEDGER = {
    "savings_received": "(group_id, hash, prev, mark, document, signatures, genuine, outcome, rule, facts,"
    " document_id, at) VALUES (%(group)s, '', '', 'x', 'x', '', false, 'refused', 'x', '{}', '', now())",
    "savings_lateroutcome": "(received_id, outcome, rule, facts, at) VALUES (1, 'posted', '', '{}', now())",
    "savings_fork": "(group_id, seq, one_id, other_id, at) VALUES (%(group)s, 1, 1, 2, now())",
    "savings_meeting": "(received_id, group_id, seq, cycle, held_on, at) VALUES (1, %(group)s, 1, 1, now(), now())",
    "savings_transaction": "(meeting_id, number, line, kind) VALUES (1, 1, 1, 'share_buy')",
    "savings_posting": "(meeting_id, place, number, group_id, account, amount)"
    " VALUES (1, 1, 1, %(group)s, 'cash:loan', 0)",
}


@pytest.mark.parametrize("table", LEDGER)
@pytest.mark.parametrize("who", ["officer", "house", "public"])
def test_nobody_adds_to_the_ledger_by_hand(world: World, who: str, table: str) -> None:
    officer = one_more(world, "savings_officer", "savings_field_officer", "international")
    group = founded(world, Phone(), by=officer)
    name = as_house() if who == "house" else in_name_of(officer.person_id if who == "officer" else None)
    with name, pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {table} {LEDGER[table]}", {"group": group.pk})


def test_who_accompanies_a_group_does_not_write_its_balances_nor_where_it_stands(world: World) -> None:
    officer = one_more(world, "savings_officer", "savings_field_officer", "tanzania")
    group = founded(world, Phone(), by=officer)
    with in_name_of(officer.person_id), connection.cursor() as cursor:
        cursor.execute("UPDATE savings_groupstate SET head = 'x' WHERE group_id = %s", [group.pk])
        assert cursor.rowcount == 0
        with pytest.raises(DatabaseError, match="row-level"), transaction.atomic():
            cursor.execute("INSERT INTO savings_balance VALUES ('cash:loan', 5, %s)", [group.pk])


def test_only_who_accompanies_groups_there_enters_one(world: World) -> None:
    kenya = one_more(world, "officer_of_kenya", "savings_field_officer", "kenya")
    with pytest.raises(NotAllowed):
        founded(world, Phone(), by=kenya)
    group = founded(world, Phone())
    with in_name_of(kenya.person_id), pytest.raises(DatabaseError, match="row-level"), transaction.atomic():
        MemberKey.objects.create(group=group, uuid=Phone(2).group, member=1, public="x", by_id=kenya.person_id, at=AT)


def test_a_constitution_or_a_key_that_cannot_be_is_refused(world: World) -> None:
    officer = one_more(world, "savings_officer", "savings_field_officer", "tanzania")
    phone = Phone()
    given: dict[str, Any] = {"unit": world.org["arusha"], "uuid": phone.group, "name": "x", "device": phone.device}
    for constitution, keys, rule in (
        ({"share_value": "-1"}, [], "constitution"),
        (CONSTITUTION, [Key(phone.group, 1, "AAAA")], "key"),
        (CONSTITUTION, [Key(phone.group, 1, "A" * 87)], "key"),
    ):
        with in_name_of(officer.person_id), pytest.raises(Broken) as refused:
            found_group(constitution=constitution, keys=keys, by=officer, at=AT, **given)
        assert refused.value.rule == rule


def test_what_a_group_began_with_is_never_changed(world: World) -> None:
    founded(world, Phone())
    with as_house():
        for change in ({"constitution": "{}"}, {"currency": "KES"}, {"uuid": Phone(2).group}):
            with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
                Group.objects.update(**change)


def test_a_group_is_seen_by_its_officers_and_by_readers_where_it_agreed(world: World) -> None:
    officer = one_more(world, "savings_officer", "savings_field_officer", "tanzania")
    group = founded(world, Phone(), by=officer)
    reader = one_more(world, "savings_reader", "savings_reader", "international")
    kenya = one_more(world, "officer_of_kenya", "savings_field_officer", "kenya")

    def seen(by: Any) -> tuple[int, int, bool]:
        with in_name_of(by.person_id, day=AT.date()):
            counted = Group.objects.count(), Device.objects.count() + MemberKey.objects.count()
            try:
                return *counted, bool(group_for(by, group.uuid, FIGURES))
            except NothingHere:
                return *counted, False

    assert (seen(officer), seen(reader), seen(kenya)) == ((1, 5, True), (0, 0, False), (0, 0, False))
    with in_name_of(officer.person_id, day=AT.date()):
        Group.objects.update(figures_opened=True)
    assert (seen(reader), seen(kenya)) == ((1, 5, True), (0, 0, False))


# What the owner of the tables may not do either -----------------------------------------------------------------


@pytest.fixture
def ledger(db: None) -> Iterator[Any]:
    """The owner's own connection, with one meeting of a group posted; all of it is taken back."""
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        unit = Organisation.objects.using("owner").create(
            code="x", kind="programme", name="Example", exists_from=date(2000, 1, 1)
        )
        for number in (1, 2):
            phone = Phone(number)
            group = Group.objects.using("owner").create(
                uuid=phone.group, unit=unit, name="x", currency="TZS", constitution="{}", at=AT
            )
            GroupState.objects.using("owner").create(group=group, head=NOTHING_BEFORE)
            keep_and_post(cursor, group.pk, phone)
        yield cursor
        transaction.set_rollback(True, using="owner")


def keep_and_post(cursor: Any, group: int, phone: Phone, **changes: Any) -> None:
    """The next meeting of this phone, with changed facts."""
    document = phone.next_document()
    sealed = phone.sealed(document)
    outcome = apply(phone.state, document)
    said = {"hash": sealed["hash"], "prev": document["prev"], "amounts": None, **changes}
    postings = [(n, *posting) for n, t in enumerate(outcome.transactions, start=1) for posting in t.postings]
    kept = [group, sealed["document"], document["id"], document["seq"], said["hash"], said["prev"], said["hash"]]
    posted = [canonical(outcome.state.to_json()).decode(), [t.line for t in outcome.transactions]]
    posted += [[t.kind for t in outcome.transactions], [p[0] for p in postings], [p[1] for p in postings]]
    cursor.execute(
        "SELECT savings_post(savings_keep(%s, %s, %s, %s, %s, %s, %s, '[]', true, 'posted', '', NULL, '{}', NULL,"
        " now()), %s, 1, '2026-01-05', %s::int[], %s::text[], %s::int[], %s::text[], %s::numeric[], now(),"
        " '2026-01-01', array_fill(0::numeric, ARRAY[21]))",
        [*kept, *posted, said["amounts"] or [p[2] for p in postings]],
    )
    phone.state = outcome.state


def refused(cursor: Any, statement: str, *values: Any) -> str:
    with pytest.raises(DatabaseError) as fault, transaction.atomic(using="owner"):
        cursor.execute(statement, values)
    return str(fault.value)


pytestmark = pytest.mark.django_db(databases=["default", "owner"])


@pytest.mark.parametrize("table", ["device", "received", "meeting", "transaction", "posting"])
def test_what_was_posted_is_not_changed_by_its_owner(ledger: Any, table: str) -> None:
    ledger.execute(
        "INSERT INTO savings_device (group_id, uuid, pen, from_seq, why, at)"
        " SELECT id, uuid, 1, 1, 'first', now() FROM savings_group"
    )
    column = {"device": "pen", "received": "line", "transaction": "line", "posting": "amount"}.get(table, "seq")
    for statement in (f"UPDATE savings_{table} SET {column} = 7", f"DELETE FROM savings_{table}"):
        assert "never changed or removed" in refused(ledger, statement)


def test_a_transaction_that_does_not_sum_to_nothing_is_refused(ledger: Any) -> None:
    ledger.execute("SELECT max(meeting_id), max(group_id), max(place) FROM savings_posting")
    meeting, group, place = ledger.fetchone()
    add = "INSERT INTO savings_posting (meeting_id, place, number, group_id, account, amount) VALUES "
    row = "(%s, %s, %s, %s, 'cash:loan', %s)"
    assert "sums to nothing" in refused(ledger, add + row, meeting, place + 1, 1, group, 5)
    two = f"{add}{row}, {row}"
    assert "sums to nothing" in refused(ledger, two, meeting, place + 1, 1, group, 5, meeting, place + 2, 2, group, -5)
    other = (meeting, place + 1, 1, group - 1, 5, meeting, place + 2, 1, group - 1, -5)
    assert "of its own group" in refused(ledger, two, *other)
    nowhere = (meeting, place + 1, 9999, group, 5, meeting, place + 2, 9999, group, -5)
    assert "sums to nothing" in refused(ledger, two, *nowhere)


def test_a_transaction_stands_in_a_meeting(ledger: Any) -> None:
    add = "INSERT INTO savings_transaction (meeting_id, number, line, kind) VALUES (%s, 999, 1, 'expense')"
    assert "stands in a meeting" in refused(ledger, add, 987654321)


def test_a_meeting_follows_the_one_before_it_and_has_its_own_fingerprint(ledger: Any) -> None:
    ledger.execute("SELECT min(id) FROM savings_group")
    group = ledger.fetchone()[0]
    phone = Phone(1)
    phone.meet()

    def tried(**changes: Any) -> str:
        with pytest.raises(DatabaseError) as fault, transaction.atomic(using="owner"):
            keep_and_post(ledger, group, phone, **changes)
        return str(fault.value)

    assert "fingerprint of its own bytes" in tried(hash="0" * 64)
    assert "after the one before it" in tried(prev="0" * 64)
    assert "sums to nothing" in tried(amounts=[5, *[0] * 79])
    keep_and_post(ledger, group, phone)
    ledger.execute("SELECT sum(amount), count(*) FROM savings_posting WHERE group_id = %s", [group])
    assert ledger.fetchone() == (0, 160)
    ledger.execute("SELECT account, amount FROM savings_balance WHERE group_id = %s AND amount <> 0", [group])
    assert {account: int(amount) for account, amount in ledger.fetchall()} == {
        account: amount for account, amount in phone.state.balances.items() if amount
    }
    ledger.execute("SELECT seq, head, state FROM savings_groupstate WHERE group_id = %s", [group])
    seq, head, state = ledger.fetchone()
    assert (seq, head) == (2, phone.state.head)
    assert State.from_json(json.loads(state)) == phone.state


def test_amounts_far_beyond_64_bits_are_kept_to_the_last_unit(ledger: Any) -> None:
    large = 123456789012345678901234567890
    ledger.execute("SELECT max(meeting_id), max(group_id), max(place) FROM savings_posting")
    meeting, group, place = ledger.fetchone()
    ledger.execute(
        "INSERT INTO savings_posting (meeting_id, place, number, group_id, account, amount)"
        " VALUES (%s, %s, 1, %s, 'cash:loan', %s), (%s, %s, 1, %s, 'share:1', %s)",
        [meeting, place + 1, group, large, meeting, place + 2, group, -large],
    )
    ledger.execute("SELECT amount FROM savings_posting WHERE place = %s AND meeting_id = %s", [place + 1, meeting])
    assert int(ledger.fetchone()[0]) == large
