"""A phone that many share: what its browser sends again out of its history opens no case, and costs no word."""

from datetime import timedelta

import pytest
from django.test import Client

from omsorg.kernel import clock
from omsorg.kernel.wall import as_house
from omsorg.ombuds.access import at_the_desk
from omsorg.ombuds.actions import cases
from omsorg.ombuds.actions.tickets import SPAN_HOURS, Ticket, new_ticket, use_ticket
from omsorg.ombuds.models import Case, UsedTicket
from omsorg.ombuds.rules.levels import Level
from omsorg.ombuds.tests.office import MONDAY, Desks
from omsorg.ombuds.tests.test_childs_pages import come_back, fields, said, send, text

READ, CODE, PICTURES, WRITE = (f"/t/en/{page}/?at=tz" for page in ("read", "code", "code/pictures", "write"))
AGAIN = "So that nobody else reads it on this phone, we ask for your code again."
SECRET = "The guard shouts at us"

pytestmark = pytest.mark.usefixtures("desks", "on_monday")


@pytest.fixture
def phone() -> Client:
    return Client()


def test_no_page_of_the_history_opens_the_case_again(phone: Client) -> None:
    told = fields(phone.get(WRITE)) | {"message": SECRET}
    code = said(phone.post(WRITE, told))
    typed = fields(phone.get(CODE)) | {"typed": code}
    back = phone.post(CODE, typed)
    more = fields(back) | {"message": "And at night", "add": "1"}
    assert "And at night" in text(phone.post(READ, more))
    chosen = {**fields(phone.get(CODE)), "chosen": fields(back)["chosen"]}
    assert "Is this your code?" in text(phone.post(PICTURES, chosen))
    assert SECRET in text(phone.post(READ, chosen))
    for address, sent in ((WRITE, told), (CODE, typed), (READ, more), (PICTURES, chosen), (READ, chosen)):
        again = phone.post(address, sent)
        assert SECRET not in text(again)
        assert "And at night" not in text(again)
        assert code not in text(again)
        assert "chosen" not in fields(again)
        assert (AGAIN in text(again)) == (address != WRITE)
    assert "we do not show it again" in text(phone.post(WRITE, told))
    assert SECRET in text(come_back(phone, code)), "the code itself opens as ever"


def test_before_anybody_came_back_the_same_form_shows_the_code_again(phone: Client) -> None:
    told = fields(phone.get(WRITE)) | {"message": SECRET}
    assert said(phone.post(WRITE, told)) == said(phone.post(WRITE, told))


def test_whoever_closes_the_code_finds_it_no_more(phone: Client) -> None:
    """Without script as well: Back and Reload sends the form again that told it."""
    told = fields(phone.get(WRITE)) | {"message": SECRET}
    first = phone.post(WRITE, told)
    code = said(first)
    closed = phone.post(WRITE, {"form": fields(first)["form"], "known": "1"})
    assert 'content="0;url=/t/exit/"' in text(closed)
    again = text(phone.post(WRITE, told))
    assert code not in again
    assert "has closed it" in again
    assert SECRET in text(come_back(phone, code)), "the code itself opens as ever"


