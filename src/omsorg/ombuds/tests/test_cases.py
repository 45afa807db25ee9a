"""Working a case: answers, promises, notes apart, wishes, assent, danger, check-ins, handing over, closing, erasing."""

from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from omsorg.federation.access import NothingHere
from omsorg.kernel.models import Letter
from omsorg.kernel.sealing import DoesNotOpen
from omsorg.kernel.wall import as_house
from omsorg.ombuds import neighbours
from omsorg.ombuds.access import at_the_desk, case_for
from omsorg.ombuds.actions import advising, cases, childs, erasing, handing_over, notices, sharing, watching
from omsorg.ombuds.checks import CHECKS
from omsorg.ombuds.models import Case, CaseKey, Note, Words
from omsorg.ombuds.queries.childs_view import open_with_code
from omsorg.ombuds.queries.desk import CaseFile, case_file, my_cases
from omsorg.ombuds.rules import refusals
from omsorg.ombuds.tests.office import MONDAY, Desks, tell

FRIDAY = date(2026, 11, 27)


def file_of(desks: Desks, who: str, case: str) -> CaseFile:
    with at_the_desk(desks.person(who)):
        return case_file(case_for(desks.acting[who], desks.ring[who], case))


def level_of(case: str) -> str:
    with as_house():
        return Case.objects.get(pk=int(case, 16)).level


@pytest.fixture
def told(desks: Desks) -> str:
    return tell().case_id


# ---- answers and promises --------------------------------------------------------------------------------------


def test_an_answer_reaches_the_child_with_a_promise(desks: Desks) -> None:
    told = tell()
    kept = cases.answer_child(
        case=told.case_id, message="Thank you.", promise_on=FRIDAY, record=77, at=MONDAY, **desks.at("amina")
    )
    again = cases.answer_child(
        case=told.case_id, message="Thank you.", promise_on=FRIDAY, record=77, at=MONDAY, **desks.at("amina")
    )
    found = open_with_code(told.code)
    assert [(message.is_mine, message.text) for message in found.messages] == [
        (True, "The guard at the gate locks us in"),
        (False, "Thank you."),
    ]
    assert (found.promise_on, kept.is_new, again.is_new) == (FRIDAY, True, False)


def test_an_answer_without_a_promise_is_refused(desks: Desks, told: str) -> None:
    with pytest.raises(refusals.PromiseMissing):
        cases.answer_child(case=told, message="Thank you.", at=MONDAY, **desks.at("amina"))
    with pytest.raises(NothingHere):
        cases.answer_child(case=told, message="Hello", nothing_more_owed=True, at=MONDAY, **desks.at("nora"))


def test_a_missed_promise_climbs_to_the_board(desks: Desks, told: str) -> None:
    at = MONDAY
    assert watching.raise_missed_promises(at=at + timedelta(days=3)) == 0
    for level, who in [("regional", "rashid"), ("global", "gro"), ("board", "bodil"), ("board", "carlos")]:
        at += timedelta(days=14)
        assert watching.raise_missed_promises(at=at) == 1
        assert watching.raise_missed_promises(at=at) == 0
        assert level_of(told) == level
        assert file_of(desks, who, told).told.messages[0].text == "The guard at the gate locks us in"
        assert my_cases_of(desks, who, at) == [told]
    with as_house():
        assert Case.objects.get().promises_missed == 4


def my_cases_of(desks: Desks, who: str, at: datetime) -> list[str]:
    with at_the_desk(desks.person(who)):
        return [row.code for row in my_cases(desks.person(who), at=at)]


def test_a_kept_promise_stays_where_it_is(desks: Desks, told: str) -> None:
    cases.answer_child(case=told, message="Soon.", nothing_more_owed=True, at=MONDAY, **desks.at("amina"))
    assert watching.raise_missed_promises(at=MONDAY + timedelta(days=300)) == 0
    assert level_of(told) == "national"


