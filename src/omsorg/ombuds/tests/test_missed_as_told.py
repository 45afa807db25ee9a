"""What a child reads of a promise that was missed is true: who looks after it now, and for how long that is said."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from omsorg.federation.models import Mandate
from omsorg.kernel import clock
from omsorg.kernel.wall import as_house
from omsorg.ombuds.actions import cases, seats, watching
from omsorg.ombuds.models import Case
from omsorg.ombuds.tests.office import MONDAY, Desks
from omsorg.ombuds.tests.test_childs_pages import child, come_back, said, send, text

__all__ = ["child"]
HIGHER, AGAIN = "Somebody higher looks after it now", "We are sorry. We try again."
LATER = MONDAY + timedelta(days=7)


@pytest.fixture(autouse=True)
def _on_monday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: MONDAY)


def read(client: Client, code: str) -> str:
    return text(come_back(client, code))


def nobody_above(desks: Desks, *people: str) -> None:
    with as_house():
        for key in people:
            Mandate.objects.filter(person_id=desks.person(key)).update(valid_until=LATER.date())
    seats.keep_seats(LATER.date())


def case() -> str:
    with as_house():
        return Case.objects.get().code


def test_where_it_went_up_somebody_higher_looks(desks: Desks, child: Client) -> None:
    code = said(send(child))
    assert AGAIN not in read(child, code)
    watching.raise_missed_promises(at=LATER)
    shown = read(child, code)
    assert HIGHER in shown
    assert AGAIN not in shown


def test_where_nobody_is_above_it_is_tried_again(desks: Desks, child: Client) -> None:
    code = said(send(child))
    nobody_above(desks, "rashid", "gro", "bodil", "carlos", "dina")
    assert watching.raise_missed_promises(at=LATER) == 1
    shown = read(child, code)
    assert AGAIN in shown
    assert HIGHER not in shown


def test_at_the_board_it_is_tried_again(desks: Desks, child: Client) -> None:
    code = said(send(child))
    at = MONDAY
    for _level in range(4):
        at += timedelta(days=14)
        assert watching.raise_missed_promises(at=at) == 1
    shown = read(child, code)
    assert AGAIN in shown
    assert HIGHER not in shown


@pytest.mark.parametrize(("who", "stays"), [("rashid", False), ("amina", True)])
def test_it_is_said_until_those_who_owe_it_have_written(
    desks: Desks,
    child: Client,
    who: str,
    stays: bool,
) -> None:
    code = said(send(child))
    watching.raise_missed_promises(at=LATER)
    more: dict[str, Any] = {"promise_on": (LATER + timedelta(days=3)).date(), "at": LATER, **desks.at(who)}
    cases.answer_child(case=case(), message="We are here", **more)
    assert ("not kept a promise" in read(child, code)) is stays
