"""A child says later, too, who must not read: their keys are gone, and the case goes up where nobody is left."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from omsorg.federation.access import NothingHere
from omsorg.kernel.wall import as_house
from omsorg.ombuds.access import at_the_desk, case_for
from omsorg.ombuds.actions import childs, rings
from omsorg.ombuds.actions.cases import take_down_words
from omsorg.ombuds.actions.colleagues import bring_in_colleague, say_whom_it_is_about
from omsorg.ombuds.actions.seats import keep_seats
from omsorg.ombuds.models import Case, CaseKey, Ring, ShutOut
from omsorg.ombuds.queries.childs_view import open_with_code
from omsorg.ombuds.rules import refusals
from omsorg.ombuds.tests.office import MONDAY, PASSPHRASE, Desks, appoint, tell
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
        {**fields(back), "shut": "1", "not": ring_of(desks, "amina"), "names": "Mama Zawadi"},
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


def test_whoever_is_named_in_later_words_hears_no_more(desks: Desks) -> None:
    told = tell("Somebody hurts me")
    assert opens(desks, "amina", told.case_id)
    childs.add_words(code=told.code, message="It was Amina Juma, and Rashid Rahman knows", at=MONDAY)
    assert not opens(desks, "amina", told.case_id)
    assert opens(desks, "baraka", told.case_id)
    childs.ask_for_review(code=told.code, at=MONDAY)
    assert not opens(desks, "rashid", told.case_id), "nor does a key that waited open for who was named"
    assert opens(desks, "gro", told.case_id)


def test_whoever_takes_down_her_own_name_loses_the_key(desks: Desks) -> None:
    told = tell("Somebody hurts me")
    take_down_words(case=told.case_id, message="On the phone: it was Amina Juma", at=MONDAY, **desks.at("amina"))
    assert not opens(desks, "amina", told.case_id)
    assert [each.text for each in open_with_code(told.code).messages][1:] == ["On the phone: it was Amina Juma"]


def test_words_that_name_all_who_could_read_them_are_refused_and_nobody_loses_a_key(desks: Desks) -> None:
    told = tell("Somebody hurts me")
    names = "Bodil Brandt Carlos Cruz Dina Dahl Gro Global Rashid Rahman Amina Juma Baraka Mushi"
    with pytest.raises(refusals.NobodyElseReads):
        childs.add_words(code=told.code, message=names, at=MONDAY)
    assert len(open_with_code(told.code).messages) == 1
    assert opens(desks, "amina", told.case_id)


def comes_later(desks: Desks, key: str, name: str, home: str) -> None:
    desks.acting[key] = appoint(desks.world, key, name, home, "ombudsperson", "africa")
    rings.make_ring(passphrase=PASSPHRASE, by=desks.acting[key], at=MONDAY)
    rings.vouch_for(person=desks.person(key), at=MONDAY, **desks.at("bodil"))


def test_whoever_comes_later_is_held_against_all_that_was_said(desks: Desks) -> None:
    told = tell("Zed Zebra hurt me", unit="tanzania")
    comes_later(desks, "zed", "Zed Zebra", "africa")
    comes_later(desks, "tan", "Tan Tall", "arusha")
    comes_later(desks, "free", "Free Fair", "africa")
    assert told.case_id
    rings.unlock_ring(passphrase=PASSPHRASE, by=desks.acting["rashid"], at=MONDAY)
    childs.ask_for_review(code=told.code, at=MONDAY)
    rings.unlock_ring(passphrase=PASSPHRASE, by=desks.acting["rashid"], at=MONDAY)
    for key in ("zed", "tan"):
        with pytest.raises(refusals.ShutOutOfCase):
            bring_in_colleague(case=told.case_id, person=desks.person(key), at=MONDAY, **desks.at("rashid"))
        assert not opens(desks, key, told.case_id)
    bring_in_colleague(case=told.case_id, person=desks.person("free"), at=MONDAY, **desks.at("rashid"))
    assert opens(desks, "free", told.case_id)


def test_whoever_moves_into_the_house_complained_of_does_not_hear_of_it(desks: Desks) -> None:
    with as_house():
        desks.world.person["amina"].organisation = desks.world.org["arusha"]
        desks.world.person["amina"].save()
    keep_seats(MONDAY.date())
    told = tell("They beat us", unit="Arusha ")
    assert not opens(desks, "amina", told.case_id)


def test_other_words_of_the_same_form_are_kept_and_shut_out_whom_they_name(desks: Desks) -> None:
    """The answer was lost on the way: she goes back, adds a sentence, and sends again."""
    told = tell("He hit me")
    again = tell("He hit me. And now Amina Juma has a knife", wants="Come")
    assert (again.code, again.already) == (told.code, False)
    assert tell("He hit me. And now Amina Juma has a knife", wants="Come").already
    assert tell("He hit me").already
    found = open_with_code(told.code)
    assert [each.text for each in found.messages] == ["He hit me", "He hit me. And now Amina Juma has a knife"]
    assert found.wishes == ("Come",)
    assert not opens(desks, "amina", told.case_id)


def test_one_ombudsperson_does_not_end_the_way_past_herself(desks: Desks) -> None:
    told = tell("Somebody hurts me")
    all_above = "Baraka Mushi, Rashid Rahman, Gro Global, Bodil Brandt, Carlos Cruz, Dina Dahl"
    say_whom_it_is_about(case=told.case_id, said=all_above, at=MONDAY, **desks.at("amina"))
    take_down_words(case=told.case_id, message=all_above, at=MONDAY, **desks.at("amina"))
    assert not opens(desks, "baraka", told.case_id)
    childs.ask_for_review(code=told.code, at=MONDAY)
    assert open_with_code(told.code).level == "board"
    assert all(opens(desks, member, told.case_id) for member in ("bodil", "carlos", "dina"))


def test_no_level_is_passed_over_because_one_of_its_people_was_let_in_before(desks: Desks) -> None:
    told = tell()
    bring_in_colleague(case=told.case_id, person=desks.person("rashid"), at=MONDAY, **desks.at("amina"))
    childs.ask_for_review(code=told.code, at=MONDAY)
    assert open_with_code(told.code).level == "regional"
    childs.ask_for_review(code=told.code, at=MONDAY + timedelta(days=1))
    assert open_with_code(told.code).level == "global"
