"""What is wrong with the sheet of the plan itself hides nothing that can be found without it, and one sentence says
what was not looked at."""

import pytest

from omsorg.plans.actions.import_plan import Outcome
from omsorg.plans.models import Plan
from omsorg.plans.tests.test_import_one_look import of_files
from omsorg.plans.tests.test_import_plan import FILES, book_of, bring_in
from world import World

LATER = {
    "revisions.csv": "code;what;in_force_on;reason;due date\nA1;action;2023-02-01;Later;2024-06-30\n",
    "targets.csv": "indicator;due_on;number;denominator\nI1;2024-12-31;10;100\nI1;2023-12-31;90;\n",
    "budget.csv": "action;kind;amount;day;reason\nA2;spent;0;2022-03-31;None\nA1;spent;5;2022-03-31;First\n",
    "ratings.csv": "report;indicator;rating;cause\n2023-03;I3;completed;time\n",
}
"""The due date is put off without a cause, a share aims at a number, nothing is spent, completed has a cause."""
FOUND = [("targets", 3), ("budget", 2), ("revisions", 2), ("ratings", 2)]
GOOD = "code;title;adopted_on;currency\np1;The plan;2021-07-01;NOK\n"
BAD_CURRENCY = GOOD.replace("NOK", "kroner")
BAD_DAY = GOOD.replace("2021-07-01", "engang")
TWICE = "code;code;title;adopted_on\np1;p1;The plan;2021-07-01\n"
TWO = GOOD + "p2;The other;2021-07-01;NOK\n"
ENDS = GOOD.replace("currency", "runs_until").replace("NOK", "2020-01-01")


def tried(world: World, plan: str | None, *, chosen: Plan | None = None, **more: str) -> Outcome:
    files = FILES | LATER | {f"{name}.csv": text for name, text in more.items()}
    del files["plan.csv"]
    if plan is not None:
        files["plan.csv"] = plan
    return bring_in(world, of_files(files), plan=chosen)


def found(outcome: Outcome) -> set[tuple[str, int]]:
    return {(fault.sheet, fault.row) for fault in outcome.faults if fault.sheet not in ("", "plan")}


@pytest.mark.parametrize(
    ("plan", "hidden", "missed"),
    [
        (GOOD, set(), ""),
        (GOOD.replace("The plan", ""), set(), ""),
        (BAD_CURRENCY, {("budget", 2)}, "could not be read: currency."),
        (BAD_DAY, set(), "could not be read: adopted_on."),
        (TWICE, {("budget", 2)}, "because none could be read."),
        (TWO, set(), "could not be read: code."),
        (ENDS, set(), "could not be read: runs_until."),
        (None, {("budget", 2)}, "because none could be read."),
    ],
    ids=["sound", "no title", "currency", "day", "unreadable", "two plans", "ends early", "no sheet"],
)
def test_what_is_wrong_with_the_plan_hides_only_what_rests_on_it(
    world: World, plan: str | None, hidden: set[tuple[str, int]], missed: str
) -> None:
    outcome = tried(world, plan)
    assert found(outcome) == set(FOUND) - hidden
    assert str(outcome.not_looked_at or "").endswith(missed)
    assert bool(outcome.not_looked_at) is bool(missed)


@pytest.mark.parametrize("plan", [BAD_CURRENCY, BAD_DAY, TWICE, TWO, ENDS, None], ids=str)
def test_of_a_sound_file_nothing_untrue_is_told_for_want_of_the_plan(world: World, plan: str | None) -> None:
    files = {name: text for name, text in FILES.items() if name != "plan.csv"}
    outcome = bring_in(world, of_files(files | ({"plan.csv": plan} if plan else {})))
    assert {fault.sheet for fault in outcome.faults} <= {"", "plan"}
    assert len(outcome.faults) == 1


def test_a_sheet_of_the_plan_that_cannot_be_read_hides_nothing_where_the_plan_is_chosen(world: World) -> None:
    assert bring_in(world, book_of()).is_sound
    chosen = Plan.objects.get(code="p1")
    budget = "action;kind;amount;day\nA1;spent;5;2024-05-01\nA9;spent;5;2024-05-01\nA1;spent;0;2024-05-01\n"
    outcome = tried(world, TWICE, chosen=chosen, budget=budget)
    assert {each for each in found(outcome) if each[0] == "budget"} == {("budget", 3), ("budget", 4)}
    assert str(outcome.not_looked_at).endswith("because none could be read.")


def test_where_the_plan_may_be_one_that_is_there_what_stands_in_one_is_not_called_unknown(world: World) -> None:
    assert bring_in(world, book_of()).is_sound
    more = {
        "plan.csv": TWICE,
        "targets.csv": "indicator;due_on;replaces;number;denominator\nI1;2024-12-31;2023-12-31;95;100\n",
        "budget.csv": "action;kind;amount;currency;day\nA1;spent;-5;NOK;2024-05-01\nA9;spent;5;NOK;2024-05-01\n",
        "recommendations.csv": "code;text;actions\n7;More;A1\n8;More;A8\n",
    }
    outcome = bring_in(world, of_files(more))
    assert found(outcome) == {("budget", 3), ("recommendations", 3)}


def test_a_file_that_is_no_sheet_of_a_plan_hides_nothing_either(world: World) -> None:
    assert found(tried(world, GOOD, noter="x\n1\n")) == set(FOUND)


def test_a_due_date_that_cannot_be_read_and_figures_are_tried_together(world: World) -> None:
    """Where the end of the plan is not known, its periods are still those of the file."""
    actions = FILES["actions.csv"].replace("2024-06-30", "engang")
    figures = "organisation;period;indicator;number;denominator\nkenya;2022-H1;I1;50;100\nkenya;2022-H1;I7;5;9\n"
    outcome = tried(world, GOOD, actions=actions, figures=figures)
    assert ("figures", 3) in found(outcome)
