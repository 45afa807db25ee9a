"""The second wall: PostgreSQL itself decides which rows a transaction may see and write.

Behind the access doors of each system stands row level security. A request tells the database in whose name it reads
(`app.person`, empty for the public) and on what day (`app.day`); the policies of the tables do the rest. A job that
works for the house and not for a person says so (`as_house`). All settings hold for one transaction only.

Every table is either protected by a policy or declared open with a reason. Open means open to be read: who may write
is asked everywhere. A house test holds the declarations against the database.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, connections, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations import RunSQL
from django.http import HttpRequest, HttpResponse
from django.template.response import SimpleTemplateResponse

from omsorg.kernel import clock
from omsorg.kernel.reading import only_reading


@dataclass(frozen=True, slots=True)
class Wall:
    """How a table is guarded. `protected`: not everybody reads every row. `reason`: why, or why everybody may.

    Row level security is on for both; only what is `written_by_all` (before anybody is known) does without it.
    """

    protected: bool
    reason: str
    append_only: bool = False
    written_by_all: bool = False


def protected(reason: str, *, append_only: bool = False) -> Wall:
    return Wall(True, reason, append_only)


def declared_open(reason: str, *, append_only: bool = False, written_by_all: bool = False) -> Wall:
    return Wall(False, reason, append_only, written_by_all)


def wall_of(model: type[models.Model]) -> Wall | None:
    """The declaration on a model of ours, None where there is none (packages' tables are listed by the site)."""
    wall: Wall | None = getattr(model, "wall", None)
    return wall


# ---- for migrations --------------------------------------------------------------------------------------------


def protect(
    table: str,
    *,
    see: str,
    write: str | None = None,
    add: str | None = None,
    becoming: str | None = None,
    remove: str | None = None,
) -> RunSQL:
    """Switch on row level security for `table`.

    `see` is the condition under which a row may be read, `write` the one under which it may be added, changed or
    removed (the same where it is not given). `add` and `remove` ask something else of a new row and of one that goes,
    `becoming` of what a changed row becomes: a row that nobody may let become anything may still be held by `write`.
    Use `my_units()` only as `ANY(ARRAY(SELECT my_units()))`: so it is computed once a statement and not once a row.
    """
    write = write or see
    return RunSQL(
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;"
        f"CREATE POLICY {table}_see ON {table} FOR SELECT USING ({see});"
        f"CREATE POLICY {table}_add ON {table} FOR INSERT WITH CHECK ({add or write});"
        f"CREATE POLICY {table}_change ON {table} FOR UPDATE USING ({write}) WITH CHECK ({becoming or write});"
        f"CREATE POLICY {table}_remove ON {table} FOR DELETE USING ({remove or write});",
        f"DROP POLICY {table}_see ON {table}; DROP POLICY {table}_add ON {table};"
        f"DROP POLICY {table}_change ON {table}; DROP POLICY {table}_remove ON {table};"
        f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;",
    )


def append_only(table: str) -> RunSQL:
    """Refuse UPDATE, DELETE and TRUNCATE on `table`, for every role, by triggers."""
    return RunSQL(
        f"CREATE TRIGGER {table}_stays BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION kernel_refuse_change();"
        f"CREATE TRIGGER {table}_stays_whole BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION kernel_refuse_change();",
        f"DROP TRIGGER {table}_stays ON {table}; DROP TRIGGER {table}_stays_whole ON {table};",
    )


def open_the_house_to(role: str, database: BaseDatabaseWrapper, models_of_ours: Sequence[type[models.Model]]) -> None:
    """Grant the application's role what it needs after a migration, and no more.

    It reads and writes rows; it owns nothing, truncates nothing, and cannot even ask to change a table that only
    grows. Run by the owner, as often as wanted.
    """
    with database.cursor() as cursor:
        name = database.ops.quote_name(role)
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {name}")
        cursor.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {name}")
        cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {name}")
        cursor.execute(f"GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO {name}")
        for model in models_of_ours:
            wall = wall_of(model)
            if wall is not None and wall.append_only:
                table = database.ops.quote_name(model._meta.db_table)
                cursor.execute(f"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM {name}")


# ---- in whose name ---------------------------------------------------------------------------------------------


def _words(person: int | None, house: bool, day: date | None) -> dict[str, str]:
    return {
        "app.person": str(person or ""),
        "app.house": "on" if house else "",
        "app.day": day.isoformat() if day else "",
    }


def _tell_database(words: Mapping[str, str], *, using: str = DEFAULT_DB_ALIAS) -> None:
    said = ", ".join(["set_config(%s, %s, true)"] * len(words))
    with connections[using].cursor() as cursor:
        cursor.execute(f"SELECT {said}", [part for word in words.items() for part in word])


def _told_before(words: Iterable[str], *, using: str) -> dict[str, str]:
    names = list(words)
    asked = ", ".join(["coalesce(current_setting(%s, true), '')"] * len(names))
    with connections[using].cursor() as cursor:
        cursor.execute(f"SELECT {asked}", names)
        return dict(zip(names, cursor.fetchone(), strict=True))


@contextmanager
def _told(words: Mapping[str, str], *, using: str) -> Iterator[None]:
    """A transaction of its own ends with what it was told; one within another gives back what was told before."""
    within = connections[using].in_atomic_block
    with transaction.atomic(using=using):
        before = _told_before(words, using=using) if within else {}
        _tell_database(words, using=using)
        yield
        if within:
            _tell_database(before, using=using)


def in_name_of(person_id: int | None, *, day: date | None = None, using: str = DEFAULT_DB_ALIAS, **more: str) -> Any:
    """A transaction in the name of one person (None: the public), seeing what that person's mandates open on `day`.

    `more` are words of a system's own that its walls ask for: `return_code="…"` is told as `app.return_code`.
    """
    words = _words(person_id, False, day or clock.today()) | {f"app.{name}": said for name, said in more.items()}
    return _told(words, using=using)


def as_house(*, day: date | None = None, using: str = DEFAULT_DB_ALIAS) -> Any:
    """A transaction in the name of the house, for jobs, imports of a whole plan, and reading at the door.

    Never around what a request hands in: a page acts in the name of the person who asked for it.
    """
    return _told(_words(None, True, day or clock.today()), using=using)


class InPersonsName:
    """Middleware, the innermost: each page runs in one transaction, in the name of the person who asked for it.

    A request that only reads (GET, HEAD, OPTIONS) runs under the reading guard. A page that fails leaves nothing
    behind. Whoever is signed in has `person_id` on the account. A view that must answer also when the database is gone
    says `opens_its_own_transaction`, and keeps to all this by itself.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def before(self, request: HttpRequest) -> HttpResponse | None:
        """Asked inside the transaction, before the page: an answer given here stands in its place."""
        return None

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse:
        if getattr(view, "opens_its_own_transaction", False):
            response: HttpResponse = view(request, *args, **kwargs)
            return response
        reading = request.method in ("GET", "HEAD", "OPTIONS")
        outermost = not connection.in_atomic_block
        person_id = getattr(request.user, "person_id", None)
        with ExitStack() as stack:
            stack.enter_context(transaction.atomic())
            words = _words(person_id, False, clock.today())
            _tell_database(words | {"transaction_read_only": "on"} if reading and outermost else words)
            if reading:
                stack.enter_context(only_reading())
            response = self.before(request) or view(request, *args, **kwargs)
            if isinstance(response, SimpleTemplateResponse) and not response.is_rendered:
                response = response.render()
        return response
