"""The pictures of one indicator show what its targets speak of, and classes in which somebody can stand."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from omsorg.plans.pages.indicator import indicator_view
from omsorg.plans.pages.indicator.drawn import classes_of
from omsorg.plans.pages.indicator.values import added_up_values
from omsorg.plans.rules.measures import Kind, Rating
from omsorg.plans.rules.rollup import Missing
from omsorg.plans.rules.snapshot import AddedUpPart, IndicatorPart, NumberPart
from omsorg.plans.tests.published_record import indicator

TARGET = {"series": "target", "number": "500", "denominator": None, "due_on": "2023-12-31", "in_force_on": "2021-07-01"}


def support(**facts: object) -> IndicatorPart:
    """558 persons since the start, of 500 that were promised."""
    goal = NumberPart(Decimal(500), None, date(2023, 12, 31))
    return indicator(
        1,
        Rating.COMPLETED,
        kind=Kind.COUNT,
        unit={"en": "persons"},
        present_target=goal,
        value=NumberPart(Decimal(558)),
        added_up=AddedUpPart(4, 6, 1),
        **facts,
    )


def period(code: str, number: int | None, missing: Missing | None = None) -> dict[str, Any]:
    told = None if number is None else str(number)
    return {
        "period": code, "numerator": told, "denominator": None, "missing": missing and missing.value,
        "reported": 3, "expected": 4, "estimated": 0,
    }  # fmt: skip


ROWS = [period("2022-H1", 190), period("2022-H2", 235), period("2023-H1", None), period("2023-H2", 133)]


def own(rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {"periods": rows, "targets": [{**TARGET, "reason": ""}], "organisations": []}


def test_a_value_that_is_added_up_is_drawn_added_up_until_it_is_the_rated_one() -> None:
    view = indicator_view(support(), own(ROWS))
    assert view.path_title == "Target and what was observed, added up from the start"
    (desc,) = re.findall(r"<desc[^>]*>(.*?)</desc>", str(view.path))
    assert desc == "2022 H1: 190; 2022 H2: 425; 2023 H2: 558"
    assert [(each.value, each.added_up) for each in view.periods] == [
        ("133 persons", "558 persons"),
        ("", ""),
        ("235 persons", "425 persons"),
        ("190 persons", "190 persons"),
    ]


def test_what_was_there_before_the_start_is_counted_in() -> None:
    part = support(baseline=NumberPart(Decimal(40), None, date(2021, 6, 30)))
    assert added_up_values(part, ROWS)["2022-H1"] == 230


def test_from_a_hidden_period_on_no_sum_is_told() -> None:
    rows = [ROWS[0], period("2022-H2", None, Missing.HIDDEN), ROWS[3]]
    assert added_up_values(support(), rows) == {"2022-H1": 190}
    hidden = replace(support(), value=None, missing=Missing.HIDDEN)
    assert added_up_values(hidden, [ROWS[0], ROWS[1]]) == {"2022-H1": 190}


def test_a_value_of_one_period_is_drawn_as_it_is() -> None:
    view = indicator_view(replace(support(), added_up=None), own(ROWS))
    assert view.path_title == "Target and what was observed"
    (desc,) = re.findall(r"<desc[^>]*>(.*?)</desc>", str(view.path))
    assert desc == "2022 H1: 190; 2022 H2: 235; 2023 H2: 133"
    assert {each.added_up for each in view.periods} == {""}


@pytest.mark.parametrize(
    ("values", "is_whole", "classes"),
    [
        ([0, 3], True, [(0, 0), (1, 1), (2, 2), (3, 3), (4, 4)]),
        ([0, 9], True, [(0, 1), (2, 3), (4, 5), (6, 7), (8, 9)]),
        ([1, 12], True, [(1, 3), (4, 6), (7, 9), (10, 12), (13, 15)]),
        ([0, Fraction(1)], False, [(Fraction(n, 5), Fraction(n + 1, 5)) for n in range(5)]),
    ],
    ids=["few", "ten", "a dozen", "shares"],
)
def test_things_that_are_counted_whole_stand_in_whole_classes(
    values: list[Fraction | int], is_whole: bool, classes: list[tuple[Fraction | int, Fraction | int]]
) -> None:
    assert classes_of([Fraction(value) for value in values], is_whole=is_whole) == classes
