"""Figures from a file: a form filled in beforehand, every fault with row and column, nothing half taken in."""

import io
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
import time_machine
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from omsorg.kernel.imports.drafts import told_of
from omsorg.kernel.imports.kinds import Told
from omsorg.kernel.models import ImportDraft
from omsorg.kernel.wall import as_house
from omsorg.plans.actions.submissions import submit_answer
from omsorg.plans.models import DisaggregationKey, Figure, IndicatorRevision
from omsorg.plans.pages.words import value_text
from omsorg.plans.rules.measures import Kind
from omsorg.plans.rules.observations import ValueSaid
from omsorg.plans.rules.snapshot import NumberPart
from omsorg.plans.tests.answering import AT, H1, acting, cases, record, record_all, trained
from world import World

HERE = ["example-plan", "tanzania", "2022-H1"]
HEAD = "Indicator;Part;Figure;Of how many;Kind of answer;Reason"


@pytest.fixture(autouse=True)
def _july(settings: Any, tmp_path: Any) -> Any:
    settings.MEDIA_ROOT = tmp_path
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def officer(client: Client, world: World) -> Client:
    client.force_login(world.account["officer"])
    return client


def place(name: str = "plans:answer-upload", **more: str) -> str:
    return reverse(name, kwargs=dict(zip(("plan", "organisation", "period"), HERE, strict=True)) | more)


def hand_in(client: Client, content: bytes, name: str = "figures.csv", **said: str) -> ImportDraft:
    """Hand a file in; nothing is confirmed yet."""
    client.post(place(), {"file": SimpleUploadedFile(name, content), **said})
    with as_house():
        return ImportDraft.objects.latest("made_at", "pk")


def csv(*rows: str, head: str = HEAD, encoding: str = "utf-8") -> bytes:
    return "\r\n".join([head, *rows]).encode(encoding)


def confirm(client: Client, draft: ImportDraft) -> Any:
    return client.post(place("plans:answer-upload-draft", draft=draft.code), {"decision": "confirm"}, follow=True)


def faults(draft: ImportDraft) -> list[tuple[str, str]]:
    return [(fault.cell, str(fault.sentence)) for fault in told(draft).faults]


def told(draft: ImportDraft) -> Told:
    return told_of(draft)


def kept() -> dict[str, Any]:
    with as_house():
        return dict(Figure.objects.order_by("pk").values_list("indicator__code", "numerator"))


def workbook(rows: list[list[Any]], **options: Any) -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        page = book.add_worksheet("Figures")
        for number, row in enumerate([HEAD.split(";"), *rows]):
            for column, value in enumerate(row):
                if isinstance(value, date):
                    page.write_datetime(number, column, value, book.add_format({"num_format": "yyyy-mm-dd"}))
                else:
                    page.write(number, column, value)
        if options.get("merged"):
            page.merge_range("A2:A3", "cases")
    return file.getvalue()


GOOD = ("trained;;40;50;;", "cases;;12;;;", "policy;;reached;;;")


def test_a_file_is_looked_at_first_and_taken_in_when_confirmed(officer: Client) -> None:
    draft = hand_in(officer, csv(*GOOD))
    assert faults(draft) == []
    assert kept() == {}
    page = officer.get(place("plans:answer-upload-draft", draft=draft.code)).content.decode()
    assert "New figures: 3." in page
    assert "trained Example indicator trained: 80.0\xa0% (40 of 50)" in page
    confirm(officer, draft)
    assert kept() == {"trained": 40, "cases": 12, "policy": 1}
    with as_house():
        assert set(Figure.objects.values_list("source", flat=True)) == {"file"}


def test_a_figure_corrected_since_the_dry_run_is_told_before_it_is_overwritten(officer: Client, world: World) -> None:
    first = record(world, cases(world, 5)).kept[(world.indicator["cases"].pk, 0)]
    draft = hand_in(officer, csv("cases;;12;;;"))
    assert [str(line) for line in told(draft).lines] == ["cases Example indicator cases: 5 persons becomes 12 persons"]
    record(world, cases(world, 77, expected=first, reason="Counted again"))
    page = confirm(officer, draft).content.decode()
    assert "Something has changed since you looked. Nothing was taken in." in page
    assert "cases Example indicator cases: 77 persons becomes 12 persons" in page
    assert kept() == {"cases": 77}
    assert "The file is taken in." in confirm(officer, draft).content.decode()
    assert kept() == {"cases": 12}


