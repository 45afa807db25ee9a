"""Over the API: the plan itself, what an indicator measures, and money are dated, refused in words, and by role."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from omsorg.kernel import clock
from omsorg.kernel.models import Trace
from omsorg.kernel.wall import as_house
from omsorg.plans.models import BudgetEntry, IndicatorAction, PlanRevision
from omsorg.plans.tests.test_api_with_a_key import PLAN, Caller, refusal
from omsorg.plans.tests.test_past_stays_told import AS_AT, published
from world import World

__all__ = ["published"]

TODAY = clock.today().isoformat()
AFTER = (AS_AT + timedelta(days=1)).isoformat()
TERMS, LINKS = f"{PLAN}/terms/revisions", f"{PLAN}/indicators/cases/links"
BUDGET, SPENDING = f"{PLAN}/actions/training/budget", f"{PLAN}/actions/training/spending"
TITLE = {"expected": 1, "changes": {"title": {"en": "Said better"}}, "reason": "Clearer", "in_force_on": TODAY}
LINK = {"action": "policy", "reason": "It tells of both", "in_force_on": TODAY}
SUM = {"amount_minor": 100_000, "currency": "EUR", "reason": "Granted", "on_day": TODAY}
WRITES = [(TERMS, TITLE), (LINKS, LINK), (BUDGET, SUM), (SPENDING, SUM)]
IDS = ["the plan itself", "what is measured", "a budget", "money spent"]


def nothing_kept() -> bool:
    with as_house():
        verbs = ("revise_plan", "link_indicator", "revise_budget", "enter_spending")
        return not Trace.objects.filter(verb__in=verbs).exists() and PlanRevision.objects.count() == 1


def test_the_plan_itself_is_revised_by_what_is_different_and_a_conflict_tells_what(world: World) -> None:
    owner = Caller(world, "plan_owner")
    made = owner.post(TERMS, TITLE).json()
    assert (made["thing"], made["code"], made["number"], made["reason"]) == ("plan", "example-plan", 2, "Clearer")
    now = owner.get(f"{PLAN}/plan-on").json()
    assert (now["title"], now["number"]) == ({"en": "Said better"}, 2)
    yesterday = (clock.today() - timedelta(days=1)).isoformat()
    assert owner.get(f"{PLAN}/plan-on?day={yesterday}").json()["number"] == 1
    response = owner.post(TERMS, {**TITLE, "changes": {"runs_until": "2027-01-01"}})
    assert refusal(response) == (409, "RevisedMeanwhile")
    assert [each["field"] for each in response.json()["details"]["changes"]] == ["title"]
    longer = {**TITLE, "expected": 2, "changes": {"runs_until": "2027-01-01"}}
    assert owner.post(TERMS, longer).json()["number"] == 3
    told = owner.get(f"{PLAN}/revisions?code=example-plan").json()["rows"]
    assert [(each["number"], each["due_on"]) for each in told[:1]] == [(3, "2026-12-31")]


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"expected": 9}, (404, "NothingThere")),
        ({"changes": {}}, (409, "NothingChanged")),
        ({"changes": {"title": {}}}, (422, "TitleMissing")),
        ({"changes": {"runs_until": "2000-01-01"}}, (422, "PlanEndsBeforeItBegins")),
        ({"changes": {"currency": "NOK"}}, (422, "NotUnderstood")),
        ({"in_force_on": "2199-01-01"}, (422, "TakesForceInFuture")),
        ({"reason": " "}, (422, "RevisionWithoutReason")),
    ],
)
def test_the_plan_itself_is_not_revised_into_nonsense(world: World, changed: Any, expected: tuple[int, str]) -> None:
    assert refusal(Caller(world, "plan_owner").post(TERMS, {**TITLE, **changed})) == expected
    assert nothing_kept()


def test_an_indicator_measures_another_action_and_no_longer(world: World) -> None:
    owner = Caller(world, "plan_owner")
    made = owner.post(LINKS, LINK).json()
    assert (made["indicator"], made["action"], made["number"], made["holds"]) == ("cases", "policy", 1, True)
    assert refusal(owner.post(LINKS, LINK)) == (409, "NothingChanged")
    state = next(each for each in owner.get(f"{PLAN}/plan-on").json()["indicators"] if each["code"] == "cases")
    assert "policy" in state["actions"]
    assert owner.post(LINKS, {**LINK, "holds": False, "reason": "Not so"}).json()["number"] == 2
    for missing in ({"action": "none"}, {"action": "trained"}):
        assert refusal(owner.post(LINKS, {**LINK, **missing})) == (404, "NothingThere")
    assert refusal(owner.post(LINKS.replace("cases", "none"), LINK)) == (404, "NothingThere")
    with as_house():
        links = IndicatorAction.objects.filter(indicator=world.indicator["cases"], action=world.action["policy"])
        assert list(links.order_by("number").values_list("holds", "reason")) == [
            (True, "It tells of both"),
            (False, "Not so"),
        ]


@pytest.mark.parametrize(
    ("changed", "refused"),
    [
        ({"changes": {"title": {"en": "x" * 301}}}, "NotUnderstood"),
        ({"changes": {"summary": {"en": "x" * 4001}}}, "NotUnderstood"),
        ({"reason": "x" * 4001}, "NotUnderstood"),
        ({"reason_in": {"da": "x" * 4001}}, "NotUnderstood"),
        ({"changes": {"runs_until": "2150-01-01"}}, "DayOutOfReach"),
    ],
)
def test_what_is_too_long_or_too_far_off_is_refused(world: World, changed: dict[str, Any], refused: str) -> None:
    assert refusal(Caller(world, "plan_owner").post(TERMS, {**TITLE, **changed})) == (422, refused)
    assert nothing_kept()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"threshold": "9" * 18 + ".5"}, None),
        ({"threshold": 1e18}, "too many digits before the point"),
        ({"lowest": "9" * 19}, "too many digits before the point"),
        ({"band_high": 0.0000001}, "too many digits"),
        ({"tolerance": "0.123456"}, "too many digits"),
    ],
)
def test_a_number_of_an_indicator_that_cannot_be_kept_is_refused_in_words(
    world: World, changed: Any, said: str | None
) -> None:
    answer = Caller(world, "plan_owner").post(f"{PLAN}/indicators/trained/revisions", {**TITLE, "changes": changed})
    assert answer.status_code == (422 if said else 200), answer.json()
    assert said is None or said in answer.content.decode()


def test_a_reason_and_a_title_are_given_in_languages_that_somebody_reads(world: World) -> None:
    owner = Caller(world, "plan_owner")
    norwegian = {
        **TITLE,
        "reason_in": {"no": "Klarere"},
        "changes": {"title": {"en": "Said better", "no": "Bedre sagt"}},
    }
    for unread in ({"reason_in": {"fi": "Selkeämpi"}}, {"changes": {"title": {"en": "Better", "xx": "?"}}}):
        answer = owner.post(TERMS, {**TITLE, **unread})
        assert answer.status_code == 422
        assert "here: the languages are en, da, nb, sv." in answer.content.decode()
    assert nothing_kept()
    assert owner.post(TERMS, norwegian).status_code == 200
    with as_house():
        kept = PlanRevision.objects.get(number=2)
    assert (kept.reason_in, kept.title["nb"]) == ({"nb": "Klarere"}, "Bedre sagt")


def test_a_day_in_no_year_that_can_be_meant_is_told_in_words(world: World) -> None:
    changes = {"due_on": "9999-12-31"}
    answer = Caller(world, "plan_owner").post(f"{PLAN}/actions/training/revisions", {**TITLE, "changes": changes})
    assert answer.status_code == 422
    assert "The day 31 December 9999 cannot be right: write one between 1996 and 2050." in answer.content.decode()


def test_a_budget_is_set_once_and_then_revised_by_whoever_read_it(world: World) -> None:
    owner = Caller(world, "plan_owner")
    first = owner.post(BUDGET, SUM).json()
    assert (first["kind"], first["amount_minor"], first["on_day"]) == ("original", 100_000, TODAY)
    assert refusal(owner.post(BUDGET, {**SUM, "amount_minor": 5})) == (409, "RevisedMeanwhile")
    assert refusal(owner.post(BUDGET, {**SUM, "amount_minor": 5, "expected_minor": 7})) == (409, "RevisedMeanwhile")
    assert refusal(owner.post(BUDGET, {**SUM, "currency": "euro"})) == (422, "NotUnderstood")
    assert refusal(owner.post(BUDGET, {**SUM, "expected_minor": 100_000})) == (409, "NothingChanged")
    assert refusal(owner.post(BUDGET, {**SUM, "currency": "XXQ"})) == (422, "CurrencyNotInUse")
    assert refusal(owner.post(SPENDING, {**SUM, "currency": "DEM"})) == (422, "CurrencyNotInUse")
    with as_house():
        assert BudgetEntry.objects.count() == 1


def test_money_spent_adds_up_and_is_taken_back_no_further_than_it_was(world: World) -> None:
    owner = Caller(world, "plan_owner")
    for amount, expected in ((5_000, 200), (2_000, 200), (-7_000, 200), (-1, 422)):
        assert owner.post(SPENDING, {**SUM, "amount_minor": amount}).status_code == expected, amount
    state = next(each for each in owner.get(f"{PLAN}/plan-on").json()["actions"] if each["code"] == "training")
    assert [each["spent"] for each in state["budget"]] == [0]


@pytest.mark.parametrize(("address", "said"), WRITES, ids=IDS)
def test_only_the_plans_owner_with_the_scope_writes(
    world: World, client: Client, address: str, said: dict[str, Any]
) -> None:
    assert client.post(address, said, content_type="application/json").status_code == 401
    assert refusal(Caller(world, "officer").post(address, said)) == (403, "RoleNeeded")
    assert refusal(Caller(world, "plan_owner", ("plans:read",)).post(address, said)) == (403, "OtherScopeNeeded")
    assert refusal(Caller(world, "stranger").post(address, said)) == (404, "NothingThere")
    assert nothing_kept()


@pytest.mark.parametrize(("address", "said"), WRITES, ids=IDS)
def test_what_a_released_report_told_stays_told(published: World, address: str, said: dict[str, Any]) -> None:
    owner = Caller(published, "plan_owner")
    day = "on_day" if "on_day" in said else "in_force_on"
    refused = owner.post(address, {**said, day: AS_AT.isoformat()})
    assert refusal(refused) == (422, "DatedBeforeReport")
    assert nothing_kept()
    kept = owner.post(address, {**said, day: AFTER}).json()
    assert date.fromisoformat(kept[day]) == AS_AT + timedelta(days=1)
