"""What must always be true of the tree."""

from django.db import connection

from omsorg.kernel.checks import Check, Proof


def lineage_is_true() -> Proof:
    """The lineage that is kept equals the one computed anew from the positions."""
    columns = "ancestor_id, descendant_id, depth, valid_from, valid_until"
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH kept AS (SELECT {columns} FROM federation_lineage),"  # noqa: S608 - our own names
            f" computed AS (SELECT {columns} FROM federation_true_lineage()),"
            " differs AS ((TABLE kept EXCEPT ALL TABLE computed) UNION ALL (TABLE computed EXCEPT ALL TABLE kept))"
            " SELECT (SELECT count(*) FROM kept), (SELECT count(*) FROM differs)"
        )
        kept, differs = cursor.fetchone()
    return Proof(f"{kept} lines of descent", (f"{differs} are not as computed anew",) if differs else ())


CHECKS = (Check("lineage", lineage_is_true),)
