"""What goes wrong by a slip: a form sent again, a country that is none, a yes that is late."""

from contextlib import suppress
from datetime import timedelta

import pytest
from django.test import Client

from omsorg.kernel.wall import as_house
from omsorg.ombuds.actions import childs, gates, sharing
from omsorg.ombuds.models import Case
from omsorg.ombuds.queries.childs_view import open_with_code
from omsorg.ombuds.rules.refusals import NotAsked, TooManyAtOnce
from omsorg.ombuds.tests.office import MONDAY, Desks, tell
from omsorg.ombuds.tests.test_childs_pages import child, come_back, fields, said, text  # noqa: F401

ADDRESS = "/t/en/write/?at=tz"
WORDS = {"message": "The guard shouts at us"}


@pytest.mark.parametrize("country", ["1e", "ZZ", "t", "💥💥"])
def test_a_country_that_is_not_offered_counts_as_not_said(desks: Desks, country: str) -> None:
    visitor = Client()
    form = fields(visitor.get("/t/en/write/"))
    assert visitor.post("/t/en/write/", {**form, **WORDS, "country": country}).status_code == 200
    with as_house():
        assert Case.objects.get().country == ""


def full() -> None:
    """The others on the tablet have written until the gate closed."""
    with suppress(TooManyAtOnce):
        while True:
            gates.ask_to_tell("127.0.0.1", "")


def test_the_form_sent_again_shows_its_code_though_the_tablet_is_full(desks: Desks) -> None:
    visitor = Client()
    form = {**fields(visitor.get(ADDRESS)), **WORDS}
    code = said(visitor.post(ADDRESS, form))
    full()
    again = visitor.post(ADDRESS, form)
    assert (again.status_code, said(again)) == (200, code)
    assert visitor.post(ADDRESS, {**form, "message": "And he hits"}).status_code == 429, "new words wait"
    assert visitor.post(ADDRESS, {**fields(visitor.get(ADDRESS)), **WORDS}).status_code == 429, "so does a new form"
    with as_house():
        assert Case.objects.count() == 1


def test_a_form_sent_again_and_again_is_not_looked_for_for_ever(desks: Desks) -> None:
    visitor = Client()
    form = {**fields(visitor.get(ADDRESS)), **WORDS}
    visitor.post(ADDRESS, form)
    full()
    answers = [visitor.post(ADDRESS, form).status_code for _again in range(gates.ASKED_AGAIN.limits.each + 5)]
    assert answers[0] == 200
    assert answers[-1] == 429


def test_what_is_asked_until_a_day_is_not_asked_after_it(desks: Desks, monkeypatch: pytest.MonkeyPatch) -> None:
    told = tell()
    give = {"case": told.case_id, "at": MONDAY, **desks.at("amina")}
    until = MONDAY.date() + timedelta(days=3)
    number = sharing.ask_assent(what="The gate", to_whom="My aunt", until_on=until, **give)
    for days, asked in ((0, True), (3, True), (4, False), (30, False)):
        now = MONDAY + timedelta(days=days)
        monkeypatch.setattr("omsorg.kernel.clock.now", lambda now=now: now)
        found = open_with_code(told.code)
        assert found is not None
        assert found.sharings[0].waits_for_the_child is asked, days
    with pytest.raises(NotAsked):
        childs.answer_assent(code=told.code, number=number, agrees=True, at=MONDAY + timedelta(days=4))
    childs.answer_assent(code=told.code, number=number, agrees=True, at=MONDAY + timedelta(days=3))
