"""What two decide holds while both may hear the case, nothing was said since, and it was not long ago."""

from datetime import timedelta

import pytest

from omsorg.federation.access import NothingHere
from omsorg.kernel.wall import as_house
from omsorg.ombuds import neighbours
from omsorg.ombuds.access import at_the_desk, case_for
from omsorg.ombuds.actions import cases, childs, colleagues, erasing, handing_over, sharing, watching
from omsorg.ombuds.models import Case
from omsorg.ombuds.rules import refusals
from omsorg.ombuds.tests.office import MONDAY, Desks, tell

SAID = {"ground": "child_in_danger", "what": "Where she is", "to_whom": "The police", "why": "He has a knife"}
WEEK = timedelta(days=7)


def opens(desks: Desks, who: str, case: str) -> bool:
    with at_the_desk(desks.person(who)):
        try:
            case_for(desks.acting[who], desks.ring[who], case)
        except NothingHere:
            return False
        return True


def standing(case: str) -> Case:
    with as_house():
        return Case.objects.get(pk=int(case, 16))


def agreed(desks: Desks, case: str, *, asked_by: str, second: str, **more: object) -> int:
    """A disclosure that a second has agreed to."""
    by = {"case": case, "at": MONDAY, **desks.at(asked_by)}
    number = sharing.propose_disclosure(second=desks.person(second), **SAID, **more, **by)
    seconded = {"disclosure": number, "case": case, "at": MONDAY, **desks.at(second)}
    sharing.give_second_view(agrees=True, view="Yes", **seconded)
    return number


# ---- confidentiality -------------------------------------------------------------------------------------------


def test_the_view_of_a_second_who_is_then_shut_out_does_not_hold(desks: Desks) -> None:
    told = tell()
    amina = {"case": told.case_id, "at": MONDAY, **desks.at("amina")}
    number = agreed(desks, told.case_id, asked_by="amina", second="baraka", why_not_told="cannot be reached")
    childs.add_words(code=told.code, message="It was Baraka Mushi who locked us in and hit me", at=MONDAY)
    assert not opens(desks, "baraka", told.case_id)
    with pytest.raises(refusals.ViewNoLongerHolds):
        sharing.tell_child_first(disclosure=number, message="I tell the police", **amina)
    with pytest.raises(refusals.ViewNoLongerHolds):
        sharing.break_confidentiality(disclosure=number, **amina)


def test_the_proposal_of_who_is_then_shut_out_is_agreed_to_by_nobody(desks: Desks) -> None:
    told = tell()
    baraka = {"case": told.case_id, "at": MONDAY, **desks.at("baraka")}
    number = sharing.propose_disclosure(
        second=desks.person("amina"), **{**SAID, "to_whom": "Baraka's brother"}, why_not_told="x", **baraka
    )
    childs.add_words(code=told.code, message="It was Baraka Mushi who hit me", at=MONDAY)
    view = {"disclosure": number, "case": told.case_id, "at": MONDAY, **desks.at("amina")}
    with pytest.raises(refusals.ViewNoLongerHolds):
        sharing.give_second_view(agrees=True, view="Yes", **view)
    sharing.give_second_view(agrees=False, view="No", **view)


def test_no_copy_is_handed_over_on_the_word_of_who_is_shut_out_since(desks: Desks) -> None:
    told = tell()
    number = agreed(
        desks, told.case_id, asked_by="amina", second="baraka", why_not_told="cannot be reached", to_desk=True
    )
    amina = {"case": told.case_id, "at": MONDAY, **desks.at("amina")}
    sharing.break_confidentiality(disclosure=number, **amina)
    childs.add_words(code=told.code, message="It was Baraka Mushi who hit me", at=MONDAY)
    neighbours.connect()
    with pytest.raises(refusals.ViewNoLongerHolds):
        handing_over.hand_over(disclosure=number, **amina)


def test_what_was_agreed_long_ago_is_looked_at_anew(desks: Desks) -> None:
    told = tell()
    number = agreed(desks, told.case_id, asked_by="amina", second="baraka")
    amina = {"case": told.case_id, "disclosure": number, **desks.at("amina")}
    sharing.tell_child_first(message="I tell the police", at=MONDAY, **amina)
    with pytest.raises(refusals.AgreedTooLongAgo):
        sharing.break_confidentiality(at=MONDAY + timedelta(days=15), **amina)
    sharing.break_confidentiality(at=MONDAY + timedelta(days=14), **amina)


