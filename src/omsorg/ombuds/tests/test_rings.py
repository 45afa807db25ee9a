"""Key rings: made, vouched for, unlocked, given another passphrase, left behind, and lost and found by two."""

from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from omsorg.federation.access import NotAllowed, NothingHere, acting_as
from omsorg.federation.models import Mandate
from omsorg.kernel.models import Trace
from omsorg.kernel.wall import as_house
from omsorg.ombuds.access import at_the_desk, case_for
from omsorg.ombuds.actions import colleagues, new_codes, recovery, rings, seats
from omsorg.ombuds.models import CaseKey, Opening, RecoveryShare, Ring, RingSecret
from omsorg.ombuds.queries.rings import open_ring_of
from omsorg.ombuds.rules import refusals
from omsorg.ombuds.rules.not_seated import ManagesAsWell
from omsorg.ombuds.tests.office import (
    MONDAY,
    PASSPHRASE,
    PEOPLE,
    Desks,
    appoint,
    make_office,
    read_back,
    read_out,
    tell,
)
from world import World

NEW = "another five quiet words"


def can_read(desks: Desks, who: str, case: str) -> bool:
    with at_the_desk(desks.person(who)):
        try:
            case_for(desks.acting[who], desks.ring[who], case)
        except NothingHere:
            return False
    return True


def traces(subject_of: str) -> list[str]:
    with as_house():
        return list(Trace.objects.filter(book=subject_of).order_by("number").values_list("verb", flat=True))


# ---- making and vouching ---------------------------------------------------------------------------------------


def test_a_role_alone_opens_nothing_until_a_colleague_vouches(desks: Desks) -> None:
    told = tell()
    desks.acting["late"] = appoint(desks.world, "late", "Lena Late", "tanzania", "ombudsperson", "tanzania")
    rings.make_ring(passphrase=PASSPHRASE, by=desks.acting["late"], at=MONDAY)
    desks.unlock("late")
    second = tell("another day", 2)
    assert not can_read(desks, "late", told.case_id)
    assert not can_read(desks, "late", second.case_id)
    rings.vouch_for(**read_out(desks.person("late")), at=MONDAY, **desks.at("amina"))
    third = tell("a third day", 3)
    assert can_read(desks, "late", third.case_id)
    assert not can_read(desks, "late", told.case_id)
    with pytest.raises(refusals.VouchedAlready):
        rings.vouch_for(**read_out(desks.person("late")), at=MONDAY, **desks.at("amina"))


def test_nobody_vouches_for_themselves_or_upward(desks: Desks) -> None:
    desks.acting["late"] = appoint(desks.world, "late", "Lena Late", "africa", "ombudsperson", "africa")
    rings.make_ring(passphrase=PASSPHRASE, by=desks.acting["late"], at=MONDAY)
    desks.unlock("late")
    with pytest.raises(refusals.NotForOneself):
        rings.vouch_for(**read_out(desks.person("late")), at=MONDAY, **desks.at("late"))
    with pytest.raises(refusals.NotAbove):
        rings.vouch_for(**read_out(desks.person("late")), at=MONDAY, **desks.at("amina"))


def test_the_database_lets_nobody_vouch_for_their_own_ring_or_exchange_a_key(desks: Desks) -> None:
    desks.acting["late"] = appoint(desks.world, "late", "Lena Late", "tanzania", "ombudsperson", "tanzania")
    rings.make_ring(passphrase=PASSPHRASE, by=desks.acting["late"], at=MONDAY)
    late, amina = desks.person("late"), desks.person("amina")
    for who, statement, about in [
        (late, "UPDATE ombuds_ring SET vouched_by = person, vouched_on = now() WHERE person = %s", late),
        (desks.world.person["housekeeper"].pk, "UPDATE ombuds_ring SET vouched_on = now() WHERE person = %s", late),
        (amina, "UPDATE ombuds_ring SET public_key = 'x' WHERE person = %s", amina),
    ]:
        with at_the_desk(who), connection.cursor() as cursor, suppress(IntegrityError), transaction.atomic():
            cursor.execute(statement, [about])
            assert cursor.rowcount == 0
    assert Ring.objects.get(person=late).vouched_on is None
    assert bytes(Ring.objects.get(person=amina).public_key) != b"x"


