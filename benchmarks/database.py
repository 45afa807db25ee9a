"""Databases of the benchmark's own, on the same server, dropped at the end."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connections

from omsorg.site.opening import open_to_the_application


@contextmanager
def own_database(name: str) -> Iterator[None]:
    """A database of the benchmark's own on the same server, dropped at the end."""
    home = settings.DATABASES["owner"]["NAME"]
    _drop(home, name)
    _owner(home, f'CREATE DATABASE "{name}"')
    try:
        _point_at(name)
        call_command("migrate", database="owner", verbosity=0)
        open_to_the_application(settings.DATABASES["default"]["USER"])
        yield
    finally:
        _point_at(home)
        _drop(home, name)


def _drop(home: str, name: str) -> None:
    """Not by force: a vacuum of the server's own may be at work there, which nobody of ours may end; it is stopped."""
    _owner(
        home,
        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"  # noqa: S608
        f" WHERE datname = '{name}' AND usename = current_user AND pid <> pg_backend_pid()",
    )
    _owner(home, f'DROP DATABASE IF EXISTS "{name}"')


def _owner(database: str, statement: str) -> None:
    owner = settings.DATABASES["owner"]
    with psycopg.connect(
        host=owner["HOST"] or None,
        port=owner["PORT"] or None,
        user=owner["USER"],
        password=owner["PASSWORD"] or None,
        dbname=database,
        autocommit=True,
    ) as connection:
        connection.execute(statement)  # type: ignore[call-overload]


def _point_at(name: str) -> None:
    for alias in ("default", "owner"):
        connections[alias].close()
        connections[alias].settings_dict["NAME"] = name
