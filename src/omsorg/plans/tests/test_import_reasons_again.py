"""Why something was changed, in several languages: the same file again changes nothing, and nothing is passed over."""

from datetime import date

import pytest

from omsorg.kernel.wall import in_name_of
from omsorg.plans.imports.sheets import BY_NAME
from omsorg.plans.imports.template import column_helps
from omsorg.plans.models import ActionRevision, Assessment, BudgetEntry, IndicatorRevision, Plan, Target
from omsorg.plans.queries.promises import plan_as_of
from omsorg.plans.tests.test_import_plan import (
    FILES,
    RATINGS,
    book_of,
    bring_in,
    told,
)

STANDS = (
    "What this row tells is there with the same reason, which stays as it was told then: leave this empty, or as it"
    " stands there."
)
TOO = "This stands in the column “{}” too, in the same language and in other words: leave one of the two empty."


def with_column(sheet: str, name: str, *values: str) -> dict[str, str]:
    """A sheet of the file with one more column, filled in its first rows."""
    head, *rows = FILES[f"{sheet}.csv"].strip().split("\n")
    filled = [f"{row};{value}" for row, value in zip(rows, [*values, *[""] * len(rows)], strict=False)]
    return {sheet: "\n".join([f"{head};{name}", *filled]) + "\n"}


def test_a_reason_written_twice_alike_is_one_reason_and_the_same_file_again_changes_nothing(world):
    book = book_of(**with_column("revisions", "reason_en", "Trainers could not travel", "Measured by I1"))
    assert told(bring_in(world, book)) == []
    before = ActionRevision.objects.count(), IndicatorRevision.objects.count()
    again = bring_in(world, book)
    assert told(again) == []
    assert not again.changes_anything
    assert (ActionRevision.objects.count(), IndicatorRevision.objects.count()) == before


@pytest.mark.parametrize(
    ("sheet", "name", "place", "first"),
    [
        ("revisions", "reason_en", "I", "reason"),
        ("actions", "title_en", "G", "title"),
        ("ratings", "reason_en", "G", "reason"),
    ],
)
def test_two_texts_in_one_language_that_are_not_alike_are_told(world, sheet, name, place, first):
    book = book_of(**with_column(sheet, name, "Other", "Other", "", "Other"))
    found = told(bring_in(world, book))
    assert found
    assert set(found) <= {(sheet, row, place, TOO.format(first)) for row in range(2, 6)}


def test_norwegian_is_written_once(world):
    book = book_of(sources="code;title_nb;title_no\nICS;En gjennomgang;Noe annet\n")
    assert told(bring_in(world, book)) == [("sources", 2, "C", TOO.format("title_nb"))]


@pytest.mark.parametrize(
    ("sheet", "values", "place"),
    [
        ("revisions", ("Ingen kunne rejse",), ("revisions", 2, "I", STANDS)),
        ("targets", ("", "", "For få undervisere"), ("targets", 4, "H", STANDS)),
        ("budget", ("Første halvår",), ("budget", 2, "F", STANDS)),
        ("budget", ("", "Dyrere"), ("budget", 3, "F", STANDS)),
        ("ratings", ("", "", "", "", "Venter"), ("ratings", 6, "G", STANDS)),
    ],
)
def test_a_reason_added_in_another_language_is_never_passed_over(world, sheet, values, place):
    assert told(bring_in(world, book_of())) == []
    assert told(bring_in(world, book_of(**with_column(sheet, "reason_da", *values)))) == [place]


OTHER = "What this row tells is there with another reason, “{}”, which stays: leave this empty, or as it stands there."


@pytest.mark.parametrize(
    ("sheet", "old", "new", "place", "stands"),
    [
        ("targets", "Too few trainers", "No money", ("targets", 4, "G"), "Too few trainers"),
        ("targets", "10;100;;", "10;100;;Counted", ("targets", 2, "G"), "As adopted"),
        ("budget", "First half-year", "Second half-year", ("budget", 2, "E"), "First half-year"),
        ("budget", "Prices have risen", "More rooms", ("budget", 3, "E"), "Prices have risen"),
        ("revisions", "Trainers could not travel", "No visas", ("revisions", 2, "D"), "Trainers could not travel"),
        ("revisions", "Measured by I1", "Counted by I1", ("revisions", 3, "D"), "Measured by I1"),
    ],
)
def test_another_reason_for_what_is_there_is_told(world, sheet, old, new, place, stands):
    """A target and a sum that are there already used to pass over it; a revision blamed its day or its code."""
    assert told(bring_in(world, book_of())) == []
    changed = FILES[f"{sheet}.csv"].replace(old, new)
    assert told(bring_in(world, book_of(**{sheet: changed}))) == [(*place, OTHER.format(stands))]


