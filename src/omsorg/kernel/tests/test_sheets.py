from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from omsorg.kernel.refusals import Refusal
from omsorg.kernel.sheets import (
    EmptySheet,
    EncodingUnreadable,
    FarCell,
    FileTooLarge,
    Limits,
    NewSheet,
    NotASheet,
    QuotesBroken,
    SheetNotThere,
    TooManyColumns,
    TooManyRows,
    read_pasted,
    read_rows,
    read_table,
    write_csv,
    write_xlsx,
)

from .made_files import COLUMNS, SHEET, packed, packed_again, packed_with, workbook


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


def test_what_is_pasted_from_a_spreadsheet():
    table = read_pasted("Organisation\tIndicator\tValue\r\nKenya\tCP-1\t1 234,5\r\n")
    assert table.separator == "\t"
    assert read_rows(table.only(), COLUMNS).rows[0].values["value"] == Decimal("1234.5")
    with pytest.raises(EmptySheet):
        read_pasted(" \n")


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


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("/xl/worksheets/sheet1.xml", id="the same part from the root"),
        pytest.param("xl/Worksheets/Sheet1.xml", id="the same part in other letters"),
        pytest.param("xl\\worksheets\\sheet2.xml", id="a part with another stroke"),
        pytest.param("xl/worksheets/../worksheets/sheet2.xml", id="a part on a detour"),
    ],
)
def test_a_part_that_two_readers_read_differently_is_damage(name):
    with pytest.raises(NotASheet, match="damaged"):
        read_table(packed_with(SHEET, name, b"<worksheet/>"), "f.xlsx")


def test_two_sheets_of_one_name_are_damage():
    twice = packed_again(
        SHEET, "xl/workbook.xml", b"</sheets>", b'<sheet name="Figures" sheetId="2" r:id="rId1"/></sheets>'
    )
    with pytest.raises(NotASheet, match="damaged"):
        read_table(twice, "f.xlsx")


@pytest.mark.parametrize(
    ("part", "before", "many"),
    [
        pytest.param("xl/styles.xml", b"<cellXfs", b"<xf/>", id="styles without end"),
        pytest.param("xl/worksheets/sheet1.xml", b"<sheetData>", b"<row/>", id="rows without cells"),
        pytest.param("xl/worksheets/sheet1.xml", b"</worksheet>", b'<mergeCell ref="A1:B2"/>', id="merged cells"),
    ],
)
def test_a_part_made_of_very_many_elements_is_refused(part, before, many):
    swollen = packed_again(SHEET, part, before, many * 2_000 + before)
    assert read_table(swollen, "f.xlsx").only().rows
    with pytest.raises(NotASheet, match="swell"):
        read_table(swollen, "f.xlsx", limits=Limits(elements=1_000, elements_beside=1_000, merged=1_000))


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


@pytest.mark.parametrize(
    "far",
    [
        b"<c x='" + b"y" * 500 + b"' r='XFD1048576'><v>1</v></c>",
        b'<c r = "&#88;FD1048576"><v>1</v></c>',
        b'<x:c xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main" r="A1048576"><x:v>1</x:v></x:c>',
    ],
)
def test_a_far_cell_is_found_however_it_is_written(far):
    hostile = packed_again(SHEET, "xl/worksheets/sheet1.xml", b"</row></sheetData>", far + b"</row></sheetData>")
    with pytest.raises((FarCell, TooManyColumns)):
        read_table(hostile, "f.xlsx")


def test_a_cell_in_no_possible_place_is_damage():
    hostile = packed_again(SHEET, "xl/worksheets/sheet1.xml", b'r="A2"', b'r="A99999999"')
    with pytest.raises(NotASheet, match="damaged"):
        read_table(hostile, "f.xlsx")


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
