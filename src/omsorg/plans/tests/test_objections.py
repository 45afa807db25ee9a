"""What speaks against an answer reaches people: contested, given back, asked to be opened; letters and My work."""

from typing import Any

import pytest
import time_machine
from django.db.utils import DatabaseError
from django.test import Client
from django.urls import reverse

from omsorg.federation.access import NotAllowed
from omsorg.kernel.models import Letter
from omsorg.kernel.wall import as_house
from omsorg.plans.actions.submissions import approve_answer, ask_to_open, reopen_answer, return_answer, submit_answer
from omsorg.plans.actions.verifications import verify
from omsorg.plans.models import OpeningAsked
from omsorg.plans.rules.answers import AskedAlready, OpenAlready, ReasonMissing
from omsorg.plans.tests.answering import AT, H1, acting, cases, record, record_all
from world import World

WORK = reverse("plans:my-work")
ANSWER = reverse("plans:answer", args=["example-plan", "tanzania", "2022-H1"])


@pytest.fixture(autouse=True)
def _july(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Any:
    monkeypatch.setattr(settings.ENVIRONMENT, "second_factor_roles", "")
    with time_machine.travel(AT, tick=False):
        yield


def letters() -> list[tuple[str, str]]:
    with as_house():
        return sorted(Letter.objects.values_list("to_address", "subject"))


def bodies() -> str:
    with as_house():
        return "\n".join(Letter.objects.order_by("pk").values_list("body", flat=True))


def page(client: Client, world: World, who: str, address: str) -> str:
    client.force_login(world.account[who])
    return " ".join(client.get(address).content.decode().split())


def take(world: World, step: Any, who: str, **more: Any) -> Any:
    with acting(world, who) as by:
        return step(plan=world.plan, organisation=world.org["tanzania"], period=H1, by=by, at=AT, **more)


@pytest.fixture
def approved(world: World) -> int:
    """The figure of cases in an answer that was approved."""
    kept = record_all(world).kept[(world.indicator["cases"].pk, 0)]
    take(world, submit_answer, "officer")
    take(world, approve_answer, "reviewer")
    return kept


def contest(world: World, figure: int, *, is_contested: bool = True) -> None:
    with acting(world, "verifier") as by:
        verify(figures=[figure], is_contested=is_contested, reason="The list says 13" * is_contested, by=by, at=AT)


def test_a_contested_figure_is_told_to_both_sides_by_letter(world: World, approved: int) -> None:
    contest(world, approved)
    subject = "Contested: Example Association Tanzania, first half of 2022"
    assert letters() == [("officer@example.org", subject), ("reviewer@example.org", subject)]
    assert "- cases " in bodies()
    assert "The list says 13" not in bodies()
    assert "/answers/tanzania/2022-H1/review/" in bodies()


def test_a_confirmed_figure_is_told_to_nobody(world: World, approved: int) -> None:
    contest(world, approved, is_contested=False)
    assert letters() == []


def test_a_contested_figure_stands_in_the_work_of_both_sides_until_it_is_settled(
    client: Client, world: World, approved: int
) -> None:
    line = "Contested: Example Association Tanzania, first half of 2022"
    contest(world, approved)
    for who, there in (("officer", True), ("reviewer", True), ("officer_kenya", False)):
        assert (line in page(client, world, who, WORK)) is there, who
    assert "A verifier contests cases." in page(client, world, "officer", WORK)
    contest(world, approved, is_contested=False)
    assert line not in page(client, world, "officer", WORK)


def test_a_corrected_figure_is_contested_no_more(client: Client, world: World, approved: int) -> None:
    contest(world, approved)
    take(world, reopen_answer, "reviewer", reason="Correct it")
    assert record(world, cases(world, 13, expected=approved, reason="Counted again")).is_whole
    assert "Contested:" not in page(client, world, "officer", WORK)


@pytest.mark.parametrize(
    ("step", "said"), [(return_answer, "was returned by the reviewer"), (reopen_answer, "has been opened again")]
)
def test_what_comes_back_is_told_by_letter(world: World, step: Any, said: str) -> None:
    record_all(world)
    take(world, submit_answer, "officer")
    if step is reopen_answer:
        take(world, approve_answer, "reviewer")
    take(world, step, "reviewer", reason="The list of staff is missing")
    assert letters() == [
        ("officer@example.org", "Your answer came back: Example Association Tanzania, first half of 2022")
    ]
    assert said in bodies()
    assert "list of staff" not in bodies()


def test_who_reports_asks_on_the_page_and_the_reviewer_sees_it(client: Client, world: World, approved: int) -> None:
    address = f"{ANSWER}ask-to-open/"
    assert address in page(client, world, "officer", ANSWER)
    assert client.post(address, {"reason": "It was 13"}).url == ANSWER
    assert letters() == [
        ("reviewer@example.org", "Asked to be opened again: Example Association Tanzania, first half of 2022")
    ]
    said = page(client, world, "officer", ANSWER)
    assert "ask for this answer to be opened again: It was 13" in said
    assert address not in said
    work = page(client, world, "reviewer", WORK)
    assert "Asked to be opened again: Example Association Tanzania, first half of 2022" in work
    assert "They say: It was 13" in work
    take(world, reopen_answer, "reviewer", reason="As you wish")
    assert "They say: It was 13" not in page(client, world, "reviewer", WORK)


def test_asking_is_refused_twice_without_a_reason_to_others_and_where_nothing_is_locked(world: World) -> None:
    with pytest.raises(OpenAlready):
        take(world, ask_to_open, "officer", reason="Wrong")
    record_all(world)
    take(world, submit_answer, "officer")
    with pytest.raises(ReasonMissing):
        take(world, ask_to_open, "officer", reason=" ")
    with pytest.raises(NotAllowed):
        take(world, ask_to_open, "reviewer", reason="Wrong")
    take(world, ask_to_open, "officer", reason="Wrong")
    with pytest.raises(AskedAlready):
        take(world, ask_to_open, "officer", reason="Wrong again")


def test_the_database_lets_nobody_else_ask(world: World) -> None:
    with pytest.raises(DatabaseError), acting(world, "reviewer") as by:
        OpeningAsked.objects.create(
            plan=world.plan, organisation=world.org["tanzania"], period_start=H1.start, period_months=6, number=1,
            reason="Wrong", by_id=by.person_id, at=AT,
        )  # fmt: skip
