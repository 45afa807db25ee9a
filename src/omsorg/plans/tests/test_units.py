"""A count is read in the reader's language, unit and all."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.utils.translation import override

from omsorg.plans.example.loading import example_book
from omsorg.plans.imports.reading import read_book
from omsorg.plans.pages.words import filled, value_text, value_told
from omsorg.plans.rules.measures import Kind
from omsorg.plans.rules.promises import IndicatorTerms, change
from omsorg.plans.rules.sentences import unit_said
from omsorg.plans.rules.sentences.units import LANGUAGES, ONE_OF, UNITS
from omsorg.plans.rules.snapshot import NumberPart, ReportDocument
from omsorg.plans.tests.test_rules_snapshot import full


@pytest.mark.parametrize(
    ("language", "many", "one"),
    [
        ("en", "558 persons", "1 person"),
        ("da", "558 personer", "1 person"),
        ("nb", "558 personer", "1 person"),
        ("sv", "558 personer", "1 person"),
    ],
)
def test_persons_are_counted_in_the_language_of_the_reader(language: str, many: str, one: str) -> None:
    with override(language):
        assert value_text(Kind.COUNT, NumberPart(Decimal(558)), unit={"en": "persons"}) == many
        assert value_text(Kind.COUNT, NumberPart(Decimal(1)), unit={"en": "persons"}) == one


@pytest.mark.parametrize(
    ("unit", "said"),
    [
        ({"da": "børn"}, {"en": "children", "nb": "barn", "sv": "barn"}),
        ({"en": "Young  people"}, {"en": "Young  people", "da": "unge", "sv": "unga"}),
        ({"en": "persons", "da": "mennesker i huset"}, {"da": "mennesker i huset", "sv": "personer"}),
        ({"da": "lygter", "sv": "lyktor"}, {"da": "lygter", "sv": "lyktor", "en": "lygter", "nb": "lygter"}),
        ({}, {"da": ""}),
        ({"en": "persons"}, {"fr": "persons"}),
    ],
    ids=["known", "known as written", "as the plan says it", "not known", "no unit", "another language"],
)
def test_a_unit_is_said_as_the_plan_says_it_else_as_is_usual_else_as_written(
    unit: dict[str, str], said: dict[str, str]
) -> None:
    assert {language: unit_said(unit, language)[0] for language in said} == said


def test_a_unit_in_another_language_is_marked_with_it_on_a_page_and_nowhere_else() -> None:
    unit, number = {"da": "lygter & lys"}, NumberPart(Decimal(1500))
    with override("sv"):
        assert value_told(Kind.COUNT, number, unit=unit) == '1\xa0500 <span lang="da">lygter &amp; lys</span>'
        assert value_told(Kind.COUNT, NumberPart(Decimal(1)), unit=unit).startswith('<span lang="da">')
        assert value_text(Kind.COUNT, number, unit=unit) == "1\xa0500 lygter & lys"
        said = filled("<%(value)s>", {"value": value_told(Kind.COUNT, number, unit=unit)})
        assert said == '&lt;1\xa0500 <span lang="da">lygter &amp; lys</span>&gt;'
    with override("da"):
        assert value_told(Kind.COUNT, number, unit=unit) == "1.500 lygter & lys"


def test_every_unit_of_the_example_is_given_in_four_languages() -> None:
    units = [row.texts("unit", "en") for row in example_book()["indicators"]]
    assert any(units)
    assert {tuple(unit[language] for language in LANGUAGES) for unit in units if unit} <= set(UNITS)


def test_a_unit_comes_in_in_every_language_and_one_without_in_that_of_the_plan() -> None:
    content = b"code;title;unit;enhet_sv;unit (nb)\nI1;Lygter;lygter;lyktor;lykter\n"
    (row,) = read_book([("indicators.csv", content)])["indicators"]
    assert row.texts("unit", "da") == {"da": "lygter", "sv": "lyktor", "nb": "lykter"}


def test_a_report_frozen_with_a_unit_without_language_is_still_read() -> None:
    document = full()
    plain = document.to_dict()
    for part in plain["indicators"]:
        part["unit"] = "persons" if part["unit"] else ""
    assert {str(part.unit) for part in ReportDocument.from_dict(plain).indicators} <= {"{'en': 'persons'}", "{}"}


@pytest.mark.parametrize(
    ("unit", "is_another"),
    [
        ({"en": "homes", "da": "hjem"}, False),
        ({}, True),
        ({"en": "houses"}, True),
        ({"da": "hjem"}, True),
    ],
    ids=["told in one more language", "taken away", "another word", "only in another language"],
)
def test_a_unit_told_in_one_more_language_measures_the_same(unit: dict[str, str], is_another: bool) -> None:
    before = IndicatorTerms(title={"en": "Homes"}, kind=Kind.COUNT, unit={"en": "homes"})
    day = date(2024, 1, 1)
    made = change(
        "I1",
        before,
        replace(before, unit=unit),
        reason="Said in Danish",
        last_in_force_on=day,
        in_force_on=day,
        today=day,
    )
    assert made.redefined is is_another


def test_no_unit_is_without_a_word_in_a_language() -> None:
    assert all(len(names) == len(LANGUAGES) and all(names) for names in UNITS)


def test_every_usual_unit_has_its_word_for_one() -> None:
    assert set(ONE_OF) == {names[0] for names in UNITS}
    for names in UNITS:
        unit = dict(zip(LANGUAGES, names, strict=True))
        for language, one in zip(LANGUAGES, ONE_OF[names[0]], strict=True):
            assert value_text(Kind.COUNT, NumberPart(Decimal(1)), unit=unit, language=language) == f"1 {one}"


def test_one_of_a_unit_of_the_plan_s_own_is_said_so_that_it_never_reads_wrong() -> None:
    assert value_text(Kind.COUNT, NumberPart(Decimal(1)), unit={"en": "lanterns"}, language="en") == "lanterns: 1"
