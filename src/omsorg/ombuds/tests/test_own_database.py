"""The ombuds tables in a database of their own: told, answered and read there, and nothing of it in the other one."""

import os
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connections

from databases import address, drop, owner_sql, set_aside
from omsorg.kernel import apart
from omsorg.ombuds.checks import no_case_is_left_behind
from omsorg.ombuds.queries import left_behind
from omsorg.ombuds.tests.office import PEOPLE, make_office, tell
from omsorg.site.management.commands.restore import WORD
from omsorg.site.opening import refuse_to_lose_cases
from omsorg.site.prepare import prepare_database
from world import make_world

ROOT = Path(__file__).resolve().parents[4]

STORY = """
import django
django.setup()
from datetime import timedelta
from django.conf import settings
from django.db import connections
from omsorg.federation.models import Place
from omsorg.kernel import clock
from omsorg.kernel.checks import check_everything
from omsorg.kernel.sealing import Cost
from omsorg.kernel.models import Letter
from omsorg.kernel.wall import as_house
from omsorg.ombuds.access import at_the_desk, case_for
from omsorg.ombuds.actions import cases, childs, notices, passphrases, recovery, rings, watching
from omsorg.ombuds.queries.childs_view import open_with_code
from omsorg.ombuds.queries.desk import case_file
from omsorg.ombuds.rules import marks
from omsorg.ombuds.tests.office import MONDAY, PASSPHRASE, make_office, tell
from world import make_world

clock.now = lambda: MONDAY
passphrases.PASSPHRASE_COST = recovery.PASSPHRASE_COST = marks.MARK_COST = Cost(8192, 1)
with as_house():
    Place.objects.all().delete()  # those that preparing has loaded; the world of the tests brings its own
desks = make_office(make_world())
told = tell("zebrafinch at the gate")
assert tell("zebrafinch at the gate").already
cases.answer_child(case=told.case_id, message="We hear you", promise_on=told.promise_on, at=MONDAY, **desks.at("amina"))
childs.add_words(code=told.code, message="thank you", at=MONDAY)
assert [m.text for m in open_with_code(told.code).messages] == ["zebrafinch at the gate", "We hear you", "thank you"]
assert watching.raise_missed_promises(at=MONDAY + timedelta(days=30)) == 1
assert notices.tell_of_waiting_cases(at=MONDAY) == 3
with at_the_desk(desks.person("rashid")):
    assert case_file(case_for(desks.acting["rashid"], desks.ring["rashid"], told.case_id)).told.level == "regional"
with as_house():
    assert Letter.objects.filter(once__startswith="apart:ombuds:").count() == 3

def tables(alias):
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'")
        return {name for (name,) in cursor.fetchall()}

def traces(alias):
    with connections[alias + "_owner" if alias == "ombuds" else "owner"].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM kernel_trace WHERE book LIKE 'ombuds:%'")
        return cursor.fetchone()[0]

assert settings.APART == {"ombuds": "ombuds"}
assert not {name for name in tables("default") if name.startswith("ombuds_")}
assert not {name for name in tables("ombuds") if name.startswith(("federation_", "plans_", "safeguarding_", "mfa_"))}
assert traces("default") == 0 and traces("ombuds") > 10
wrong = [result.proof.line for result in check_everything() if result.proof.wrong]
assert wrong == [], wrong
print("told in two databases", "-".join(f"{sign.thing}.{sign.number}" for sign in told.code))
"""

LOSS = """
import django
django.setup()
from django.db import connections
connections["ombuds_owner"].cursor().execute("TRUNCATE ombuds_words CASCADE")
"""

RECALL = """
import sys
import django
django.setup()
from omsorg.ombuds.queries.childs_view import open_with_code
from omsorg.ombuds.rules.return_code import Sign
found = open_with_code(tuple(Sign(*map(int, sign.split("."))) for sign in sys.argv[1].split("-")))
print(*(message.text for message in found.messages), sep="|")
"""


@pytest.fixture
def two_databases(
    _test_database_name: str, django_db_setup: None, django_db_blocker: Any, tmp_path: Path
) -> Iterator[dict[str, str]]:
    """The environment of a house whose ombuds system has a database of its own; both are empty."""
    names = {"": f"{_test_database_name}_house", "OMBUDS_": f"{_test_database_name}_apart"}
    with django_db_blocker.unblock():
        drop(*names.values())
        for name in names.values():
            owner_sql(f'CREATE DATABASE "{name}"')
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(str(ROOT / folder) for folder in ("src", "tests")),
        "OMSORG_SECRET_KEY": settings.SECRET_KEY,
        "OMSORG_EXAMPLE": "0",
    }
    for prefix, name in names.items():
        environment[f"OMSORG_{prefix}DATABASE_URL"] = address("default", name)
        environment[f"OMSORG_{prefix}OWNER_DATABASE_URL" if prefix else "OMSORG_OWNER_DATABASE_URL"] = address(
            "owner", name
        )
    environment |= {"OMSORG_HOME": str(tmp_path / "home")}
    (tmp_path / "home" / "files").mkdir(parents=True)
    yield environment
    with django_db_blocker.unblock():
        drop(*names.values(), *(aside for name in names.values() for aside in set_aside(name)))


