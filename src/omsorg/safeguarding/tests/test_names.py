"""Whoever is named finds nothing, however the name is written, wherever it stands and whenever it is known; and where
everybody is named, somebody has it all the same."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from omsorg.federation.models import Mandate, Person
from omsorg.kernel.models import Letter
from omsorg.kernel.wall import as_house
from omsorg.safeguarding.access import handles, incident_for
from omsorg.safeguarding.actions.left_alone import tell_who_is_left
from omsorg.safeguarding.actions.people import set_name_apart
from omsorg.safeguarding.actions.raising import Concern, receive_copy
from omsorg.safeguarding.actions.shutting_out import let_in
from omsorg.safeguarding.actions.working import name_to_team, write_allegation
from omsorg.safeguarding.checks import everybody_is_answered_for
from omsorg.safeguarding.jobs import tell_handlers
from omsorg.safeguarding.models import Incident, Shutout, TeamMember
from omsorg.safeguarding.queries.concerns import my_concerns
from omsorg.safeguarding.rules.codes import About, Side, TeamPart
from omsorg.safeguarding.tests.handling import AT, acting, enter_people, incident, looked_at, raised
from world import World

LINE = ("focal", "second_focal", "focal_arusha", "focal_africa", "focal_top", "outside_top")


@pytest.fixture
def house(world: World) -> Iterator[World]:
    with time_machine.travel(AT + timedelta(hours=2), tick=False):
        yield enter_people(world)


def call(world: World, who: str, name: str) -> None:
    with as_house():
        person = Person.objects.get(pk=world.person[who].pk)
        person.name = name
        person.save()


def shut(world: World, code: str) -> set[str]:
    with as_house():
        rows = Shutout.objects.filter(incident__code=code, lifted_at=None)
        people = set(rows.values_list("person_id", flat=True))
    return {who for who, person in world.person.items() if person.pk in people}


def sees(world: World, who: str, code: str) -> bool:
    with acting(world, who):
        return Incident.objects.filter(code=code).exists()


WRITTEN = [
    ("Rehema Anna Focal", "Rehema Focal"),
    ("Rehema Anna Focal", "anna focal"),
    ("Rehema Focal", "FOCAL, Rehema Anna"),
    ("Søren Åkesson", "Soren Akesson"),
    ("Søren Åkesson", "Soeren Aakesson"),
    ("José Núñez", "Jose Nunez"),
    ("Jose Nunez", "José Núñez"),
    ("Łukasz Żak", "lukasz zak"),
    ("Mary-Jane Otieno", "Mary Jane Otieno"),
    ("Baraka Jr. Mushi", "Baraka Mushi"),
    ("Иван Петров", "Иван Петров"),
    ("Bo Li", "Li Bo"),
    ("Peter van der Meer", "Peter Meer"),
    ("Rehema Focal", "Rehema Focal's husband"),
    ("Rehema Focal", "Re\u200bhema Focal"),
]


def test_a_name_is_known_however_it_is_written(house: World) -> None:
    for name, said in WRITTEN:
        call(house, "focal", name)
        code = raised(house, about=About.A_PERSON, complained_of=f"It is {said}, I think")
        assert (said, shut(house, code)) == (said, {"focal"})


@pytest.mark.parametrize("where", ["complained_of", "what", "when"])
def test_a_name_is_known_wherever_it_stands(house: World, where: str) -> None:
    code = raised(house, about=About.A_PERSON, **{where: "It is Rehema Focal, I think"})
    tell_handlers(incident(code).pk)
    assert shut(house, code) == {"focal"}
    assert (sees(house, "focal", code), sees(house, "focal_africa", code)) == (False, True)
    with as_house():
        assert not Letter.objects.filter(to_person=house.person["focal"].pk).exists()


@pytest.mark.parametrize("text", ["The van was gone and the focal point is known", "Rehema was sad", "nobody"])
def test_one_word_of_a_name_in_the_text_is_not_enough(house: World, text: str) -> None:
    assert shut(house, raised(house, what=text)) == set()


def test_whoever_tells_it_may_stand_in_the_text(house: World) -> None:
    assert shut(house, raised(house, what="I, Juma Colleague, saw Tumaini Worker hit a boy")) == {"worker"}
    assert shut(house, raised(house, complained_of="Juma Colleague")) == {"colleague"}


def test_whoever_is_entered_or_called_so_later_is_known_again(house: World) -> None:
    call(house, "worker", "Somebody Else")
    code = raised(house, complained_of="Tumaini Mushi")
    by_address = raised(house, what="Write to new.one@example.org about it")
    looked_at(house, code)
    with acting(house, "focal") as by:
        member = Person.objects.get(pk=house.person["worker"].pk)
        found = Incident.objects.get(code=code)
        name_to_team(incident=found, person=member, part=TeamPart.MEMBER, by=by, at=AT)
    assert sees(house, "worker", code)
    call(house, "worker", "Tumaini Mushi")
    assert not sees(house, "worker", code)
    with as_house():
        assert not TeamMember.objects.filter(left_at=None).exists()
        new = Person.objects.create(organisation=house.org["arusha"], name="New One", email="new.one@example.org")
        assert Shutout.objects.get(incident__code=by_address).person_id == new.pk


def test_whoever_was_let_in_again_is_not_shut_out_once_more(house: World) -> None:
    code = raised(house, what="Rehema Focal was told of it")
    assert not sees(house, "focal", code)
    for who in ("second_focal", "focal_africa"):
        with acting(house, who) as by:
            found = Incident.objects.get(code=code)
            let_in(incident=found, shutout=Shutout.objects.get(incident=found), reason="Another", by=by, at=AT)
    call(house, "focal", "Rehema A. Focal")
    assert sees(house, "focal", code)


def test_whoever_is_named_while_it_is_worked_is_shut_out_then(house: World) -> None:
    code = raised(house)
    looked_at(house, code)
    with acting(house, "focal") as by:
        found = Incident.objects.get(code=code)
        write_allegation(incident=found, text="Zawadi Focal knew of it", by=by, at=AT)
        set_name_apart(incident=found, side=Side.AFFECTED, name="Imani Worker", reason="x", by=by, at=AT)
        set_name_apart(incident=found, side=Side.COMPLAINED_OF, name="Abebe Focal", reason="x", by=by, at=AT)
    assert shut(house, code) == {"second_focal", "focal_africa"}


def names(world: World, *keys: str) -> str:
    return ", ".join(world.person[who].name for who in keys)


def test_where_everybody_of_the_line_is_named_somebody_elsewhere_has_it_and_it_says_so(house: World) -> None:
    code = raised(house, complained_of=names(house, *LINE))
    tell_handlers(incident(code).pk)
    assert {who for who in house.person if sees(house, who, code)} == {"focal_norway"}
    with as_house():
        assert [letter.to_person for letter in Letter.objects.filter(once__startswith="safeguarding")] == [
            house.person["focal_norway"].pk
        ]
    with acting(house, "colleague"):
        assert my_concerns()[0].handed == "elsewhere"
    client = Client()
    client.force_login(house.account["colleague"])
    assert "somebody elsewhere has it" in client.get("/safeguarding/").content.decode()
    looked_at(house, code, who="focal_norway")
    with acting(house, "focal_norway") as by:
        assert handles(by, incident_for(by, code))
        client.force_login(house.account["focal_norway"])
        assert "somebody elsewhere has it" in client.get(f"/safeguarding/incidents/{code}/").content.decode()


def asked_to_give_the_role() -> list[int | None]:
    with as_house():
        return list(Letter.objects.filter(once__contains=":alone:").values_list("to_person", flat=True))


def test_where_everybody_in_the_house_is_named_nobody_reads_it(house: World) -> None:
    code = raised(house, complained_of=names(house, *LINE, "focal_norway"))
    assert {who for who in house.person if sees(house, who, code)} == set()
    tell_handlers(incident(code).pk)
    assert asked_to_give_the_role() == [house.person["housekeeper"].pk]
    with as_house():
        letter = Letter.objects.get(once__contains=":alone:")
        assert code not in letter.body
        told = everybody_is_answered_for().line
        assert told == "open incidents", "whoever reads what the night found may be named in it"
    with acting(house, "colleague"):
        assert my_concerns()[0].handed == "nobody"
    client = Client()
    client.force_login(house.account["colleague"])
    page = client.get("/safeguarding/").content.decode()
    assert "nobody reads it until" in page
    assert "turn to the police or the child protection authority" in page


def test_where_those_who_give_roles_at_the_top_are_named_too_those_below_are_asked(house: World) -> None:
    raised(house, complained_of=f"{names(house, *LINE, 'focal_norway')}, housekeeper@example.org")
    assert tell_who_is_left(at=AT) == 1
    assert asked_to_give_the_role() == [house.person["national_housekeeper"].pk]


@pytest.fixture
def everybody_named(house: World) -> str:
    """A concern that names everybody who handles anything, and everybody who gives out roles."""
    keepers = "housekeeper@example.org, national_housekeeper@example.org"
    return raised(house, complained_of=f"{names(house, *LINE, 'focal_norway')}, {keepers}")


def test_where_everybody_who_gives_roles_is_named_too_the_board_is_asked(everybody_named: str, settings: Any) -> None:
    settings.ENVIRONMENT = settings.ENVIRONMENT.model_copy(update={"safeguarding_board_address": "board@example.org"})
    assert [tell_who_is_left(at=AT + timedelta(days=day)) for day in (0, 0, 1)] == [1, 0, 1]
    with as_house():
        [letter, _next_day] = Letter.objects.filter(once__contains=":alone:").order_by("pk")
    assert (letter.to_address, letter.to_person) == ("board@example.org", None)
    assert everybody_named not in letter.body
    assert "http" not in letter.body


def test_where_no_board_is_set_the_server_says_what_to_set(
    everybody_named: str, caplog: pytest.LogCaptureFixture
) -> None:
    assert tell_who_is_left(at=AT) == 0
    assert "OMSORG_SAFEGUARDING_BOARD_ADDRESS" in caplog.text
    assert everybody_named not in caplog.text


def test_who_is_named_later_is_let_in_for_want_of_others_by_nothing(house: World) -> None:
    code = raised(house, complained_of=names(house, *LINE))
    with acting(house, "focal_norway") as by:
        set_name_apart(
            incident=incident_for(by, code),
            side=Side.COMPLAINED_OF,
            name=names(house, "focal_norway"),
            reason="x",
            by=by,
            at=AT,
        )
    assert {who for who in house.person if sees(house, who, code)} == set()
    with as_house():
        assert not Shutout.objects.exclude(lifted_at=None).exists()


def test_whoever_is_given_the_role_then_has_what_nobody_could_read(house: World) -> None:
    code = raised(house, complained_of=names(house, *LINE, "focal_norway"))
    assert tell_who_is_left(at=AT) == 1
    assert tell_who_is_left(at=AT) == 0, "once a day"
    assert tell_who_is_left(at=AT + timedelta(days=1)) == 1, "each day"
    with as_house():
        top = Mandate.objects.get(person=house.person["focal_top"], role="safeguarding_focal_person").organisation
        stamp = {"role": "safeguarding_focal_person", "organisation": top, "valid_from": AT.date()}
        Mandate.objects.create(person=house.person["verifier"], **stamp)
    assert {who for who in house.person if sees(house, who, code)} == {"verifier"}
    assert tell_who_is_left(at=AT + timedelta(days=2)) == 1
    with as_house():
        assert Letter.objects.get(once__contains=":fell:").to_person == house.person["verifier"].pk
        assert not everybody_is_answered_for().wrong
    with acting(house, "colleague"):
        assert my_concerns()[0].handed == ""


def test_whoever_is_given_the_role_where_it_lies_is_told_that_something_waits(house: World) -> None:
    code = raised(house, complained_of=names(house, *LINE, "focal_norway"))
    assert tell_who_is_left(at=AT) == 1
    with as_house():
        stamp = {"role": "safeguarding_focal_person", "organisation": house.org["tanzania"], "valid_from": AT.date()}
        Mandate.objects.create(person=house.person["verifier"], **stamp)
    assert tell_who_is_left(at=AT) == 1
    assert sees(house, "verifier", code)
    with as_house():
        assert Letter.objects.get(once__contains=":waiting:").to_person == house.person["verifier"].pk


def test_somebody_elsewhere_who_is_given_the_role_then_has_it_too(house: World) -> None:
    code = raised(house, complained_of=names(house, *LINE, "focal_norway"))
    with as_house():
        stamp = {"role": "safeguarding_focal_person", "organisation": house.org["norway"], "valid_from": AT.date()}
        Mandate.objects.create(person=house.person["verifier"], **stamp)
    tell_who_is_left(at=AT)
    assert {who for who in house.person if sees(house, who, code)} == {"verifier"}


def test_a_copy_that_names_everybody_ends_at_somebody_too(house: World) -> None:
    copy = Concern(place=house.org["arusha"], what=f"All of them: {names(house, *LINE)}")
    with as_house():
        code = receive_copy(concern=copy, reference="9-1", at=AT)
        assert incident(code).handled_at.code == "norway"
        assert Mandate.objects.filter(organisation__code="norway", person=house.person["focal_norway"]).exists()
