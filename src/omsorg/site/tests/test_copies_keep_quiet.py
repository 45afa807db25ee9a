"""A copy that a child agreed to hand over tells the desk for incidents its words and its house, and nobody's name."""

import json
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from django.db import connection

from omsorg.federation.models import Person
from omsorg.kernel.wall import as_house, in_name_of
from omsorg.ombuds import neighbours
from omsorg.ombuds.actions import childs, handing_over, sharing
from omsorg.ombuds.actions.taken_back import tell_that_it_was_taken_back
from omsorg.ombuds.models import Handover, Ring
from omsorg.ombuds.queries.childs_view import open_with_code
from omsorg.ombuds.rules import refusals
from omsorg.ombuds.tests.office import MONDAY, Desks, tell
from omsorg.safeguarding.actions.lessons import _must_name_nobody_kept_quiet, _must_tell_of_nobody
from omsorg.safeguarding.actions.raising import tell_of_copies_run_out
from omsorg.safeguarding.models import CopyNames, Incident, Lesson, Shutout, Step
from omsorg.safeguarding.pages.told import step_in_words
from omsorg.safeguarding.rules.telling import NotAsItIsWorded
from omsorg.site.connections import Incidents
from omsorg.site.tests.crossing import crossing, sees
from world import World

UNTIL = date(2026, 12, 24)


@pytest.fixture
def office(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desks]:
    yield from crossing(world, monkeypatch)


def agreed(
    office: Desks, message: str = "They hit us", *, excluded: tuple[int, ...] = ()
) -> tuple[dict[str, object], str, int]:
    """A child has said yes to a copy; gives what every act takes, its code, and the number of the yes."""
    told = tell(message, unit="arusha", excluded=list(excluded))
    give = {"case": told.case_id, "at": MONDAY, **office.at("rashid")}
    childs.ask_for_review(code=told.code, at=MONDAY)
    asked = {"what": "Somebody hits us", "to_whom": "The team", "until_on": UNTIL, "to_desk": True}
    number = sharing.ask_assent(**asked, **give)
    childs.answer_assent(code=told.code, number=number, agrees=True, at=MONDAY)
    return give, told.code, number


def read_by(office: Desks, who: str) -> str:
    """Every column of every table of safeguarding that this person reads, in one text."""
    with in_name_of(office.world.person[who].pk, day=MONDAY.date()), connection.cursor() as cursor:
        cursor.execute("SELECT table_name FROM information_schema.tables WHERE table_name LIKE 'safeguarding\\_%'")
        tables = [name for (name,) in cursor.fetchall()]
        found = []
        for table in tables:
            cursor.execute(f"SELECT to_jsonb(t) FROM {table} t")
            found += [json.dumps(row) for row in cursor.fetchall()]
    return "\n".join(found)


def test_the_desk_reads_neither_the_names_nor_who_is_shut_out(office: Desks) -> None:
    with as_house():
        amina = Ring.objects.get(person=office.person("amina")).pk
    give, _code, number = agreed(office, "Amina Juma knows it", excluded=(amina,))
    handing_over.hand_over(assent=number, complained_of="Baraka Focal", **give)
    read = read_by(office, "focal")
    assert "Somebody hits us" in read
    assert "Baraka Focal" not in read
    persons = {office.world.person[who].pk for who in ("amina", "focal_arusha")}
    with as_house():
        kept = set(Shutout.objects.filter(is_quiet=True).values_list("person_id", flat=True))
        assert persons <= kept
        assert CopyNames.objects.get().names == "Baraka Focal"
    with in_name_of(office.world.person["focal"].pk, day=MONDAY.date()):
        assert not Shutout.objects.filter(person__isnull=False).exists()
        assert not CopyNames.objects.exists()
    for who in ("amina", "focal_arusha"):
        assert not sees(office.world, who)


def test_nobody_at_the_desk_lifts_or_makes_a_quiet_wall(office: Desks) -> None:
    give, _code, number = agreed(office)
    handing_over.hand_over(assent=number, complained_of="Baraka Focal", **give)
    with in_name_of(office.world.person["focal"].pk, day=MONDAY.date()), connection.cursor() as cursor:
        cursor.execute("UPDATE safeguarding_shutout SET lifted_at = now() WHERE is_quiet")
        assert cursor.rowcount == 0
    assert not sees(office.world, "focal_arusha")


def test_who_is_called_so_later_is_shut_out_quietly_as_well(office: Desks) -> None:
    give, _code, number = agreed(office)
    handing_over.hand_over(assent=number, complained_of="Neema Later", **give)
    with as_house():
        person = office.world.person["focal"]
        Person.objects.filter(pk=person.pk).update(name="Neema Later")
        row = Shutout.objects.get(person=person)
    assert row.is_quiet
    assert not sees(office.world, "focal")


