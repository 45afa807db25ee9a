"""Whoever gives roles decides nothing of who hears: seats count once the office has confirmed them, and end in its
sight; what was promised is settled by those at whose level the case stands."""

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.db import connection
from django.db.utils import IntegrityError

from omsorg.federation.access import NotAllowed, NothingHere, acting_as
from omsorg.federation.models import Mandate
from omsorg.kernel.models import Letter
from omsorg.kernel.wall import as_house
from omsorg.ombuds.access import at_the_desk, case_for
from omsorg.ombuds.actions import cases, childs, new_codes, notices, rings, seats, sharing, watching
from omsorg.ombuds.checks import every_case_is_held, rings_are_vouched_for
from omsorg.ombuds.models import Case, CaseKey, CheckIn, Ring, Seat
from omsorg.ombuds.queries.childs_view import open_with_code
from omsorg.ombuds.queries.rings import highest_level
from omsorg.ombuds.rules import not_seated, refusals
from omsorg.ombuds.rules.levels import Level
from omsorg.ombuds.tests.office import MONDAY, PASSPHRASE, Desks, appoint, make_office, read_out, tell
from world import World

NEXT = MONDAY + timedelta(days=1)
WEEK = timedelta(weeks=1)


def mandated(desks: Desks, who: str, role: str, at: str) -> None:
    """The house gives a role, as whoever keeps people would."""
    with as_house():
        Mandate.objects.create(
            person=desks.world.person[who], role=role, organisation=desks.world.org[at], valid_from=MONDAY.date()
        )
    seats.keep_seats(NEXT.date())
    desks.acting[who] = acting_of(desks, who)


def acting_of(desks: Desks, who: str) -> object:
    with as_house():
        return acting_as(desks.person(who), day=NEXT.date())


def leaves(desks: Desks, who: str) -> None:
    """The house ends every role of somebody."""
    with as_house():
        Mandate.objects.filter(person=desks.person(who)).update(valid_until=NEXT.date())
    seats.keep_seats(NEXT.date())


def keys_of(told: str, **of: object) -> set[int]:
    with as_house():
        return set(CaseKey.objects.filter(case=int(told, 16), **of).values_list("person", flat=True))


def of_case(told: str) -> Case:
    with as_house():
        return Case.objects.get(pk=int(told, 16))


# ---- seats -----------------------------------------------------------------------------------------------------


def test_a_seat_that_the_house_gives_hears_nothing_until_the_office_confirms_it(desks: Desks) -> None:
    mandated(desks, "amina", "ombuds_board_member", "international")
    mandated(desks, "nora", "ombudsperson", "tanzania")
    told = tell("He hits me", at=NEXT).case_id
    assert desks.person("nora") not in keys_of(told)
    assert keys_of(told, level="board") == {desks.person(who) for who in ("bodil", "carlos", "dina")}
    with at_the_desk(desks.person("amina")):
        assert highest_level(desks.person("amina"), NEXT.date()) is Level.NATIONAL
    for who in ("baraka", "rashid"):
        with pytest.raises(refusals.NotAbove):
            rings.vouch_for(**read_out(desks.person("amina")), at=NEXT, **desks.at(who))
    rings.vouch_for(**read_out(desks.person("nora")), at=NEXT, **desks.at("rashid"))
    assert desks.person("nora") in keys_of(tell("Again", number=2, at=NEXT).case_id)
    with pytest.raises(refusals.VouchedAlready):
        rings.vouch_for(**read_out(desks.person("nora")), at=NEXT, **desks.at("rashid"))


def test_nobody_is_vouched_for_without_a_seat(desks: Desks) -> None:
    desks.acting["late"] = appoint(desks.world, "late", "Lena Late", "tanzania", "ombudsperson", "tanzania")
    rings.make_ring(passphrase=PASSPHRASE, by=desks.acting["late"], at=MONDAY)
    leaves(desks, "late")
    with pytest.raises(not_seated.NoSeat):
        rings.vouch_for(**read_out(desks.person("late")), at=NEXT, **desks.at("amina"))


