"""A plan's own title and period, and which actions an indicator measures, are told as they stood on any day."""

from dataclasses import replace
from datetime import UTC, date, datetime
from importlib import import_module

import pytest
from django.db import Error, connection, transaction
from django.test import Client
from django.urls import reverse

from omsorg.federation.access import NotAllowed, acting_as
from omsorg.kernel.periods import Period
from omsorg.kernel.wall import as_house, in_name_of
from omsorg.plans.actions.measures import MeasuresOtherPlan, link_indicator
from omsorg.plans.actions.plans import revise_plan
from omsorg.plans.actions.promises import revise_action
from omsorg.plans.actions.reports import ChangedSinceFrozen, freeze_report, release_report
from omsorg.plans.models import Action, IndicatorAction, Plan, PlanRevision, Report
from omsorg.plans.queries.asked import definitions_on
from omsorg.plans.queries.promises import plan_as_of
from omsorg.plans.queries.published import document_of
from omsorg.plans.queries.revisions import revisions_of
from omsorg.plans.rules.changes import DateField, MeasureChange, Thing, changes_between
from omsorg.plans.rules.limits import ReportLimits
from omsorg.plans.rules.plan_terms import PlanEndsBeforeItBegins
from omsorg.plans.rules.promises import DatedBeforeReport, RevisedMeanwhile, TakesForceInFuture, TitleMissing
from omsorg.plans.rules.revisions import NothingChanged, RevisionWithoutReason
from omsorg.plans.rules.sentences import change_sentences
from world import World

MARCH = date(2024, 3, 31)
MAY = date(2024, 5, 2)
AT = datetime(2024, 5, 2, 9, tzinfo=UTC)
LONGER = date(2026, 7, 1)


def rename(world: World, on: date = MAY, *, at: datetime = AT, who: str = "plan_owner", **changed) -> PlanRevision:
    """Give the plan another title and half a year more, unless told otherwise."""
    assert world.plan is not None
    said = {
        "expected": 1,
        "reason": "The board prolongs it",
        "terms": {"title": {"en": "Longer plan"}, "runs_until": LONGER},
    } | changed
    with in_name_of(world.person[who].pk):
        terms = replace(plan_as_of(world.plan, at.date()).terms, **said.pop("terms"))
        by = acting_as(world.person[who].pk, day=at.date())
        return revise_plan(plan=world.plan, terms=terms, in_force_on=on, by=by, at=at, **said)


def measure(world: World, action: str, *, holds: bool, on: date = MAY, at: datetime = AT, **changed) -> IndicatorAction:
    """Say whether the indicator `trained` measures an action."""
    with in_name_of(world.person["plan_owner"].pk):
        return link_indicator(
            indicator=world.indicator["trained"],
            action=world.action[action],
            holds=holds,
            in_force_on=on,
            by=acting_as(world.person["plan_owner"].pk, day=at.date()),
            at=at,
            **{"reason": "It tells of this too", **changed},
        )


def frozen(world: World, code: str = "march", as_at: date = MARCH, at: datetime | None = None) -> Report:
    assert world.plan is not None
    with in_name_of(world.person["publisher"].pk):
        return freeze_report(
            plan=world.plan,
            period=Period.parse("2023-H2"),
            as_at=as_at,
            code=code,
            by=acting_as(world.person["publisher"].pk, day=as_at),
            at=at or datetime(2024, 4, 2, tzinfo=UTC),
            limits=ReportLimits(grace_days=30, small_cell=5),
        )


def release(world: World, report: Report) -> None:
    with in_name_of(world.person["second_publisher"].pk):
        release_report(report=report, by=acting_as(world.person["second_publisher"].pk, day=MAY), at=AT)


def test_title_and_period_hold_from_their_day_on_and_stood_otherwise_before(world: World) -> None:
    assert world.plan is not None
    rename(world)
    with as_house():
        before, after = plan_as_of(world.plan, date(2024, 5, 1)), plan_as_of(world.plan, MAY)
        kept = Plan.objects.get()
        newest, *_rest = revisions_of(world.plan, code=world.plan.code)
    assert (before.terms.title, before.terms.runs_until, before.number) == (
        {"en": "Example plan"},
        date(2025, 7, 1),
        1,
    )
    assert (after.terms.title, after.terms.runs_until, after.number) == ({"en": "Longer plan"}, LONGER, 2)
    assert (kept.title, kept.runs_until) == ({"en": "Longer plan"}, LONGER)
    assert (newest.thing, newest.number, newest.due_on) == (Thing.PLAN, 2, date(2026, 6, 30))


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"reason": " "}, RevisionWithoutReason),
        ({"terms": {}}, NothingChanged),
        ({"terms": {"title": {"en": " "}}}, TitleMissing),
        ({"terms": {"runs_until": date(2021, 7, 1)}}, PlanEndsBeforeItBegins),
        ({"on": date(2024, 5, 3)}, TakesForceInFuture),
        ({"expected": 7}, RevisedMeanwhile),
        ({"who": "publisher"}, NotAllowed),
    ],
)
def test_a_plan_is_not_revised_without_reason_out_of_turn_or_into_nonsense(world: World, changed, refusal) -> None:
    with pytest.raises(refusal):
        rename(world, **changed)
    assert PlanRevision.objects.count() == 1


