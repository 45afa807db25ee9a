"""The plan as it stood on any day, and what is different between two of its states."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from omsorg.plans.rules.revisions import FieldChange, difference, standing_on


@dataclass(frozen=True)
class Terms:
    in_force_on: date
    number: int
    due_on: str = "2023-12-31"
    activity: str = "active"


ADOPTED = Terms(date(2021, 6, 25), 1)
PUT_OFF = Terms(date(2022, 9, 1), 2, due_on="2024-06-30")
STOPPED = Terms(date(2022, 9, 1), 3, due_on="2024-06-30", activity="on_hold")


@pytest.mark.parametrize(
    ("day", "standing"),
    [
        pytest.param(date(2021, 6, 24), None, id="before the plan there is nothing"),
        pytest.param(date(2021, 6, 25), ADOPTED, id="from the day it was adopted"),
        pytest.param(date(2022, 8, 31), ADOPTED, id="to the day before it was changed"),
        pytest.param(date(2022, 9, 1), STOPPED, id="of two changes of one day the later"),
    ],
)
def test_what_stands_on_a_day(day: date, standing: Terms | None) -> None:
    assert standing_on([STOPPED, ADOPTED, PUT_OFF], day) == standing


def test_the_difference_of_two_states_is_told_field_by_field() -> None:
    before = {"due_on": "2023-12-31", "title": "Ombuds", "activity": "active"}
    after = {"due_on": "2024-06-30", "title": None, "activity": "active"}
    assert difference(before, after) == (
        FieldChange("due_on", "2023-12-31", "2024-06-30"),
        FieldChange("title", "Ombuds", None),
    )
    assert difference(None, {"title": "Ombuds"}) == (FieldChange("title", None, "Ombuds"),)
    assert difference(after, after) == ()


@settings(derandomize=True, max_examples=40, deadline=None, database=None)
@given(st.lists(st.integers(0, 60), min_size=1, max_size=8), st.integers(-5, 70))
def test_a_later_revision_changes_no_earlier_day(days: list[int], asked: int) -> None:
    first = date(2022, 1, 1)
    made = [Terms(first + timedelta(days=days_later), number) for number, days_later in enumerate(sorted(days), 1)]
    day = first + timedelta(days=asked)
    known = [terms for terms in made if terms.in_force_on <= day]
    assert standing_on(made[::-1], day) == standing_on(known, day) == (known[-1] if known else None)
