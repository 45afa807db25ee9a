"""A system whose tables may lie in a database of their own, so that they can stand on another server.

Which system lies where is one setting of the site (`APART`: system -> alias of its database). Where nothing is
set, everything lies in the house's own database.
"""

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS

GROUND = "kernel"
"""What each database carries: the trail lies beside what it tells of."""


def database_of(system: str) -> str:
    """The alias of the database in which the tables of `system` lie."""
    apart: dict[str, str] = settings.APART
    return apart.get(system, DEFAULT_DB_ALIAS)


def owner_of(alias: str) -> str:
    """The alias under which the owner of a database migrates it."""
    return "owner" if alias == DEFAULT_DB_ALIAS else f"{alias}_owner"


def databases() -> list[str]:
    """The alias of every database that the application reads and writes."""
    return [DEFAULT_DB_ALIAS, *sorted(set(settings.APART.values()) - {DEFAULT_DB_ALIAS})]
