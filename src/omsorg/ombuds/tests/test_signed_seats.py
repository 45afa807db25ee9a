"""Who hears is signed for by colleagues: rows alone, written with the password of the database, make nobody hear."""

from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, connections, transaction

from omsorg.federation.models import Mandate
from omsorg.kernel.sealing import new_pair, signing_key_of
from omsorg.kernel.wall import as_house, in_name_of
from omsorg.ombuds import checks
from omsorg.ombuds.access import OpenRing
from omsorg.ombuds.actions import recovery, rings
from omsorg.ombuds.actions.seats import keep_seats, sign_seat
from omsorg.ombuds.models import CaseKey, Founder, RecoveryShare, Ring, Seat, VouchedBefore
from omsorg.ombuds.queries.reachable import hearers
from omsorg.ombuds.queries.vouching import vouched
from omsorg.ombuds.rules.refusals import AnotherSigningKey, NoSigningKey
from omsorg.ombuds.tests.office import MONDAY, PASSPHRASE, Desks, appoint, make_office, read_out, tell
from world import make_world

DAY = MONDAY.date()


def written(desks: Desks, who: str = "housekeeper") -> tuple[Ring, Seat, OpenRing]:
    """What somebody writes who has the password of the application's database, and no passphrase."""
    me = desks.world.person[who].pk
    private, public = new_pair()
    confirmed: dict[str, Any] = {"confirmed_by": desks.person("bodil"), "confirmed_on": DAY}
    with as_house():
        seat = Seat.objects.create(person=me, level="board", countries=["*"], valid_from=DAY, **confirmed)
    with in_name_of(me, day=DAY):
        ring = Ring(person=me, shown_name="x", unit="x", unit_name="x", public_key=public, made_on=DAY)
        ring.signing_key = signing_key_of(private)
        ring.save(force_insert=True)
    with in_name_of(desks.person("bodil"), day=DAY):
        Ring.objects.filter(pk=ring.pk).update(vouched_by=desks.person("bodil"), vouched_on=DAY)
    ring.refresh_from_db()
    return ring, seat, OpenRing(ring.pk, me, private)


def hears(ring: Ring) -> bool:
    with as_house():
        return ring.pk in {hearer.ring for hearer in hearers(DAY)}


def test_rows_alone_give_nobody_a_key(desks: Desks) -> None:
    tell()
    ring, _seat, _opened = written(desks)
    desks.unlock("amina", MONDAY + timedelta(hours=1))
    tell("Another", 2)
    with as_house():
        assert not CaseKey.objects.filter(ring=ring).exists()
    assert not hears(ring)


def test_nobody_signs_for_oneself(desks: Desks) -> None:
    ring, seat, opened = written(desks)
    with as_house():
        sign_seat(seat, ring, ring=opened, on=DAY)
    assert not hears(ring)


def test_two_that_sign_for_each_other_hear_nothing(desks: Desks) -> None:
    ring, seat, opened = written(desks)
    other, other_seat, other_opened = written(desks, "verifier")
    with as_house():
        sign_seat(other_seat, other, ring=opened, on=DAY)
        sign_seat(seat, ring, ring=other_opened, on=DAY)
    assert not hears(ring)
    assert not hears(other)


def test_the_signature_of_one_seat_holds_for_no_other(desks: Desks) -> None:
    ring, seat, _opened = written(desks)
    with as_house():
        good = Seat.objects.get(person=desks.person("carlos"))
        for name in ("signed_by", "signed_countries", "signature"):
            setattr(seat, name, getattr(good, name))
        seat.save()
    assert not hears(ring)


@pytest.mark.parametrize(
    "change",
    [{"level": "board"}, {"countries": ["NO", "TZ"]}, {"confirmed_on": DAY - timedelta(days=1)}, {"signed_by": 7}],
    ids=["level", "countries", "day", "signer"],
)
def test_a_seat_that_is_changed_after_it_was_signed_holds_no_more(desks: Desks, change: dict[str, Any]) -> None:
    with as_house():
        ring = Ring.objects.get(person=desks.person("amina"))
    assert hears(ring)
    with as_house():
        Seat.objects.filter(person=ring.person).update(**change)
    assert not hears(ring)


def test_a_signing_key_is_never_exchanged(desks: Desks) -> None:
    with in_name_of(desks.person("amina"), day=DAY):
        mine = Ring.objects.filter(person=desks.person("amina"))
        with pytest.raises(DatabaseError), transaction.atomic():
            mine.update(signing_key=b"x" * 32)


