"""Every change of a system's tables can be taken back and made again, and leaves the same tables and walls behind."""

import pytest
from django.core.management import call_command
from django.db import connections

SHAPE = """
    SELECT 'column', c.relname || '.' || a.attname,
        format_type(a.atttypid, a.atttypmod) || a.attnotnull || coalesce(pg_get_expr(d.adbin, d.adrelid), '')
    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
    LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'v', 'i')
      AND a.attnum > 0 AND NOT a.attisdropped
    UNION ALL
    SELECT 'constraint', conrelid::regclass || '.' || conname, pg_get_constraintdef(oid)
    FROM pg_constraint WHERE connamespace = 'public'::regnamespace
    UNION ALL
    SELECT 'index', indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'
    UNION ALL
    SELECT 'function', p.oid::regprocedure::text, pg_get_functiondef(p.oid) FROM pg_proc p
    WHERE p.pronamespace = 'public'::regnamespace AND p.prokind = 'f'
      AND NOT EXISTS (SELECT 1 FROM pg_depend e WHERE e.objid = p.oid AND e.deptype = 'e')
    UNION ALL
    SELECT 'trigger', tgrelid::regclass || '.' || tgname, pg_get_triggerdef(oid) || tgenabled::text
    FROM pg_trigger WHERE NOT tgisinternal
    UNION ALL
    SELECT 'policy', tablename || '.' || policyname, concat_ws(' ', cmd, roles, qual, with_check)
    FROM pg_policies WHERE schemaname = 'public'
    UNION ALL
    SELECT 'wall', relname, relrowsecurity::text FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
"""


def shape() -> dict[tuple[str, str], str]:
    """Columns, constraints, indexes, functions, triggers and policies, each with its definition."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(SHAPE)
        return {(kind, name): defined for kind, name, defined in cursor.fetchall()}


def migrate(*where: str) -> None:
    call_command("migrate", *where, database="owner", interactive=False, verbosity=0)


@pytest.mark.parametrize("system", ["ombuds", "safeguarding", "openness", "savings"])
def test_a_system_goes_back_to_its_first_tables_and_comes_up_the_same(own_database: str, system: str) -> None:
    was = shape()
    assert len(was) > 1000
    migrate(system, "0001")
    assert shape() != was
    migrate()
    now = shape()
    assert {key for key in was.keys() | now.keys() if was.get(key) != now.get(key)} == set()
