"""An organisation is founded, corrected, moved and closed; each refusal has a name, each act one trace."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from omsorg.federation.access import NotAllowed
from omsorg.federation.actions.organisations import (
    close_organisation,
    correct_organisation,
    found_organisation,
    move_organisation,
    rename_organisation,
    reopen_organisation,
    take_back_move,
)
from omsorg.federation.models import Lineage, Mandate, Organisation, Position
from omsorg.federation.queries.organisations import former_names, name_on
from omsorg.federation.refusals import (
    AlreadyThere,
    CalledThatAlready,
    ClosedAlready,
    MoveAlreadyPlanned,
    NameMissing,
    NotBackDated,
    NothingToTakeBack,
    NotThereThen,
    PeopleStillThere,
    ReasonMissing,
    SomethingBelow,
    TopStays,
    UnderItself,
)
from omsorg.federation.tests.acting import AT, DAY, in_the_name_of, traces
from omsorg.kernel.refusals import Refusal
from omsorg.kernel.wall import as_house
from world import World

LATER = date(2024, 7, 1)
ONE_DAY = timedelta(days=1)


def ancestors(organisation: Organisation, day: date) -> list[str]:
    line = Lineage.objects.filter(descendant=organisation, depth__gt=0, valid_from__lte=day).order_by("depth")
    return [x.ancestor.code for x in line if x.valid_until is None or x.valid_until > day]


def found(world: World, who: str = "housekeeper", **changed: Any) -> Organisation:
    told: dict[str, Any] = {
        "name": "Eksempel Børnehus Århus",
        "kind": "programme",
        "under": world.org["norway"],
        "exists_from": date(2010, 1, 1),
        **changed,
    }
    with in_the_name_of(world, who) as by:
        return found_organisation(**told, by=by, at=AT)


def move(world: World, what: str, under: str, from_on: date, who: str = "housekeeper", reason: str = "Moved") -> None:
    with in_the_name_of(world, who) as by:
        move_organisation(
            organisation=world.org[what], under=world.org[under], from_on=from_on, reason=reason, by=by, at=AT
        )


def close(world: World, what: str, until: date = LATER, who: str = "housekeeper", reason: str = "Ended") -> None:
    with in_the_name_of(world, who) as by:
        close_organisation(organisation=world.org[what], until=until, reason=reason, by=by, at=AT)


def test_found_organisation(world: World) -> None:
    organisation = found(world)
    assert organisation.code == "eksempel-boernehus-aarhus"
    assert ancestors(organisation, date(2010, 1, 1)) == ["norway", "europe", "international"]
    assert traces() == [
        (
            "found_organisation",
            "organisation:eksempel-boernehus-aarhus",
            {"kind": "programme", "under": "norway", "exists_from": "2010-01-01"},
        )
    ]
    assert found(world).code == "eksempel-boernehus-aarhus-2"


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [({"name": "  "}, NameMissing), ({"exists_from": date(1999, 12, 31)}, NotThereThen)],
    ids=["without a name", "before the one above it existed"],
)
def test_found_organisation_refuses(world: World, changed: dict[str, Any], refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        found(world, **changed)
    assert traces() == []


@pytest.mark.parametrize("who", ["officer", "plan_owner", "stranger", "national_housekeeper"])
def test_only_who_keeps_that_part_of_the_tree_founds_there(world: World, who: str) -> None:
    with pytest.raises(NotAllowed):
        found(world, who)


def test_correct_organisation(world: World) -> None:
    told = {"kind": "programme", "place": world.org["arusha"].place, "language": "en"}
    for name in ("Example Programme Moshi", "Example Programme Moshi"):
        with in_the_name_of(world, "national_housekeeper") as by:
            correct_organisation(organisation=world.org["arusha"], name=name, **told, by=by, at=AT)
    assert Organisation.objects.get(code="arusha").name == "Example Programme Moshi"
    changed = {"name": ["Example Programme Arusha", "Example Programme Moshi"]}
    assert traces() == [("correct_organisation", "organisation:arusha", {"changed": changed})]


def rename(world: World, name: str, day: date = DAY, reason: str = "Decided by the board") -> None:
    with in_the_name_of(world, "national_housekeeper", day) as by:
        at = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
        rename_organisation(organisation=world.org["arusha"], name=name, reason=reason, by=by, at=at)


def called(world: World, *days: date) -> list[str]:
    return [Organisation.objects.annotate(then=name_on("id", day)).get(code="arusha").then for day in days]


def test_a_new_name_holds_from_its_day_and_a_correction_puts_it_right_backwards(world: World) -> None:
    days = (date(1990, 1, 1), DAY - ONE_DAY, DAY, LATER - ONE_DAY, LATER)
    first = world.org["arusha"].name
    rename(world, "Example Programe Moshi")
    rename(world, "A Third Name", LATER)
    assert called(world, *days) == [first, first, *["Example Programe Moshi"] * 2, "A Third Name"]
    with in_the_name_of(world, "national_housekeeper", LATER + ONE_DAY) as by:
        told = {"kind": "programme", "place": None, "language": "en", "by": by, "at": AT}
        correct_organisation(organisation=world.org["arusha"], name="The Third Name", **told)
    assert called(world, *days) == [first, first, *["Example Programe Moshi"] * 2, "The Third Name"]
    assert [(each.name, each.until) for each in former_names(world.org["arusha"])] == [
        ("Example Programe Moshi", LATER),
        (first, DAY),
    ]
    renamed = {"changed": [first, "Example Programe Moshi"], "reason": "Decided by the board"}
    assert traces()[0] == ("rename_organisation", "organisation:arusha", renamed)


def test_choosing_again_on_the_day_of_a_new_name_puts_it_right(world: World) -> None:
    rename(world, "Example Programe Moshi")
    rename(world, "Example Programme Moshi")
    assert called(world, DAY) == ["Example Programme Moshi"]
    assert len(former_names(world.org["arusha"])) == 1


@pytest.mark.parametrize(
    ("name", "reason", "refusal"),
    [
        ("  ", "Decided", NameMissing),
        ("Another Name", " ", ReasonMissing),
        ("Example Programme  Arusha", "Decided", CalledThatAlready),
    ],
    ids=["without a name", "without a reason", "called that already"],
)
def test_rename_organisation_refuses(world: World, name: str, reason: str, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        rename(world, name, reason=reason)
    assert traces() == []


@pytest.mark.parametrize("who", ["officer", "stranger"])
def test_only_who_keeps_an_organisation_renames_it(world: World, who: str) -> None:
    with pytest.raises(NotAllowed), in_the_name_of(world, who) as by:
        rename_organisation(organisation=world.org["arusha"], name="Another", reason="So", by=by, at=AT)


def test_names_only_grow_and_are_written_by_the_database_alone(world: World) -> None:
    arusha = world.org["arusha"]
    for statement in (
        "UPDATE federation_organisationname SET name = 'x'",
        "DELETE FROM federation_organisationname",
        f"INSERT INTO federation_organisationname (organisation_id, name) VALUES ({arusha.pk}, 'x')",
    ):
        with as_house(), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


@pytest.mark.parametrize("day", [DAY - ONE_DAY, LATER, None], ids=["back-dated", "to come", "the beginning"])
def test_the_database_gives_no_name_for_another_day(world: World, day: date | None) -> None:
    rename(world, "Another Name")
    kept = Organisation.objects.filter(code="arusha")
    with (
        in_the_name_of(world, "national_housekeeper"),
        pytest.raises(DatabaseError, match="holds from the day"),
        transaction.atomic(),
    ):
        kept.update(named_from=day)


def test_move_organisation_keeps_its_history(world: World) -> None:
    move(world, "arusha", "kenya", LATER, reason="The programme serves both")
    assert ancestors(world.org["arusha"], DAY) == ["tanzania", "africa", "international"]
    assert ancestors(world.org["arusha"], LATER) == ["kenya", "africa", "international"]
    details = {"changed": ["tanzania", "kenya"], "from_on": "2024-07-01", "reason": "The programme serves both"}
    assert traces() == [("move_organisation", "organisation:arusha", details)]


def test_choosing_again_on_the_day_of_a_move_corrects_it(world: World) -> None:
    move(world, "arusha", "kenya", LATER)
    move(world, "arusha", "norway", LATER)
    assert ancestors(world.org["arusha"], LATER) == ["norway", "europe", "international"]
    assert Position.objects.filter(organisation=world.org["arusha"]).count() == 2


@pytest.mark.parametrize(
    ("what", "under", "from_on", "reason", "refusal"),
    [
        ("international", "africa", LATER, "Why", TopStays),
        ("arusha", "kenya", date(2024, 3, 30), "Why", NotBackDated),
        ("arusha", "kenya", LATER, " ", ReasonMissing),
        ("arusha", "tanzania", LATER, "Why", AlreadyThere),
        ("africa", "arusha", LATER, "Why", UnderItself),
        ("africa", "africa", LATER, "Why", UnderItself),
    ],
    ids=["the top", "a day gone by", "without a reason", "where it stands", "under its own programme", "under itself"],
)
def test_move_organisation_refuses(
    world: World, what: str, under: str, from_on: date, reason: str, refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal):
        move(world, what, under, from_on, reason=reason)
    assert traces() == []


def test_a_planned_move_is_taken_back_before_another(world: World) -> None:
    move(world, "arusha", "kenya", LATER)
    with pytest.raises(MoveAlreadyPlanned):
        move(world, "arusha", "norway", date(2024, 5, 1))
    with in_the_name_of(world, "housekeeper") as by:
        take_back_move(organisation=world.org["arusha"], by=by, at=AT)
    assert ancestors(world.org["arusha"], LATER) == ["tanzania", "africa", "international"]
    assert traces()[-1] == ("take_back_move", "organisation:arusha", {"from_on": "2024-07-01"})
    with in_the_name_of(world, "housekeeper") as by, pytest.raises(NothingToTakeBack):
        take_back_move(organisation=world.org["arusha"], by=by, at=AT)


def test_who_keeps_one_part_of_the_tree_takes_nothing_from_another(world: World) -> None:
    with pytest.raises(NotAllowed):
        move(world, "arusha", "kenya", LATER, who="national_housekeeper")
    with pytest.raises(NotAllowed):
        move(world, "tanzania", "arusha", LATER, who="national_housekeeper")


def test_close_organisation_ends_the_roles_held_there(world: World) -> None:
    mandate_given = {"person": world.person["officer"], "role": "reporting_officer", "valid_from": date(2020, 1, 1)}
    with as_house():
        now = Mandate.objects.create(organisation=world.org["arusha"], **mandate_given)
        planned = Mandate.objects.create(
            organisation=world.org["arusha"], **{**mandate_given, "role": "verifier", "valid_from": date(2025, 1, 1)}
        )
    close(world, "arusha")
    for mandate, until in ((now, LATER), (planned, date(2025, 1, 1))):
        with as_house():
            mandate.refresh_from_db()
        assert mandate.valid_until == until
    assert ancestors(world.org["arusha"], LATER) == []
    details = {"until": "2024-07-01", "reason": "Ended"}
    assert traces() == [("close_organisation", "organisation:arusha", details)]
    with pytest.raises(ClosedAlready):
        close(world, "arusha")


@pytest.mark.parametrize(
    ("what", "until", "reason", "refusal"),
    [
        ("international", LATER, "Why", TopStays),
        ("africa", LATER, "Why", SomethingBelow),
        ("kenya", LATER, "Why", PeopleStillThere),
        ("arusha", date(2024, 3, 30), "Why", NotBackDated),
        ("arusha", LATER, "", ReasonMissing),
    ],
    ids=["the top", "others stand below", "people belong to it", "a day gone by", "without a reason"],
)
def test_close_organisation_refuses(world: World, what: str, until: date, reason: str, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        close(world, what, until, reason=reason)
    assert traces() == []


def test_reopen_organisation(world: World) -> None:
    close(world, "arusha", until=DAY)
    with in_the_name_of(world, "national_housekeeper") as by:
        reopen_organisation(organisation=world.org["arusha"], reason="Closed by mistake", by=by, at=AT)
    assert ancestors(world.org["arusha"], LATER) == ["tanzania", "africa", "international"]
    assert traces()[-1] == ("reopen_organisation", "organisation:arusha", {"reason": "Closed by mistake"})
