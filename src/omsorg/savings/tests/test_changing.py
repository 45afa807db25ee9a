"""A lost phone is replaced, keys come and go: three keys before the field officer, and never otherwise."""

import json
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from django.db import DatabaseError, connection, transaction

from omsorg.federation.access import Acting, NotAllowed
from omsorg.kernel.models import Trace
from omsorg.kernel.wall import as_house, in_name_of
from omsorg.savings.actions.changing import change_keys
from omsorg.savings.checks import papers_hold, signatures_hold
from omsorg.savings.example.meetings import HOLDERS, Phone, public, uuid_of
from omsorg.savings.models import Device, Group, KeyChange, MemberKey
from omsorg.savings.rules.broken import Broken
from omsorg.savings.rules.changing import change_document
from world import World

from .cast import AT, founded, one_more
from .test_pages import page, signed_in
from .test_pages import url as group_url
from .test_receiving import send

NEW_PHONE = uuid_of(77, 0xD)
REPLACED = {"change": "pen", "device": str(NEW_PHONE), "pen": 2, "why": "lost"}


@pytest.fixture
def phone(world: World) -> Phone:
    phone = Phone()
    founded(world, phone)
    send(phone.meet())
    return phone


@pytest.fixture
def officer(world: World, phone: Phone) -> Acting:
    return one_more(world, "near", "savings_field_officer", "tanzania")


def a_key(phone: Phone, member: int) -> dict[str, Any]:
    """A new key for this member; the phone holds its secret from now on."""
    secret = ec.derive_private_key(900000 + member, ec.SECP256R1())
    phone.secrets[member] = secret
    return {"change": "key", "key": str(phone.key_of(member)), "member": member, "public": public(secret)}


def paper(phone: Phone, *changes: dict[str, Any], signers: Sequence[int] = HOLDERS, **head: Any) -> bytes:
    document = change_document(str(phone.group), phone.state.seq, phone.state.head, changes)
    return json.dumps(phone.sealed({**document, **head}, signers)).encode()


def hand_in(by: Acting, raw: bytes) -> str:
    with as_house():
        group = Group.objects.get()
    with in_name_of(by.person_id, day=AT.date()):
        return change_keys(group=group, envelope=raw, by=by, at=AT)


def test_a_lost_phone_is_replaced_and_the_old_one_is_refused(phone: Phone, officer: Acting) -> None:
    hand_in(officer, paper(phone, REPLACED))
    by_the_old = send(phone.sealed(phone.next_document()))
    assert (by_the_old.outcome, by_the_old.rule) == ("refused", "pen-moved")
    by_the_new = send(phone.sealed(phone.next_document(device=str(NEW_PHONE), pen=2)))
    assert by_the_new.outcome == "posted"
    with as_house():
        assert list(Device.objects.order_by("pen").values_list("pen", "from_seq", "why")) == [
            (1, 1, "first"),
            (2, 2, "lost"),
        ]
        assert Trace.objects.get(verb="change_keys").actor == officer.person_id
        assert signatures_hold().wrong == papers_hold().wrong == ()


def test_the_old_phone_lies_about_its_pen_in_vain(phone: Phone, officer: Acting) -> None:
    hand_in(officer, paper(phone, REPLACED))
    assert send(phone.sealed(phone.next_document(pen=2))).rule == "device"
    assert send(phone.sealed(phone.next_document(device=str(NEW_PHONE)))).rule == "device"


def test_a_new_members_key_signs_once_she_holds_the_office(phone: Phone, officer: Acting) -> None:
    hand_in(officer, paper(phone, a_key(phone, 7)))
    with as_house():
        key = MemberKey.objects.get(member=7)
        assert (key.from_seq, key.until_seq) == (2, None)
    assert send(phone.sealed(phone.next_document(), signers=(7, 18, 19))).rule == "signer"
    change = [
        {"kind": "role_change", "member": 18, "role": "key_holder", "holds": False},
        {"kind": "role_change", "member": 7, "role": "key_holder", "holds": True},
        {"kind": "vote", "about": 2, "yes": 20, "no": 0, "abstain": 0},
    ]
    ordinary = [{k: v for k, v in line.items() if k != "n"} for line in phone.next_document()["lines"]]
    assert send(phone.meet([*change, *ordinary])).outcome == "posted"
    assert send(phone.sealed(phone.next_document(), signers=(7, 19, 20))).outcome == "posted"


