"""Pictures read out: with the password of the database nobody puts a key of their own in a colleague's place."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from omsorg.kernel.sealing import new_pair, signing_key_of
from omsorg.kernel.wall import as_house, in_name_of
from omsorg.ombuds.actions import recovery, rings
from omsorg.ombuds.models import Recovery, Ring
from omsorg.ombuds.rules import marks, refusals
from omsorg.ombuds.rules.return_code import SIGN_BITS
from omsorg.ombuds.tests.office import MONDAY, PASSPHRASE, Desks, appoint, read_back, read_out

DAY = MONDAY.date()
NEW = "another five quiet words"


def test_a_mark_stands_for_what_it_is_of_and_for_each_key() -> None:
    one = marks.mark_of("ring", b"1" * 32, b"2" * 32)
    assert len(one) * SIGN_BITS == 44
    assert one == marks.mark_of("ring", b"1" * 32, b"2" * 32)
    others = [
        marks.mark_of("way back", b"1" * 32, b"2" * 32),
        marks.mark_of("ring", b"1" * 32 + b"2" * 32),
        marks.mark_of("ring", b"1" * 32, b"3" * 32),
    ]
    assert one not in others


def test_the_pictures_of_ones_own_ring_follow_from_its_private_key(desks: Desks) -> None:
    mark = rings.mark_of_own_ring(passphrase=PASSPHRASE, by=desks.acting["amina"], at=MONDAY)
    assert [mark] == read_out(desks.person("amina"))["mark"]
    with pytest.raises(refusals.WrongPassphrase):
        rings.mark_of_own_ring(passphrase="not the one she chose", by=desks.acting["amina"], at=MONDAY)


def test_a_ring_put_in_the_place_of_hers_is_not_vouched_for(desks: Desks) -> None:
    """Zuri makes her ring; somebody retires it by rows and puts another there; Amina types what Zuri reads out."""
    desks.acting["zuri"] = appoint(desks.world, "zuri", "Zuri Zuma", "tanzania", "ombudsperson", "tanzania")
    made = rings.make_ring(passphrase=PASSPHRASE, by=desks.acting["zuri"], at=MONDAY)
    hers = {"person": made.person, "mark": [rings.mark_of_ring(made)]}
    private, public = new_pair()
    with as_house():
        Ring.objects.filter(pk=made.pk).update(retired_on=DAY)
    with in_name_of(made.person, day=DAY):
        theirs = Ring(person=made.person, shown_name="Zuri Zuma", unit="x", unit_name="x", made_on=DAY)
        theirs.public_key, theirs.signing_key = public, signing_key_of(private)
        theirs.save(force_insert=True)
    with pytest.raises(refusals.NotThesePictures):
        rings.vouch_for(**hers, at=MONDAY, **desks.at("amina"))
    with pytest.raises(refusals.NotThesePictures):
        rings.vouch_for(person=made.person, at=MONDAY, **desks.at("amina"))
    with as_house():
        assert not Ring.objects.get(pk=theirs.pk).counts


def test_the_keys_that_a_way_back_was_asked_with_are_never_exchanged(desks: Desks) -> None:
    desks.unlock("amina")
    asked = recovery.ask_for_recovery(passphrase=NEW, by=desks.acting["amina"], at=MONDAY)
    public = new_pair()[1]
    for who in ("amina", "bodil"):
        with pytest.raises(IntegrityError), transaction.atomic(), in_name_of(desks.person(who), day=DAY):
            Recovery.objects.filter(pk=asked.pk).update(transport_public=public)
    with in_name_of(desks.person("amina"), day=DAY):
        assert bytes(Recovery.objects.get().transport_public) == bytes(asked.transport_public)


@pytest.mark.parametrize("opened", ["nothing", "the first half"])
def test_a_way_back_asked_for_in_her_name_is_opened_by_nobody(desks: Desks, opened: str) -> None:
    """Hers is ended by rows, and one with other keys takes its place, before or after the first half is open."""
    desks.unlock("amina")
    asked = recovery.ask_for_recovery(passphrase=NEW, by=desks.acting["amina"], at=MONDAY)
    hers, halves = read_back(asked), {}
    if opened == "the first half":
        recovery.open_first_half(**hers, at=MONDAY, **desks.at("bodil"))
        with in_name_of(desks.person("bodil"), day=DAY):
            row = Recovery.objects.get(pk=asked.pk)
            halves = {"first_by": row.first_by, "halfway": row.halfway}
    with in_name_of(desks.person("amina"), day=DAY):
        Recovery.objects.filter(pk=asked.pk).update(done_on=DAY)
        theirs = Recovery(ring_id=asked.ring_id, person=asked.person, asked_on=DAY, transport_public=new_pair()[1])
        theirs.salt, theirs.cost, theirs.transport_sealed = b"0" * 16, asked.cost, b"x"
        for name, value in halves.items():
            setattr(theirs, name, value)
        theirs.save(force_insert=True)
    act = recovery.open_second_half if halves else recovery.open_first_half
    with pytest.raises(refusals.NotThesePictures):
        act(recovery=theirs.pk, mark=hers["mark"], at=MONDAY + timedelta(hours=1), **desks.at("carlos"))
    with in_name_of(desks.person("amina"), day=DAY):
        assert Recovery.objects.get(pk=theirs.pk).for_owner is None
