from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from omsorg.kernel.refusals import Refusal
from omsorg.kernel.sheets import (
    ColumnsMissing,
    ColumnTwice,
    Habits,
    HeadingsNotFound,
    MergedCells,
    NewSheet,
    Option,
    columns,
    read_rows,
    read_table,
    write_xlsx,
)
from omsorg.kernel.sheets.table import letter, number_of

from .made_files import COLUMNS, faults, packed_again, workbook


def figures(*rows, headings=("Organisation", "Indicator", "Value", "Day")):
    def fill(page, book):
        for number, row in enumerate([headings, *rows]):
            page.write_row(number, 0, row)

    return workbook(fill)


def test_a_spreadsheet_is_read_by_its_headings():
    content = write_xlsx(
        [
            NewSheet(
                "Figures",
                ["Day", "Organisation", "Indicator", "Value"],
                [[date(2024, 3, 31), "Kenya", "CP-1", Decimal("12.5")]],
            )
        ]
    )
    row = read_rows(read_table(content, "figures.xlsx").only(), COLUMNS).rows[0]
    assert row.number == 2
    assert row.values == {
        "organisation": "Kenya",
        "indicator": "CP-1",
        "value": Decimal("12.5"),
        "day": date(2024, 3, 31),
    }
    assert row.published["value"] == "12.5"


@pytest.mark.parametrize(
    "headings",
    [
        "Organisation;Indicator;Value",
        "organisation ; INDICATOR*; value:",
        "Organisasjon;Indikator;Verdi",
        "Organisation;Indikator;Värde",
        "Member association;Indikator;Værdi",
    ],
)
def test_headings_in_four_languages_and_many_hands(headings):
    table = read_table(f"{headings}\nKenya;CP-1;3\n".encode(), "f.csv")
    assert read_rows(table.only(), COLUMNS).rows[0].values["value"] == 3


def test_headings_may_stand_below_a_title():
    table = read_table(b"Report of March;;\n;;\nOrganisation;Indicator;Value\nKenya;CP-1;3\n", "f.csv")
    read = read_rows(table.only(), COLUMNS)
    assert [row.number for row in read.rows] == [4]


def test_blank_rows_are_passed_over_and_the_numbers_are_those_of_the_spreadsheet():
    read = read_rows(read_table(b"Organisation;Indicator;Value\n\n ;;\nKenya;CP-1;x\n", "f.csv").only(), COLUMNS)
    assert faults(read) == [("C4", "NotANumber")]
    read = read_rows(read_table(figures((), ("Kenya", "CP-1", "x")), "f.xlsx").only(), COLUMNS)
    assert faults(read) == [("C3", "NotANumber")]


def test_every_faulty_cell_is_named_and_the_good_rows_stay():
    table = read_table(
        b"Organisation;Indicator;Value;Day\nKenya;CP-1;1.000;04/05/2024\n;CP-2;71 %;2024-02-30\nMalta;CP-3;4;\n",
        "f.csv",
    )
    read = read_rows(table.only(), COLUMNS)
    assert faults(read) == [
        ("C2", "AmbiguousNumber"),
        ("D2", "AmbiguousDate"),
        ("A3", "CellEmpty"),
        ("C3", "PercentSign"),
        ("D3", "NoSuchDay"),
    ]
    assert [row.values["organisation"] for row in read.rows] == ["Malta"]
    first = read.errors[0]
    assert (first.heading, first.value, first.row) == ("Value", "1.000", 2)
    assert "1.000" in str(first.sentence)


def test_declared_habits_settle_what_is_ambiguous():
    table = read_table(b"Organisation;Indicator;Value;Day\nKenya;CP-1;1.000,5;04/05/2024\n", "f.csv")
    row = read_rows(table.only(), COLUMNS, habits=Habits(decimal_comma=True, day_first=True)).rows[0]
    assert row.values["value"] == Decimal("1000.5")
    assert row.values["day"] == date(2024, 5, 4)
    assert row.published["value"] == "1.000,5"


def test_two_rows_about_the_same_are_found_with_both_numbers():
    table = read_table(b"Organisation;Indicator;Value\nKenya;CP-1;1\nMalta;CP-1;1\nKenya ;CP-1;2\n", "f.csv")
    read = read_rows(table.only(), COLUMNS, key=("organisation", "indicator"))
    assert faults(read) == [("A4", "RowTwice")]
    assert str(read.errors[0].sentence) == "Row 2 and row 4 are about the same: Kenya, CP-1."


