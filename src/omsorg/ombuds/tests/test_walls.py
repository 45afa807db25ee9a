"""The second wall: no role of the house reaches a case, and a whole dump with all settings tells not one word."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection, connections, models, transaction
from django.db.utils import DatabaseError

from omsorg.kernel.trail import leave_trace
from omsorg.kernel.wall import as_house, in_name_of
from omsorg.ombuds.access import at_the_desk, keys_of_code
from omsorg.ombuds.actions import advising, cases, childs, new_codes, notices, sharing, watching
from omsorg.ombuds.actions.passphrases import OFFICE_BOOK
from omsorg.ombuds.actions.submissions import Submitted
from omsorg.ombuds.models import Founder, Office, Ring, Seat, VouchedBefore
from omsorg.ombuds.rules.return_code import bits
from omsorg.ombuds.tests.office import MONDAY, PASSPHRASE, Desks, make_office, tell
from world import PEOPLE as HOUSE_PEOPLE
from world import make_world

MARKER = "zebrafinch"
EMPTY_TO_OTHERS = {
    model
    for model in apps.get_app_config("ombuds").get_models()
    if model not in (Office, Ring, Seat, Founder, VouchedBefore)
}


@pytest.fixture
def lived(desks: Desks) -> Desks:
    live(desks)
    return desks


def live(desks: Desks) -> Submitted:
    """A case in which everything was written somewhere, each time with the marker in it."""
    told = tell(f"{MARKER} one", wants=f"{MARKER} two")
    amina = {"case": told.case_id, "at": MONDAY, **desks.at("amina")}
    baraka = {"case": told.case_id, "at": MONDAY, **desks.at("baraka")}
    cases.answer_child(message=f"{MARKER} three", promise_on=MONDAY.date(), **amina)
    cases.add_note(text=f"{MARKER} four", **amina)
    cases.write_down_wish(wish=f"{MARKER} five", step="later", **amina)
    cases.judge_risk(danger="some", reasons=f"{MARKER} six", look_again_on=MONDAY.date(), **amina)
    number = sharing.ask_assent(what=f"{MARKER} 7", to_whom=f"{MARKER} 8", until_on=MONDAY.date(), **amina)
    childs.answer_assent(code=told.code, number=number, agrees=True, at=MONDAY)
    disclosure = sharing.propose_disclosure(
        ground="law",
        what=f"{MARKER} 9",
        to_whom=f"{MARKER} 10",
        why=f"{MARKER} 11",
        second=desks.person("baraka"),
        why_not_told=f"{MARKER} 13",
        **amina,
    )
    sharing.give_second_view(disclosure=disclosure, agrees=True, view=f"{MARKER} 12", **baraka)
    days = cases.plan_check_ins(**amina)
    watching.check_in(due_on=days[0], found=f"{MARKER} 14", alarm=False, **amina)
    childs.add_words(code=told.code, message=f"{MARKER} 15", at=MONDAY)
    childs.say_whether_it_helped(code=told.code, helped="no", at=MONDAY)
    new_codes.give_new_code(how_known=f"{MARKER} 16", **amina)
    watching.raise_missed_promises(at=MONDAY + timedelta(days=20))
    notices.tell_of_waiting_cases(at=MONDAY)
    return told


def rows_of(model: type[models.Model]) -> int:
    return model._default_manager.count()


@pytest.mark.parametrize("who", [None, *[key for key, *_rest in HOUSE_PEOPLE]])
def test_nobody_of_the_house_sees_a_row_of_a_case(lived: Desks, who: str | None) -> None:
    with in_name_of(lived.world.person[who].pk if who else None):
        seen = {model.__name__: rows_of(model) for model in EMPTY_TO_OTHERS if rows_of(model)}
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM kernel_trace WHERE book LIKE 'ombuds:%%'")
            assert cursor.fetchone()[0] == 0
    assert seen == {}


def test_an_ombudsperson_of_another_country_sees_none_either(lived: Desks) -> None:
    with at_the_desk(lived.person("nora")):
        seen = {model.__name__ for model in EMPTY_TO_OTHERS if rows_of(model)}
    assert seen <= {"RingSecret", "RecoveryShare", "Opening"}


@pytest.mark.parametrize(("who", "is_let"), [("amina", True), ("housekeeper", False)])
def test_in_the_books_of_the_office_only_those_who_work_there_write(desks: Desks, who: str, is_let: bool) -> None:
    person = desks.person(who) if is_let else desks.world.person[who].pk
    with in_name_of(person):
        if is_let:
            leave_trace("look", "x:y", by=person, at=MONDAY, book=OFFICE_BOOK)
            return
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            leave_trace("look", "x:y", by=person, at=MONDAY, book=OFFICE_BOOK)


def test_the_worker_sees_clocks_and_no_content(lived: Desks) -> None:
    with as_house():
        seen = {model.__name__ for model in EMPTY_TO_OTHERS if rows_of(model)}
    assert seen == {"Case", "CaseKey", "CheckIn", "Opening"}


def every_value() -> Iterator[tuple[str, str, bytes]]:
    """Every value of every column of every table, as bytes, as the owner of the tables reads it."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, a.attname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid"
            " WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped"
        )
        columns = cursor.fetchall()
        for table, column in columns:
            cursor.execute(f'SELECT "{column}" FROM "{table}" WHERE "{column}" IS NOT NULL')
            for (value,) in cursor.fetchall():
                yield table, column, bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()


