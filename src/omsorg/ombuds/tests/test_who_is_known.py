"""Who hears is asked by each child's page: the answer is kept as long as nothing has changed, and no longer."""

from datetime import timedelta
from typing import Any

from django.db import transaction

from omsorg.federation.models import Mandate, Person
from omsorg.kernel.wall import as_house
from omsorg.ombuds.actions import rings
from omsorg.ombuds.actions.seats import keep_seats
from omsorg.ombuds.queries.reachable import hearers, ombudspersons_for
from omsorg.ombuds.tests.office import MONDAY, PASSPHRASE, Desks, appoint, read_out

DAY = MONDAY.date()


def heard_by(day: Any = DAY) -> set[int]:
    with as_house():
        return {hearer.person for hearer in hearers(day)}


def test_asked_again_it_costs_one_question(desks: Desks, django_assert_num_queries: Any) -> None:
    with as_house():
        first = hearers(DAY)
        with django_assert_num_queries(1):
            assert hearers(DAY) is first
    assert ombudspersons_for("TZ", on=DAY)


def test_what_changes_is_known_at_once_and_what_is_rolled_back_is_not(desks: Desks) -> None:
    before = heard_by()
    desks.acting["zuri"] = appoint(desks.world, "zuri", "Zuri Zuma", "tanzania", "ombudsperson", "tanzania")
    rings.make_ring(passphrase=PASSPHRASE, by=desks.acting["zuri"], at=MONDAY)
    zuri = desks.person("zuri")
    assert heard_by() == before
    with transaction.atomic():
        rings.vouch_for(**read_out(zuri), at=MONDAY, **desks.at("amina"))
        assert heard_by() == before | {zuri}
        transaction.set_rollback(True)
    assert heard_by() == before
    rings.vouch_for(**read_out(zuri), at=MONDAY, **desks.at("amina"))
    assert heard_by() == before | {zuri}
    with as_house():
        Mandate.objects.filter(person_id=zuri).update(valid_until=DAY + timedelta(days=1))
    keep_seats(DAY + timedelta(days=1))
    assert heard_by(DAY + timedelta(days=1)) == before
    rings.retire_ring(person=desks.person("nora"), at=MONDAY, **desks.at("bodil"))
    assert heard_by() == (before | {zuri}) - {desks.person("nora")}


def test_a_new_name_is_read_on_the_page_at_once(desks: Desks) -> None:
    assert "Amina Juma" in {one.name for one in ombudspersons_for("TZ", on=DAY)}
    with as_house():
        Person.objects.filter(pk=desks.person("amina")).update(name="Amina Ally")
    keep_seats(DAY)
    assert "Amina Ally" in {one.name for one in ombudspersons_for("TZ", on=DAY)}
