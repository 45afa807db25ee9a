"""What is held back stands in public as a number that no second number takes apart, and lies nowhere in silence."""

import csv
from datetime import UTC, date, datetime, timedelta
from itertools import combinations

import pytest
from django.test import Client
from hypothesis import given as given_quarters
from hypothesis import strategies as st

from omsorg.kernel.models import Letter
from omsorg.kernel.periods import Period
from omsorg.kernel.wall import as_house, in_name_of
from omsorg.openness.actions.deciding import hold_case
from omsorg.openness.actions.following import remind_of_holds
from omsorg.openness.actions.held_counts import tell_what_is_held
from omsorg.openness.models import HeldShown, Publication
from omsorg.openness.queries.quarters import held_of
from omsorg.openness.rules.deciding import ReasonClass
from omsorg.openness.rules.held import ALL, HELD, NOTHING, PAST, REASONS, UNDECIDED, held_told
from omsorg.plans.tests.doc_tables import Row, case, given, rows
from world import World

from .cast import AT, acting, begun, one_more, written
from .test_pages import text_of

Q2, Q3 = Period(date(2024, 4, 1), 3), Period(date(2024, 7, 1), 3)
IN_OCTOBER = datetime(2024, 10, 1, 1, tzinfo=UTC)
REVIEW = date(2024, 7, 20)


def held_case(world: World, at: datetime = AT, review_on: date = REVIEW) -> Publication:
    publication = begun(world)
    written(world, publication)
    by = acting(world, "openness_releaser")
    with in_name_of(by.person_id, day=AT.date()):
        hold_case(
            publication=publication,
            reason_class=ReasonClass.INQUIRY,
            reason="The police asked.",
            review_on=review_on,
            by=by,
            at=at + timedelta(hours=2),
        )
    return publication


def counted(words: str) -> dict[str, int]:
    return {key: int(number) for key, number in (pair.split(" ") for pair in words.split(", "))}


@pytest.mark.parametrize("row", rows("head-figures", "What is held back"), ids=case)
def test_what_is_told_of_what_is_held_back(row: Row) -> None:
    before: list[dict[str, int]] = []
    for each in row["The quarters before"].split("; "):
        if each != "–":
            before.append(held_told(counted(each), before, smallest_shown=5))
    told = held_told(counted(row["Counted"]), before, smallest_shown=5)
    numbers = [told.get(key) for key in ("inquiry", HELD, PAST, NOTHING, UNDECIDED, ALL)]
    assert " ".join("–" if each is None else str(each) for each in numbers) == given(row["Told"])


AMOUNTS = st.integers(0, 40)
QUARTER = st.fixed_dictionaries(
    {str(ReasonClass.INQUIRY): AMOUNTS, str(ReasonClass.CHILD): AMOUNTS, NOTHING: AMOUNTS, UNDECIDED: AMOUNTS}
).flatmap(
    lambda row: st.integers(0, row[ReasonClass.INQUIRY] + row[ReasonClass.CHILD]).map(lambda past: {**row, PAST: past})
)


@given_quarters(st.lists(QUARTER, min_size=2, max_size=5))
def test_no_rows_that_were_ever_told_give_a_small_step_or_a_small_number(quarters: list[dict[str, int]]) -> None:
    """Every sum and difference of up to three numbers of one row, beside the same of every other row."""
    rows_told: list[dict[str, int]] = []
    for each in quarters:
        rows_told.append(held_told(each, rows_told, smallest_shown=5))
    for place, now in enumerate(rows_told):
        for taken in combinations(sorted(now), 2):
            whole, part = max(taken, key=len_of), min(taken, key=len_of)
            if part in PARTS.get(whole, ()):
                assert not 0 < now[whole] - now[part] < 5, (now, whole, part)
        for before in rows_told[:place]:
            for keys in (c for size in (1, 2, 3) for c in combinations(sorted(now.keys() & before.keys()), size)):
                whole = max(keys, key=len_of)
                parts = [key for key in keys if key != whole]
                if all(key in PARTS.get(whole, ()) for key in parts) and are_apart(parts):
                    step = now[whole] - before[whole] - sum(now[key] - before[key] for key in parts)
                    assert not 0 < abs(step) < 5, (before, now, keys)


