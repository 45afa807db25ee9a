"""Files as people send them, made here byte by byte."""

import io
import zipfile
from datetime import date
from decimal import Decimal

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from omsorg.kernel.refusals import Refusal
from omsorg.kernel.sheets import (
    Column,
    ColumnsMissing,
    ColumnTwice,
    EmptySheet,
    EncodingUnreadable,
    FarCell,
    FileTooLarge,
    Habits,
    HeadingsNotFound,
    Limits,
    MergedCells,
    NewSheet,
    NotASheet,
    QuotesBroken,
    SheetNotThere,
    TooManyColumns,
    TooManyRows,
    columns,
    read_pasted,
    read_rows,
    read_table,
    write_csv,
    write_xlsx,
)
from omsorg.kernel.sheets.table import letter, number_of

ORGANISATION = Column(
    "organisation",
    {"en": "Organisation", "da": "Organisation", "nb": "Organisasjon", "sv": "Organisation"},
    aliases=["Member association"],
)
INDICATOR = Column("indicator", {"en": "Indicator", "da": "Indikator", "nb": "Indikator", "sv": "Indikator"})
VALUE = Column("value", {"en": "Value", "da": "Værdi", "nb": "Verdi", "sv": "Värde"}, columns.number(), required=False)
DAY = Column("day", {"en": "Day", "da": "Dag", "nb": "Dag", "sv": "Dag"}, columns.day(), required=False)
COLUMNS = [ORGANISATION, INDICATOR, VALUE, DAY]


def workbook(fill, **options) -> bytes:
    """A spreadsheet on whose first sheet `fill(page, book)` has worked."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, **options}) as book:
        fill(book.add_worksheet("Figures"), book)
    return file.getvalue()


def packed(**members: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return file.getvalue()


def figures(*rows, headings=("Organisation", "Indicator", "Value", "Day")):
    def fill(page, book):
        for number, row in enumerate([headings, *rows]):
            page.write_row(number, 0, row)

    return workbook(fill)


def faults(read):
    return [(error.cell, error.kind) for error in read.errors]


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


def packed_again(content: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """The same package with something replaced in one part."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            text = before.read(name)
            if name == part:
                assert old in text
                text = text.replace(old, new)
            after.writestr(name, text)
    return file.getvalue()


def test_a_share_shown_as_a_percentage_is_refused_and_not_read_as_less_than_one():
    def fill(page, book):
        page.write_row(0, 0, ["Organisation", "Indicator", "Value"])
        page.write_row(1, 0, ["Kenya", "CP-1"])
        page.write_number(1, 2, 0.714, book.add_format({"num_format": "0.0%"}))

    read = read_rows(read_table(workbook(fill), "f.xlsx").only(), COLUMNS)
    assert faults(read) == [("C2", "PercentSign")]
    assert "71.4 %" in str(read.errors[0].sentence)


def test_merged_cells_are_refused_with_their_place():
    def fill(page, book):
        page.merge_range("A3:B4", "together")
        page.write_row(0, 0, ["Organisation", "Indicator"])

    with pytest.raises(MergedCells, match="A3:B4"):
        read_rows(read_table(workbook(fill), "f.xlsx").only(), COLUMNS)


def test_a_code_that_became_a_date_is_told_and_a_number_as_text_is_kept():
    def fill(page, book):
        page.write_row(0, 0, ["Organisation", "Indicator"])
        page.write_row(1, 0, ["Kenya", 12])
        page.write_datetime(2, 1, date(2024, 2, 1), book.add_format({"num_format": "d-mmm"}))
        page.write_string(2, 0, "Malta")

    read = read_rows(read_table(workbook(fill), "f.xlsx").only(), COLUMNS)
    assert read.rows[0].values["indicator"] == "12"
    assert faults(read) == [("B3", "TurnedIntoDate")]