def test_whoever_signs_above_herself_signs_nothing(desks: Desks) -> None:
    """A colleague who hears in one country cannot make a member of the board, whatever rows she writes."""
    ring, seat, _opened = written(desks)
    with as_house():
        sign_seat(seat, ring, ring=desks.ring["amina"], on=DAY)
    assert not hears(ring)
    with as_house():
        seat = Seat.objects.get(person=ring.person)
        seat.level, seat.countries, seat.signature = "national", ["TZ"], b""
        sign_seat(seat, ring, ring=desks.ring["amina"], on=DAY)
    assert hears(ring)


def test_what_a_leaver_has_signed_stays_good(desks: Desks) -> None:
    with as_house():
        carlos = Ring.objects.get(person=desks.person("carlos"))
    rings.retire_ring(person=desks.person("bodil"), at=MONDAY, **desks.at("carlos"))
    assert hears(carlos)


def test_seats_brought_up_to_the_house_keep_their_signatures(desks: Desks) -> None:
    with as_house():
        Seat.objects.filter(person=desks.person("amina")).update(units=["elsewhere"])
        amina = Ring.objects.get(person=desks.person("amina"))
        assert keep_seats(DAY + timedelta(days=1), [amina.person]) == 2
        assert amina.pk in {hearer.ring for hearer in hearers(DAY + timedelta(days=1))}


def test_no_half_of_a_recovery_key_goes_to_who_only_wrote_rows(desks: Desks) -> None:
    ring, _seat, _opened = written(desks)
    desks.unlock("amina", MONDAY + timedelta(hours=1))
    with in_name_of(desks.person("amina"), day=DAY):
        assert RecoveryShare.objects.exists()
        assert not RecoveryShare.objects.filter(outer=ring.person).exists()
        assert ring not in recovery.board(DAY)


# ---- the founder, and what is never removed --------------------------------------------------------------------


@pytest.mark.parametrize("table", ["ombuds_ring", "ombuds_seat", "ombuds_founder"])
def test_rings_seats_and_the_founder_are_removed_by_nobody(desks: Desks, table: str) -> None:
    """Put back in one transaction, with another founder, they would open every case at the next unlocking."""

    def how_many() -> int:
        with as_house(), connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM {table}")
            return int(cursor.fetchone()[0])

    before = how_many()
    for verb in ("DELETE FROM", "TRUNCATE"):
        with suppress(DatabaseError), transaction.atomic(), as_house(), connection.cursor() as cursor:
            cursor.execute(f"{verb} {table}")
    with suppress(DatabaseError), transaction.atomic(), in_name_of(desks.person("bodil"), day=DAY):
        connection.cursor().execute(f"DELETE FROM {table}")
    assert (how_many(), before > 0) == (before, True)


def test_nobody_founds_an_office_that_is_founded(desks: Desks) -> None:
    """Neither by a ring that vouches for itself on no day, nor by writing the founder anew."""
    me = desks.world.person["housekeeper"].pk
    private, public = new_pair()
    ring = Ring(person=me, shown_name="x", unit="x", unit_name="x", public_key=public, made_on=DAY)
    ring.signing_key, ring.vouched_by = signing_key_of(private), me
    with as_house():
        Seat.objects.create(person=me, level="board", countries=["*"], valid_from=DAY)
    with pytest.raises(DatabaseError, match="vouched for on a day"), transaction.atomic(), in_name_of(me, day=DAY):
        ring.save(force_insert=True)
    with in_name_of(me, day=DAY):
        ring.vouched_by = None
        ring.save(force_insert=True)
    with pytest.raises(DatabaseError, match="vouches for a ring"), transaction.atomic(), in_name_of(me, day=DAY):
        Ring.objects.filter(pk=ring.pk).update(vouched_by=me)
    with suppress(DatabaseError), transaction.atomic(), as_house():
        Founder.objects.update(ring=ring.pk, public_key=public)
    assert Founder.objects.get(is_example=False).ring != ring.pk
    with pytest.raises(DatabaseError), transaction.atomic(), as_house():
        Founder.objects.create(is_example=True, ring=ring.pk, public_key=public)


def test_a_ring_that_nobody_vouched_for_signs_nothing(desks: Desks) -> None:
    """Its own seat signed by itself lifts nobody either: a signature counts from a ring that counts."""
    ring, seat, opened = written(desks)
    with as_house():
        seat = sign_seat(seat, ring, ring=opened, on=DAY)
    office = vouched()
    office.rings[ring.pk].vouched_by, office.rings[ring.pk].vouched_on = ring.person, None
    assert not office.holds(seat, office.rings[ring.pk])


# ---- from before there were signatures -------------------------------------------------------------------------


def test_what_was_vouched_for_before_is_written_down_by_nobody_else(desks: Desks) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), as_house():
        VouchedBefore.objects.create(ring=1, level="board", countries=["*"], confirmed_by=1)


