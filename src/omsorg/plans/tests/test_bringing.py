"""What other systems bring into a plan stands in public at once, under one source, with codes counted on."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from omsorg.federation.access import Acting, NotAllowed, acting_as
from omsorg.kernel.wall import as_house, in_name_of
from omsorg.plans.actions.bringing import bring_recommendation
from omsorg.plans.models import Recommendation
from omsorg.plans.rules.drafts import SourceDraft
from world import World

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
LESSONS = SourceDraft(code="lessons", title={"en": "Lessons of the house"}, kind="incident_lesson")


def bring(world: World, said: str, by: Acting | None, source: SourceDraft = LESSONS, mark: str = "L") -> str:
    found = bring_recommendation(
        plan=world.plan,
        source=source,
        mark=mark,
        text={"en": said},
        area={"en": "Meals"},
        reason="It is right everywhere",
        by=by,
        at=AT,
    )
    return found.code


def test_what_is_brought_stands_in_public_on_the_day(world: World, client: Client) -> None:
    with in_name_of(world.person["plan_owner"].pk, day=AT.date()):
        owner = acting_as(world.person["plan_owner"].pk, day=AT.date())
        assert [bring(world, "Two people are at each meal", owner), bring(world, "Ask <b>twice</b>", owner)] == [
            "L1",
            "L2",
        ]
    assert world.plan.sources.filter(code="lessons").count() == 1
    page = client.get("/promises/example-plan/plan-on/?day=2026-03-02").content.decode()
    for said in ("Lessons of the house", "lesson from an incident", "Two people are at each meal", "not answered yet"):
        assert said in page
    assert "<b>twice" not in page
    assert "Two people" not in client.get("/promises/example-plan/plan-on/?day=2026-03-01").content.decode()
    assert client.get("/promises/example-plan/history/recommendation/L1/").status_code == 200


def test_the_house_brings_what_needs_nobodys_leave(world: World) -> None:
    ombuds = SourceDraft(code="ombudsperson", title={"en": "Ombudsperson"}, kind="ombuds")
    with as_house():
        assert bring(world, "Tell each child whom to ask", None, ombuds, "O") == "O1"
        assert Recommendation.objects.get(code="O1").source.kind == "ombuds"


def test_whoever_does_not_keep_the_plan_brings_nothing(world: World) -> None:
    with in_name_of(world.person["officer"].pk, day=AT.date()):
        officer = acting_as(world.person["officer"].pk, day=AT.date())
        with pytest.raises(NotAllowed):
            bring(world, "No", officer)


def test_a_code_that_the_plan_gave_itself_is_passed_over(world: World) -> None:
    with as_house():
        Recommendation.objects.filter(code="R1.1").update(code="L1")
        assert bring(world, "Next", None) == "L2"
