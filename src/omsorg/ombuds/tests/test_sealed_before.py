"""What was sealed before the words changed is read as it was meant: no migration can add to what is sealed."""

import json
from datetime import timedelta
from typing import Any

import pytest

from omsorg.kernel import clock
from omsorg.ombuds.access import at_the_desk, case_for
from omsorg.ombuds.actions import childs, handing_over, sharing
from omsorg.ombuds.models import Assent, Disclosure
from omsorg.ombuds.neighbours import Clock, Copy
from omsorg.ombuds.queries.childs_view import open_with_code
from omsorg.ombuds.tests.office import MONDAY, Desks, tell

TUESDAY, WEDNESDAY = (MONDAY + timedelta(days=days) for days in (1, 2))
TOLD = {"what": "The gate", "to_whom": "The team"}
ADULTS = {"ground": "child_in_danger", "why": "For adults: her mother lies", **TOLD}


class Desk:
    """A desk for incidents that keeps what it got."""

    def __init__(self) -> None:
        self.got: list[Copy] = []

    def receive_copy(self, copy: Copy, *, at: object) -> str:
        self.got.append(copy)
        return "TZ/2026/0001"

    def clocks_of(self, reference: str) -> tuple[Clock, ...]:
        return ()


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setattr(clock, "now", lambda: TUESDAY)
    found = Desk()
    monkeypatch.setattr(handing_over, "incident_desk", lambda: found)
    return found


def sealed_as_before(desks: Desks, case: str, row: type[Assent] | type[Disclosure], *new: str) -> None:
    """Seal the one row of a case anew, without the `new` words."""
    with at_the_desk(desks.person("amina")):
        hand = case_for(desks.acting["amina"], desks.ring["amina"], case)
        found: Any = row.objects.get(case=hand.case)
        said = {name: told for name, told in json.loads(hand.read(found)).items() if name not in new}
        found.sealed = hand.seal(found, json.dumps(said))
        found.save(update_fields=["sealed"])


def test_a_yes_from_before_houses_were_asked_about_is_handed_over(desks: Desks, desk: Desk) -> None:
    told = tell(unit="arusha")
    amina: dict[str, Any] = {"case": told.case_id, "at": MONDAY, **desks.at("amina")}
    number = sharing.ask_assent(until_on=TUESDAY.date(), to_desk=True, **TOLD, **amina)
    childs.answer_assent(code=told.code, number=number, agrees=True, at=MONDAY)
    sealed_as_before(desks, told.case_id, Assent, "unit", "house", "of_whole_house")
    assert handing_over.hand_over(assent=number, **amina | {"at": TUESDAY}) == "TZ/2026/0001"
    assert [(copy.what, copy.unit, copy.of_whole_house) for copy in desk.got] == [("The gate", "arusha", True)]


def test_what_two_agreed_on_before_is_handed_over_and_reasons_for_adults_stay_with_adults(
    desks: Desks, desk: Desk
) -> None:
    told = tell()
    amina, baraka = ({"case": told.case_id, "at": MONDAY, **desks.at(who)} for who in ("amina", "baraka"))
    given = sharing.propose_disclosure(second=desks.person("baraka"), to_desk=True, **ADULTS, **amina)
    sealed_as_before(desks, told.case_id, Disclosure, "unit", "house", "of_whole_house", "child_reads")
    sharing.give_second_view(disclosure=given, agrees=True, view="Yes", **baraka)
    sharing.tell_child_first(disclosure=given, message="Hello", **amina)
    assert [one.why for one in open_with_code(told.code).to_be_told] == [""]
    sharing.break_confidentiality(disclosure=given, **amina | {"at": WEDNESDAY})
    child = open_with_code(told.code)
    assert (child.told, len(child.to_be_told)) == ((), 1), "the desk has nothing yet"
    assert handing_over.hand_over(disclosure=given, **amina | {"at": WEDNESDAY}) == "TZ/2026/0001"
    assert [(copy.unit, copy.of_whole_house) for copy in desk.got] == [("", False)]
    assert [(one.why, one.at_once) for one in open_with_code(told.code).told] == [("", False)]


def test_of_what_was_told_on_the_day_itself_before_reasons_were_asked_nothing_is_claimed(
    desks: Desks, desk: Desk
) -> None:
    told = tell()
    amina, baraka = ({"case": told.case_id, "at": MONDAY, **desks.at(who)} for who in ("amina", "baraka"))
    given = sharing.propose_disclosure(second=desks.person("baraka"), **ADULTS, **amina)
    sharing.give_second_view(disclosure=given, agrees=True, view="Yes", **baraka)
    sharing.tell_child_first(disclosure=given, message="Hello", **amina)
    sharing.break_confidentiality(disclosure=given, danger_now="Tonight", **amina)
    assert [(one.why, one.at_once) for one in open_with_code(told.code).told] == [(ADULTS["why"], True)]
    with at_the_desk(desks.person("amina")):
        Disclosure.objects.update(danger_now=b"")
    assert [(one.why, one.at_once) for one in open_with_code(told.code).told] == [(ADULTS["why"], False)]