@pytest.mark.parametrize("form", ["", "x", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"])
def test_closing_what_nobody_told_leads_out_as_well(phone: Client, form: str) -> None:
    assert 'content="0;url=/t/exit/"' in text(phone.post(WRITE, {"form": form, "known": "1"}))
    with as_house():
        assert not Case.objects.exists()


def test_words_of_a_page_that_lay_open_for_too_long_are_kept_and_the_code_is_asked_for(
    phone: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = said(send(phone))
    open_page = fields(come_back(phone, code))
    later = MONDAY + timedelta(hours=3 * SPAN_HOURS)
    monkeypatch.setattr(clock, "now", lambda: later)
    kept = phone.post(READ, {**open_page, "message": "Written for long", "add": "1"})
    assert "Thank you. We have it." in text(kept)
    assert AGAIN in text(kept)
    assert SECRET not in text(kept)
    refused = phone.post(READ, {**open_page, "message": "Not sent", "names": "Juma", "shut": "1"})
    assert "Not sent</textarea>" in text(refused)
    opened = phone.post(CODE, {**fields(refused), "message": "Not sent", "typed": code})
    assert "Written for long" in text(opened)
    assert ">Not sent</textarea>" in text(opened)


def test_words_that_are_not_sent_yet_stay_whatever_is_pressed(phone: Client, desks: Desks) -> None:
    told = fields(phone.get(WRITE)) | {"message": SECRET}
    code = said(phone.post(WRITE, told))
    with at_the_desk(desks.person("amina")):
        case = Case.objects.get().code
    cases.answer_child(case=case, message="Hello", nothing_more_owed=True, at=MONDAY, **desks.at("amina"))
    back = come_back(phone, code)
    assert text(back).count("<form") == 1, "all that can be pressed goes with the words"
    pressed = phone.post(READ, {**fields(back), "message": "Not sent yet", "helped": "yes"})
    assert "Thank you for saying so." in text(pressed)
    assert "Not sent yet</textarea>" in text(pressed)


def test_somebody_higher_is_asked_once_however_often_the_button_is_pressed(phone: Client) -> None:
    code = said(send(phone))
    first, second = fields(come_back(phone, code)), fields(come_back(phone, code))
    for sent in (first, first, second):
        phone.post(READ, {**sent, "review": "1"})
    with as_house():
        assert Case.objects.get().level == Level.REGIONAL


def test_a_ticket_is_good_once_for_some_hours_and_leaves_nothing_behind() -> None:
    signs = ((1, 2), (3, 4), (5, 6), (7, 8))
    ticket = new_ticket(at=MONDAY, opened=signs)
    assert use_ticket("made up", at=MONDAY) is Ticket.OLD
    assert use_ticket(ticket, signs=signs, at=MONDAY) is Ticket.OPENED
    assert use_ticket(ticket, signs=signs, at=MONDAY) is Ticket.USED
    other = new_ticket(at=MONDAY, opened=signs)
    assert use_ticket(other, signs=signs[::-1], at=MONDAY) is Ticket.FRESH
    for hours in (3 * SPAN_HOURS, -3 * SPAN_HOURS):
        assert use_ticket(new_ticket(at=MONDAY), at=MONDAY + timedelta(hours=hours)) is Ticket.OLD
    with at_the_desk(None):
        assert UsedTicket.objects.count() == 2
    late = MONDAY + timedelta(hours=3 * SPAN_HOURS)
    use_ticket(new_ticket(at=late), at=late)
    with at_the_desk(None):
        assert UsedTicket.objects.count() == 1


def test_a_fault_of_ours_is_said_in_her_language_with_her_words(
    phone: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    code = said(send(phone))
    back = fields(come_back(phone, code))

    def breaks(**_given: object) -> None:
        raise RecursionError("zebrafinch")

    for module in ("writing.submit", "coming_back.add_words", "coming_back.came_back"):
        monkeypatch.setattr(f"omsorg.ombuds.views.child.{module}", breaks)
    form = fields(phone.get("/t/sw/write/"))
    for address, sent in (("/t/sw/write/", form), ("/t/sw/read/", {**back, "add": "1"})):
        answer = phone.post(address, {**sent, "message": "maneno yangu"})
        assert answer.status_code == 500
        assert answer["Cache-Control"] == "no-store"
        assert "maneno yangu</textarea>" in text(answer)
        assert "<title>Madokezo</title>" in text(answer)
    asked = come_back(phone, code)
    assert asked.status_code == 500
    assert f'value="{code}"' in text(asked)
    assert "zebrafinch" not in caplog.text
    assert "RecursionError at test_shared_phone.py" in caplog.text
    broken = phone.generic("POST", "/t/sw/write/", b"--b\r\n", content_type="multipart/form-data; boundary=")
    assert (broken.status_code, broken["Cache-Control"]) == (400, "no-store")


def test_pictures_half_chosen_are_shown_to_nobody_after_leaving(phone: Client) -> None:
    half = {**fields(phone.get(CODE)), "chosen": "1-2 3-4"}
    assert "3-4" in fields(phone.post(PICTURES, half))["chosen"]
    left = phone.post("/t/exit/", {"ticket": half["ticket"]})
    assert (left.status_code, left.content) == (204, b"")
    again = phone.post(PICTURES, half)
    assert AGAIN in text(again)
    assert "chosen" not in fields(again)


def test_the_answer_of_the_office_is_read_on_the_page_that_was_opened(phone: Client, desks: Desks) -> None:
    code = said(send(phone))
    with at_the_desk(desks.person("amina")):
        number = Case.objects.get().code
    cases.answer_child(case=number, message="We heard you", nothing_more_owed=True, at=MONDAY, **desks.at("amina"))
    assert "We heard you" in text(come_back(phone, code))
