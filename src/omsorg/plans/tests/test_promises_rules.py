"""Which change of an action or indicator may stand: no database."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from omsorg.plans.rules.budgets import BudgetLine, BudgetState, budget_as_of
from omsorg.plans.rules.codes import sorted_codes
from omsorg.plans.rules.definitions import PercentNeverAdded
from omsorg.plans.rules.measures import Activity, Cause, Kind, RollUp
from omsorg.plans.rules.promises import (
    ActionTerms,
    DoneInFuture,
    DueBeforeStart,
    IndicatorTerms,
    PutOffWithoutCause,
    StoppedWithoutWhy,
    SupersededByItself,
    SupersededByNothing,
    TakesForceInFuture,
    TakesForceTooEarly,
    TitleMissing,
    change,
    overlap,
    settled,
)
from omsorg.plans.rules.revisions import FieldChange, NothingChanged, RevisionWithoutReason

TODAY = date(2023, 3, 31)
ACTION = ActionTerms(title={"en": "Training"}, owner="io", starts_on=date(2021, 7, 1), due_on=date(2023, 12, 31))
INDICATOR = IndicatorTerms(title={"en": "Trained"}, due_on=date(2023, 12, 31))


def revised(before, wanted, **more):
    more = {"reason": "Agreed", "last_in_force_on": date(2021, 7, 1), "in_force_on": TODAY, "today": TODAY} | more
    return change("A1", before, wanted, **more)


@pytest.mark.parametrize(
    ("wanted", "more", "refusal"),
    [
        pytest.param({}, {}, NothingChanged, id="nothing is different"),
        pytest.param({"prioritised": True}, {"reason": "  "}, RevisionWithoutReason, id="no reason is given"),
        pytest.param({"title": {"en": " "}}, {}, TitleMissing, id="the title is blank"),
        pytest.param({"due_on": date(2021, 1, 1)}, {}, DueBeforeStart, id="due before it starts"),
        pytest.param({"done_on": date(2024, 1, 1)}, {}, DoneInFuture, id="done on a day that has not come"),
        pytest.param({"due_on": date(2024, 6, 30)}, {}, PutOffWithoutCause, id="put off and nobody says why"),
        pytest.param({"activity": Activity.ON_HOLD}, {}, StoppedWithoutWhy, id="on hold without a word"),
        pytest.param(
            {"activity": Activity.DROPPED, "activity_reason": {"en": ""}}, {}, StoppedWithoutWhy, id="dropped, blank"
        ),
        pytest.param({"activity": Activity.SUPERSEDED}, {}, SupersededByNothing, id="superseded by what?"),
        pytest.param(
            {"activity": Activity.SUPERSEDED, "superseded_by": "A1"}, {}, SupersededByItself, id="superseded by itself"
        ),
        pytest.param(
            {"prioritised": True}, {"in_force_on": date(2023, 4, 1)}, TakesForceInFuture, id="from tomorrow on"
        ),
        pytest.param(
            {"prioritised": True},
            {"in_force_on": date(2022, 1, 1), "last_in_force_on": date(2022, 6, 1)},
            TakesForceTooEarly,
            id="before the change that it follows",
        ),
    ],
)
def test_a_change_that_cannot_stand_is_refused_by_name(wanted, more, refusal):
    with pytest.raises(refusal) as refused:
        revised(ACTION, replace(ACTION, **wanted), **more)
    assert "%(" not in str(refused.value)


def test_a_date_put_off_keeps_its_cause_and_one_brought_forward_has_none():
    later = revised(ACTION, replace(ACTION, due_on=date(2024, 6, 30)), cause=Cause.RESOURCES)
    assert (later.cause, [entry.field for entry in later.changes]) == (Cause.RESOURCES, ["due_on"])
    sooner = revised(ACTION, replace(ACTION, due_on=date(2023, 6, 30)), cause=Cause.RESOURCES)
    assert sooner.cause is None


def test_what_is_taken_up_again_forgets_why_it_had_stopped():
    stopped = replace(ACTION, activity=Activity.ON_HOLD, activity_reason={"en": "No money"})
    assert settled(replace(stopped, activity=Activity.ACTIVE)) == ACTION


def test_other_words_for_the_same_measure_are_no_new_definition():
    reworded = revised(INDICATOR, replace(INDICATOR, title={"en": "Staff trained"}))
    assert reworded.redefined is False


@pytest.mark.parametrize(
    "wanted",
    [
        pytest.param({"kind": Kind.COUNT}, id="counted instead of told"),
        pytest.param({"denominator": {"en": "all staff"}}, id="of all staff"),
        pytest.param({"threshold": Decimal("0.9")}, id="another threshold"),
    ],
)
def test_a_change_of_what_is_measured_is_a_new_definition_whether_said_or_not(wanted):
    assert revised(INDICATOR, replace(INDICATOR, **wanted)).redefined is True


def test_a_new_definition_may_be_the_only_change():
    made = revised(INDICATOR, INDICATOR, redefined=True)
    assert (made.changes, made.redefined) == ((), True)


def test_a_definition_that_contradicts_itself_is_refused():
    with pytest.raises(PercentNeverAdded):
        revised(INDICATOR, replace(INDICATOR, kind=Kind.RATIO, roll_up=RollUp.SUM))


def test_only_what_both_changed_to_different_values_must_be_decided_again():
    before = {"title": {"en": "a"}, "due_on": 1, "prioritised": False}
    theirs = (
        FieldChange("title", {"en": "a"}, {"en": "b"}),
        FieldChange("due_on", 1, 2),
        FieldChange("prioritised", False, True),
    )
    wanted = {"title": {"en": "c"}, "due_on": 2, "prioritised": False}
    assert overlap(theirs, before, wanted) == ("title",)


def test_a_budget_is_the_last_whole_sum_and_all_that_was_spent_until_the_day():
    lines = [
        BudgetLine("original", 100_00, "EUR", date(2021, 7, 1), 1),
        BudgetLine("spent", 30_00, "EUR", date(2022, 1, 1), 2),
        BudgetLine("revised", 150_00, "EUR", date(2023, 1, 1), 3),
        BudgetLine("spent", 40_00, "EUR", date(2023, 1, 2), 4),
        BudgetLine("spent", 500, "NOK", date(2021, 8, 1), 5),
    ]
    assert budget_as_of(lines, date(2022, 6, 1)) == (
        BudgetState("EUR", original=100_00, spent=30_00),
        BudgetState("NOK", spent=500),
    )
    euro = budget_as_of(lines, date(2023, 6, 1))[0]
    assert (euro.original, euro.revised, euro.present, euro.spent) == (100_00, 150_00, 150_00, 70_00)


def test_codes_are_put_in_order_as_people_count():
    assert sorted_codes(["A10", "A2", "a1", "A2", "B1"]) == ("a1", "A2", "A10", "B1")
