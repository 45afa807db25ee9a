"""A reason is what a person wrote: it is not translated, and is marked with its language on a page in another one."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.test import Client
from django.utils.translation import override

from omsorg.federation.access import acting_as
from omsorg.kernel.money import Money
from omsorg.kernel.wall import in_name_of
from omsorg.plans.actions.budgets import revise_budget
from omsorg.plans.actions.promises import revise_action
from omsorg.plans.models import ActionRevision
from omsorg.plans.pages.words import reason_told
from omsorg.plans.queries.promises import plan_as_of
from omsorg.plans.tests.test_import_plan import AT, REVISIONS, book_of, bring_in
from omsorg.plans.tests.test_past_stays_told import published
from world import World

__all__ = ["published"]

MARKED = '<span lang="da">Undervisere mangler</span>'
ON = date(2024, 5, 2)


@pytest.fixture
def revised(published: World) -> Iterator[World]:
    """An action revised, and its budget set, by somebody who reads the house in Danish."""
    with override("da"), in_name_of(published.person["plan_owner"].pk):
        by = acting_as(published.person["plan_owner"].pk, day=ON)
        at = datetime(2024, 5, 2, 9, tzinfo=UTC)
        terms = plan_as_of(published.plan, ON).action["training"].terms
        stamp = {"reason": "Undervisere mangler", "by": by, "at": at}
        revise_action(
            action=published.action["training"],
            terms=replace(terms, prioritised=True),
            expected=1,
            in_force_on=ON,
            **stamp,
        )
        revise_budget(action=published.action["training"], amount=Money(500, "EUR"), expected=None, on_day=ON, **stamp)
    return published


def test_a_reason_is_marked_where_the_page_is_in_another_language_and_only_there(
    revised: World, client: Client
) -> None:
    assert revised.plan is not None
    plan = f"promises/{revised.plan.code}"
    for address, times in ((f"{plan}/plan-on/", 2), (f"{plan}/history/action/training/", 2)):
        assert client.get(f"/{address}").content.decode().count(MARKED) == times, address
        danish = client.get(f"/da/{address}").content.decode()
        assert "Undervisere mangler" in danish
        assert MARKED not in danish, address


def test_a_reason_of_which_nobody_knows_the_language_stands_as_it_is() -> None:
    with override("da"):
        assert reason_told("Trainers & time", "") == "Trainers & time"
        assert reason_told("Trainers & time", "en") == '<span lang="en">Trainers &amp; time</span>'


def test_a_file_brings_its_reasons_in_the_language_that_it_says(world: World) -> None:
    head = "code;title;adopted_on;runs_until;currency;language\n"
    book = book_of(plan=f"{head}p1;Planen;2021-07-01;01.01.2025;NOK;da\n", revisions=REVISIONS)
    bring_in(world, book, reason="As it was decided")
    said = ActionRevision.objects.filter(action__plan__code="p1", action__code="A1").order_by("number")
    assert list(said.values_list("reason", "reason_language")) == [
        ("As it was decided", "en"),
        ("Trainers could not travel", "da"),
    ]
    assert AT.date() > said[1].in_force_on