def test_an_indicator_measures_another_action_from_a_day_on(world: World) -> None:
    assert world.plan is not None
    measure(world, "policy", holds=True)
    measure(world, "training", holds=False)
    with as_house():
        before, after = plan_as_of(world.plan, date(2024, 5, 1)), plan_as_of(world.plan, MAY)
    assert (before.indicator["trained"].actions, after.indicator["trained"].actions) == (("training",), ("policy",))
    assert "trained" in after.action["policy"].indicators
    assert "trained" in before.action["training"].indicators
    with pytest.raises(NothingChanged):
        measure(world, "policy", holds=True)
    with pytest.raises(RevisionWithoutReason):
        measure(world, "policy", holds=False, reason="")


def test_an_indicator_measures_no_action_of_another_plan(world: World) -> None:
    with as_house():
        other = Plan.objects.create(
            code="other", owner=world.org["international"], title={}, adopted_on=MAY, runs_from=MAY, runs_until=LONGER
        )
        world.action["strange"] = Action.objects.create(plan=other, code="strange")
    with pytest.raises(MeasuresOtherPlan):
        measure(world, "strange", holds=True)


def test_whoever_owns_the_measured_action_answers_from_that_day_on(world: World) -> None:
    assert world.plan is not None
    with in_name_of(world.person["plan_owner"].pk):
        terms = replace(plan_as_of(world.plan, MAY).action["policy"].terms, owner="norway")
        revise_action(
            action=world.action["policy"],
            terms=terms,
            expected=1,
            reason="Norway does it",
            in_force_on=date(2024, 4, 1),
            by=acting_as(world.person["plan_owner"].pk, day=MAY),
            at=AT,
        )
    measure(world, "policy", holds=True)
    with as_house():
        on = {
            day: next(
                each.owners for each in definitions_on(world.plan.pk, day, frequency_months=6) if each.code == "trained"
            )
            for day in (date(2024, 5, 1), MAY)
        }
    top, norway = world.org["international"].pk, world.org["norway"].pk
    assert (on[date(2024, 5, 1)], on[MAY]) == ({top}, {top, norway})


def test_nothing_of_it_takes_force_on_a_day_that_a_released_report_tells_of(world: World) -> None:
    release(world, frozen(world))
    with pytest.raises(DatedBeforeReport):
        rename(world, MARCH)
    with pytest.raises(DatedBeforeReport):
        measure(world, "policy", holds=True, on=MARCH)


def test_a_report_tells_what_stood_on_its_day_and_what_changed_since_the_one_before(world: World) -> None:
    rename(world, date(2024, 4, 10))
    measure(world, "policy", holds=True, on=date(2024, 4, 10))
    measure(world, "training", holds=False, on=date(2024, 4, 10))
    after_all = datetime(2024, 5, 3, tzinfo=UTC)
    with as_house():
        march = document_of(frozen(world, at=after_all))
        april = document_of(frozen(world, "april", date(2024, 4, 30), at=after_all))
    assert (march.plan.title, march.plan.runs_until) == ({"en": "Example plan"}, date(2025, 7, 1))
    assert (april.plan.title, april.plan.runs_until) == ({"en": "Longer plan"}, LONGER)
    found = changes_between(march, april)
    assert found.measures == (MeasureChange("trained", ("policy",), ("training",)),)
    assert [(move.thing, move.field) for move in found.dates] == [(Thing.PLAN, DateField.LAST_DAY)]
    said = change_sentences(march, april, "en")
    for sentence in (
        "The plan: “Example plan” now reads “Longer plan”.",
        "The plan: the last day of its period moved from 30 June 2025 to 30 June 2026, 365 days later.",
        "trained now measures policy.",
        "trained no longer measures training.",
    ):
        assert sentence in said


def test_a_report_from_before_the_period_was_told_is_not_compared_by_it(world: World) -> None:
    with as_house():
        march = document_of(frozen(world))
    old = replace(march, plan=replace(march.plan, runs_from=None, runs_until=None))
    assert changes_between(old, march).dates == ()


@pytest.mark.parametrize("what", ["plan", "link"])
def test_what_was_dated_back_after_freezing_does_not_slip_past_the_release(world: World, what: str) -> None:
    report = frozen(world)
    if what == "plan":
        rename(world, MARCH)
    else:
        measure(world, "policy", holds=True, on=MARCH)
    with pytest.raises(ChangedSinceFrozen, match="from 31 March 2024"):
        release(world, report)
    release(world, frozen(world, "march-again", at=datetime(2024, 5, 3, tzinfo=UTC)))


