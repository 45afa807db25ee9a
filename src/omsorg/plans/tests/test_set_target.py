from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from omsorg.federation.access import NotAllowed, acting_as
from omsorg.kernel.money import Money
from omsorg.kernel.numbers import DaySaid
from omsorg.kernel.wall import in_name_of
from omsorg.plans.actions.budgets import (
    BudgetBelowNothing,
    NothingSpent,
    SpentBelowNothing,
    enter_spending,
    revise_budget,
)
from omsorg.plans.actions.recommendations import (
    AnswerNotKnown,
    OtherPlan,
    answer_recommendation,
    link_recommendation,
)
from omsorg.plans.actions.targets import NotOfThisIndicator, TargetStands, set_target
from omsorg.plans.models import BudgetEntry, Plan, Recommendation, Source, Target
from omsorg.plans.queries.promises import plan_as_of
from omsorg.plans.rules.measures import Series
from omsorg.plans.rules.promises import RevisedMeanwhile, TakesForceTooEarly, TargetNeedsWhole
from omsorg.plans.rules.revisions import NothingChanged, RevisionWithoutReason

AT = datetime(2023, 3, 31, 9, tzinfo=UTC)
DAY = AT.date()
DUE = date(2024, 12, 31)


@pytest.fixture
def owner(world):
    """In the name of the plan owner, who acts on 31 March 2023."""
    with in_name_of(world.person["plan_owner"].pk):
        yield acting_as(world.person["plan_owner"].pk, day=DAY)


def state(world, of, series, day=DAY):
    found = plan_as_of(world.plan, day).indicator[of]
    return found.baseline if series == "baseline" else found.targets


def aim(world, owner, aimed_at, **more):
    given = {
        "indicator": world.indicator["trained"],
        "due_on": DUE,
        "number": Decimal(aimed_at),
        "denominator": Decimal(100),
        "reason": "Agreed",
        "in_force_on": DAY,
        "by": owner,
        "at": AT,
    }
    return set_target(**given | more)


class TestSetTarget:
    def test_a_target_takes_the_place_of_another_and_the_first_stays(self, world, owner):
        first = aim(world, owner, 90)
        aim(world, owner, 80, replaces=first, due_on=date(2025, 6, 30))
        found = plan_as_of(world.plan, DAY).indicator["trained"]
        assert [(t.due_on, t.number) for t in found.targets] == [(date(2025, 6, 30), 80)]
        assert [(t.due_on, t.number) for t in found.first_targets] == [(DUE, 90)]

    def test_a_baseline_stands_beside_the_targets(self, world, owner):
        aim(world, owner, 90)
        aim(world, owner, 10, series=Series.BASELINE, due_on=date(2021, 6, 30))
        assert state(world, "trained", "baseline").number == 10
        with pytest.raises(TargetStands):
            aim(world, owner, 20, series=Series.BASELINE, due_on=date(2021, 7, 30))

    def test_the_second_of_two_is_told(self, world, owner):
        first = aim(world, owner, 90)
        aim(world, owner, 80, replaces=first, reason="Too few trainers")
        with pytest.raises(RevisedMeanwhile) as told:
            aim(world, owner, 85, replaces=first)
        assert (told.value.reason, [c.after for c in told.value.changes]) == ("Too few trainers", [Decimal(80)])

    def test_what_cannot_stand_is_refused(self, world, owner):
        first = aim(world, owner, 90)
        for more, refusal in (
            ({"number": Decimal(90)}, TargetStands),
            ({"replaces": first}, NothingChanged),
            ({"reason": ""}, RevisionWithoutReason),
            ({"denominator": None, "due_on": date(2025, 1, 1)}, TargetNeedsWhole),
            ({"replaces": first, "number": Decimal(1), "in_force_on": date(2022, 1, 1)}, TakesForceTooEarly),
            ({"replaces": first, "indicator": world.indicator["cases"], "denominator": None}, NotOfThisIndicator),
        ):
            with pytest.raises(refusal):
                aim(world, owner, 90, **more)
        assert Target.objects.count() == 1

    def test_the_database_lets_no_target_be_replaced_twice(self, world, owner):
        first = aim(world, owner, 90)
        aim(world, owner, 80, replaces=first)
        with pytest.raises(IntegrityError), transaction.atomic():
            Target.objects.create(
                indicator=first.indicator,
                organisation=first.organisation,
                series=1,
                due_on=DUE,
                number=1,
                in_force_on=DAY,
                supersedes=first,
                reason="x",
                by_id=owner.person_id,
                at=AT,
            )


