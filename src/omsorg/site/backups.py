"""Everything kept in one file: the database and the evidence. Restoring sets aside what is there, and loses nothing.

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
from django.db import connections
from django.db.backends.utils import CursorWrapper
from psycopg import sql

from omsorg.site.embedded import Missing, find_programs
from omsorg.site.prepare import prepare_database

DUMP, FILES = "database.dump", "files"


class NotABackup(Exception):
    """The file was not made by `./omsorg backup`, or is damaged."""


class StillInUse(Exception):
    """Somebody is connected to the database that a backup should replace."""


def write_backup(target: Path) -> None:
    """Write database and evidence into the new file `target`, readable by its owner only.

    The database is read as of one instant, before the evidence: a file handed in meanwhile may be in the backup
    without its row, never a row without its file.
    """
    if target.exists():
        raise FileExistsError(f"{target} is there already.")
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".omsorg-backup-") as folder:
        dump, whole = Path(folder, DUMP), Path(folder, target.name)
        _run("pg_dump", "--format=custom", f"--file={dump}", database=_owner()["NAME"])
        with tarfile.open(whole, "w") as archive:
            archive.add(dump, DUMP)
            archive.add(settings.MEDIA_ROOT, FILES)
        whole.chmod(0o600)
        whole.rename(target)


def restore_backup(source: Path, *, at: datetime) -> tuple[str, Path]:
    """Put the backup `source` in the place of what is there.

    Returns the names under which the present database and the present evidence are set aside. Refused, with
    nothing changed, while anybody is connected to the database and when the file is no backup.
    """
    name, files = _owner()["NAME"], Path(settings.MEDIA_ROOT)
    fresh, aside = f"{name}_restored", f"{name}_before_{at:%Y%m%d_%H%M%S}"
    files_aside = files.with_name(f"{files.name}-before-{at:%Y%m%d-%H%M%S}")
    with tempfile.TemporaryDirectory(dir=files.parent, prefix=".omsorg-restore-") as folder:
        _unpack(source, Path(folder))
        _refuse_while_in_use(name)
        _as_owner("DROP DATABASE IF EXISTS {}", fresh)
        _as_owner("CREATE DATABASE {}", fresh)
        options = ("--no-owner", "--no-privileges", "--exit-on-error", f"--dbname={fresh}")
        _run("pg_restore", *options, str(Path(folder, DUMP)), database=fresh)
        _as_owner("ALTER DATABASE {} RENAME TO {}", name, aside)
        _as_owner("ALTER DATABASE {} RENAME TO {}", fresh, name)
        files.rename(files_aside)
        Path(folder, FILES).rename(files)
    prepare_database(example=False)
    return aside, files_aside


def _unpack(source: Path, folder: Path) -> None:
    """Unpack the dump and the evidence, and nothing that would land beside them."""
    (folder / FILES).mkdir(mode=0o700)
    try:
        with tarfile.open(source) as archive:
            if DUMP not in archive.getnames():
                raise NotABackup(f"{source} holds no database.")
            for member in archive:
                path = Path(member.name)
                expected = path.parts[:1] == (FILES,) and ".." not in path.parts
                content = archive.extractfile(member) if member.isfile() else None
                if content and (expected or member.name == DUMP):
                    (folder / path).parent.mkdir(parents=True, exist_ok=True)
                    with content, (folder / path).open("wb") as file:
                        shutil.copyfileobj(content, file)
    except tarfile.TarError as damage:
        raise NotABackup(f"{source} is no backup, or is damaged: {damage}.") from damage


def _owner() -> dict[str, str]:
    owner: dict[str, str] = connections["owner"].settings_dict
    return owner


def _run(program: str, *arguments: str, database: str) -> None:
    """Run one of PostgreSQL's programs as the owner; the one of the server's own version where it is there."""
    owner, venv = _owner(), Path(sys.prefix)
    server = connections["owner"].pg_version // 10_000  # type: ignore[attr-defined]
    connections["owner"].close()
    try:
        programs = find_programs(venv, made_by=server, program=program)
    except Missing:
        programs = find_programs(venv, program=program)
    names = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD"}
    env = {name: str(owner[key]) for name, key in names.items() if owner[key]} | {"PGDATABASE": database}
    options: dict[str, object] = connections["owner"].settings_dict["OPTIONS"]
    env |= {f"PG{key.upper()}": str(value) for key, value in options.items()}
    done = subprocess.run([programs / program, *arguments], env=os.environ | env, check=False)
    if done.returncode != 0:
        raise Missing(f"{program} of {programs} did not succeed on PostgreSQL {server}; the lines above say why.")


def _refuse_while_in_use(name: str) -> None:
    with _beside_the_database() as cursor:
        cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE datname = %s", [name])
        if cursor.fetchone()[0] > 0:
            raise StillInUse("Somebody is connected to the database: stop the site and its worker.")


def _as_owner(statement: str, *names: str) -> None:
    """Run a statement about whole databases."""
    with _beside_the_database() as cursor:
        cursor.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


@contextmanager
def _beside_the_database() -> Iterator[CursorWrapper]:
    """The owner in the database that always exists, and nobody of this process in ours."""
    for alias in ("default", "owner"):
        connections[alias].close()
    with connections["owner"]._nodb_cursor() as cursor:
        yield cursor