def test_a_file_is_taken_in_as_it_was_read_in_whatever_language_it_is_confirmed(officer: Client) -> None:
    with override("nb"):
        draft = hand_in(officer, csv("trained;;40;50;;", "policy;;reached;;;"))
    assert "Nothing was taken in" not in confirm(officer, draft).content.decode()
    assert kept() == {"trained": 40, "policy": 1}


def test_confirming_twice_takes_it_in_once(officer: Client) -> None:
    draft = hand_in(officer, csv(*GOOD))
    confirm(officer, draft)
    confirm(officer, draft)
    with as_house():
        assert Figure.objects.count() == 3


def test_pasted_cells_are_taken_in_too(officer: Client) -> None:
    officer.post(place(), {"pasted": "Indicator\tFigure\tOf how many\ntrained\t40\t50\n"})
    with as_house():
        draft = ImportDraft.objects.get()
    confirm(officer, draft)
    assert kept() == {"trained": 40}


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
@pytest.mark.parametrize("language", ["en", "da", "nb", "sv"])
def test_the_form_comes_filled_in_and_goes_back_unchanged(
    client: Client, world: World, ending: str, language: str
) -> None:
    record(world, trained(world, 40, 50))
    client.force_login(world.account["officer"])
    with override(language):
        form = client.get(place("plans:answer-upload-template", ending=ending))
    assert form.status_code == 200
    draft = hand_in(client, form.content, f"form.{ending}", numbers="point")
    assert faults(draft) == []
    assert [str(count) for count in told(draft).counts] == ["Figures that stand there already: 1."]


@pytest.mark.parametrize("language", ["en", "da", "nb", "sv"])
def test_the_form_as_text_writes_numbers_as_the_reader_does(client: Client, world: World, language: str) -> None:
    """Kept with six decimals: 3.000000 would be three million to a spreadsheet in Danish."""
    record(world, trained(world, Decimal("40.000000"), Decimal("50.000000")), cases(world, Decimal("3.000000")))
    client.force_login(world.account["officer"])
    with override(language):
        form = client.get(place("plans:answer-upload-template", ending="csv")).content
    assert [line.split(";")[6:8] for line in form.decode("utf-8-sig").splitlines() if ";3;" in line] == [["3", ""]]
    assert ";40;50;" in form.decode("utf-8-sig")
    draft = hand_in(client, form, "form.csv")
    assert [str(count) for count in told(draft).counts] == ["Figures that stand there already: 2."]


def test_a_code_that_is_in_no_plan_is_told_also_in_a_row_without_a_figure(officer: Client) -> None:
    draft = hand_in(officer, csv("cases;;12;;;", "I99;;;;;"))
    ((cell, sentence),) = faults(draft)
    assert cell == "A3"
    assert sentence.startswith("I99 is not asked for here.")


def test_what_is_wrong_with_pasted_cells_is_said_in_words_of_the_reader(officer: Client) -> None:
    def faults_of(pasted: str) -> list[str]:
        officer.post(place(), {"pasted": pasted})
        with as_house():
            return [sentence for _cell, sentence in faults(ImportDraft.objects.latest("made_at", "pk"))]

    (sentence,) = faults_of("cases\t12\n")
    assert sentence.startswith("No row of headings was found in “what was pasted”.")
    pasted = "Indicator\tFigure\ncases\t1.500\n"
    assert faults_of(pasted)[0].startswith("“1.500” can be read as 1500 or as 1.5. ")
    with override("da"):
        assert " 1,5. " in faults_of(pasted)[0]


def test_an_unreadable_cell_hides_no_other_fault_of_its_row_and_no_row_that_is_there_twice(officer: Client) -> None:
    rows = ("cases;;1.000;;;", "cases;;12;;;", "I99;;many;;;", "trained;girls;many;50;;", "policy;;2;;;", "CASES;;x;;;")
    told = faults(hand_in(officer, csv(*rows)))
    assert [(cell, said) for cell, said in told if cell == "A3"] == [
        ("A3", "Row 2 and row 3 are about the same: cases.")
    ]
    assert [cell for cell, _said in told] == ["C2", "A3", "A4", "C4", "B5", "C5", "C6", "A7", "C7"]


