"""The groups' pages: who sees which group, what waits and why, and that they do not grow slow with many groups."""

from typing import Any

import pytest
import time_machine
from django.test import Client

from omsorg.federation.models import Account, Organisation
from omsorg.kernel.wall import as_house
from omsorg.savings.example.meetings import Phone
from omsorg.savings.models import Group
from omsorg.savings.queries.groups import funds_from
from omsorg.savings.rules.passbook import passbook
from world import World

from .cast import AT, founded, one_more
from .test_receiving import send

LIST, CSV = "/savings/groups/", "/savings/groups.csv"


def signed_in(world: World, key: str, role: str = "savings_field_officer", at: str = "tanzania") -> Client:
    one_more(world, key, role, at)
    with as_house():
        account = Account.objects.create_user(email=f"{key}@example.org", person=world.person[key])
    client = Client()
    client.force_login(account)
    return client


@pytest.fixture
def phone(world: World) -> Phone:
    phone = Phone()
    founded(world, phone)
    return phone


def page(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def url(phone: Phone) -> str:
    return f"{LIST}{phone.group}/"


def test_a_group_stands_in_the_list_and_has_a_page_before_its_first_meeting(world: World, phone: Phone) -> None:
    client = signed_in(world, "visitor")
    listed = page(client, LIST)
    assert "Example Group Tumaini" in listed
    assert "nothing yet" in listed
    said = page(client, url(phone))
    assert "No meeting has come in yet" in said
    assert "The chain of its meetings is whole." not in said


def test_what_was_sealed_stands_on_the_groups_page(world: World, phone: Phone) -> None:
    for _meeting in range(4):
        send(phone.meet())
    said = page(signed_in(world, "visitor"), url(phone))
    assert "The chain of its meetings is whole." in said
    assert "20 members" in said
    assert "number 4 of cycle 1, held on 26 January 2026, received on 6 January 2026" in said
    funds = funds_from(phone.state.balances.items())
    assert funds.lent > 0
    assert funds.saved > 0
    for amount in (funds.cash["loan"], funds.cash["social"], funds.lent, funds.saved):
        assert f"TZS {amount / 100:,.2f}" in said
    assert phone.state.head[:8] in said


def test_what_is_not_posted_is_said_with_its_rule_and_is_gone_once_it_is(world: World, phone: Phone) -> None:
    send(phone.meet())
    second, third = phone.meet(), phone.meet()
    send(third)
    client = signed_in(world, "visitor")
    said = page(client, url(phone))
    assert "Meeting 3 waits" in said
    assert "It waits for meeting 2, which has not come yet." in said
    assert "Tumaini" in page(client, f"{LIST}?look=on")
    send(second)
    assert "It waits for meeting 2" not in page(client, url(phone))
    assert "Nothing is found." in page(client, f"{LIST}?look=on")


def test_what_broke_a_rule_needs_a_look_until_it_is_sealed_anew(world: World, phone: Phone) -> None:
    send(phone.meet())
    send(phone.sealed(phone.next_document(cycle=7)))
    client = signed_in(world, "visitor")
    said = page(client, url(phone))
    assert "Meeting 2 received, not posted" in said
    assert "The meeting names another cycle than the group is in." in said
    send(phone.meet())
    assert "received, not posted" not in page(client, url(phone))


def test_two_meetings_of_one_number_are_shown_as_such(world: World, phone: Phone) -> None:
    other = Phone()
    send(phone.meet())
    other.meet()
    send(phone.meet())
    send(other.sealed(other.next_document(held_on="2026-01-13")))
    said = page(signed_in(world, "visitor"), url(phone))
    assert "There are two meetings with this number." in said


def test_a_chain_that_breaks_is_said_loudly(world: World, phone: Phone, monkeypatch: pytest.MonkeyPatch) -> None:
    send(phone.meet())
    monkeypatch.setattr("omsorg.savings.views.groups.broken_at", lambda _group: 1)
    said = page(signed_in(world, "visitor"), url(phone))
    assert "The chain breaks at meeting 1." in said
    assert "The chain of its meetings is whole." not in said


@pytest.mark.parametrize(("role", "at"), [("savings_field_officer", "kenya"), ("savings_reader", "tanzania")])
def test_what_is_not_opened_to_somebody_is_not_there(world: World, phone: Phone, role: str, at: str) -> None:
    """An officer of another country; a reader of figures whom the group has not let in."""
    if at not in world.org:
        at = next(key for key in world.org if key not in ("tanzania", "arusha", "africa", "international"))
    client = signed_in(world, "other", role, at)
    assert "Tumaini" not in page(client, LIST)
    assert "Tumaini" not in page(client, CSV)
    assert client.get(url(phone)).status_code == 404


def test_whom_the_group_let_in_reads_it(world: World, phone: Phone) -> None:
    with as_house():
        Group.objects.update(figures_opened=True)
    client = signed_in(world, "reader", "savings_reader")
    assert "Tumaini" in page(client, LIST)
    assert "the group agreed that its figures can be opened" in page(client, url(phone))


def test_passbooks_are_shown_only_where_the_group_agreed_and_to_the_last_coin(world: World, phone: Phone) -> None:
    for _meeting in range(4):
        send(phone.meet())
    client = signed_in(world, "visitor")
    assert "Member 7" not in page(client, url(phone))
    with as_house():
        Group.objects.update(figures_opened=True)
    said = page(client, url(phone))
    borrower = phone.state.loans[1].member
    book = passbook(phone.state, borrower)
    assert book.owed > 0
    row = said.split(f">{borrower}. Member {borrower}<")[1].split("</tr>")[0]
    for amount in (book.saved, book.owed, book.today):
        assert f"TZS {amount / 100:,.2f}" in row
    assert f">{book.shares}<" in row


@pytest.mark.parametrize("path", [LIST, CSV, "group"])
def test_strangers_find_nothing_and_nobody_can_send_anything(world: World, phone: Phone, path: str) -> None:
    path = url(phone) if path == "group" else path
    stranger = Client()
    stranger.force_login(world.account["stranger"])
    assert stranger.get(path).status_code == 404
    assert signed_in(world, "visitor").post(path, {"name": "x"}).status_code == 405


@pytest.mark.parametrize(
    ("asked", "there"),
    [
        ("q=tumaini", True),
        ("q=tumaini+nowhere", False),
        ("phase=mobilisation", True),
        ("phase=maturity", False),
        ("phase=nonsense", True),
        ("heard=14", True),
        ("heard=30", False),
        ("heard=never", False),
        ("sort=-received", True),
        ("sort=--name", True),
        ("sort=pk", True),
        ("page=99", True),
    ],
)
def test_the_list_is_searched_filtered_and_sorted(world: World, phone: Phone, asked: str, there: bool) -> None:
    send(phone.meet())
    with time_machine.travel(AT.replace(day=26), tick=False):
        client = signed_in(world, "visitor")
        assert ("Example Group Tumaini" in page(client, f"{LIST}?{asked}")) is there
        assert ("Example Group Tumaini" in client.get(f"{CSV}?{asked}").content.decode()) is there


def test_the_statements_of_the_list_do_not_grow_with_the_groups(
    world: World, phone: Phone, django_assert_num_queries: Any
) -> None:
    client = signed_in(world, "visitor")
    page(client, LIST)
    with django_assert_num_queries(11):
        client.get(LIST)
    with as_house():
        unit = Organisation.objects.get(code="arusha")
    for number in range(2, 8):
        more = Phone(number)
        founded(world, more, unit=unit.code)
        send(more.meet())
    with django_assert_num_queries(11):
        assert "7 groups" in page(client, LIST)


def test_the_statements_of_a_groups_page_do_not_grow_with_its_meetings(
    world: World, phone: Phone, django_assert_num_queries: Any
) -> None:
    client = signed_in(world, "visitor")
    send(phone.meet())
    page(client, url(phone))
    with django_assert_num_queries(21):
        client.get(url(phone))
    for _meeting in range(5):
        send(phone.meet())
    with django_assert_num_queries(21):
        client.get(url(phone))