def run(environment: dict[str, str], *words: str) -> str:
    done = subprocess.run([sys.executable, *words], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


def test_a_case_lives_in_a_database_of_its_own(two_databases: dict[str, str], tmp_path: Path) -> None:
    run(two_databases, "-m", "omsorg.site.prepare")
    told = run(two_databases, "-c", STORY)
    assert "told in two databases" in told
    _both_come_back_from_a_backup(two_databases, code=told.split()[-1], kept=tmp_path / "kept.tar")


def refused(environment: dict[str, str]) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "omsorg.site.prepare"], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1, done.stdout
    return done.stderr


def test_a_house_that_lost_the_setting_does_not_open(two_databases: dict[str, str], own_database: str) -> None:
    run(two_databases, "-m", "omsorg.site.prepare")
    run(two_databases, "-m", "omsorg.site.prepare")
    alone = {name: value for name, value in two_databases.items() if "OMBUDS" not in name}
    assert "OMSORG_OMBUDS_DATABASE_URL is not set" in refused(alone)
    without_the_office = alone | {"OMSORG_SYSTEMS": "plans"}
    run(without_the_office, "-m", "omsorg.site.prepare")
    other = two_databases | {
        f"OMSORG_OMBUDS_{owner}DATABASE_URL": address(alias, own_database)
        for owner, alias in (("", "default"), ("OWNER_", "owner"))
    }
    assert "names another database" in refused(other)
    said = run(two_databases, "-m", "omsorg.site", "check_house")
    assert "ok      cases_in_place     all cases lie where they are looked for\n" in said
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM kernel_liesapart")
        assert cursor.fetchone() == (0,)


@pytest.mark.parametrize(
    ("there", "said"),
    [(None, "the database of the cases is not set"), ("ombuds", "the database of the cases is another one")],
)
def test_a_running_house_that_looks_in_the_wrong_place_says_so(
    own_database: str, monkeypatch: pytest.MonkeyPatch, there: str | None, said: str
) -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "INSERT INTO kernel_liesapart (system, mark, since) VALUES ('ombuds', gen_random_uuid(), '2024-01-01')"
        )
    mine = apart.remembered
    monkeypatch.setattr(apart, "remembered", lambda system, using: None if using == there else mine(system, using))
    monkeypatch.setattr(apart, "database_of", lambda system: there or "default")
    assert said in no_case_is_left_behind().line


def _both_come_back_from_a_backup(house: dict[str, str], *, code: str, kept: Path) -> None:
    said = run(house, "-c", RECALL, code)
    assert said.strip() == "zebrafinch at the gate|We hear you|thank you"
    run(house, "-m", "omsorg.site", "backup", str(kept))
    with tarfile.open(kept) as archive:
        assert {"database.dump", "ombuds.dump"} <= set(archive.getnames())
    assert b"zebrafinch" not in kept.read_bytes()
    run(house, "-c", LOSS)
    assert "zebrafinch" not in run(house, "-c", RECALL, code)
    run(house, "-m", "omsorg.site", "restore", str(kept), WORD)
    assert run(house, "-c", RECALL, code) == said
    alone = {name: value for name, value in house.items() if "OMBUDS" not in name}
    refused = subprocess.run(
        [sys.executable, "-m", "omsorg.site", "restore", str(kept), WORD],
        env=alone,
        capture_output=True,
        text=True,
        check=False,
    )
    assert refused.returncode == 1
    assert "holds database.dump, ombuds.dump; this house is made of database.dump" in refused.stderr


def test_a_database_of_its_own_that_is_set_later_leaves_no_case_behind(
    own_database: str, monkeypatch: pytest.MonkeyPatch, on_monday: None
) -> None:
    make_office(make_world(), PEOPLE[:1])
    tell()
    assert no_case_is_left_behind().wrong == ()
    monkeypatch.setattr(left_behind, "ombuds_database", lambda: "ombuds")
    monkeypatch.setattr(apart, "databases", lambda: ["default", "ombuds"])
    assert no_case_is_left_behind().line.endswith("WRONG: 1 cases lie in the house's own database, and nobody looks")
    with pytest.raises(SystemExit, match="children's cases lie in the house's own"):
        prepare_database(example=False)
    with connections["owner"].cursor() as cursor:
        cursor.execute("UPDATE ombuds_case SET status = 'erased'")
    assert no_case_is_left_behind().wrong == ()
    refuse_to_lose_cases()
