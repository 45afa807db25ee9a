"""The office learns of a group by the file of its phone: entered once, by who accompanies groups, at their place."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from omsorg.kernel.wall import as_house
from omsorg.savings.example.meetings import Phone
from omsorg.savings.models import Device, Group, MemberKey
from omsorg.savings.rules.broken import Broken
from omsorg.savings.rules.founded import read_founded
from world import World

from .test_pages import signed_in

PAGE = "/savings/groups/new/"


def file_of(phone: Phone) -> dict[str, Any]:
    keys = [{"id": str(uuid), "member": member, "public": public} for uuid, member, public in phone.public_keys()][:3]
    told = {"constitution": dict(phone.constitution), "device": str(phone.device), "keys": keys}
    return {"format": 1, "group": str(phone.group), "name": "Mwanzo", **told}


def hands_in(client: Client, world: World, said: Any, unit: str = "arusha") -> HttpResponse:
    file = SimpleUploadedFile("Mwanzo.json", json.dumps(said).encode())
    answer: HttpResponse = client.post(PAGE, {"unit": world.org[unit].pk, "file": file})
    return answer


def test_a_group_is_entered_by_the_file_of_its_phone_once(world: World) -> None:
    client, said = signed_in(world, "visitor"), file_of(Phone())
    assert "Enter a savings group" in client.get("/savings/groups/").content.decode()
    assert hands_in(client, world, said)["Location"] == f"/savings/groups/{said['group']}/"
    with as_house():
        group = Group.objects.get(uuid=said["group"])
        assert (group.name, group.unit_id) == ("Mwanzo", world.org["arusha"].pk)
        assert Device.objects.get(group=group).uuid.hex == said["device"].replace("-", "")
        assert sorted(MemberKey.objects.filter(group=group).values_list("member", flat=True)) == sorted(
            key["member"] for key in said["keys"]
        )
    again = hands_in(client, world, said)
    assert "This group is entered already." in again.content.decode()


@pytest.mark.parametrize(
    "spoilt",
    [
        {"format": 2},
        {"group": "Mwanzo"},
        {"name": "  "},
        {"name": 7},
        {"device": None},
        {"constitution": []},
        {"keys": []},
        {"keys": [{"id": "x", "member": 1, "public": ""}] * 3},
    ],
)
def test_another_file_is_refused_and_nothing_is_entered(world: World, spoilt: dict[str, Any]) -> None:
    said = {**file_of(Phone()), **spoilt}
    with pytest.raises(Broken, match="format"):
        read_founded(json.dumps(said).encode())


def test_a_wrong_rule_a_wrong_key_and_no_file_at_all_are_told_at_the_form(world: World) -> None:
    client, said = signed_in(world, "visitor"), file_of(Phone())
    wrong_keys = [{**said["keys"][0], "public": "AAAA"}, *said["keys"][1:]]
    for spoilt in ({"constitution": {"currency": "QQQ"}}, {"keys": wrong_keys}, {"format": 3}):
        answer = hands_in(client, world, {**said, **spoilt})
        assert answer.status_code == 200
        assert "error" in answer.content.decode()
    with as_house():
        assert not Group.objects.filter(uuid=said["group"]).exists()


def test_nobody_enters_a_group_elsewhere_or_without_accompanying_any(world: World) -> None:
    said = file_of(Phone())
    assert hands_in(signed_in(world, "visitor"), world, said, unit="kenya").status_code == 200
    reader = signed_in(world, "reader", "savings_reader")
    assert hands_in(reader, world, said).status_code == 404
    assert "Enter a savings group" not in reader.get("/savings/groups/").content.decode()
    with as_house():
        assert not Group.objects.filter(uuid=said["group"]).exists()
