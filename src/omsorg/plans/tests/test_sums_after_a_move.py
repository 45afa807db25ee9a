"""The sums the database keeps are those of the tree: whatever is told, corrected, moved, closed, in whatever order."""

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from threading import Event
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import QuerySet
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from omsorg.federation.models import Organisation, Position
from omsorg.kernel.periods import Period
from omsorg.kernel.wall import as_house
from omsorg.plans.models import DisaggregationKey, Figure, Summary
from world import AT, World, make_world

MOVED_ON = date(2023, 10, 1)
LEAVES = ("kenya", "tanzania", "norway")
HALVES = [Period.parse(code) for code in ("2022-H1", "2022-H2", "2023-H1")]
BOTH_WAYS = """
WITH kept AS (
    SELECT node_id, indicator_id, period_start, period_months, key_id, numerator, denominator, reported, estimated,
        meeting, no_cases, not_collected, not_applicable, suppressed, refused, unreadable FROM plans_summed_cell
    WHERE reported + not_collected + not_applicable + suppressed + refused + unreadable <> 0
        OR numerator <> 0 OR denominator <> 0 OR estimated <> 0 OR meeting <> 0 OR no_cases <> 0
), anew AS (SELECT * FROM plans_true_sums())
SELECT 'kept too much', * FROM (TABLE kept EXCEPT ALL TABLE anew) a
UNION ALL SELECT 'missing', * FROM (TABLE anew EXCEPT ALL TABLE kept) b
"""


def untrue_sums() -> list[Any]:
    """What the kept sums say and a computation from the figures does not, and the other way round."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        cursor.execute(BOTH_WAYS)
        return cursor.fetchall()


def standing() -> QuerySet[Figure]:
    """The figures that no later one has taken the place of."""
    return Figure.objects.exclude(pk__in=Figure.objects.filter(supersedes__isnull=False).values("supersedes"))


def tell(world: World, who: str, period: Period, n: int | None, **more: Any) -> Figure:
    """A figure of one association; it takes the place of the one before, if there is one."""
    return Figure.objects.bulk_create([as_told(world, who, period, n, **more)])[0]


def tell_at_once(world: World, whos: list[str], period: Period, said: dict[str, int | None]) -> None:
    """What several associations say of the total ("") and of parts of it, in one statement."""
    keys = {part: part_called(part) for part in said}
    Figure.objects.bulk_create(
        as_told(world, who, period, n, key_id=keys[part]) for who in whos for part, n in said.items()
    )


def part_called(code: str) -> int:
    return (
        DisaggregationKey.objects.get_or_create(dimension="sex", code=code, defaults={"label": {}})[0].pk if code else 0
    )


def as_told(world: World, who: str, period: Period, n: int | None, key_id: int = 0, **more: Any) -> Figure:
    cell = {"organisation": world.org[who], "indicator": world.indicator["cases"], "period_start": period.start}
    cell |= {"key_id": key_id}
    before = standing().filter(**cell).first()
    given_as = {"state": 3 if n is None else 1, "numerator": n, "revision": 1, "period_months": 6}
    return Figure(**cell, **{**given_as, **more}, supersedes=before, source="test", at=AT)


def move(world: World, who: str, under: str, on: date) -> None:
    """From `on` it stands under another one. On the day of an earlier move, that move is corrected."""
    newest = Position.objects.filter(organisation=world.org[who]).order_by("-valid_from")[0]
    if newest.valid_from < on:
        Position.objects.filter(pk=newest.pk).update(valid_until=on)
        Position.objects.create(organisation=world.org[who], parent=world.org[under], valid_from=on)
    elif newest.valid_from == on:
        Position.objects.filter(pk=newest.pk).update(parent=world.org[under])


def take_back(world: World, who: str) -> None:
    """The newest move never was."""
    newest, *before = Position.objects.filter(organisation=world.org[who]).order_by("-valid_from")[:2]
    if before:
        newest.delete()
        Position.objects.filter(pk=before[0].pk).update(valid_until=None)


def close(world: World, who: str, until: date | None) -> None:
    """Close it, on another day than before, or open it again."""
    Organisation.objects.filter(pk=world.org[who].pk).update(exists_until=until)


def found(world: World, who: str, since: date) -> None:
    """Correct the day since when it exists."""
    Organisation.objects.filter(pk=world.org[who].pk).update(exists_from=since)


days = st.dates(date(2021, 12, 1), date(2023, 9, 1)) | st.sampled_from(
    [date(2022, 1, 1), date(2022, 6, 30), date(2022, 7, 1), date(2023, 1, 1)]
)
leaves = st.sampled_from(LEAVES)
said_of_parts = st.dictionaries(
    st.sampled_from(["", "girls", "boys", "unknown"]), st.none() | st.integers(0, 99), min_size=1
)
acts = st.one_of(
    st.tuples(
        st.just(tell_at_once),
        st.lists(leaves, min_size=1, max_size=3, unique=True),
        st.sampled_from(HALVES),
        said_of_parts,
    ),
    st.tuples(st.just(tell), leaves, st.sampled_from(HALVES), st.none() | st.integers(0, 99)),
    st.tuples(st.just(move), leaves | st.just("africa"), st.sampled_from(["europe"]), days),
    st.tuples(st.just(move), leaves, st.sampled_from(["africa", "international"]), days),
    st.tuples(st.just(take_back), leaves | st.just("africa")),
    st.tuples(st.just(close), leaves | st.just("africa"), st.none() | days),
    st.tuples(st.just(found), leaves, days),
)


@contextmanager
def told_for_a_try() -> Iterator[None]:
    """What is told here is taken back at the end."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def counted_by_hand(world: World) -> Counter[tuple[str, date]]:
    """The figures that stand, added up the tree as it stood on the last day of each period, parent by parent."""
    parents = list(Position.objects.values_list("organisation_id", "parent_id", "valid_from", "valid_until"))
    codes = {organisation.pk: organisation for organisation in Organisation.objects.all()}
    total: Counter[tuple[str, date]] = Counter()
    for figure in standing().filter(numerator__isnull=False, key_id=0):
        end = Period(figure.period_start, figure.period_months).until
        node = codes[figure.organisation_id]
        if not (node.exists_from < end and (node.exists_until is None or node.exists_until >= end)):
            continue
        above: int | None = node.pk
        while above := next((p for o, p, a, b in parents if o == above and a < end and (b is None or b >= end)), None):
            total[codes[above].code, figure.period_start] += int(figure.numerator or 0)
    return +total


