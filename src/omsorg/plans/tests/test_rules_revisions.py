"""The plan as it stood on any day; every change with its reason; nothing overwritten."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from omsorg.plans.rules.revisions import (
    FieldChange,
    NothingChanged,
    Revision,
    RevisionWithoutReason,
    difference,
    revise,
    state_as_of,
)

ADOPTED = Revision(1, date(2021, 6, 25), {"due_on": "2023-12-31", "title": "Ombuds", "activity": "active"})
PUT_OFF = Revision(2, date(2022, 9, 1), {"due_on": "2024-06-30"}, "Three posts are not filled.")
STOPPED = Revision(3, date(2022, 9, 1), {"activity": "on_hold", "title": None}, "The board waits for a law.")

steady = settings(derandomize=True, max_examples=40, deadline=None, database=None)


@pytest.mark.parametrize(
    ("day", "state"),
    [
        pytest.param(date(2021, 6, 24), None, id="before the plan there is nothing"),
        pytest.param(
            date(2022, 8, 31), {"due_on": "2023-12-31", "title": "Ombuds", "activity": "active"}, id="as adopted"
        ),
        pytest.param(
            date(2022, 9, 1),
            {"due_on": "2024-06-30", "title": None, "activity": "on_hold"},
            id="two changes of one day",
        ),
    ],
)
def test_the_state_on_a_day(day: date, state: dict[str, object] | None) -> None:
    assert state_as_of([STOPPED, ADOPTED, PUT_OFF], day) == state


def test_the_difference_of_two_states_is_told_field_by_field() -> None:
    before = state_as_of([ADOPTED], date(2022, 1, 1))
    after = state_as_of([ADOPTED, PUT_OFF, STOPPED], date(2023, 1, 1))
    assert difference(before, after) == (
        FieldChange("activity", "active", "on_hold"),
        FieldChange("due_on", "2023-12-31", "2024-06-30"),
        FieldChange("title", "Ombuds", None),
    )
    assert difference(None, {"title": "Ombuds"}) == (FieldChange("title", None, "Ombuds"),)
    assert difference(after, after) == ()


def test_a_change_without_a_reason_and_a_change_of_nothing_are_refused() -> None:
    state = state_as_of([ADOPTED], date(2022, 1, 1))
    assert state is not None
    with pytest.raises(RevisionWithoutReason, match="Say why"):
        revise(state, {"title": "Ombudsperson"}, number=2, made_on=date(2022, 1, 2), reason=" ")
    with pytest.raises(NothingChanged, match="Nothing is different"):
        revise(state, {"title": "Ombuds"}, number=2, made_on=date(2022, 1, 2), reason="A reason.")


states = st.dictionaries(st.sampled_from("abcd"), st.none() | st.integers(0, 3), min_size=1)


@steady
@given(states, st.lists(states, max_size=5))
def test_a_revision_leads_to_what_was_wanted_and_leaves_every_earlier_day_as_it_was(
    first: dict[str, int], wishes: list[dict[str, int]]
) -> None:
    made = [Revision(1, date(2022, 1, 1), first)]
    known = {date(2022, 1, 1): dict(first)}
    for number, wanted in enumerate(wishes, start=2):
        day = date(2022, 1, 1) + timedelta(days=number)
        state = state_as_of(made, day)
        assert state is not None
        try:
            made.append(revise(state, wanted, number=number, made_on=day, reason="Because."))
        except NothingChanged:
            assert all(state.get(field) == value for field, value in wanted.items())
        now = state_as_of(made, day)
        assert now is not None
        assert all(now.get(field) == value for field, value in wanted.items())
        known[day] = now
    assert all(state_as_of(made[::-1], day) == state for day, state in known.items())