def test_a_new_country_of_a_region_waits_and_the_others_go_on(desks: Desks) -> None:
    person = desks.person("rashid")
    with as_house():
        seat = Seat.objects.get(person=person)
        assert set(seat.countries) == {"KE", "TZ"}
        Seat.objects.filter(pk=seat.pk).update(countries=["TZ"])
    seats.keep_seats(NEXT.date())
    with as_house():
        now = [seat for seat in Seat.objects.filter(person=person) if seat.holds_on(NEXT.date())]
    assert {tuple(seat.countries): seat.counts_on(NEXT.date()) for seat in now} == {("TZ",): True, ("KE",): False}
    assert seats.keep_seats(NEXT.date()) == 0


def test_roles_of_management_for_everybody_do_not_end_the_office(desks: Desks) -> None:
    for who in list(desks.acting):
        with as_house():
            Mandate.objects.create(
                person=desks.world.person[who],
                role="reporting_officer",
                organisation=desks.world.org["norway"],
                valid_from=MONDAY.date(),
            )
    seats.keep_seats(NEXT.date())
    assert of_case(tell("He hits me", at=NEXT).case_id).level == Level.BOARD


def test_an_ended_seat_is_told_to_the_level_above_and_to_the_board(desks: Desks) -> None:
    leaves(desks, "amina")
    assert notices.tell_of_ended_seats(at=NEXT) == 1
    assert notices.tell_of_ended_seats(at=NEXT) == 0
    with as_house():
        told = set(Letter.objects.filter(once__startswith="apart:ombuds:").values_list("to_person", flat=True))
    assert told == {desks.person(who) for who in ("rashid", "bodil", "carlos", "dina")}


def test_a_ring_above_is_retired_by_nobody_below_also_when_its_seat_has_ended(desks: Desks) -> None:
    leaves(desks, "carlos")
    with pytest.raises(refusals.NotAbove):
        rings.retire_ring(person=desks.person("carlos"), at=NEXT, **desks.at("amina"))
    rings.retire_ring(person=desks.person("carlos"), at=NEXT, **desks.at("bodil"))


@pytest.mark.parametrize("who", ["gro", "carlos"])
def test_a_ring_made_anew_is_vouched_for_by_nobody_below_it(desks: Desks, who: str) -> None:
    of = {"person": desks.person(who), "at": MONDAY}
    rings.retire_ring(**of, **desks.at(who))
    made = rings.make_ring(passphrase="another long passphrase here", by=desks.acting[who], at=MONDAY)
    with pytest.raises(refusals.NotAbove):
        rings.vouch_for(**read_out(of["person"]), at=MONDAY, **desks.at("nora"))
    change = "UPDATE ombuds_ring SET vouched_by = %s, vouched_on = %s WHERE id = %s"
    with pytest.raises(IntegrityError), at_the_desk(desks.person("nora")), connection.cursor() as cursor:
        cursor.execute(change, [desks.person("nora"), MONDAY.date(), made.pk])
    rings.vouch_for(**read_out(of["person"]), at=MONDAY, **desks.at("bodil"))


def test_an_account_alone_retires_no_ring_not_even_its_own(desks: Desks) -> None:
    with pytest.raises(NothingHere):
        rings.retire_ring(person=desks.person("gro"), ring=desks.ring["nora"], by=desks.acting["gro"], at=MONDAY)


def reads(desks: Desks, who: str, case: str) -> bool:
    """Whether somebody who unlocks her ring on the next day opens a case."""
    person = desks.person(who)
    with as_house(day=NEXT.date()):
        by = acting_as(person, day=NEXT.date())
    try:
        ring, _half = rings.unlock_ring(passphrase=PASSPHRASE, by=by, at=NEXT)
        with time_machine.travel(NEXT), at_the_desk(person):
            case_for(by, ring, case)
    except (NothingHere, NotAllowed, not_seated.NoSeatNow):
        return False
    return True


def test_whoever_manages_now_reads_none_of_the_cases_she_had(desks: Desks) -> None:
    told = tell()
    assert reads(desks, "amina", told.case_id)
    mandated(desks, "amina", "housekeeper", "tanzania")
    seats.keep_seats(NEXT.date())
    assert not reads(desks, "amina", told.case_id)
    assert reads(desks, "baraka", told.case_id)


def test_whoever_may_raise_a_concern_as_everybody_may_hears_on(desks: Desks) -> None:
    told = tell()
    mandated(desks, "amina", "concerned_colleague", "tanzania")
    seats.keep_seats(NEXT.date())
    assert reads(desks, "amina", told.case_id)