@pytest.mark.parametrize(
    ("encoding", "named"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8"),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16"),
        ("utf-16-be", "UTF-16"),
        ("cp1252", "Windows-1252"),
        ("latin-1", "Windows-1252"),
    ],
)
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_letters_and_separators_are_found_and_told(encoding, named, separator):
    lines = [["Organisation", "Indicator"], ["Färöarna", "Børn på flugt"], ["Åland", "Æ"]]
    content = "\r\n".join(separator.join(line) for line in lines).encode(encoding)
    table = read_table(content, "f.csv")
    assert (table.encoding, table.separator) == (named, separator)
    assert table.only().rows == lines


def test_decimal_commas_do_not_part_the_columns():
    table = read_table(b"Organisation;Indicator;Value\nKenya;CP-1;1,5\nMalta;CP-1;2,5\n", "f.csv")
    assert table.separator == ";"


def test_a_separator_that_the_file_declares_is_believed():
    table = read_table(b"sep=|\nOrganisation|Indicator\nKenya|x\n", "f.csv")
    assert table.separator == "|"
    assert read_rows(table.only(), COLUMNS).rows[0].number == 3


def test_mixed_letters_are_refused_with_the_row():
    content = "Organisation;Indicator\nFärö;a\n".encode() + "Åland;b\n".encode("cp1252")
    with pytest.raises(EncodingUnreadable, match="row 3"):
        read_table(content, "f.csv")


def test_a_broken_quotation_is_refused_with_the_row():
    with pytest.raises(QuotesBroken, match="row 2"):
        read_table(b'Organisation;Indicator\n"Kenya;CP-1\n', "f.csv")


def test_a_line_break_within_a_cell_is_one_row():
    table = read_table(b'Organisation;Indicator;Value\n"Ken\nya";CP-1;1\nMalta;CP-1;x\n', "f.csv")
    assert faults(read_rows(table.only(), COLUMNS)) == [("C3", "NotANumber")]


def test_what_is_pasted_from_a_spreadsheet():
    table = read_pasted("Organisation\tIndicator\tValue\r\nKenya\tCP-1\t1 234,5\r\n")
    assert table.separator == "\t"
    assert read_rows(table.only(), COLUMNS).rows[0].values["value"] == Decimal("1234.5")
    with pytest.raises(EmptySheet):
        read_pasted(" \n")


SHEET = write_xlsx([NewSheet("Figures", ["Organisation", "Indicator"], [["Kenya", "CP-1"]])])
LOCKED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param(b"%PDF-1.7 and so on", "a PDF document", id="a pdf"),
        pytest.param(b"\x89PNG\r\n\x1a\n" + bytes(50), "a picture", id="a picture"),
        pytest.param(b"<html><table><tr><td>1</td></tr></table>", "a web page", id="a web page named xls"),
        pytest.param(packed(word__document_xml=b"<w/>"), "a text document", id="a letter"),
        pytest.param(packed(mimetype=b"application/vnd.oasis"), "OpenDocument", id="an ods"),
        pytest.param(packed(readme=b"hello"), "a packed archive", id="a zip of something"),
        pytest.param(LOCKED, "locked with a password", id="a locked spreadsheet"),
        pytest.param(LOCKED[:300], "old format", id="an xls"),
        pytest.param(SHEET[: len(SHEET) // 2], "damaged", id="cut short"),
        pytest.param(SHEET[:4] + bytes(len(SHEET) - 4), "damaged", id="noughts"),
        pytest.param(packed(xl__workbook_xml=b"<workbook"), "damaged", id="an empty shell"),
        pytest.param(bytes(range(256)) * 4, "not text", id="noise"),
        pytest.param(packed(xl__workbook_xml=bytes(130_000_000)), "swell", id="a file that swells"),
    ],
)
def test_what_is_no_table_says_what_it_is(content, said):
    with pytest.raises(NotASheet, match=said):
        read_table(content, "figures.xlsx")


def test_entities_are_never_resolved():
    hostile = packed_again(
        SHEET,
        "xl/workbook.xml",
        b"<workbook ",
        b'<!DOCTYPE x [<!ENTITY a "aaaa">]><workbook ',
    )
    with pytest.raises(NotASheet, match="damaged"):
        read_table(hostile, "f.xlsx")


