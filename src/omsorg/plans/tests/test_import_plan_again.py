"""A file of a plan that is there: what it says of the plan itself becomes a revision, or is refused in words."""

from datetime import date

import pytest

from omsorg.plans.actions.import_plan import ChangedSinceRehearsal, What
from omsorg.plans.imports.reading import read_book
from omsorg.plans.models import Indicator, Plan
from omsorg.plans.queries.history import history_of_plan
from omsorg.plans.queries.promises import plan_as_of
from omsorg.plans.tests.test_import_plan import ACTIONS, AT, INDICATORS, PLAN, REVISIONS, book_of, bring_in, told

LONGER = PLAN.replace("The plan", "The longer plan").replace("01.01.2025", "01.07.2025")


def test_another_title_and_period_become_a_dated_revision_with_its_reason(world):
    bring_in(world, book_of())
    outcome = bring_in(world, book_of(plan=LONGER), reason="Half a year longer")
    assert told(outcome) == []
    assert [(done.what, done.sheet, str(done.sentence)) for done in outcome.done] == [
        (What.CHANGED, "plan", "“p1” is revised from 3 June 2024 on: runs_until, title.")
    ]
    then, now = (plan_as_of(outcome.plan, day).terms for day in (date(2024, 6, 2), AT.date()))
    assert (then.title, then.runs_until) == ({"en": "The plan", "da": "Planen"}, date(2025, 1, 1))
    assert (now.title, now.runs_until) == ({"en": "The longer plan", "da": "Planen"}, date(2025, 7, 1))
    assert history_of_plan(outcome.plan)[0].reason == "Half a year longer"
    for old_or_same in (LONGER, PLAN):
        assert not bring_in(world, book_of(plan=old_or_same), reason="Again").changes_anything


def test_the_reason_may_stand_on_the_sheet_and_without_one_nothing_comes_in(world):
    bring_in(world, book_of())
    expected = ("plan", 2, "", "Say why this is changed: the reason stands in public beside the change.")
    assert told(bring_in(world, book_of(plan=LONGER))) == [expected]
    head, row = LONGER.splitlines()
    bring_in(world, book_of(plan=f"{head};reason\n{row};Decided in May\n"))
    assert history_of_plan(Plan.objects.get(code="p1"))[0].reason == "Decided in May"


def test_a_rehearsal_of_another_title_leaves_the_plan_as_it_is(world):
    plan = bring_in(world, book_of()).plan
    outcome = bring_in(world, book_of(plan=LONGER), plan=plan, reason="Longer", rehearse=True)
    assert outcome.changes_anything
    assert (plan.title["en"], plan.revisions.count()) == ("The plan", 1)


def test_what_was_rehearsed_rests_on_each_thing_that_it_replaces_and_on_nothing_else(world):
    bring_in(world, book_of())
    title = book_of(plan=LONGER)
    of_title = bring_in(world, title, reason="Longer", rehearse=True).rests_on
    assert bring_in(world, title, reason="Longer", rehearse=True).rests_on == of_title
    bring_in(world, book_of(indicators=INDICATORS.replace("Trained", "Trained staff")), reason="Another word")
    assert bring_in(world, title, reason="Longer", rehearse=True).rests_on == of_title
    bring_in(world, book_of(plan=PLAN.replace("The plan", "The plan of another")), reason="The other owner's")
    with pytest.raises(ChangedSinceRehearsal):
        bring_in(world, title, reason="Longer", as_rehearsed=of_title)
    assert history_of_plan(Plan.objects.get(code="p1"))[0].reason == "The other owner's"
    now = bring_in(world, title, reason="Longer", rehearse=True).rests_on
    assert bring_in(world, title, reason="Longer", as_rehearsed=now).changes_anything