def test_whoever_got_a_case_is_told_that_something_waits_and_nothing_more(desks: Desks, told: str) -> None:
    assert notices.tell_of_waiting_cases(at=MONDAY) == 2
    assert notices.tell_of_waiting_cases(at=MONDAY) == 0
    with as_house():
        letters = list(Letter.objects.filter(once__startswith="apart:ombuds:"))
    assert {letter.to_address for letter in letters} == {"amina@example.org", "baraka@example.org"}
    for letter in letters:
        assert told not in letter.body + letter.subject
        assert "guard" not in letter.body + letter.subject


# ---- what is kept apart ----------------------------------------------------------------------------------------


def test_notes_are_apart_and_the_childs_code_does_not_show_them(desks: Desks) -> None:
    told = tell(wants="A key")
    cases.add_note(case=told.case_id, text="I think the guard drinks", at=MONDAY, **desks.at("amina"))
    cases.write_down_wish(case=told.case_id, wish="Not my mother", step="sharing", at=MONDAY, **desks.at("amina"))
    cases.judge_risk(
        case=told.case_id, danger="some", reasons="Alone at night", look_again_on=FRIDAY, at=MONDAY, **desks.at("amina")
    )
    found = file_of(desks, "baraka", told.case_id)
    assert [note.text for note in found.notes] == ["I think the guard drinks"]
    assert [(wish.step, wish.text) for wish in found.wishes] == [("first", "A key"), ("sharing", "Not my mother")]
    assert found.risks[0].danger == "some"
    childs_own = open_with_code(told.code)
    assert "drinks" not in repr(childs_own)
    assert "Alone" not in repr(childs_own)


def test_nobody_edits_what_a_child_said(desks: Desks, told: str) -> None:
    for statement in ("UPDATE ombuds_words SET sealed = 'x'", "DELETE FROM ombuds_words"):
        with (
            at_the_desk(desks.person("amina")),
            pytest.raises(IntegrityError),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)
    assert file_of(desks, "amina", told).told.messages[0].text == "The guard at the gate locks us in"


def test_a_row_moved_to_another_case_or_place_does_not_open(desks: Desks) -> None:
    first, second = tell("one", 1), tell("two", 2)
    with at_the_desk(desks.person("amina")):
        hand = case_for(desks.acting["amina"], desks.ring["amina"], first.case_id)
        mine = Words.objects.get(case_id=hand.case.pk)
        hers = Words.objects.exclude(case_id=hand.case.pk).get()
        assert hand.read(mine) == "one"
        for row in (hers, Words(id=mine.pk, case=hand.case, sealed=hers.sealed)):
            with pytest.raises(DoesNotOpen):
                hand.read(row)
        for moved in (Words(case=hand.case, sealed=mine.sealed), Note(id=mine.pk, case=hand.case, sealed=mine.sealed)):
            with pytest.raises(DoesNotOpen):
                hand.read(moved)
    assert second.case_id != first.case_id


def test_words_said_on_the_phone_are_taken_down_with_a_code_for_the_child(desks: Desks) -> None:
    told = tell("On the phone she said: help", channel="phone", by=desks.acting["amina"])
    found = open_with_code(told.code)
    assert found.messages[0].taken_down
    kept = cases.take_down_words(
        case=told.case_id, message="and again", record=5, on=date(2026, 11, 20), at=MONDAY, **desks.at("amina")
    )
    assert not cases.take_down_words(
        case=told.case_id, message="and again", record=5, at=MONDAY, **desks.at("amina")
    ).is_new
    assert (kept.is_new, Words.objects.count()) == (True, 0)
    assert open_with_code(told.code).messages[1].on == date(2026, 11, 20)


# ---- sharing ---------------------------------------------------------------------------------------------------


class Desk:
    """A desk for incidents that keeps what it gets."""

    def __init__(self) -> None:
        self.got: dict[str, neighbours.Copy] = {}

    def receive_copy(self, copy: neighbours.Copy, *, at: datetime) -> str:
        self.got.setdefault(copy.reference, copy)
        return f"TZ/2026/{list(self.got).index(copy.reference) + 1}"

    def number_of(self, copy: neighbours.Copy, *, at: datetime) -> str:
        return self.receive_copy(copy, at=at) if copy.reference in self.got else ""

    def clocks_of(self, reference: str) -> tuple[neighbours.Clock, ...]:
        return (neighbours.Clock("triage", FRIDAY, None),)


