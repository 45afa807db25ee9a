"""The pages of answers: who finds them, how many statements they take, what an officer sees when something is off."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from omsorg.federation.models import Mandate, Person
from omsorg.kernel.wall import as_house
from omsorg.plans.actions.submissions import submit_answer
from omsorg.plans.models import Assessment, DisaggregationKey, Figure, IndicatorRevision, SubmissionStep
from omsorg.plans.tests.answering import AT, H1, LATER, acting, cases, record, record_all, trained
from world import World

HERE = ["example-plan", "tanzania", "2022-H1"]
EVERYBODY = [
    "officer", "officer_kenya", "officer_norway", "verifier", "insider_verifier", "reviewer", "plan_owner",
    "publisher", "second_publisher", "housekeeper", "national_housekeeper", "stranger",
]  # fmt: skip
SEE_TANZANIA = {"officer", "verifier", "insider_verifier", "reviewer", "plan_owner", "publisher", "second_publisher"}


@pytest.fixture(autouse=True)
def _july(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Any:
    monkeypatch.setattr(settings.ENVIRONMENT, "second_factor_roles", "")
    with time_machine.travel(AT, tick=False):
        yield


def sign_in(client: Client, world: World, who: str) -> Client:
    client.force_login(world.account[who])
    return client


def field(world: World, name: str, code: str, key: int = 0) -> str:
    return f"{name}-{world.indicator[code].pk}-{key}"


def sent(world: World, **cells: dict[str, str]) -> dict[str, str]:
    """The fields as a browser sends them: every cell with the figure that it was shown (none)."""
    form = {field(world, "x", code): "" for code in ("trained", "cases", "policy")}
    for code, typed in cells.items():
        form |= {field(world, name, code): value for name, value in typed.items()}
    return form


def kept() -> list[tuple[Any, ...]]:
    with as_house():
        rows = Figure.objects.order_by("pk").values_list("indicator__code", "state", "numerator", "denominator")
        return list(rows)


def text_of(response: Any) -> str:
    return " ".join(response.content.decode().split())


# ---- who comes in ----------------------------------------------------------------------------------------------

PAGES = {
    "plans:answer": SEE_TANZANIA,
    "plans:answer-ratings": SEE_TANZANIA,
    "plans:answer-documents": SEE_TANZANIA,
    "plans:answer-hand-in": SEE_TANZANIA,
    "plans:answer-review": {"reviewer"},
    "plans:answer-upload": {"officer"},
}


@pytest.mark.parametrize("name", PAGES)
def test_who_finds_the_pages_of_an_answer(client: Client, world: World, name: str) -> None:
    found = {who: sign_in(client, world, who).get(reverse(name, args=HERE)).status_code for who in EVERYBODY}
    assert found == {who: 200 if who in PAGES[name] else 403 if who in SEE_TANZANIA else 404 for who in EVERYBODY}


@pytest.mark.parametrize("name", PAGES)
def test_a_visitor_is_led_to_sign_in(client: Client, world: World, name: str) -> None:
    found = client.get(reverse(name, args=HERE))
    assert found.status_code == 302
    assert "/account/login/" in found["Location"]


@pytest.mark.parametrize(
    "place",
    [
        ["example-plan", "tanzania", "2023-H1"],
        ["example-plan", "tanzania", "2022-Q1"],
        ["example-plan", "tanzania", "2020-H1"],
        ["example-plan", "arusha", "2022-H1"],
        ["example-plan", "kenya", "2022-H1"],
        ["example-plan", "nowhere", "2022-H1"],
        ["no-plan", "tanzania", "2022-H1"],
        ["example-plan", "tanzania", "half"],
    ],
    ids=lambda place: "/".join(place),
)
def test_what_is_not_asked_of_this_person_is_not_there(client: Client, world: World, place: list[str]) -> None:
    assert sign_in(client, world, "officer").get(reverse("plans:answer", args=place)).status_code == 404


def test_the_owner_of_the_plan_answers_for_what_is_not_asked_of_associations(client: Client, world: World) -> None:
    with as_house():
        Mandate.objects.create(
            person=world.person["officer"], role="reporting_officer", organisation=world.org["international"],
            valid_from=date(2020, 1, 1),
        )  # fmt: skip
    place = reverse("plans:answer", args=["example-plan", "international", "2022-H1"])
    sign_in(client, world, "officer")
    form = {field(world, "t", "ombuds"): "An ombudsperson has begun.", field(world, "x", "ombuds"): ""}
    assert "1 figure has been saved." in text_of(client.post(place, form, follow=True))
    assert "An ombudsperson has begun." in text_of(client.get(place))
    rated = client.get(reverse("plans:answer-ratings", args=["example-plan", "international", "2022-H1"]))
    assert [line.code for line in rated.context["view"].lines] == ["cases", "ombuds", "policy", "trained"]


# ---- entering --------------------------------------------------------------------------------------------------


def test_an_officer_enters_figures_and_finds_them_again(client: Client, world: World) -> None:
    sign_in(client, world, "officer")
    form = sent(world, trained={"n": "40", "d": "50"}, cases={"n": "1,200"}, policy={"n": "1"})
    saved = client.post(reverse("plans:answer", args=HERE), form, follow=True)
    assert "3 figures have been saved." in text_of(saved)
    assert kept() == [("cases", 1, 1200, None), ("policy", 1, 1, None), ("trained", 1, 40, 50)]
    assert 'value="1200"' in text_of(client.get(reverse("plans:answer", args=HERE)))


def test_saving_again_what_stands_there_changes_nothing(client: Client, world: World) -> None:
    sign_in(client, world, "officer")
    form = sent(world, cases={"n": "12"})
    client.post(reverse("plans:answer", args=HERE), form)
    again = client.post(reverse("plans:answer", args=HERE), form, follow=True)
    assert "Nothing was changed." in text_of(again)
    assert len(kept()) == 1


def test_what_is_wrong_is_told_beside_it_and_the_rest_is_kept(client: Client, world: World) -> None:
    sign_in(client, world, "officer")
    form = sent(world, trained={"n": "51", "d": "50"}, cases={"n": "12"}, policy={"n": "1", "s": "3"})
    page = client.post(reverse("plans:answer", args=HERE), form)
    said = text_of(page)
    assert "1 figure has been saved." in said
    assert "51 of 50 cannot be: the part is larger than the whole." in said
    assert "Either give a number or say that there is none; not both." in said
    assert f'name="{field(world, "n", "trained")}" value="51"' in said
    assert kept() == [("cases", 1, 12, None)]


@pytest.mark.parametrize(
    ("language", "typed", "number"),
    [
        ("en", "1,234", 1234),
        ("da", "1234", 1234),
        ("da", "1.234.567", 1234567),
        ("da", "1.234,0", 1234),
        ("nb", "1 234", 1234),
        ("sv", "1 234", 1234),
        ("sv", "1234,0", 1234),
        ("en", "1.000", None),
        ("da", "1.234", None),
        ("nb", "1.234", None),
        ("sv", "1.234", None),
        ("da", "1,000", None),
        ("da", "1.5", None),
        ("en", "twelve", None),
        ("en", "80 %", None),
        ("en", "12.5", None),
        ("en", "-3", None),
        ("en", "1e5", None),
    ],
)
def test_numbers_are_read_as_people_write_them(
    client: Client, world: World, language: str, typed: str, number: int | None
) -> None:
    sign_in(client, world, "officer")
    with override(language):
        place = reverse("plans:answer", args=HERE)
    page = client.post(place, sent(world, cases={"n": typed}))
    assert [row[2] for row in kept()] == ([number] if number else [])
    if number is None:
        assert 'aria-invalid="true"' in text_of(page)


@pytest.mark.parametrize(
    ("language", "typed", "said"),
    [
        ("en", "1.234", "“1.234” can be read in two ways. Write 1234 or 1.2340."),
        ("da", "1.234", "”1.234” kan læses på to måder. Skriv 1234 eller 1,2340."),
        ("nb", "1.500", "«1.500» kan leses på to måter. Skriv 1500 eller 1,5."),
        ("sv", "1,000", "”1,000” kan läsas på två sätt. Skriv 1000 eller 1."),
    ],
)
def test_what_can_be_read_in_two_ways_is_asked_about_with_what_to_write(
    client: Client, world: World, language: str, typed: str, said: str
) -> None:
    sign_in(client, world, "officer")
    with override(language):
        place = reverse("plans:answer", args=HERE)
    assert said in text_of(client.post(place, sent(world, cases={"n": typed})))
    assert kept() == []


def test_two_officers_save_the_same_figure_and_nothing_is_lost(client: Client, world: World) -> None:
    with as_house():
        second = Person.objects.create(organisation=world.org["tanzania"], name="Example Second", email="s@example.org")
        Mandate.objects.create(
            person=second, role="reporting_officer", organisation=world.org["tanzania"], valid_from=date(2020, 1, 1)
        )
        world.person["second"] = second
    record(world, cases(world, 14), who="second")
    sign_in(client, world, "officer")
    page = client.post(reverse("plans:answer", args=HERE), sent(world, cases={"n": "12"}, policy={"n": "1"}))
    said = text_of(page)
    assert "Example Second (Example Association Tanzania) entered 14 persons" in said
    assert f'name="{field(world, "n", "cases")}" value="12"' in said
    assert kept() == [("cases", 1, 14, None), ("policy", 1, 1, None)]
    standing = page.context["ledger"].lines[0].fields.expected
    again = sent(world, cases={"n": "12"}) | {field(world, "x", "cases"): standing}
    client.post(reverse("plans:answer", args=HERE), again)
    assert kept()[-1] == ("cases", 1, 12, None)


def test_a_field_that_was_not_touched_is_no_conflict(client: Client, world: World) -> None:
    first = record(world, cases(world, 12)).kept[(world.indicator["cases"].pk, 0)]
    record(world, cases(world, 14, expected=first))
    sign_in(client, world, "officer")
    form = sent(world, cases={"n": "12", "x": str(first)}, policy={"n": "1"})
    saved = client.post(reverse("plans:answer", args=HERE), form, follow=True)
    assert "1 figure has been saved." in text_of(saved)
    assert 'value="14"' in text_of(saved)


def test_a_figure_does_not_vanish_by_emptying_its_field(client: Client, world: World) -> None:
    first = record(world, cases(world, 12)).kept[(world.indicator["cases"].pk, 0)]
    sign_in(client, world, "officer")
    page = client.post(reverse("plans:answer", args=HERE), sent(world, cases={"x": str(first)}))
    assert "A figure that has been kept does not vanish." in text_of(page)
    assert len(kept()) == 1


def test_the_newest_value_measured_before_is_shown_with_its_period(client: Client, world: World) -> None:
    record(world, trained(world, 40, 50))
    with time_machine.travel(datetime(2023, 7, 10, 9, tzinfo=UTC), tick=False):
        sign_in(client, world, "officer")
        page = client.get(reverse("plans:answer", args=["example-plan", "tanzania", "2023-H1"]))
    line = next(line for line in page.context["ledger"].lines if line.code == "trained")
    assert (line.previous, line.previous_period, line.fields.before) == (
        "80.0\xa0% (40 of 50)",
        "first half of 2022",
        "0.8",
    )
    assert '80.0 % (40 of 50) <span class="grid-hint">first half of 2022</span>' in text_of(page)


def test_a_reason_is_asked_for_with_what_was_reported_last_period(client: Client, world: World) -> None:
    record(world, trained(world, 40, 50))
    with time_machine.travel(LATER, tick=False):
        sign_in(client, world, "officer")
        place = reverse("plans:answer", args=["example-plan", "tanzania", "2022-H2"])
        page = client.post(place, sent(world, trained={"n": "30", "d": "50"}))
        assert "It goes backwards from 80.0 % (40 of 50), first half of 2022. Say why." in text_of(page)
        client.post(place, sent(world, trained={"n": "30", "d": "50", "r": "Two trainers left"}))
    assert kept()[-1] == ("trained", 1, 30, 50)


def test_a_value_that_is_given_up_is_no_fall(client: Client, world: World) -> None:
    record(world, trained(world, 40, 50))
    with time_machine.travel(LATER, tick=False):
        sign_in(client, world, "officer")
        place = reverse("plans:answer", args=["example-plan", "tanzania", "2022-H2"])
        page = client.post(place, sent(world, trained={"s": "3"}))
    assert "goes backwards from" not in text_of(page)
    said = "Last time a value was given: 80.0 % (40 of 50), first half of 2022. Say why there is none now."
    assert said in text_of(page)


def test_parts_and_what_is_in_no_part(client: Client, world: World) -> None:
    with as_house():
        girls = DisaggregationKey.objects.create(dimension="sex", code="girls", label={"en": "girls"})
        boys = DisaggregationKey.objects.create(dimension="sex", code="boys", label={"en": "boys"})
        IndicatorRevision.objects.create(
            indicator=world.indicator["cases"], number=2, title={"en": "Cases"}, kind="count", direction="up",
            roll_up="sum", time_rule="sum", asked_of_associations=True, dimensions=["sex"],
            in_force_on=date(2022, 1, 1), reason="By sex", at=AT,
        )  # fmt: skip
    sign_in(client, world, "officer")
    place = reverse("plans:answer", args=HERE)
    form = sent(world, cases={"n": "20"})
    for key, number in ((girls.pk, "12"), (boys.pk, "9")):
        form |= {field(world, "n", "cases", key): number, field(world, "x", "cases", key): ""}
    page = client.post(place, form)
    assert "add up to 21, which is more than the total of 20" in text_of(page)
    form[field(world, "n", "cases", boys.pk)] = "5"
    saved = client.post(place, form, follow=True)
    assert "3 figures have been saved." in text_of(saved)
    assert "in no part: 3" in text_of(saved)


def test_a_locked_answer_is_read_and_not_written(client: Client, world: World) -> None:
    record_all(world)
    with acting(world, "officer") as by:
        submit_answer(plan=world.plan, organisation=world.org["tanzania"], period=H1, by=by, at=AT)
    sign_in(client, world, "officer")
    page = client.get(reverse("plans:answer", args=HERE))
    assert "It is locked until it has been reviewed." in text_of(page)
    assert "<form method" not in text_of(page).split("</header>")[-1].split("ledger")[-1]
    refused = client.post(reverse("plans:answer", args=HERE), sent(world, cases={"n": "99"}), follow=True)
    assert "cannot be changed" in text_of(refused)
    assert len(kept()) == 3


def test_somebody_who_only_reads_cannot_enter(client: Client, world: World) -> None:
    sign_in(client, world, "reviewer")
    page = client.get(reverse("plans:answer", args=HERE))
    assert field(world, "n", "cases") not in page.content.decode()
    assert client.post(reverse("plans:answer", args=HERE), sent(world, cases={"n": "1"})).status_code == 403


@pytest.mark.parametrize("rubbish", ["99999999999999999999999", "-1", "x", "\x00", "１２"])
def test_rubbish_in_hidden_fields_breaks_nothing(client: Client, world: World, rubbish: str) -> None:
    sign_in(client, world, "officer")
    form = sent(world, cases={"n": "1", "x": rubbish, "s": rubbish, "r": rubbish})
    assert client.post(reverse("plans:answer", args=HERE), form).status_code in (200, 302, 400)


# ---- rating, handing in, reviewing -----------------------------------------------------------------------------


def rating(world: World, code: str, **said: str) -> dict[str, str]:
    pk = world.indicator[code].pk
    return {f"expected-{pk}": "", **{f"{name}-{pk}": value for name, value in said.items()}}


def test_an_organisation_rates_itself_on_one_page(client: Client, world: World) -> None:
    sign_in(client, world, "officer")
    place = reverse("plans:answer-ratings", args=HERE)
    form = rating(world, "trained", rating="on_track") | rating(world, "cases", rating="off_track")
    page = client.post(place, form)
    assert "1 rating has been saved." in text_of(page)
    assert "Off track needs a cause and a new date." in text_of(page)
    form = rating(world, "cases", rating="off_track", cause="time", new_date="2023-06-30", reason="Rain")
    assert "1 rating has been saved." in text_of(client.post(place, form, follow=True))
    with as_house():
        assert set(Assessment.objects.values_list("indicator__code", "rating", "cause")) == {
            ("trained", "on_track", ""), ("cases", "off_track", "time"),
        }  # fmt: skip


def test_a_new_date_that_is_no_date_is_told(client: Client, world: World) -> None:
    sign_in(client, world, "officer")
    form = rating(world, "cases", rating="off_track", cause="time", new_date="soon")
    assert "is not a date" in text_of(client.post(reverse("plans:answer-ratings", args=HERE), form))


def test_handing_in_lists_what_is_missing_and_then_locks(client: Client, world: World) -> None:
    sign_in(client, world, "officer")
    place = reverse("plans:answer-hand-in", args=HERE)
    said = text_of(client.get(place))
    assert "Still to be answered" in said
    assert f"{reverse('plans:answer', args=HERE)}#i-cases" in said
    assert "figures missing: 3" in text_of(client.post(place, follow=True))
    record_all(world)
    assert "Hand in this answer" in text_of(client.get(place))
    assert "has been handed in" in text_of(client.post(place, follow=True))
    again = client.post(place, follow=True)
    assert again.redirect_chain == [(reverse("plans:answer", args=HERE), 302)]
    assert list(again.context["messages"]) == []
    assert "Handed in on 10 July 2022" in text_of(again)


def test_a_reviewer_returns_with_a_reason_and_the_officer_reads_it(client: Client, world: World) -> None:
    record_all(world)
    with acting(world, "officer") as by:
        submit_answer(plan=world.plan, organisation=world.org["tanzania"], period=H1, by=by, at=AT)
    place = reverse("plans:answer-review", args=HERE)
    sign_in(client, world, "reviewer")
    assert "Say why" in text_of(client.post(place, {"decision": "return", "reason": ""}))
    client.post(place, {"decision": "return", "reason": "The list is missing"})
    sign_in(client, world, "officer")
    said = text_of(client.get(reverse("plans:answer", args=HERE)))
    assert "Returned on 10 July 2022 by the reviewer: The list is missing" in said
    assert "It came back to you: The list is missing" in text_of(client.get(reverse("plans:my-work")))


def test_a_reviewer_approves_and_may_open_again(client: Client, world: World) -> None:
    record_all(world)
    with acting(world, "officer") as by:
        submit_answer(plan=world.plan, organisation=world.org["tanzania"], period=H1, by=by, at=AT)
    place = reverse("plans:answer-review", args=HERE)
    sign_in(client, world, "reviewer")
    assert "has been approved" in text_of(client.post(place, {"decision": "approve"}, follow=True))
    client.post(place, {"decision": "reopen", "reason": "A list was found"})
    with as_house():
        assert list(SubmissionStep.objects.order_by("number").values_list("step", flat=True)) == [
            "submitted", "approved", "reopened",
        ]  # fmt: skip


def test_an_unknown_decision_decides_nothing(client: Client, world: World) -> None:
    sign_in(client, world, "reviewer")
    assert client.post(reverse("plans:answer-review", args=HERE), {"decision": "burn"}).status_code == 200
    with as_house():
        assert not SubmissionStep.objects.exists()


# ---- statements ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "who", "statements"),
    [
        ("plans:answer", "officer", 19),
        ("plans:answer-ratings", "officer", 19),
        ("plans:answer-documents", "officer", 19),
        ("plans:answer-hand-in", "officer", 19),
        ("plans:answer-review", "reviewer", 19),
    ],
)
def test_how_many_statements_a_page_takes(
    client: Client, world: World, name: str, who: str, statements: int, django_assert_num_queries: Any
) -> None:
    record_all(world)
    sign_in(client, world, who)
    client.get(reverse(name, args=HERE))
    with django_assert_num_queries(statements):
        client.get(reverse(name, args=HERE))
