"""A child says later, too, who must not read: their keys are gone, and the case goes up where nobody is left."""

import re

import pytest
from django.test import Client

from omsorg.federation.access import NothingHere
from omsorg.kernel.wall import as_house
from omsorg.ombuds.access import at_the_desk, case_for
from omsorg.ombuds.actions import childs
from omsorg.ombuds.actions.colleagues import bring_in_colleague
from omsorg.ombuds.models import Case, CaseKey, Ring, ShutOut
from omsorg.ombuds.queries.childs_view import open_with_code
from omsorg.ombuds.rules import refusals
from omsorg.ombuds.tests.office import MONDAY, Desks, tell
from omsorg.ombuds.tests.test_childs_pages import come_back, fields, said, send, text


def ring_of(desks: Desks, who: str) -> int:
    with as_house():
        return Ring.objects.get(person=desks.person(who)).pk


def opens(desks: Desks, who: str, case: str) -> bool:
    with at_the_desk(desks.person(who)):
        try:
            case_for(desks.acting[who], desks.ring[who], case)
        except NothingHere:
            return False
        return True


def test_the_page_names_who_reads_and_takes_the_key_of_whoever_is_marked(desks: Desks, on_monday: None) -> None:
    child = Client()
    back = come_back(child, said(send(child)))
    assert "Amina Juma" in text(back)
    with at_the_desk(desks.person("baraka")):
        case = Case.objects.get().code
    assert opens(desks, "amina", case)
    after = child.post(
        "/t/en/read/?at=tz",
        {"chosen": fields(back)["chosen"], "shut": "1", "not": ring_of(desks, "amina"), "names": "Mama Zawadi"},
    )
    assert "From now on they cannot open this." in text(after)
    assert not re.search(r'value="\d+">\s*Amina Juma', text(after))
    assert not opens(desks, "amina", case)
    assert opens(desks, "baraka", case)
    with at_the_desk(desks.person("baraka")):
        hand = case_for(desks.acting["baraka"], desks.ring["baraka"], case)
        assert [hand.read(row) for row in ShutOut.objects.all()] == ["Amina Juma"]


def test_where_nobody_is_left_at_this_level_the_case_goes_up(desks: Desks) -> None:
    told = tell()
    everybody = [ring_of(desks, who) for who in ("amina", "baraka")]
    childs.shut_out_people(code=told.code, rings=everybody, wish="Must not read this: them", at=MONDAY)
    found = open_with_code(told.code)
    assert (found.level, found.wishes[-1]) == ("regional", "Must not read this: them")
    assert opens(desks, "rashid", told.case_id)
    assert not opens(desks, "amina", told.case_id)


def test_whoever_is_named_later_is_shut_out_and_is_never_let_in_again(desks: Desks) -> None:
    told = tell()
    childs.shut_out_people(code=told.code, rings=(), names="not Baraka Mushi please", at=MONDAY)
    assert not opens(desks, "baraka", told.case_id)
    with pytest.raises(refusals.ShutOutOfCase):
        bring_in_colleague(case=told.case_id, person=desks.person("baraka"), at=MONDAY, **desks.at("amina"))


def test_a_child_is_not_left_alone(desks: Desks) -> None:
    told = tell()
    with as_house():
        rings = tuple(CaseKey.objects.values_list("ring_id", flat=True))
    with pytest.raises(refusals.NobodyElseReads):
        childs.shut_out_people(code=told.code, rings=rings, at=MONDAY)
    assert opens(desks, "amina", told.case_id)
