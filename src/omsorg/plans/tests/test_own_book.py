"""The trail and the letters beneath the actions: nobody writes into another's book, or a letter that has been sent."""

from datetime import date

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError, IntegrityError
from django.urls import resolve, reverse

from omsorg.kernel.clock import now
from omsorg.kernel.trail import leave_trace
from omsorg.kernel.wall import as_house, in_name_of
from omsorg.plans.models import Assessment, Plan, PlanRevision, Report
from omsorg.plans.tests.answering import AT, H1
from world import World

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("who", "organisation", "is_let"),
    [
        ("officer_kenya", "kenya", True),
        ("officer_kenya", "norway", False),
        ("verifier", "tanzania", True),
        ("stranger", "lund", True),
        ("stranger", "tanzania", False),
    ],
)
def test_a_trace_stands_in_the_books_of_those_one_works_for(
    world: World, who: str, organisation: str, is_let: bool
) -> None:
    person = world.person[who].pk
    with in_name_of(person):
        if is_let:
            leave_trace("look", "x:y", by=person, at=now(), organisation=world.org[organisation].pk)
            return
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            leave_trace("look", "x:y", by=person, at=now(), organisation=world.org[organisation].pk)


def test_a_trace_stands_in_the_book_that_it_names(world: World) -> None:
    person = world.person["officer_kenya"].pk
    with (
        pytest.raises(IntegrityError, match="kernel_trace_own_book"),
        in_name_of(person),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "INSERT INTO kernel_trace (book, at, actor, organisation, verb, subject, details)"
            " VALUES (%s, now(), %s, NULL, 'look', 'x:y', '{}')",
            [f"organisation:{world.org['norway'].pk}", person],
        )


def test_a_letter_begins_by_waiting(world: World) -> None:
    person = world.person["stranger"].pk
    with pytest.raises(DatabaseError, match="row-level security"), in_name_of(person), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO kernel_letter (once, to_address, language, subject, body, standing, tries, next_try_at,"
            " written_at, trouble) VALUES ('x', 'a@example.org', 'en', 's', 'b', 'sent', 0, now(), now(), '')"
        )


@pytest.mark.parametrize(("number", "day"), [(7, date(2023, 1, 1)), (2, date(2000, 1, 1))])
def test_a_revision_follows_the_newest(world: World, number: int, day: date) -> None:
    owner = world.person["plan_owner"]
    with pytest.raises(IntegrityError, match="follows the one before"), in_name_of(owner.pk):
        PlanRevision.objects.create(
            plan=world.plan, number=number, title={"en": "X"}, runs_from=world.plan.runs_from,
            runs_until=world.plan.runs_until, in_force_on=day, reason="Because", by=owner, at=AT,
        )  # fmt: skip


def test_a_rating_is_of_an_indicator_as_it_is_defined(world: World) -> None:
    officer = world.person["officer"]
    with pytest.raises(IntegrityError, match="as it is defined"), in_name_of(officer.pk):
        Assessment.objects.create(
            indicator=world.indicator["cases"], organisation=world.org["tanzania"], revision=99,
            period_start=H1.start, period_months=6, voice="self", rating="completed", by=officer, at=AT,
        )  # fmt: skip


def test_a_report_has_its_name_in_its_plan(world: World) -> None:
    assert resolve(reverse("plans:frozen-report", args=["example-plan", "freeze"])).url_name == "frozen-report"
    with as_house():
        other = Plan.objects.create(
            code="other", owner=world.org["international"], title={"en": "Other"}, adopted_on=H1.start,
            runs_from=H1.start, runs_until=H1.until,
        )  # fmt: skip
        for plan in (world.plan, other):
            Report.objects.create(
                plan=plan, code="march-2024", period_start=H1.start, period_months=6, as_at=H1.until, rule_version="1",
                fingerprint="0" * 64, frozen_at=AT,
            )  # fmt: skip
        assert Report.objects.filter(code="march-2024").count() == 2