def test_a_plan_that_would_end_before_it_begins_is_refused(world):
    bring_in(world, book_of())
    wrong = bring_in(world, book_of(plan=PLAN.replace("01.01.2025", "01.01.2021")), reason="Shorter")
    assert [(sheet, row, column) for sheet, row, column, _said in told(wrong)] == [("plan", 2, "E")]


@pytest.mark.parametrize(
    ("old", "new", "column", "settled"),
    [
        ("2021-07-01", "2021-08-01", "D", "2021-07-01"),
        ("NOK", "EUR", "F", "NOK"),
        (
            "currency\np1;The plan;Planen;2021-07-01;01.01.2025;NOK",
            "owner\np1;The plan;Planen;2021-07-01;01.01.2025;kenya",
            "F",
            "international",
        ),
    ],
    ids=["the day of adoption", "the currency", "the owner"],
)
def test_what_adoption_settled_is_refused_in_words(world, old, new, column, settled):
    bring_in(world, book_of())
    refused = bring_in(world, book_of(plan=PLAN.replace(old, new)), reason="Otherwise")
    said = f"This was settled when the plan was adopted, and stays: “{settled}”."
    assert told(refused) == [("plan", 2, column, said)]
    assert Plan.objects.get(code="p1").revisions.count() == 1


def test_a_file_says_in_which_language_its_texts_are_also_of_a_plan_that_is_there(world):
    bring_in(world, book_of())
    head = "code;title;adopted_on;language\n"
    outcome = bring_in(world, book_of(plan=f"{head}p1;Planen på svenska;2021-07-01;sv\n"), reason="In Swedish, too")
    assert plan_as_of(outcome.plan, AT.date()).terms.title["sv"] == "Planen på svenska"


def test_a_unit_told_in_a_further_language_is_a_revision_and_no_new_definition(world):
    with_unit = INDICATORS.replace("I3;Policy", "I4;Lanterns lit;A1;count;up;sum;yes;2023-12-31\nI3;Policy")
    lines = with_unit.splitlines()
    once = "\n".join([f"{lines[0]};unit", *(f"{x};{'lanterns' if x[:2] == 'I4' else ''}" for x in lines[1:])]) + "\n"
    twice = once.replace("unit\n", "unit;enhed_da\n").replace("lanterns\n", "lanterns;lygter\n")
    bring_in(world, book_of(indicators=once))
    outcome = bring_in(world, book_of(indicators=twice), reason="In Danish, too")
    assert told(outcome) == []
    first, second = Indicator.objects.get(plan__code="p1", code="I4").revisions.order_by("number")
    assert (first.unit, second.unit) == ({"en": "lanterns"}, {"en": "lanterns", "da": "lygter"})
    assert not second.redefined


OF_ONE_DAY = "code;what;in_force_on;reason;due_on;cause;title\nA1;action;2024-05-01;By the board;{due};time;{title}\n"


def test_a_corrected_revision_of_the_same_day_and_reason_is_a_further_one(world):
    bring_in(world, book_of())
    plan = Plan.objects.get(code="p1")

    def revised(due, title=""):
        book = read_book([("revisions.csv", OF_ONE_DAY.format(due=due, title=title).encode())])
        return bring_in(world, book, plan=plan)

    for due, title in (("2025-06-30", ""), ("2025-09-30", ""), ("", "Trained by all")):
        outcome = revised(due, title)
        assert (told(outcome), [done.what for done in outcome.done]) == ([], [What.CHANGED])
        again = revised(due, title)
        assert (again.changes_anything, again.there) == (False, {"revisions": 1})
    latest = plan.actions.get(code="A1").revisions.latest("number")
    assert (latest.due_on, latest.title["en"]) == (date(2025, 9, 30), "Trained by all")
    assert not revised("2025-06-30").changes_anything, "an old file does not undo what was corrected since"