class TestBudget:
    def revise(self, world, owner, amount, expected=None, currency="EUR", **more):
        given = {
            "action": world.action["training"],
            "amount": Money(amount, currency),
            "expected": None if expected is None else Money(expected, "EUR"),
            "on_day": DAY,
            "reason": "Prices",
            "by": owner,
            "at": AT,
        }
        return revise_budget(**given | more)

    def spend(self, world, owner, amount, **more):
        given = {"action": world.action["training"], "amount": Money(amount, "EUR"), "on_day": DAY}
        return enter_spending(**given | {"reason": "Courses", "by": owner, "at": AT} | more)

    def test_the_first_sum_is_the_original_and_each_later_one_a_revision(self, world, owner):
        self.revise(world, owner, 100_00)
        self.revise(world, owner, 150_00, expected=100_00)
        self.spend(world, owner, 60_00)
        self.spend(world, owner, -10_00, reason="One invoice was entered twice")
        found = plan_as_of(world.plan, DAY).action["training"].budget[0]
        assert (found.original, found.revised, found.spent) == (100_00, 150_00, 50_00)
        self.revise(world, owner, 500, currency="NOK")
        assert BudgetEntry.objects.get(currency="NOK").kind == "revised", "an action has one original"

    def test_the_second_of_two_is_told(self, world, owner):
        self.revise(world, owner, 100_00)
        with pytest.raises(RevisedMeanwhile) as told:
            self.revise(world, owner, 120_00)
        assert told.value.changes[0].after == Money(100_00, "EUR")

    def test_what_cannot_stand_is_refused(self, world, owner):
        self.revise(world, owner, 100_00)
        self.spend(world, owner, 10_00)
        for act, refusal in (
            (lambda: self.revise(world, owner, 100_00, expected=100_00), NothingChanged),
            (lambda: self.revise(world, owner, -1, expected=100_00), BudgetBelowNothing),
            (lambda: self.revise(world, owner, 5, expected=100_00, reason=""), RevisionWithoutReason),
            (lambda: self.revise(world, owner, 5, expected=100_00, on_day=date(2022, 1, 1)), TakesForceTooEarly),
            (lambda: self.spend(world, owner, 0), NothingSpent),
            (lambda: self.spend(world, owner, -10_01), SpentBelowNothing),
        ):
            with pytest.raises(refusal):
                act()
        assert BudgetEntry.objects.count() == 2

    def test_what_is_taken_back_is_taken_from_a_day_on_which_it_was_there(self, world, owner):
        self.spend(world, owner, 10_00, on_day=DAY)
        with pytest.raises(SpentBelowNothing, match="1 January 2023 the sum spent"):
            self.spend(world, owner, -10_00, on_day=date(2023, 1, 1))
        assert plan_as_of(world.plan, date(2023, 1, 1)).action["training"].budget == ()
        self.spend(world, owner, -10_00, on_day=DAY)

    def test_what_is_taken_back_leaves_no_later_day_below_nothing(self, world, owner):
        self.spend(world, owner, 10_00, on_day=date(2022, 1, 1))
        self.spend(world, owner, -8_00, on_day=DAY)
        with pytest.raises(SpentBelowNothing, match=str(DaySaid.of(DAY))):
            self.spend(world, owner, -5_00, on_day=date(2022, 2, 1))


class TestAnswers:
    def answer(self, world, owner, accepted, expected, **more):
        given = {
            "recommendation": Recommendation.objects.select_related("source__plan").get(code="R1.1"),
            "accepted": accepted,
            "response": {"en": "We do"},
            "expected": expected,
            "reason": "Decided",
            "in_force_on": DAY,
            "by": owner,
            "at": AT,
        }
        return answer_recommendation(**given | more)

    def test_an_answer_follows_another_and_both_can_be_read(self, world, owner):
        self.answer(world, owner, "partly", 0, in_force_on=date(2022, 1, 1))
        self.answer(world, owner, "yes", 1)
        assert plan_as_of(world.plan, date(2022, 6, 1)).recommendation["R1.1"].accepted == "partly"
        assert plan_as_of(world.plan, DAY).recommendation["R1.1"].accepted == "yes"
        with pytest.raises(RevisedMeanwhile):
            self.answer(world, owner, "no", 1)
        with pytest.raises(NothingChanged):
            self.answer(world, owner, "yes", 2)
        with pytest.raises(AnswerNotKnown):
            self.answer(world, owner, "perhaps", 2)

    def test_a_link_ends_on_a_day_and_stays_to_be_read(self, world, owner):
        common = {
            "action": world.action["policy"],
            "recommendation": Recommendation.objects.select_related("source").get(code="R1.1"),
            "reason": "Done by training alone",
            "by": owner,
            "at": AT,
        }
        link_recommendation(holds=False, in_force_on=DAY, **common)
        with pytest.raises(NothingChanged):
            link_recommendation(holds=False, in_force_on=DAY, **common)
        assert plan_as_of(world.plan, DAY).recommendation["R1.1"].actions == ("training",)
        assert plan_as_of(world.plan, date(2023, 3, 30)).recommendation["R1.1"].actions == ("policy", "training")
        other = Plan.objects.create(
            code="other", owner=world.org["norway"], title={}, adopted_on=DAY, runs_from=DAY, runs_until=DUE
        )
        source = Source.objects.create(plan=other, code="X", kind="audit", title={}, in_plan_from=DAY)
        foreign = Recommendation.objects.create(source=source, code="X1", area={}, text={}, in_plan_from=DAY)
        with pytest.raises(OtherPlan):
            link_recommendation(in_force_on=DAY, **common | {"recommendation": foreign})


def test_nobody_but_a_plan_owner_states_targets_sums_or_answers(world):
    person = world.person["officer"].pk
    with in_name_of(person):
        by = acting_as(person, day=DAY)
        for act in (
            lambda: aim(world, by, 90),
            lambda: TestBudget().revise(world, by, 1),
            lambda: TestBudget().spend(world, by, 1),
            lambda: TestAnswers().answer(world, by, "yes", 0),
        ):
            with pytest.raises(NotAllowed):
                act()
