"""The trail: who did what, when, to what. It only grows, and it shows when somebody has been at it.

A trace is numbered, dated and chained by the database itself (a trigger), inside the transaction of the act that it
tells of: an act without a trace, or a trace without its act, cannot be kept. Each organisation's traces form a book of
their own, so that two organisations never wait for each other.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

HOUSE = "house"


def leave_trace(
    verb: str,
    subject: str,
    *,
    by: int | None,
    at: datetime,
    organisation: int | None = None,
    details: Mapping[str, Any] | None = None,
) -> None:
    """Write one trace. `verb` is the action's name, `subject` "kind:code"; `by` a person's id, None for the house.

    `details` must be plain values (text, whole numbers, lists, mappings); decimals and dates go in as text. Personal
    data does not belong in them: the trail is never cleaned.
    """
    book = HOUSE if organisation is None else f"organisation:{organisation}"
    text = json.dumps(details or {}, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO kernel_trace (book, at, actor, organisation, verb, subject, details)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s)",
            [book, at, by, organisation, verb, subject, text],
        )


@dataclass(frozen=True, slots=True)
class BrokenLink:
    """The first trace of a book that does not follow from the one before it."""

    book: str
    number: int
    why: str


@dataclass(frozen=True, slots=True)
class TrailReport:
    books: int
    traces: int
    broken: tuple[BrokenLink, ...]


def verify_trail() -> TrailReport:
    """Walk every book from its first trace and compute each fingerprint anew; name the first broken link of each.

    Reads everything: to be called as the house. What cannot be seen from inside is the loss of a book's newest
    traces; that is why every released report carries the head of the trail.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH walked AS (
                SELECT book, number, previous, fingerprint,
                       lag(fingerprint, 1, '') OVER steps AS expected_previous,
                       row_number() OVER steps AS expected_number,
                       kernel_trace_fingerprint(book, number, at, actor, organisation, verb, subject, details, previous)
                           AS expected_fingerprint
                FROM kernel_trace WINDOW steps AS (PARTITION BY book ORDER BY number)
            ), broken AS (
                SELECT DISTINCT ON (book) book, number,
                    CASE WHEN number <> expected_number THEN 'missing'
                         WHEN previous <> expected_previous THEN 'unlinked' ELSE 'changed' END AS why
                FROM walked
                WHERE number <> expected_number OR previous <> expected_previous OR fingerprint <> expected_fingerprint
                ORDER BY book, number
            )
            SELECT 'link', book, number, why FROM broken
            UNION ALL SELECT 'count', '', count(*), count(DISTINCT book)::text FROM kernel_trace
            """
        )
        rows = cursor.fetchall()
    broken = tuple(BrokenLink(book, number, why) for kind, book, number, why in rows if kind == "link")
    traces, books = next((number, int(why)) for kind, _book, number, why in rows if kind == "count")
    return TrailReport(books=books, traces=traces, broken=broken)


def head_of_trail(organisation: int | None = None) -> str:
    """The newest fingerprint of a book: to be printed where many see it, so that a lost end shows."""
    book = HOUSE if organisation is None else f"organisation:{organisation}"
    with connection.cursor() as cursor:
        cursor.execute("SELECT kernel_trace_head(%s)", [book])
        return cursor.fetchone()[0] or ""
