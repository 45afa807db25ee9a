"""One at a time: everything that changes a case first takes hold of it."""

from django.db import connection


def hold(what: str, key: int | str) -> None:
    """Wait until nobody else is at this thing, and keep it until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"openness {what} {key}"])
