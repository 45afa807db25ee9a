"""Taking down what was said elsewhere, recommendations and visits, as a browser gets them."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.http import HttpResponse

from omsorg.federation.access import NothingHere
from omsorg.kernel.wall import as_house
from omsorg.ombuds.access import at_the_desk, case_for
from omsorg.ombuds.actions import cases
from omsorg.ombuds.actions.advising import mark_of_answer
from omsorg.ombuds.models import Advice, Case, Ring, Visit
from omsorg.ombuds.queries.childs_view import open_with_code
from omsorg.ombuds.rules.return_code import ReturnCode, Sign
from omsorg.ombuds.rules.spoken_code import read_code
from omsorg.ombuds.tests.office import MONDAY, Desks, tell
from omsorg.ombuds.tests.test_desk_pages import Hands, field, hands, in_words, opened, signed_in, text

__all__ = ["Hands", "hands"]
SAID = {"message": "He shouts at us", "channel": "phone", "language": "sw", "country": "TZ", "on": "2026-11-20"}


def code_in(page: HttpResponse) -> ReturnCode:
    """The code that stands on a page, read aloud and understood again."""
    said = re.search(r'class="ombuds-code-said" lang="sw">([^<]+)<', text(page))
    assert said, in_words(page)
    return tuple(Sign(*pair) for pair in read_code(said[1], "sw"))


def test_what_was_said_elsewhere_gets_a_code_once_however_often_it_is_sent(desks: Desks) -> None:
    amina = opened(desks, "amina", "/ombuds/take-down/")
    form = field(amina.get("/ombuds/take-down/"), "form")
    first = amina.post("/ombuds/take-down/", {**SAID, "form": form})
    again = amina.post("/ombuds/take-down/", {**SAID, "form": form})
    assert code_in(first) == code_in(again)
    assert "We have this already" in in_words(again)
    assert form not in text(first)
    found = open_with_code(code_in(first))
    assert [(one.text, one.taken_down, one.on.isoformat()) for one in found.messages] == [
        ("He shouts at us", True, "2026-11-20")
    ]
    with as_house():
        assert Case.objects.count() == 1


def test_whoever_hears_one_country_is_offered_the_day_that_it_is_there(desks: Desks, hands: Hands) -> None:
    tell()
    hands.at = MONDAY.replace(hour=22)
    amina = opened(desks, "amina", "/ombuds/take-down/")
    page = amina.get("/ombuds/take-down/")
    assert field(page, "on") == "2026-11-24", "it is Tuesday in Arusha"
    kept = amina.post("/ombuds/take-down/", {**SAID, "form": field(page, "form"), "on": "2026-11-24"})
    assert open_with_code(code_in(kept)).messages[0].on.isoformat() == "2026-11-24"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"on": "2026-11-24"}, "That day has not come yet"),
        ({"message": ""}, "What was said, word for word"),
        ({"case": "ffff"}, "No case, or more than one"),
    ],
)
def test_what_cannot_be_kept_is_said_and_stays_in_the_form(desks: Desks, wrong: dict[str, str], said: str) -> None:
    amina = opened(desks, "amina", "/ombuds/take-down/")
    form = field(amina.get("/ombuds/take-down/"), "form")
    page = amina.post("/ombuds/take-down/", {**SAID, "form": form, **wrong})
    assert said in in_words(page)
    with as_house():
        assert not Case.objects.exists()


def test_words_go_into_the_case_that_is_there(desks: Desks) -> None:
    told = tell()
    amina = opened(desks, "amina", "/ombuds/take-down/")
    sent = {**SAID, "form": field(amina.get("/ombuds/take-down/"), "form"), "case": told.case_id[:8]}
    for _again in range(2):
        assert "Kept, word for word" in in_words(amina.post("/ombuds/take-down/", sent))
    assert [one.text for one in open_with_code(told.code).messages][1:] == ["He shouts at us"]


def test_the_page_for_the_way_needs_no_key_and_names_nobody(desks: Desks) -> None:
    page = signed_in(desks, "amina").get("/ombuds/travelling/")
    assert page.status_code == 200
    assert "Amina" not in text(page)
    assert "csrf" not in text(page)
    assert page["Cache-Control"] == "no-store"
    for place in ("names", "wants"):
        assert f'name="{place}"' in text(page)
    for said in ("has no room for what you write", "may throw away what it keeps", "The desk did not take these"):
        assert said in in_words(page)
    for script in ("locked", "travelling", "put-aside"):
        assert Path(finders.find(f"js/{script}.js")).stat().st_size < 4000


@pytest.mark.parametrize("in_a_case", [False, True])
def test_whom_the_child_names_on_the_way_does_not_hear_it(desks: Desks, in_a_case: bool) -> None:
    nora = opened(desks, "nora", "/ombuds/take-down/")
    told = tell() if in_a_case else None
    by = opened(desks, "amina", "/ombuds/take-down/") if in_a_case else nora
    sent = {**SAID, "form": field(by.get("/ombuds/take-down/"), "form"), "wants": "To go home", "names": "Baraka Mushi"}
    by.post("/ombuds/take-down/", sent | ({"case": told.case_id[:8]} if told else {}))
    with as_house():
        case = Case.objects.get().code
    assert not opens(desks, "baraka", case)


def test_a_recommendation_goes_its_way(desks: Desks) -> None:
    told = tell()
    amina = opened(desks, "amina", "/ombuds/recommendations/")
    assert "Nothing has been recommended yet" in text(amina.get("/ombuds/recommendations/"))
    sent = {"organisation": "tanzania", "answer_due_on": "2026-12-24", "text_en": "A lock that opens from inside"}
    made = amina.post("/ombuds/recommendations/new/", {**sent, "cases": [told.case_id]})
    assert made.status_code == 302, in_words(made)
    path = made["Location"]
    assert amina.post(path, {"answered": "1", "answer": "refused", "reasons": ""}).status_code == 200
    assert amina.post(path, {"answered": "1", "answer": "accepted", "reasons": ""}).status_code == 302
    assert "Another ombudsperson reads it and publishes it" in in_words(amina.get(path))
    nora = opened(desks, "nora", path)
    for verb, by in (("publish", nora), ("confirm", nora), ("done", amina)):
        assert by.post(path, {"read": mark_of_answer("accepted", ""), verb: "1"}).status_code == 302
    amina.post(path, {"withdraw": "1", "reason": "overtaken"})
    assert "A colleague asks to withdraw it" in in_words(nora.get(path))
    nora.post(path, {"withdraw": "1", "reason": "overtaken"})
    withdrawn = in_words(amina.get(path))
    assert "Withdrawn on" in withdrawn
    assert "it is read on these pages alone" not in withdrawn
    with as_house():
        advice = Advice.objects.get()
        assert advice.done_on == advice.published_on == advice.answered_on
    assert advice.code in text(amina.get(f"/ombuds/cases/{told.case_id}/"))


def test_a_visit_stands_in_the_register_once(desks: Desks) -> None:
    amina = opened(desks, "amina", "/ombuds/visits/")
    record = field(amina.get("/ombuds/visits/"), "record")
    sent = {
        "record": record,
        "on": "2026-11-20",
        "kind": "village",
        "country": "TZ",
        "place": "Kilimani",
        "children": "31",
        "know_their_ombudsperson": "40",
    }
    assert "More than were there" in in_words(amina.post("/ombuds/visits/", sent))
    for _again in range(2):
        assert amina.post("/ombuds/visits/", {**sent, "know_their_ombudsperson": "9"}).status_code == 302
    with as_house():
        assert not Visit.objects.exists()
    assert in_words(amina.get("/ombuds/visits/")).count("Kilimani") == 1


def opens(desks: Desks, who: str, case: str) -> bool:
    with at_the_desk(desks.person(who)):
        try:
            case_for(desks.acting[who], desks.ring[who], case)
        except NothingHere:
            return False
    return True


def taken_down(desks: Desks, case: str, **more: object) -> str:
    """What the desk says to words of a child's that are written down in a case of hers."""
    amina = opened(desks, "amina", "/ombuds/take-down/")
    form = {**SAID, "form": field(amina.get("/ombuds/take-down/"), "form"), "case": case[:8]}
    return in_words(amina.post("/ombuds/take-down/", {**form, **more}))


