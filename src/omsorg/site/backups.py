"""Everything kept in one file: the databases and the evidence. Restoring sets aside what is there, and loses nothing.

A system whose tables lie in a database of their own (`kernel.apart`) has a dump of its own in the file.

The secret is not in the file: whoever finds a backup must not be able to sign in anybody's name with it.
"""

import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.utils import CursorWrapper
from psycopg import sql

from omsorg.kernel.apart import databases, owner_of
from omsorg.site.embedded import Missing, find_programs
from omsorg.site.prepare import prepare_database

DUMP, FILES = "database.dump", "files"


class NotABackup(Exception):
    """The file was not made by `./omsorg backup`, or is damaged."""


class AnotherHouse(Exception):
    """The backup and this house do not lie in the same number of databases."""


class StillInUse(Exception):
    """Somebody is connected to the database that a backup should replace."""


def write_backup(target: Path) -> None:
    """Write database and evidence into the new file `target`, readable by its owner only.

    Each database is read as of one instant, before the evidence: a file handed in meanwhile may be in the backup
    without its row, never a row without its file.
    """
    if target.exists():
        raise FileExistsError(f"{target} is there already.")
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".omsorg-backup-") as folder:
        whole = Path(folder, target.name)
        for alias, dump in _dumps().items():
            kept = Path(folder, dump)
            _run("pg_dump", "--format=custom", f"--file={kept}", database=_owner(alias)["NAME"], alias=alias)
        with tarfile.open(whole, "w") as archive:
            for dump in _dumps().values():
                archive.add(Path(folder, dump), dump)
            archive.add(settings.MEDIA_ROOT, FILES)
        whole.chmod(0o600)
        whole.rename(target)


def restore_backup(source: Path, *, at: datetime) -> tuple[str, Path]:
    """Put the backup `source` in the place of what is there.

    Returns the names under which the present databases and the present evidence are set aside. Refused, with
    nothing changed, while anybody is connected to a database and when the file is no backup of such a house.
    """
    files = Path(settings.MEDIA_ROOT)
    names = {alias: _owner(alias)["NAME"] for alias in _dumps()}
    aside = {alias: f"{name}_before_{at:%Y%m%d_%H%M%S}" for alias, name in names.items()}
    files_aside = files.with_name(f"{files.name}-before-{at:%Y%m%d-%H%M%S}")
    with tempfile.TemporaryDirectory(dir=files.parent, prefix=".omsorg-restore-") as folder:
        _unpack(source, Path(folder))
        for alias, name in names.items():
            _refuse_while_in_use(name, alias)
        for alias, name in names.items():
            _bring_back(Path(folder, _dumps()[alias]), f"{name}_restored", alias)
        for alias, name in names.items():
            _as_owner("ALTER DATABASE {} RENAME TO {}", name, aside[alias], alias=alias)
            _as_owner("ALTER DATABASE {} RENAME TO {}", f"{name}_restored", name, alias=alias)
        files.rename(files_aside)
        Path(folder, FILES).rename(files)
    prepare_database(example=False)
    return ", ".join(aside.values()), files_aside


def _dumps() -> dict[str, str]:
    """The name of each database's dump in the file, by alias."""
    return {alias: DUMP if alias == DEFAULT_DB_ALIAS else f"{alias}.dump" for alias in databases()}


def _bring_back(dump: Path, fresh: str, alias: str) -> None:
    """Make the database `fresh` out of a dump, beside the one that is there."""
    _as_owner("DROP DATABASE IF EXISTS {}", fresh, alias=alias)
    _as_owner("CREATE DATABASE {}", fresh, alias=alias)
    options = ("--no-owner", "--no-privileges", "--exit-on-error", f"--dbname={fresh}")
    _run("pg_restore", *options, str(dump), database=fresh, alias=alias)


def _unpack(source: Path, folder: Path) -> None:
    """Unpack the dump and the evidence, and nothing that would land beside them."""
    (folder / FILES).mkdir(mode=0o700)
    try:
        with tarfile.open(source) as archive:
            dumps = {name for name in archive.getnames() if name.endswith(".dump") and "/" not in name}
            if DUMP not in dumps:
                raise NotABackup(f"{source} holds no database.")
            if dumps != set(_dumps().values()):
                held, wanted = ", ".join(sorted(dumps)), ", ".join(sorted(_dumps().values()))
                raise AnotherHouse(f"{source} holds {held}; this house is made of {wanted}.")
            for member in archive:
                path = Path(member.name)
                expected = path.parts[:1] == (FILES,) and ".." not in path.parts
                content = archive.extractfile(member) if member.isfile() else None
                if content and (expected or member.name in dumps):
                    (folder / path).parent.mkdir(parents=True, exist_ok=True)
                    with content, (folder / path).open("wb") as file:
                        shutil.copyfileobj(content, file)
    except tarfile.TarError as damage:
        raise NotABackup(f"{source} is no backup, or is damaged: {damage}.") from damage


def _owner(alias: str = DEFAULT_DB_ALIAS) -> dict[str, str]:
    owner: dict[str, str] = connections[owner_of(alias)].settings_dict
    return owner


def _run(program: str, *arguments: str, database: str, alias: str = DEFAULT_DB_ALIAS) -> None:
    """Run one of PostgreSQL's programs as the owner; the one of the server's own version where it is there."""
    owner, venv, connection = _owner(alias), Path(sys.prefix), connections[owner_of(alias)]
    server = connection.pg_version // 10_000  # type: ignore[attr-defined]
    connection.close()
    try:
        programs = find_programs(venv, made_by=server, program=program)
    except Missing:
        programs = find_programs(venv, program=program)
    names = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD"}
    env = {name: str(owner[key]) for name, key in names.items() if owner[key]} | {"PGDATABASE": database}
    options: dict[str, object] = connection.settings_dict["OPTIONS"]
    env |= {f"PG{key.upper()}": str(value) for key, value in options.items()}
    done = subprocess.run([programs / program, *arguments], env=os.environ | env, check=False)
    if done.returncode != 0:
        raise Missing(f"{program} of {programs} did not succeed on PostgreSQL {server}; the lines above say why.")


def _refuse_while_in_use(name: str, alias: str) -> None:
    with _beside_the_database(alias) as cursor:
        cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE datname = %s", [name])
        if cursor.fetchone()[0] > 0:
            raise StillInUse("Somebody is connected to the database: stop the site and its worker.")


def _as_owner(statement: str, *names: str, alias: str = DEFAULT_DB_ALIAS) -> None:
    """Run a statement about whole databases."""
    with _beside_the_database(alias) as cursor:
        cursor.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


@contextmanager
def _beside_the_database(alias: str) -> Iterator[CursorWrapper]:
    """The owner in the database that always exists, and nobody of this process in ours."""
    for name in (alias, owner_of(alias)):
        connections[name].close()
    with connections[owner_of(alias)]._nodb_cursor() as cursor:
        yield cursor
