"""Taken down in the wrong case: not this child's words. They are shut to its code, and stay on record."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from omsorg.kernel.wall import as_house
from omsorg.ombuds.access import at_the_desk, case_for, ombuds_database, with_code
from omsorg.ombuds.actions import cases, childs, colleagues, erasing, rings, watching
from omsorg.ombuds.actions.erasing import ErasureGround
from omsorg.ombuds.actions.misplaced import say_not_theirs
from omsorg.ombuds.actions.submissions import Submitted, kept_before
from omsorg.ombuds.models import Misplaced, Words
from omsorg.ombuds.queries.childs_view import open_with_code
from omsorg.ombuds.rules.refusals import NotTakenDown, NotYoursToSettle
from omsorg.ombuds.tests.office import MONDAY, PASSPHRASE, Desks, appoint, read_out, tell, token
from omsorg.ombuds.tests.test_desk_pages import Hands, field, hands, in_words, opened
from omsorg.ombuds.tests.test_elsewhere_pages import SAID

__all__ = ["Hands", "hands"]


def taken_down(
    desks: Desks, said: str = "The uncle of the other child did it", wants: str = "A bed elsewhere"
) -> Submitted:
    """A case into which words of another child have come."""
    told = tell()
    cases.take_down_words(case=told.case_id, message=said, wants=wants, at=MONDAY, **desks.at("amina"))
    return told


def not_theirs(
    desks: Desks, told: Submitted, who: str = "amina", thing: str = "words", number: int = 2, **more
) -> None:
    say_not_theirs(case=told.case_id, thing=thing, number=number, **{"at": MONDAY, **desks.at(who), **more})


def read_by_child(told: Submitted) -> tuple[list[str], list[str]]:
    found = open_with_code(told.code)
    assert found is not None
    return [one.text for one in found.messages], list(found.wishes)


def test_the_code_shows_them_no_more_and_the_desk_shows_them_marked(desks: Desks) -> None:
    told = taken_down(desks)
    words, wishes = read_by_child(told)
    assert (words[1:], wishes) == (["The uncle of the other child did it"], ["A bed elsewhere"])
    not_theirs(desks, told)
    not_theirs(desks, told, thing="wish", number=1)
    not_theirs(desks, told, thing="wish", number=1)
    assert read_by_child(told) == (words[:1], [])
    page = in_words(opened(desks, "amina").get(f"/ombuds/cases/{told.case_id}/"))
    assert page.count("not this child's, taken down by mistake") == 2
    assert "The uncle of the other child did it" in page
    with at_the_desk(desks.person("amina")):
        assert [(row.thing, row.of, row.by) for row in Misplaced.objects.order_by("number")] == [
            ("words", 2, desks.person("amina")),
            ("wish", 1, desks.person("amina")),
        ]


def test_the_case_goes_on_and_its_words_and_wishes_are_counted_on(desks: Desks) -> None:
    told = taken_down(desks)
    not_theirs(desks, told)
    not_theirs(desks, told, thing="wish", number=1)
    childs.add_words(code=told.code, message="I am still here", wants="To stay", at=MONDAY)
    words, wishes = read_by_child(told)
    assert (words[1:], wishes) == (["I am still here"], ["To stay"])


def test_what_the_child_wrote_itself_and_what_we_wrote_is_never_hidden(desks: Desks) -> None:
    told = taken_down(desks)
    childs.add_words(code=told.code, message="Mine", wants="Mine too", at=MONDAY)
    cases.answer_child(case=told.case_id, message="Ours", nothing_more_owed=True, at=MONDAY, **desks.at("amina"))
    for thing, number in (("words", 1), ("words", 3), ("words", 4), ("words", 9), ("wish", 2), ("note", 1)):
        with pytest.raises(NotTakenDown):
            not_theirs(desks, told, thing=thing, number=number)


def test_those_it_went_past_do_not_hide_anything(desks: Desks) -> None:
    told = taken_down(desks)
    late = MONDAY + timedelta(days=9)
    watching.raise_missed_promises(at=late)
    with pytest.raises(NotYoursToSettle):
        not_theirs(desks, told, at=late)
    not_theirs(desks, told, "rashid", at=late)
    assert len(read_by_child(told)[0]) == 1


def add(told: Submitted, of: int, by: int) -> None:
    Misplaced(case_id=int(told.case_id, 16), on=MONDAY.date(), thing="words", of=of, by=by, number=of).save(
        force_insert=True
    )


def test_the_database_holds_to_it(desks: Desks) -> None:
    told = taken_down(desks)
    amina = desks.person("amina")
    for of, by in ((1, amina), (2, desks.person("baraka"))):
        with pytest.raises(IntegrityError), at_the_desk(amina):
            add(told, of, by)
    with pytest.raises(DatabaseError), with_code(told.code):
        add(told, 2, amina)
    not_theirs(desks, told)
    for change in (lambda rows: rows.delete(), lambda rows: rows.update(of=1)):
        with pytest.raises(DatabaseError), at_the_desk(amina), transaction.atomic(using=ombuds_database()):
            change(Misplaced.objects.all())
    with with_code(told.code):
        assert list(Words.objects.values_list("number", flat=True)) == [1]


def test_it_goes_with_the_case(desks: Desks) -> None:
    told = taken_down(desks)
    not_theirs(desks, told)
    cases.close_case(case=told.case_id, message="Farewell", at=MONDAY, **desks.at("amina"))
    erasing.propose_erasure(case=told.case_id, ground=ErasureGround.ASKED_FOR, at=MONDAY, **desks.at("amina"))
    erasing.erase_case(case=told.case_id, at=MONDAY, **desks.at("baraka"))
    with as_house():
        assert not Misplaced.objects.exists()


def test_it_is_done_on_a_page_of_its_own(desks: Desks) -> None:
    told = tell()
    amina, path = opened(desks, "amina"), f"/ombuds/cases/{told.case_id}/not-theirs/"
    assert amina.get(path).status_code == 404
    cases.take_down_words(case=told.case_id, message="Of another", at=MONDAY, **desks.at("amina"))
    assert "Of another" in in_words(amina.get(path))
    assert "code does not show them any more" in in_words(amina.post(path, {"which": "words 2"}, follow=True))
    assert len(read_by_child(told)[0]) == 1
    assert amina.get(path).status_code == 404
    assert "Of another" not in in_words(amina.get(f"/ombuds/cases/{told.case_id}/answer/"))


@pytest.mark.parametrize("form", ["broken", "", "x" * 90])
def test_a_form_that_is_not_ours_keeps_the_words_and_is_sent_again(desks: Desks, form: str) -> None:
    amina = opened(desks, "amina", "/ombuds/take-down/")
    page = amina.post("/ombuds/take-down/", {**SAID, "form": form, "wants": "To stay"})
    shown = in_words(page)
    assert "Nothing is kept yet" in shown
    assert "He shouts at us" in shown
    assert "To stay" in shown
    with as_house():
        assert not Words.objects.exists()
    assert "Kept" in in_words(amina.post("/ombuds/take-down/", {**SAID, "form": field(page, "form")}))


def test_whoever_comes_later_is_not_shut_out_by_another_childs_words(desks: Desks) -> None:
    told = tell("They hit us")
    give = {"case": told.case_id, "at": MONDAY, **desks.at("amina")}
    cases.take_down_words(message="It was Ines Iversen", **give)
    say_not_theirs(thing="words", number=2, **give)
    desks.acting["ines"] = appoint(desks.world, "ines", "Ines Iversen", "norway", "ombudsperson", "tanzania")
    rings.make_ring(passphrase=PASSPHRASE, by=desks.acting["ines"], at=MONDAY)
    rings.vouch_for(**read_out(desks.person("ines")), at=MONDAY, **desks.at("bodil"))
    colleagues.bring_in_colleague(person=desks.person("ines"), **give)
    with at_the_desk(desks.person("ines")):
        assert case_for(desks.acting["ines"], desks.ring["ines"], told.case_id)


def test_first_words_that_were_another_childs_break_nothing_when_they_come_again(desks: Desks) -> None:
    told = tell(by=desks.acting["amina"], channel="phone")
    not_theirs(desks, told, number=1)
    assert read_by_child(told)[0] == []
    assert kept_before(token=token(1), message="The guard at the gate locks us in", at=MONDAY) is None
    again = tell("Other words", by=desks.acting["baraka"], channel="phone")
    assert (again.code, read_by_child(told)[0]) == (told.code, ["Other words"])
