"""The page of one meeting: its lines in words, what they posted, who signed; and who finds it."""

import csv
import io
from typing import Any

import pytest
from django.test import Client

from omsorg.kernel.wall import as_house
from omsorg.savings.example.meetings import Phone
from omsorg.savings.models import Group, Received
from omsorg.savings.pages.meeting import file_rows, gathered_rows, line_rows
from omsorg.savings.rules.broken import Broken
from world import World

from .cast import founded
from .test_pages import page, signed_in
from .test_pages import url as group_url
from .test_receiving import send


@pytest.fixture
def phone(world: World) -> Phone:
    phone = Phone()
    founded(world, phone)
    return phone


def url(seq: int, **more: Any) -> str:
    with as_house():
        kept = Received.objects.select_related("group").get(seq=seq, **more)
    return f"/savings/groups/{kept.group.uuid}/meetings/{kept.mark}"


def agreed() -> None:
    with as_house():
        Group.objects.update(figures_opened=True)


def test_a_meeting_is_read_line_by_line_with_what_it_posted(world: World, phone: Phone) -> None:
    for _meeting in range(4):
        envelope = send(phone.meet()) and phone.state.head
    agreed()
    client = signed_in(world, "visitor")
    assert f'href="{url(4)}/"' in page(client, group_url(phone))
    said = page(client, f"{url(4)}/")
    assert "in the ledger" in said
    assert "members 18, 19, 20" in said
    assert envelope in said
    assert "the phone of the group" in said
    row = said.split("Asked for a loan</td>")[1].split("</tr>")[0]
    assert "for 3 months" in row
    assert "TZS" in row
    assert "Cash of the loan fund" in said
    assert "Savings of member 7" in said


def test_the_file_tells_every_line_and_every_posting_to_the_last_unit(world: World, phone: Phone) -> None:
    send(phone.meet())
    agreed()
    answer = signed_in(world, "visitor").get(f"{url(1)}.csv")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    saved = [row for row in rows if row[1] == "share_buy" and row[4] == "share:7"]
    assert [int(row[5]) for row in saved] == [-600000]
    assert sum(int(row[5]) for row in rows[1:] if row[5]) == 0


def test_without_the_groups_word_no_member_is_read(world: World, phone: Phone) -> None:
    """Whoever accompanies the group reads what it comes to; a file of members' lines there is not."""
    send(phone.meet())
    client = signed_in(world, "visitor")
    said = page(client, f"{url(1)}/")
    assert "lines of members are not shown" in said
    assert "Savings of member 7" not in said
    assert "Member 7" not in said
    row = said.split("Paid to the social fund</th>")[1].split("</tr>")[0]
    assert ">20<" in row
    assert "TZS 10,000.00" in row
    assert client.get(f"{url(1)}.csv").status_code == 404


def test_what_waits_says_for_what(world: World, phone: Phone) -> None:
    send(phone.meet())
    phone.meet()
    send(phone.meet())
    said = page(signed_in(world, "visitor"), f"{url(3)}/")
    assert "It waits for meeting 2, which has not come yet." in said
    assert "What was posted" not in said


def test_what_broke_a_rule_names_it(world: World, phone: Phone) -> None:
    send(phone.meet())
    send(phone.sealed(phone.next_document(cycle=7)))
    said = page(signed_in(world, "visitor"), f"{url(2)}/")
    assert "received, not posted" in said
    assert "The meeting names another cycle than the group is in." in said


def test_what_is_not_the_groups_is_named_and_not_read(world: World, phone: Phone) -> None:
    envelope = phone.meet()
    send({**envelope, "document": envelope["document"].replace("Member 7", "Thief 7")})
    agreed()
    client = signed_in(world, "visitor")
    assert "its keys do not vouch for it" in page(client, group_url(phone))
    said = page(client, f"{url(1, genuine=False)}/")
    assert "The meeting was changed after it was sealed." in said
    assert "Thief" not in said
    assert "Paid to the social fund" not in said


@pytest.mark.parametrize(("role", "at"), [("savings_field_officer", "kenya"), ("savings_reader", "tanzania")])
@pytest.mark.parametrize("ending", ["/", ".csv"])
def test_to_others_the_meeting_is_not_there(world: World, phone: Phone, role: str, at: str, ending: str) -> None:
    if at not in world.org:
        at = next(key for key in world.org if key not in ("tanzania", "arusha", "africa", "international"))
    send(phone.meet())
    path = f"{url(1)}{ending}"
    assert signed_in(world, "other", role, at).get(path).status_code == 404
    stranger = Client()
    stranger.force_login(world.account["stranger"])
    assert stranger.get(path).status_code == 404


def test_a_meeting_of_another_group_is_not_there_either(world: World, phone: Phone) -> None:
    other = Phone(2)
    founded(world, other)
    send(phone.meet())
    client = signed_in(world, "visitor")
    assert client.get(f"{url(1)}/").status_code == 200
    assert client.get(f"{url(1)}/".replace(str(phone.group), str(other.group))).status_code == 404


@pytest.mark.parametrize("value", [None, [], {}, 1.5, True, "x" * 50, -1, "9" * 31])
def test_whatever_a_line_holds_it_is_shown_and_breaks_nothing(value: Any) -> None:
    """Three key-holders may sign what no rule allows: it is kept, and its page opens."""
    names = ("kind", "member", "amount", "how", "fund", "right", "role", "shares", "about", "reason", "by", "said")
    lines = [{"n": value, "kind": "vote"}, *({"n": 1, "kind": "counted", name: value} for name in names)]
    assert len(line_rows(lines, "TZS")) == len(lines)
    assert gathered_rows(lines, "TZS")
    assert len(list(file_rows(lines, [(1, "counted", "cash:loan", 5)]))) >= len(lines)


def test_a_passbook_that_cannot_be_reckoned_says_why(
    world: World, phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(phone.meet())
    agreed()

    def refuse(_state: Any, _number: int) -> Any:
        raise Broken("nothing-saved")

    monkeypatch.setattr("omsorg.savings.pages.groups.passbook", refuse)
    assert "Everybody is paid their share before the cycle closes." in page(
        signed_in(world, "visitor"), group_url(phone)
    )
