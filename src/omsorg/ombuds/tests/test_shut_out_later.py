"""A child says later, too, who must not read: their keys are gone, and the case goes up where nobody is left."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from omsorg.federation.access import NothingHere, acting_as
from omsorg.federation.models import Person
from omsorg.kernel.wall import as_house
from omsorg.ombuds.access import at_the_desk, case_for
from omsorg.ombuds.actions import cases, childs, rings, watching
from omsorg.ombuds.actions.cases import take_down_words
from omsorg.ombuds.actions.colleagues import bring_in_colleague, say_whom_it_is_about
from omsorg.ombuds.actions.seats import keep_seats
from omsorg.ombuds.models import Case, CaseKey, Ring, ShutOut
from omsorg.ombuds.queries.childs_view import open_with_code
from omsorg.ombuds.rules import refusals
from omsorg.ombuds.tests.office import MONDAY, PASSPHRASE, Desks, appoint, read_out, tell
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
    rings.vouch_for(**read_out(desks.person(key)), at=MONDAY, **desks.at("bodil"))


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


def called_by_the_house(desks: Desks, who: str, **told: object) -> None:
    """The house enters another name, or another home, of somebody; the hourly look finds it."""
    with as_house():
        Person.objects.filter(pk=desks.person(who)).update(**told)
    keep_seats(MONDAY.date())


@pytest.mark.parametrize("said", ["Mrs Hassan hits us", "Amina Hassan hits us", "It was Amina Juma"])
def test_whoever_is_called_otherwise_since_is_known_by_the_new_name_and_the_old(desks: Desks, said: str) -> None:
    called_by_the_house(desks, "amina", name="Amina Hassan")
    told = tell(said)
    assert not opens(desks, "amina", told.case_id)
    assert opens(desks, "baraka", told.case_id)


def test_a_child_sees_the_name_of_today_where_it_writes_and_where_it_reads(desks: Desks, on_monday: None) -> None:
    child = Client()
    code = said(send(child))
    called_by_the_house(desks, "amina", name="Amina Hassan")
    for page in (text(child.get("/t/en/write/?at=tz")), text(come_back(child, code))):
        assert "Amina Hassan" in page
        assert "Amina Juma" not in page


@pytest.mark.parametrize("house", ["arusha", "tanzania"])
def test_whoever_has_moved_to_another_house_hears_of_neither(desks: Desks, house: str) -> None:
    arusha = desks.world.org["arusha"]
    called_by_the_house(desks, "amina", organisation=arusha)
    assert not opens(desks, "amina", tell(f"In {desks.world.org[house].name} they hit us").case_id)
    assert not opens(desks, "amina", tell("They hit us", 2, unit=house).case_id)


def test_whoever_left_a_house_hears_nothing_that_is_said_about_it(desks: Desks) -> None:
    called_by_the_house(desks, "baraka", organisation=desks.world.org["tanzania"])
    assert not opens(desks, "baraka", tell("They hit us", unit="arusha").case_id)
    assert not opens(desks, "baraka", tell(f"In {desks.world.org['arusha'].name} they hit us", 2).case_id)


def test_a_house_that_is_called_otherwise_is_known_by_both_names(desks: Desks) -> None:
    arusha = desks.world.org["arusha"]
    before = arusha.name
    with as_house():
        type(arusha).objects.filter(pk=arusha.pk).update(name="Kilimani Homes")
    keep_seats(MONDAY.date())
    assert not opens(desks, "baraka", tell(f"In {before} they hit us").case_id)
    assert not opens(desks, "baraka", tell("In Kilimani Homes they hit us", 2).case_id)


def test_a_new_ring_does_not_hide_the_name_of_before(desks: Desks) -> None:
    rings.retire_ring(person=desks.person("amina"), at=MONDAY, **desks.at("bodil"))
    with as_house():
        Person.objects.filter(pk=desks.person("amina")).update(name="Amina Hassan")
        desks.acting["amina"] = acting_as(desks.person("amina"), day=MONDAY.date())
    rings.make_ring(passphrase=PASSPHRASE, by=desks.acting["amina"], at=MONDAY)
    rings.vouch_for(**read_out(desks.person("amina")), at=MONDAY, **desks.at("bodil"))
    desks.unlock("amina")
    assert opens(desks, "amina", tell("Somebody hits us").case_id)
    assert not opens(desks, "amina", tell("It was Amina Juma", 2).case_id)


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


@pytest.mark.parametrize("way", ["alarm", "check_in"])
def test_whoever_is_named_in_an_alarm_is_not_shown_it_nor_later(desks: Desks, way: str) -> None:
    told = tell()
    amina = {"case": told.case_id, **desks.at("amina")}
    found = "The child says: since I told, Rashid Rahman and Bodil Brandt have locked me up"
    if way == "alarm":
        watching.raise_alarm(found=found, at=MONDAY, **amina)
    else:
        days = cases.plan_check_ins(at=MONDAY, **amina)
        watching.check_in(due_on=days[0], found=found, alarm=True, at=MONDAY + timedelta(days=1), **amina)
    assert [opens(desks, who, told.case_id) for who in ("rashid", "bodil", "carlos")] == [False, False, True]
    with pytest.raises(refusals.ShutOutOfCase):
        bring_in_colleague(person=desks.person("rashid"), at=MONDAY, **amina)
