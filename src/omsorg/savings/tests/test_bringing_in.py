"""A group that left with everything comes in elsewhere: through the same door, with the same balances and head."""

import json
from collections.abc import Callable
from contextlib import suppress
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from omsorg.kernel.models import Trace
from omsorg.kernel.wall import as_house
from omsorg.savings.example.meetings import Phone
from omsorg.savings.models import Balance, Fork, Group, GroupState, Meeting, Received, Settlement
from world import World

from .cast import founded
from .test_leaving_with_everything import a_life, everything
from .test_receiving import as_in_the_book, kept, send
from .test_settling import decision, settled, two_phones

File = dict[str, Any]


class Undone(Exception):
    pass


def left(world: World, phone: Phone, folder: Path, life: Callable[[Phone], object]) -> tuple[File, Any]:
    """The file of a group that lived so, and how much was kept; of the group nothing is left here."""
    said: list[Any] = []
    with suppress(Undone), transaction.atomic():
        founded(world, phone)
        life(phone)
        said += [everything(phone, folder), kept()]
        raise Undone
    with as_house():
        assert not Group.objects.exists()
    return said[0], said[1]


def brought_in(folder: Path, said: File, below: str = "arusha") -> str:
    file, told = folder / "brought.json", StringIO()
    file.write_text(json.dumps(said))
    call_command("import_savings_group", str(file), below=below, stdout=told)
    return told.getvalue()


def test_it_comes_to_the_same_balances_and_the_same_head(world: World, tmp_path: Path) -> None:
    phone = Phone()
    said, before = left(world, phone, tmp_path, a_life)
    told = brought_in(tmp_path, said)
    assert kept() == before
    with as_house():
        balances = {each.account: str(int(each.amount)) for each in Balance.objects.all()}
        state = GroupState.objects.select_related("group__unit").get()
        assert [each.document for each in Received.objects.order_by("pk")] == [
            each["envelope"]["document"] for each in said["received"]
        ]
        assert Fork.objects.count() == 1
        assert Trace.objects.filter(verb="enter_again").count() == 1
    assert balances == said["balances"]
    assert ({"seq": state.seq, "hash": state.head}, json.loads(state.state)) == (said["head"], said["state"])
    assert (state.group.unit.code, state.group.figures_opened) == ("arusha", False)
    assert told.splitlines()[1] == "1: posted"
    assert "The ledger ends with meeting 6, and every account stands as in the file." in told
    assert "in the file: " not in told


def test_what_three_key_holders_decided_comes_along(world: World, tmp_path: Path) -> None:
    phone = Phone()

    def a_fork(phone: Phone) -> None:
        one, other = two_phones(phone)
        send(one)
        send(other)
        settled(decision(phone, 2, one["hash"], other["hash"]))
        send(phone.meet())

    said, before = left(world, phone, tmp_path, a_fork)
    assert len(said["decisions"]) == 1
    told = brought_in(tmp_path, said)
    assert "2: decided" in told
    assert kept() == before
    as_in_the_book(phone)
    with as_house():
        assert Settlement.objects.get().document == said["decisions"][0]["envelope"]["document"]


def test_done_again_it_goes_on_and_counts_nothing_twice(world: World, tmp_path: Path) -> None:
    said, before = left(world, Phone(), tmp_path, a_life)
    part = {**said, "received": said["received"][:3]}
    with pytest.raises(CommandError, match="head"):
        brought_in(tmp_path, part)
    brought_in(tmp_path, said)
    brought_in(tmp_path, said)
    assert kept() == before


def test_a_group_goes_on_where_it_came_in(world: World, tmp_path: Path) -> None:
    phone = Phone()
    said, _before = left(world, phone, tmp_path, lambda phone: [send(phone.meet()) for _meeting in range(3)])
    brought_in(tmp_path, said)
    assert send(phone.meet()).outcome == "posted"
    as_in_the_book(phone)


def test_a_meeting_that_somebody_touched_in_the_file_is_not_posted(world: World, tmp_path: Path) -> None:
    said, _before = left(world, Phone(), tmp_path, lambda phone: [send(phone.meet()) for _meeting in range(3)])
    envelope = said["received"][1]["envelope"]
    envelope["document"] = envelope["document"].replace('"shares":2', '"shares":3', 1)
    with pytest.raises(CommandError, match="does not stand here as in the file: head"):
        brought_in(tmp_path, said)
    with as_house():
        assert Meeting.objects.count() == 1


def test_an_amount_that_somebody_touched_in_the_file_is_told(world: World, tmp_path: Path) -> None:
    said, _before = left(world, Phone(), tmp_path, lambda phone: send(phone.meet()))
    said["balances"]["cash:loan"] = "1"
    with pytest.raises(CommandError, match=r"as in the file: cash:loan\."):
        brought_in(tmp_path, said)


@pytest.mark.parametrize(
    ("changes", "part"),
    [
        ({"format": "x"}, "format"),
        ({"version": 2}, "format"),
        ({"end": False}, "end"),
        ({"received": {}}, "received"),
        ({"received": [{"envelope": 1}]}, "received"),
        ({"keys": [{"uuid": 1}]}, "keys"),
        ({"group": {"uuid": "x"}}, "group"),
        ({"received": [{"meeting": 1, "received_at": "", "envelope": {}, "answers": [1]}]}, "received"),
        ({"devices": [{"uuid": str(Phone().device), "pen": 1, "from_seq": 1, "why": "x"}]}, "devices"),
        ({"head": {}}, "head"),
    ],
)
def test_what_is_not_the_whole_file_is_refused_before_anything_is_done(
    world: World, tmp_path: Path, changes: File, part: str
) -> None:
    said, _before = left(world, Phone(), tmp_path, lambda phone: send(phone.meet()))
    with pytest.raises(CommandError, match=f"{part} is missing"):
        brought_in(tmp_path, said | changes)
    with as_house():
        assert not Group.objects.exists()


def test_another_group_of_the_same_number_is_left_alone(world: World, tmp_path: Path) -> None:
    said, _before = left(world, Phone(), tmp_path, lambda phone: send(phone.meet()))
    brought_in(tmp_path, said)
    said["founded_with"]["shares_max"] = 4
    with pytest.raises(CommandError, match="did not begin as the file says"):
        brought_in(tmp_path, said)
    with pytest.raises(CommandError, match="no organisation"):
        brought_in(tmp_path, said, below="nowhere")


def test_a_file_that_is_cut_off_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "half.json"
    file.write_text('{"format": "omsorg')
    with pytest.raises(CommandError, match="cut off"):
        call_command("import_savings_group", str(file), below="arusha")
    with pytest.raises(CommandError, match="No such file"):
        call_command("import_savings_group", str(tmp_path / "none.json"), below="arusha")
