"""The proof that all is well says so where it is, and names what is not where it is not."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connections

from omsorg.kernel import database_log, files
from omsorg.kernel.letters import write_letter
from omsorg.kernel.models import Letter, Trace
from omsorg.kernel.trail import leave_trace
from omsorg.kernel.wall import as_house
from omsorg.plans.models import Evidence, Figure
from omsorg.site.jobs import check_house
from world import World, make_world

AT = datetime(2024, 3, 1, 12, tzinfo=UTC)
PERIOD = {"period_start": "2023-07-01", "period_months": 6}


def fill(world: World) -> files.StoredFile:
    """A trace, a figure, a file and a letter in doubt."""
    stored = files.keep_file(b"list", holder=Evidence, limit=100)
    with as_house():
        leave_trace("record_figures", "indicator:cases", by=None, at=AT)
        Figure.objects.create(
            organisation=world.org["tanzania"],
            indicator=world.indicator["cases"],
            revision=1,
            key_id=0,
            state=1,
            numerator=7,
            source="example",
            at=AT,
            **PERIOD,
        )
        Evidence.objects.create(
            code="e1",
            plan=world.plan,
            organisation=world.org["tanzania"],
            indicator=world.indicator["cases"],
            filename="list.pdf",
            media_type="application/pdf",
            size=stored.size,
            fingerprint=stored.fingerprint,
            stored_as=stored.stored_as,
            at=AT,
            **PERIOD,
        )
        write_letter(once="1", to_address="a@example.org", to_person=None, language="en", subject="s", body="b", at=AT)
        Letter.objects.update(standing="in_doubt")
    return stored


def said(capsys: pytest.CaptureFixture[str]) -> dict[str, str]:
    """The first word of each line, by the name of the check."""
    return {line.split()[1]: line.split()[0] for line in capsys.readouterr().out.splitlines()}


ALL_IS_WELL = {
    "trail": "ok",
    "walls": "ok",
    "database_log": "ok",
    "files": "ok",
    "letters": "look",
    "lineage": "ok",
    "sums": "ok",
    "reports": "ok",
    "cases": "ok",
    "promises": "ok",
    "erased": "ok",
    "cases_in_place": "ok",
    "rings": "ok",
    "seats": "ok",
    "ways_back": "ok",
    "ombuds": "ok",
    "incident_numbers": "ok",
    "incident_handlers": "ok",
    "incident_duties": "ok",
    "editions": "ok",
    "savings_balances": "ok",
    "savings_chains": "ok",
    "savings_signatures": "ok",
    "savings_papers": "ok",
    "savings_meetings": "ok",
}


def test_what_is_wrong_is_named(
    own_database: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database_log, "loud", lambda _shown: [])
    stored = fill(make_world())
    call_command("check_house")
    assert said(capsys) == ALL_IS_WELL

    Path(settings.MEDIA_ROOT, stored.stored_as).unlink()
    with connections["owner"].cursor() as cursor:
        cursor.execute("ALTER TABLE kernel_trace DISABLE TRIGGER USER")
        cursor.execute("UPDATE kernel_trace SET verb = 'another'")
        cursor.execute("ALTER TABLE kernel_trace ENABLE TRIGGER USER")
        cursor.execute("ALTER TABLE federation_person DISABLE ROW LEVEL SECURITY")
        cursor.execute("ALTER TABLE plans_target DISABLE TRIGGER plans_target_stays")
        cursor.execute("DELETE FROM federation_lineage WHERE depth = 2")
        cursor.execute("UPDATE plans_summary SET numerator = numerator + 1")
    with pytest.raises(SystemExit) as ended:
        call_command("check_house")
    assert ended.value.code == 1
    lines = capsys.readouterr().out
    assert "house breaks at trace 1 (changed)" in lines
    assert "federation_person is open, but is not declared so; plans_target can be changed" in lines
    assert f"{stored.stored_as} is gone" in lines
    assert lines.count("BROKEN") == 5


def test_each_night_a_trace_tells_how_it_went(world: World) -> None:
    check_house(0)
    with as_house():
        details = Trace.objects.get(verb="check_house").details
        assert '"trail":"holds"' in details
        assert not Letter.objects.exists()


def test_what_does_not_hold_is_told_to_who_keeps_the_top(own_database: str, caplog: pytest.LogCaptureFixture) -> None:
    make_world()
    with connections["owner"].cursor() as cursor:
        cursor.execute("ALTER TABLE federation_person DISABLE ROW LEVEL SECURITY")
    for _twice in range(2):
        check_house(0)
    with as_house():
        [letter] = Letter.objects.all()
    assert letter.to_address == "housekeeper@example.org"
    assert "walls: " in letter.body
    assert "federation_person is open" in caplog.text