@pytest.mark.parametrize("content", [b"", b"  \n\n", b"\xef\xbb\xbf", write_csv([], []), b";;;\n;;\n"])
def test_an_empty_file_is_said_to_be_empty(content):
    with pytest.raises(EmptySheet):
        read_table(content, "f.csv")


def test_an_empty_workbook_is_said_to_be_empty():
    with pytest.raises(EmptySheet):
        read_table(workbook(lambda page, book: None), "f.xlsx").only()


def test_a_file_too_large_is_refused_before_it_is_looked_into():
    with pytest.raises(FileTooLarge, match=r"1\.5 MB, and at most 1 MB"):
        read_table(b"x" * 1_500_000, "f.csv", limits=Limits(size=1_000_000))


@pytest.mark.parametrize("name", ["f.xlsx", "f.csv"])
def test_too_many_rows_are_a_sentence(name):
    headings, rows = ["Organisation", "Indicator"], [["Kenya", "CP-1"]] * 120
    content = write_csv(headings, rows) if name == "f.csv" else write_xlsx([NewSheet("F", headings, rows)])
    with pytest.raises(TooManyRows, match="more than 100 rows"):
        read_table(content, name, limits=Limits(rows=100))
    assert len(read_table(content, name, limits=Limits(rows=121)).only().rows) == 121


def test_formatted_but_empty_rows_are_not_counted():
    def fill(page, book):
        page.write_row(0, 0, ["Organisation", "Indicator"])
        grey = book.add_format({"bg_color": "#eeeeee"})
        for row in range(1, 300):
            page.write_blank(row, 0, None, grey)

    assert len(read_table(workbook(fill), "f.xlsx", limits=Limits(rows=100)).only().rows) >= 1


def test_one_cell_far_away_does_not_fill_the_memory():
    def far_down(page, book):
        page.write(1_048_575, 0, "stray")

    def far_right(page, book):
        page.write(0, 16_383, "stray")

    with pytest.raises(FarCell, match="A1048576"):
        read_table(workbook(far_down), "f.xlsx")
    with pytest.raises(TooManyColumns):
        read_table(workbook(far_right), "f.xlsx")
    with pytest.raises(TooManyColumns):
        read_table(b";".join([b"a"] * 300), "f.csv")


def test_sheets_are_found_by_name_in_any_language():
    content = write_xlsx([NewSheet("Vejledning", ["Read me"]), NewSheet("Handlinger", ["a", "b"], [["1", "2"]])])
    table = read_table(content, "plan.xlsx")
    assert table.named("Actions", "handlinger").name == "Handlinger"
    with pytest.raises(SheetNotThere, match="Vejledning, Handlinger"):
        table.named("Budgets")


def test_hidden_sheets_are_not_read():
    def fill(page, book):
        page.write(0, 0, "seen")
        hidden = book.add_worksheet("Hidden")
        hidden.write(0, 0, "not seen")
        hidden.hide()

    assert list(read_table(workbook(fill), "f.xlsx").sheets) == ["Figures"]


def test_a_long_list_of_choices_does_not_show_as_a_sheet():
    names = [f"Organisation number {number}" for number in range(100)]
    content = write_xlsx([NewSheet("F", ["a", "b"], choices={0: names, 1: ["yes", "no"]}, notes={0: "Which one"})])
    assert list(read_table(content, "f.xlsx").sheets) == ["F"]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        page = archive.read("xl/worksheets/sheet1.xml")
    assert b"yes,no" in page
    assert b"$A$1:$A$100" in page
    assert b'state="frozen"' in page


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx", "'=1", "''-", "'plain", "=HYPERLINK(1)"])
def test_what_begins_like_a_formula_stays_text(text):
    content = write_csv(["a", "b"], [["x", text]])
    line = content.decode("utf-8-sig").splitlines()[1]
    assert not line.split(";", 1)[1].strip('"').startswith(("=", "+", "-", "@", "\t"))
    assert read_table(content, "f.csv").only().rows[1] == ["x", text]
    sheet = read_table(write_xlsx([NewSheet("F", ["a"], [[text]])]), "f.xlsx").only()
    assert sheet.rows[1] == [text]
    assert not sheet.formulas


