"""The plan on a day in public: money, targets and text of then, every difference, and every change in the list."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from omsorg.federation.access import acting_as
from omsorg.kernel.money import Money
from omsorg.kernel.wall import as_house, in_name_of
from omsorg.plans.actions.budgets import enter_spending, revise_budget
from omsorg.plans.actions.promises import revise_action
from omsorg.plans.actions.targets import set_target
from omsorg.plans.models import BudgetEntry
from omsorg.plans.pages import news
from omsorg.plans.pages.revisions import entries_told
from omsorg.plans.queries.history import history_of_action
from omsorg.plans.queries.promises import plan_as_of
from omsorg.plans.rules.measures import Series
from omsorg.plans.tests.few_children import about_children
from world import World

AT = datetime(2024, 5, 2, 9, tzinfo=UTC)
DUE = date(2025, 1, 1)


@pytest.fixture
def changed(world: World) -> World:
    """Since 2024: another sum, money spent, a lower target, another text."""
    assert world.plan is not None
    adopted = world.plan.adopted_on
    with as_house():
        BudgetEntry.objects.create(
            action=world.action["training"], kind="original", amount_minor=100_000_00, currency="EUR",
            on_day=adopted, reason="Adopted", at=AT,
        )  # fmt: skip
    with in_name_of(world.person["plan_owner"].pk):
        by = acting_as(world.person["plan_owner"].pk, day=AT.date())
        stamp: dict[str, Any] = {"reason": "Decided by the board", "by": by, "at": AT}
        common: dict[str, Any] = {"indicator": world.indicator["cases"], "series": Series.TARGET, "due_on": DUE}
        first = set_target(**common, number=Decimal(80), denominator=None, in_force_on=adopted, **stamp)
        set_target(
            **common, number=Decimal(60), denominator=None, in_force_on=date(2024, 2, 1), replaces=first, **stamp
        )
        action = world.action["training"]
        revise_budget(
            action=action,
            amount=Money(120_000_50, "EUR"),
            expected=Money(100_000_00, "EUR"),
            on_day=date(2024, 2, 1),
            **stamp,
        )
        enter_spending(action=action, amount=Money(7_000_00, "EUR"), on_day=date(2024, 3, 1), **stamp)
        terms = replace(plan_as_of(world.plan, AT.date()).action["training"].terms, text={"en": "All staff, all year"})
        revise_action(action=action, terms=terms, expected=1, in_force_on=date(2024, 2, 1), **stamp)
    return world


def view_on(world: World, client: Client, day: str) -> Any:
    assert world.plan is not None
    return client.get(f"/promises/{world.plan.code}/plan-on/?day={day}").context["view"]


def test_a_past_day_shows_money_and_targets_of_then_and_all_that_is_different(changed: World, client: Client) -> None:
    view = view_on(changed, client, "2024-01-15")
    action = next(each for each in view.actions if each.code == "training")
    assert [(fact.label, fact.value) for fact in action.facts] == [("Original", "EUR\u00a0100,000")]
    assert {(each.what, each.before, each.after) for each in action.since} == {
        ("Budget", "EUR\u00a0100,000", "EUR\u00a0120,000.50"),
        ("Spent", "", "EUR\u00a07,000"),
        ("Text (English)", "", "All staff, all year"),
    }
    cases = next(each for each in view.indicators if each.code == "cases")
    assert ("Target", "80 by 1 Jan 2025") in [(fact.label, fact.value) for fact in cases.facts]
    assert ("Target", "80 by 1 Jan 2025", "60 by 1 Jan 2025") in [
        (each.what, each.before, each.after) for each in cases.since
    ]


def test_a_later_day_shows_text_and_all_three_sums_and_no_difference(changed: World, client: Client) -> None:
    action = next(each for each in view_on(changed, client, "2024-04-01").actions if each.code == "training")
    assert [(fact.label, fact.value) for fact in action.facts] == [
        ("Original", "EUR\u00a0100,000"),
        ("Revised", "EUR\u00a0120,000.50"),
        ("Spent", "EUR\u00a07,000"),
    ]
    assert (action.text, action.since) == ("All staff, all year", ())


def test_the_list_of_every_change_and_the_feed_tell_of_targets_and_money(
    changed: World, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(news, "plans_with_reports", lambda: (changed.plan,))
    told = " | ".join(entry.title for entry in view_on(changed, client, "2024-04-01").timeline)
    for line in (
        "Target: 80 by 1 Jan 2025 → 60 by 1 Jan 2025",
        "Budget: EUR\u00a0100,000 → EUR\u00a0120,000.50",
        "Spent in addition: EUR\u00a07,000 (EUR\u00a07,000 in all so far)",
    ):
        assert line in told
        assert any(each.text == f"{line}. Decided by the board" for each in news.newest())
    assert len({each.id for each in news.newest()}) == len(news.newest())


def test_money_spent_is_told_as_added_with_all_that_was_spent_till_then(changed: World) -> None:
    action = changed.action["training"]
    with in_name_of(changed.person["plan_owner"].pk):
        by = acting_as(changed.person["plan_owner"].pk, day=AT.date())
        stamp: dict[str, Any] = {"action": action, "reason": "Courses", "by": by, "at": AT}
        enter_spending(amount=Money(3_000_00, "EUR"), on_day=date(2024, 4, 1), **stamp)
        enter_spending(amount=Money(-500_00, "EUR"), on_day=date(2024, 5, 1), **stamp)
    with as_house():
        told = [(each.what, each.after) for entry in entries_told(history_of_action(action)) for each in entry.changes]
    assert [after.replace("\u00a0", " ") for what, after in told if what == "Spent in addition"] == [
        "EUR −500 (EUR 9,500 in all so far)",
        "EUR 3,000 (EUR 10,000 in all so far)",
        "EUR 7,000 (EUR 7,000 in all so far)",
    ]


def test_no_change_is_left_out_of_a_long_list(changed: World, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    address = "/promises/example-plan/plan-on/"
    whole = [entry.title for entry in client.get(address).context["view"].timeline]
    assert len(whole) > 2
    monkeypatch.setattr("omsorg.plans.views.plan_on.CHANGES_ON_ONE_PAGE", 2)
    pages = [client.get(f"{address}?page={number}") for number in range(1, len(whole) // 2 + len(whole) % 2 + 1)]
    assert [entry.title for page in pages for entry in page.context["view"].timeline] == whole
    assert 'href="?page=2#every-change"' in pages[0].content.decode()
    on_a_day = client.get(f"{address}?day=2024-01-01").content.decode()
    assert 'href="?page=2&amp;day=2024-01-01#every-change"' in on_a_day


def test_a_target_tells_of_no_child_and_is_shown_however_small(changed: World, client: Client) -> None:
    about_children(changed, "cases")
    with in_name_of(changed.person["plan_owner"].pk):
        set_target(
            indicator=changed.indicator["cases"],
            series=Series.TARGET,
            due_on=date(2026, 1, 1),
            number=Decimal(3),
            denominator=None,
            in_force_on=date(2024, 5, 2),
            reason="At most three",
            by=acting_as(changed.person["plan_owner"].pk, day=AT.date()),
            at=AT,
        )
    view = client.get("/promises/example-plan/plan-on/?day=2024-06-01").context["view"]
    cases = next(each for each in view.indicators if each.code == "cases")
    assert "3 by 1 Jan 2026" in [fact.value for fact in cases.facts]
    assert any(entry.title.endswith("Target: 3 by 1 Jan 2026") for entry in view.timeline)
