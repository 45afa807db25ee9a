"""Quarters never come to a stop, what is held is counted by the house, and the order of steps is not the clock's."""

from datetime import date, timedelta

import pytest

from omsorg.kernel.periods import Period
from omsorg.kernel.wall import as_house, in_name_of
from omsorg.openness.actions.deciding import hold_case
from omsorg.openness.actions.following import remind_of_holds
from omsorg.openness.models import Publication
from omsorg.openness.queries import quarters as counting
from omsorg.openness.queries.drafts import standing_of
from omsorg.openness.queries.incidents import Heads
from omsorg.openness.queries.quarters import counted, held_at
from omsorg.openness.rules.deciding import ReasonClass, Standing
from omsorg.openness.rules.figures import ALL, REOPENED, WHOLE, Counts, check_counts, shown
from omsorg.site.environment import Environment
from world import World

from .cast import AT, acting, begun, published, written

Q1, Q2 = Period(date(2024, 1, 1), 3), Period(date(2024, 4, 1), 3)


def counts(quarter: Period, row: tuple[int, int, int, int], held: dict[str, int] | None = None) -> Counts:
    received, closed, still, reopened = row
    told = {"received": received, "closed": closed, "open": still, REOPENED: reopened}
    return Counts(quarter, {WHOLE: told}, held or {})


def hold(world: World, publication: Publication, *, hour: int = 2) -> None:
    by = acting(world, "openness_releaser")
    with in_name_of(by.person_id, day=AT.date()):
        hold_case(
            publication=publication,
            reason_class=ReasonClass.INQUIRY,
            reason="The police asked.",
            review_on=date(2024, 7, 20),
            by=by,
            at=AT + timedelta(hours=hour),
        )


def test_a_reopened_incident_stops_no_quarter_and_no_small_number_follows() -> None:
    first = counts(Q1, (40, 10, 30, 0))
    second = counts(Q2, (6, 0, 37, 1))
    check_counts(second, first)
    told_first = shown(first, [], smallest_shown=5)
    told = shown(second, [(first, told_first)], smallest_shown=5)
    known = [told.get(measure) for measure in ("received", "closed", "open")]
    assert None in known, "all three beside 30 open before would tell that one was opened again"


def test_a_case_written_by_hand_stops_no_quarter(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    published(world)
    monkeypatch.setattr(counting, "heads_of", lambda _quarter: Heads(received=9, closed=0, open=9, held={}))
    with in_name_of(world.person["openness_releaser"].pk, day=AT.date()):
        found = counted(Q2)
    assert found is not None
    assert found.on_register == {}, "it is no incident"
    check_counts(found, None)


def test_held_is_counted_by_the_house_as_at_the_end_of_the_day(world: World) -> None:
    publication = begun(world)
    written(world, publication)
    hold(world, publication)
    for person in (world.person["openness_releaser"].pk, world.person["stranger"].pk, None):
        with in_name_of(person, day=AT.date()):
            assert held_at(AT.date()) == {"inquiry": 1}
            assert held_at(AT.date() - timedelta(days=1)) == {}


@pytest.mark.parametrize(
    ("second", "is_told"),
    [({"inquiry": 6}, True), ({"inquiry": 7}, False), ({"inquiry": 11}, True), ({"inquiry": 5}, False)],
)
def test_two_quarters_beside_each_other_tell_of_no_single_hold(second: dict[str, int], is_told: bool) -> None:
    first = counts(Q1, (40, 10, 30, 0), {"inquiry": 6})
    told_first = shown(first, [], smallest_shown=5)
    assert told_first.held["inquiry"] == 6
    told = shown(counts(Q2, (20, 10, 40, 0), second), [(first, told_first)], smallest_shown=5)
    assert (ALL in told.held) is is_told


def test_a_clock_that_goes_wrong_undoes_no_hold(world: World) -> None:
    publication = published(world)
    hold(world, publication, hour=-5)
    with as_house():
        assert standing_of(publication) is Standing.HELD


def test_a_hold_past_its_day_is_not_silent(world: World) -> None:
    publication = begun(world)
    written(world, publication)
    hold(world, publication)
    letters = [remind_of_holds(days=7, at=AT + timedelta(days=days)) for days in (5, 14, 15, 19, 30, 50, 51, 80)]
    assert letters == [0, 1, 0, 1, 1, 1, 0, 1]


def test_whoever_makes_failures_public_or_reads_who_gives_signs_in_with_two() -> None:
    roles = Environment.model_fields["second_factor_roles"].default.split(",")
    assert {"openness_writer", "openness_releaser", "openness_teller"} <= set(roles)