def test_two_rows_for_one_revision_are_seen_where_only_one_says_what_it_is_of(world):
    bring_in(world, book_of())
    text = OF_ONE_DAY.format(due="2025-06-30", title="") + "A1;;2024-05-01;By the board;;;Other\n"
    book = read_book([("revisions.csv", text.encode())])
    outcome = bring_in(world, book, plan=Plan.objects.get(code="p1"))
    expected = "Row 2 and row 3 are about the same: A1, 2024-05-01, By the board."
    assert told(outcome) == [("revisions", 3, "A", expected)]


WITH_CAUSE = (
    "code;in_force_on;reason;due_on;cause;redefined\n{code};2024-05-01;By the board;{due};{cause};{redefined}\n"
)


def revision_of(world, **said):
    text = WITH_CAUSE.format(**{"code": "I1", "due": "", "cause": "", "redefined": ""} | said)
    return bring_in(world, read_book([("revisions.csv", text.encode())]), plan=Plan.objects.get(code="p1"))


def test_another_cause_of_a_revision_that_is_there_is_refused_and_not_passed_over(world):
    bring_in(world, book_of())
    first = {"code": "A1", "due": "2025-06-30", "cause": "time"}
    assert revision_of(world, **first).changes_anything
    for same in ("time", ""):
        assert revision_of(world, **first | {"cause": same}).there == {"revisions": 1}
    (fault,) = revision_of(world, **first | {"cause": "outside"}).faults
    assert (fault.column, fault.heading, "the cause “time”" in str(fault.sentence)) == ("E", "cause", True)


def test_that_something_else_is_measured_is_a_further_revision_of_the_same_day_and_is_never_taken_back(world):
    bring_in(world, book_of())
    put_off = {"due": "2025-06-30", "cause": "time"}
    assert revision_of(world, **put_off).changes_anything
    assert revision_of(world, **put_off, redefined="no").there == {"revisions": 1}
    outcome = revision_of(world, **put_off, redefined="yes")
    assert (told(outcome), [done.what for done in outcome.done]) == ([], [What.CHANGED])
    made = Indicator.objects.get(plan__code="p1", code="I1").revisions.filter(reason="By the board")
    assert list(made.order_by("number").values_list("redefined", "due_on")) == [
        (False, date(2025, 6, 30)),
        (True, date(2025, 6, 30)),
    ]
    for same in ("yes", ""):
        assert revision_of(world, **put_off, redefined=same).there == {"revisions": 1}
    (fault,) = revision_of(world, **put_off, redefined="no").faults
    assert (fault.heading, "and stays" in str(fault.sentence)) == ("redefined", True)


def test_a_later_due_date_on_the_sheet_of_actions_names_the_sheet_where_it_belongs(world):
    """It used to ask for a cause in a column that this sheet does not have."""
    bring_in(world, book_of())
    later = ACTIONS.replace("2024-06-30", "2024-12-31")
    ((sheet, row, column, said),) = told(bring_in(world, book_of(actions=later), reason="Later"))
    assert (sheet, row, column) == ("actions", 3, "D")
    assert said == (
        "The due date of “A2” is put off here, from 30 June 2024 to 31 December 2024, and that needs its cause, for"
        " which this sheet has no column. Leave 30 June 2024 here, and write a row on the sheet “revisions”: the code,"
        " the day from which it is in force, the new due date, the reason, and as cause time, resources, scope or"
        " outside."
    )
    way_out = REVISIONS + "A2;action;2024-05-01;Nobody was found;2024-12-31;resources;;\n"
    assert told(bring_in(world, book_of(revisions=way_out))) == []
    assert not bring_in(world, book_of(revisions=way_out)).changes_anything
    assert not bring_in(world, book_of(revisions=way_out, actions=later)).changes_anything


def test_a_nearer_due_date_on_the_sheet_of_actions_is_a_revision_without_a_cause(world):
    bring_in(world, book_of())
    nearer = ACTIONS.replace("2024-06-30", "2024-06-15")
    outcome = bring_in(world, book_of(actions=nearer), reason="Sooner")
    assert (told(outcome), outcome.changes_anything) == ([], True)
