"""The ombuds tables in a database of their own: told, answered and read there, and nothing of it in the other one."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from databases import address, drop, owner_sql

ROOT = Path(__file__).resolve().parents[4]

STORY = """
import django
django.setup()
from datetime import timedelta
from django.conf import settings
from django.db import connections
from omsorg.federation.models import Place
from omsorg.kernel.checks import check_everything
from omsorg.kernel.sealing import Cost
from omsorg.kernel.models import Letter
from omsorg.kernel.wall import as_house
from omsorg.ombuds.access import at_the_desk, case_for
from omsorg.ombuds.actions import cases, childs, notices, passphrases, recovery, rings, watching
from omsorg.ombuds.queries.childs_view import open_with_code
from omsorg.ombuds.queries.desk import case_file
from omsorg.ombuds.tests.office import MONDAY, PASSPHRASE, make_office, tell
from world import make_world

passphrases.PASSPHRASE_COST = recovery.PASSPHRASE_COST = Cost(8192, 1)
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
    assert Letter.objects.filter(once__startswith="ombuds:").count() == 3

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
print("told in two databases")
"""


@pytest.fixture
def two_databases(_test_database_name: str, django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[str, str]]:
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
    yield environment
    with django_db_blocker.unblock():
        drop(*names.values())


def run(environment: dict[str, str], *words: str) -> str:
    done = subprocess.run([sys.executable, *words], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


def test_a_case_lives_in_a_database_of_its_own(two_databases: dict[str, str]) -> None:
    run(two_databases, "-m", "omsorg.site.prepare")
    assert "told in two databases" in run(two_databases, "-c", STORY)
