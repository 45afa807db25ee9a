"""Cases that would be left behind: they lie in the house's own database, and the ombuds system looks in another."""

from django.db import DEFAULT_DB_ALIAS, connections

from omsorg.ombuds.access import ombuds_database
from omsorg.ombuds.rules.levels import Status


def cases_left_behind(using: str = DEFAULT_DB_ALIAS) -> int:
    """How many cases that are not erased lie where nobody looks: the ombuds system was given a database of its own
    after children had written. `using`: under which name the house's own database is asked."""
    if ombuds_database() == DEFAULT_DB_ALIAS:
        return 0
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT to_regclass('public.ombuds_case') IS NOT NULL")
        if not cursor.fetchone()[0]:
            return 0
        cursor.execute("SELECT count(*) FROM ombuds_case WHERE status <> %s", [Status.ERASED])
        return int(cursor.fetchone()[0])
