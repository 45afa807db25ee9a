import io
import zipfile
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from omsorg.kernel.numbers import read_number
from omsorg.kernel.sheets import Habits, NewSheet, read_rows, read_table, write_csv, write_csv_in, write_xlsx

from .made_files import COLUMNS, SHEET


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
    assert content.decode("utf-8-sig") == "a;b\r\n-1234,5;2024-03-31\r\n;7\r\n"
    sheet = read_table(write_xlsx([NewSheet("F", ["a"], [[Decimal("12345678901234567.5")]])]), "f.xlsx").only()
    assert sheet.rows[1] == ["12345678901234567.5"], "more figures than a spreadsheet keeps"


@pytest.mark.parametrize(
    ("language", "file"),
    [("en", "a,b\r\n1.5,x\r\n"), *((each, "a;b\r\n1,5;x\r\n") for each in ("da", "nb", "sv"))],
)
def test_a_file_falls_into_columns_where_it_is_opened(language, file):
    assert write_csv_in(language, ["a", "b"], [[Decimal("1.5"), "x"]]).decode("utf-8-sig") == file


@pytest.mark.parametrize(
    ("number", "point", "comma"),
    [("3.000000", "3", "3"), ("1234.500000", "1234.5", "1234,5"), ("1.125", "1.1250", "1,1250"), ("500", "500", "500")],
)
def test_a_number_in_a_text_file_has_no_noughts_at_its_end_and_no_program_takes_its_mark_for_thousands(
    number, point, comma
):
    """1.125 is 1125 to a spreadsheet that writes decimals with a comma; ours asks back, and 1.1250 is read at once."""
    for decimal_comma, written in ((False, point), (True, comma)):
        content = write_csv(["a", "b"], [["x", Decimal(number)]], decimal_comma=decimal_comma)
        assert content.decode("utf-8-sig").splitlines()[1] == f"x;{written}"
        assert read_number(written) == Decimal(number)


def test_only_exact_values_are_written():
    for value in (0.5, True):
        with pytest.raises(TypeError):
            write_csv(["a"], [[value]])
    with pytest.raises(ValueError, match="32767"):
        write_xlsx([NewSheet("F", ["a"], [["x" * 40_000]])])


def test_the_same_table_gives_the_same_file():
    assert write_xlsx([NewSheet("Figures", ["Organisation", "Indicator"], [["Kenya", "CP-1"]])]) == SHEET


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
