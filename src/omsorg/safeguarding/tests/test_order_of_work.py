"""The order of the work is kept: plan, then finding, then closing; and two people stand behind each closing."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from omsorg.federation.access import Acting
from omsorg.federation.models import Mandate, Person
from omsorg.kernel.wall import as_house
from omsorg.safeguarding.actions.closing import close, decide_on_publication, reopen
from omsorg.safeguarding.actions.lessons import check_lesson, offer_lesson_to_plan, take_lesson, write_lesson
from omsorg.safeguarding.actions.triage import acknowledge, take_up, triage
from omsorg.safeguarding.actions.working import find, name_to_team, set_plan, write_allegation
from omsorg.safeguarding.models import Duty, Incident
from omsorg.safeguarding.pages.incident import incident_view
from omsorg.safeguarding.queries.incident import clocks_of, facts_of
from omsorg.safeguarding.rules.codes import Answer, Clock, Finding, HoldReason, Publication, Stage, StepKind, TeamPart
from omsorg.safeguarding.rules.progress import (
    ClosedByAnother,
    ConfirmedAbove,
    DoneAlready,
    IsOurs,
    NotClosed,
    NothingSaidByAnother,
    PlanFirst,
    StillBlocked,
    next_steps,
)
from omsorg.safeguarding.rules.telling import NotWhileHeld, TellsOfSomebody
from omsorg.safeguarding.tests.handling import (
    AT,
    SEEN,
    acting,
    closed,
    enter_people,
    incident,
    led_to_closing,
    looked_at,
    police_not_told,
    raised,
)
from world import World

LATER = AT + timedelta(days=9)
NOT_OURS = replace(SEEN, is_ours=False, note="About the cook's contract")


@pytest.fixture
def house(world: World) -> World:
    return enter_people(world)


def stamp(code: str, by: Acting) -> dict[str, Any]:
    return {"incident": Incident.objects.get(code=code), "by": by, "at": LATER}


def test_nothing_is_found_before_it_is_planned(house: World) -> None:
    code = raised(house)
    looked_at(house, code)
    with acting(house, "focal") as by:
        found = Incident.objects.get(code=code)
        write_allegation(incident=found, text="Meals are left out", by=by, at=AT)
        said = {"allegation": found.allegations.get(), "finding": Finding.NOT_SUBSTANTIATED, "reasons": "I say so"}
        assert "finding" not in next_steps(facts_of(found))
        with pytest.raises(PlanFirst):
            find(incident=found, by=by, at=AT, **said)
        herself = Person.objects.get(pk=house.person["focal"].pk)
        name_to_team(incident=found, person=herself, part=TeamPart.LEAD, by=by, at=AT)
        with pytest.raises(PlanFirst):
            find(incident=found, by=by, at=AT, **said)
        set_plan(incident=found, note="Ask three people", by=by, at=AT)
        assert "finding" in next_steps(facts_of(found))
        find(incident=found, by=by, at=AT, **said)
    assert incident(code).stage == Stage.FOUND


def test_whoever_found_does_not_close_and_one_level_up_does(house: World) -> None:
    """A house with one focal person: she looks, plans and finds alone, and the region closes."""
    with as_house():
        Mandate.objects.filter(person=house.person["second_focal"]).delete()
    code = raised(house)
    led_to_closing(house, code, worker="focal")
    with acting(house, "focal", LATER) as by:
        with pytest.raises(ClosedByAnother, match="one level up"):
            close(**stamp(code, by), note="Done")
        view = incident_view(incident(code), by, LATER)
        assert view.blocking == [
            "somebody else closes it than whoever judged it: another focal person, here or one level up"
        ]
        assert "Close the incident" not in {str(link.label) for link in view.offered}
    with acting(house, "focal_africa", LATER) as by:
        close(**stamp(code, by), note="Read, and agreed to")
    assert incident(code).stage == Stage.CLOSED


def test_the_finding_that_holds_says_who_found(house: World) -> None:
    code = raised(house)
    led_to_closing(house, code, worker="focal")
    with acting(house, "second_focal", LATER) as by:
        said = stamp(code, by)
        allegation = said["incident"].allegations.get()
        find(**said, allegation=allegation, finding=Finding.SUBSTANTIATED, reasons="Looked at again")
        with pytest.raises(ClosedByAnother):
            close(**said, note="Done")
    with acting(house, "focal", LATER) as by:
        close(**stamp(code, by), note="Done")


def test_what_is_no_matter_of_safeguarding_is_confirmed_one_level_up(house: World) -> None:
    code = raised(house)
    looked_at(house, code, seen=NOT_OURS)
    with acting(house, "focal", LATER) as by, pytest.raises(ClosedByAnother):
        close(**stamp(code, by), note="Not ours")
    with acting(house, "second_focal", LATER) as by:
        assert next_steps(facts_of(incident(code)), by.person_id) == ()
        with pytest.raises(ConfirmedAbove):
            close(**stamp(code, by), note="Not ours")
    with acting(house, "focal_africa", LATER) as by:
        assert next_steps(facts_of(incident(code)), by.person_id) == ("close",)
        close(**stamp(code, by), note="Read, and agreed to")


def test_where_nobody_is_above_a_second_person_confirms_it(house: World) -> None:
    with as_house():
        Mandate.objects.filter(person__name__in=["Abebe Focal", "Ines Focal", "Outi Focal"]).delete()
    code = raised(house)
    looked_at(house, code, seen=NOT_OURS)
    with acting(house, "focal", LATER) as by, pytest.raises(ClosedByAnother):
        close(**stamp(code, by), note="Not ours")
    with acting(house, "second_focal", LATER) as by:
        close(**stamp(code, by), note="Read, and agreed to")
        nothing = {"decision": Publication.NOTHING, "reason_class": HoldReason.NOT_SAFEGUARDING, "reason": "A contract"}
        with pytest.raises(NothingSaidByAnother):
            decide_on_publication(**stamp(code, by), **nothing)
    with acting(house, "focal", LATER) as by:
        decide_on_publication(**stamp(code, by), **nothing)


def test_that_there_is_nothing_to_publish_is_decided_one_level_up(house: World) -> None:
    code = raised(house)
    closed(house, code, at=LATER)
    nothing = {"decision": Publication.NOTHING, "reason_class": HoldReason.OTHER, "reason": "Small"}
    for who in ("focal", "second_focal"):
        with acting(house, who, LATER) as by, pytest.raises(NothingSaidByAnother):
            decide_on_publication(**stamp(code, by), **nothing)
    with acting(house, "focal_africa", LATER) as by:
        decide_on_publication(**stamp(code, by), **nothing)
    assert incident(code).decision == Publication.NOTHING


def test_what_is_alleged_is_never_called_no_matter_of_safeguarding(house: World) -> None:
    code = raised(house)
    led_to_closing(house, code)
    with acting(house, "focal", LATER) as by:
        write_allegation(**stamp(code, by), text="A second thing")
        with pytest.raises(IsOurs):
            triage(**stamp(code, by), seen=NOT_OURS, duty_days=3)
        with pytest.raises(StillBlocked, match="no finding on allegation 2"):
            close(**stamp(code, by), note="Done")


def test_an_allegation_makes_it_ours_again(house: World) -> None:
    code = raised(house)
    looked_at(house, code, seen=NOT_OURS)
    with acting(house, "focal", LATER) as by:
        write_allegation(**stamp(code, by), text="The cook locks the children in")
        assert facts_of(incident(code)).is_ours
    with acting(house, "second_focal", LATER) as by, pytest.raises(StillBlocked, match="it is not planned"):
        close(**stamp(code, by), note="Not ours")


def test_nothing_is_closed_before_whoever_raised_it_had_a_word(house: World) -> None:
    code = raised(house)
    with acting(house, "focal") as by:
        triage(incident=Incident.objects.get(code=code), seen=NOT_OURS, duty_days=3, by=by, at=AT)
    with acting(house, "focal_africa", LATER) as by:
        with pytest.raises(StillBlocked, match="personal word"):
            close(**stamp(code, by), note="Not ours")
        acknowledge(**stamp(code, by), note="By telephone")
        close(**stamp(code, by), note="Not ours")


def test_whoever_looks_at_a_concern_has_taken_it_up_with_that(house: World) -> None:
    code = raised(house)
    with acting(house, "focal") as by:
        found = Incident.objects.get(code=code)
        triage(incident=found, seen=SEEN, duty_days=3, by=by, at=AT)
        kinds = list(found.steps.order_by("number").values_list("kind", flat=True))
        assert kinds == [StepKind.RECEIVED, StepKind.TAKEN_UP, StepKind.TRIAGED]
        assert "take-up" not in next_steps(facts_of(found))
        with pytest.raises(DoneAlready):
            take_up(incident=found, by=by, at=AT)
        clock = next(each for each in clocks_of([found], now=LATER)[found.pk] if each.clock is Clock.TAKE_UP)
        assert (clock.done_at, clock.days_overdue(LATER)) == (AT, 0)
        triage(incident=found, seen=SEEN, duty_days=3, by=by, at=AT)
        assert found.steps.filter(kind=StepKind.TAKEN_UP).count() == 1


def standings(code: str) -> list[str]:
    with as_house():
        return list(Duty.objects.filter(incident__code=code).order_by("pk").values_list("standing", flat=True))


def test_a_crime_that_is_said_later_owes_the_police_anew(house: World) -> None:
    code = raised(house)
    looked_at(house, code, seen=replace(SEEN, crime=Answer.NOT_KNOWN))
    with acting(house, "focal", LATER) as by:
        assert standings(code) == ["owed"]
    police_not_told(house, code, at=LATER)
    with acting(house, "focal", LATER) as by:
        triage(**stamp(code, by), seen=replace(SEEN, crime=Answer.NOT_KNOWN), duty_days=3)
        assert standings(code) == ["not_to_tell"]
        triage(**stamp(code, by), seen=replace(SEEN, crime=Answer.YES), duty_days=3)
        assert standings(code) == ["not_to_tell", "owed"]
        triage(**stamp(code, by), seen=replace(SEEN, crime=Answer.YES), duty_days=3)
        assert standings(code) == ["not_to_tell", "owed"]
    police_not_told(house, code, at=LATER)
    with acting(house, "focal", LATER) as by:
        triage(**stamp(code, by), seen=replace(SEEN, crime=Answer.YES), duty_days=3)
        assert standings(code) == ["not_to_tell", "not_to_tell"]


def test_a_lesson_keeps_its_language_and_is_not_offered_while_the_incident_is_held_or_open_again(house: World) -> None:
    code = raised(house)
    closed(house, code, at=LATER)
    with acting(house, "focal", LATER) as by:
        for text in ("Rehemas rutine", "De to piger", "Fjorten dage"):
            with pytest.raises(TellsOfSomebody):
                write_lesson(**stamp(code, by), area="Måltider", text=text, language="da")
        lesson = write_lesson(**stamp(code, by), area="Måltider", text="Mindst to voksne er til stede", language="da")
    hold = {"decision": Publication.HOLD, "reason_class": HoldReason.SAFETY, "reason": "Wait"}
    with acting(house, "second_focal", LATER) as by:
        check_lesson(lesson=lesson, by=by, at=LATER)
        decide_on_publication(**stamp(code, by), **hold, review_on=LATER.date() + timedelta(days=9))
        with pytest.raises(NotWhileHeld):
            offer_lesson_to_plan(lesson=lesson, plan=house.plan.code, by=by, at=LATER)
        reopen(**stamp(code, by), reason="Somebody came forward")
        with pytest.raises(NotClosed):
            offer_lesson_to_plan(lesson=lesson, plan=house.plan.code, by=by, at=LATER)
    with acting(house, "focal", LATER) as by:
        close(**stamp(code, by), note="Done")
        offer_lesson_to_plan(lesson=lesson, plan=house.plan.code, by=by, at=LATER)
    with acting(house, "plan_owner", LATER) as by:
        take_lesson(lesson=lesson, reason="It is right everywhere", by=by, at=LATER)
        assert house.plan.sources.get(code="incident-lessons").recommendations.get().text == {
            "da": "Mindst to voksne er til stede"
        }