def test_whoever_manages_as_well_gets_no_ring(desks: Desks) -> None:
    with as_house():
        housekeeper = desks.world.person["national_housekeeper"]
        Mandate.objects.create(
            person=housekeeper,
            role="ombudsperson",
            organisation=desks.world.org["tanzania"],
            valid_from=MONDAY.date(),
        )
        acting = acting_as(housekeeper.pk, day=MONDAY.date())
    with pytest.raises(ManagesAsWell):
        rings.make_ring(passphrase=PASSPHRASE, by=acting, at=MONDAY)


def test_the_first_ring_founds_the_office_only_for_the_board(world: World) -> None:
    acting = appoint(world, *PEOPLE[5])
    rings.make_ring(passphrase=PASSPHRASE, by=acting, at=MONDAY)
    assert not Ring.objects.get().counts
    founder = appoint(world, *PEOPLE[0])
    assert rings.make_ring(passphrase=PASSPHRASE, by=founder, at=MONDAY).counts


def test_a_second_ring_and_a_weak_passphrase_are_refused(desks: Desks) -> None:
    with pytest.raises(refusals.RingAlready):
        rings.make_ring(passphrase=PASSPHRASE, by=desks.acting["amina"], at=MONDAY)
    with pytest.raises(refusals.PassphraseTooShort):
        rings.change_passphrase(old=PASSPHRASE, new="short", by=desks.acting["amina"], at=MONDAY)
    account = desks.world.account["amina"]
    account.set_password("the password at the door")
    account.save()
    with pytest.raises(refusals.SameAsSignIn):
        rings.change_passphrase(old=PASSPHRASE, new="the password at the door", by=desks.acting["amina"], at=MONDAY)


# ---- unlocking -------------------------------------------------------------------------------------------------


def test_the_browser_opens_the_ring_until_it_is_locked(desks: Desks) -> None:
    amina = desks.acting["amina"]
    with at_the_desk(amina.person_id):
        ring, cookie = open_ring_of(amina, desks.cookie["amina"], at=MONDAY + timedelta(minutes=29))
        again, _ = open_ring_of(amina, cookie, at=MONDAY + timedelta(minutes=58))
    assert ring.private == again.private == desks.ring["amina"].private
    rings.lock_ring(by=amina, at=MONDAY)
    with at_the_desk(amina.person_id), pytest.raises(refusals.RingLocked):
        open_ring_of(amina, cookie, at=MONDAY + timedelta(minutes=59))


@pytest.mark.parametrize(
    "minutes",
    [pytest.param(31, id="half an hour without a page"), pytest.param(8 * 60, id="eight hours in any case")],
)
def test_an_opening_ends(desks: Desks, minutes: int) -> None:
    amina, cookie, at = desks.acting["amina"], desks.cookie["amina"], MONDAY
    with at_the_desk(amina.person_id):
        while minutes > 31:
            at, minutes = at + timedelta(minutes=25), minutes - 25
            if at < MONDAY + timedelta(hours=7, minutes=30):
                _, cookie = open_ring_of(amina, cookie, at=at)
        with pytest.raises(refusals.RingLocked):
            open_ring_of(
                amina, cookie, at=MONDAY + timedelta(hours=8) if at > MONDAY else MONDAY + timedelta(minutes=31)
            )


def test_what_the_browser_holds_opens_for_nobody_else_and_not_when_changed(desks: Desks) -> None:
    cookie = desks.cookie["amina"]
    for who, value in [("baraka", cookie), ("amina", cookie[:-1]), ("amina", ""), ("amina", desks.cookie["baraka"])]:
        with at_the_desk(desks.person(who)), pytest.raises(refusals.RingLocked):
            open_ring_of(desks.acting[who], value, at=MONDAY)


def test_a_wrong_passphrase_opens_nothing(desks: Desks) -> None:
    with pytest.raises(refusals.WrongPassphrase):
        rings.unlock_ring(passphrase="not this one either", by=desks.acting["amina"], at=MONDAY)
    with as_house():
        stranger = acting_as(desks.world.person["stranger"].pk, day=MONDAY.date())
    with pytest.raises(NotAllowed):
        rings.unlock_ring(passphrase=PASSPHRASE, by=stranger, at=MONDAY)


def test_another_passphrase_opens_the_same_cases(desks: Desks) -> None:
    told = tell()
    rings.change_passphrase(old=PASSPHRASE, new=NEW, by=desks.acting["amina"], at=MONDAY)
    with at_the_desk(desks.person("amina")):
        assert not Opening.objects.filter(person=desks.person("amina")).exists()
    with pytest.raises(refusals.WrongPassphrase):
        desks.unlock("amina")
    desks.ring["amina"], _ = rings.unlock_ring(passphrase=f" {NEW}\n", by=desks.acting["amina"], at=MONDAY)
    assert can_read(desks, "amina", told.case_id)
    assert traces("ombuds:office")[-3:] == ["change_passphrase", "try_wrong_passphrase", "unlock_ring"]


