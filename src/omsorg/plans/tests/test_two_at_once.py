"""Two people at the same moment, each with a connection of their own: nothing is lost, nothing is kept twice."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier, Event
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, transaction

from omsorg.kernel.wall import as_house, in_name_of
from omsorg.plans.actions.figures import Recorded
from omsorg.plans.actions.submissions import return_answer, submit_answer
from omsorg.plans.actions.verifications import verify
from omsorg.plans.models import Figure, Report, Summary, Verification
from omsorg.plans.rules.answers import AlreadyHandedIn, AnswerIsLocked
from omsorg.plans.rules.judging import JudgedBeforeHandedIn
from omsorg.plans.tests.answering import AT, H1, acting, cases, record, record_all
from omsorg.plans.tests.few_children import freeze
from world import World, make_world


@pytest.fixture
def lasting_world(own_database: str) -> World:
    """The world in a database of this test's own, where every transaction is kept."""
    return make_world()


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Run the acts at the same moment; what one raises is its result."""
    gate = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        gate.wait()
        try:
            return act()
        except Exception as fault:
            return fault
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_of_two_who_enter_the_same_figure_one_is_told(lasting_world: World) -> None:
    world = lasting_world
    one, other = at_once(lambda: record(world, cases(world, 12)), lambda: record(world, cases(world, 14)))
    assert sorted([len(one.kept), len(other.kept)]) == [0, 1]
    assert sorted([len(one.conflicts), len(other.conflicts)]) == [0, 1]
    with as_house():
        kept = Figure.objects.get()
        assert Summary.objects.get(node=world.org["africa"]).numerator == kept.numerator


def test_a_figure_that_came_while_a_report_was_frozen_is_dated_after_it(lasting_world: World) -> None:
    """Its request began before the report, and would be read into it afterwards."""
    world, has_frozen, may_end = lasting_world, Event(), Event()

    def freeze_slowly() -> Report:
        with transaction.atomic():
            report = freeze(world, "slow", AT.date(), H1, at=AT)
            has_frozen.set()
            assert not may_end.wait(1), "nobody entered a figure while the report was not yet kept"
            return report

    def enter_meanwhile() -> Recorded:
        has_frozen.wait(10)
        done = record(world, cases(world, 12), at=AT - timedelta(seconds=1))
        may_end.set()
        return done

    report, done = at_once(freeze_slowly, enter_meanwhile)
    with as_house():
        assert Figure.objects.get(pk__in=done.kept.values()).at > report.frozen_at


def test_the_same_entry_sent_twice_at_once_is_kept_once(lasting_world: World) -> None:
    world, entry = lasting_world, cases(lasting_world, 12, entry=uuid4())
    results = at_once(*[lambda: record(world, entry)] * 4)
    assert sorted(len(done.kept) for done in results) == [0, 0, 0, 1]
    assert all(done.is_whole for done in results)
    with as_house():
        assert Figure.objects.count() == 1


def test_two_associations_at_once_make_the_sum_of_both(lasting_world: World) -> None:
    world = lasting_world
    at_once(
        lambda: record(world, cases(world, 12)),
        lambda: record(world, cases(world, 30), who="officer_kenya", org="kenya"),
        lambda: record(world, cases(world, 8), who="officer_norway", org="norway"),
    )
    with as_house():
        sums = Summary.objects.filter(indicator=world.indicator["cases"]).select_related("node")
        assert {s.node.code: s.numerator for s in sums} == {"africa": 42, "europe": 8, "international": 50}


def hand_in(world: World) -> Any:
    with acting(world, "officer") as by:
        return submit_answer(plan=world.plan, organisation=world.org["tanzania"], period=H1, by=by, at=AT)


def test_an_answer_is_handed_in_once(lasting_world: World) -> None:
    world = lasting_world
    record_all(world)
    results = at_once(lambda: hand_in(world), lambda: hand_in(world))
    assert sum(isinstance(result, AlreadyHandedIn) for result in results) == 1


def test_a_figure_comes_before_the_answer_is_locked_or_not_at_all(lasting_world: World) -> None:
    world = lasting_world
    kept = record_all(world).kept[(world.indicator["cases"].pk, 0)]
    entered, handed_in = at_once(
        lambda: record(world, cases(world, 99, expected=kept)),
        lambda: hand_in(world),
    )
    assert not isinstance(handed_in, Exception)
    with in_name_of(world.person["officer"].pk, day=AT.date()):
        numbers = set(Figure.objects.filter(indicator=world.indicator["cases"]).values_list("numerator", flat=True))
    assert numbers == ({12} if isinstance(entered, AnswerIsLocked) else {12, 99})


def test_a_figure_is_judged_before_its_answer_is_returned_or_not_at_all(lasting_world: World) -> None:
    world = lasting_world
    figure = record_all(world).kept[(world.indicator["cases"].pk, 0)]
    hand_in(world)

    def judge() -> Any:
        with acting(world, "verifier") as by:
            return verify(figures=[figure], by=by, at=AT)

    def give_back() -> Any:
        with acting(world, "reviewer") as by:
            tanzania = world.org["tanzania"]
            return return_answer(plan=world.plan, organisation=tanzania, period=H1, reason="Look", by=by, at=AT)

    judged, returned = at_once(judge, give_back)
    assert not isinstance(returned, Exception)
    with as_house():
        assert Verification.objects.count() == (0 if isinstance(judged, JudgedBeforeHandedIn) else 1)


def test_whoever_judges_an_answer_holds_it_until_the_end(lasting_world: World) -> None:
    """What a verifier looks at cannot be returned under their hands."""
    world = lasting_world
    figure = record_all(world).kept[(world.indicator["cases"].pk, 0)]
    hand_in(world)

    def is_free() -> bool:
        with connection.cursor() as cursor:
            name = f"plans_answer {world.plan.pk} {world.org['tanzania'].pk} {H1.code}"
            cursor.execute("SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))", [name])
            return cursor.fetchone()[0]

    with acting(world, "verifier") as by:
        verify(figures=[figure], by=by, at=AT)
        assert at_once(is_free) == [False]
    assert at_once(is_free) == [True]
