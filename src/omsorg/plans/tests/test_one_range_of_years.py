"""A day that a plan cannot mean: one range is told, that of the plan, whatever else it lies beyond."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from omsorg.kernel import clock
from omsorg.plans.tests.answering import H1
from omsorg.plans.tests.test_api_with_a_key import PLAN, Caller, refusal
from world import World

RANGE = "write one between 1996 and 2050."
ANSWER = f"/plans/example-plan/answers/tanzania/{H1.code}/ratings/"
OVERRIDE = "/plans/example-plan/ratings/trained/?period=2023-H2"
OFF_TRACK = {"rating": "off_track", "cause": "time"}


@pytest.mark.parametrize("day", ["2100-01-01", "2205-01-01", "9999-12-31", "0205-01-01"])
def test_a_rating_form_tells_the_range_of_the_plan_at_once(world: World, client: Client, day: str) -> None:
    client.force_login(world.account["officer"])
    pk = world.indicator["cases"].pk
    typed = {"rating": "off_track", "cause": "time", "new_date": day, "expected": ""}
    page = client.post(ANSWER, {f"{name}-{pk}": value for name, value in typed.items()}).content.decode()
    assert RANGE in page
    client.force_login(world.account["plan_owner"])
    ends_on = (clock.today() + timedelta(30)).isoformat()
    page = client.post(OVERRIDE, {**OFF_TRACK, "new_date": day, "reason": "Seen", "ends_on": ends_on})
    assert RANGE in page.content.decode()
    page = client.post(OVERRIDE, {"rating": "on_track", "reason": "Seen", "ends_on": day})
    assert "it must lie ahead, and at most one year." in page.content.decode()


@pytest.mark.parametrize("day", ["2100-01-01", "2205-01-01", "9999-12-31", "0205-01-01"])
@pytest.mark.parametrize(
    ("address", "given"),
    [
        ("actions/training/revisions", {"expected": 1, "changes": {"due_on": "?"}, "in_force_on": "2024-05-02"}),
        ("actions/training/revisions", {"expected": 1, "changes": {"starts_on": "?"}, "in_force_on": "2024-05-02"}),
        ("indicators/cases/revisions", {"expected": 1, "changes": {"due_on": "?"}, "in_force_on": "2024-05-02"}),
        ("indicators/cases/targets", {"due_on": "?", "number": 5, "in_force_on": "2024-05-02"}),
        ("indicators/cases/override", {"period": "2023-H2", **OFF_TRACK, "new_date": "?", "ends_on": "soon"}),
    ],
)
def test_so_does_the_api(world: World, day: str, address: str, given: dict[str, Any]) -> None:
    def put(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: put(each) for name, each in value.items()}
        soon = (clock.today() + timedelta(30)).isoformat()
        return {"?": day, "soon": soon}.get(value, value) if isinstance(value, str) else value

    refused = Caller(world, "plan_owner").post(f"{PLAN}/{address}", {**put(given), "reason": "Seen"})
    assert refusal(refused) == (422, "DayOutOfReach"), refused.json()
    assert RANGE in refused.content.decode()


def test_a_day_before_which_there_is_none_is_refused_in_words(world: World) -> None:
    given = {"expected": 1, "changes": {"runs_until": "0001-01-01"}, "reason": "Seen", "in_force_on": "2024-05-02"}
    assert Caller(world, "plan_owner").post(f"{PLAN}/terms/revisions", given).status_code == 422
