from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omsorg.kernel.numbers import (
    LANGUAGES,
    AmbiguousDate,
    AmbiguousNumber,
    LanguageNotKnown,
    NoSuchDay,
    NotADate,
    NotANumber,
    PercentSign,
    SeparatorsContradict,
    ShortYear,
    TwoReadings,
    format_date,
    format_day_of_week,
    format_instant,
    format_money,
    format_number,
    format_percent,
    format_period,
    format_sum,
    read_date,
    read_number,
    read_typed,
    written_to_type,
)


class Months(NamedTuple):
    start: date
    months: int


def spaced(text: str) -> str:
    return text.replace(" ", "\u00a0")


@pytest.mark.parametrize(
    ("value", "decimals", "en", "da", "nb", "sv"),
    [
        pytest.param(137, None, "137", "137", "137", "137", id="small whole numbers are left alone"),
        pytest.param(1234567, None, "1,234,567", "1.234.567", "1 234 567", "1 234 567", id="thousands are set apart"),
        pytest.param(Decimal("12.50"), None, "12.5", "12,5", "12,5", "12,5", id="no spare noughts"),
        pytest.param(Decimal("1E+3"), None, "1,000", "1.000", "1 000", "1 000", id="no powers of ten are shown"),
        pytest.param(Fraction(1, 3), None, "0.33", "0,33", "0,33", "0,33", id="the endless is cut at two"),
        pytest.param(Fraction(1, 8), None, "0.125", "0,125", "0,125", "0,125", id="a fraction that ends is whole"),
        pytest.param(
            Decimal("-0.04"),
            1,
            "0.0",
            "0,0",
            "0,0",
            "0,0",
            id="no minus before nought",
        ),
        pytest.param(-5, None, "−5", "−5", "−5", "−5", id="a real minus sign"),
        pytest.param(Decimal("2.5"), 0, "2", "2", "2", "2", id="a half goes to the even neighbour below"),
        pytest.param(Decimal("3.5"), 0, "4", "4", "4", "4", id="a half goes to the even neighbour above"),
        pytest.param(Decimal("-2.5"), 0, "−2", "−2", "−2", "−2", id="half to even below nought too"),
        pytest.param(7, 2, "7.00", "7,00", "7,00", "7,00", id="asked decimals are always shown"),
    ],
)
def test_number(value, decimals, en, da, nb, sv):
    shown = [format_number(value, language, decimals) for language in ("en", "da", "nb", "sv")]
    assert shown == [spaced(text) for text in (en, da, nb, sv)]


def test_the_published_shares_of_the_plan():
    assert format_percent(Fraction(25, 35), "en") == "71.4\u00a0%"
    assert format_percent(Fraction(25, 32), "en") == "78.1\u00a0%"
    assert {format_percent(Fraction(25, 35), language) for language in ("da", "nb", "sv")} == {"71,4\u00a0%"}


def test_percent_is_exact_before_it_is_rounded():
    assert format_percent(Fraction(1, 16), "en", 1) == "6.2\u00a0%"  # 6.25: half goes to the even 6.2
    assert format_percent(Decimal("0.0005"), "en", 1) == "0.0\u00a0%"
    assert format_percent(Fraction(1, 1), "en", 0) == "100\u00a0%"


@pytest.mark.parametrize("value", [0.5, True, "5", None])
def test_only_exact_numbers_are_shown(value):
    with pytest.raises(TypeError):
        format_number(value, "en")


def test_a_language_the_house_does_not_speak_is_a_mistake_in_the_code():
    with pytest.raises(LanguageNotKnown):
        format_number(1, "tlh")
    assert format_number(1234, "nb-NO") == format_number(1234, "nb")


def test_money_stands_with_its_code():
    assert format_money(125050, "NOK", "en") == "NOK\u00a01,250.50"
    assert format_money(125050, "NOK", "sv") == "1\u00a0250,50\u00a0NOK"
    assert format_money(125050, "NOK", "da", 0) == "1.250\u00a0NOK"
    assert format_money(-1500, "JPY", "nb") == "−1\u00a0500\u00a0JPY"


def test_a_sum_shows_its_cents_where_it_has_some():
    assert format_sum(40000050, "EUR", "nb") == "400\u00a0000,50\u00a0EUR"
    assert format_sum(40000000, "EUR", "nb") == "400\u00a0000\u00a0EUR"
    assert format_sum(-1500, "JPY", "en") == "JPY\u00a0−1,500"


@pytest.mark.parametrize(
    ("language", "long", "short"),
    [
        ("en", "31 March 2024", "31 Mar 2024"),
        ("da", "31. marts 2024", "31. mar. 2024"),
        ("nb", "31. mars 2024", "31. mars 2024"),
        ("sv", "31 mars 2024", "31 mars 2024"),
    ],
)
def test_day(language, long, short):
    day = date(2024, 3, 31)
    assert format_date(day, language) == long
    assert format_date(day, language, "short") == short
    assert format_date(day, language, "iso") == "2024-03-31"


