"""My work in words, and the list of who has answered: searched, filtered, sorted, page by page, as a file."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from omsorg.federation.models import Organisation, Position
from omsorg.kernel.sheets import read_table
from omsorg.kernel.wall import as_house
from omsorg.plans.actions.submissions import submit_answer
from omsorg.plans.models import IndicatorRevision, Reminder
from omsorg.plans.tests.answering import AT, H1, acting, cases, record, record_all
from world import World

ANSWERS = reverse("plans:answers", args=["example-plan"])
WORK = reverse("plans:my-work")
AUGUST = datetime(2022, 8, 11, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _july(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Any:
    monkeypatch.setattr(settings.ENVIRONMENT, "second_factor_roles", "")
    with time_machine.travel(AT, tick=False):
        yield


def text_of(response: Any) -> str:
    return " ".join(response.content.decode().split())


def page(client: Client, world: World, who: str, address: str) -> Any:
    client.force_login(world.account[who])
    return client.get(address)


def names(response: Any) -> list[str]:
    return [line.name.removeprefix("Example Association ") for line in response.context["lines"]]


def tasks(response: Any) -> list[str]:
    return [task.title for plan in response.context["plans"] for task in plan.tasks]


def hand_in(world: World, at: datetime = AT) -> None:
    record_all(world, at=at)
    with acting(world, "officer", at) as by:
        submit_answer(plan=world.plan, organisation=world.org["tanzania"], period=H1, by=by, at=at)


# ---- my work ---------------------------------------------------------------------------------------------------


def test_an_officer_reads_what_is_due(client: Client, world: World) -> None:
    record(world, cases(world, 1))
    said = text_of(page(client, world, "officer", WORK))
    assert "Answer of Example Association Tanzania, first half of 2022" in said
    assert "Due on 30 July 2022. 1 of 3 indicators answered." in said
    assert "You can begin; it is due on 30 January 2023. 0 of 3 indicators answered." in said
    assert "161 days late. 0 of 3 indicators answered." in said


def test_a_late_answer_stays_in_my_work_however_old_it_is(client: Client, world: World) -> None:
    with time_machine.travel("2025-02-01T09:00:00+00:00", tick=False):
        said = text_of(page(client, world, "officer", WORK))
        assert "Answer of Example Association Tanzania, second half of 2021" in said
        found = tasks(page(client, world, "reviewer", WORK))
        assert "second half of 2023: 2 answers are late" in [title.lower() for title in found]
        said = text_of(client.get(WORK))
        assert "6 older answers are late" in said
        for period, words in (("2022-H2", "second half"), ("2022-H1", "first half"), ("2021-H2", "second half")):
            place = f"/plans/example-plan/answers/?period={period}&amp;standing=late"
            assert f'<a href="{place}">{words} of {period[:4]}</a>' in said


def test_what_is_late_stands_first(client: Client, world: World) -> None:
    assert (
        tasks(page(client, world, "officer", WORK))[0] == "Answer of Example Association Tanzania, second half of 2021"
    )


def test_a_reviewer_reads_what_waits_and_what_is_late(client: Client, world: World) -> None:
    hand_in(world)
    said = text_of(page(client, world, "reviewer", WORK))
    assert "Review the answer of Example Association Tanzania, first half of 2022" in said
    assert "Second half of 2021: 2 answers are late" in said


def test_a_verifier_reads_how_much_waits(client: Client, world: World) -> None:
    hand_in(world)
    assert "First half of 2022: 3 figures wait for your word" in text_of(page(client, world, "verifier", WORK))


def test_where_nothing_is_asked_nothing_is_due_and_nothing_late(client: Client, world: World) -> None:
    with as_house():
        for code in ("trained", "cases", "policy"):
            IndicatorRevision.objects.create(
                indicator=world.indicator[code], number=2, kind="milestone", direction="up", title={},
                activity="dropped", in_force_on=date(2021, 7, 1), reason="Not needed", at=AT,
                asked_of_associations=True,
            )  # fmt: skip
    for who in ("officer", "reviewer"):
        assert tasks(page(client, world, who, WORK)) == []
    assert names(page(client, world, "reviewer", ANSWERS + "?period=2021-H2&standing=late")) == []
    said = text_of(
        page(client, world, "officer", reverse("plans:answer", args=["example-plan", "tanzania", "2021-H2"]))
    )
    assert "Nothing is asked for here in this period." in said
    assert "This answer is" not in said


def test_where_nothing_waits_it_says_so(client: Client, world: World) -> None:
    assert "Nothing is waiting for you." in text_of(page(client, world, "publisher", WORK))


def test_without_a_role_in_the_plan_there_is_no_such_page(client: Client, world: World) -> None:
    for who in ("stranger", "housekeeper"):
        assert page(client, world, who, WORK).status_code == 404


def many_associations(number: int) -> None:
    with as_house():
        africa = Organisation.objects.get(code="africa")
        made = Organisation.objects.bulk_create(
            Organisation(
                code=f"a{n:03}", kind="national_association", name=f"Example Association {n:03}",
                exists_from=date(2000, 1, 1),
            )
            for n in range(number)
        )  # fmt: skip
        Position.objects.bulk_create(
            Position(organisation=each, parent=africa, valid_from=date(2000, 1, 1)) for each in made
        )


def test_the_statements_of_my_work_do_not_grow_with_the_federation(
    client: Client, world: World, django_assert_num_queries: Any
) -> None:
    page(client, world, "reviewer", WORK)
    with django_assert_num_queries(15):
        client.get(WORK)
    many_associations(60)
    with django_assert_num_queries(15):
        assert "62 answers are late" in text_of(client.get(WORK))


# ---- who has answered ------------------------------------------------------------------------------------------


def test_everybody_sees_their_own_part_of_the_list(client: Client, world: World) -> None:
    assert names(page(client, world, "officer", ANSWERS)) == ["Tanzania"]
    assert names(page(client, world, "reviewer", ANSWERS)) == ["Kenya", "Tanzania"]
    assert names(page(client, world, "plan_owner", ANSWERS)) == ["Kenya", "Norway", "Sweden", "Tanzania"]
    assert page(client, world, "stranger", ANSWERS).status_code == 404


def test_the_list_tells_where_each_stands(client: Client, world: World) -> None:
    hand_in(world)
    record(world, cases(world, 1), who="officer_kenya", org="kenya")
    response = page(client, world, "plan_owner", f"{ANSWERS}?period=2022-H1")
    found = {line.name.split()[-1]: (str(line.standing), line.progress) for line in response.context["lines"]}
    assert found == {
        "Kenya": ("begun", "1 of 3"), "Norway": ("not begun", "0 of 3"), "Sweden": ("not begun", "0 of 3"),
        "Tanzania": ("handed in", "3 of 3"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["Kenya", "Norway", "Sweden", "Tanzania"]),
        ("q=tanz", ["Tanzania"]),
        ("q=association+norw", ["Norway"]),
        ("above=europe", ["Norway", "Sweden"]),
        ("standing=submitted", ["Tanzania"]),
        ("standing=late", ["Kenya", "Norway", "Sweden"]),
        ("standing=nothing", ["Kenya", "Norway", "Sweden", "Tanzania"]),
        ("sort=-organisation", ["Tanzania", "Sweden", "Norway", "Kenya"]),
        ("sort=standing", ["Norway", "Sweden", "Kenya", "Tanzania"]),
        ("sort=-standing", ["Tanzania", "Kenya", "Norway", "Sweden"]),
        ("sort=-reminded", ["Norway", "Kenya", "Sweden", "Tanzania"]),
        ("sort=nothing", ["Kenya", "Norway", "Sweden", "Tanzania"]),
        ("q=nobody", []),
    ],
)
def test_the_list_is_searched_filtered_and_sorted(
    client: Client, world: World, query: str, expected: list[str]
) -> None:
    hand_in(world)
    record(world, cases(world, 1), who="officer_kenya", org="kenya")
    with as_house():
        Reminder.objects.create(
            plan=world.plan, organisation=world.org["norway"], period_start=H1.start, period_months=6, day=7,
            told_above=True, letters=2, at=AUGUST,
        )  # fmt: skip
    with time_machine.travel(AUGUST, tick=False):
        response = page(client, world, "plan_owner", f"{ANSWERS}?period=2022-H1&{query}")
    assert names(response) == expected


def test_a_late_answer_says_how_late_and_that_it_was_reminded(client: Client, world: World) -> None:
    with as_house():
        Reminder.objects.create(
            plan=world.plan, organisation=world.org["kenya"], period_start=H1.start, period_months=6, day=7,
            told_above=True, letters=2, at=AUGUST,
        )  # fmt: skip
    with time_machine.travel(AUGUST, tick=False):
        hand_in(world, AUGUST)
        said = text_of(page(client, world, "plan_owner", f"{ANSWERS}?period=2022-H1"))
    assert "12 days late" in said
    assert "came 12 days late" in said
    assert "11 Aug 2022, the level above too" in said


def test_the_list_comes_page_by_page_and_as_a_file(client: Client, world: World) -> None:
    many_associations(60)
    first = page(client, world, "plan_owner", f"{ANSWERS}?period=2022-H1")
    second = client.get(f"{ANSWERS}?period=2022-H1&page=2")
    assert (len(names(first)), len(names(second))) == (50, 14)
    assert "1 to 50 of 64" in text_of(first)
    file = client.get(f"{ANSWERS}?period=2022-H1&standing=not_begun&format=csv")
    assert file["Content-Disposition"] == 'attachment; filename="answers-example-plan-2022-H1.csv"'
    rows = read_table(file.content, "answers.csv").only().rows
    assert len(rows) == 65
    assert rows[1][:5] == ["a000", "Example Association 000", "Example Region East Africa", "2022-H1", "not begun"]


def test_the_statements_of_the_list_do_not_grow(client: Client, world: World, django_assert_num_queries: Any) -> None:
    page(client, world, "plan_owner", ANSWERS)
    with django_assert_num_queries(14):
        client.get(ANSWERS)
    many_associations(60)
    with django_assert_num_queries(14):
        client.get(ANSWERS)
