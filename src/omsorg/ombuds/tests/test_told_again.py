"""Who is written to that something waits: also those who have the case already, when something new has come."""

from datetime import timedelta

import pytest

from omsorg.federation.models import Mandate
from omsorg.kernel import clock
from omsorg.kernel.models import Letter
from omsorg.kernel.wall import as_house
from omsorg.ombuds.actions import cases, childs, notices, seats, sharing, watching
from omsorg.ombuds.actions.submissions import Submitted
from omsorg.ombuds.models import CaseKey
from omsorg.ombuds.queries.childs_view import open_with_code
from omsorg.ombuds.tests.office import MONDAY, Desks, tell

TUESDAY = MONDAY + timedelta(days=1)


def written_to(letters_before: int = 0) -> list[str]:
    """The first names of those to whom letters went since."""
    with as_house():
        found = Letter.objects.order_by("pk").values_list("to_address", flat=True)[letters_before:]
        return sorted(address.partition("@")[0] for address in found)


def how_many() -> int:
    with as_house():
        return Letter.objects.count()


@pytest.fixture
def told(desks: Desks) -> Submitted:
    """A case that was answered, of which everybody who has it was told."""
    told = tell()
    notices.tell_of_waiting_cases(at=MONDAY)
    cases.answer_child(case=told.case_id, message="Thanks", nothing_more_owed=True, at=MONDAY, **desks.at("amina"))
    return told


def test_more_words_are_told_at_the_fixed_hours(desks: Desks, told: Submitted) -> None:
    before = how_many()
    childs.add_words(code=told.code, message="He has a knife", at=TUESDAY)
    assert notices.tell_of_waiting_cases(at=TUESDAY, alarms_only=True) == 0
    assert notices.tell_of_waiting_cases(at=TUESDAY) == 2
    assert notices.tell_of_waiting_cases(at=TUESDAY + timedelta(hours=5)) == 0
    assert written_to(before) == ["amina", "baraka"]


def test_words_taken_down_are_told_to_the_others(desks: Desks, told: Submitted) -> None:
    before = how_many()
    cases.take_down_words(case=told.case_id, message="He came again", at=TUESDAY, **desks.at("amina"))
    notices.tell_of_waiting_cases(at=TUESDAY)
    assert written_to(before) == ["baraka"]


def test_a_review_and_a_yes_taken_back_are_told(desks: Desks, told: Submitted) -> None:
    before = how_many()
    childs.ask_for_review(code=told.code, at=TUESDAY)
    notices.tell_of_waiting_cases(at=TUESDAY)
    assert written_to(before) == ["amina", "baraka", "rashid"]
    amina = {"case": told.case_id, "at": TUESDAY, **desks.at("amina")}
    number = sharing.ask_assent(what="All of it", to_whom="The nurse", until_on=TUESDAY.date(), **amina)
    sharing.write_down_assent(number=number, agrees=True, **amina)
    before = how_many()
    childs.withdraw_assent(code=told.code, number=number, at=TUESDAY)
    notices.tell_of_waiting_cases(at=TUESDAY + timedelta(hours=4))
    assert written_to(before) == ["amina", "baraka", "rashid"]


def test_whoever_is_waited_for_where_a_child_is_in_danger_knows_it_within_minutes(
    desks: Desks, told: Submitted
) -> None:
    amina, baraka = ({"case": told.case_id, "at": TUESDAY, **desks.at(who)} for who in ("amina", "baraka"))
    before = how_many()
    said = {"ground": "child_in_danger", "what": "Where", "to_whom": "The police", "why": "He has a knife"}
    number = sharing.propose_disclosure(second=desks.person("baraka"), **said, **amina)
    assert notices.tell_of_waiting_cases(at=TUESDAY, alarms_only=True) == 1
    assert written_to(before) == ["baraka"]
    later = TUESDAY + timedelta(hours=1)
    sharing.give_second_view(disclosure=number, agrees=True, view="Yes", **baraka | {"at": later})
    assert notices.tell_of_waiting_cases(at=later, alarms_only=True) == 1
    assert written_to(before) == ["amina", "baraka"]
    assert notices.tell_of_waiting_cases(at=later, alarms_only=True) == 0


def test_an_alarm_in_a_case_that_has_come_to_the_board_is_told_within_minutes(desks: Desks) -> None:
    told = tell()
    at = MONDAY
    for _level in range(3):
        at += timedelta(days=14)
        watching.raise_missed_promises(at=at)
    notices.tell_of_waiting_cases(at=at)
    before = how_many()
    at += timedelta(minutes=2)
    watching.raise_alarm(case=told.case_id, found="They beat her since she told", at=at, **desks.at("amina"))
    notices.tell_of_waiting_cases(at=at, alarms_only=True)
    assert {"bodil", "carlos", "dina", "gro"} <= set(written_to(before))
    assert "amina" not in written_to(before)
    assert notices.tell_of_waiting_cases(at=at, alarms_only=True) == 0


def test_a_promise_missed_where_nobody_is_above_is_told_to_those_who_have_it(desks: Desks) -> None:
    tell()
    at = MONDAY
    for _level in range(3):
        at += timedelta(days=14)
        watching.raise_missed_promises(at=at)
    notices.tell_of_waiting_cases(at=at)
    before = how_many()
    at += timedelta(days=14)
    watching.raise_missed_promises(at=at)
    notices.tell_of_waiting_cases(at=at)
    assert {"bodil", "carlos", "dina"} <= set(written_to(before))


def test_a_key_that_waits_again_is_told_of_when_it_opens(desks: Desks) -> None:
    """Rashid gave a second view, said no, and his key waits again: when the case comes up to him he is written to."""
    told = tell()
    amina = {"case": told.case_id, "at": MONDAY, **desks.at("amina")}
    asked = sharing.propose_disclosure(
        ground="child_in_danger",
        what="Where she is",
        to_whom="The police",
        why="A knife",
        second=desks.person("rashid"),
        **amina,
    )
    notices.tell_of_waiting_cases(at=MONDAY)
    rashid = {"case": told.case_id, "at": MONDAY, **desks.at("rashid")}
    sharing.give_second_view(disclosure=asked, agrees=False, view="No", **rashid)
    before = how_many()
    at = MONDAY + timedelta(days=7)
    watching.raise_missed_promises(at=at)
    notices.tell_of_waiting_cases(at=at)
    assert "rashid" in written_to(before)
    with as_house():
        assert not CaseKey.objects.filter(waiting=False, told_on=None).exists()


def test_who_was_removed_is_neither_written_to_nor_shown_to_the_child(
    desks: Desks, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: TUESDAY)
    told = tell()
    with as_house():
        Mandate.objects.filter(person_id=desks.person("amina")).update(valid_until=TUESDAY.date())
    seats.keep_seats(TUESDAY.date())
    assert notices.tell_of_waiting_cases(at=TUESDAY) == 1
    assert written_to() == ["baraka"]
    names = [reader.name for reader in open_with_code(told.code).readers]
    assert "Amina Juma" not in names
    assert "Baraka Mushi" in names
