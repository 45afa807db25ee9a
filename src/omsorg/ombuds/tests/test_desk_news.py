"""What a child does stands on the desk until it is answered; what was told stands on the child's page."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from omsorg.kernel import clock
from omsorg.kernel.wall import as_house
from omsorg.ombuds import neighbours
from omsorg.ombuds.access import at_the_desk
from omsorg.ombuds.actions import cases, childs, handing_over, sharing
from omsorg.ombuds.actions.taken_back import tell_that_it_was_taken_back
from omsorg.ombuds.neighbours import Clock, Copy
from omsorg.ombuds.queries.childs_view import open_with_code
from omsorg.ombuds.queries.desk import CaseRow, my_cases
from omsorg.ombuds.rules.return_code import ReturnCode
from omsorg.ombuds.tests.office import MONDAY, PASSPHRASE, Desks, tell
from omsorg.ombuds.tests.test_childs_pages import come_back
from omsorg.ombuds.tests.test_desk_pages import do, in_words, opened, signed_in, text

TUESDAY = MONDAY + timedelta(days=1)


class DeskNextDoor:
    """A desk for incidents that keeps what it is told."""

    def __init__(self) -> None:
        self.taken_back: list[tuple[str, date]] = []
        self.copies: list[Copy] = []

    def receive_copy(self, copy: Copy, *, at: Any) -> str:
        self.copies.append(copy)
        return f"n{len(self.copies)}"

    def copy_taken_back(self, reference: str, *, on: date, at: Any) -> None:
        self.taken_back.append((reference, on))

    def clocks_of(self, reference: str) -> tuple[Clock, ...]:
        return (
            Clock("take it up", date(2026, 11, 20), None),
            Clock("look at it", date(2026, 11, 20), date(2026, 11, 22)),
            Clock("name a team", date(2026, 12, 1), None),
        )


@pytest.fixture(autouse=True)
def next_door(monkeypatch: pytest.MonkeyPatch, no_desk_next_door: None) -> DeskNextDoor:
    monkeypatch.setattr(settings.ENVIRONMENT, "second_factor_roles", "")
    monkeypatch.setattr(clock, "now", lambda: MONDAY)
    there = DeskNextDoor()
    monkeypatch.setattr(neighbours, "_desk", there)
    return there


def row_of(desks: Desks, who: str = "amina") -> CaseRow:
    with at_the_desk(desks.person(who)):
        [row] = my_cases(desks.person(who), at=MONDAY, ring=desks.ring[who])
    return row


def answered(desks: Desks, case: str) -> None:
    cases.answer_child(case=case, message="Thank you", nothing_more_owed=True, at=MONDAY, **desks.at("amina"))


def asked(desks: Desks, case: str, code: ReturnCode) -> int:
    give = {"case": case, "at": MONDAY, **desks.at("amina")}
    number = sharing.ask_assent(
        what="The locked gate", to_whom="The team", until_on=date(2026, 12, 24), to_desk=True, **give
    )
    childs.answer_assent(code=code, number=number, agrees=True, at=MONDAY)
    return number


def test_what_a_child_does_is_new_on_the_desk_until_it_is_answered(desks: Desks) -> None:
    told = tell()
    answered(desks, told.case_id)
    assert not row_of(desks).is_new
    childs.add_words(code=told.code, message="My sister too", at=MONDAY)
    childs.say_whether_it_helped(code=told.code, helped="a_little", at=MONDAY)
    assert row_of(desks).news == {"words", "helped"}
    amina = opened(desks, "amina")
    for show in ("new", "waits", "open"):
        page = in_words(amina.get(f"/ombuds/?show={show}"))
        assert "new: the child has said more; the child has said whether it helped; it says: a little" in page
    assert "New since the last answer the child has said whether it helped the child has said more" in in_words(
        amina.get(f"/ombuds/cases/{told.case_id}/")
    )
    answered(desks, told.case_id)
    assert not row_of(desks).is_new
    assert "No such case here" in in_words(amina.get("/ombuds/?show=waits"))


def test_a_face_in_a_closed_case_is_new_until_somebody_has_seen_it(desks: Desks) -> None:
    told = tell()
    cases.close_case(case=told.case_id, message="We have unlocked it", at=MONDAY, **desks.at("amina"))
    amina = opened(desks, "amina")
    assert amina.get(f"/ombuds/cases/{told.case_id}/seen/").status_code == 404
    childs.say_whether_it_helped(code=told.code, helped="no", at=MONDAY)
    assert "the child has said whether it helped; it says: no" in in_words(amina.get("/ombuds/"))
    do(amina, told.case_id, "seen")
    assert told.case_id[:8] not in text(amina.get("/ombuds/"))


def test_a_yes_taken_back_is_new_and_the_child_reads_what_was_told_before(
    desks: Desks, next_door: DeskNextDoor
) -> None:
    told = tell()
    answered(desks, told.case_id)
    number = asked(desks, told.case_id, told.code)
    assert open_with_code(told.code).told == ()
    hand = {"case": told.case_id, "assent": number, "at": MONDAY, **desks.at("amina")}
    handing_over.hand_over(**hand)
    answered(desks, told.case_id)
    assert tell_that_it_was_taken_back(at=MONDAY) == 0
    childs.withdraw_assent(code=told.code, number=number, at=TUESDAY)
    assert row_of(desks).news == {"taken_back"}
    said = [(one.what, one.to_whom, one.on, one.taken_back) for one in open_with_code(told.code).told]
    assert said == [("The locked gate", "The team", MONDAY.date(), True)]
    assert [tell_that_it_was_taken_back(at=TUESDAY) for _again in range(2)] == [1, 0]
    assert next_door.taken_back == [(copy.reference, TUESDAY.date()) for copy in next_door.copies]
    page = childs_page(told.code)
    assert "What we have told We told this The locked gate To whom The team On this day 23 November 2026" in page
    assert "You have taken your yes back." in page


def childs_page(code: ReturnCode) -> str:
    from omsorg.ombuds.rules.spoken_code import say_code

    typed = say_code([(sign.thing, sign.number) for sign in code], "en")
    return in_words(come_back(Client(), typed))


def test_what_was_told_without_a_yes_stands_there_only_where_the_child_was_told_first(desks: Desks) -> None:
    told = tell()
    give = {"case": told.case_id, "at": MONDAY}
    for what, why_not in (("The gate", ""), ("His name", "He reads what the child reads")):
        number = sharing.propose_disclosure(
            ground="child_in_danger",
            what=what,
            to_whom="Police",
            why="Tonight",
            second=desks.person("baraka"),
            why_not_told=why_not,
            **give,
            **desks.at("amina"),
        )
        sharing.give_second_view(disclosure=number, agrees=True, view="So do I", **give, **desks.at("baraka"))
        if not why_not:
            sharing.tell_child_first(disclosure=number, message="I tell the police", **give, **desks.at("amina"))
        sharing.break_confidentiality(disclosure=number, danger_now="Tonight", **give, **desks.at("amina"))
    assert [one.what for one in open_with_code(told.code).told] == ["The gate"]


def test_a_second_view_waits_on_the_desk_until_it_is_given(desks: Desks) -> None:
    told = tell()
    give = {"case": told.case_id, "at": MONDAY}
    number = sharing.propose_disclosure(
        ground="child_in_danger",
        what="The gate",
        to_whom="Police",
        why="Tonight",
        second=desks.person("rashid"),
        **give,
        **desks.at("amina"),
    )
    rashid = opened(desks, "rashid")
    assert "asked for a second view" in in_words(rashid.get("/ombuds/?show=waits"))
    sharing.give_second_view(disclosure=number, agrees=True, view="So do I", **give, **desks.at("rashid"))
    assert "asked for a second view" not in in_words(rashid.get("/ombuds/"))


def test_the_days_of_the_other_desk_are_told_in_words(desks: Desks) -> None:
    told = tell()
    number = asked(desks, told.case_id, told.code)
    handing_over.hand_over(case=told.case_id, assent=number, at=MONDAY, **desks.at("amina"))
    page = in_words(opened(desks, "amina").get(f"/ombuds/cases/{told.case_id}/"))
    assert "take it up: overdue since 20 November 2026" in page
    assert "look at it: done on 22 November 2026 (late: it was due by 20 November 2026)" in page
    assert "name a team: due by 1 December 2026" in page


def test_the_house_sees_that_a_copy_went_and_nobody_else_does(desks: Desks) -> None:
    from omsorg.ombuds.models import Handover

    told = tell()
    number = asked(desks, told.case_id, told.code)
    handing_over.hand_over(case=told.case_id, assent=number, at=MONDAY, **desks.at("amina"))
    with at_the_desk(desks.person("nora")):
        assert not Handover.objects.exists()
    with as_house():
        assert Handover.objects.count() == 1


def test_after_each_step_one_stands_at_the_case_whose_address_is_shown(desks: Desks) -> None:
    told = tell()
    amina, case = opened(desks, "amina"), f"/ombuds/cases/{told.case_id}/"
    for verb, given in {
        "note": {"text": "I think so", "kind": "note", "record": 11},
        "label": {"label": "By the well"},
        "answer": {"message": "Thank you", "nothing_more_owed": "on", "record": 12},
        "ask-assent": {"what": "The gate", "to_whom": "The nurse", "until_on": "2026-12-24"},
        "alarm": {"found": "Sent away"},
    }.items():
        answer = do(amina, told.case_id, verb, **given)
        assert answer["Location"] == case, verb
    locked = signed_in(desks, "amina")
    sent = {"text": "Once more", "kind": "note", "record": 13, "unlock_passphrase": PASSPHRASE}
    back = locked.post(f"{case}note/", sent)
    assert (back.status_code, back["Location"]) == (302, case)


def test_words_stay_without_a_network_and_what_is_required_is_not_called_optional(desks: Desks) -> None:
    told = tell()
    amina = opened(desks, "amina")
    for path in (f"/ombuds/cases/{told.case_id}/answer/", "/ombuds/take-down/"):
        page = text(amina.get(path))
        assert 'data-omsorg-stays="There is no network. Nothing was sent' in page
        assert "js/stays." in page
    number = sharing.propose_disclosure(
        case=told.case_id,
        ground="child_in_danger",
        what="The gate",
        to_whom="Police",
        why="Tonight",
        second=desks.person("baraka"),
        at=MONDAY,
        **desks.at("amina"),
    )
    view = {"disclosure": number, "agrees": True, "view": "So do I", "at": MONDAY, **desks.at("baraka")}
    sharing.give_second_view(case=told.case_id, **view)
    page = in_words(amina.get(f"/ombuds/cases/{told.case_id}/tell-first/"))
    assert "Your words to the child What is told, to whom and why." in page
    assert "(optional)" not in page


def test_cases_are_chosen_by_ones_own_word_the_newest_first(desks: Desks) -> None:
    old, new = tell("one", 1), tell("two", 2, at=TUESDAY)
    amina = opened(desks, "amina")
    do(amina, old.case_id, "label", label="By the well")
    page = amina.get("/ombuds/recommendations/new/")
    assert f"By the well · Tanzania · 23 November 2026 · {old.case_id[:8]}" in in_words(page)
    assert text(page).index(new.case_id[:8]) < text(page).index(old.case_id[:8])
    assert 'data-omsorg-sift="Find among them"' in text(page)