def test_no_lesson_tells_of_whom_the_wall_keeps_out_and_the_desk_learns_no_name_by_trying(office: Desks) -> None:
    """Whom the child shut out, and who was named beside the words, is looked for where the lesson is taken in."""
    with as_house():
        amina = Ring.objects.get(person=office.person("amina")).pk
    give, _code, number = agreed(office, excluded=(amina,))
    handing_over.hand_over(assent=number, complained_of="Upendo Mushi", **give)
    with in_name_of(office.world.person["focal"].pk, day=MONDAY.date()):
        incident = Incident.objects.get()
        _must_tell_of_nobody(incident, "Amina Juma and Upendo Mushi, Zawadi Nobody")
    of = {"incident": incident, "language": "en", "area": "Meals"}
    for named, is_told in (("Upendo ought to learn it", True), ("Ask Juma", True), ("Two adults are there", False)):
        lesson = Lesson(text=named, **of)
        with pytest.raises(NotAsItIsWorded) if is_told else nullcontext():
            _must_name_nobody_kept_quiet(lesson)


def test_the_child_reads_the_house_before_it_says_yes(office: Desks) -> None:
    _give, code, _number = agreed(office)
    found = open_with_code(code)
    assert found is not None
    assert (found.sharings[0].house, found.sharings[0].of_whole_house) == (office.world.org["arusha"].name, True)


def test_until_when_goes_with_the_copy_and_is_told_when_it_is_over(office: Desks) -> None:
    give, _code, number = agreed(office)
    handing_over.hand_over(assent=number, **give)
    with as_house():
        first = Step.objects.get(number=1)
        assert "until 24 December 2026" in step_in_words(first, "TZ")["reason"]
        after = MONDAY.replace(month=12, day=24)
        assert [tell_of_copies_run_out(at=after + timedelta(days=days)) for days in (0, 1, 2)] == [0, 1, 0]
        said = step_in_words(Step.objects.get(facts__has_key="ran_out_on"), "TZ")["reason"]
    assert said == "The child agreed until 24 December 2026. Ask the ombuds office before more is told."


class Killed(BaseException):
    """The process is gone."""


class DiesAfter(Incidents):
    """A desk that has taken the copy in, and the house is killed before it hears of it."""

    def receive_copy(self, copy: neighbours.Copy, *, at: object) -> str:
        super().receive_copy(copy, at=at)
        raise Killed


class Refuses(Incidents):
    """A desk that takes nothing in."""

    def receive_copy(self, copy: neighbours.Copy, *, at: object) -> str:
        raise refusals.NothingSaid


def test_killed_between_the_two_the_copy_is_known_and_handed_over_again_once(office: Desks) -> None:
    give, code, number = agreed(office)
    neighbours.connect(incident_desk=DiesAfter())
    with pytest.raises(Killed):
        handing_over.hand_over(assent=number, **give)
    with as_house():
        assert (Incident.objects.count(), Handover.objects.get().delivered_on) == (1, None)
    found = open_with_code(code)
    assert found is not None
    assert [told.what for told in found.told] == ["Somebody hits us"]
    neighbours.connect(incident_desk=Incidents())
    reference = handing_over.hand_over(assent=number, **give)
    with as_house():
        assert Incident.objects.get().code == reference
        assert Handover.objects.get().delivered_on == MONDAY.date()
    with pytest.raises(refusals.DecidedAlready):
        handing_over.hand_over(assent=number, **give)


def test_killed_between_the_two_the_desk_is_told_that_the_yes_was_taken_back(office: Desks) -> None:
    give, code, number = agreed(office)
    neighbours.connect(incident_desk=DiesAfter())
    with pytest.raises(Killed):
        handing_over.hand_over(assent=number, **give)
    childs.withdraw_assent(code=code, number=number, at=MONDAY)
    neighbours.connect(incident_desk=Incidents())
    for _again in range(2):
        tell_that_it_was_taken_back(at=MONDAY)
    with as_house():
        assert Step.objects.filter(facts__has_key="taken_back_on").count() == 1
    assert handing_over.hand_over(assent=number, **give) == the_code()
    tell_that_it_was_taken_back(at=MONDAY)
    with as_house():
        assert Handover.objects.get().delivered_on == MONDAY.date()
        assert Step.objects.filter(facts__has_key="taken_back_on").count() == 1


def test_a_yes_taken_back_while_the_copy_travels_is_told(office: Desks) -> None:
    """Told while the desk did not know the copy yet, it is told again once the copy is there."""
    give, code, number = agreed(office)

    class Slow(Incidents):
        def receive_copy(self, copy: neighbours.Copy, *, at: object) -> str:
            childs.withdraw_assent(code=code, number=number, at=MONDAY)
            tell_that_it_was_taken_back(at=MONDAY)
            return super().receive_copy(copy, at=at)

    neighbours.connect(incident_desk=Slow())
    handing_over.hand_over(assent=number, **give)
    neighbours.connect(incident_desk=Incidents())
    for _again in range(2):
        tell_that_it_was_taken_back(at=MONDAY)
    with as_house():
        assert Step.objects.filter(facts__has_key="taken_back_on").count() == 1


def test_what_the_desk_refuses_was_not_handed_over(office: Desks) -> None:
    give, code, number = agreed(office)
    neighbours.connect(incident_desk=Refuses())
    with pytest.raises(refusals.NothingSaid):
        handing_over.hand_over(assent=number, **give)
    found = open_with_code(code)
    assert found is not None
    assert found.told == ()
    neighbours.connect(incident_desk=Incidents())
    assert handing_over.hand_over(assent=number, **give)


