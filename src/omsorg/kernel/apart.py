"""A system whose tables may lie in a database of their own, so that they can stand on another server.

Which system lies where is one setting of the site (`APART`: system -> alias of its database). Where nothing is
set, everything lies in the house's own database.
"""

import uuid
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections

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


@dataclass(frozen=True, slots=True)
class Remembered:
    """What a database remembers of a system that lies apart: since when, and the mark that both databases carry."""

    mark: uuid.UUID
    since: date


class Astray(StrEnum):
    """How a house looks for a system in the wrong place."""

    NOT_SET = "not set"
    ANOTHER = "another one"


def remembered(system: str, using: str) -> Remembered | None:
    """What the database called `using` remembers of `system`; None where it never lay apart, or nothing is made yet."""
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT to_regclass('public.kernel_liesapart') IS NOT NULL")
        if not cursor.fetchone()[0]:
            return None
        cursor.execute("SELECT mark, since FROM kernel_liesapart WHERE system = %s", [system])
        found = cursor.fetchone()
    return Remembered(*found) if found else None


def looked_for_astray(system: str, *, as_owner: bool = False) -> Astray | None:
    """How this house looks for `system` in the wrong place: it lay in a database of its own, and the setting is gone or
    names a database that does not carry the same mark. `as_owner`: asked by the owner of the databases."""
    own = owner_of(DEFAULT_DB_ALIAS) if as_owner else DEFAULT_DB_ALIAS
    known = remembered(system, own)
    if known is None:
        return None
    alias = database_of(system)
    if alias == DEFAULT_DB_ALIAS:
        return Astray.NOT_SET
    there = remembered(system, owner_of(alias) if as_owner else alias)
    return None if there is not None and there.mark == known.mark else Astray.ANOTHER


def remember_what_lies_apart(on: date) -> None:
    """Write the same mark into the house's own database and into that of each system that lies apart, where the house
    has none yet; a database that carries one keeps it. Run by the owner, once the tables are there."""
    own = owner_of(DEFAULT_DB_ALIAS)
    systems: dict[str, str] = settings.APART
    for system, alias in systems.items():
        if remembered(system, own) is not None:
            continue
        there = remembered(system, owner_of(alias))
        known = there or Remembered(uuid.uuid4(), on)
        for using in (own,) if there else (owner_of(alias), own):
            with connections[using].cursor() as cursor:
                cursor.execute(
                    "INSERT INTO kernel_liesapart (system, mark, since) VALUES (%s, %s, %s)",
                    [system, known.mark, known.since],
                )
