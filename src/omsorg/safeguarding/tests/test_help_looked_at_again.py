"""Help that is to be looked at again has a clock: written about, shown one level up, and alive after closing."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from omsorg.kernel.models import Letter
from omsorg.kernel.wall import as_house
from omsorg.safeguarding.actions.closing import close, decide_on_publication
from omsorg.safeguarding.actions.people import follow_up, give_support
from omsorg.safeguarding.actions.reminders import Agreed, remind_of_clocks
from omsorg.safeguarding.models import Incident
from omsorg.safeguarding.queries.incident import clocks_of
from omsorg.safeguarding.queries.lists import overdue_below
from omsorg.safeguarding.rules.codes import Clock, HoldReason, Publication, SupportKind
from omsorg.safeguarding.tests.handling import AT, acting, enter_people, led_to_closing, raised
from world import World

DAYS = Agreed([1, 3, 7], 3)
GIVEN = AT + timedelta(days=6)
AGAIN = (GIVEN + timedelta(days=30)).date()


@pytest.fixture
def house(world: World) -> World:
    return enter_people(world)


def stamp(code: str, by: Any, at: datetime) -> dict[str, Any]:
    return {"incident": Incident.objects.get(code=code), "by": by, "at": at}


def helped(house: World) -> str:
    """An incident that is closed with nothing to publish, in which medical help is looked at again in thirty days."""
    code = raised(house)
    led_to_closing(house, code)
    with acting(house, "focal", GIVEN) as by:
        help_given = {"kind": SupportKind.MEDICAL, "persons": 1, "given_on": GIVEN.date(), "note": "Doctor"}
        give_support(**stamp(code, by, GIVEN), follow_up_on=AGAIN, **help_given)
    at = AT + timedelta(days=9)
    with acting(house, "focal", at) as by:
        close(**stamp(code, by, at), note="done")
    with acting(house, "focal_africa", at) as by:
        reason = {"reason_class": next(iter(HoldReason)), "reason": "x"}
        decide_on_publication(**stamp(code, by, at), decision=Publication.NOTHING, **reason)
    return code


def day_after(day: date, days: int) -> datetime:
    return datetime.combine(day + timedelta(days=days), AT.time(), AT.tzinfo)


def looks(code: str, at: datetime) -> list[bool]:
    """Of each look that is owed whether it is overdue."""
    with as_house():
        found = Incident.objects.get(code=code)
        running = clocks_of([found], now=at)[found.pk]
    return [each.is_overdue(at) for each in running if each.clock is Clock.FOLLOW_UP]


def test_it_is_written_about_once_its_day_is_over_also_when_all_is_closed(house: World) -> None:
    code = helped(house)
    assert looks(code, day_after(AGAIN, 0)) == [False]
    assert remind_of_clocks(agreed=DAYS, at=day_after(AGAIN, 0)) == 0
    assert looks(code, day_after(AGAIN, 1)) == [True]
    assert remind_of_clocks(agreed=DAYS, at=day_after(AGAIN, 1)) > 0
    assert remind_of_clocks(agreed=DAYS, at=day_after(AGAIN, 1)) == 0
    with as_house():
        assert not [letter for letter in Letter.objects.all() if "Doctor" in letter.body]


def test_it_is_shown_one_level_up(house: World) -> None:
    code = helped(house)
    for days, shown in ((0, False), (4, True)):
        at = day_after(AGAIN, days)
        with acting(house, "focal_africa", at) as by:
            assert (code in [line.incident.code for line in overdue_below(by, now=at)]) is shown


def test_each_look_is_written_about_anew_and_none_where_there_is_nothing_more(house: World) -> None:
    code = helped(house)
    late = day_after(AGAIN, 1)
    remind_of_clocks(agreed=DAYS, at=late)
    again = AGAIN + timedelta(days=60)
    with acting(house, "focal", late) as by:
        support = Incident.objects.get(code=code).support.get(kind=SupportKind.MEDICAL)
        follow_up(**stamp(code, by, late), support=support, on=late.date(), note="Better", next_on=again)
    assert remind_of_clocks(agreed=DAYS, at=day_after(again, 0)) == 0
    assert remind_of_clocks(agreed=DAYS, at=day_after(again, 1)) > 0
    at = day_after(again, 2)
    with acting(house, "focal", at) as by:
        follow_up(**stamp(code, by, at), support=support, on=at.date(), note="Well")
    assert looks(code, day_after(again, 300)) == []
    assert remind_of_clocks(agreed=DAYS, at=day_after(again, 300)) == 0