@pytest.fixture
def incident_desk() -> object:
    desk = Desk()
    neighbours.connect(incident_desk=desk)
    yield desk
    neighbours.connect()


def test_a_copy_is_handed_over_only_while_the_child_agrees(desks: Desks, incident_desk: Desk) -> None:
    told = tell()
    give = {"case": told.case_id, "at": MONDAY, **desks.at("amina")}
    asking = {"what": "That the gate is locked", "to_whom": "The team", "until_on": FRIDAY}
    number = sharing.ask_assent(to_desk=True, **asking, **give)
    with pytest.raises(refusals.AssentMissing):
        handing_over.hand_over(assent=number, **give)
    asked = open_with_code(told.code).sharings[0]
    assert (asked.what, asked.to_whom, asked.is_asked) == ("That the gate is locked", "The team", True)
    childs.answer_assent(code=told.code, number=number, agrees=True, at=MONDAY)
    with pytest.raises(refusals.NotAsked):
        childs.answer_assent(code=told.code, number=number, agrees=False, at=MONDAY)
    with pytest.raises(refusals.AssentMissing):
        handing_over.hand_over(assent=number, **{**give, "at": MONDAY + timedelta(days=5)})
    assert handing_over.hand_over(assent=number, **give) == "TZ/2026/1"
    with pytest.raises(refusals.DecidedAlready):
        handing_over.hand_over(assent=number, **give)
    other = sharing.ask_assent(**{**asking, "to_whom": "My aunt"}, **give)
    childs.answer_assent(code=told.code, number=other, agrees=True, at=MONDAY)
    with pytest.raises(refusals.AskedForSomethingElse):
        handing_over.hand_over(assent=other, **give)
    childs.withdraw_assent(code=told.code, number=number, at=MONDAY)
    with pytest.raises(refusals.NothingToTakeBack):
        childs.withdraw_assent(code=told.code, number=number, at=MONDAY)
    with pytest.raises(refusals.AssentMissing):
        handing_over.hand_over(assent=number, **give)
    found = file_of(desks, "amina", told.case_id)
    assert [(copy.reference, copy.copy) for copy in found.copies] == [("TZ/2026/1", "That the gate is locked")]
    with at_the_desk(desks.person("amina")):
        clocks = handing_over.clocks_of_handovers(case_for(desks.acting["amina"], desks.ring["amina"], told.case_id))
    assert clocks["TZ/2026/1"][0].is_missed(date(2026, 11, 28))
    assert not clocks["TZ/2026/1"][0].is_missed(FRIDAY)


def test_where_there_is_no_such_desk_it_is_said(desks: Desks, told: str) -> None:
    give = {"case": told, "at": MONDAY, **desks.at("amina")}
    number = sharing.ask_assent(what="All", to_whom="The team", until_on=FRIDAY, to_desk=True, **give)
    sharing.write_down_assent(number=number, agrees=True, **give)
    with pytest.raises(refusals.NoDeskThere):
        handing_over.hand_over(assent=number, **give)
    sharing.write_down_withdrawal(number=number, **give)


def test_confidentiality_is_broken_by_two_and_the_child_is_told_first(desks: Desks, told: str) -> None:
    amina = {"case": told, "at": MONDAY, **desks.at("amina")}
    baraka = {"case": told, "at": MONDAY, **desks.at("baraka")}
    said = {"ground": "child_in_danger", "what": "Where she is", "to_whom": "The police", "why": "He has a knife"}
    with pytest.raises(refusals.NotForOneself):
        sharing.propose_disclosure(second=desks.person("amina"), **said, **amina)
    with pytest.raises(refusals.ReasonMissing):
        sharing.propose_disclosure(second=desks.person("baraka"), **{**said, "why": ""}, **amina)
    number = sharing.propose_disclosure(second=desks.person("baraka"), **said, **amina)
    with pytest.raises(refusals.SecondViewMissing):
        sharing.break_confidentiality(disclosure=number, **amina)
    with pytest.raises(refusals.SecondViewMissing):
        sharing.give_second_view(disclosure=number, agrees=True, view="Yes", **amina)
    sharing.give_second_view(disclosure=number, agrees=True, view="Yes, at once", **baraka)
    with pytest.raises(refusals.TellTheChildFirst):
        sharing.break_confidentiality(disclosure=number, **amina)
    sharing.tell_child_first(disclosure=number, message="I tell the police where you are", **amina)
    with pytest.raises(refusals.NotReadYet):
        sharing.break_confidentiality(disclosure=number, **amina)
    sharing.break_confidentiality(disclosure=number, danger_now="He is at her door", **amina)
    with pytest.raises(refusals.DecidedAlready):
        sharing.break_confidentiality(disclosure=number, **amina)
    kept = file_of(desks, "amina", told).disclosures[0]
    assert (kept.standing, kept.second_view, kept.child_told_on) == ("done", "Yes, at once", MONDAY.date())
    assert kept.danger_now == "He is at her door"


