"""The verifier's pages: a queue of what was handed in, many confirmed at once, one contested, where voices differ."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from omsorg.federation.models import Mandate
from omsorg.kernel.wall import as_house
from omsorg.plans.actions.assessments import OwnRating, assess
from omsorg.plans.actions.submissions import submit_answer
from omsorg.plans.models import Target, Verification
from omsorg.plans.rules.measures import Rating
from omsorg.plans.tests.answering import AT, H1, acting, record, record_all, trained
from world import World

QUEUE = reverse("plans:verification", args=["example-plan"])
THEN = "period=2022-H1"


@pytest.fixture(autouse=True)
def _july(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Any:
    monkeypatch.setattr(settings.ENVIRONMENT, "second_factor_roles", "")
    with time_machine.travel(AT, tick=False):
        yield


def text_of(response: Any) -> str:
    return " ".join(response.content.decode().split())


@pytest.fixture
def handed_in(world: World) -> World:
    """Tanzania has answered, rated itself and handed in."""
    record_all(world)
    with acting(world, "officer") as by:
        assess(
            plan=world.plan, organisation=world.org["tanzania"], period=H1, by=by, at=AT,
            ratings=[OwnRating(world.indicator["trained"].pk, Rating.COMPLETED)],
        )  # fmt: skip
        submit_answer(plan=world.plan, organisation=world.org["tanzania"], period=H1, by=by, at=AT)
    return world


def lines(response: Any) -> dict[str, Any]:
    return {line.code: line for group in response.context["groups"] for line in group.lines}


def test_only_verifiers_have_a_queue(client: Client, world: World) -> None:
    found = {}
    for who in ("verifier", "insider_verifier", "officer", "reviewer", "plan_owner", "stranger"):
        client.force_login(world.account[who])
        found[who] = client.get(QUEUE).status_code
    assert found == {
        "verifier": 200, "insider_verifier": 200, "officer": 404, "reviewer": 404, "plan_owner": 404, "stranger": 404,
    }  # fmt: skip


def test_only_what_was_handed_in_is_in_the_queue(client: Client, world: World) -> None:
    record(world, trained(world, 40, 50))
    client.force_login(world.account["verifier"])
    assert client.get(QUEUE).context["groups"] == ()


def test_the_page_opens_at_the_newest_period_in_which_something_waits(client: Client, handed_in: World) -> None:
    with time_machine.travel(datetime(2023, 2, 1, 9, tzinfo=UTC), tick=False):
        client.force_login(handed_in.account["verifier"])
        assert set(lines(client.get(QUEUE))) == {"trained", "cases", "policy"}
        assert client.get(f"{QUEUE}?period=2022-H2").context["groups"] == ()


def test_where_only_the_figure_can_be_contested_it_is_chosen_already(client: Client, handed_in: World) -> None:
    client.force_login(handed_in.account["verifier"])
    for code, chosen in (("cases", "figure"), ("trained", None)):
        place = reverse("plans:contest", args=["example-plan", "tanzania", "2022-H1", code])
        assert client.get(place).context["form"]["what"].initial == chosen


def test_what_ones_own_house_reported_is_not_in_the_queue(client: Client, handed_in: World) -> None:
    client.force_login(handed_in.account["insider_verifier"])
    assert client.get(QUEUE).context["groups"] == ()


def test_many_are_confirmed_at_once(client: Client, handed_in: World) -> None:
    client.force_login(handed_in.account["verifier"])
    found = lines(client.get(QUEUE))
    assert set(found) == {"trained", "cases", "policy"}
    ticks = [found["trained"].tick, found["cases"].tick]
    done = client.post(QUEUE, {"period": "2022-H1", "confirm": ticks}, follow=True)
    assert "2 lines have been confirmed." in text_of(done)
    assert set(lines(done)) == {"policy"}
    confirmed = client.get(f"{QUEUE}?period=2022-H1&show=confirmed")
    assert set(lines(confirmed)) == {"trained", "cases"}
    assert "confirmed by Example Association Norway" in text_of(confirmed)


def test_nothing_ticked_confirms_nothing(client: Client, handed_in: World) -> None:
    client.force_login(handed_in.account["verifier"])
    assert "Nothing was ticked." in text_of(client.post(QUEUE, {"period": "2022-H1"}, follow=True))
    assert client.post(QUEUE, {"confirm": ["999999-999999"]}).status_code == 404
    assert client.post(QUEUE, {"confirm": ["x-y", "-", "9" * 40]}, follow=True).status_code == 200
    with as_house():
        assert not Verification.objects.exists()


def test_one_is_contested_with_a_reason(client: Client, handed_in: World) -> None:
    client.force_login(handed_in.account["verifier"])
    place = lines(client.get(QUEUE))["trained"].contest_url
    assert "This field is required." in text_of(client.post(place, {"what": "rating", "reason": ""}))
    form = {"what": "rating", "reason": "No list of staff", "rating": "off_track"}
    client.post(place, form)
    with as_house():
        word = Verification.objects.get()
        assert (word.verdict, word.rating, word.figure_id) == ("contested", "off_track", None)
    contested = client.get(f"{QUEUE}?period=2022-H1&show=contested")
    assert set(lines(contested)) == {"trained"}
    client.force_login(handed_in.account["officer"])
    page = client.get(reverse("plans:answer-ratings", args=["example-plan", "tanzania", "2022-H1"]))
    assert "contested by Example Association Norway, who says “off track”: No list of staff" in text_of(page)


def test_what_is_not_in_the_queue_cannot_be_contested(client: Client, handed_in: World) -> None:
    client.force_login(handed_in.account["insider_verifier"])
    place = reverse("plans:contest", args=["example-plan", "tanzania", "2022-H1", "trained"])
    assert client.get(place).status_code == 404
    client.force_login(handed_in.account["verifier"])
    assert client.get(place).status_code == 200
    assert client.get(place.replace("trained", "nothing")).status_code == 404


def test_what_the_verifier_entered_is_marked_and_has_no_box(client: Client, world: World) -> None:
    with as_house():
        Mandate.objects.create(
            person=world.person["verifier"], role="reporting_officer", organisation=world.org["tanzania"],
            valid_from=date(2020, 1, 1),
        )  # fmt: skip
    record_all(world, who="verifier")
    with acting(world, "officer") as by:
        submit_answer(plan=world.plan, organisation=world.org["tanzania"], period=H1, by=by, at=AT)
    client.force_login(world.account["verifier"])
    page = client.get(QUEUE)
    assert {line.tick for line in lines(page).values()} == {""}
    assert "entered by yourself" in text_of(page)


def test_where_the_voices_differ(client: Client, handed_in: World) -> None:
    world = handed_in
    with as_house():
        for series, due, number, denominator in ((2, date(2021, 7, 1), 0, 1), (1, date(2022, 6, 30), 1, 1)):
            Target.objects.create(
                indicator=world.indicator["trained"], organisation=world.org["international"], series=series,
                due_on=due, number=number, denominator=denominator, in_force_on=date(2021, 7, 1), reason="As adopted",
                at=AT,
            )  # fmt: skip
    client.force_login(world.account["verifier"])
    page = client.get(f"{QUEUE}?period=2022-H1&show=differ")
    (line,) = page.context["voices"]
    assert "whether they are handed in or not" in text_of(page)
    assert (line.code, line.own, line.verified, line.computed) == ("trained", "completed", "", "at_risk")


def test_where_all_say_the_same_nothing_is_listed(client: Client, handed_in: World) -> None:
    client.force_login(handed_in.account["verifier"])
    assert "Nowhere: all voices say the same." in text_of(client.get(f"{QUEUE}?period=2022-H1&show=differ"))


def test_before_any_period_is_over_there_is_no_queue(client: Client, world: World) -> None:
    with time_machine.travel("2021-08-01T09:00:00+00:00", tick=False):
        client.force_login(world.account["verifier"])
        assert "No period is over yet." in text_of(client.get(QUEUE))


def test_an_unknown_page_period_or_view_shows_the_first(client: Client, handed_in: World) -> None:
    client.force_login(handed_in.account["verifier"])
    for query in ("page=0", "page=99", "page=x", "period=1999", "show=nothing", "organisation=nowhere"):
        assert client.get(f"{QUEUE}?{query}").status_code == 200


@pytest.mark.parametrize(
    ("query", "statements"), [("", 18), (THEN, 13), (f"{THEN}&show=confirmed", 13), (f"{THEN}&show=differ", 12)]
)
def test_how_many_statements_the_queue_takes(
    client: Client, handed_in: World, query: str, statements: int, django_assert_num_queries: Any
) -> None:
    client.force_login(handed_in.account["verifier"])
    client.get(QUEUE)
    with django_assert_num_queries(statements):
        client.get(f"{QUEUE}?{query}")
