"""The second wall stands: every table is protected or declared open, and the tests run as the application's role."""

import pytest
from django.apps import apps
from django.db import connection

from omsorg.kernel.wall import wall_of

PACKAGES_TABLES = {
    "django_": "sessions and the list of migrations: read before anybody is known",
    "auth_": "rights of a package that is not used: roles and mandates decide here",
    "account_": "addresses to sign in with: read before anybody is known",
    "mfa_": "second factors: read before anybody is known",
    "usersessions_": "who is signed in where: read at every request before anybody is known",
    "procrastinate_": "jobs of the worker: hold numbers of rows, no personal data",
}


def tables_in_database() -> dict[str, bool]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, relrowsecurity FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace"
            " WHERE relkind IN ('r', 'p') AND n.nspname = 'public'"
        )
        return dict(cursor.fetchall())


@pytest.mark.django_db
def test_the_tests_run_as_a_role_that_owns_and_bypasses_nothing() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user")
        name, superuser, bypasses = cursor.fetchone()
        cursor.execute("SELECT count(*) FROM pg_tables WHERE tableowner = current_user")
        owned = cursor.fetchone()[0]
    assert (superuser, bypasses, owned) == (False, False, 0), name


@pytest.mark.django_db
def test_every_table_of_ours_is_declared_and_stands_as_declared() -> None:
    stands = tables_in_database()
    ours = [m for m in apps.get_models(include_auto_created=True) if m.__module__.startswith("omsorg.")]
    for model in ours:
        table = model._meta.db_table
        if model._meta.auto_created:
            raise AssertionError(f"{table} links two tables and declares nothing")
        wall = wall_of(model)
        assert wall is not None, f"{table} is neither protected nor declared open"
        assert wall.reason, f"{table} gives no reason"
        assert stands[table] is not wall.written_by_all, f"{table} does not stand as declared"


@pytest.mark.django_db
def test_every_other_table_belongs_to_a_known_package() -> None:
    ours = {m._meta.db_table for m in apps.get_models(include_auto_created=True) if m.__module__.startswith("omsorg.")}
    for table in set(tables_in_database()) - ours:
        assert any(table.startswith(prefix) for prefix in PACKAGES_TABLES), f"{table} is known to nobody"


@pytest.mark.django_db
@pytest.mark.parametrize("privilege", ["UPDATE", "DELETE", "TRUNCATE"])
def test_what_only_grows_cannot_be_changed_by_the_application(privilege: str) -> None:
    growing = [m for m in apps.get_models() if (wall := wall_of(m)) is not None and wall.append_only]
    assert growing
    with connection.cursor() as cursor:
        for model in growing:
            cursor.execute("SELECT has_table_privilege(current_user, %s, %s)", [model._meta.db_table, privilege])
            assert cursor.fetchone()[0] is False, f"{privilege} on {model._meta.db_table}"