def test_the_second_from_above_keeps_a_case_that_has_come_up_meanwhile(desks: Desks) -> None:
    told = tell()
    amina = {"case": told.case_id, "at": MONDAY, **desks.at("amina")}
    number = sharing.propose_disclosure(second=desks.person("rashid"), **SAID, **amina)
    assert watching.raise_missed_promises(at=MONDAY + WEEK) == 1
    assert standing(told.case_id).level == "regional"
    view = {"disclosure": number, "case": told.case_id, "at": MONDAY + WEEK, **desks.at("rashid")}
    sharing.give_second_view(agrees=False, view="No", **view)
    assert opens(desks, "rashid", told.case_id)


def test_the_second_who_is_asked_twice_keeps_the_key_until_both_are_answered(desks: Desks) -> None:
    told = tell()
    amina = {"case": told.case_id, "at": MONDAY, **desks.at("amina")}
    to_whom = ("The police", "A doctor")
    numbers = [
        sharing.propose_disclosure(second=desks.person("rashid"), **{**SAID, "to_whom": whom}, **amina)
        for whom in to_whom
    ]
    for number in numbers:
        assert opens(desks, "rashid", told.case_id)
        view = {"disclosure": number, "case": told.case_id, "at": MONDAY, **desks.at("rashid")}
        sharing.give_second_view(agrees=False, view="No", **view)
    assert not opens(desks, "rashid", told.case_id)


def test_those_whom_a_case_went_past_do_not_break_confidentiality(desks: Desks) -> None:
    told = tell()
    number = agreed(desks, told.case_id, asked_by="amina", second="baraka", why_not_told="cannot be reached")
    watching.raise_missed_promises(at=MONDAY + WEEK)
    with pytest.raises(refusals.NotYoursToSettle):
        sharing.break_confidentiality(case=told.case_id, disclosure=number, at=MONDAY + WEEK, **desks.at("amina"))


# ---- erasing ---------------------------------------------------------------------------------------------------


def test_those_whom_a_case_went_past_do_not_erase_it(desks: Desks) -> None:
    told = tell()
    late = MONDAY + WEEK
    watching.raise_missed_promises(at=late)
    of_case = {"case": told.case_id, "at": late}
    cases.close_case(message="Farewell", **of_case, **desks.at("rashid"))
    with pytest.raises(refusals.NotYoursToSettle):
        erasing.propose_erasure(ground="asked_for", **of_case, **desks.at("amina"))
    erasing.propose_erasure(ground="asked_for", **of_case, **desks.at("rashid"))
    with pytest.raises(refusals.NotYoursToSettle):
        erasing.erase_case(**of_case, **desks.at("baraka"))
    assert standing(told.case_id).status == "closed"


def test_who_is_shut_out_since_has_proposed_nothing(desks: Desks) -> None:
    told = tell()
    of_case = {"case": told.case_id, "at": MONDAY}
    cases.close_case(message="Farewell", **of_case, **desks.at("baraka"))
    erasing.propose_erasure(ground="asked_for", **of_case, **desks.at("baraka"))
    colleagues.say_whom_it_is_about(said="Baraka Mushi", **of_case, **desks.at("amina"))
    with pytest.raises(refusals.DecidedAlready):
        erasing.erase_case(**of_case, **desks.at("amina"))
    erasing.propose_erasure(ground="asked_for", **of_case, **desks.at("amina"))


def test_a_proposal_to_erase_ends_when_the_child_comes_back(desks: Desks) -> None:
    told = tell()
    of_case = {"case": told.case_id, "at": MONDAY}
    cases.close_case(message="Farewell", **of_case, **desks.at("amina"))
    erasing.propose_erasure(ground="asked_for", **of_case, **desks.at("amina"))
    childs.add_words(code=told.code, message="Do not close, I need you", at=MONDAY)
    cases.close_case(message="Farewell again", **of_case, **desks.at("amina"))
    with pytest.raises(refusals.DecidedAlready):
        erasing.erase_case(**of_case, **desks.at("baraka"))
    erasing.propose_erasure(ground="asked_for", **of_case, **desks.at("amina"))
    erasing.erase_case(**of_case, **desks.at("baraka"))
    assert standing(told.case_id).status == "erased"
