"""A role is given for a time and ended; never to oneself, never beyond one's own part of the tree."""

import threading
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, connections, transaction

from omsorg.federation import roles
from omsorg.federation.access import NotAllowed, acting_as
from omsorg.federation.actions.roles import end_role, give_role
from omsorg.federation.models import Mandate, Person
from omsorg.federation.refusals import (
    EndedAlready,
    EndsBeforeItBegins,
    HasLeft,
    HeldAlready,
    LastHousekeeper,
    NoSuchRole,
    NotBackDated,
    NotForOneself,
    NotHeldThere,
)
from omsorg.federation.roles import codes_that_may, role_called
from omsorg.federation.tests.acting import AT, DAY, in_the_name_of, traces
from omsorg.kernel.refusals import Refusal
from omsorg.kernel.wall import as_house
from world import World, make_world

LATER = date(2024, 7, 1)


def give(world: World, by_whom: str = "housekeeper", **changed: Any) -> Mandate:
    told: dict[str, Any] = {
        "person": world.person["stranger"],
        "role": "verifier",
        "organisation": world.org["sweden"],
        "from_on": DAY,
        "until": None,
        **changed,
    }
    with in_the_name_of(world, by_whom) as by:
        return give_role(**told, by=by, at=AT)


def held(world: World, who: str, role: str) -> Mandate:
    with as_house():
        return Mandate.objects.select_related("organisation").get(person=world.person[who], role=role)


def end(world: World, mandate: Mandate, on: date = DAY, by_whom: str = "housekeeper") -> None:
    with in_the_name_of(world, by_whom) as by:
        end_role(mandate=mandate, on=on, by=by, at=AT)


def test_give_role_opens_from_its_day(world: World) -> None:
    mandate = give(world, from_on=LATER, until=date(2025, 7, 1))
    person = world.person["stranger"].pk
    reach = {}
    for day in (DAY, LATER, date(2025, 7, 1)):
        with in_the_name_of(world, "stranger", day):
            reach[day] = acting_as(person, day=day).may("plans.verify", world.org["lund"].pk)
    assert list(reach.values()) == [False, True, False]
    details = {"person": person, "role": "verifier", "from": "2024-07-01", "until": "2025-07-01"}
    assert traces() == [("give_role", f"mandate:{mandate.pk}", details)]


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"role": "king"}, NoSuchRole),
        ({"from_on": date(2024, 3, 30)}, NotBackDated),
        ({"until": DAY}, EndsBeforeItBegins),
        ({"person": "housekeeper", "role": "reporting_officer"}, NotForOneself),
        ({"person": "officer", "role": "reporting_officer", "organisation": "tanzania"}, HeldAlready),
        ({"person": "officer", "role": "reporting_officer", "organisation": "tanzania", "until": LATER}, HeldAlready),
    ],
    ids=["a role nobody knows", "a day gone by", "ends first", "to oneself", "held for good", "held on those days"],
)
def test_give_role_refuses(world: World, changed: dict[str, Any], refusal: type[Refusal]) -> None:
    changed = {
        key: world.person[value] if key == "person" else world.org[value] if key == "organisation" else value
        for key, value in changed.items()
    }
    with pytest.raises(refusal):
        give(world, **changed)
    assert traces() == []


