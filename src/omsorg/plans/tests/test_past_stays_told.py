"""What a released report has told stays told: no change takes force before it, and both days of a change are shown."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.utils.translation import override

from omsorg.federation.access import acting_as
from omsorg.kernel import clock
from omsorg.kernel.api.given import plain
from omsorg.kernel.money import Money
from omsorg.kernel.periods import Period
from omsorg.kernel.wall import as_house, in_name_of
from omsorg.plans.actions.budgets import enter_spending, revise_budget
from omsorg.plans.actions.promises import revise_action, revise_indicator
from omsorg.plans.actions.reports import freeze_report, release_report
from omsorg.plans.actions.targets import set_target
from omsorg.plans.queries.promises import plan_as_of
from omsorg.plans.queries.published import document_of
from omsorg.plans.rules.limits import ReportLimits
from omsorg.plans.rules.measures import Series
from omsorg.plans.rules.promises import DatedBeforeReport
from world import World

AS_AT = date(2024, 3, 31)
AT = datetime(2024, 5, 2, 9, tzinfo=UTC)


@pytest.fixture
def published(world: World) -> World:
    """A plan of which one report is released, as at 31 March 2024."""
    assert world.plan is not None
    at = datetime(2024, 4, 2, tzinfo=UTC)
    with in_name_of(world.person["publisher"].pk):
        report = freeze_report(
            plan=world.plan,
            period=Period.parse("2023-H2"),
            as_at=AS_AT,
            code="march-2024",
            by=acting_as(world.person["publisher"].pk, day=AS_AT),
            at=at,
            limits=ReportLimits(grace_days=30, small_cell=5),
        )
    with in_name_of(world.person["second_publisher"].pk):
        release_report(report=report, by=acting_as(world.person["second_publisher"].pk, day=AS_AT), at=at)
    return world


def rename(world: World, what: str, on: date) -> None:
    assert world.plan is not None
    with in_name_of(world.person["plan_owner"].pk):
        state = plan_as_of(world.plan, AT.date())
        by = acting_as(world.person["plan_owner"].pk, day=AT.date())
        common = {"expected": 1, "reason": "Said better", "in_force_on": on, "by": by, "at": AT}
        if what == "action":
            terms = replace(state.action["training"].terms, title={"en": "Said better"})
            revise_action(action=world.action["training"], terms=terms, **common)
        else:
            wording = replace(state.indicator["cases"].terms, title={"en": "Said better"})
            revise_indicator(indicator=world.indicator["cases"], terms=wording, **common)


@pytest.mark.parametrize("what", ["action", "indicator"])
@pytest.mark.parametrize("day", [AS_AT, AS_AT - timedelta(days=40)])
def test_no_revision_takes_force_on_a_day_that_a_released_report_tells_of(
    published: World, what: str, day: date
) -> None:
    with pytest.raises(DatedBeforeReport) as refused:
        rename(published, what, day)
    assert str(refused.value) == (
        "The report march-2024 tells what was in force on 31 March 2024, and it is published. A change may be in"
        " force from the day after, 1 April 2024, at the earliest."
    )
    with override("da"):
        assert "31. marts 2024" in str(refused.value)
        assert "1. april 2024" in str(refused.value)
    assert plain(refused.value.params["day"]) == "2024-03-31"


@pytest.mark.parametrize("what", ["action", "indicator"])
def test_a_revision_takes_force_from_the_day_after_and_the_past_stays_as_the_report_tells_it(
    published: World, what: str
) -> None:
    rename(published, what, AS_AT + timedelta(days=1))
    assert published.plan is not None
    with as_house():
        then = plan_as_of(published.plan, AS_AT)
        report = document_of(published.plan.reports.get())
    assert [each.terms.title for each in then.actions] == [part.title for part in report.actions]
    assert [each.terms.title for each in then.indicators] == [part.title for part in report.indicators]


def test_a_revision_may_be_dated_back_before_anything_is_released(world: World) -> None:
    rename(world, "action", AS_AT - timedelta(days=40))


def test_money_targets_and_answers_take_force_after_the_report_too(published: World) -> None:
    assert published.plan is not None
    with in_name_of(published.person["plan_owner"].pk):
        stamp = {"reason": "New", "by": acting_as(published.person["plan_owner"].pk, day=AT.date()), "at": AT}
        with pytest.raises(DatedBeforeReport):
            revise_budget(
                action=published.action["training"],
                amount=Money(500, "EUR"),
                expected=None,
                on_day=AS_AT,
                **stamp,
            )
        with pytest.raises(DatedBeforeReport):
            enter_spending(action=published.action["training"], amount=Money(500, "EUR"), on_day=AS_AT, **stamp)
        enter_spending(
            action=published.action["training"], amount=Money(500, "EUR"), on_day=AS_AT + timedelta(days=1), **stamp
        )
        with pytest.raises(DatedBeforeReport):
            set_target(
                indicator=published.indicator["cases"],
                series=Series.TARGET,
                due_on=date(2025, 1, 1),
                number=Decimal(5),
                denominator=None,
                in_force_on=AS_AT,
                **stamp,
            )


def test_what_a_report_tells_of_today_is_changed_tomorrow(published: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: AS_AT)
    with pytest.raises(DatedBeforeReport) as refused:
        rename(published, "action", AS_AT)
    assert str(refused.value) == (
        "The report march-2024 tells what is in force on 31 March 2024, and it is published. Make this change on"
        " 1 April 2024, or later: no day before can take it any more."
    )


def test_the_history_and_the_plan_on_a_day_tell_both_days_of_a_change(published: World, client: Client) -> None:
    rename(published, "action", date(2024, 4, 20))
    assert published.plan is not None
    told = "in force from 20 Apr 2024, written down on 2 May 2024"
    for address in ("plan-on/", "history/action/training/"):
        assert told in client.get(f"/promises/{published.plan.code}/{address}").content.decode()


def test_a_day_before_the_plan_was_adopted_is_said_to_be_one(published: World, client: Client) -> None:
    assert published.plan is not None
    adopted = published.plan.adopted_on
    page = client.get(f"/promises/{published.plan.code}/plan-on/?day={adopted - timedelta(days=9)}").content.decode()
    assert "the plan was not yet adopted" in page
    assert f"?day={adopted}" in page
    assert (
        "the plan was not yet adopted"
        not in client.get(f"/promises/{published.plan.code}/plan-on/?day={adopted}").content.decode()
    )


def test_a_day_to_come_is_said_to_be_one(published: World, client: Client) -> None:
    assert published.plan is not None
    day = clock.today() + timedelta(days=9)
    page = client.get(f"/promises/{published.plan.code}/plan-on/?day={day}").content.decode()
    assert "has not come yet" in page


@pytest.mark.parametrize(
    ("address", "filled"),
    [
        ("actions/training/", {"title_en": "Said better"}),
        ("actions/training/budget/sum/", {"amount": "500", "currency": "EUR"}),
        ("indicators/cases/targets/state/", {"series": "target", "due_on": "2025-01-01", "number": "5"}),
    ],
)
def test_a_day_before_a_released_report_is_refused_when_it_is_looked_at(
    published: World, client: Client, address: str, filled: dict[str, str]
) -> None:
    assert published.plan is not None
    client.force_login(published.account["plan_owner"])
    url = f"/plans/{published.plan.code}/revise/{address}"
    form = client.get(url).context["sheet"].form
    shown = {name: form[name].value() for name in form.fields}
    data = {name: value for name, value in shown.items() if value not in (None, False)}
    data |= filled | {"reason": "Decided", "decision": "look"}
    early = client.post(url, data | {"in_force_on": AS_AT.isoformat()}).context["sheet"]
    assert early.preview is None
    assert "april 2024" in early.form.errors["in_force_on"][0].lower()
    after = client.post(url, data | {"in_force_on": (AS_AT + timedelta(days=1)).isoformat()}).context["sheet"]
    assert after.preview, after.form.errors
