"""Who is named in what is written while an incident is worked: it is asked once whether the incident complains of them;
and what somebody decided who is shut out since is decided anew."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from omsorg.kernel.wall import as_house
from omsorg.safeguarding.actions.closing import close
from omsorg.safeguarding.actions.measures import let_measure_live_on, say_no_measure, set_measure
from omsorg.safeguarding.actions.people import give_support
from omsorg.safeguarding.actions.shutting_out import shut_out
from omsorg.safeguarding.actions.triage import acknowledge, triage
from omsorg.safeguarding.actions.working import find, name_to_team, set_plan, write_allegation, write_note
from omsorg.safeguarding.models import Incident, Shutout, Step, TeamMember
from omsorg.safeguarding.queries.incident import facts_of
from omsorg.safeguarding.queries.naming import asked_about
from omsorg.safeguarding.rules.codes import Finding, Stage, StepKind, SupportKind, TeamPart
from omsorg.safeguarding.rules.conflicts import NamesSomebody
from omsorg.safeguarding.rules.progress import StillBlocked
from omsorg.safeguarding.tests.handling import AT, SEEN, acting, enter_people, led_to_closing, raised
from world import World

LATER = AT + timedelta(days=6)
ZAWADI = "It was Zawadi Focal who locked the door"


@pytest.fixture
def house(world: World) -> World:
    return enter_people(world)


@pytest.fixture
def code(house: World) -> str:
    found = raised(house)
    led_to_closing(house, found)
    return found


def stamp(code: str, by: Any) -> dict[str, Any]:
    return {"incident": Incident.objects.get(code=code), "by": by, "at": LATER}


def reads(house: World, who: str, code: str) -> bool:
    with acting(house, who, LATER):
        return Incident.objects.filter(code=code).exists()


def said_of(house: World, complained_of: list[str] | None) -> dict[int, bool] | None:
    """Of Zawadi Focal whether it complains of her; of others whom a test names, that it does."""
    if complained_of is None:
        return None
    return {house.person[each].pk: each in complained_of for each in {"second_focal", *complained_of}}


def writes(house: World, code: str, how: str, complained_of: list[str] | None, who: str = "focal") -> None:
    """One act with a text that names Zawadi Focal; `complained_of`: of whom it is said that it complains."""
    with acting(house, who, LATER) as by:
        given = {**stamp(code, by), "said_of": said_of(house, complained_of)}
        allegation = given["incident"].allegations.first()
        {
            "finding": lambda: find(**given, allegation=allegation, finding=Finding.SUBSTANTIATED, reasons=ZAWADI),
            "triage": lambda: triage(**given, seen=replace(SEEN, note=ZAWADI), duty_days=3),
            "plan": lambda: set_plan(**given, note=ZAWADI),
            "note": lambda: write_note(**given, note=ZAWADI),
            "help": lambda: give_support(**given, kind=SupportKind.SOCIAL, persons=1, given_on=AT.date(), note=ZAWADI),
            "measure": lambda: set_measure(**given, text=ZAWADI, due_on=LATER.date()),
            "none": lambda: say_no_measure(**given, allegation=allegation, reason=ZAWADI),
        }[how]()


@pytest.mark.parametrize("how", ["finding", "triage", "plan", "note", "help", "measure", "none"])
def test_nothing_is_kept_before_it_is_said_whether_it_complains_of_who_is_named(
    house: World, code: str, how: str
) -> None:
    with as_house():
        before = Step.objects.count()
    with pytest.raises(NamesSomebody, match="Zawadi Focal"):
        writes(house, code, how, None)
    with as_house():
        assert Step.objects.count() == before
    assert reads(house, "second_focal", code)
    writes(house, code, how, ["second_focal"])
    assert not reads(house, "second_focal", code)


def test_it_is_asked_once_and_whom_it_does_not_complain_of_reads_on(house: World, code: str) -> None:
    writes(house, code, "plan", [])
    assert reads(house, "second_focal", code)
    writes(house, code, "finding", None)
    assert reads(house, "second_focal", code)


def test_the_writer_is_not_asked_about_himself(house: World, code: str) -> None:
    writes(house, code, "plan", None, who="second_focal")


def test_what_is_said_of_somebody_who_is_not_named_answers_for_nobody(house: World, code: str) -> None:
    with pytest.raises(NamesSomebody, match="Zawadi Focal"):
        writes(house, code, "plan", ["worker"])
    assert reads(house, "worker", code)


def test_nobody_learns_by_trying_a_name_who_is_kept_out_without_a_word(house: World, code: str) -> None:
    with as_house():
        found = Incident.objects.get(code=code)
        row = {"incident": found, "person": house.person["second_focal"], "reason": "came with the copy"}
        Shutout.objects.create(is_quiet=True, at=AT, **row)
    with acting(house, "focal", LATER) as by:
        assert [each.name for each in asked_about(Incident.objects.get(code=code), ZAWADI, by=by)] == ["Zawadi Focal"]
    writes(house, code, "plan", ["second_focal"])
    with as_house():
        assert Shutout.objects.filter(person=house.person["second_focal"]).count() == 2


def test_whoever_is_named_and_complained_of_leaves_the_team(house: World, code: str) -> None:
    with acting(house, "focal", LATER) as by:
        name_to_team(**stamp(code, by), person=house.person["second_worker"], part=TeamPart.MEMBER)
        write_note(**stamp(code, by), note="Imani Worker did it", said_of={house.person["second_worker"].pk: True})
    with as_house():
        assert TeamMember.objects.get(person=house.person["second_worker"]).left_at == LATER


def test_the_page_asks_and_nothing_is_lost(house: World, code: str) -> None:
    client = Client()
    client.force_login(house.account["focal"])
    address = reverse("safeguarding:act", args=[code, "note"])
    asked = client.post(address, {"note": ZAWADI})
    text = asked.content.decode()
    assert "Does the incident complain of somebody who is named here?" in text
    assert ZAWADI in text
    person = house.person["second_focal"]
    both = client.post(address, {"note": ZAWADI, "complained_of": [person.code, "nobody"]})
    assert "or none of them" in both.content.decode()
    assert client.post(address, {"note": ZAWADI, "complained_of": [person.code]}).status_code == 302
    assert not reads(house, "second_focal", code)


# ---- decided anew ------------------------------------------------------------------------------------------------


def shuts(house: World, code: str, who: str, by_whom: str = "focal") -> None:
    with acting(house, by_whom, LATER) as by:
        shut_out(**stamp(code, by), person=house.person[who], reason="Is his sister")


def blocked(house: World, code: str, said: str, *, who: str = "second_focal") -> None:
    with acting(house, who, LATER) as by, pytest.raises(StillBlocked, match=said):
        close(**stamp(code, by), note="Done")
    with as_house(), pytest.raises(IntegrityError), transaction.atomic():
        Incident.objects.filter(code=code).update(stage=Stage.CLOSED, closed_at=LATER)


def test_a_first_look_and_a_plan_of_who_is_shut_out_since_are_done_anew(house: World, code: str) -> None:
    with acting(house, "second_focal", LATER) as by:
        triage(**stamp(code, by), seen=SEEN, duty_days=3)
        set_plan(**stamp(code, by), note="Ask around")
    shuts(house, code, "second_focal")
    with as_house():
        assert facts_of(Incident.objects.get(code=code)).anew == {StepKind.TRIAGED, StepKind.PLANNED}
    blocked(house, code, "looked at it .* is shut out since", who="focal")
    with acting(house, "focal", LATER) as by:
        triage(**stamp(code, by), seen=SEEN, duty_days=3)
    blocked(house, code, "planned how .* is shut out since", who="focal")
    with acting(house, "focal", LATER) as by:
        set_plan(**stamp(code, by), note="Ask those who were there")
        close(**stamp(code, by), note="Done")


def test_a_finding_of_who_is_shut_out_since_keeps_it_open_in_the_database_too(house: World, code: str) -> None:
    shuts(house, code, "worker")
    with as_house(), pytest.raises(IntegrityError, match="decided anew"), transaction.atomic():
        Incident.objects.filter(code=code).update(stage=Stage.CLOSED, closed_at=LATER)


def test_why_nothing_is_done_is_said_anew(house: World, code: str) -> None:
    with acting(house, "focal", LATER) as by:
        write_allegation(**stamp(code, by), text="The gate is locked")
        gate = Incident.objects.get(code=code).allegations.get(number=2)
        find(**stamp(code, by), allegation=gate, finding=Finding.SUBSTANTIATED, reasons="All saw it")
    with acting(house, "focal_africa", LATER) as by:
        say_no_measure(**stamp(code, by), allegation=gate, reason="It is the gate of the town")
    shuts(house, code, "focal_africa")
    blocked(house, code, "nothing was done about allegation 2")


def test_why_a_measure_lives_on_is_said_anew(house: World, code: str) -> None:
    with acting(house, "focal", LATER) as by:
        set_measure(**stamp(code, by), text="A light at the gate", due_on=LATER.date() + timedelta(days=9))
    with acting(house, "focal_africa", LATER) as by:
        measure = Incident.objects.get(code=code).measures.order_by("pk").last()
        let_measure_live_on(**stamp(code, by), measure=measure, reason="The smith is ill")
    shuts(house, code, "focal_africa")
    blocked(house, code, "measure 2 is not done")
    with acting(house, "second_focal", LATER) as by:
        let_measure_live_on(**stamp(code, by), measure=measure, reason="The smith comes next week")
    with acting(house, "focal", LATER) as by:
        close(**stamp(code, by), note="Done")


@pytest.mark.parametrize(
    ("table", "columns", "values"),
    [
        ("step", "number, kind, note, facts", "99, 'noted', 'x', '{}'"),
        ("allegation", "number, text", "9, 'x'"),
        ("measure", "text, due_on, lives_on_reason", "'x', '2026-04-01', ''"),
        ("personcount", "side, type, count", "'affected', 'child_in_care', 0"),
        ("publicationdecision", "number, decision, reason_class, reason", "9, 'nothing', 'other', 'x'"),
    ],
)
def test_the_database_takes_nothing_from_who_is_shut_out(
    house: World, code: str, table: str, columns: str, values: str
) -> None:
    shuts(house, code, "second_worker")
    with as_house():
        incident = Incident.objects.get(code=code).pk
        insert = (
            f"INSERT INTO safeguarding_{table} (incident_id, by_id, at, {columns}) VALUES (%s, %s, now(), {values})"
        )
        with pytest.raises(IntegrityError, match="does nothing in it"), transaction.atomic(), connection.cursor() as c:
            c.execute(insert, [incident, house.person["second_worker"].pk])
        with connection.cursor() as c:
            c.execute(insert, [incident, house.person["worker"].pk])


def test_whom_the_closing_words_complain_of_is_shut_out_before_it_closes(house: World, code: str) -> None:
    with acting(house, "second_focal", LATER) as by:
        set_plan(**stamp(code, by), note="Ask around")
    with acting(house, "focal", LATER) as by:
        kept = close(**stamp(code, by), note=ZAWADI, said_of={house.person["second_focal"].pk: True})
    assert (kept.kind, kept.note) == (StepKind.NOTED, ZAWADI), "what was written is not lost"
    assert not reads(house, "second_focal", code)
    blocked(house, code, "planned anew", who="focal")


def test_a_plan_of_who_is_shut_out_holds_up_nothing_that_is_no_matter_of_ours(house: World) -> None:
    code = raised(house)
    with acting(house, "focal", LATER) as by:
        triage(**stamp(code, by), seen=SEEN, duty_days=3)
        name_to_team(**stamp(code, by), person=house.person["worker"], part=TeamPart.MEMBER)
        acknowledge(**stamp(code, by), note="Thanks")
    with acting(house, "second_focal", LATER) as by:
        set_plan(**stamp(code, by), note="Ask around")
    shuts(house, code, "second_focal")
    with acting(house, "focal", LATER) as by:
        triage(**stamp(code, by), seen=replace(SEEN, is_ours=False, note="No matter"), duty_days=3)
    with acting(house, "focal_africa", LATER) as by:
        close(**stamp(code, by), note="Done")


def test_that_it_does_not_complain_of_somebody_is_not_said_by_who_is_shut_out_since(house: World, code: str) -> None:
    writes(house, code, "plan", [], who="focal_africa")
    shuts(house, code, "focal_africa")
    with pytest.raises(NamesSomebody):
        writes(house, code, "note", None)