def test_all_that_is_wrong_with_a_row_is_told_also_where_it_cannot_be_entered_anyway(officer: Client) -> None:
    head = "Organisation;Indicator;Part;Figure;Of how many"
    told = faults(hand_in(officer, csv("kenya;cases;;-1;", ";trained;girls;60;50", head=head)))
    expected = [
        ("A2", "This row is about kenya"),
        ("D2", "A count cannot be below zero"),
        ("C3", "is no part of trained, which is not asked for in parts"),
        ("D3", "60 of 50 cannot be"),
    ]
    assert [cell for cell, _said in told] == [cell for cell, _words in expected]
    assert all(words in said for (_cell, said), (_where, words) in zip(told, expected, strict=True))


def test_a_file_with_a_fault_is_not_taken_in_at_all(officer: Client) -> None:
    draft = hand_in(officer, csv("trained;;51;50;;", "cases;;12;;;"))
    assert faults(draft) == [("C2", "51 of 50 cannot be: the part is larger than the whole.")]
    confirm(officer, draft)
    assert kept() == {}


@pytest.mark.parametrize(
    ("row", "cell", "words"),
    [
        ("nothing;;1;;;", "A2", "is not asked for here"),
        ("cases;girls;1;;;", "B2", "is no part of cases"),
        ("cases;;twelve;;;", "C2", "is not a number"),
        ("cases;;80 %;;;", "C2", "is a percentage"),
        ("cases;;1.000;;;", "C2", "can be read as"),
        ("cases;;-1;;;", "C2", "A count cannot be below zero"),
        ("trained;;40;;;", "D2", "A share needs two numbers"),
        ("cases;;12;50;;", "D2", "This is a plain number"),
        ("cases;;12;;refused by me;", "E2", "is not one of"),
        ("cases;;12;;not collected;", "E2", "Either give a number or say that there is none"),
        ("policy;;2;;;", "C2", "A milestone is reached"),
        (";;12;;;", "A2", "This cell must be filled in"),
    ],
)
def test_every_fault_is_named_by_row_and_column(officer: Client, row: str, cell: str, words: str) -> None:
    ((where, sentence),) = faults(hand_in(officer, csv(row)))
    assert where == cell
    assert words in sentence


def test_what_cannot_be_read_and_what_a_rule_refuses_is_told_in_one_look(officer: Client) -> None:
    draft = hand_in(officer, csv("cases;;many;;;", "trained;;60;50;;", "policy;;reached;;;"))
    assert [cell for cell, _sentence in faults(draft)] == ["C2", "C3"]
    assert kept() == {}


def test_the_same_cell_twice_is_one_too_many(officer: Client) -> None:
    ((cell, sentence),) = faults(hand_in(officer, csv("cases;;12;;;", "cases;;13;;;")))
    assert (cell, "Row 2 and row 3" in sentence) == ("A3", True)
    rows = ("tanzania;cases;12", ";cases;13")
    ((cell, sentence),) = faults(hand_in(officer, csv(*rows, head="Organisation;Indicator;Figure")))
    assert (cell, "the second row about cases" in sentence) == ("B3", True)


def test_a_file_without_a_figure_is_not_offered_to_be_taken_in(officer: Client) -> None:
    ((_cell, sentence),) = faults(hand_in(officer, csv("cases;;;;;", "trained;;;;;")))
    assert sentence == "There are no figures in the file."


def test_a_file_of_another_organisation_or_period_is_noticed(officer: Client) -> None:
    head = "Organisation;Period;Indicator;Figure"
    found = faults(hand_in(officer, csv("kenya;2022-H1;cases;1", "tanzania;2021-H2;cases;1", head=head)))
    assert [cell for cell, _sentence in found] == ["A2", "B3"]
    assert "This row is about kenya; this page is about Example Association Tanzania." in found[0][1]


def test_a_value_that_goes_backwards_needs_its_reason_in_the_file(officer: Client, world: World) -> None:
    record(world, trained(world, 40, 50))
    with time_machine.travel("2023-01-10T09:00:00+00:00", tick=False):
        officer.force_login(world.account["officer"])
        later = reverse("plans:answer-upload", args=["example-plan", "tanzania", "2022-H2"])
        officer.post(later, {"file": SimpleUploadedFile("f.csv", csv("trained;;30;50;;"))})
        with as_house():
            draft = ImportDraft.objects.get()
    ((cell, sentence),) = faults(draft)
    assert cell == "F2"
    assert sentence.replace("\N{NO-BREAK SPACE}", " ") == "The value goes backwards, from 80.0 % to 60.0 %. Say why."
    ledger = reverse("plans:answer", args=["example-plan", "tanzania", "2022-H2"])
    with time_machine.travel("2023-01-10T09:00:00+00:00", tick=False):
        assert "80.0\N{NO-BREAK SPACE}%" in officer.get(ledger).content.decode()


