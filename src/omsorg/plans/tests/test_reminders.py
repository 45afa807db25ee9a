"""Late answers are reminded after 1, 7 and 30 days, in the officer's language, each once, and go one level up."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from threading import Thread
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client

from omsorg.federation.models import Mandate, Organisation, Person
from omsorg.kernel.models import Letter, Trace
from omsorg.kernel.wall import as_house, in_name_of
from omsorg.plans.actions.reminders import Days, remind_of_late_answers
from omsorg.plans.actions.submissions import submit_answer
from omsorg.plans.jobs import agreed_days, remind
from omsorg.plans.models import IndicatorRevision, Reminder
from omsorg.plans.tests.answering import H1, acting, cases, record, record_all
from world import World, make_world

DUE = date(2022, 7, 30)
DAYS = Days(grace=30, reminders=(1, 7, 30), escalate_from=7)


def morning(days_late: int) -> datetime:
    return datetime(DUE.year, DUE.month, DUE.day, 5, 23, tzinfo=UTC) + timedelta(days=days_late)


def letters(**wanted) -> list[tuple[str, str]]:
    """To whom, about what, in the order they were written."""
    with as_house():
        return [(letter.to_address, letter.subject) for letter in Letter.objects.filter(**wanted).order_by("pk")]


def reminders(world: World, org: str = "tanzania") -> list[tuple[int, int, bool]]:
    with as_house():
        found = Reminder.objects.filter(organisation=world.org[org]).order_by("day")
        return list(found.values_list("day", "letters", "told_above"))


def only_tanzania(world: World) -> None:
    """Nobody else is asked."""
    with as_house():
        others = Organisation.objects.filter(kind="national_association").exclude(code="tanzania")
        others.update(kind="network")


def test_over_forty_days_each_day_of_reminding_is_used_once(world: World) -> None:
    only_tanzania(world)
    for day in range(41):
        with time_machine.travel(morning(day), tick=False):
            remind(0)
            remind(0)
    assert reminders(world) == [(1, 1, False), (7, 2, True), (30, 2, True)]
    assert letters() == [
        ("officer@example.org", "Your answer is late: first half of 2022"),
        ("officer@example.org", "Your answer is late: first half of 2022"),
        ("reviewer@example.org", "Late answers: first half of 2022"),
        ("officer@example.org", "Your answer is late: first half of 2022"),
        ("reviewer@example.org", "Late answers: first half of 2022"),
    ]


@pytest.mark.parametrize(
    ("figures", "said"),
    [
        (0, "You can enter it here:"),
        (1, "1 of 3 indicators are answered already. What is left can be entered here:"),
        (3, "All 3 indicators are answered. Only handing in is left, here:"),
    ],
)
def test_the_letter_says_what_is_left(world: World, figures: int, said: str) -> None:
    only_tanzania(world)
    if figures == 3:
        record_all(world)
    elif figures:
        record(world, cases(world, 12))
    with time_machine.travel(morning(1), tick=False):
        remind(0)
    with as_house():
        assert said in Letter.objects.get().body


def test_on_the_last_day_in_time_nobody_is_reminded(world: World) -> None:
    assert remind_of_late_answers(days=DAYS, at=morning(0)) == 0
    assert letters() == []


def test_the_level_above_hears_of_all_its_late_answers_in_one_letter(world: World) -> None:
    remind_of_late_answers(days=DAYS, at=morning(7))
    (letter,) = [body for body in bodies() if "Example Association Kenya" in body and "Tanzania" in body]
    assert "- Example Association Kenya: 7 days late" in letter
    assert letters(to_address="reviewer@example.org") == [("reviewer@example.org", "Late answers: first half of 2022")]


def bodies() -> list[str]:
    with as_house():
        return list(Letter.objects.order_by("pk").values_list("body", flat=True))


def test_where_nobody_reviews_right_above_the_next_level_is_told(world: World) -> None:
    with as_house():
        reviewer, moved_on = world.person["reviewer"], date(2022, 1, 1)
        Mandate.objects.filter(person=reviewer).update(valid_until=moved_on)
        Mandate.objects.create(
            person=reviewer, role="reviewer", organisation=world.org["international"], valid_from=moved_on
        )
    remind_of_late_answers(days=DAYS, at=morning(7))
    assert reminders(world) == [(1, 0, False), (7, 2, True)]
    assert letters(to_address="reviewer@example.org")


def test_where_nobody_at_all_is_above_the_page_still_shows_it(world: World) -> None:
    with as_house():
        Mandate.objects.filter(person=world.person["reviewer"]).update(valid_until=date(2022, 1, 1))
    remind_of_late_answers(days=DAYS, at=morning(7))
    assert reminders(world) == [(1, 0, False), (7, 1, False)]


def test_an_organisation_without_an_officer_goes_up_at_once(world: World) -> None:
    with as_house():
        Person.objects.filter(pk=world.person["officer"].pk).update(left_on=date(2022, 5, 1))
    only_tanzania(world)
    remind_of_late_answers(days=DAYS, at=morning(1))
    assert reminders(world) == [(1, 1, True)]
    assert [to for to, _subject in letters()] == ["reviewer@example.org"]


def test_a_worker_that_stood_still_sends_one_letter_for_all_the_days(world: World) -> None:
    only_tanzania(world)
    remind_of_late_answers(days=DAYS, at=morning(35))
    assert reminders(world) == [(1, 0, False), (7, 0, False), (30, 2, True)]
    assert len(letters()) == 2


def test_what_has_been_handed_in_is_not_reminded(world: World) -> None:
    only_tanzania(world)
    record_all(world)
    with acting(world, "officer") as by:
        submit_answer(plan=world.plan, organisation=world.org["tanzania"], period=H1, by=by, at=morning(-5))
    assert remind_of_late_answers(days=DAYS, at=morning(7)) == 0


def test_old_news_is_not_written_about(world: World) -> None:
    assert remind_of_late_answers(days=DAYS, at=morning(91)) == 0
    assert remind_of_late_answers(days=replace(DAYS, until=20), at=morning(21)) == 0
    only_tanzania(world)
    assert remind_of_late_answers(days=replace(DAYS, until=400), at=morning(365)) == 4  # and the half year after


def test_until_when_letters_are_written_is_set_by_the_operator(settings: Any) -> None:
    assert agreed_days().until == 90
    settings.ENVIRONMENT = settings.ENVIRONMENT.model_copy(update={"reminders_until_day": 400})
    assert agreed_days().until == 400


def test_what_is_no_longer_written_about_stays_on_the_page_with_its_days_late(world: World) -> None:
    client = Client()
    client.force_login(world.account["reviewer"])
    with time_machine.travel(morning(365), tick=False):
        said = client.get("/plans/example-plan/answers/?period=2022-H1&standing=late").content.decode()
    assert said.count("365 days late") == 2


def test_an_organisation_that_has_closed_meanwhile_is_left_in_peace(world: World) -> None:
    only_tanzania(world)
    with as_house():
        Organisation.objects.filter(code="tanzania").update(exists_until=date(2022, 7, 15))
    assert remind_of_late_answers(days=DAYS, at=morning(1)) == 0


def test_nobody_is_reminded_where_nothing_is_asked(world: World) -> None:
    with as_house():
        for code in ("trained", "cases", "policy"):
            IndicatorRevision.objects.create(
                indicator=world.indicator[code], number=2, kind="milestone", direction="up", title={},
                activity="dropped", in_force_on=date(2022, 1, 1), reason="Not needed", at=morning(-200),
                asked_of_associations=True,
            )  # fmt: skip
    assert remind_of_late_answers(days=DAYS, at=morning(1)) == 0


@pytest.mark.parametrize(
    ("language", "address", "date_written"),
    [("da", "/da/plans/", "30. juli 2022"), ("sv", "/sv/plans/", "30 juli 2022"), ("fr", "/plans/", "30 July 2022")],
    ids=["in Danish", "in Swedish", "in English where the house does not speak it"],
)
def test_the_letter_is_in_the_officers_language(world: World, language: str, address: str, date_written: str) -> None:
    only_tanzania(world)
    with as_house():
        Person.objects.filter(pk=world.person["officer"].pk).update(language=language)
    remind_of_late_answers(days=DAYS, at=morning(1))
    (body,) = bodies()
    assert f"{address}example-plan/answers/tanzania/2022-H1/" in body
    assert date_written in body


def test_each_reminder_leaves_a_trace_of_the_house(world: World) -> None:
    only_tanzania(world)
    remind_of_late_answers(days=DAYS, at=morning(1))
    with as_house():
        trace = Trace.objects.get(verb="remind_of_late_answer")
    assert (trace.actor, trace.subject) == (None, "answer:example-plan/tanzania/2022-H1")


def test_the_officer_sees_that_reminders_went_out_and_cannot_write_one(world: World) -> None:
    remind_of_late_answers(days=DAYS, at=morning(1))
    with in_name_of(world.person["officer"].pk, day=morning(1).date()):
        assert Reminder.objects.count() == 1


def test_the_days_are_the_operators(monkeypatch: pytest.MonkeyPatch, settings) -> None:
    monkeypatch.setattr(settings.ENVIRONMENT, "reminder_days", "2, 14")
    assert agreed_days() == Days(grace=30, reminders=[2, 14], escalate_from=7)


def test_two_workers_at_once_write_each_letter_once(own_database: str) -> None:
    world = make_world()
    only_tanzania(world)

    def work() -> None:
        try:
            remind_of_late_answers(days=DAYS, at=morning(7))
        finally:
            connection.close()

    workers = [Thread(target=work) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert reminders(world) == [(1, 0, False), (7, 2, True)]
    assert len(letters()) == 2