@pytest.mark.django_db
@settings(
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(said=st.lists(acts, min_size=2, max_size=9), together=st.booleans())
def test_the_sums_kept_are_the_sums_of_the_figures(world: World, said: list[Any], together: bool) -> None:
    with as_house(), told_for_a_try():
        for who, n in (("kenya", 3), ("tanzania", 5), ("norway", 7)):
            tell(world, who, HALVES[0], n)
        for do, *of in said:
            do(world, *of)
            assert together or untrue_sums() == []
        assert untrue_sums() == []
        kept = Summary.objects.exclude(numerator=0).values_list("node__code", "period_start", "numerator")
        assert {(code, start): int(n) for code, start, n in kept} == counted_by_hand(world)


def test_parts_are_added_to_those_that_are_there_already(world: World) -> None:
    with as_house():
        tell_at_once(world, ["kenya"], HALVES[0], {"": 9, "girls": 5})
        tell_at_once(world, ["tanzania"], HALVES[0], {"": 7, "boys": 4, "girls": 2})
        tell_at_once(world, ["kenya", "tanzania"], HALVES[0], {"girls": 3})
        assert untrue_sums() == []
        kept = Summary.objects.get(node=world.org["africa"])
        girls, boys = part_called("girls"), part_called("boys")
        assert (kept.numerator, kept.parts) == (16, [girls, boys])
        assert kept.part_sums == [6, 0, 4, 0]
        assert kept.part_counts[0] == 2, "two have told of the girls"
        assert kept.part_counts[9] == 1, "one has told of the boys"


def sums(world: World, region: str) -> dict[str, Decimal]:
    found = Summary.objects.filter(node=world.org[region])
    return {Period(row.period_start, row.period_months).code: row.numerator for row in found if row.numerator}


def test_sums_follow_a_move_from_its_day_and_equal_a_full_rebuild(world: World) -> None:
    with as_house():
        tell(world, "kenya", Period.parse("2023-H1"), 3)
        tell(world, "kenya", Period.parse("2023-H2"), 4)
        assert sums(world, "africa") == {"2023-H1": 3, "2023-H2": 4}
        move(world, "kenya", "europe", MOVED_ON)
        assert untrue_sums() == []
        assert sums(world, "africa") == {"2023-H1": 3}
        assert sums(world, "europe") == {"2023-H2": 4}


def test_what_a_closed_association_told_of_its_last_unfinished_period_is_in_no_sum(world: World) -> None:
    with as_house():
        tell(world, "tanzania", HALVES[0], 12)
        assert sums(world, "africa") == {"2022-H1": 12}
        close(world, "tanzania", date(2022, 3, 15))
        assert untrue_sums() == []
        assert sums(world, "africa") == {}
        close(world, "tanzania", None)
        assert untrue_sums() == []
        assert sums(world, "africa") == {"2022-H1": 12}


def test_a_move_waits_for_a_first_figure_that_is_being_kept(own_database: str) -> None:
    world = make_world()
    told, moved = Event(), Event()

    def tell_slowly() -> bool:
        try:
            with as_house():
                tell(world, "tanzania", HALVES[0], 12)
                told.set()
                return moved.wait(0.6)
        finally:
            connection.close()

    def move_meanwhile() -> None:
        try:
            told.wait(10)
            with as_house():
                move(world, "tanzania", "europe", date(2022, 1, 1))
            moved.set()
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        teller, mover = pool.submit(tell_slowly), pool.submit(move_meanwhile)
        assert not teller.result(), "the move did not wait"
        mover.result()
    with as_house():
        assert untrue_sums() == []
        assert sums(world, "africa") == {}
        assert sums(world, "europe") == {"2022-H1": 12}