PARTS: dict[str, tuple[str, ...]] = {HELD: (*REASONS, PAST), ALL: (HELD, *REASONS, NOTHING, UNDECIDED)}


def are_apart(parts: list[str]) -> bool:
    """Whether no case is counted in two of them."""
    return not (PAST in parts and len(parts) > 1) and not (HELD in parts and {*parts} & {*REASONS})


def len_of(key: str) -> int:
    return len(PARTS.get(key, ()))


def test_the_register_tells_at_any_time_how_many_were_held_back(world: World, client: Client) -> None:
    assert "What is not public" not in text_of(client, "/openness/")
    for number in range(6):
        held_case(world, review_on=REVIEW if number < 5 else date(2024, 12, 1))
    with as_house():
        assert held_of(Q3)[PAST] == 5
    assert tell_what_is_held(at=IN_OCTOBER) == Q3
    assert tell_what_is_held(at=IN_OCTOBER + timedelta(days=40)) is None, "once, and not from day to day"
    told = text_of(client, "/openness/")
    assert "What is not public" in told
    assert "held back, all together" in told
    row = HeldShown.objects.get()
    assert (row.shown[ReasonClass.INQUIRY], row.shown[HELD]) == (6, 6)
    assert PAST not in row.shown, "one of six is not past its day: five past would give it away"
    sheet = list(csv.DictReader(text_of(client, "/openness/quarters.csv").lstrip("\ufeff").splitlines()))
    assert all(None not in line and None not in line.values() for line in sheet), "each line is as long as its heading"
    held = {line["held_because"]: line for line in sheet if line["quarter"] == "2024-Q3" and line["held"]}
    assert (held["inquiry"]["held"], held["all"]["held"]) == ("6", "6")
    assert {held["inquiry"][name] for name in ("received", "closed", "open", "edition")} == {""}


def test_a_case_held_after_the_quarter_moves_no_number(world: World) -> None:
    for _each in range(6):
        held_case(world)
    tell_what_is_held(at=IN_OCTOBER)
    first = HeldShown.objects.get().shown
    held_case(world, at=IN_OCTOBER + timedelta(days=3), review_on=date(2024, 12, 1))
    tell_what_is_held(at=IN_OCTOBER + timedelta(days=10))
    assert HeldShown.objects.get().shown == first
    tell_what_is_held(at=datetime(2025, 1, 1, 1, tzinfo=UTC))
    assert HeldShown.objects.order_by("-start")[0].shown == {}, "one more beside six would tell of that one"


def test_a_hold_past_its_day_climbs_one_level_each_week(world: World) -> None:
    publication = held_case(world)
    near = one_more(world, "near_releaser", "openness_releaser", "tanzania")
    with as_house():
        for key in ("near_releaser", "openness_releaser"):
            world.person[key].email = f"{key}@example.org"
            world.person[key].save()
    assert near.person_id is not None

    def written_to(on: date) -> list[int]:
        with as_house():
            known = set(Letter.objects.values_list("pk", flat=True))
        remind_of_holds(days=7, at=datetime(on.year, on.month, on.day, 6, tzinfo=UTC))
        with as_house():
            return sorted(Letter.objects.exclude(pk__in=known).values_list("to_person", flat=True))

    top = world.person["openness_releaser"].pk
    assert publication.organisation_id == world.org["tanzania"].pk
    assert written_to(REVIEW) == [near.person_id]
    assert written_to(REVIEW + timedelta(days=6)) == []
    assert written_to(REVIEW + timedelta(days=7)) == sorted([near.person_id, top])
    assert written_to(REVIEW + timedelta(days=14)) == sorted([near.person_id, top])
