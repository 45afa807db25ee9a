"""Whoever has been at the ledger past its walls is named, and what is kept beside it can be made anew."""

import json

import pytest
from django.core.management import call_command
from django.db import connection, connections

from omsorg.kernel.wall import as_house, in_name_of
from omsorg.savings.actions.receiving import receive
from omsorg.savings.checks import CHECKS
from omsorg.savings.example.meetings import Phone
from omsorg.savings.models import Balance, GroupState
from world import make_world

from .cast import AT, founded


def faults() -> list[str]:
    with as_house():
        return [fault for check in CHECKS for fault in check.prove().wrong]


@pytest.fixture
def phone(own_database: str) -> Phone:
    """A group of six meetings, in a database of this test's own."""
    world, phone = make_world(), Phone()
    founded(world, phone)
    for _meeting in range(6):
        with in_name_of(None, day=AT.date()):
            receive(envelope=json.dumps(phone.meet()).encode(), by=None, at=AT)
    assert faults() == []
    return phone


def as_owner(*statements: str) -> None:
    """Past every wall: the triggers are off."""
    with connections["owner"].cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


ALL_TABLES = ("received", "meeting", "posting", "transaction")


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("UPDATE savings_balance SET amount = amount + 1 WHERE account = 'cash:loan'", "is not the sum"),
        ("UPDATE savings_received SET document = replace(document, 'Member 7', 'Member 8') WHERE seq = 1", "breaks at"),
        ("UPDATE savings_received SET prev = hash WHERE seq = 3", "breaks at meeting 3"),
        ("UPDATE savings_groupstate SET head = repeat('0', 64)", "does not stand at its last meeting"),
        (
            "UPDATE savings_groupstate SET state = replace(state, '\"shares\":6', '\"shares\":60')",
            "where its meetings led",
        ),
        (
            "UPDATE savings_posting SET amount = amount * 2 WHERE meeting_id IN"
            " (SELECT received_id FROM savings_meeting WHERE seq = 2)",
            "meeting 2 of group",
        ),
        (
            "UPDATE savings_received SET signatures = (SELECT r.signatures FROM savings_received r WHERE r.seq = 4)"
            " WHERE seq = 5",
            "meeting 5 of group",
        ),
        ("UPDATE savings_received SET signatures = '[]' WHERE seq = 2", "is not signed (signatures)"),
        ("DELETE FROM savings_posting WHERE place = 1", "posts something else"),
    ],
)
def test_whoever_has_been_at_it_is_named(phone: Phone, statement: str, found: str) -> None:
    as_owner(
        *(f"ALTER TABLE savings_{table} DISABLE TRIGGER USER" for table in ALL_TABLES),
        statement,
        *(f"ALTER TABLE savings_{table} ENABLE TRIGGER USER" for table in ALL_TABLES),
    )
    said = faults()
    assert said
    assert any(found in fault for fault in said), said


def test_what_is_kept_beside_the_ledger_is_made_anew(phone: Phone, capsys: pytest.CaptureFixture[str]) -> None:
    with as_house(), connection.cursor() as cursor:
        before = sorted(Balance.objects.values_list("account", "amount")), GroupState.objects.values().get()
        cursor.execute("UPDATE savings_balance SET amount = 7")
        cursor.execute("UPDATE savings_groupstate SET state = 'x', head = 'x', seq = 1")
    assert faults()
    call_command("rebuild_savings")
    assert "1 groups, 6 meetings" in capsys.readouterr().out
    with as_house():
        assert before == (
            sorted(Balance.objects.values_list("account", "amount")),
            GroupState.objects.values().get(),
        )
    assert faults() == []
