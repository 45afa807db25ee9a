from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import connection

from omsorg.federation.access import NotAllowed, acting_as
from omsorg.kernel.money import Money
from omsorg.kernel.wall import in_name_of
from omsorg.plans.actions.adoption import (
    PlanAlreadyAdopted,
    add_action,
    add_indicator,
    add_recommendation,
    add_source,
    adopt_plan,
)
from omsorg.plans.models import Plan, Source
from omsorg.plans.queries.promises import plan_as_of
from omsorg.plans.rules.definitions import PercentNeverAdded
from omsorg.plans.rules.drafts import (
    ActionDraft,
    CodeNotKnown,
    CodeTwice,
    IndicatorDraft,
    PlanDraft,
    PlanEndsBeforeItBegins,
    RecommendationDraft,
    SourceDraft,
    TargetDraft,
)
from omsorg.plans.rules.measures import Kind, RollUp, Series
from omsorg.plans.rules.promises import ActionTerms, IndicatorTerms, TakesForceInFuture
from omsorg.plans.rules.revisions import RevisionWithoutReason

AT = datetime(2022, 1, 10, 9, tzinfo=UTC)
ADOPTED = date(2022, 1, 1)
TERMS = ActionTerms(title={"en": "Train"}, owner="norway", starts_on=ADOPTED, due_on=date(2023, 12, 31))
DRAFT = PlanDraft(
    code="p2",
    owner="international",
    title={"en": "Second plan"},
    adopted_on=ADOPTED,
    runs_from=ADOPTED,
    runs_until=date(2024, 1, 1),
    sources=(SourceDraft(code="S", title={"en": "Audit"}, kind="audit"),),
    recommendations=(RecommendationDraft(code="S1", source="S", text={"en": "Train"}, accepted="yes"),),
    actions=(
        ActionDraft(code="A1", terms=TERMS, recommendations=("S1",), budget=Money(500_00, "EUR")),
        ActionDraft(code="A2", terms=replace(TERMS, owner="international")),
    ),
    indicators=(IndicatorDraft(code="I1", terms=IndicatorTerms(title={"en": "Trained"}), actions=("A1", "A2")),),
    targets=(TargetDraft(indicator="I1", due_on=date(2023, 12, 31), number=Decimal(90), series=Series.TARGET),),
)


def by(world, key="plan_owner"):
    return acting_as(world.person[key].pk, day=AT.date())


def adopt(world, draft=DRAFT, key="plan_owner", reason="Adopted by the assembly"):
    with in_name_of(world.person[key].pk):
        return adopt_plan(draft=draft, reason=reason, by=by(world, key), at=AT)


def test_everything_in_a_plan_is_adopted_on_one_day_and_leaves_one_trace(world):
    plan = adopt(world)
    state = plan_as_of(plan, ADOPTED)
    assert [a.code for a in state.actions] == ["A1", "A2"]
    assert state.action["A1"].budget[0].original == 500_00
    assert state.action["A1"].recommendations == ("S1",)
    assert state.recommendation["S1"].accepted == "yes"
    assert state.indicator["I1"].adopted is True
    assert state.indicator["I1"].targets[0].number == 90
    with in_name_of(world.person["plan_owner"].pk), connection.cursor() as cursor:
        cursor.execute("SELECT verb, details FROM kernel_trace WHERE subject = 'plan:p2'")
        assert cursor.fetchall() == [("adopt_plan", '{"actions":2,"indicators":1,"recommendations":1,"sources":1}')]


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        pytest.param({"owner": "nobody"}, CodeNotKnown, id="an owner who is not there"),
        pytest.param({"adopted_on": date(2022, 2, 1)}, TakesForceInFuture, id="adopted tomorrow"),
        pytest.param({"runs_until": date(2021, 1, 1)}, PlanEndsBeforeItBegins, id="ends before it begins"),
        pytest.param({"actions": (DRAFT.actions[0],) * 2}, CodeTwice, id="one code twice"),
        pytest.param(
            {"actions": (replace(DRAFT.actions[0], recommendations=("S9",)),)}, CodeNotKnown, id="answers nothing"
        ),
        pytest.param(
            {
                "actions": (replace(DRAFT.actions[0], terms=replace(TERMS, owner="nobody")),),
                "indicators": (),
                "targets": (),
            },
            CodeNotKnown,
            id="an action of nobody",
        ),
        pytest.param(
            {
                "indicators": (
                    IndicatorDraft(
                        code="I1", terms=IndicatorTerms(title={"en": "x"}, kind=Kind.RATIO, roll_up=RollUp.SUM)
                    ),
                )
            },
            PercentNeverAdded,
            id="percentages that would be added",
        ),
    ],
)
def test_a_plan_that_cannot_stand_is_refused_whole(world, changed, refusal):
    with pytest.raises(refusal):
        adopt(world, replace(DRAFT, **changed))
    assert not Plan.objects.filter(code="p2").exists()
    assert not Source.objects.filter(code="S").exists()


def test_a_plan_is_adopted_once_by_a_plan_owner_with_a_reason(world):
    with pytest.raises(NotAllowed):
        adopt(world, key="publisher")
    with pytest.raises(RevisionWithoutReason):
        adopt(world, reason=" ")
    adopt(world)
    with pytest.raises(PlanAlreadyAdopted):
        adopt(world)


def test_what_is_added_later_has_its_own_day_and_never_counts_as_adopted(world):
    plan = adopt(world)
    with in_name_of(world.person["plan_owner"].pk):
        later = {"reason": "A second audit", "by": by(world), "at": AT}
        source = add_source(
            plan=plan, draft=SourceDraft(code="S2", title={"en": "More"}), in_plan_from=AT.date(), **later
        )
        add_recommendation(
            source=source,
            draft=RecommendationDraft(code="S2.1", source="S2", text={"en": "More"}),
            in_plan_from=AT.date(),
            **later,
        )
        add_action(
            plan=plan,
            draft=ActionDraft(code="A3", terms=TERMS, recommendations=("S2.1",)),
            in_force_on=AT.date(),
            **later,
        )
        add_indicator(
            plan=plan,
            draft=IndicatorDraft(code="I2", terms=IndicatorTerms(title={"en": "More"}), actions=("A3",)),
            in_force_on=AT.date(),
            **later,
        )
        for draft in (ActionDraft(code="A3", terms=TERMS), ActionDraft(code="A1", terms=TERMS)):
            with pytest.raises(CodeTwice):
                add_action(plan=plan, draft=draft, in_force_on=AT.date(), **later)
        with pytest.raises(CodeNotKnown):
            add_action(
                plan=plan,
                draft=ActionDraft(code="A4", terms=TERMS, recommendations=("S9",)),
                in_force_on=AT.date(),
                **later,
            )
    before, after = plan_as_of(plan, date(2022, 1, 9)), plan_as_of(plan, AT.date())
    assert ("A3" in before.action, "A3" in after.action) == (False, True)
    assert ("S2.1" in before.recommendation, after.recommendation["S2.1"].actions) == (False, ("A3",))
    assert after.indicator["I2"].adopted is False
