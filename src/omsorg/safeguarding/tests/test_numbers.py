"""Case numbers: without a gap, none lost, whoever asks at the same moment; and they give nobody away."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from threading import Barrier
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from omsorg.kernel.wall import as_house
from omsorg.safeguarding.actions.people import give_support
from omsorg.safeguarding.actions.shutting_out import shut_out
from omsorg.safeguarding.models import Incident
from omsorg.safeguarding.rules.codes import About, SupportKind
from omsorg.safeguarding.rules.days import NotInFuture
from omsorg.safeguarding.tests.handling import AT, acting, enter_people, incident, looked_at, make_house, raised
from world import World

AT_ONCE = 16


@pytest.fixture
def house(world: World) -> World:
    return enter_people(world)


@pytest.fixture
def lasting_house(own_database: str) -> World:
    """The house in a database of this test's own, where every transaction is kept."""
    return make_house()


def at_once(*acts: Callable[[], Any]) -> list[Any]:
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


class Undone(Exception):
    pass


def raise_and_look(world: World, *, undone: bool = False) -> str:
    code = raised(world)
    try:
        with transaction.atomic():
            looked_at(world, code)
            if undone:
                raise Undone
    except Undone:
        pass
    return code


def test_sixteen_at_once_lose_none_and_leave_no_gap(lasting_house: World) -> None:
    """Every third one is undone after its number was taken: that number goes to the next."""
    acts = [lambda undone=(n % 3 == 0): raise_and_look(lasting_house, undone=undone) for n in range(AT_ONCE)]
    codes = at_once(*acts)
    assert all(isinstance(code, str) for code in codes), codes
    with as_house():
        kept = dict(Incident.objects.values_list("code", "serial"))
    assert set(kept) == set(codes)
    assert sorted(serial for serial in kept.values() if serial) == list(range(1, 11))


def test_a_number_is_country_year_and_serial(house: World) -> None:
    codes = [raised(house), raised(house), raised(house, who="focal_norway", place="norway")]
    looked_at(house, codes[0])
    looked_at(house, codes[1])
    looked_at(house, codes[2], who="focal_norway")
    assert [incident(code).shown_number for code in codes] == ["TZ/2026/1", "TZ/2026/2", "NO/2026/1"]


def test_the_year_is_that_of_the_country(house: World) -> None:
    new_year = datetime(2025, 12, 31, 22, 30, tzinfo=UTC)
    code = raised(house, at=new_year)
    looked_at(house, code, at=new_year)
    assert incident(code).shown_number == "TZ/2026/1"


def test_today_there_has_come_although_it_is_yesterday_here(house: World) -> None:
    code = raised(house)
    looked_at(house, code)
    late = datetime(2026, 3, 9, 22, 30, tzinfo=UTC)
    with acting(house, "focal", late) as by:
        said = {"incident": Incident.objects.get(code=code), "kind": SupportKind.MEDICAL, "persons": 1, "note": "Seen"}
        give_support(**said, given_on=date(2026, 3, 10), by=by, at=late)
        with pytest.raises(NotInFuture):
            give_support(**said, given_on=date(2026, 3, 11), by=by, at=late)


def test_one_from_which_somebody_is_shut_out_leaves_no_gap_among_the_others(house: World) -> None:
    first, hidden, last = raised(house), raised(house, place="tanzania", about=About.LEADERSHIP), raised(house)
    looked_at(house, first)
    looked_at(house, hidden, who="focal_africa")
    looked_at(house, last)
    assert (incident(first).shown_number, incident(last).shown_number) == ("TZ/2026/1", "TZ/2026/2")
    kept = incident(hidden)
    assert (kept.is_reserved, kept.serial) == (True, 1)
    assert kept.shown_number.startswith("TZ/2026/")
    assert len(kept.shown_number) == len("TZ/2026/") + 6


def test_a_number_stays_when_somebody_is_shut_out_later(house: World) -> None:
    code = raised(house)
    looked_at(house, code)
    with acting(house, "focal") as by:
        shut_out(incident=Incident.objects.get(code=code), person=house.person["worker"], reason="x", by=by, at=AT)
    assert incident(code).shown_number == "TZ/2026/1"


def test_the_database_keeps_a_number_as_it_was_given(house: World) -> None:
    code = raised(house)
    looked_at(house, code)
    with as_house(), pytest.raises(DatabaseError), transaction.atomic():
        Incident.objects.filter(code=code).update(serial=9)
    with as_house(), pytest.raises(DatabaseError), transaction.atomic():
        Incident.objects.filter(code=code).delete()