def test_a_second_from_above_is_shown_the_case_and_may_say_no(desks: Desks, told: str) -> None:
    amina = {"case": told, "at": MONDAY, **desks.at("amina")}
    said = {"ground": "law", "what": "All", "to_whom": "The court", "why": "It asked"}
    number = sharing.propose_disclosure(second=desks.person("rashid"), **said, **amina)
    rashid = {"case": told, "at": MONDAY, **desks.at("rashid")}
    sharing.give_second_view(disclosure=number, agrees=False, view="Not without a judge", **rashid)
    with pytest.raises(refusals.SecondViewMissing):
        sharing.break_confidentiality(disclosure=number, **amina)
    assert level_of(told) == "national"


# ---- watching, closing, erasing --------------------------------------------------------------------------------


def test_somebody_asks_after_the_child_and_an_alarm_reaches_the_board(desks: Desks, told: str) -> None:
    give = {"case": told, "at": MONDAY, **desks.at("amina")}
    days = cases.plan_check_ins(**give)
    assert cases.plan_check_ins(**give) == days
    assert [str(day) for day in days] == ["2026-12-07", "2026-12-23", "2027-02-23", "2027-05-23"]
    watching.check_in(due_on=days[0], found="She is well", alarm=False, **give)
    with pytest.raises(refusals.DecidedAlready):
        watching.check_in(due_on=days[0], found="Again", alarm=False, **give)
    with pytest.raises(NothingHere):
        file_of(desks, "bodil", told)
    watching.check_in(due_on=days[1], found="They call her a liar", alarm=True, **give)
    for who in ("rashid", "bodil", "carlos", "dina"):
        assert file_of(desks, who, told).check_ins[1].found == "They call her a liar"
    with pytest.raises(NothingHere):
        file_of(desks, "gro", told)
    watching.raise_alarm(found="She was hit", **give)


def test_a_closed_case_can_be_opened_again_by_the_child(desks: Desks) -> None:
    told = tell()
    cases.close_case(case=told.case_id, message="The gate stays open.", at=MONDAY, **desks.at("amina"))
    closed = open_with_code(told.code)
    assert (closed.is_closed, closed.promise_on) == (True, None)
    with pytest.raises(refusals.CaseClosed):
        cases.answer_child(case=told.case_id, message="PS", nothing_more_owed=True, at=MONDAY, **desks.at("amina"))
    childs.say_whether_it_helped(code=told.code, helped="a_little", at=MONDAY)
    childs.add_words(code=told.code, message="It is locked again", at=MONDAY)
    found = open_with_code(told.code)
    assert (found.is_closed, found.promise_on, found.helped) == (False, date(2026, 11, 26), "a_little")


def test_a_case_is_erased_by_two_and_not_before_its_time(desks: Desks) -> None:
    told = tell("Words that shall be gone", wants="To be forgotten")
    amina = {"case": told.case_id, **desks.at("amina")}
    baraka = {"case": told.case_id, **desks.at("baraka")}
    with pytest.raises(refusals.CaseOpen):
        erasing.propose_erasure(ground="asked_for", at=MONDAY, **amina)
    cases.add_note(text="A note", at=MONDAY, **amina)
    cases.close_case(message="Farewell", at=MONDAY, **amina)
    with pytest.raises(refusals.KeptUntil):
        erasing.propose_erasure(ground="kept_long_enough", at=MONDAY, **amina)
    late = MONDAY + timedelta(days=366 * 30)
    erasing.propose_erasure(ground="kept_long_enough", at=late, **amina)
    with pytest.raises(refusals.NotForOneself):
        erasing.erase_case(at=late, **amina)
    erasing.erase_case(at=late, **baraka)
    assert open_with_code(told.code) is None
    with pytest.raises(NothingHere):
        file_of(desks, "amina", told.case_id)
    with as_house():
        assert Case.objects.get().status == "erased"
        assert all(not check.prove().wrong for check in CHECKS)