def test_what_takes_force_after_the_report_does_not_keep_it_back(world: World) -> None:
    report = frozen(world)
    rename(world, date(2024, 4, 1))
    release(world, report)


def test_what_stood_before_it_was_dated_is_carried_over_as_adopted(world: World) -> None:
    """The migration's own words, over a plan, an action and an indicator as they were kept before."""
    assert world.plan is not None
    added = date(2022, 3, 1)
    said = {"number": 1, "reason": "New", "at": AT, "title": {"en": "Old"}}
    with as_house(), connection.cursor() as cursor:
        plan = Plan.objects.create(
            code="old", owner=world.org["international"], title={"en": "Old"}, adopted_on=date(2021, 7, 1),
            runs_from=date(2021, 8, 1), runs_until=LONGER,
        )  # fmt: skip
        action = Action.objects.create(plan=plan, code="A1")
        action.revisions.create(owner=plan.owner, starts_on=added, due_on=MAY, in_force_on=plan.adopted_on, **said)
        indicators = [plan.indicators.create(code=code, adopted=code == "I1") for code in ("I1", "I2")]
        for indicator, day in zip(indicators, (plan.adopted_on, added), strict=True):
            indicator.revisions.create(kind="milestone", in_force_on=day, **said)
        cursor.execute("CREATE TEMP TABLE plans_indicator_actions (indicator_id bigint, action_id bigint)")
        for indicator in indicators:
            cursor.execute("INSERT INTO plans_indicator_actions VALUES (%s, %s)", [indicator.pk, action.pk])
        cursor.execute(import_module("omsorg.plans.migrations.0013_plan_and_measures_dated").AS_ADOPTED)
        revision = plan.revisions.get()
        assert (revision.number, revision.in_force_on, revision.reason) == (1, plan.adopted_on, "As adopted")
        assert (revision.title, revision.runs_from, revision.at) == ({"en": "Old"}, date(2021, 8, 1), AT)
        links = IndicatorAction.objects.filter(action=action).order_by("in_force_on")
        assert [(link.indicator.code, link.in_force_on, link.holds, link.reason) for link in links] == [
            ("I1", plan.adopted_on, True, "As adopted"),
            ("I2", added, True, "As adopted"),
        ]
        assert plan_as_of(plan, plan.adopted_on).indicator["I1"].actions == ("A1",)


def test_nobody_changes_what_was_said_and_only_those_who_revise_say_more(world: World) -> None:
    assert world.plan is not None
    for table in ("plans_planrevision", "plans_indicatoraction"):
        with pytest.raises(Error), transaction.atomic(), as_house(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE {table} SET reason = 'other'")
    publisher = world.person["publisher"].pk
    with pytest.raises(Error, match="row-level security"), in_name_of(publisher):
        PlanRevision.objects.create(
            plan=world.plan, number=2, title={}, runs_from=MAY, runs_until=LONGER, in_force_on=MAY, reason="x",
            by_id=publisher, at=AT,
        )  # fmt: skip


def test_the_pages_make_the_changes_and_tell_them(world: World, client: Client) -> None:
    assert world.plan is not None
    client.force_login(world.account["plan_owner"])
    stamp = {"in_force_on": "2024-05-01", "reason": "The board prolongs it", "decision": "look"}
    url = reverse("plans:revise-plan", args=[world.plan.code])
    shown = client.get(url).context["sheet"].form
    assert str(shown["runs_until"].value()) == "2025-06-30"
    data = {"title_en": "Longer plan", "runs_from": "2021-07-01", "runs_until": "2026-06-30", "expected": "1"} | stamp
    looked = client.post(url, data)
    assert [(each.what, each.after) for each in looked.context["sheet"].preview] == [
        ("Last day", "30 June 2026"),
        ("Title", "Longer plan"),
    ]
    seen = {"looked_at": looked.context["sheet"].looked_at, "decision": "make"}
    assert client.post(url, data | seen).status_code == 302
    again = client.post(url, data | {"title_en": "Mine"})
    assert again.context["sheet"].conflict.both == ["Title"]
    backwards = client.post(url, data | {"expected": "2", "runs_until": "2020-01-01"})
    assert list(backwards.context["sheet"].form.errors) == ["runs_until"]
    url = reverse("plans:revise-measures", args=[world.plan.code, "trained"])
    data = {"action": "policy", "holds": "yes"} | stamp
    looked = client.post(url, data).context["sheet"]
    assert looked.preview
    assert client.post(url, data | {"looked_at": looked.looked_at, "decision": "make"}).status_code == 302
    for address in (f"plan/{world.plan.code}", "indicator/trained", "action/policy"):
        page = client.get(f"/promises/{world.plan.code}/history/{address}/").content.decode()
        assert "The board prolongs it" in page
    page = client.get(f"/promises/{world.plan.code}/plan-on/?day=2024-04-30").content.decode()
    assert "1 July 2021 to 30 June 2025" in page
    assert "1 July 2021 to 30 June 2026" in page
    assert "Example plan" in page
