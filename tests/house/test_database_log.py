"""The database's own log keeps no word of what was written, whatever goes wrong while it is kept."""

import contextlib
import os
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from omsorg.kernel import checks, database_log
from omsorg.site.embedded import SUPERUSER, Embedded

WORD = "quokkasong"
Connection = psycopg.Connection[tuple[Any, ...]]


@pytest.fixture
def embedded() -> Iterator[Embedded]:
    """A PostgreSQL as `./omsorg` makes it, in a folder that its account can reach."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        server = Embedded(Path(folder), venv=Path(sys.prefix))
        server.start()
        try:
            yield server
        finally:
            server.leave()


def fails(server: Embedded, statement: str) -> None:
    """Run a statement that is refused."""
    connection = psycopg.connect(server.url("omsorg_owner"), autocommit=True)
    with contextlib.closing(connection), pytest.raises(psycopg.Error):
        connection.execute(statement)


def test_statements_that_fail_leave_no_word_in_the_log(embedded: Embedded) -> None:
    with psycopg.connect(embedded.url("omsorg_owner"), autocommit=True) as connection:
        connection.execute("CREATE TABLE told (id int PRIMARY KEY, words text CHECK (words <> ''), days int)")
        connection.execute("INSERT INTO told VALUES (1, 'first', 1)")
    fails(embedded, f"INSERT INTO told VALUES (1, '{WORD}', 1)")
    fails(embedded, f"INSERT INTO told VALUES ('{WORD}', 'x', 1)")
    fails(embedded, f"INSERT INTO told (words) VALUES ('{WORD}')")
    fails(embedded, f"COPY told FROM '/{WORD}'")
    fails(embedded, f"SELECT set_config('{WORD}', '1', false)")
    fails(embedded, f"DO $$ BEGIN RAISE EXCEPTION '{WORD}' USING DETAIL = '{WORD}', HINT = '{WORD}'; END $$")
    with psycopg.connect(embedded.url("omsorg_owner")) as connection, contextlib.suppress(psycopg.Error):
        connection.execute("INSERT INTO told VALUES (%s, %s, %s)", [1, WORD, 1])
    ended_while_it_writes(embedded, by_force=False)
    ended_while_it_writes(embedded, by_force=True)
    log = (embedded.data / "server.log").read_text()
    assert "terminated by signal 9" in log
    assert WORD not in log


def ended_while_it_writes(server: Embedded, *, by_force: bool) -> None:
    """Whoever writes is ended: by the operator, or as the kernel does where there is no memory left."""
    connection = psycopg.connect(server.url("omsorg_owner"))
    pid = connection.info.backend_pid
    with contextlib.closing(connection), contextlib.closing(_as_superuser(server)) as other:
        connection.pgconn.send_query(f"SELECT pg_sleep(20), '{WORD}'".encode())
        until_it_runs(other, pid)
        if by_force:
            os.kill(pid, signal.SIGKILL)
            time.sleep(1)
        else:
            other.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])


def _as_superuser(server: Embedded) -> Connection:
    return psycopg.connect(server.url(SUPERUSER, "postgres"), autocommit=True)


def until_it_runs(other: Connection, pid: int) -> None:
    for _turn in range(100):
        found = other.execute("SELECT query FROM pg_stat_activity WHERE pid = %s", [pid]).fetchone()
        if found and WORD in found[0]:
            return
        time.sleep(0.05)
    raise AssertionError("the statement never ran")


def test_the_embedded_database_shows_what_was_asked_of_it(embedded: Embedded) -> None:
    with psycopg.connect(embedded.url("omsorg_app")) as connection:
        rows: list[tuple[str, str]] = connection.execute(
            "SELECT name, current_setting(name) FROM pg_settings"
        ).fetchall()
        shown = dict(rows)
    assert database_log.loud(shown) == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("log_min_error_statement", "error"),
        ("log_min_messages", "warning"),
        ("log_error_verbosity", "default"),
        ("log_parameter_max_length_on_error", "-1"),
        ("log_statement", "mod"),
        ("log_min_duration_statement", "500"),
    ],
)
def test_a_setting_that_writes_words_down_is_named(name: str, value: str) -> None:
    quiet = {each: values[0] for each, values in database_log.QUIET.items()}
    assert database_log.loud(quiet | {name: value}) == [f"{name} is {value}"]


def test_who_runs_the_house_is_told_each_night_and_at_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "log_would_keep", lambda _alias: ["log_statement is all"])
    proof = checks.database_log_is_quiet()
    assert proof.look
    assert not proof.wrong
    assert proof.said == "the log could keep what people write: default: log_statement is all"
    assert checks.at_the_start() == ["default: log_statement is all", "owner: log_statement is all"]


def test_all_settings_are_known_to_the_database(db: None) -> None:
    """Else nothing could be said of one that this PostgreSQL does not have."""
    assert isinstance(checks.log_would_keep("default"), list)