def test_a_withdrawn_key_signs_nothing_any_more_and_what_it_signed_stays_good(phone: Phone, officer: Acting) -> None:
    old = phone.key_of(18)
    secret = ec.derive_private_key(424242, ec.SECP256R1())
    new = {"change": "key", "key": str(uuid_of(5, 0xE99)), "member": 18, "public": public(secret)}
    hand_in(officer, paper(phone, new, {"change": "revoke", "key": str(old)}))
    assert send(phone.sealed(phone.next_document())).rule == "key-unknown"
    with as_house():
        assert signatures_hold().wrong == ()
        assert MemberKey.objects.get(uuid=old).until_seq == 2


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ([{**REPLACED, "pen": 3}], "pen-taken"),
        ([{**REPLACED, "pen": 1}], "pen-taken"),
        ([REPLACED, REPLACED], "format"),
        ([{**REPLACED, "why": "first"}], "format"),
        ([{**REPLACED, "more": 1}], "format"),
        ([{"change": "sell"}], "format"),
        ([{"change": 5}], "format"),
        ([], "format"),
        ([{"change": "revoke", "key": str(UUID(int=5))}], "key-gone"),
        ([{"change": "revoke", "key": str(Phone().key_of(18))}], "keys-too-few"),
        ([{"change": "key", "key": str(Phone().key_of(1)), "member": 1, "public": "A" * 87}], "key"),
        (
            [{"change": "key", "key": str(Phone().key_of(1)), "member": 1, "public": public(Phone().secrets[1])}],
            "key-taken",
        ),
        (
            [{"change": "key", "key": str(UUID(int=5)), "member": 99, "public": public(Phone().secrets[1])}],
            "member-unknown",
        ),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(
    phone: Phone, officer: Acting, changes: list[Any], rule: str
) -> None:
    with pytest.raises(Broken) as refused:
        hand_in(officer, paper(phone, *changes))
    assert refused.value.rule == rule
    with as_house():
        assert (Device.objects.count(), MemberKey.objects.count(), KeyChange.objects.count()) == (1, 4, 0)


@pytest.mark.parametrize(
    ("signers", "rule"), [((18, 19), "signatures"), ((1, 19, 20), "signer"), ((18, 18, 19), "signed-twice")]
)
def test_without_three_key_holders_nothing_changes(
    phone: Phone, officer: Acting, signers: Sequence[int], rule: str
) -> None:
    with pytest.raises(Broken, match=rule):
        hand_in(officer, paper(phone, REPLACED, signers=signers))


def test_a_paper_holds_after_the_meeting_that_it_names_and_only_once(phone: Phone, officer: Acting) -> None:
    early = paper(phone, REPLACED)
    send(phone.meet())
    with pytest.raises(Broken, match="moved-on"):
        hand_in(officer, early)
    now = paper(phone, REPLACED)
    hand_in(officer, now)
    with pytest.raises(Broken, match="pen-taken"):
        hand_in(officer, now)


def test_nobody_without_the_office_hands_one_in(world: World, phone: Phone) -> None:
    place = next(key for key in world.org if key not in ("tanzania", "arusha", "africa", "international"))
    for role, at in (("savings_field_officer", place), ("savings_reader", "tanzania")):
        nobody = one_more(world, f"{role}_{at}", role, at)
        with pytest.raises(NotAllowed):
            hand_in(nobody, paper(phone, REPLACED))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE savings_keychange SET after = 9",
        "DELETE FROM savings_keychange",
        "UPDATE savings_memberkey SET public = 'x'",
        "SELECT savings_change_keys(group_id, document, hash, signatures, by_id, now()) FROM savings_keychange",
    ],
)
def test_the_database_refuses_it_too(phone: Phone, officer: Acting, statement: str) -> None:
    """The last: a paper once more, in nobody's name and after another state."""
    hand_in(officer, paper(phone, REPLACED))
    with as_house():
        before = list(MemberKey.objects.order_by("pk").values_list("public", flat=True))
    try:
        with as_house(), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
            assert cursor.rowcount == 0
    except DatabaseError:
        pass
    with as_house():
        assert list(MemberKey.objects.order_by("pk").values_list("public", flat=True)) == before
        assert KeyChange.objects.get().after == 1


def test_the_page_tells_who_writes_and_who_signs_and_takes_the_paper(world: World, phone: Phone) -> None:
    client = signed_in(world, "visitor")
    where = f"{group_url(phone)}keys/"
    assert f'href="{where}"' in page(client, group_url(phone))
    said = page(client, where)
    assert "the first" in said
    assert said.count("holds; a key-holder’s") == 3
    wrong = client.post(where, {"paper": paper(phone, REPLACED, signers=(18, 19)).decode()})
    assert "Three key-holders must sign." in wrong.content.decode()
    assert client.post(where, {"paper": paper(phone, REPLACED).decode()}).status_code == 302
    said = page(client, where)
    assert "the one before was lost" in said
    assert "After meeting 1, signed by members 18, 19, 20 before Example visitor" in said
    reader = signed_in(world, "reader", "savings_reader")
    with as_house():
        Group.objects.update(figures_opened=True)
    assert reader.get(where).status_code in (403, 404)
    assert "Phone and keys" not in page(reader, group_url(phone))
