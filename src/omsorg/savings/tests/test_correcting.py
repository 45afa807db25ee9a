"""A group's name, place and phase are corrected by who accompanies it; what they were stays, and so does its money."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from omsorg.federation.access import NotAllowed
from omsorg.federation.models import Organisation
from omsorg.kernel.wall import as_house, in_name_of
from omsorg.savings.actions.correcting import CorrectedMeanwhile, NothingCorrected, Particulars, correct_group
from omsorg.savings.example.meetings import Phone
from omsorg.savings.models import Balance, Group, GroupCorrection, Posting
from world import World

from .cast import AT, founded, one_more
from .test_pages import page, signed_in, url
from .test_receiving import send


def corrected(world: World, group: Group, by: Any, **said: Any) -> GroupCorrection:
    given: dict[str, Any] = {"name": group.name, "unit": world.org["arusha"], "phase": "mobilisation", **said}
    after, why = given.pop("after", 0), given.pop("why", "It was misheard")
    with in_name_of(by.person_id, day=AT.date()):
        return correct_group(
            group=group, said=Particulars(**given), why=why, after=after, by=by, at=AT + timedelta(days=1)
        )


def test_what_a_group_was_is_kept_and_its_money_is_not_touched(world: World) -> None:
    officer = one_more(world, "savings_officer", "savings_field_officer", "tanzania")
    phone = Phone()
    group = founded(world, phone, by=officer)
    send(phone.meet())
    with as_house():
        before = list(Balance.objects.values_list()), Posting.objects.count()
    first = corrected(world, group, officer, name="Umoja", phase="intensive")
    corrected(world, group, officer, name="Umoja", unit=world.org["tanzania"], phase="development", after=first.pk)
    with as_house():
        stands = Group.objects.get()
        assert (stands.name, stands.unit_id, stands.phase) == ("Umoja", world.org["tanzania"].pk, "development")
        assert list(
            GroupCorrection.objects.order_by("pk").values_list("name_was", "phase_was", "unit_was_id", "name")
        ) == [
            ("Example Group Tumaini", "mobilisation", world.org["arusha"].pk, "Umoja"),
            ("Umoja", "intensive", world.org["arusha"].pk, "Umoja"),
        ]
        assert (list(Balance.objects.values_list()), Posting.objects.count()) == before


def test_nothing_new_somebody_meanwhile_and_a_place_of_others_are_refused(world: World) -> None:
    officer = one_more(world, "savings_officer", "savings_field_officer", "arusha")
    group = founded(world, Phone(), by=officer)
    with pytest.raises(NothingCorrected):
        corrected(world, group, officer)
    with pytest.raises(NotAllowed):
        corrected(world, group, officer, unit=world.org["tanzania"])
    stranger = one_more(world, "officer_of_elsewhere", "savings_reader", "tanzania")
    with pytest.raises(NotAllowed):
        corrected(world, group, stranger, name="Umoja")
    corrected(world, group, officer, name="Umoja")
    with pytest.raises(CorrectedMeanwhile):
        corrected(world, group, officer, name="Upendo")
    with as_house():
        assert (Group.objects.get().name, GroupCorrection.objects.count()) == ("Umoja", 1)


@pytest.mark.parametrize("change", [{"name": "Umoja"}, {"phase": "maturity"}, {"unit": "tanzania"}])
@pytest.mark.parametrize("who", ["officer", "house"])
def test_the_database_refuses_a_change_that_leaves_nothing(world: World, who: str, change: dict[str, str]) -> None:
    officer = one_more(world, "savings_officer", "savings_field_officer", "tanzania")
    founded(world, Phone(), by=officer)
    said = {word: world.org[said] if word == "unit" else said for word, said in change.items()}
    name = as_house() if who == "house" else in_name_of(officer.person_id, day=AT.date())
    with name, pytest.raises(DatabaseError, match="by a correction"), transaction.atomic():
        Group.objects.update(**said)


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"name_was": "Another"}, "says what a group was"),
        ({"name": "Example Group Tumaini"}, "says what a group was"),
        ({"unit_id": "africa"}, "row-level"),
        ({"by_id": "somebody"}, "row-level"),
    ],
)
def test_the_database_refuses_an_untrue_correction(world: World, wrong: dict[str, str], refusal: str) -> None:
    officer = one_more(world, "savings_officer", "savings_field_officer", "tanzania")
    group = founded(world, Phone(), by=officer)
    other = one_more(world, "somebody", "savings_reader", "tanzania")
    ids = {"africa": world.org["africa"].pk, "somebody": other.person_id}
    said: dict[str, Any] = {
        "name_was": group.name, "unit_was_id": group.unit_id, "phase_was": group.phase,
        "name": "Umoja", "unit_id": group.unit_id, "phase": group.phase,
        "why": "x", "by_id": officer.person_id, "at": AT, "group_id": group.pk,
        **{name: ids.get(word, word) for name, word in wrong.items()},
    }  # fmt: skip
    with in_name_of(officer.person_id, day=AT.date()):
        with pytest.raises(DatabaseError, match=refusal), transaction.atomic():
            GroupCorrection.objects.create(**said)
        assert Group.objects.get().name == "Example Group Tumaini"


def test_a_correction_is_never_changed_nor_taken_back(world: World) -> None:
    officer = one_more(world, "savings_officer", "savings_field_officer", "tanzania")
    corrected(world, founded(world, Phone(), by=officer), officer, name="Umoja")
    for statement in ("UPDATE savings_groupcorrection SET why = ''", "DELETE FROM savings_groupcorrection"):
        for name in (as_house(), in_name_of(officer.person_id, day=AT.date())):
            with name, pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
                connection.cursor().execute(statement)


def sent(client: Client, phone: Phone, unit: Organisation, **said: Any) -> Any:
    given = {"name": "Umoja", "unit": unit.pk, "phase": "intensive", "why": "Misheard", "after": 0, **said}
    return client.post(f"{url(phone)}correct/", given)


def test_the_page_corrects_and_the_groups_page_says_what_was(world: World) -> None:
    phone = Phone()
    founded(world, phone)
    client, unit = signed_in(world, "visitor"), world.org["arusha"]
    assert "Correct the name, place or phase" in page(client, url(phone))
    assert "Example Group Tumaini" in page(client, f"{url(phone)}correct/")
    assert sent(client, phone, unit)["Location"] == url(phone)
    said = page(client, url(phone))
    assert "Name was “Example Group Tumaini”, is “Umoja”; Phase was “mobilisation”, is “intensive”" in said
    assert "Example visitor" in said
    assert "Reason: Misheard" in said
    assert "Somebody corrected this group while you wrote." in sent(client, phone, unit, name="x").content.decode()
    with as_house():
        last = GroupCorrection.objects.get().pk
    again = sent(client, phone, unit, after=last).content.decode()
    assert "Everything stands as you wrote it already." in again
    assert sent(client, phone, unit, why="", after=last).status_code == 200


def test_a_reader_of_figures_corrects_nothing_and_reads_no_names_of_who_did(world: World) -> None:
    phone = Phone()
    officer = one_more(world, "savings_officer", "savings_field_officer", "tanzania")
    corrected(world, founded(world, phone, by=officer), officer, name="Umoja")
    with as_house():
        Group.objects.update(figures_opened=True)
    reader = signed_in(world, "reader", "savings_reader")
    assert "What was corrected" not in page(reader, url(phone))
    assert reader.get(f"{url(phone)}correct/").status_code == 404
    assert sent(reader, phone, world.org["arusha"]).status_code == 404