def test_whoever_manages_is_told_why_there_is_no_ring_for_them(desks: Desks) -> None:
    both = appoint(desks.world, "both", "Bea Both", "tanzania", "ombudsperson", "tanzania")
    desks.acting["both"] = both
    mandated(desks, "both", "housekeeper", "tanzania")
    with pytest.raises(not_seated.ManagesAsWell):
        rings.make_ring(passphrase=PASSPHRASE, by=both, at=MONDAY)


def test_whoever_was_moved_to_another_country_by_the_house_reads_no_more_of_the_first(desks: Desks) -> None:
    told = tell()
    with as_house():
        Mandate.objects.filter(person=desks.person("amina")).update(valid_until=NEXT.date())
    mandated(desks, "amina", "ombudsperson", "norway")
    seats.keep_seats(NEXT.date())
    assert not reads(desks, "amina", told.case_id)


# ---- going up --------------------------------------------------------------------------------------------------


def test_a_case_climbs_past_a_level_where_nobody_sits_any_more(desks: Desks, on_monday: None) -> None:
    told = tell().case_id
    leaves(desks, "rashid")
    watching.raise_missed_promises(at=MONDAY + WEEK)
    assert of_case(told).level == Level.GLOBAL
    assert desks.person("rashid") not in keys_of(told, waiting=False)


