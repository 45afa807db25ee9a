"""The plan owner sees all ratings beside each other, and sets a computed one aside with a reason until a day."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from omsorg.federation.models import Mandate
from omsorg.kernel.wall import as_house
from omsorg.plans.actions.assessments import OwnRating, assess
from omsorg.plans.actions.figures import Entry, record_figures
from omsorg.plans.actions.submissions import submit_answer
from omsorg.plans.models import Assessment, Target
from omsorg.plans.rules.measures import Rating
from omsorg.plans.tests.answering import AT, H1, acting
from world import World

PAGE = reverse("plans:plan-ratings", args=["example-plan"])
FORM = f"{reverse('plans:override', args=['example-plan', 'trained'])}?period=2022-H1"


@pytest.fixture(autouse=True)
def _july(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Any:
    monkeypatch.setattr(settings.ENVIRONMENT, "second_factor_roles", "")
    with time_machine.travel(AT, tick=False):
        yield


def test_only_the_owner_of_the_plan_comes_in(client: Client, world: World) -> None:
    for address in (PAGE, FORM):
        found = {}
        for who in ("plan_owner", "officer", "verifier", "reviewer", "publisher", "stranger"):
            client.force_login(world.account[who])
            found[who] = client.get(address).status_code
        assert found == {
            "plan_owner": 200, "officer": 404, "verifier": 404, "reviewer": 404, "publisher": 404, "stranger": 404,
        }  # fmt: skip


def test_a_computed_rating_is_set_aside_and_stands_beside_it(client: Client, world: World) -> None:
    client.force_login(world.account["plan_owner"])
    refused = client.post(FORM, {"rating": "on_track", "reason_in_sv": "Eftersom"}).context["form"]
    assert list(refused.errors) == ["reason", "ends_on"]
    too_far = client.post(FORM, {"rating": "on_track", "reason": "Seen", "ends_on": "2099-01-01"}).context["form"]
    assert list(too_far.errors) == ["ends_on"]
    said = {"rating": "on_track", "reason": "Counted twice in the north", "ends_on": "2022-12-31"}
    page = client.post(FORM, said, follow=True)
    (line,) = [line for line in page.context["lines"] if line.code == "trained"]
    assert (line.override, line.override_reason, line.stated) == ("on_track", "Counted twice in the north", "on_track")
    with as_house():
        assert Assessment.objects.get().voice == "override"


def test_the_second_owner_sees_what_the_first_has_said_and_then_decides(client: Client, world: World) -> None:
    client.force_login(world.account["plan_owner"])
    opened = client.get(FORM)
    assert opened.context["form"]["expected"].value() is None
    said = {"rating": "on_track", "reason": "Counted twice in the north", "ends_on": "2022-12-31"}
    client.post(FORM, said)
    told = client.post(FORM, {"rating": "completed", "reason": "Seen on site", "ends_on": "2022-11-30", "expected": ""})
    assert "Somebody else has set this rating aside since you looked, until 31 December 2022" in told.content.decode()
    assert "<p>Counted twice in the north</p>" in told.content.decode()
    with as_house():
        first = Assessment.objects.get()
    form = told.context["form"]
    assert (form["expected"].value(), form["reason"].value()) == (str(first.pk), "Seen on site")
    assert client.get(FORM).context["form"]["expected"].value() == first.pk
    client.post(FORM, {field.name: field.value() or "" for field in form})
    with as_house():
        assert Assessment.objects.latest("pk").supersedes_id == first.pk


def test_off_track_asks_for_a_cause_and_a_new_date(client: Client, world: World) -> None:
    client.force_login(world.account["plan_owner"])
    said = {"rating": "off_track", "reason": "Floods", "ends_on": "2022-12-31"}
    assert "Off track needs a cause and a new date." in client.post(FORM, said).content.decode()
    client.post(FORM, {**said, "cause": "outside", "new_date": "2023-06-30"})
    with as_house():
        assert Assessment.objects.get().cause == "outside"


def test_the_list_says_as_of_which_day_it_rates_and_why_it_does_not(client: Client, world: World) -> None:
    with as_house():
        for series, due, number in ((2, date(2021, 7, 1), 0), (1, date(2024, 12, 31), 90)):
            Target.objects.create(
                indicator=world.indicator["trained"], organisation=world.org["international"], series=series,
                due_on=due, number=number, denominator=100, in_force_on=date(2021, 7, 1), reason="As adopted", at=AT,
            )  # fmt: skip
    with time_machine.travel(datetime(2022, 10, 1, 9, tzinfo=UTC), tick=False):
        client.force_login(world.account["plan_owner"])
        for period, is_overtaken in (("2022-H1", False), ("2021-H2", True)):
            page = client.get(f"{PAGE}?period={period}")
            html = page.content.decode()
            assert "Rated as of today, 1 October 2022" in html
            assert (
                "A report as at that day, or before, is rated by the figures of this period." in html
            ) is is_overtaken
            (line,) = [line for line in page.context["lines"] if line.code == "trained"]
            assert line.stated == "not_rated"
            assert line.source == "there are too few figures to compute a rating from"
            assert line.because == "The figures that were due last, on the day of the report, are missing."
            assert line.because in html
            assert "computed from the figures" not in html


def test_on_a_phone_each_row_of_the_list_is_a_card_with_every_answer_beside_its_question(
    client: Client, world: World
) -> None:
    client.force_login(world.account["plan_owner"])
    html = client.get(PAGE).content.decode()
    assert 'class="table table--cards"' in html
    for label in ("Own rating", "Verifier", "Computed", "Set by a person", "Stated"):
        assert f'<td data-omsorg-label="{label}">' in html


def test_what_is_not_in_the_plan_cannot_be_set_aside(client: Client, world: World) -> None:
    client.force_login(world.account["plan_owner"])
    assert client.get(reverse("plans:override", args=["example-plan", "nothing"])).status_code == 404


def test_what_is_rated_for_the_whole_plan_is_held_against_the_sum_over_all(client: Client, world: World) -> None:
    with as_house():
        for who, role in (("plan_owner", "reporting_officer"), ("verifier", "verifier")):
            Mandate.objects.create(
                person=world.person[who], role=role, organisation=world.org["international"], valid_from=AT.date()
            )
        Target.objects.create(
            indicator=world.indicator["policy"], organisation=world.org["international"], series=1, number=1,
            due_on=date(2022, 6, 30), in_force_on=date(2021, 7, 1), reason="As adopted", at=AT,
        )  # fmt: skip
    with acting(world, "plan_owner") as by:
        assess(
            plan=world.plan, organisation=world.org["international"], period=H1, by=by, at=AT,
            ratings=[OwnRating(world.indicator["policy"].pk, Rating.COMPLETED)],
        )  # fmt: skip
        record_figures(
            plan=world.plan, organisation=world.org["international"], period=H1, by=by, at=AT, source="grid",
            entries=[Entry(world.indicator["ombuds"].pk, text="An ombudsperson has begun.")],
        )  # fmt: skip
        submit_answer(plan=world.plan, organisation=world.org["international"], period=H1, by=by, at=AT)
    client.force_login(world.account["verifier"])
    page = client.get(f"{reverse('plans:verification', args=['example-plan'])}?period=2022-H1&show=differ")
    (line,) = page.context["voices"]
    assert (line.code, line.own, line.computed) == ("policy", "completed", "at_risk")