# ---- recommendations, visits, checks ---------------------------------------------------------------------------


def test_a_recommendation_is_answered_and_stands_in_the_public_list(desks: Desks, told: str) -> None:
    shown: list[neighbours.PublicAdvice] = []

    class Tracker:
        def publish_recommendations(self, advice: tuple, *, at: datetime) -> None:
            shown[:] = advice

    at = {"at": MONDAY, **desks.at("amina")}
    advice = advising.recommend(
        organisation=desks.world.org["tanzania"],
        text={"en": "Open the gate"},
        answer_due_on=FRIDAY,
        cases=(told,),
        **at,
    )
    other = {"at": MONDAY, **desks.at("nora")}
    neighbours.connect(public_tracker=Tracker())
    try:
        assert notices.publish_what_is_public(at=MONDAY) == 0
        advising.publish_advice(code=advice.code, **other)
        with pytest.raises(refusals.AnswerIncomplete):
            advising.enter_answer(code=advice.code, answer="refused", reasons=" ", **at)
        with pytest.raises(refusals.DecidedAlready):
            advising.confirm_done(code=advice.code, **at)
        advising.enter_answer(code=advice.code, answer="accepted", reasons="", **at)
        advising.confirm_answer(code=advice.code, read=advising.mark_of_answer("accepted", ""), **other)
        advising.confirm_done(code=advice.code, **at)
        notices.publish_what_is_public(at=MONDAY)
    finally:
        neighbours.connect()
    assert [(one.organisation, one.text, one.answer, one.done_on) for one in shown] == [
        ("tanzania", {"en": "Open the gate"}, "accepted", MONDAY.date())
    ]
    assert [note.text for note in file_of(desks, "amina", told).notes] == [advice.code]


def test_visits_are_kept_once(desks: Desks) -> None:
    given = {"kind": "village", "country": "tz", "place": "Arusha", "children": 12, "record": 99}
    at = {"at": MONDAY, **desks.at("amina")}
    first = advising.enter_visit(on=MONDAY.date(), know_their_ombudsperson=3, **given, **at)
    assert first.is_new
    assert not advising.enter_visit(on=MONDAY.date(), **given, **at).is_new
    with pytest.raises(refusals.DayAhead):
        advising.enter_visit(on=FRIDAY, **{**given, "record": 100}, **at)


def test_a_case_that_nobody_holds_is_found(desks: Desks, told: str, on_monday: None) -> None:
    with as_house():
        assert all(not check.prove().wrong for check in CHECKS)
    with as_house():
        CaseKey.objects.all().delete()
        Case.objects.update(promise_on=None)
        wrong = {check.code: check.prove().wrong for check in CHECKS}
    assert wrong["cases"] == (f"case {told} is held by nobody",)
    assert wrong["promises"] == (f"case {told} has no promise",)


@pytest.mark.parametrize("by_phone", [False, True])
def test_whoever_speaks_again_is_answered_as_soon_as_at_first(desks: Desks, by_phone: bool) -> None:
    told = tell()
    amina = {"case": told.case_id, **desks.at("amina")}
    far = MONDAY.date() + timedelta(days=90)
    cases.answer_child(message="Thanks", promise_on=far, at=MONDAY, **amina)
    at = MONDAY + timedelta(days=7)
    if by_phone:
        cases.take_down_words(message="He beat me again", at=at, **amina)
    else:
        childs.add_words(code=told.code, message="He beat me again", at=at)
    with as_house():
        promised = Case.objects.get(pk=int(told.case_id, 16)).promise_on
    assert promised == (at + timedelta(days=3)).date()
