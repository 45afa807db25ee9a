"""The databases of the tests: made, copied and dropped by the owner, and which of them Django is working on."""

from typing import Any
from urllib.parse import quote, urlencode

import psycopg
from django.conf import settings
from django.db import connections


def owner_sql(statement: str) -> None:
    """Run one statement outside any transaction, as the owner, in a database that always exists."""
    _run("owner", statement)


def set_aside(name: str) -> list[str]:
    """The databases that restoring a backup of `name` has set aside."""
    found = _run("owner", f"SELECT datname FROM pg_database WHERE datname LIKE '{name}\\_before\\_%'")
    return [row[0] for row in found]


def _run(alias: str, statement: str) -> list[Any]:
    kept = settings.DATABASES[alias]
    with psycopg.connect(
        host=kept["HOST"] or None,
        port=kept["PORT"] or None,
        user=kept["USER"],
        password=kept["PASSWORD"] or None,
        dbname=settings.OMSORG_HOME_DATABASE,
        autocommit=True,
    ) as connection:
        done = connection.execute(statement)  # type: ignore[call-overload]
        return list(done.fetchall()) if done.description else []


def drop(*names: str) -> None:
    """Drop databases, whoever of ours is still connected: each role may end its own connections only.

    Not by force: a vacuum of the server's own may be at work there, which nobody of ours may end; the server stops it
    itself and waits.
    """
    for name in names:
        for alias in ("default", "owner"):
            _run(
                alias,
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
                f" WHERE datname = '{name}' AND usename = current_user AND pid <> pg_backend_pid()",
            )
        owner_sql(f'DROP DATABASE IF EXISTS "{name}"')


def copy(original: str, made: str) -> None:
    """Make `made` a fresh copy of `original`, to which nobody may be connected."""
    drop(made)
    owner_sql(f'CREATE DATABASE "{made}" TEMPLATE "{original}"')


def point_at(name: str) -> None:
    """From now on Django works on this database, under both its names for it."""
    for alias in ("default", "owner"):
        connections[alias].close()
        connections[alias].settings_dict["NAME"] = name
        settings.DATABASES[alias]["NAME"] = name


def address(alias: str, name: str) -> str:
    """The address of a database for another process, as the role that `alias` stands for."""
    kept = settings.DATABASES[alias]
    where = urlencode({"host": kept["HOST"], **({"port": kept["PORT"]} if kept["PORT"] else {})})
    return f"postgresql://{quote(kept['USER'])}:{quote(kept['PASSWORD'])}@/{name}?{where}"
