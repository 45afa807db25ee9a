"""What is left of a file without the rows that have a fault, and without every row that rests on one of those.

What is left can be tried: what is found wrong in it is wrong, whatever the other rows shall say.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from omsorg.plans.imports.reading import Book, Fault, Row
from omsorg.plans.imports.references import Known, loose_ends, names_in, there_in

SUBJECTS = {"actions": "code", "indicators": "code"}
STEPS = {
    "revisions": "code",
    "targets": "indicator",
    "budget": "action",
    "ratings": "indicator",
    "figures": "indicator",
}
"""The column that says whose story a row tells. Where one step of a story is not known, the others are not judged."""


def subject_of(sheet: str) -> str:
    """The column that says what a row of this sheet is about."""
    return STEPS.get(sheet, "code")


def sound_part(book: Book, known: Known, faults: Iterable[Fault]) -> Book:
    """The rows of `book` that rest on none of these faults. Without its row of the sheet `plan` nothing is left."""
    wrong = {(fault.sheet, fault.row) for fault in faults}
    if "plan" in book.unreadable or any(not sheet or (sheet == "plan" and row) for sheet, row in wrong):
        return Book()
    rows = {sheet: [row for row in found if not _is_in(wrong, row)] for sheet, found in book.rows.items()}
    if len(rows.get("organisations", ())) < len(book["organisations"]):
        rows["organisations"] = []  # they are entered together or not at all
    of_known = {**SUBJECTS, **STEPS}
    told_in_part = {row[of_known[sheet]] for sheet in of_known for row in book.all_of(sheet) if _is_in(wrong, row)}
    of_nobody_known = book.unreadable | {
        sheet for sheet in STEPS for row in book.all_of(sheet) if _is_in(wrong, row) and row[STEPS[sheet]] is None
    }
    if "revisions" in of_nobody_known:
        of_nobody_known |= {"ratings", "figures"}
    for sheet in rows.keys() & STEPS.keys():
        is_known = sheet not in of_nobody_known
        rows[sheet] = [row for row in rows[sheet] if is_known and row[STEPS[sheet]] not in told_in_part]
    return _without_loose_ends(replace(book, rows=rows, faulty={}, faults=[], more_faults=0, unreadable=set()), known)


def _is_in(wrong: set[tuple[str, int]], row: Row) -> bool:
    return (row.sheet, row.number) in wrong


def _without_loose_ends(book: Book, known: Known) -> Book:
    """The book without rows that name what is no longer there, and so on until every name is that of something.

    Every row and every name in it is looked at once, however long the chain of those that name each other.
    """
    left = {
        sheet: Counter(row["code"] for row in rows if row["code"])
        for sheet, rows in book.rows.items()
        if sheet in book.claimed
    }
    book = replace(book, claimed={sheet: frozenset(codes) for sheet, codes in left.items()})
    gone = {(fault.sheet, fault.row) for fault in loose_ends(book, known)}
    if not gone:
        return book
    rest = _without(book, gone)
    rests_on: dict[tuple[str, str], list[Row]] = {}
    for row, what, code in names_in(rest, there_in(book, known)):
        rests_on.setdefault((what, code), []).append(row)
    waiting = [row for rows in book.rows.values() for row in rows if _is_in(gone, row)]
    while waiting:
        row = waiting.pop()
        code = row["code"]
        if row.sheet not in left or code is None:
            continue
        left[row.sheet][code] -= 1
        if left[row.sheet][code] or code in known[row.sheet]:
            continue
        fresh = [each for each in rests_on.pop((row.sheet, code), ()) if not _is_in(gone, each)]
        waiting += {(each.sheet, each.number): each for each in fresh}.values()
        gone |= {(each.sheet, each.number) for each in fresh}
    rest = _without(book, gone)
    codes = {sheet: frozenset(row["code"] for row in rest[sheet] if row["code"]) for sheet in left}
    return replace(rest, claimed=codes)


def _without(book: Book, gone: set[tuple[str, int]]) -> Book:
    return replace(
        book, rows={sheet: [row for row in rows if not _is_in(gone, row)] for sheet, rows in book.rows.items()}
    )
