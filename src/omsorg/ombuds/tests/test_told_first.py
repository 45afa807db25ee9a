"""The child that is told first reads what is told, to whom and why, and has a day for it unless danger is now."""

from datetime import datetime, timedelta

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import IntegrityError, connections, transaction
from django.test import Client

from omsorg.kernel import clock
from omsorg.ombuds.access import at_the_desk
from omsorg.ombuds.actions import sharing
from omsorg.ombuds.models import Disclosure
from omsorg.ombuds.queries.desk import my_cases
from omsorg.ombuds.rules import refusals
from omsorg.ombuds.tests.office import MONDAY, Desks, make_office, tell
from omsorg.ombuds.tests.test_childs_pages import child, come_back, said, send, text
from world import make_world

__all__ = ["child"]
TUESDAY, WEDNESDAY = (MONDAY + timedelta(days=days) for days in (1, 2))
SAID = {"ground": "child_in_danger", "what": "Where you sleep", "to_whom": "The police", "why": "He has a knife"}


@pytest.fixture(autouse=True)
def _on_monday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: MONDAY)


def told_first(desks: Desks, case: str, *, tell: bool = True) -> int:
    amina, baraka = ({"case": case, "at": MONDAY, **desks.at(who)} for who in ("amina", "baraka"))
    number = sharing.propose_disclosure(second=desks.person("baraka"), **SAID, **amina)
    sharing.give_second_view(disclosure=number, agrees=True, view="Yes", **baraka)
    if tell:
        sharing.tell_child_first(disclosure=number, message="Hello", **amina)
    return number


def breaks(desks: Desks, case: str, number: int, at: datetime, **more: str) -> None:
    sharing.break_confidentiality(case=case, disclosure=number, at=at, **more, **desks.at("amina"))


def case_of(desks: Desks) -> str:
    with at_the_desk(desks.person("amina")):
        return my_cases(desks.person("amina"), at=MONDAY)[0].code


@pytest.mark.parametrize(("language", "heading"), [("en", "We are going to tell this"), ("sw", "Tutasema jambo hili")])
def test_the_page_says_what_to_whom_and_why_above_the_words(
    desks: Desks, child: Client, language: str, heading: str
) -> None:
    code = said(send(child))
    case = case_of(desks)
    number = told_first(desks, case, tell=False)
    assert heading not in text(come_back(child, code, language))
    sharing.tell_child_first(case=case, disclosure=number, message="Hello", at=MONDAY, **desks.at("amina"))
    shown = text(come_back(child, code, language))
    places = [shown.index(one) for one in (heading, "Where you sleep", "The police", "He has a knife", "Hello")]
    assert places == sorted(places)


def test_a_whole_day_passes_before_others_are_told(desks: Desks, child: Client) -> None:
    send(child)
    case = case_of(desks)
    number = told_first(desks, case)
    with pytest.raises(refusals.NotReadYet):
        breaks(desks, case, number, MONDAY + timedelta(hours=3))
    with pytest.raises(refusals.NotReadYet):
        breaks(desks, case, number, TUESDAY)
    breaks(desks, case, number, WEDNESDAY)


def test_where_danger_is_now_it_is_said_so_to_the_child_as_well(desks: Desks, child: Client) -> None:
    code = said(send(child))
    case = case_of(desks)
    number = told_first(desks, case)
    breaks(desks, case, number, MONDAY, danger_now="He is at the gate")
    shown = text(come_back(child, code))
    assert "It could not wait until the next day: somebody was in danger." in shown
    assert "He has a knife" in shown
    assert "We are going to tell this" not in shown
    assert "He is at the gate" not in shown


def test_the_database_keeps_the_day_too(desks: Desks, child: Client) -> None:
    send(child)
    case = case_of(desks)
    number = told_first(desks, case)
    for day in (MONDAY, TUESDAY):
        done = {"standing": "done", "done_on": day.date()}
        with at_the_desk(desks.person("amina")), pytest.raises(IntegrityError), transaction.atomic():
            Disclosure.objects.filter(pk=number).update(**done)


def test_what_was_not_carried_out_in_time_is_announced_no_more(
    desks: Desks, child: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = said(send(child))
    told_first(desks, case_of(desks))
    later = MONDAY + timedelta(days=settings.ENVIRONMENT.ombuds_agreement_days + 1)
    monkeypatch.setattr(clock, "now", lambda: later)
    shown = text(come_back(child, code))
    assert "We are going to tell this" not in shown
    assert "Hello" in shown


def test_what_was_told_on_the_day_after_stays_as_it_was(own_database: str) -> None:
    """It was told before a whole day was asked for, and nobody said why it could not wait."""
    desks = make_office(make_world())
    told_first(desks, tell().case_id)
    call_command("migrate", "ombuds", "0030", database="owner", interactive=False, verbosity=0)
    with connections["owner"].cursor() as cursor:
        cursor.execute("UPDATE ombuds_disclosure SET standing = 'done', done_on = child_told_on + 1")
    call_command("migrate", "ombuds", database="owner", interactive=False, verbosity=0)
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT standing, danger_now FROM ombuds_disclosure")
        ((standing, danger),) = cursor.fetchall()
    assert (standing, bytes(danger)) == ("done", b"")
