"""A desk with many cases: one's own word for each, narrowed, in the order one asks for, page by page."""

from datetime import timedelta

import pytest
from django.conf import settings

from omsorg.kernel import clock
from omsorg.kernel.wall import as_house
from omsorg.ombuds.actions import cases, childs
from omsorg.ombuds.models import CaseKey
from omsorg.ombuds.tests.office import MONDAY, Desks, tell
from omsorg.ombuds.tests.test_desk_pages import do, in_words, opened, text
from omsorg.ombuds.views.desk.desk import ON_A_PAGE


@pytest.fixture(autouse=True)
def on_a_monday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings.ENVIRONMENT, "second_factor_roles", "")
    monkeypatch.setattr(clock, "now", lambda: MONDAY)


def signs(page: str, *told: object) -> list[str]:
    """The cases in the order in which the page names them."""
    found = {page.index(one.case_id[:8]): one.case_id for one in told if one.case_id[:8] in page}
    return [found[place] for place in sorted(found)]


def test_a_case_is_known_by_a_word_of_ones_own_that_nobody_else_reads(desks: Desks) -> None:
    told, other = tell("one", 1), tell("two", 2)
    amina = opened(desks, "amina")
    do(amina, told.case_id, "label", label="  Girl by the well ")
    page = in_words(amina.get("/ombuds/"))
    assert f"Girl by the well {told.case_id[:8]}" in page
    assert "Girl by the well" in in_words(amina.get(f"/ombuds/cases/{told.case_id}/"))
    assert 'value="Girl by the well"' in text(amina.get(f"/ombuds/cases/{told.case_id}/label/"))
    found = in_words(amina.get("/ombuds/?case=by+the+WELL"))
    assert signs(found, told, other) == [told.case_id]
    assert "Girl by the well" not in in_words(opened(desks, "baraka").get("/ombuds/"))
    with as_house():
        kept = [bytes(label) for label in CaseKey.objects.exclude(label=None).values_list("label", flat=True)]
    assert len(kept) == 1
    assert b"well" not in kept[0]
    do(amina, told.case_id, "label", label=" ")
    assert "Girl by the well" not in in_words(amina.get("/ombuds/"))


def test_the_list_is_narrowed_by_what_a_case_is_and_the_choice_stays_in_the_address(desks: Desks) -> None:
    web, phone = tell("one", 1), tell("two", 2, channel="phone", language="en")
    cases.judge_risk(
        case=phone.case_id,
        danger="great",
        reasons="Alone",
        look_again_on=MONDAY.date(),
        at=MONDAY,
        **desks.at("baraka"),
    )
    amina = opened(desks, "amina")
    for asked, kept in (
        ("channel=phone", phone),
        ("channel=web", web),
        ("language=sw", web),
        ("danger=great", phone),
        ("danger=great&case=0000000000", None),
        ("nonsense=1&level=nowhere&country=NO", None),
    ):
        page = in_words(amina.get(f"/ombuds/?{asked}"))
        expected = [kept.case_id] if kept else signs(page, web, phone)
        assert signs(page, web, phone) == expected, asked
        assert kept or asked.startswith("nonsense") or "No such case here" in page, asked
    page = amina.get("/ombuds/?channel=phone&sort=opened")
    assert "Open, or asking for something 1" in in_words(page)
    assert "?show=missed&amp;channel=phone&amp;sort=opened" in text(page)
    assert "danger: great" in in_words(page)


def test_the_list_stands_in_the_order_one_asks_for(desks: Desks) -> None:
    old, late = tell("one", 1), tell("two", 2)
    new = tell("three", 3, at=MONDAY + timedelta(days=3))
    for told, days in ((old, 1), (late, 9), (new, 2)):
        cases.answer_child(
            case=told.case_id,
            message="Yes",
            promise_on=MONDAY.date() + timedelta(days=days),
            at=MONDAY,
            **desks.at("amina"),
        )
    childs.add_words(code=late.code, message="My sister too", at=MONDAY)
    amina = opened(desks, "amina")
    orders = {
        sort: signs(in_words(amina.get(f"/ombuds/?sort={sort}")), old, late, new) for sort in ("", "news", "opened")
    }
    assert orders[""] == [old.case_id, new.case_id, late.case_id]
    assert orders["news"][0] == late.case_id
    assert orders["opened"][0] == new.case_id


def test_a_long_list_goes_on_on_the_next_page(desks: Desks) -> None:
    for number in range(1, ON_A_PAGE + 2):
        tell(f"number {number}", number)
    amina = opened(desks, "amina")
    first = amina.get("/ombuds/?sort=opened")
    assert "?page=2&amp;show=open&amp;sort=opened" in text(first)
    assert f"{ON_A_PAGE + 1} to {ON_A_PAGE + 1} of {ON_A_PAGE + 1}" in in_words(
        amina.get("/ombuds/?page=2&sort=opened")
    )