def test_a_role_is_held_only_where_it_belongs(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    only_programmes = replace(role_called("verifier"), held_at=frozenset({"programme"}))
    monkeypatch.setitem(roles._entered, "verifier", only_programmes)
    with pytest.raises(NotHeldThere):
        give(world)
    assert give(world, organisation=world.org["arusha"]).role == "verifier"


def test_nobody_gives_a_role_wider_than_the_own_seat(world: World) -> None:
    for person, organisation in (("officer", "africa"), ("officer", "kenya"), ("officer_kenya", "tanzania")):
        with pytest.raises(NotAllowed):
            give(world, "national_housekeeper", person=world.person[person], organisation=world.org[organisation])
    for who in ("officer", "plan_owner", "stranger"):
        with pytest.raises(NotAllowed):
            give(world, who)


def test_whoever_has_left_holds_nothing_new(world: World) -> None:
    with as_house():
        Person.objects.filter(pk=world.person["stranger"].pk).update(left_on=DAY)
    with pytest.raises(HasLeft):
        give(world)


def test_end_role(world: World) -> None:
    mandate = held(world, "officer", "reporting_officer")
    end(world, mandate, by_whom="national_housekeeper")
    with in_the_name_of(world, "officer") as officer:
        assert officer.mandates == ()
    assert [verb for verb, *_ in traces()] == ["end_role"]
    with pytest.raises(EndedAlready):
        end(world, mandate)


def test_a_role_that_has_not_begun_never_begins(world: World) -> None:
    mandate = give(world, from_on=LATER)
    end(world, mandate)
    assert mandate.valid_until == LATER
    with in_the_name_of(world, "stranger", LATER) as stranger:
        assert stranger.mandates == ()


def test_a_role_ended_today_is_given_again_today(world: World) -> None:
    end(world, held(world, "officer", "reporting_officer"))
    give(world, person=world.person["officer"], role="reporting_officer", organisation=world.org["tanzania"])
    with in_the_name_of(world, "officer") as officer:
        assert officer.may("plans.report", world.org["tanzania"].pk)


def test_end_role_refuses_a_day_gone_by_and_other_peoples_trees(world: World) -> None:
    with pytest.raises(NotBackDated):
        end(world, held(world, "officer", "reporting_officer"), on=date(2024, 3, 30))
    with pytest.raises(NotAllowed):
        end(world, held(world, "plan_owner", "plan_owner"), by_whom="national_housekeeper")


def test_the_last_housekeeper_of_the_top_stays(world: World) -> None:
    mandate = held(world, "housekeeper", "housekeeper")
    with pytest.raises(LastHousekeeper):
        end(world, mandate)
    top = world.org["international"]
    give(world, role="housekeeper", organisation=top, until=LATER)
    with pytest.raises(LastHousekeeper):
        end(world, mandate)
    give(world, role="housekeeper", organisation=top, person=world.person["reviewer"])
    end(world, mandate)


def test_the_last_housekeeper_further_down_may_go(world: World) -> None:
    mandate = held(world, "national_housekeeper", "housekeeper")
    end(world, mandate)
    assert mandate.valid_until == DAY


def refused_by_database(world: World, who: str, **values: Any) -> None:
    with pytest.raises(DatabaseError), in_the_name_of(world, who), transaction.atomic():
        Mandate.objects.create(valid_from=DAY, **values)


def test_the_database_refuses_a_role_to_oneself_and_from_those_who_keep_nobody(world: World) -> None:
    tanzania, housekeeper = world.org["tanzania"], world.person["housekeeper"]
    refused_by_database(world, "housekeeper", person=housekeeper, role="publisher", organisation=tanzania)
    refused_by_database(world, "reviewer", person=world.person["officer"], role="verifier", organisation=tanzania)
    refused_by_database(
        world, "national_housekeeper", person=world.person["officer"], role="verifier", organisation=world.org["kenya"]
    )


def test_the_database_knows_the_same_keepers_as_the_roles(world: World) -> None:
    assert codes_that_may("people.keep") == ["housekeeper"]


def test_the_database_lets_a_mandate_only_end(world: World) -> None:
    mandate = held(world, "officer", "reporting_officer")
    for change in ({"role": "verifier"}, {"organisation": world.org["africa"]}, {"person": world.person["reviewer"]}):
        with pytest.raises(DatabaseError), in_the_name_of(world, "housekeeper"), transaction.atomic():
            Mandate.objects.filter(pk=mandate.pk).update(**change)
    own = held(world, "housekeeper", "housekeeper")
    with in_the_name_of(world, "housekeeper"):
        Mandate.objects.filter(pk=own.pk).update(valid_until=LATER)
    with pytest.raises(DatabaseError), in_the_name_of(world, "housekeeper"), transaction.atomic():
        Mandate.objects.filter(pk=own.pk).update(valid_until=None)
    with in_the_name_of(world, "housekeeper"):
        assert Mandate.objects.filter(pk=mandate.pk).delete()[0] == 0


def end_each_other(world: World, who: str, whose: str, together: threading.Barrier, outcomes: list[str]) -> None:
    """End the role of the other at the very moment when the other ends mine, over a connection of one's own."""
    try:
        with in_the_name_of(world, who) as by:
            mandate = Mandate.objects.get(person=world.person[whose], role="housekeeper")
            together.wait(10)
            end_role(mandate=mandate, on=DAY, by=by, at=AT)
        outcomes.append("ended")
    except (LastHousekeeper, NotAllowed) as refused:
        outcomes.append(type(refused).__name__)
    finally:
        connections.close_all()


def test_two_who_end_each_other_at_once_leave_one_of_them(own_database: str, django_db_blocker: Any) -> None:
    with django_db_blocker.unblock():
        world = make_world()
        give(world, role="housekeeper", organisation=world.org["international"], person=world.person["reviewer"])
        together, outcomes = threading.Barrier(2), list[str]()
        pairs = (("housekeeper", "reviewer"), ("reviewer", "housekeeper"))
        both = [threading.Thread(target=end_each_other, args=(world, *pair, together, outcomes)) for pair in pairs]
        for one in both:
            one.start()
        for one in both:
            one.join()
        assert sorted(outcomes) in (["LastHousekeeper", "ended"], ["NotAllowed", "ended"])
        with as_house():
            staying = Mandate.objects.filter(role="housekeeper", organisation=world.org["international"])
            assert staying.filter(valid_until=None).count() == 1