def test_an_instant_is_shown_in_the_zone_it_carries():
    at = datetime(2024, 3, 31, 14, 5, tzinfo=UTC)
    assert format_instant(at, "da") == "31. mar. 2024\u00a014:05"
    with pytest.raises(TypeError):
        format_date(at, "da")
    with pytest.raises(TypeError):
        format_instant(datetime(2024, 3, 31), "da")  # noqa: DTZ001


@pytest.mark.parametrize(
    ("period", "en", "sv"),
    [
        (Months(date(2024, 1, 1), 12), "2024", "2024"),
        (Months(date(2024, 1, 1), 6), "first half of 2024", "första halvåret 2024"),
        (Months(date(2024, 7, 1), 6), "second half of 2024", "andra halvåret 2024"),
        (Months(date(2024, 7, 1), 3), "3rd quarter of 2024", "tredje kvartalet 2024"),
        (Months(date(2024, 5, 1), 1), "May 2024", "maj 2024"),
        (Months(date(2024, 4, 1), 12), "April 2024 – March 2025", "april 2024 – mars 2025"),
        (Months(date(2024, 2, 1), 3), "February–April 2024", "februari–april 2024"),
    ],
)
def test_period(period, en, sv):
    assert format_period(period, "en") == en
    assert format_period(period, "sv") == sv


@pytest.mark.parametrize(
    ("text", "decimal_comma", "number"),
    [
        ("1234", None, "1234"),
        ("1.234,5", None, "1234.5"),
        ("1 234,5", None, "1234.5"),
        ("1,234.5", None, "1234.5"),
        ("1.234.567", None, "1234567"),
        ("1,234,567", None, "1234567"),
        ("1\u00a0234\u202f567", None, "1234567"),
        ("1'234'567", None, "1234567"),
        ("1’234", None, "1234"),
        ("12,5", None, "12.5"),
        ("0.123", None, "0.123"),
        ("1234.567", None, "1234.567"),
        ("1.000", True, "1000"),
        ("1.000", False, "1.000"),
        ("1,000", False, "1000"),
        ("1,000", True, "1.000"),
        ("−5", None, "-5"),
        ("– 5", None, "-5"),
        ("+5", None, "5"),
        (",5", None, "0.5"),
        (" 7 ", None, "7"),
        (0.1 + 0.2, None, "0.3"),
        (25.0, None, "25"),
        (25, None, "25"),
        (Decimal("2.50"), None, "2.50"),
    ],
)
def test_number_is_read_as_published(text, decimal_comma, number):
    assert read_number(text, decimal_comma=decimal_comma) == Decimal(number)


@pytest.mark.parametrize(
    ("text", "decimal_comma", "refusal"),
    [
        ("1.000", None, AmbiguousNumber),
        ("-12,345", None, AmbiguousNumber),
        ("71 %", None, PercentSign),
        ("71,4%", True, PercentSign),
        ("1,234.5", True, SeparatorsContradict),
        ("1.234,5", False, SeparatorsContradict),
        ("1.5", True, SeparatorsContradict),
        ("1,5", False, SeparatorsContradict),
        ("1.234.567", False, SeparatorsContradict),
        ("1 234.5", True, SeparatorsContradict),
        ("", None, NotANumber),
        ("n/a", None, NotANumber),
        ("1 2", None, NotANumber),
        ("12 34", None, NotANumber),
        ("1.2.3", None, NotANumber),
        ("1,2.3,4", None, NotANumber),
        ("5.", None, NotANumber),
        ("1e5", None, NotANumber),
        ("(5)", None, NotANumber),
        ("nan", None, NotANumber),
        ("٣", None, NotANumber),
        ("9" * 70, None, NotANumber),
        ("-", None, NotANumber),
        (float("nan"), None, NotANumber),
        (float("inf"), None, NotANumber),
        (True, None, NotANumber),
    ],
)
def test_what_is_not_clearly_a_number_is_refused(text, decimal_comma, refusal):
    with pytest.raises(refusal):
        read_number(text, decimal_comma=decimal_comma)


def test_an_ambiguous_number_says_both_readings():
    with pytest.raises(AmbiguousNumber, match=r"1000 or as 1\. Say"):
        read_number("1.000")
    with pytest.raises(AmbiguousNumber, match=r"-12345 or as -12\.345"):
        read_number("-12,345")


TYPED = [
    ("en", "1,234", "1234"),
    ("en", "1.234", ("1234", "1.2340")),
    ("en", "0.123", "0.123"),
    ("en", "1.2340", "1.234"),
    ("da", "1.234", ("1234", "1,2340")),
    ("nb", "1.234", ("1234", "1,2340")),
    ("sv", " 1.234 ", ("1234", "1,2340")),
    ("nb", "12.500", ("12500", "12,5")),
    ("nb", "–1.000", ("-1000", "-1")),
    ("da", "1,234", ("1234", "1,2340")),
    ("da", "1,2340", "1.234"),
    ("da", "1.234,5", "1234.5"),
    ("da", "1.234.567", "1234567"),
    ("nb", "1 234", "1234"),
    ("sv", "0,125", "0.125"),
]