def cut_off(office: Desks, desk: Incidents, message: str = "They hit us") -> tuple[dict[str, object], str, int]:
    """A copy that was killed on the way: after the desk took it in, or before."""
    give, code, number = agreed(office, message)
    neighbours.connect(incident_desk=desk)
    with pytest.raises(Killed):
        handing_over.hand_over(assent=number, **give)
    neighbours.connect(incident_desk=Incidents())
    return give, code, number


class DiesBefore(Incidents):
    """The house is killed before the desk hears of it."""

    def receive_copy(self, copy: neighbours.Copy, *, at: object) -> str:
        raise Killed


def the_code() -> str:
    with as_house():
        return Incident.objects.get().code


def test_whom_the_second_try_names_is_shut_out_as_well(office: Desks) -> None:
    give, _code, number = cut_off(office, DiesAfter())
    assert sees(office.world, "focal")
    name = office.world.person["focal"].name
    handing_over.hand_over(assent=number, complained_of=name, **give)
    assert not sees(office.world, "focal")
    with as_house():
        assert [row.names for row in CopyNames.objects.all()] == [name]
        assert Shutout.objects.filter(person=office.world.person["focal"], is_quiet=True).count() == 1
        assert Incident.objects.count() == 1


def test_names_of_two_tries_shut_out_once_who_is_called_so_later(office: Desks) -> None:
    give, _code, number = agreed(office)
    neighbours.connect(incident_desk=DiesAfter())
    with pytest.raises(Killed):
        handing_over.hand_over(assent=number, complained_of="Neema Later", **give)
    neighbours.connect(incident_desk=Incidents())
    handing_over.hand_over(assent=number, complained_of="Neema Later the cook", **give)
    with as_house():
        assert CopyNames.objects.count() == 2
        person = office.world.person["focal"]
        Person.objects.filter(pk=person.pk).update(name="Neema Later")
        assert Shutout.objects.filter(person=person, is_quiet=True).count() == 1


def test_a_second_try_with_a_name_that_nobody_is_called_by_waits_one_level_up(office: Desks) -> None:
    give, _code, number = cut_off(office, DiesAfter())
    with as_house():
        before = Incident.objects.get().handled_at_id
    handing_over.hand_over(assent=number, complained_of="Mysterious Stranger", **give)
    with as_house():
        after = Incident.objects.get().handled_at_id
        assert Shutout.objects.filter(organisation=before).exists()
    assert after != before


def test_a_copy_that_arrived_is_known_though_its_house_is_closed_by_now(office: Desks) -> None:
    give, _code, number = cut_off(office, DiesAfter())

    class Moved(Incidents):
        def receive_copy(self, copy: neighbours.Copy, *, at: object) -> str:
            return super().receive_copy(replace(copy, unit="gone", country="XX"), at=at)

    neighbours.connect(incident_desk=Moved())
    assert handing_over.hand_over(assent=number, **give) == the_code()


def test_a_copy_cut_off_whose_yes_ran_out_is_asked_after(office: Desks) -> None:
    give, _code, number = cut_off(office, DiesAfter())
    late = {**give, "at": datetime.combine(UNTIL, MONDAY.timetz()) + timedelta(days=1)}
    assert handing_over.hand_over(assent=number, **late) == the_code()
    with pytest.raises(refusals.AssentMissing):
        handing_over.hand_over(assent=number, **late)


def test_a_copy_cut_off_that_never_arrived_was_not_handed_over(office: Desks) -> None:
    give, code, number = cut_off(office, DiesBefore())
    childs.withdraw_assent(code=code, number=number, at=MONDAY)
    with pytest.raises(refusals.AssentMissing):
        handing_over.hand_over(assent=number, **give)
    with as_house():
        assert Handover.objects.count() == 1, "it may be on its way"
    with pytest.raises(refusals.AssentMissing):
        handing_over.hand_over(assent=number, **{**give, "at": MONDAY + timedelta(days=3)})
    with as_house():
        assert not Handover.objects.exists()
        assert not Incident.objects.exists()


def test_whom_the_first_try_named_is_shut_out_though_only_the_second_arrives(office: Desks) -> None:
    give, _code, number = agreed(office)
    neighbours.connect(incident_desk=DiesBefore())
    name = office.world.person["focal"].name
    with pytest.raises(Killed):
        handing_over.hand_over(assent=number, complained_of=name, **give)
    neighbours.connect(incident_desk=Incidents())
    handing_over.hand_over(assent=number, complained_of="Kari", **give)
    assert not sees(office.world, "focal")
    with as_house():
        assert CopyNames.objects.get().names == f"{name}; Kari"


def test_whoever_is_named_when_it_is_asked_after_is_shut_out_as_well(office: Desks) -> None:
    give, code, number = cut_off(office, DiesAfter())
    childs.withdraw_assent(code=code, number=number, at=MONDAY)
    handing_over.hand_over(assent=number, complained_of=office.world.person["focal"].name, **give)
    assert not sees(office.world, "focal")