def test_what_two_rows_agree_in_by_leaving_it_empty_is_not_named():
    table = read_table(b"Organisation;Indicator;Value\nKenya;;1\nKenya;;2\n", "f.csv")
    columns = [replace(column, required=False) if column.name == "indicator" else column for column in COLUMNS]
    read = read_rows(table.only(), columns, key=("organisation", "indicator"))
    assert str(read.errors[0].sentence) == "Row 2 and row 3 are about the same: Kenya."


def test_unknown_headings_are_named_and_missing_ones_refused():
    table = read_table(b"Organisation;Indicator;Mood\nKenya;CP-1;fine\n", "f.csv")
    assert read_rows(table.only(), COLUMNS).unknown == ("Mood",)
    table = read_table(b"Organisation;Value\nKenya;1\n", "f.csv")
    with pytest.raises(ColumnsMissing, match="Indicator"):
        read_rows(table.only(), COLUMNS)


def test_a_heading_that_stands_twice_is_refused_with_both_places():
    table = read_table(b"Organisation;Indicator;Value;Verdi\nKenya;CP-1;1;2\n", "f.csv")
    with pytest.raises(ColumnTwice, match="C1 and in D1"):
        read_rows(table.only(), COLUMNS)


def test_a_table_without_known_headings_says_what_was_expected():
    with pytest.raises(HeadingsNotFound, match="Organisation, Indicator"):
        read_rows(read_table(b"a;b\n1;2\n", "f.csv").only(), COLUMNS)


def test_a_value_under_no_heading_is_a_fault():
    table = read_table(b"Organisation;Indicator;Value\nKenya;CP-1;1;stray\n", "f.csv")
    assert faults(read_rows(table.only(), COLUMNS)) == [("D2", "ValueWithoutHeading")]


def test_faults_beyond_measure_are_counted():
    body = "Organisation;Indicator;Value\n" + "Kenya;CP-1;x\n" * 600
    read = read_rows(read_table(body.encode(), "f.csv").only(), COLUMNS)
    assert (len(read.errors), read.more_errors) == (500, 100)


def test_a_formula_is_refused_with_its_place_even_where_a_result_is_kept():
    def fill(page, book):
        page.write_row(0, 0, ["Organisation", "Indicator", "Value"])
        page.write_row(1, 0, ["Kenya", "CP-1"])
        page.write_formula(1, 2, "=1+1", None, 2)

    assert faults(read_rows(read_table(workbook(fill), "f.xlsx").only(), COLUMNS)) == [("C2", "FormulaCell")]


def test_a_cell_that_shows_an_error_is_not_taken_as_empty():
    def fill(page, book):
        page.write_row(0, 0, ["Organisation", "Indicator", "Value"])
        page.write_row(1, 0, ["Kenya", "CP-1"])
        page.write_formula(1, 2, "=1/0", None, "#DIV/0!")

    content = workbook(fill)
    without = packed_again(content, "xl/worksheets/sheet1.xml", b"<f>1/0</f>", b"")
    assert faults(read_rows(read_table(without, "f.xlsx").only(), COLUMNS)) == [("C2", "CellShowsError")]


def test_a_share_shown_as_a_percentage_is_refused_and_not_read_as_less_than_one():
    def fill(page, book):
        page.write_row(0, 0, ["Organisation", "Indicator", "Value"])
        page.write_row(1, 0, ["Kenya", "CP-1"])
        page.write_number(1, 2, 0.714, book.add_format({"num_format": "0.0%"}))

    read = read_rows(read_table(workbook(fill), "f.xlsx").only(), COLUMNS)
    assert faults(read) == [("C2", "PercentSign")]
    assert "71.4 %" in str(read.errors[0].sentence)


