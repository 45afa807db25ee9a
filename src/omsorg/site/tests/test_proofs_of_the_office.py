"""What leaves the server when a proof of the ombuds office does not hold: that somebody must look, and nothing more."""

import logging
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.test import Client

from omsorg.kernel import clock
from omsorg.kernel.models import Letter, Trace
from omsorg.kernel.wall import as_house
from omsorg.ombuds.models import CaseKey
from omsorg.ombuds.tests.office import MONDAY, PASSPHRASE, Desks, make_office, tell
from omsorg.site.jobs import check_house
from world import World, make_world


@pytest.fixture
def desks(world: World, monkeypatch: pytest.MonkeyPatch) -> Desks:
    monkeypatch.setattr(clock, "now", lambda: MONDAY + timedelta(days=1))
    monkeypatch.setattr(settings.ENVIRONMENT, "second_factor_roles", "")
    return make_office(world)


def nobody_hears() -> str:
    """Two cases, of which one is held by nobody any more. Returns its code."""
    case = tell().case_id
    tell("another", 2)
    with as_house():
        CaseKey.objects.filter(case_id=int(case, 16)).delete()
    return case


def test_neither_number_nor_code_leaves_the_server(desks: Desks, caplog: pytest.LogCaptureFixture) -> None:
    case = nobody_hears()
    with caplog.at_level(logging.INFO):
        check_house(0)
    with as_house():
        bodies = [letter.body for letter in Letter.objects.all()]
        left = Trace.objects.get(verb="check_house").details
    told = [*bodies, left, caplog.text]
    assert [body for body in bodies if "cases: somebody must look" in body]
    assert not [one for one in told if "2 cases" in one or case in one or str(int(case, 16)) in one], told


def test_the_board_is_written_to_and_shown_what(desks: Desks) -> None:
    case = nobody_hears()
    check_house(0)
    with as_house():
        written = {letter.to_address for letter in Letter.objects.filter(subject__startswith="Something waits")}
    assert written == {f"{who}@example.org" for who in ("bodil", "carlos", "dina")}
    shown = {}
    for who in ("bodil", "amina"):
        client = Client()
        client.force_login(desks.world.account[who])
        client.post("/ombuds/", {"unlock_passphrase": PASSPHRASE})
        shown[who] = client.get("/ombuds/keys/colleagues/").content.decode()
    assert f"case {case} is held by nobody" in shown["bodil"]
    assert "Rings in use" in shown["amina"]
    assert case not in shown["amina"]


def test_the_server_shows_the_number(desks: Desks, capsys: pytest.CaptureFixture[str]) -> None:
    case = nobody_hears()
    with pytest.raises(SystemExit):
        call_command("check_house")
    assert f"2 cases; WRONG: case {case} is held by nobody" in capsys.readouterr().out


def test_a_broken_book_of_a_case_is_not_named(
    own_database: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(clock, "now", lambda: MONDAY + timedelta(days=1))
    make_office(make_world())
    case = tell().case_id
    with connections["owner"].cursor() as cursor:
        cursor.execute("ALTER TABLE kernel_trace DISABLE TRIGGER USER")
        cursor.execute("UPDATE kernel_trace SET verb = 'another' WHERE book = %s", [f"ombuds:{int(case, 16)}"])
        cursor.execute("ALTER TABLE kernel_trace ENABLE TRIGGER USER")
    check_house(0)
    assert "trail: somebody must look" in caplog.text
    assert str(int(case, 16)) not in caplog.text