@pytest.mark.parametrize(
    ("language", "percent", "number"), [("en", "90.0 %", "1,200"), ("da", "90,0 %", "1.200"), ("sv", "90,0 %", "1 200")]
)
def test_a_value_is_said_in_one_way_in_files_and_on_pages(language: str, percent: str, number: str) -> None:
    with override(language):
        for text in (str(ValueSaid(Fraction(9, 10), Kind.RATIO)), value_text(Kind.RATIO, NumberPart(Decimal("0.9")))):
            assert text.replace("\N{NO-BREAK SPACE}", " ") == percent
        for text in (str(ValueSaid(Fraction(1200), Kind.COUNT)), value_text(Kind.COUNT, NumberPart(Decimal(1200)))):
            assert text.replace("\N{NO-BREAK SPACE}", " ") == number


def test_what_somebody_has_entered_since_the_form_was_made_is_not_overwritten(officer: Client, world: World) -> None:
    form = officer.get(place("plans:answer-upload-template", ending="csv")).content.decode("utf-8-sig")
    record(world, cases(world, 14))
    lines = form.replace("\r\n", "\n").split("\n")
    filled = "\n".join(line.replace(";;;;;;;0", ";;12;;;;;0", 1) if ";cases;" in line else line for line in lines)
    ((_cell, sentence),) = faults(hand_in(officer, filled.encode()))
    assert sentence == "Since this form was made, 14 persons was entered here. Look at it, and enter yours there."


def test_a_last_column_that_was_altered_is_told_as_that_and_not_as_somebody_else_s_doing(
    officer: Client, world: World
) -> None:
    record(world, cases(world, 14))
    head = f"{HEAD};Leave as it is"
    with as_house():
        other = Figure.objects.get().pk
    for row, mark in (("cases;;12;;;", "999999999"), ("policy;;1;;;", f"{other}")):
        ((cell, sentence),) = faults(hand_in(officer, csv(f"{row};{mark}", head=head)))
        assert (cell, sentence) == (
            f"{chr(65 + HEAD.count(';') + 1)}2",
            f"In the column “Leave as it is” stands {mark}, which the form has not written there. Take a new form, and"
            " enter your figure in that one.",
        )


def test_where_a_number_is_missing_in_a_file_the_words_are_named_that_may_stand_for_it(officer: Client) -> None:
    ((_cell, sentence),) = faults(hand_in(officer, csv("trained;;;50;;")))
    told, _colon, words = sentence.removesuffix(".").partition(": ")
    assert told == "There is no number here. Give one, or say in the column “Kind of answer” why there is none"
    assert words.split(", ") == ["not collected", "not applicable", "too few to be shown", "not given"]
    for word in words.split(", "):
        assert faults(hand_in(officer, csv(f"trained;;;;{word};"))) == []


def test_a_row_of_another_period_is_told_in_words(officer: Client) -> None:
    head = "Period;Indicator;Figure"
    ((_cell, sentence),) = faults(hand_in(officer, csv("2021-H2;cases;1", head=head)))
    assert sentence == "This row is about second half of 2021; this page is about first half of 2022."


def test_the_page_says_what_stands_in_the_form(officer: Client) -> None:
    page = officer.get(place()).content.decode()
    assert "The form, with what has been entered already" in page
    assert "An empty form" not in page


def test_without_the_mark_of_the_form_the_file_says_what_it_changes(officer: Client, world: World) -> None:
    record(world, cases(world, 14))
    draft = hand_in(officer, csv("cases;;12;;;"))
    assert [str(line) for line in told(draft).lines] == ["cases Example indicator cases: 14 persons becomes 12 persons"]


def test_a_locked_answer_takes_nothing_from_a_file(officer: Client, world: World) -> None:
    record_all(world)
    with acting(world, "officer") as by:
        submit_answer(plan=world.plan, organisation=world.org["tanzania"], period=H1, by=by, at=AT)
    ((_cell, sentence),) = faults(hand_in(officer, csv("cases;;99;;;")))
    assert "cannot be changed" in sentence