def test_what_nobody_who_sits_can_read_goes_up_at_once_and_is_found(
    desks: Desks, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = tell().case_id
    for who in ("amina", "baraka"):
        leaves(desks, who)
    monkeypatch.setattr("omsorg.kernel.clock.now", lambda: NEXT)
    assert every_case_is_held().wrong == (f"case {told} is held by nobody",)
    assert watching.raise_unheard_cases(at=NEXT) == 1
    assert of_case(told).level == Level.REGIONAL
    assert every_case_is_held().wrong == ()
    assert watching.raise_unheard_cases(at=NEXT) == 0


def test_a_case_that_nobody_above_reads_comes_to_whoever_sits_below_again(desks: Desks) -> None:
    told = tell().case_id
    leaves(desks, "rashid")
    watching.raise_missed_promises(at=MONDAY + WEEK)
    for who in ("amina", "baraka", "gro", "bodil", "carlos", "dina"):
        leaves(desks, who)
    with as_house():
        Seat.objects.filter(person=desks.person("rashid")).update(valid_until=None)
    later = MONDAY + 2 * WEEK
    assert keys_of(told, waiting=True) >= {desks.person("rashid")}
    assert watching.raise_unheard_cases(at=later) == 1
    assert (of_case(told).level, desks.person("rashid") in keys_of(told, waiting=False)) == (Level.REGIONAL, True)
    assert watching.raise_unheard_cases(at=later) == 0


def test_whom_a_case_went_past_may_write_and_settles_nothing(desks: Desks) -> None:
    told = tell()
    owed = childs.ask_for_review(code=told.code, at=MONDAY)
    amina = {"case": told.case_id, "at": MONDAY, **desks.at("amina")}
    rashid = {"case": told.case_id, "at": MONDAY, **desks.at("rashid")}
    with pytest.raises(refusals.NotYoursToSettle):
        cases.close_case(message="It is over", **amina)
    with pytest.raises(refusals.NotYoursToSettle):
        cases.answer_child(message="ok", nothing_more_owed=True, **amina)
    with pytest.raises(refusals.NotYoursToSettle):
        new_codes.give_new_code(how_known="I met her", **amina)
    cases.answer_child(message="Rashid writes to you", promise_on=(MONDAY + 8 * WEEK).date(), **amina)
    assert (of_case(told.case_id).promise_on, of_case(told.case_id).level) == (owed, Level.REGIONAL)
    cases.answer_child(message="I have read it all", nothing_more_owed=True, **rashid)
    assert of_case(told.case_id).promise_on is None


def test_an_alarm_puts_no_promise_off(desks: Desks) -> None:
    """On its last day the child is promised no later day, whatever brings the case up."""
    told = tell()
    last = MONDAY + timedelta(days=3)
    assert told.promise_on == last.date()
    watching.raise_alarm(case=told.case_id, found="They lock me up", at=last, **desks.at("amina"))
    with as_house():
        assert Case.objects.get().promise_on == last.date()
    watching.raise_missed_promises(at=last + timedelta(days=1))
    with as_house():
        kept = Case.objects.get()
        assert (kept.promises_missed, kept.promise_on > last.date()) == (1, True)


def test_after_an_alarm_the_promise_still_climbs_to_the_board(desks: Desks) -> None:
    told = tell().case_id
    watching.raise_alarm(case=told, found="She is made to pay", at=MONDAY, **desks.at("amina"))
    seen = [of_case(told).level]
    for weeks in range(1, 4):
        watching.raise_missed_promises(at=MONDAY + weeks * 2 * WEEK)
        seen.append(of_case(told).level)
    assert seen == ["regional", "global", "board", "board"]


# ---- check-ins -------------------------------------------------------------------------------------------------


def test_check_ins_are_planned_with_the_first_answer_and_climb_when_nobody_asks(desks: Desks) -> None:
    told = tell().case_id
    cases.answer_child(case=told, message="I hear you", nothing_more_owed=True, at=MONDAY, **desks.at("amina"))
    with as_house():
        assert CheckIn.objects.filter(case=int(told, 16)).count() == 4
    assert len(cases.plan_check_ins(case=told, at=NEXT, **desks.at("amina"))) == 4
    cases.close_case(case=told, message="Good bye", at=NEXT, **desks.at("amina"))
    assert watching.raise_missed_check_ins(at=MONDAY + timedelta(days=17)) == 0
    assert watching.raise_missed_check_ins(at=MONDAY + timedelta(days=20)) == 1
    assert watching.raise_missed_check_ins(at=MONDAY + timedelta(days=20)) == 0
    assert (of_case(told).level, of_case(told).status) == (Level.REGIONAL, "closed")
    assert desks.person("rashid") in keys_of(told, waiting=False)


def test_a_missed_check_in_comes_up_once_somebody_sits_above(desks: Desks) -> None:
    told = tell().case_id
    cases.answer_child(case=told, message="I hear you", nothing_more_owed=True, at=MONDAY, **desks.at("amina"))
    for who in ("rashid", "gro", "bodil", "carlos", "dina"):
        leaves(desks, who)
    assert watching.raise_missed_check_ins(at=MONDAY + timedelta(days=20)) == 0
    with as_house():
        assert not CheckIn.objects.filter(climbed_on__isnull=False).exists(), "nobody was above: it came up to nobody"
    with as_house():
        Seat.objects.filter(person=desks.person("rashid")).update(valid_until=None)
    assert watching.raise_missed_check_ins(at=MONDAY + timedelta(days=27)) == 1
    assert of_case(told).level == Level.REGIONAL
    assert watching.raise_missed_check_ins(at=MONDAY + timedelta(days=27)) == 0


def test_a_question_about_telling_plans_check_ins_too(desks: Desks) -> None:
    told = tell().case_id
    sharing.ask_assent(case=told, what="All", to_whom="My aunt", until_on=NEXT.date(), at=MONDAY, **desks.at("amina"))
    with as_house():
        assert CheckIn.objects.filter(case=int(told, 16)).count() == 4


# ---- telling without a yes -------------------------------------------------------------------------------------


@pytest.mark.usefixtures("on_monday")
def test_the_child_reads_what_it_is_told_first_and_what_was_told(desks: Desks) -> None:
    told = tell("Baraka Mushi hits me")
    amina = {"case": told.case_id, "at": MONDAY, **desks.at("amina")}
    said = {"ground": "law", "what": "Where she is", "to_whom": "The police", "why": "He has a knife"}
    number = sharing.propose_disclosure(second=desks.person("rashid"), **said, **amina)
    rashid = {"case": told.case_id, "at": MONDAY, **desks.at("rashid")}
    sharing.give_second_view(disclosure=number, agrees=True, view="Yes", **rashid)
    sharing.tell_child_first(disclosure=number, message="I must tell the police where you are", **amina)
    page = open_with_code(told.code)
    assert [message.text for message in page.messages][1:] == ["I must tell the police where you are"]
    assert page.told == ()
    (announced,) = page.to_be_told
    assert (announced.what, announced.to_whom, announced.why) == ("Where she is", "The police", "He has a knife")
    sharing.break_confidentiality(disclosure=number, **{**amina, "at": MONDAY + timedelta(days=2)})
    (other,) = open_with_code(told.code).told
    assert (other.what, other.to_whom, other.at_once) == ("Where she is", "The police", False)
    assert open_with_code(told.code).to_be_told == ()
    assert desks.person("rashid") not in keys_of(told.case_id, waiting=False), "seen for this alone"
    assert desks.person("rashid") in keys_of(told.case_id, waiting=True), "and kept for the day they fail"


def test_that_the_child_is_not_told_is_agreed_to_by_the_second_as_well(desks: Desks) -> None:
    told = tell().case_id
    amina = {"case": told, "at": MONDAY, **desks.at("amina")}
    said = {"ground": "law", "what": "Where she is", "to_whom": "The police", "why": "He has a knife"}
    number = sharing.propose_disclosure(
        second=desks.person("baraka"), why_not_told="He reads her phone", **said, **amina
    )
    sharing.give_second_view(case=told, disclosure=number, agrees=True, view="Yes", at=MONDAY, **desks.at("baraka"))
    sharing.break_confidentiality(disclosure=number, **amina)


def test_the_second_has_a_seat_for_the_childs_country(desks: Desks) -> None:
    said = {"ground": "law", "what": "All", "to_whom": "The court", "why": "It asked", "second": desks.person("nora")}
    with pytest.raises(refusals.SitsElsewhere):
        sharing.propose_disclosure(case=tell().case_id, at=MONDAY, **said, **desks.at("amina"))


# ---- invented people -------------------------------------------------------------------------------------------


@pytest.fixture
def invented(world: World) -> Desks:
    """An office of invented people alone."""
    desks = Desks(world)
    for key, name, home, role in (
        ("board", "Bodil Example", "international", "ombuds_board_member"),
        ("zuhura", "Zuhura Mfano", "tanzania", "ombudsperson"),
    ):
        desks.acting[key] = appoint(world, key, name, home, role, home)
        with as_house():
            world.person[key].is_example = True
            world.person[key].save()
            desks.acting[key] = acting_as(world.person[key].pk, day=MONDAY.date())
        rings.make_ring(passphrase=PASSPHRASE, by=desks.acting[key], at=MONDAY)
    rings.vouch_for(**read_out(desks.person("zuhura")), at=MONDAY, **desks.at("board"))
    return desks


def test_invented_people_hear_no_real_child(invented: Desks) -> None:
    trial = of_case(tell("only trying").case_id)
    assert trial.is_example
    real = make_office(invented.world)
    told = tell("He hits me", number=2).case_id
    assert not of_case(told).is_example
    assert not keys_of(told) & {invented.person("board"), invented.person("zuhura")}
    with as_house():
        assert Ring.objects.get(person=real.person("bodil")).counts, "the office is founded beside the invented one"
    with pytest.raises(not_seated.NotAmongInvented):
        rings.vouch_for(**read_out(real.person("amina")), at=MONDAY, **invented.at("board"))


def test_without_the_example_no_invented_ring_may_count(invented: Desks, monkeypatch: pytest.MonkeyPatch) -> None:
    assert rings_are_vouched_for().wrong == ()
    monkeypatch.setattr(settings.ENVIRONMENT, "example", False)
    assert rings_are_vouched_for().wrong
    with pytest.raises(refusals.NobodyListens):
        tell("He hits me")


def test_the_page_says_that_it_is_for_trying_out_alone(invented: Desks, client: object) -> None:
    sentence = "only for trying out"
    for path in ("/t/en/", "/t/en/write/"):
        assert sentence in client.get(path).content.decode()
    make_office(invented.world)
    for path in ("/t/en/", "/t/en/write/"):
        assert sentence not in client.get(path).content.decode()


@pytest.mark.parametrize("what", ["raise_missed_promises", "raise_unheard_cases"])
def test_one_case_at_fault_holds_up_no_other(
    desks: Desks, what: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    codes = [tell("one", 1).case_id, tell("two", 2).case_id]
    faulty = min(codes, key=lambda code: int(code, 16))
    if what == "raise_unheard_cases":
        with as_house():
            CaseKey.objects.filter(waiting=False).delete()
    whole = watching.open_next_level if what == "raise_unheard_cases" else watching.raise_level

    def breaks(case: Case, **given: object) -> object:
        if case.code == faulty:
            raise RuntimeError("a fault")
        return whole(case, **given)

    monkeypatch.setattr(watching, whole.__name__, breaks)
    assert getattr(watching, what)(at=MONDAY + WEEK) == 1
    assert [of_case(code).level == "regional" for code in codes] == [code != faulty for code in codes]
    assert faulty not in caplog.text.split("Traceback")[0]