def test_merged_cells_are_refused_with_their_place_and_hide_no_other_fault():
    def fill(page, book):
        page.write_row(0, 0, ["Organisation", "Indicator", "Value"])
        page.write_row(1, 0, ["Malta", "CP-1", "many"])
        page.merge_range("A3:B4", "together")
        page.write_row(4, 0, ["Kenya", "CP-1", 1])
        page.write_row(5, 0, ["Malta", "CP-1", "1.234"])

    read = read_rows(read_table(workbook(fill), "f.xlsx").only(), COLUMNS, key=("organisation", "indicator"))
    assert faults(read) == [
        ("C2", "NotANumber"),
        ("A3", "MergedCells"),
        ("A6", "RowTwice"),
        ("C6", "AmbiguousNumber"),
    ]
    assert "A3:B4" in str(read.errors[1].sentence)
    assert [row.number for row in read.rows] == [5]


def test_merged_headings_and_very_many_merged_cells_are_refused_whole():
    def headings(page, book):
        page.merge_range("A1:B1", "Organisation")
        page.write_row(1, 0, ["Malta", "CP-1"])

    def many(page, book):
        page.write_row(0, 0, ["Organisation", "Indicator"])
        for row in range(1, 60):
            page.merge_range(row, 0, row, 1, "together")

    for fill in (headings, many):
        with pytest.raises(MergedCells):
            read_rows(read_table(workbook(fill), "f.xlsx").only(), COLUMNS)


def test_a_fault_names_the_column_as_the_file_does():
    read = read_rows(read_table(b"Organisasjon;Indikator;Verdi\nKenya;CP-1;mange\n", "f.csv").only(), COLUMNS)
    assert [error.heading for error in read.errors] == ["Verdi"]


def test_a_code_that_became_a_date_is_told_and_a_number_as_text_is_kept():
    def fill(page, book):
        page.write_row(0, 0, ["Organisation", "Indicator"])
        page.write_row(1, 0, ["Kenya", 12])
        page.write_datetime(2, 1, date(2024, 2, 1), book.add_format({"num_format": "d-mmm"}))
        page.write_string(2, 0, "Malta")

    read = read_rows(read_table(workbook(fill), "f.xlsx").only(), COLUMNS)
    assert read.rows[0].values["indicator"] == "12"
    assert faults(read) == [("B3", "TurnedIntoDate")]


def test_a_line_break_within_a_cell_is_one_row():
    table = read_table(b'Organisation;Indicator;Value\n"Ken\nya";CP-1;1\nMalta;CP-1;x\n', "f.csv")
    assert faults(read_rows(table.only(), COLUMNS)) == [("C3", "NotANumber")]


@pytest.mark.parametrize(("column", "letters"), [(1, "A"), (26, "Z"), (27, "AA"), (702, "ZZ"), (703, "AAA")])
def test_columns_have_letters(column, letters):
    assert letter(column) == letters
    assert number_of(letters) == column


WAYS = {"up": Option({"en": "Up", "da": "Op"})}
READERS = [
    pytest.param(columns.whole_number(least=0), 12.0, 12, id="a whole number"),
    pytest.param(columns.whole_number(), "1,5", "NotWhole", id="not whole"),
    pytest.param(columns.whole_number(least=0), "-1", "TooSmall", id="below the least"),
    pytest.param(columns.number(), True, "NotANumber", id="a tick is no number"),
    pytest.param(columns.number(), date(2024, 1, 1), "NotANumber", id="a day is no number"),
    pytest.param(columns.day(), 45382.0, "NotADate", id="a number is no day"),
    pytest.param(columns.text(most=3), "four", "TooLong", id="too long"),
    pytest.param(columns.text(), True, "NotText", id="a tick is no text"),
    pytest.param(columns.text(), 12345678901234567890.0, "DigitsLost", id="a long code kept as a number"),
    pytest.param(columns.number(), 1e15, "DigitsLost", id="a number longer than is kept"),
    pytest.param(columns.text(), 1.5, "1.5", id="a number as text"),
    pytest.param(columns.choice(WAYS), " OP ", "up", id="a choice in Danish"),
    pytest.param(columns.choice(WAYS), "up", "up", id="a choice by its code"),
    pytest.param(columns.choice(WAYS), "ned", "NotAmongChoices", id="no such choice"),
]


@pytest.mark.parametrize(("reader", "cell", "outcome"), READERS)
def test_a_cell_is_read_or_refused_by_name(reader, cell, outcome):
    try:
        assert reader(cell, Habits()) == outcome
    except Refusal as refusal:
        assert type(refusal).__name__ == outcome  # noqa: PT017 - either outcome is in the table