@pytest.mark.parametrize(
    ("numbers", "typed", "read"),
    [("comma", "1.234", 1234), ("point", "1,234", 1234), ("", "1 234", 1234), ("", "1'234", 1234)],
)
def test_numbers_are_read_as_the_person_says_they_are_written(
    officer: Client, numbers: str, typed: str, read: int
) -> None:
    confirm(officer, hand_in(officer, csv(f"cases;;{typed};;;"), numbers=numbers))
    assert kept() == {"cases": read}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_letters_are_read_in_the_usual_encodings(officer: Client, encoding: str) -> None:
    content = csv("policy;;nået;;;", encoding=encoding)
    confirm(officer, hand_in(officer, content))
    assert kept() == {"policy": 1}


def test_a_spreadsheet_is_read_with_its_numbers(officer: Client) -> None:
    confirm(officer, hand_in(officer, workbook([["trained", "", 40, 50], ["cases", None, 12.0]]), "f.xlsx"))
    assert kept() == {"trained": 40, "cases": 12}


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (workbook([["cases", "", "=6+6"]]), "f.xlsx", "computed by a formula"),
        (workbook([["x", "", 1], ["cases", "", 2]], merged=True), "f.xlsx", "cells are merged"),
        (workbook([["cases", "", date(2022, 1, 2)]]), "f.xlsx", "is not a number"),
        (b"%PDF-1.7", "f.xlsx", "cannot be read as a table"),
        (b"\x00\x01\x02\x03" * 50, "f.csv", "cannot be read"),
        (b"", "f.csv", "nothing in"),
        (b"Colour;Size\nred;1\n", "f.csv", "No row of headings was found"),
        (csv(*["cases;;1;;;"] * 100_000), "f.csv", "has more than 20,000 rows"),
    ],
    ids=[
        "a formula", "merged cells", "a date for a number", "a document", "no text", "an empty file", "other headings",
        "a hundred thousand rows",
    ],
)  # fmt: skip
def test_wrong_files_are_told_in_words_and_change_nothing(
    officer: Client, content: bytes, name: str, words: str
) -> None:
    draft = hand_in(officer, content, name)
    assert any(words in sentence for _cell, sentence in faults(draft)), faults(draft)
    assert kept() == {}


def test_parts_of_a_breakdown_come_by_their_names_in_any_language(officer: Client, world: World) -> None:
    with as_house():
        for code, danish in (("girls", "piger"), ("boys", "drenge")):
            DisaggregationKey.objects.create(dimension="sex", code=code, label={"en": code, "da": danish})
        IndicatorRevision.objects.create(
            indicator=world.indicator["cases"], number=2, title={"en": "Cases"}, kind="count", direction="up",
            roll_up="sum", time_rule="sum", asked_of_associations=True, dimensions=["sex"],
            in_force_on=H1.start, reason="By sex", at=AT,
        )  # fmt: skip
    confirm(officer, hand_in(officer, csv("cases;;20;;;", "cases;piger;12;;;", "cases;boys;8;;;")))
    with as_house():
        assert set(Figure.objects.values_list("key__code", "numerator")) == {("total", 20), ("girls", 12), ("boys", 8)}
    draft = hand_in(officer, csv("cases;girls;15;;;"))
    assert "more than the total of 20" in faults(draft)[0][1]


def of_the_form(client: Client, *, without: int = 0) -> bytes:
    """The form as the house gives it, without its last columns."""
    text = client.get(place("plans:answer-upload-template", ending="csv")).content.decode("utf-8-sig")
    mark = ";" if ";" in text.split("\n")[0] else ","
    rows = [line.split(mark) for line in text.strip().splitlines()]
    filled = [[*row[:6], "12", *row[7:]] if row[2] == "cases" and not row[4] else row for row in rows]
    return "\r\n".join(mark.join(row[: len(row) - without]) for row in filled).encode()


@pytest.mark.parametrize(
    ("without", "warned"),
    [
        (0, []),
        (1, ["The column “Leave as it is” is not in the file."]),
        (2, ["The column “Reason” is not in the file: a figure that stays", "The column “Leave as it is” is not in"]),
    ],
)
def test_a_column_that_was_deleted_is_told(officer: Client, without: int, warned: list[str]) -> None:
    draft = hand_in(officer, of_the_form(officer, without=without))
    assert faults(draft) == []
    said = [str(warning.sentence) for warning in told(draft).warnings]
    assert len(said) == len(warned)
    assert all(sentence.startswith(start) for sentence, start in zip(said, warned, strict=True))
    page = officer.get(place("plans:answer-upload-draft", draft=draft.code)).content.decode()
    assert all(start in page for start in warned)
    confirm(officer, draft)
    assert kept() == {"cases": 12}
