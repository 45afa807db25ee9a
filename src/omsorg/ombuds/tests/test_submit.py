"""A child tells something: kept whole or not at all, once for each form, and heard by the right people."""

from datetime import timedelta

import pytest
from django.db import connection

from omsorg.federation.access import NothingHere
from omsorg.kernel.wall import as_house
from omsorg.ombuds.access import at_the_desk, case_for
from omsorg.ombuds.actions import childs, submissions
from omsorg.ombuds.models import Case, CaseKey, Words
from omsorg.ombuds.queries.childs_view import open_with_code
from omsorg.ombuds.queries.reachable import ombudspersons_for
from omsorg.ombuds.rules.refusals import NobodyAbove, NobodyListens, NoSuchCode, NothingSaid, TooLong
from omsorg.ombuds.rules.return_code import code_from
from omsorg.ombuds.tests.office import MONDAY, Desks, tell, token


def read_as(desks: Desks, who: str, case: str) -> list[str]:
    with at_the_desk(desks.person(who)):
        hand = case_for(desks.acting[who], desks.ring[who], case)
        return [hand.read(words) for words in Words.objects.filter(case=hand.case).order_by("number")]


def test_a_child_comes_back_with_the_code_and_reads_its_own_words(desks: Desks) -> None:
    told = tell("They lock the gate at night. Ni kweli: ملاك", wants="A key for us")
    found = open_with_code(told.code)
    assert found is not None
    assert [message.text for message in found.messages] == ["They lock the gate at night. Ni kweli: ملاك"]
    assert found.wishes == ("A key for us",)
    assert (found.promise_on, found.opened_on) == (told.promise_on, MONDAY.date())
    assert told.promise_on.isoformat() == "2026-11-26"
    assert len(told.code) == 4


def test_the_ombudspersons_of_the_country_read_it_and_nobody_else(desks: Desks) -> None:
    told = tell()
    assert read_as(desks, "amina", told.case_id) == ["The guard at the gate locks us in"]
    assert read_as(desks, "baraka", told.case_id) == ["The guard at the gate locks us in"]
    for who in ("nora", "rashid", "gro", "bodil"):
        with pytest.raises(NothingHere):
            read_as(desks, who, told.case_id)


def test_the_same_form_twice_is_kept_once_and_shows_the_same_code(desks: Desks) -> None:
    first, second = tell(), tell()
    assert (first.already, second.already) == (False, True)
    assert (first.code, first.case_id, first.promise_on) == (second.code, second.case_id, second.promise_on)
    with as_house():
        assert Case.objects.count() == 1


def test_two_children_with_the_same_code_get_different_ones(desks: Desks, monkeypatch: pytest.MonkeyPatch) -> None:
    derived = submissions.code_of_token
    monkeypatch.setattr(
        submissions,
        "code_of_token",
        lambda form, signs, turn: code_from(77) if turn == 0 else derived(form, signs, turn),
    )
    first, second = tell("mine", 1), tell("hers", 2)
    assert first.code == code_from(77) != second.code
    assert not second.already
    assert tell("hers", 2).code == second.code
    assert [message.text for message in open_with_code(first.code).messages] == ["mine"]
    assert [message.text for message in open_with_code(second.code).messages] == ["hers"]


@pytest.mark.parametrize(
    ("message", "refusal"),
    [("", NothingSaid), (" \n\t", NothingSaid), ("x" * 20_001, TooLong)],
    ids=["nothing", "blanks", "too much"],
)
def test_what_cannot_be_kept_is_said(desks: Desks, message: str, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        tell(message)
    with as_house():
        assert Case.objects.count() == 0


def test_without_anybody_who_hears_nothing_is_taken_in(world: object) -> None:
    with pytest.raises(NobodyListens):
        tell()
    assert ombudspersons_for("TZ") == ()


def test_if_one_part_fails_nothing_is_kept(desks: Desks, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(*_: object, **__: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(submissions, "leave_trace", breaks)
    with pytest.raises(OSError, match="disk full"):
        tell()
    with as_house():
        assert (Case.objects.count(), CaseKey.objects.count()) == (0, 0)
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('app.return_code', true)")
        assert cursor.fetchone()[0] in ("", None)


def test_a_child_may_shut_out_and_is_heard_by_the_other(desks: Desks) -> None:
    names = {one.name: one.ring for one in ombudspersons_for("TZ", on=MONDAY.date())}
    assert {"Amina Juma", "Baraka Mushi", "Rashid Rahman", "Bodil Brandt"} <= set(names)
    told = tell(excluded=[names["Amina Juma"]])
    assert read_as(desks, "baraka", told.case_id)
    with pytest.raises(NothingHere):
        read_as(desks, "amina", told.case_id)


def test_whoever_is_named_does_not_hear_and_the_level_above_does(desks: Desks) -> None:
    told = tell("AMÍNA took my phone, and Baraka Mushi laughed")
    with as_house():
        assert Case.objects.get().level == "regional"
    assert read_as(desks, "rashid", told.case_id)
    for who in ("amina", "baraka"):
        with pytest.raises(NothingHere):
            read_as(desks, who, told.case_id)


def test_whoever_belongs_to_the_house_complained_of_does_not_hear(desks: Desks) -> None:
    told = tell("They beat us here", unit="arusha")
    assert read_as(desks, "amina", told.case_id)
    with pytest.raises(NothingHere):
        read_as(desks, "baraka", told.case_id)


def test_the_child_says_more_and_a_closed_case_opens(desks: Desks) -> None:
    told = tell()
    childs.add_words(code=told.code, message="And the lamp is broken", token=token(9), at=MONDAY)
    childs.add_words(code=told.code, message="And the lamp is broken", token=token(9), at=MONDAY)
    assert read_as(desks, "amina", told.case_id) == ["The guard at the gate locks us in", "And the lamp is broken"]


def test_a_wrong_code_finds_nothing(desks: Desks) -> None:
    tell()
    assert open_with_code(code_from(12345)) is None
    with pytest.raises(NoSuchCode):
        childs.add_words(code=code_from(12345), message="hello", at=MONDAY)


def test_the_child_asks_for_somebody_above_up_to_the_board(desks: Desks) -> None:
    told = tell()
    childs.say_whether_it_helped(code=told.code, helped="no", at=MONDAY)
    for day, who in enumerate(("rashid", "gro", "bodil")):
        with pytest.raises(NothingHere):
            read_as(desks, who, told.case_id)
        childs.ask_for_review(code=told.code, at=MONDAY + timedelta(days=day))
        assert read_as(desks, who, told.case_id)
    with pytest.raises(NobodyAbove):
        childs.ask_for_review(code=told.code, at=MONDAY + timedelta(days=3))
    assert open_with_code(told.code).helped == "no"