def test_another_reason_for_a_revision_that_others_followed_is_told_at_the_reason_and_a_new_revision_is_none(world):
    later = FILES["revisions.csv"] + "A1;action;2023-09-15;Slower still;2024-12-31;time;;\n"
    assert told(bring_in(world, book_of(revisions=later))) == []
    other = later.replace("Trainers could not travel", "No visas")
    place = ("revisions", 2, "D", OTHER.format("Trainers could not travel"))
    assert told(bring_in(world, book_of(revisions=other))) == [place]
    same_day = later + "A1;action;2023-09-15;And it matters more;;;;\n"
    same_day = same_day.replace("superseded by\n", "superseded by;prioritised\n").replace("more;;;;", "more;;;;;no")
    assert told(bring_in(world, book_of(revisions=same_day))) == []
    assert ActionRevision.objects.filter(action__code="A1", action__plan__code="p1").count() == 4


def test_what_is_adopted_with_a_reason_of_its_own_keeps_it_and_the_same_file_again_changes_nothing(world):
    book = book_of(
        targets=FILES["targets.csv"].replace("10;100;;", "10;100;;Counted in 2021"),
        budget=FILES["budget.csv"] + "A1;original;1500000;2021-07-01;As granted\n",
    )
    assert told(bring_in(world, book)) == []
    assert Target.objects.get(series=2, indicator__plan__code="p1").reason == "Counted in 2021"
    assert BudgetEntry.objects.get(kind="original", action__plan__code="p1").reason == "As granted"
    again = bring_in(world, book)
    assert (told(again), again.changes_anything) == ([], False)


def test_what_comes_back_to_what_it_was_once_is_a_change_of_its_own(world):
    targets = FILES["targets.csv"] + "I1;target;2023-12-31;90;100;2023-06-15;Trainers were found\n"
    budget = FILES["budget.csv"] + "A1;revised;1500000;2023-06-15;Prices have fallen\n"
    for _time in (1, 2):
        assert told(bring_in(world, book_of(targets=targets, budget=budget))) == []
        now = plan_as_of(Plan.objects.get(code="p1"), date(2024, 3, 31))
        assert [target.number for target in now.indicator["I1"].targets] == [90]
        assert now.action["A1"].budget[0].present == 1_500_000_00
    assert Target.objects.filter(indicator__plan__code="p1", reason="Trainers were found").count() == 1


@pytest.mark.parametrize("reason", ["Review", ""])
def test_it_comes_back_on_its_own_day_whatever_the_reason_is_called(world, reason):
    targets = FILES["targets.csv"].replace("Too few trainers", "Review")
    targets += f"I1;target;2023-12-31;90;100;2023-06-15;{reason}\n"
    budget = FILES["budget.csv"] + f"A1;revised;1500000;2023-06-15;{reason}\n"
    for _time in (1, 2):
        assert told(bring_in(world, book_of(targets=targets, budget=budget))) == []
        now = plan_as_of(Plan.objects.get(code="p1"), date(2024, 3, 31))
        assert [target.number for target in now.indicator["I1"].targets] == [90]
        assert now.action["A1"].budget[0].present == 1_500_000_00
    assert Target.objects.filter(indicator__plan__code="p1", indicator__code="I1", series=1).count() == 3


def test_the_reason_of_the_sheet_plan_in_a_further_language_is_told_where_nothing_is_changed_for_it(world):
    sheet = FILES["plan.csv"].strip().split("\n")
    first = book_of(plan=f"{sheet[0]};reason\n{sheet[1]};Decided by the board\n")
    assert told(bring_in(world, first)) == []
    more = book_of(plan=f"{sheet[0]};reason;reason_da\n{sheet[1]};Decided by the board;Besluttet af bestyrelsen\n")
    assert told(bring_in(world, more)) == [("plan", 2, "H", STANDS)]
    assert not bring_in(world, first).changes_anything


def test_reasons_in_two_languages_come_in_and_the_same_file_again_changes_nothing(world):
    book = book_of(
        **with_column("revisions", "reason_da", "Ingen kunne rejse", "Måles af I1"),
        **with_column("targets", "reason_da", "", "", "For få undervisere"),
        **with_column("budget", "reason_da", "Første halvår", "Dyrere"),
        **with_column("ratings", "reason_da", "", "", "", "", "Venter på kommissionen"),
    )
    assert told(bring_in(world, book)) == []
    assert ActionRevision.objects.get(number=2).reason_in == {"da": "Ingen kunne rejse"}
    again = bring_in(world, book)
    assert told(again) == []
    assert not again.changes_anything


def test_a_form_asks_for_why_it_was_rated_so_in_every_language():
    headings = [each.heading for each in column_helps(BY_NAME["ratings"])]
    assert [each for each in headings if each.startswith("reason")] == [
        "reason",
        *("reason_en", "reason_da", "reason_nb", "reason_sv"),
    ]


def test_why_it_was_rated_so_may_stand_under_the_language_of_the_file(world):
    book = book_of(ratings=RATINGS.replace("date;reason", "date;reason_en"))
    assert told(bring_in(world, book)) == []
    with in_name_of(world.person["plan_owner"].pk):
        assert Assessment.objects.filter(reason="More time is needed").exists()
    assert not bring_in(world, book).changes_anything
