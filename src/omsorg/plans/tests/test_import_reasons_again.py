"""Why something was changed, in several languages: the same file again changes nothing, and nothing is passed over."""

import pytest

from omsorg.kernel.wall import in_name_of
from omsorg.plans.imports.sheets import BY_NAME
from omsorg.plans.imports.template import column_helps
from omsorg.plans.models import ActionRevision, Assessment, IndicatorRevision
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


def test_why_it_was_rated_so_is_kept_in_one_language_and_no_form_asks_for_more(world):
    headings = [each.heading for each in column_helps(BY_NAME["ratings"])]
    assert [each for each in headings if each.startswith("reason")] == ["reason"]
    override = RATINGS.replace("reason\n", "reason;overrides until\n").replace("needed\n", "needed;2024-12-31\n")
    for ratings in (RATINGS, override):
        width = ratings.split("\n")[0].count(";") + 1
        rows = ratings.strip().split("\n")
        rows[4] += ";" * (width - 1 - rows[4].count(";"))
        late = "\n".join([rows[0] + ";reason_da", *(row + ";" * (width - row.count(";")) for row in rows[1:4])])
        outcome = bring_in(world, book_of(ratings=late + "\n" + rows[4] + ";Mere tid\n"))
        said = "Why it was rated so is kept in one language: leave this empty, and write it in the column “reason”."
        assert told(outcome) == [("ratings", 5, "GH"[width - 6], said)]


def test_why_it_was_rated_so_may_stand_under_the_language_of_the_file(world):
    book = book_of(ratings=RATINGS.replace("date;reason", "date;reason_en"))
    assert told(bring_in(world, book)) == []
    with in_name_of(world.person["plan_owner"].pk):
        assert Assessment.objects.filter(reason="More time is needed").exists()
    assert not bring_in(world, book).changes_anything