def test_what_a_child_wants_and_whom_it_does_not_want_is_kept_in_a_case_that_is_there_too(desks: Desks) -> None:
    told = tell()
    with as_house():
        ring = Ring.objects.get(person=desks.person("baraka")).pk
    assert "Kept" in taken_down(desks, told.case_id, wants="I want to sleep at my aunt's", excluded=[ring])
    assert "I want to sleep at my aunt's" in open_with_code(told.code).wishes
    assert not opens(desks, "baraka", told.case_id)


def test_the_house_complained_of_later_hears_no_more(desks: Desks) -> None:
    told = tell()
    taken_down(desks, told.case_id, unit="arusha")
    assert not opens(desks, "baraka", told.case_id)


def test_a_child_that_calls_opens_its_closed_case_again(desks: Desks) -> None:
    told = tell()
    cases.close_case(case=told.case_id, message="Farewell", at=MONDAY, **desks.at("amina"))
    assert "Kept" in taken_down(desks, told.case_id)
    with as_house():
        case = Case.objects.get(pk=int(told.case_id, 16))
    assert (case.status, case.closed_on, case.keep_until) == ("open", None, None)
    assert case.promise_on is not None


def test_a_slip_in_the_case_is_put_right_with_the_same_form(desks: Desks) -> None:
    one, two = tell("one", 1), tell("two", 2)
    amina = opened(desks, "amina", "/ombuds/take-down/")
    form = {**SAID, "form": field(amina.get("/ombuds/take-down/"), "form")}
    for _twice in range(2):
        for case in (one, two):
            assert amina.post("/ombuds/take-down/", {**form, "case": case.case_id[:8]}).status_code == 200
    for case in (one, two):
        assert [said.text for said in open_with_code(case.code).messages][1:] == [SAID["message"]]
