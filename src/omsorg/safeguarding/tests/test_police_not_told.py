"""That the police is not told of what may be a crime takes two: one who decides, and one above who agrees."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from omsorg.federation.access import Acting
from omsorg.federation.models import Mandate
from omsorg.kernel.wall import as_house
from omsorg.safeguarding.actions.closing import close, reopen
from omsorg.safeguarding.actions.duties import agree_not_to_tell, decide_duty, duty_done
from omsorg.safeguarding.actions.shutting_out import shut_out
from omsorg.safeguarding.actions.triage import triage
from omsorg.safeguarding.models import Duty, Incident, Step
from omsorg.safeguarding.queries.incident import facts_of
from omsorg.safeguarding.rules.codes import Answer, DutyStanding, Stage, StepKind
from omsorg.safeguarding.rules.progress import (
    AgreedByAnother,
    ClosedByAnother,
    DoneAlready,
    SayMore,
    StillBlocked,
    next_steps,
)
from omsorg.safeguarding.tests.handling import (
    AT,
    SEEN,
    acting,
    enter_people,
    incident,
    led_to_closing,
    police_not_told,
    raised,
)
from world import World

LATER = AT + timedelta(days=9)


@pytest.fixture
def house(world: World) -> World:
    return enter_people(world)


@pytest.fixture
def code(house: World) -> str:
    """An incident that lacks nothing but what becomes of the police."""
    code = raised(house)
    led_to_closing(house, code)
    with acting(house, "focal", LATER) as by:
        triage(**stamp(code, by), seen=replace(SEEN, crime=Answer.YES), duty_days=3)
    return code


def stamp(code: str, by: Acting) -> dict[str, Any]:
    return {"incident": Incident.objects.get(code=code), "by": by, "at": LATER}


def decided(house: World, code: str, who: str = "focal") -> Duty:
    with acting(house, who, LATER) as by:
        duty = Duty.objects.get(incident__code=code)
        decide_duty(**stamp(code, by), duty=duty, is_told=False, reason="No offence")
        return duty


def test_what_one_has_decided_stays_open_until_a_second_above_agrees(house: World, code: str) -> None:
    duty = decided(house, code)
    with acting(house, "second_focal", LATER) as by:
        with pytest.raises(StillBlocked, match="telling somebody outside is still owed: 1"):
            close(**stamp(code, by), note="Done")
        assert "agree" not in next_steps(facts_of(incident(code)), by.person_id)
    for who in ("focal", "second_focal"):
        with acting(house, who, LATER) as by, pytest.raises(AgreedByAnother, match="one level up"):
            agree_not_to_tell(**stamp(code, by), duty=duty, reason="As he says")
    with acting(house, "focal_africa", LATER) as by:
        assert next_steps(facts_of(incident(code)), by.person_id)[0] == "agree"
        with pytest.raises(SayMore):
            agree_not_to_tell(**stamp(code, by), duty=duty, reason=" ")
        agree_not_to_tell(**stamp(code, by), duty=duty, reason="I have read it")
        with pytest.raises(DoneAlready):
            agree_not_to_tell(**stamp(code, by), duty=duty, reason="Again")
    with as_house():
        kinds = (StepKind.DUTY_DECIDED, StepKind.DUTY_AGREED)
        steps = Step.objects.filter(incident__code=code, kind__in=kinds).order_by("number")
        assert [(step.by.name, step.note) for step in steps] == [
            ("Rehema Focal", "No offence"),
            ("Abebe Focal", "I have read it"),
        ]
    with acting(house, "focal", LATER) as by, pytest.raises(ClosedByAnother, match="not to tell"):
        close(**stamp(code, by), note="Done")
    with acting(house, "second_focal", LATER) as by:
        close(**stamp(code, by), note="Done")


def test_whoever_does_not_agree_has_them_told(house: World, code: str) -> None:
    duty = decided(house, code)
    with acting(house, "focal_africa", LATER) as by:
        decide_duty(**stamp(code, by), duty=duty, is_told=True)
        with pytest.raises(DoneAlready):
            agree_not_to_tell(**stamp(code, by), duty=duty, reason="After all")
        duty_done(**stamp(code, by), duty=duty, on=LATER.date(), note="The desk took it")
    with acting(house, "focal", LATER) as by:
        close(**stamp(code, by), note="Done")


def test_where_it_is_decided_above_another_above_agrees(house: World, code: str) -> None:
    duty = decided(house, code, "focal_africa")
    with acting(house, "focal", LATER) as by, pytest.raises(AgreedByAnother):
        agree_not_to_tell(**stamp(code, by), duty=duty, reason="As she says")
    with acting(house, "focal_top", LATER) as by:
        agree_not_to_tell(**stamp(code, by), duty=duty, reason="Read")


def test_where_nobody_is_above_another_focal_person_agrees(house: World, code: str) -> None:
    with as_house():
        Mandate.objects.filter(person__name__in=["Abebe Focal", "Ines Focal", "Outi Focal"]).delete()
    duty = decided(house, code)
    with acting(house, "focal", LATER) as by, pytest.raises(AgreedByAnother):
        agree_not_to_tell(**stamp(code, by), duty=duty, reason="I say it twice")
    with acting(house, "second_focal", LATER) as by:
        agree_not_to_tell(**stamp(code, by), duty=duty, reason="Read")


@pytest.mark.parametrize("second", [None, "focal", "second_focal"])
def test_the_database_takes_no_second_but_one_above(house: World, code: str, second: str | None) -> None:
    duty = decided(house, code)
    agreed_by = house.person[second].pk if second else None
    with as_house(), pytest.raises(DatabaseError, match="second person"), transaction.atomic():
        Duty.objects.filter(pk=duty.pk).update(standing=DutyStanding.NOT_TO_TELL, agreed_by=agreed_by)


def test_the_database_takes_no_name_but_ones_own(house: World, code: str) -> None:
    duty = decided(house, code)
    above = house.person["focal_africa"].pk
    with acting(house, "focal", LATER), pytest.raises(DatabaseError, match="name of another"), transaction.atomic():
        Duty.objects.filter(pk=duty.pk).update(standing=DutyStanding.NOT_TO_TELL, agreed_by=above)


def test_the_database_decides_nothing_in_one_go_and_closes_nothing_half_decided(house: World, code: str) -> None:
    at_once = {"standing": DutyStanding.NOT_TO_TELL, "reason": "x", "decided_on": LATER.date()}
    names = {"decided_by": house.person["focal"].pk, "agreed_by": house.person["focal_africa"].pk}
    with as_house(), pytest.raises(DatabaseError, match="second person"), transaction.atomic():
        Duty.objects.filter(incident__code=code).update(**at_once, **names)
    decided(house, code)
    with as_house(), pytest.raises(DatabaseError, match="owed"), transaction.atomic():
        Incident.objects.filter(code=code).update(stage=Stage.CLOSED, closed_at=LATER)


def test_who_decided_stays_on_record(house: World, code: str) -> None:
    police_not_told(house, code, at=LATER)
    with as_house(), pytest.raises(DatabaseError, match="record"), transaction.atomic():
        Duty.objects.filter(incident__code=code).update(agreed_by=house.person["focal_top"].pk)
    with acting(house, "second_focal", LATER) as by:
        close(**stamp(code, by), note="Done")
        reopen(**stamp(code, by), reason="Somebody came forward")
    with as_house():
        assert Duty.objects.get(incident__code=code).standing == DutyStanding.NOT_TO_TELL


def shut_out_then(house: World, code: str, who: str) -> None:
    with acting(house, "focal_africa", LATER) as by:
        shut_out(**stamp(code, by), person=house.person[who], reason="He is complained of")


@pytest.mark.parametrize("is_agreed", [False, True])
def test_what_somebody_decided_who_is_shut_out_then_is_owed_again(house: World, code: str, is_agreed: bool) -> None:
    if is_agreed:
        police_not_told(house, code, at=LATER)
    else:
        decided(house, code, "focal")
    shut_out_then(house, code, "focal")
    with as_house():
        assert Duty.objects.get(incident__code=code).standing == DutyStanding.OWED
    with acting(house, "second_focal", LATER) as by, pytest.raises(StillBlocked):
        close(**stamp(code, by), note="Done")


def test_what_somebody_found_who_is_shut_out_then_is_found_anew(house: World, code: str) -> None:
    police_not_told(house, code, at=LATER)
    shut_out_then(house, code, "worker")
    with acting(house, "second_focal", LATER) as by:
        assert facts_of(Incident.objects.get(code=code)).unfound == [1]
        with pytest.raises(StillBlocked):
            close(**stamp(code, by), note="Done")
