"""What whoever raised a concern sees of it afterwards: that it was received, and how far it has come."""

from dataclasses import dataclass
from datetime import date

from django.db import connection


@dataclass(frozen=True, slots=True)
class OwnConcern:
    """A concern that one raised. `standing` is received, looked_at, worked_on or closed; `handed` says to whom it went
    where everybody who would handle it is named: elsewhere; nobody, as long as nobody who is not named holds the role;
    above, while nobody is known by the name said."""

    code: str
    received_on: date
    standing: str
    handed: str


def my_concerns() -> list[OwnConcern]:
    """The concerns that the person of this transaction has raised, newest first. The database tells nothing else."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT code, received_at, standing, handed FROM safeguarding_my_concerns() ORDER BY received_at DESC"
        )
        return [OwnConcern(code, at.date(), *more) for code, at, *more in cursor.fetchall()]
