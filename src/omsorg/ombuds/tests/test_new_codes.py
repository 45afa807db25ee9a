"""A new code: the old one says that it was changed, what comes after is marked, and who else knows it is told."""

import re
from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from omsorg.kernel.wall import as_house
from omsorg.ombuds.access import at_the_desk
from omsorg.ombuds.actions import cases, childs, colleagues, new_codes, relay, sharing
from omsorg.ombuds.models import Case, OldCode
from omsorg.ombuds.pages.desk import _also, _waits
from omsorg.ombuds.queries.childs_view import open_with_code
from omsorg.ombuds.queries.desk import CaseRow, my_cases
from omsorg.ombuds.rules import refusals
from omsorg.ombuds.rules.return_code import ReturnCode
from omsorg.ombuds.rules.spoken_code import say_code
from omsorg.ombuds.tests.office import MONDAY, Desks, tell
from omsorg.ombuds.tests.test_cases import file_of
from omsorg.ombuds.tests.test_childs_pages import come_back, fields, said, send, text

TUESDAY = MONDAY + timedelta(days=1)


def changed(desks: Desks, case: str, who: str = "amina") -> ReturnCode:
    return new_codes.give_new_code(case=case, how_known="I met her", at=MONDAY, **desks.at(who))


def row_of(desks: Desks, who: str) -> CaseRow:
    with at_the_desk(desks.person(who)):
        return my_cases(desks.person(who), at=MONDAY)[0]


def test_the_old_code_says_that_it_was_changed_and_nothing_else(desks: Desks, on_monday: None) -> None:
    child = Client()
    code = said(send(child))
    with as_house():
        case = Case.objects.get().code
    changed(desks, case)
    answer = come_back(Client(), code)
    assert answer.status_code == 422
    assert "This code was changed. Ask the person who listens to children for the new one" in text(answer)
    for word in ("Amina", case, "We find nothing"):
        assert word not in text(answer)
    wrong = come_back(Client(), "fish 1 fish 2 fish 3 fish 4")
    assert (wrong.status_code, "We find nothing" in text(wrong)) == (422, True)


def test_an_old_code_asks_the_database_what_every_code_asks(desks: Desks) -> None:
    told = tell()
    changed(desks, told.case_id)
    asked = []
    for code in (told.code, tuple(reversed(told.code))):
        with CaptureQueriesContext(connection) as queries, suppress(refusals.CodeChanged):
            assert open_with_code(code) is None
        asked.append([re.sub(r"'.*?'|\"s\d+_x\d+\"", "", query["sql"]) for query in queries])
    assert asked[0] == asked[1]


def test_a_text_message_with_the_old_code_is_told_too(desks: Desks) -> None:
    told = tell()
    changed(desks, told.case_id)
    signs = tuple((sign.thing, sign.number) for sign in told.code)
    with pytest.raises(refusals.CodeChanged):
        relay.come_back(codes=[(signs, "more")], token=b"1" * 32, language="sw", at=MONDAY)


def test_the_form_sent_again_after_its_code_was_changed_loses_no_word(desks: Desks) -> None:
    told = tell("He hit me")
    changed(desks, told.case_id)
    again = tell("He hit me. And he comes back")
    assert (again.already, again.code != told.code, again.case_id != told.case_id) == (False, True, True)
    assert tell("He hit me. And he comes back").already


def test_what_comes_after_a_new_code_is_marked_until_the_child_confirms_it(desks: Desks) -> None:
    told = tell()
    number = sharing.ask_assent(
        case=told.case_id,
        what="That I am sad",
        to_whom="My aunt",
        until_on=MONDAY.date(),
        at=MONDAY,
        **desks.at("amina"),
    )
    code = changed(desks, told.case_id)
    childs.add_words(code=code, message="I made it all up", at=MONDAY)
    childs.answer_assent(code=code, number=number, agrees=True, at=MONDAY)
    childs.say_whether_it_helped(code=code, helped="yes", at=MONDAY)
    file = file_of(desks, "baraka", told.case_id)
    assert [message.is_marked for message in file.told.messages] == [False, True]
    assert (file.told.sharings[0].is_marked, file.told.asks_for_confirmation) == (True, True)
    assert file.case.helped_under > file.case.code_confirmed
    assert row_of(desks, "baraka").code_is_unconfirmed

    childs.confirm_new_code(code=code, said="It is me, she gave it to me", at=TUESDAY)
    file = file_of(desks, "baraka", told.case_id)
    assert not any(message.is_marked for message in file.told.messages)
    assert (file.told.sharings[0].is_marked, file.told.asks_for_confirmation) == (False, False)
    assert file.wishes[-1].text == "It is me, she gave it to me"
    assert "confirmed" in row_of(desks, "baraka").news


def test_somebody_else_than_who_made_the_code_writes_down_that_it_is_confirmed(desks: Desks) -> None:
    told = tell()
    changed(desks, told.case_id)
    wish = {"case": told.case_id, "wish": "She has got it herself", "step": "new_code", "at": MONDAY}
    with pytest.raises(refusals.NotForOneself):
        cases.write_down_wish(**wish, **desks.at("amina"))
    cases.write_down_wish(**wish, **desks.at("baraka"))
    assert not file_of(desks, "amina", told.case_id).told.asks_for_confirmation


def test_the_child_confirms_on_its_page(desks: Desks, on_monday: None) -> None:
    told = tell()
    code = changed(desks, told.case_id)
    child = Client()
    page = come_back(child, say_code([(sign.thing, sign.number) for sign in code], "en"))
    assert "Your code was changed. Were you given the new one?" in text(page)
    after = child.post("/t/en/read/?at=tz", {**fields(page), "confirm": "1", "confirmed": "Yes, under the tree"})
    assert "Now we know that it is you." in text(after)
    assert "Were you given the new one?" not in text(after)


def test_a_code_known_to_somebody_who_is_gone_waits_on_the_desk(desks: Desks) -> None:
    told = tell(by=desks.acting["amina"], channel="phone")
    assert not row_of(desks, "baraka").code_known_elsewhere
    colleagues.leave_case(case=told.case_id, at=MONDAY, **desks.at("amina"))
    row = row_of(desks, "baraka")
    assert row.code_known_elsewhere
    assert _waits(row)
    assert "its code is known to somebody who no longer works on it: give a new one" in _also(row)
    assert file_of(desks, "baraka", told.case_id).code_known_elsewhere
    changed(desks, told.case_id, "baraka")
    assert not row_of(desks, "baraka").code_known_elsewhere


def test_whoever_is_named_in_what_she_takes_down_knows_the_code_and_it_says_so(desks: Desks) -> None:
    tell("Amina Juma hits me", by=desks.acting["amina"], channel="phone")
    assert row_of(desks, "baraka").code_known_elsewhere


def test_a_code_that_the_child_alone_has_is_known_to_nobody(desks: Desks) -> None:
    told = tell()
    colleagues.leave_case(case=told.case_id, at=MONDAY, **desks.at("amina"))
    assert not row_of(desks, "baraka").code_known_elsewhere


def test_an_old_code_is_seen_by_nobody_of_the_house(desks: Desks) -> None:
    told = tell()
    changed(desks, told.case_id)
    with as_house():
        assert OldCode.objects.count() == 0
    with at_the_desk(desks.person("nora")):
        assert OldCode.objects.count() == 0
