"""The trail: who did what, when, to what. It only grows, and it shows when somebody has been at it.

A trace is numbered, dated and chained by the database itself (a trigger), inside the transaction of the act that it
tells of: an act without a trace, or a trace without its act, cannot be kept. Each organisation's traces form a book of
their own, so that two organisations never wait for each other.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections

HOUSE = "house"


def leave_trace(
    verb: str,
    subject: str,
    *,
    by: int | None,
    at: datetime,
    organisation: int | None = None,
    details: Mapping[str, Any] | None = None,
    book: str = "",
    using: str = DEFAULT_DB_ALIAS,
) -> None:
    """Write one trace. `verb` is the action's name, `subject` "kind:code"; `by` a person's id, None for the house.

    It goes into the book of the `organisation`, or of the house, unless a system keeps a `book` of its own. It lies in
    the database that the act changed (`using`).

    `details` must be plain values (text, whole numbers, lists, mappings); decimals and dates go in as text. Personal
    data does not belong in them: the trail is never cleaned.
    """
    book = book or (HOUSE if organisation is None else f"organisation:{organisation}")
    text = json.dumps(details or {}, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    with connections[using].cursor() as cursor:
        cursor.execute(
            "INSERT INTO kernel_trace (book, at, actor, organisation, verb, subject, details)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s)",
            [book, at, by, organisation, verb, subject, text],
        )


def is_shared(book: str) -> bool:
    """Whether a book is the house's or an organisation's, and not one that a system keeps of its own."""
    return book == HOUSE or book.startswith("organisation:")


@dataclass(frozen=True, slots=True)
class Book:
    """One book of the trail: how many traces it has, and the first that does not follow from the one before it.

    `why` is "missing" (a number is left out), "unlinked" (the trace before is another one) or "changed" (the trace is
    not what was written); `broken_at` is None where the book holds.
    """

    name: str
    traces: int
    broken_at: int | None = None
    why: str = ""


def verify_trail(using: str = DEFAULT_DB_ALIAS) -> tuple[Book, ...]:
    """Walk every book from its first trace and compute each fingerprint anew; name the first broken link of each.

    Reads everything: to be called as the house. What cannot be seen from inside is the loss of a book's newest
    traces, or a book written anew from some trace on; that is why every report carries the heads of all books.
    """
    with connections[using].cursor() as cursor:
        cursor.execute(
            """
            WITH walked AS (
                SELECT book, number, previous, fingerprint,
                       lag(fingerprint, 1, '') OVER steps AS expected_previous,
                       row_number() OVER steps AS expected_number,
                       kernel_trace_fingerprint(book, number, at, actor, organisation, verb, subject, details, previous)
                           AS expected_fingerprint
                FROM kernel_trace WINDOW steps AS (PARTITION BY book ORDER BY number)
            ), judged AS (
                SELECT book, number,
                    CASE WHEN number <> expected_number THEN 'missing'
                         WHEN previous <> expected_previous THEN 'unlinked'
                         WHEN fingerprint <> expected_fingerprint THEN 'changed' ELSE '' END AS why
                FROM walked
            )
            SELECT book, count(*), min(number) FILTER (WHERE why <> ''),
                   coalesce((array_agg(why ORDER BY number) FILTER (WHERE why <> ''))[1], '')
            FROM judged GROUP BY book ORDER BY book
            """
        )
        return tuple(Book(*row) for row in cursor.fetchall())


def heads_of_trail() -> dict[str, str]:
    """The newest fingerprint of the house's book and of every organisation's, by book. To be called as the house.

    Books of a system's own are left out: how many an independent office keeps is nobody else's to know.
    """
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute(
            """
            WITH RECURSIVE heads AS (
                (SELECT book, fingerprint FROM kernel_trace ORDER BY book DESC, number DESC LIMIT 1)
                UNION ALL
                SELECT next.book, next.fingerprint FROM heads CROSS JOIN LATERAL (
                    SELECT book, fingerprint FROM kernel_trace WHERE book < heads.book
                    ORDER BY book DESC, number DESC LIMIT 1
                ) AS next
            )
            SELECT book, fingerprint FROM heads WHERE book = 'house' OR starts_with(book, 'organisation:')
            ORDER BY book
            """
        )
        return dict(cursor.fetchall())


def fingerprint_of_heads(heads: Mapping[str, str]) -> str:
    """One fingerprint over the heads of many books: to be printed where many see it, so that a lost end shows."""
    if not heads:
        return ""
    return sha256("\n".join(f"{book} {heads[book]}" for book in sorted(heads)).encode()).hexdigest()