BEFORE = """
ALTER TABLE ombuds_ring DISABLE TRIGGER USER;
UPDATE ombuds_ring SET signing_key = '';
ALTER TABLE ombuds_ring ENABLE TRIGGER USER;
UPDATE ombuds_seat SET signature = '', signed_by = NULL, signed_countries = '[]';
INSERT INTO ombuds_vouchedbefore (id, ring, level, countries, confirmed_by)
SELECT s.id, r.id, s.level, s.countries, s.confirmed_by FROM ombuds_seat s JOIN ombuds_ring r ON r.person = s.person;
"""


def test_a_seat_given_again_is_confirmed_by_somebody_its_holder_once_vouched_for(desks: Desks) -> None:
    """What Eva signs rests on her seat, hers on the first seat of Carlos, and that on the founder: no ring of them."""
    board = "ombuds_board_member"
    desks.acting["eva"] = appoint(desks.world, "eva", "Eva Ek", "international", board, "international")
    rings.make_ring(passphrase=PASSPHRASE, by=desks.acting["eva"], at=MONDAY)
    rings.vouch_for(**read_out(desks.person("eva")), at=MONDAY, **desks.at("carlos"))
    carlos, top = desks.person("carlos"), desks.world.org["international"]
    gone, back = DAY + timedelta(days=7), DAY + timedelta(days=10)
    with as_house():
        Mandate.objects.filter(person_id=carlos).update(valid_until=gone)
        Mandate.objects.create(person_id=carlos, role=board, organisation=top, valid_from=back)
    keep_seats(gone)
    keep_seats(back)
    rings.vouch_for(**read_out(carlos), at=MONDAY + timedelta(days=10), **desks.at("eva"))
    with as_house():
        assert Ring.objects.get(person=carlos).pk in {hearer.ring for hearer in hearers(back)}
        assert not checks.seats_are_signed().wrong


@pytest.mark.parametrize("founder_left", [True, False])
def test_two_of_the_board_who_sign_for_each_other_go_on_hearing(
    own_database: str, on_monday: None, founder_left: bool
) -> None:
    """Theirs was vouched for before there were signatures, and that stays good where their new ones rest on nothing."""
    desks = make_office(make_world())
    if founder_left:
        rings.retire_ring(person=desks.person("bodil"), at=MONDAY, **desks.at("carlos"))
    with connections["owner"].cursor() as cursor:
        cursor.execute(BEFORE.rstrip().rstrip(";") + " WHERE r.retired_on IS NULL AND s.valid_until IS NULL;")
    for who in set(desks.acting) - {"bodil"}:
        desks.unlock(who, MONDAY + timedelta(hours=1))
    with as_house():
        everybody = list(Ring.objects.filter(retired_on=None))
    for one, other in (("dina", "carlos"), ("carlos", "dina")):
        rings.vouch_for(**read_out(desks.person(one)), at=MONDAY + timedelta(hours=1), **desks.at(other))
    assert [ring.shown_name for ring in everybody if not hears(ring)] == []
    with as_house():
        assert not checks.seats_are_signed().wrong


@pytest.fixture
def from_before(own_database: str, on_monday: None) -> Desks:
    """The office as it was on the day before there were signatures, and what the migration has written down."""
    desks = make_office(make_world())
    with connections["owner"].cursor() as cursor:
        cursor.execute(BEFORE)
    return desks


def test_rows_from_before_are_signed_when_each_unlocks(from_before: Desks) -> None:
    with as_house():
        before = {who: Ring.objects.get(person=from_before.person(who)) for who in from_before.acting}
    assert all(map(hears, before.values()))
    assert checks.seats_are_signed().look
    carlos = {
        "ring": OpenRing(before["carlos"].pk, from_before.person("carlos"), b""),
        "by": from_before.acting["carlos"],
    }
    with pytest.raises(NoSigningKey):
        rings.vouch_for(**read_out(from_before.person("amina")), at=MONDAY, **carlos)
    for who in (*from_before.acting, "bodil"):
        from_before.unlock(who, MONDAY + timedelta(hours=1))
    with as_house():
        assert Seat.objects.get(person=from_before.person("amina")).signed_by == before["bodil"].pk
        assert Seat.objects.get(person=from_before.person("bodil")).signed_by == before["bodil"].pk
    assert not checks.seats_are_signed().look
    assert all(map(hears, before.values()))


def test_another_signing_key_on_ones_ring_is_said_loudly(from_before: Desks) -> None:
    with in_name_of(from_before.person("amina"), day=DAY):
        Ring.objects.filter(person=from_before.person("amina")).update(signing_key=signing_key_of(new_pair()[0]))
    with pytest.raises(AnotherSigningKey):
        from_before.unlock("amina", MONDAY + timedelta(hours=1))