# ---- colleagues come and go ------------------------------------------------------------------------------------


def test_a_new_colleague_above_is_given_waiting_keys_by_whoever_holds_them(desks: Desks) -> None:
    told = tell()
    desks.acting["rita"] = appoint(desks.world, "rita", "Rita Region", "africa", "ombudsperson", "africa")
    rings.make_ring(passphrase=PASSPHRASE, by=desks.acting["rita"], at=MONDAY)
    rings.vouch_for(**read_out(desks.person("rita")), at=MONDAY, **desks.at("bodil"))
    with as_house():
        assert not CaseKey.objects.filter(person=desks.person("rita")).exists()
    desks.unlock("amina")
    desks.unlock("rita")
    assert not can_read(desks, "rita", told.case_id)
    with as_house():
        assert CaseKey.objects.get(person=desks.person("rita")).waiting


def test_a_colleague_is_brought_in_and_one_shut_out_never_is(desks: Desks) -> None:
    told = tell("Baraka Mushi hits me")
    with pytest.raises(refusals.SitsElsewhere, match="Nora Nilsen"):
        colleagues.bring_in_colleague(case=told.case_id, person=desks.person("nora"), at=MONDAY, **desks.at("amina"))
    colleagues.bring_in_colleague(case=told.case_id, person=desks.person("rashid"), at=MONDAY, **desks.at("amina"))
    assert can_read(desks, "rashid", told.case_id)
    with pytest.raises(refusals.HearsAlready):
        colleagues.bring_in_colleague(case=told.case_id, person=desks.person("rashid"), at=MONDAY, **desks.at("amina"))
    with pytest.raises(refusals.ShutOutOfCase, match="Baraka Mushi"):
        colleagues.bring_in_colleague(case=told.case_id, person=desks.person("baraka"), at=MONDAY, **desks.at("amina"))
    colleagues.leave_case(case=told.case_id, at=MONDAY, **desks.at("amina"))
    assert not can_read(desks, "amina", told.case_id)
    with pytest.raises(refusals.NobodyLeft):
        colleagues.leave_case(case=told.case_id, at=MONDAY, **desks.at("rashid"))


def test_whoever_turns_out_to_have_a_stake_loses_the_key_and_the_case_goes_up(desks: Desks) -> None:
    told = tell()
    gone = colleagues.say_whom_it_is_about(
        case=told.case_id, said="It was Baraka, and Amina saw it. Rashid knew", at=MONDAY, **desks.at("amina")
    )
    assert gone == sorted(map(desks.person, ("amina", "baraka", "rashid")))
    for who in ("amina", "baraka", "rashid"):
        assert not can_read(desks, who, told.case_id)
    assert can_read(desks, "gro", told.case_id)
    with pytest.raises(refusals.ShutOutOfCase):
        colleagues.bring_in_colleague(case=told.case_id, person=desks.person("amina"), at=MONDAY, **desks.at("gro"))


def test_a_leaver_leaves_nobody_alone(desks: Desks) -> None:
    told = tell("Baraka Mushi hits me")
    desks.unlock("amina")
    with pytest.raises(refusals.NotAbove):
        rings.retire_ring(person=desks.person("amina"), at=MONDAY, **desks.at("baraka"))
    assert rings.retire_ring(person=desks.person("amina"), at=MONDAY, **desks.at("rashid")) == 1
    assert not can_read(desks, "amina", told.case_id)
    assert can_read(desks, "rashid", told.case_id)
    with as_house():
        assert not CaseKey.objects.filter(person=desks.person("amina")).exists()
    with at_the_desk(desks.person("amina")), pytest.raises(refusals.RingLocked):
        open_ring_of(desks.acting["amina"], desks.cookie["amina"], at=MONDAY)


def test_the_last_who_holds_a_case_cannot_leave(world: World) -> None:
    desks = make_office(world, [PEOPLE[0]])
    tell()
    with pytest.raises(refusals.LastHolder, match="1 cases"):
        rings.retire_ring(person=desks.person("bodil"), at=MONDAY, **desks.at("bodil"))
    assert Ring.objects.get().retired_on is None


def test_a_role_that_ended_hears_nothing_new(desks: Desks) -> None:
    desks.unlock("amina")
    with as_house():
        Mandate.objects.filter(person=desks.person("amina")).update(valid_until=MONDAY.date())
    seats.keep_seats(MONDAY.date())
    seats.keep_seats(MONDAY.date())
    told = tell()
    assert not can_read(desks, "amina", told.case_id)
    assert can_read(desks, "baraka", told.case_id)