def test_numbers_are_written_as_numbers():
    content = write_csv(["a", "b"], [[Decimal("-1234.50"), date(2024, 3, 31)], [None, 7]], decimal_comma=True)
    assert content.decode("utf-8-sig") == "a;b\r\n-1234,50;2024-03-31\r\n;7\r\n"
    sheet = read_table(write_xlsx([NewSheet("F", ["a"], [[Decimal("12345678901234567.5")]])]), "f.xlsx").only()
    assert sheet.rows[1] == ["12345678901234567.5"], "more figures than a spreadsheet keeps"


def test_only_exact_values_are_written():
    for value in (0.5, True):
        with pytest.raises(TypeError):
            write_csv(["a"], [[value]])
    with pytest.raises(ValueError, match="32767"):
        write_xlsx([NewSheet("F", ["a"], [["x" * 40_000]])])


def test_the_same_table_gives_the_same_file():
    assert write_xlsx([NewSheet("Figures", ["Organisation", "Indicator"], [["Kenya", "CP-1"]])]) == SHEET


@pytest.mark.parametrize(("column", "letters"), [(1, "A"), (26, "Z"), (27, "AA"), (702, "ZZ"), (703, "AAA")])
def test_columns_have_letters(column, letters):
    assert letter(column) == letters
    assert number_of(letters) == column


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
    pytest.param(columns.choice({"up": ["Up", "Op"]}), " OP ", "up", id="a choice in Danish"),
    pytest.param(columns.choice({"up": ["Up", "Op"]}), "up", "up", id="a choice by its code"),
    pytest.param(columns.choice({"up": ["Up", "Op"]}), "ned", "NotAmongChoices", id="no such choice"),
]


@pytest.mark.parametrize(("reader", "cell", "outcome"), READERS)
def test_a_cell_is_read_or_refused_by_name(reader, cell, outcome):
    try:
        assert reader(cell, Habits()) == outcome
    except Refusal as refusal:
        assert type(refusal).__name__ == outcome  # noqa: PT017 - either outcome is in the table


TEXTS = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), min_size=1, max_size=12
).filter(lambda text: text == text.strip())
VALUES = st.decimals(-(10**9), 10**9, allow_nan=False, places=3)
DAYS = st.dates(date(1950, 1, 1), date(2100, 1, 1))
ROWS = st.lists(st.tuples(TEXTS, TEXTS, VALUES | st.none(), DAYS | st.none()), max_size=6)


@settings(max_examples=40, deadline=None)
@given(ROWS)
def test_what_is_written_is_read_again(rows):
    headings = ["Organisation", "Indicator", "Value", "Day"]
    wanted = [dict(zip(["organisation", "indicator", "value", "day"], row, strict=True)) for row in rows]
    for content in (
        write_xlsx([NewSheet("F", headings, rows)]),
        write_csv(headings, rows),
        write_csv(headings, rows, separator="\t", mark=False),
    ):
        read = read_rows(read_table(content, "f").only(), COLUMNS, habits=Habits(decimal_comma=False))
        assert read.errors == []
        assert [row.values for row in read.rows] == wanted


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=200) | st.binary(max_size=60).map(lambda tail: SHEET[:500] + tail))
def test_any_bytes_are_a_table_or_a_named_refusal(content):
    try:
        assert read_table(content, "f").sheets
    except Refusal as refusal:
        assert str(refusal)  # noqa: PT017 - both outcomes are good


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000), st.integers(0, 255))
def test_one_wrong_byte_in_a_workbook_is_borne(place, byte):
    content = bytearray(SHEET)
    content[place % len(content)] = byte
    try:
        read_table(bytes(content), "f.xlsx")
    except Refusal as refusal:
        assert str(refusal)  # noqa: PT017 - both outcomes are good