def test_a_whole_dump_and_the_settings_tell_nothing(own_database: str) -> None:
    desks = make_office(make_world())
    told = live(desks)
    with as_house():
        keys = keys_of_code(told.code)
    secrets = {
        "a word of the case": MARKER.encode(),
        "the passphrase": PASSPHRASE.encode(),
        "the return code": str(bits(told.code)).encode(),
        "the key of the code": keys.opening,
        "the lookup key of the code": keys.lookup,
        "the lookup key of the code, written out": keys.lookup.hex().encode(),
        "a private key": desks.ring["amina"].private,
        "the browser's half": desks.cookie["amina"].split(".")[1].encode(),
    }
    seen = 0
    for table, column, value in every_value():
        seen += 1
        for what, secret in secrets.items():
            assert secret not in value, f"{what} lies open in {table}.{column}"
            assert secret.hex().encode() not in value, f"{what} lies open in {table}.{column}"
    assert seen > 500
    told_in_settings = "\n".join(f"{name}={getattr(settings, name)!r}" for name in dir(settings))
    assert MARKER not in told_in_settings


def test_published_advice_is_public_and_a_draft_is_not(desks: Desks) -> None:
    at = {"at": MONDAY, **desks.at("amina")}
    advice = advising.recommend(
        organisation=desks.world.org["tanzania"],
        text={"en": "Open the gate"},
        answer_due_on=MONDAY.date() + timedelta(days=30),
        **at,
    )
    with in_name_of(desks.world.person["housekeeper"].pk):
        assert rows_of(type(advice)) == 0
    advising.publish_advice(code=advice.code, at=MONDAY, **desks.at("nora"))
    with in_name_of(None):
        assert rows_of(type(advice)) == 1


def test_names_on_a_ring_are_those_of_the_house_and_none_of_them_is_lost(desks: Desks) -> None:
    mine = Ring.objects.filter(person=desks.person("amina"))
    with pytest.raises(DatabaseError, match="those of the house"), at_the_desk(desks.person("baraka")):
        mine.update(shown_name="Anybody")
    for column in ("shown_name", "unit", "unit_name"):
        with pytest.raises(DatabaseError, match="stays beside what it is called now"), as_house():
            mine.update(**{column: "anything"})
    with as_house():
        mine.update(shown_name="Amina Hassan", earlier_names=["Amina Juma"])
    with pytest.raises(DatabaseError, match="stays beside what it is called now"), as_house():
        mine.update(earlier_names=[])