# ---- lost and found --------------------------------------------------------------------------------------------


def test_two_of_the_board_together_open_the_way_back(desks: Desks) -> None:
    told = tell()
    amina = desks.acting["amina"]
    desks.unlock("amina")
    asked = recovery.ask_for_recovery(passphrase=NEW, by=amina, at=MONDAY)
    with pytest.raises(refusals.NotOpenedYet):
        recovery.take_ring_back(passphrase=NEW, by=amina, at=MONDAY)
    with pytest.raises(refusals.NothingToOpen):
        recovery.open_second_half(**read_back(asked), at=MONDAY, **desks.at("carlos"))
    inner = recovery.open_first_half(**read_back(asked), at=MONDAY, **desks.at("bodil"))
    assert inner == sorted(map(desks.person, ("carlos", "dina")))
    with pytest.raises(refusals.NothingToOpen):
        recovery.open_second_half(**read_back(asked), at=MONDAY, **desks.at("bodil"))
    with pytest.raises(refusals.NotOpenedYet):
        recovery.take_ring_back(passphrase=NEW, by=amina, at=MONDAY)
    recovery.open_second_half(**read_back(asked), at=MONDAY, **desks.at("dina"))
    with pytest.raises(refusals.WrongPassphrase):
        recovery.take_ring_back(passphrase="not the one she chose", by=amina, at=MONDAY)
    recovery.take_ring_back(passphrase=NEW, by=amina, at=MONDAY)
    desks.ring["amina"], _ = rings.unlock_ring(passphrase=NEW, by=amina, at=MONDAY)
    assert can_read(desks, "amina", told.case_id)
    with pytest.raises(refusals.WrongPassphrase):
        desks.unlock("amina")
    wanted = ["ask_for_recovery", "open_first_half", "open_second_half", "take_ring_back"]
    assert [verb for verb in traces("ombuds:office") if verb in wanted] == wanted


def test_nobody_but_the_board_opens_a_half_and_nobody_their_own(desks: Desks) -> None:
    desks.unlock("bodil")
    asked = recovery.ask_for_recovery(passphrase=NEW, by=desks.acting["bodil"], at=MONDAY)
    with pytest.raises(NotAllowed):
        recovery.open_first_half(**read_back(asked), at=MONDAY, **desks.at("gro"))
    with pytest.raises(refusals.NotForOneself):
        recovery.open_first_half(**read_back(asked), at=MONDAY, **desks.at("bodil"))
    assert recovery.open_first_half(**read_back(asked), at=MONDAY, **desks.at("carlos")) == [desks.person("dina")]


def test_one_member_of_the_board_alone_opens_no_share(desks: Desks) -> None:
    """The outer half holds nothing but what is sealed to the other: no key of a ring comes out of it."""
    shares = RecoveryShare.objects
    desks.unlock("amina")
    with at_the_desk(desks.person("bodil")):
        assert shares.filter(outer=desks.person("bodil"), ring=desks.ring["amina"].ring).count() == 2
        assert not RingSecret.objects.filter(person=desks.person("amina")).exists()
    with at_the_desk(desks.person("gro")):
        assert not shares.filter(ring=desks.ring["amina"].ring).exists()


def test_without_two_of_the_board_there_is_no_way_back(world: World) -> None:
    desks = make_office(world, [PEOPLE[0], PEOPLE[5]])
    with pytest.raises(refusals.NoTwoOfTheBoard):
        recovery.ask_for_recovery(passphrase=NEW, by=desks.acting["amina"], at=MONDAY)


def test_a_lost_code_is_given_anew_in_person(desks: Desks) -> None:
    from omsorg.ombuds.queries.childs_view import open_with_code

    told = tell()
    with pytest.raises(refusals.ReasonMissing):
        new_codes.give_new_code(case=told.case_id, how_known=" ", at=MONDAY, **desks.at("amina"))
    code = new_codes.give_new_code(
        case=told.case_id, how_known="I have known her since May", at=MONDAY, **desks.at("amina")
    )
    with pytest.raises(refusals.CodeChanged):
        open_with_code(told.code)
    assert [message.text for message in open_with_code(code).messages] == ["The guard at the gate locks us in"]
    with pytest.raises(NothingHere):
        new_codes.give_new_code(case=told.case_id, how_known="I say so", at=MONDAY, **desks.at("nora"))
