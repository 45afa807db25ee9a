"""Alarms: worked numbers of the rule, and that each is seen in the list and on the page, and goes with its reason."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine

from omsorg.kernel.wall import as_house
from omsorg.plans.tests.doc_tables import Row, case, rows
from omsorg.savings.example.meetings import Phone, ordinary_lines
from omsorg.savings.models import Group
from omsorg.savings.queries.alarms import alarms_of
from omsorg.savings.rules.alarms import Found, Kind, Rhythm, alarms
from world import World

from .cast import founded
from .test_pages import CSV, LIST, page, signed_in, url
from .test_receiving import send

KINDS = {
    "Forks": Kind.FORK,
    "Broken": Kind.BROKEN,
    "Waiting": Kind.WAITING,
    "Differences": Kind.DIFFERENCE,
    "Late loans": Kind.LATE_LOANS,
}


@pytest.mark.parametrize("row", rows("alarms", "Worked numbers"), ids=case)
def test_the_alarms_of_a_group(row: Row) -> None:
    day = date(2026, 6, 30)
    found = {kind: Found(int(row[column]), day) for column, kind in KINDS.items()}
    rhythm = Rhythm(int(row["Meetings a month"]), date.fromisoformat(row["Last meeting"]), row["Cycle closed"] == "yes")
    said = [f"{alarm.kind}:{alarm.number}" for alarm in alarms(found, rhythm, day)]
    assert " ".join(said or ["–"]) == row["Alarms"]


@pytest.fixture
def phone(world: World) -> Phone:
    phone = Phone()
    founded(world, phone)
    return phone


def told(today: date) -> dict[str, tuple[int, date]]:
    with as_house():
        group = Group.objects.select_related("state").get()
        return {alarm.kind.value: (alarm.number, alarm.since) for alarm in alarms_of([group], today)[group.pk]}


def test_what_waits_what_broke_and_what_is_borne_twice_are_told_until_they_are_settled(phone: Phone) -> None:
    send(phone.meet())
    second, third, fourth = phone.meet(), phone.meet(), phone.meet()
    send(third)
    send(fourth)
    assert told(date(2026, 1, 7)) == {"waiting": (2, date(2026, 1, 6))}
    send(second)
    assert told(date(2026, 1, 27)) == {}
    send(phone.sealed(phone.next_document(cycle=7)))
    assert told(date(2026, 1, 27)) == {"broken": (1, date(2026, 1, 6))}
    other = Phone()
    for _meeting in range(3):
        other.meet()
    send(other.sealed(other.next_document(held_on="2026-01-27")))
    assert told(date(2026, 1, 27))["fork"] == (1, date(2026, 1, 6))


def test_a_group_that_meets_and_is_not_heard_of_is_missed_by_its_own_rhythm(phone: Phone) -> None:
    assert told(date(2026, 1, 20)) == {}
    assert told(date(2026, 1, 21)) == {"not_backed_up": (2, date(2026, 1, 6))}
    send(phone.meet())
    held = date.fromisoformat(phone.state.held_on)
    assert told(date(2026, 3, 1))["not_backed_up"] == ((date(2026, 3, 1) - held).days * 4 // 30, held)


def test_a_loan_owed_after_its_term_is_told(phone: Phone) -> None:
    for _meeting in range(4):
        send(phone.meet())
    day = date.fromisoformat(phone.state.held_on)
    lent = sum(loan.standing == "open" for loan in phone.state.loans.values())
    assert lent == 5
    assert "late_loans" not in told(day)
    assert told(day.replace(year=day.year + 1))["late_loans"] == (lent, day)


def differing(phone: Phone) -> dict[str, Any]:
    """A meeting that finds fewer coins in the social fund than the book says, and says so."""
    lines = ordinary_lines(phone.state, phone.state.seq + 1, "")
    opening, closing = (
        next(n for n, each in enumerate(lines) if (each.get("fund"), each.get("when")) == ("social", when))
        for when in ("opening", "closing")
    )
    for place in (opening, closing):
        lines[place]["amount"] = str(int(lines[place]["amount"]) - 5000)
    gap = {"kind": "difference", "fund": "social", "amount": "-5000", "reason": "wind"}
    vote = {"kind": "vote", "about": opening + 2, "yes": 20, "no": 0, "abstain": 0}
    return phone.meet([*lines[: opening + 1], gap, vote, *lines[opening + 1 :]])


def test_a_difference_of_cash_is_told_for_four_meetings(phone: Phone) -> None:
    send(phone.meet())
    send(differing(phone))
    found = date.fromisoformat(phone.state.held_on)
    for _meeting in range(3):
        assert told(found)["difference"] == (1, found)
        send(phone.meet())
    assert told(found)["difference"] == (1, found)
    send(phone.meet())
    assert "difference" not in told(found)


def test_the_list_the_page_and_the_file_say_it_with_what_to_do(world: World, phone: Phone) -> None:
    send(phone.meet())
    missing = phone.meet()
    send(phone.meet())
    client = signed_in(world, "visitor")
    with time_machine.travel(datetime(2026, 1, 7, 9, tzinfo=UTC), tick=False):
        assert "1 meeting waits" in page(client, LIST)
        said = page(client, url(phone))
        assert "An earlier meeting has not come." in said
        assert "Since 6 January 2026" in said
        assert "waiting:1" in client.get(CSV).content.decode()
        send(missing)
        assert "1 meeting waits" not in page(client, LIST)
        assert "What to do next" not in page(client, url(phone))
