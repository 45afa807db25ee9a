"""A count is read in the reader's language, unit and all."""

from decimal import Decimal

import pytest
from django.utils.translation import override

from omsorg.plans.example.loading import example_book
from omsorg.plans.pages.words import value_text
from omsorg.plans.rules.measures import Kind
from omsorg.plans.rules.sentences import unit_said
from omsorg.plans.rules.sentences.units import LANGUAGES, UNITS
from omsorg.plans.rules.snapshot import NumberPart


@pytest.mark.parametrize(
    ("language", "many", "one"),
    [
        ("en", "558 persons", "persons: 1"),
        ("da", "558 personer", "personer: 1"),
        ("nb", "558 personer", "personer: 1"),
        ("sv", "558 personer", "personer: 1"),
    ],
)
def test_persons_are_counted_in_the_language_of_the_reader(language: str, many: str, one: str) -> None:
    with override(language):
        assert value_text(Kind.COUNT, NumberPart(Decimal(558)), unit="persons") == many
        assert value_text(Kind.COUNT, NumberPart(Decimal(1)), unit="persons") == one


@pytest.mark.parametrize(
    ("unit", "said"),
    [
        ("børn", {"en": "children", "nb": "barn", "sv": "barn"}),
        ("Young  people", {"en": "young people", "da": "unge", "sv": "unga"}),
        ("lanterns", {"en": "lanterns", "da": "lanterns"}),
        ("", {"da": ""}),
        ("persons", {"fr": "persons"}),
    ],
)
def test_a_unit_may_be_written_in_any_of_the_languages_and_another_word_stays(unit: str, said: dict[str, str]) -> None:
    assert {language: unit_said(unit, language) for language in said} == said


def test_every_unit_of_the_example_is_known() -> None:
    units = {row["unit"] for row in example_book()["indicators"] if row["unit"]}
    assert units
    assert {unit for unit in units if unit_said(unit, "da") == unit} == set()


def test_no_unit_is_without_a_word_in_a_language() -> None:
    assert all(len(names) == len(LANGUAGES) and all(names) for names in UNITS)
