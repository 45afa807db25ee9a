"""Numbers too large or too fine, days and periods out of reach: each is told at its own row and column of the file."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from omsorg.plans.models import BudgetEntry, Plan, Target
from omsorg.plans.tests.test_api_with_a_key import Caller
from omsorg.plans.tests.test_import_plan import (
    ACTIONS,
    BUDGET,
    FILES,
    INDICATORS,
    PLAN,
    REVISIONS,
    TARGETS,
    book_of,
    bring_in,
    told,
)

LONG = "9" * 30
LONG_SAID = "999,999,999,999,999,999,999,999,999,999 is too large to be right."
RATED = "period;indicator;rating;new date\n2022-H2;I1;off track;{}\n"


def with_column(text: str, name: str, value: str) -> str:
    """The sheet with one more column, filled in its first row."""
    head, first, *rest = text.strip().split("\n")
    return "\n".join([f"{head};{name}", f"{first};{value}", *(f"{row};" for row in rest)]) + "\n"


@pytest.mark.parametrize("name", ["threshold", "band_low", "band_high", "lowest", "highest"])
@pytest.mark.parametrize(
    ("number", "said"), [(LONG, LONG_SAID), ("0,0000000001", "0.0000000001 has more than 6 decimals.")]
)
def test_a_number_of_an_indicator_that_cannot_be_kept_is_told_in_its_cell(world, name, number, said):
    outcome = bring_in(world, book_of(indicators=with_column(INDICATORS, name, number)))
    assert told(outcome) == [("indicators", 2, "I", said)]


@pytest.mark.parametrize(
    ("sheet", "old", "new", "place"),
    [
        ("targets", "90;100", f"90;{LONG}", ("targets", 3, "E", LONG_SAID)),
        ("targets", "90;100", f"{LONG};100", ("targets", 3, "D", LONG_SAID)),
        ("targets", "80;100", "0,0000001;100", ("targets", 4, "D", "0.0000001 has more than 6 decimals.")),
        ("targets", "90;100", "0,0000001;100", ("targets", 3, "D", "0.0000001 has more than 6 decimals.")),
        ("actions", "1 500 000", LONG, ("actions", 2, "E", LONG_SAID)),
        ("actions", "1 500 000", "0,001", ("actions", 2, "E", "0.001 NOK has more decimals than the currency has.")),
        ("actions", "1 500 000", "9" * 14, ("actions", 2, "E", "99,999,999,999,999 is too large to be right.")),
        ("budget", "2000000", LONG, ("budget", 3, "C", LONG_SAID)),
        ("budget", "400 000,50", "0,001", ("budget", 2, "C", "0.001 NOK has more decimals than the currency has.")),
        ("budget", "400 000,50", "9" * 14, ("budget", 2, "C", "99,999,999,999,999 is too large to be right.")),
    ],
)
def test_a_number_that_cannot_be_kept_is_told_in_its_cell_and_hides_nothing(world, sheet, old, new, place):
    text = FILES[f"{sheet}.csv"]
    assert old in text
    outcome = bring_in(world, book_of(**{sheet: text.replace(old, new)}, sources="code;title\nICS;\n"))
    assert told(outcome) == [("sources", 2, "B", "Give this text in at least one language."), place]
    assert not Plan.objects.filter(code="p1").exists()


@pytest.mark.parametrize("period", ["0001-H1", "0001", "9998-H2", "2300-H1"])
@pytest.mark.parametrize("sheet", ["reports", "ratings", "figures"])
def test_a_period_beyond_all_sense_is_told_in_its_cell_beside_any_other_fault(world, sheet, period):
    rows = {
        "reports": f"code;period;as_at\nx;{period};2024-03-31\n",
        "ratings": f"indicator;period;rating\nI1;{period};on track\n",
        "figures": f"indicator;period;organisation;number;denominator\nI1;{period};norway;1;2\n",
    }
    outcome = bring_in(world, book_of(**{"ratings": "", "plan": PLAN.replace("NOK", "kroner"), sheet: rows[sheet]}))
    said = f"“{period}” cannot be right: give a period of a year from 1900 to 2199."
    assert (sheet, 2, "B", said) in told(outcome)


def test_nothing_is_told_of_a_period_that_is_not_over_nor_of_one_long_before_the_plan(world):
    reports = "code;period;as_at\nnow;2024-H1;2024-06-30\n"
    ratings = "period;report;indicator;rating\n2024-H1;;I1;on track\n1950-H1;;I1;on track\n;now;I2;on track\n"
    figures = "organisation;period;indicator;number;denominator\nnorway;2024-H1;I1;1;2\n"
    outcome = bring_in(world, book_of(reports=reports, ratings=ratings, figures=figures))
    runs = "The period (first half of 2024) lasts until 30 June 2024: nobody can tell yet how it went."
    beyond = "The period (first half of 1950) cannot be right: write one between 1996 and 2049."
    assert [each for each in told(outcome) if each[0] != "reports"] == [
        ("ratings", 2, "A", runs),
        ("ratings", 3, "A", beyond),
        ("ratings", 4, "B", runs),
        ("figures", 2, "B", runs),
    ]


def test_every_day_out_of_reach_is_told_in_its_own_cell(world):
    outcome = bring_in(
        world,
        book_of(
            plan=PLAN.replace("currency\n", "currency;runs from\n").replace("NOK\n", "NOK;1921-07-01\n"),
            actions=with_column(ACTIONS, "starts_on", "1905-01-01").replace("2024-06-30", "2150-06-30"),
            indicators=INDICATORS.replace("2022-12-31", "2122-12-31"),
            targets=TARGETS.replace("2023-12-31;90", "2150-12-31;90"),
            revisions=REVISIONS.replace("2024-06-30", "2190-06-30"),
            ratings=RATED.format("2190-12-01"),
        ),
    )
    found = told(outcome)
    assert [each[:3] for each in found] == [
        ("plan", 2, "G"),
        ("actions", 2, "G"),
        ("actions", 3, "D"),
        ("indicators", 4, "H"),
        ("targets", 3, "C"),
        ("revisions", 2, "E"),
        ("ratings", 2, "D"),
    ]
    assert all("cannot be right: write one between " in said for *_place, said in found)


def test_a_plan_without_a_told_end_is_held_at_the_due_date_that_is_out_of_reach(world):
    plan = PLAN.replace("01.01.2025", "")
    outcome = bring_in(world, book_of(plan=plan, actions=ACTIONS.replace("2024-06-30", "2150-06-30")))
    assert [each[:3] for each in told(outcome)] == [("actions", 3, "D")]


@pytest.mark.parametrize("day", ["engang", ""])
@pytest.mark.parametrize("end", ["2026-12-31", ""])
def test_where_the_plans_own_day_is_not_known_no_reach_is_measured_from_it(world, day, end):
    plan = f"code;title;adopted_on;runs_until;currency\np1;The plan;{day};{end};NOK\n"
    outcome = bring_in(world, book_of(plan=plan, actions=ACTIONS.replace("2024-06-30", "2030-06-30")))
    assert [each[:3] for each in told(outcome)] == [("plan", 2, "C")]


def test_a_record_of_the_past_tells_of_money_that_is_paid_no_more(world):
    actions = with_column(ACTIONS, "currency", "HRK")
    budget = BUDGET.replace("day;reason", "currency;day;reason").replace(";2022-03-31", ";EEK;2022-03-31")
    budget = budget.replace(";2023-01-15", ";HRK;2023-01-15")
    outcome = bring_in(world, book_of(actions=actions, budget=budget))
    assert told(outcome) == []
    kept = BudgetEntry.objects.filter(action__plan__code="p1").values_list("kind", "currency")
    assert sorted(kept) == [("original", "HRK"), ("revised", "HRK"), ("spent", "EEK")]


def test_a_target_is_kept_as_it_stands_in_the_file(world):
    outcome = bring_in(world, book_of(targets=TARGETS.replace("90;100", "0,000001;999999999999999999")))
    assert told(outcome) == []
    target = Target.objects.get(indicator__plan__code="p1", due_on=date(2023, 12, 31), supersedes=None, series=1)
    assert (target.number, target.denominator) == (Decimal("0.000001"), Decimal(10**18 - 1))


@pytest.mark.parametrize(
    "changed",
    [
        {"targets": f"indicator;due_on;number;denominator\nI1;2023-12-31;{LONG};{LONG}\n"},
        {"actions": ACTIONS.replace("1 500 000", LONG)},
        {"plan": PLAN.replace("NOK", "kroner"), "reports": "code;period;as_at\nx;0001-H1;2024-03-31\n"},
    ],
    ids=["target", "budget", "period"],
)
def test_the_api_answers_a_rehearsal_with_the_cells_that_are_wrong(world, changed):
    files = FILES | {"ratings.csv": ""} | {f"{name}.csv": text for name, text in changed.items()}
    owner = Caller(world, "plan_owner")
    sent = [SimpleUploadedFile(name, text.encode()) for name, text in files.items() if text]
    answer = owner.client.post("/api/imports/rehearsal", {"files": sent}, **owner.key)
    assert answer.status_code < 500
    assert "cannot be right" in answer.content.decode() or "too large to be right" in answer.content.decode()