@pytest.mark.parametrize(("language", "text", "outcome"), TYPED)
def test_a_number_typed_on_a_page_is_read_in_its_language_or_asked_about(language, text, outcome):
    if isinstance(outcome, str):
        assert read_typed(text, language) == Decimal(outcome)
        return
    with pytest.raises(TwoReadings) as asked:
        read_typed(text, language)
    thousands, decimal = outcome
    assert str(asked.value).endswith(f"can be read in two ways. Write {thousands} or {decimal}.")
    assert read_typed(thousands, language) == 1000 * read_typed(decimal, language)


@given(
    st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**12), max_value=10**12),
    st.sampled_from(sorted(LANGUAGES)),
)
def test_what_a_page_offers_to_be_typed_over_can_be_read_again(number, language):
    assert read_typed(written_to_type(number, language), language) == number


@given(
    st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-(10**12), max_value=10**12),
    st.sampled_from(sorted(LANGUAGES)),
)
def test_what_is_shown_can_be_read_again(number, language):
    shown = format_number(number, language, 2)
    assert read_number(shown, decimal_comma=language != "en") == number
    assert read_number(shown) == number  # two decimals are never ambiguous


@given(st.text(max_size=30))
def test_reading_answers_with_a_number_or_a_named_refusal(text):
    try:
        assert read_number(text).is_finite()
    except (NotANumber, AmbiguousNumber, PercentSign):
        return


@pytest.mark.parametrize(
    "text",
    [
        "2024-03-31",
        "2024/3/31",
        "2024.03.31",
        "20240331",
        "2024-03-31 00:00:00",
        "2024-03-31T00:00:00Z",
        "31.03.2024",
        "31. 3. 2024",
        "31/03/2024",
        "31-3-2024",
        "03/31/2024",
        "31 mars 2024",
        "den 31 mars 2024",
        "31. marts 2024",
        "31. mar. 2024",
        "31st of March 2024",
        "March 31, 2024",
        " 31\u00a0MARS\u00a02024 ",
        date(2024, 3, 31),
        datetime(2024, 3, 31, 8, 0),  # noqa: DTZ001
    ],
)
def test_one_day_in_many_hands(text):
    assert read_date(text) == date(2024, 3, 31)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Friday 4 December"),
        ("da", "fredag den 4. december"),
        ("nb", "fredag 4. desember"),
        ("sv", "fredag 4 december"),
        ("sw", "Ijumaa 4 Desemba"),
        ("fr", "vendredi 4 décembre"),
        ("es", "viernes 4 de diciembre"),
        ("ar", "الجمعة، 4 ديسمبر"),
    ],
)
def test_a_day_that_is_near_is_said_with_its_day_of_the_week(language, said):
    assert format_day_of_week(date(2026, 12, 4), language) == said


def test_months_in_four_languages():
    assert read_date("1 maj 2024") == read_date("1. mai 2024") == read_date("1 May 2024") == date(2024, 5, 1)
    assert read_date("1 oktober 2024") == read_date("1. okt. 2024") == read_date("1 Oct 2024")


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("04/05/2024", AmbiguousDate),
        ("4-5-2024", AmbiguousDate),
        ("31.02.2024", NoSuchDay),
        ("2023-02-29", NoSuchDay),
        ("13/13/2024", NoSuchDay),
        ("31.03.24", ShortYear),
        ("3/4/24", ShortYear),
        ("45382", NotADate),
        ("2024-03-31 14:00", NotADate),
        ("31 foo 2024", NotADate),
        ("tomorrow", NotADate),
        ("", NotADate),
        ("0000-01-01", NoSuchDay),
        ("9" * 100, NotADate),
    ],
)
def test_what_is_not_clearly_a_day_is_refused(text, refusal):
    with pytest.raises(refusal):
        read_date(text)


def test_day_first_settles_what_is_ambiguous():
    assert read_date("04/05/2024", day_first=True) == date(2024, 5, 4)
    assert read_date("04/05/2024", day_first=False) == date(2024, 4, 5)
    assert read_date("05/05/2024") == date(2024, 5, 5)
    assert read_date("04.05.2024", day_first=False) == date(2024, 5, 4)
    with pytest.raises(NoSuchDay):
        read_date("03/31/2024", day_first=True)


@given(
    st.dates(min_value=date(1900, 1, 1), max_value=date(2199, 12, 31)),
    st.sampled_from(sorted(LANGUAGES)),
    st.sampled_from(["long", "short", "iso"]),
)
def test_a_day_that_is_shown_can_be_read_again(day, language, style):
    assert read_date(format_date(day, language, style)) == day


@given(st.text(max_size=30))
def test_reading_a_day_answers_with_a_day_or_a_named_refusal(text):
    try:
        assert isinstance(read_date(text), date)
    except (NotADate, NoSuchDay, ShortYear, AmbiguousDate):
        return
