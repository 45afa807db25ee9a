"""What must always be true, proved on the data that are there: `check_house` runs these, nightly and when asked.

Every system may have a module `checks` with a tuple CHECKS of its own; it is asked when the system is on. A proof reads
everything in the name of the house and changes nothing.

`./omsorg check` on the server says what was found, with its numbers. What leaves the server (letters, the log, the
trail of the house) says of what an independent office keeps that it holds or that somebody must look, and nothing more.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.db import connections, models, router

from omsorg.kernel import database_log, files
from omsorg.kernel.apart import databases, owner_of
from omsorg.kernel.letters import APART
from omsorg.kernel.models import Letter
from omsorg.kernel.trail import is_shared, verify_trail
from omsorg.kernel.wall import as_house, wall_of

MOST_SHOWN = 5
LOOK = "somebody must look"


@dataclass(frozen=True, slots=True)
class Proof:
    """What was looked at, in a few words, and what is wrong. `look`: nothing is wrong, but somebody should look.

    `apart`: how many there are, and which, is nobody's to know who merely keeps the house.
    """

    said: str
    wrong: tuple[str, ...] = ()
    look: bool = False
    apart: bool = False

    @property
    def told(self) -> tuple[str, ...]:
        """What is wrong, as letters, the log and the trail of the house may say it."""
        return (LOOK,) if self.wrong and self.apart else self.wrong

    @property
    def told_line(self) -> str:
        return LOOK if (self.wrong or self.look) and self.apart else self.line

    @property
    def line(self) -> str:
        if not self.wrong:
            return self.said
        more = f" (and {len(self.wrong) - MOST_SHOWN} more)" if len(self.wrong) > MOST_SHOWN else ""
        return f"{self.said}; WRONG: {'; '.join(self.wrong[:MOST_SHOWN])}{more}"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that must be true, under a short name, and how it is proved. `tell`: writes to those who see to it
    where it is not true, beside the letter to those who keep the house."""

    code: str
    prove: Callable[[], Proof]
    tell: Callable[[datetime], object] | None = None


@dataclass(frozen=True, slots=True)
class Result:
    check: Check
    proof: Proof

    @property
    def code(self) -> str:
        return self.check.code


def check_everything() -> Iterator[Result]:
    """Prove what every system that is on has entered, one after the other, each in a transaction of the house."""
    for config in apps.get_app_configs():
        if not config.name.startswith("omsorg.") or find_spec(f"{config.name}.checks") is None:
            continue
        entered: tuple[Check, ...] = import_module(f"{config.name}.checks").CHECKS
        for check in entered:
            with as_house():
                proof = check.prove()
            yield Result(check, proof)


def models_of_ours() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("omsorg.")]


def trail_holds() -> Proof:
    books = verify_trail()
    broken = tuple(f"{book.name} breaks at trace {book.broken_at} ({book.why})" for book in books if book.why)
    apart = any(book.why and not is_shared(book.name) for book in books)
    shared = [book for book in books if is_shared(book.name)]
    return Proof(f"{sum(book.traces for book in shared)} traces in {len(shared)} books", broken, apart=apart)


def walls_stand() -> Proof:
    """Every table stands as it is declared, what only grows is guarded, and the application's role is a small one.

    So in each database where a system has its own.
    """
    wrong = [fault for alias in databases() for fault in _faults_of_walls(alias)]
    return Proof(f"{len(models_of_ours())} tables", tuple(wrong))


def _faults_of_walls(alias: str) -> Iterator[str]:
    with connections[alias].cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, c.relrowsecurity, count(t.oid) FILTER (WHERE t.tgenabled = 'O')"
            " FROM pg_class c LEFT JOIN pg_trigger t ON t.tgrelid = c.oid"
            "  AND t.tgname IN (c.relname || '_stays', c.relname || '_stays_whole')"
            " WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' GROUP BY 1, 2"
        )
        stands = {table: (protected, guards) for table, protected, guards in cursor.fetchall()}
        cursor.execute("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
        passes_walls = cursor.fetchone()[0]
        cursor.execute("SELECT count(*) FROM pg_tables WHERE tableowner = current_user AND schemaname = 'public'")
        owned = cursor.fetchone()[0]
    for model in models_of_ours():
        if not router.allow_migrate_model(alias, model):
            continue
        wall, table = wall_of(model), model._meta.db_table
        protected, guards = stands.get(table, (None, 0))
        if wall is None or protected is None:
            yield f"{table} is not declared, or not there"
        elif protected == wall.written_by_all:
            yield f"{table} is {'protected' if protected else 'open'}, but is not declared so"
        elif wall.append_only and guards != 2:
            yield f"{table} can be changed"
    if passes_walls or owned:
        yield "the application's role owns tables, or passes the walls"


def files_are_there() -> Proof:
    found = list(files.kept_files())
    wrong = tuple(f"{stored.stored_as} {why}" for stored in found if (why := files.what_is_wrong_with(stored)))
    return Proof(f"{len(found)} files", wrong)


def letters_go_out() -> Proof:
    shown = Letter.objects.exclude(once__startswith=APART)
    counted = dict(shown.values_list("standing").annotate(models.Count("id")))
    doubt, given_up = counted.get(Letter.Standing.IN_DOUBT, 0), counted.get(Letter.Standing.GIVEN_UP, 0)
    waiting = counted.get(Letter.Standing.WAITING, 0)
    return Proof(f"{waiting} waiting, {doubt} in doubt, {given_up} given up", look=bool(doubt or given_up))


def log_would_keep(alias: str) -> list[str]:
    """The settings of a database, in the name under which `alias` comes to it, by which its log could keep a word."""
    with connections[alias].cursor() as cursor:
        cursor.execute(
            "SELECT name, current_setting(name) FROM pg_settings WHERE name = ANY(%s)", [[*database_log.QUIET]]
        )
        return database_log.loud(dict(cursor.fetchall()))


def at_the_start() -> list[str]:
    """What is said when the house is prepared: each database whose log could keep words, asked under both names."""
    names = [name for alias in databases() for name in (alias, owner_of(alias))]
    return [f"{name}: {', '.join(found)}" for name in names if (found := log_would_keep(name))]


def database_log_is_quiet() -> Proof:
    """The databases write down no statement that fails: nothing is wrong with the data, but somebody should look."""
    found = [f"{alias}: {', '.join(loud)}" for alias in databases() if (loud := log_would_keep(alias))]
    said = f"the log could keep what people write: {'; '.join(found)}" if found else "no statement is written down"
    return Proof(said, look=bool(found))


CHECKS = (
    Check("trail", trail_holds),
    Check("walls", walls_stand),
    Check("database_log", database_log_is_quiet),
    Check("files", files_are_there),
    Check("letters", letters_go_out),
)
