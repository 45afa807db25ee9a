"""What is left of a file without the rows that have a fault, and without every row that rests on one of those.

What is left can be tried: what is found wrong in it is wrong, whatever the other rows shall say.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from omsorg.plans.imports.reading import Book, Fault, Row
from omsorg.plans.imports.references import Known, loose_ends, names_in, there_in
from omsorg.plans.imports.stand_in import COLUMNS, judged_without, open_end, stand_in

SUBJECTS = {"actions": "code", "indicators": "code"}
STEPS = {
    "revisions": "code",
    "targets": "indicator",
    "budget": "action",
    "ratings": "indicator",
    "figures": "indicator",
}
"""The column that says whose story a row tells. Where one step of a story is not known, the others are not judged."""


ABOUT = {
    "revisions": "indicators",
    "targets": "indicators",
    "budget": "actions",
    "ratings": "indicators",
    "figures": "indicators",
}


def subject_of(sheet: str) -> str:
    """The column that says what a row of this sheet is about."""
    return STEPS.get(sheet, "code")


def end_of(book: Book, row: Row) -> date:
    """The day after the last of a plan that is new: what its row says, else the day after the last due date.

    Where a due date could not be read, that is not known: then nothing ends before it begins.
    """
    if row["runs_until"] is not None:
        told: date = row["runs_until"]
        return told
    if not is_end_known(book, row):
        return open_end(book)
    due = [row for sheet in SUBJECTS for row in book.all_of(sheet)]
    adopted: date = row["adopted_on"]
    last = max(
        (each["due_on"] for each in due if each["due_on"]),
        default=adopted.replace(year=adopted.year + 3, day=min(adopted.day, 28)),
    )
    return last + timedelta(days=1)


def is_end_known(book: Book, row: Row) -> bool:
    """Whether it is known when a plan that is new ends: its row says so, or every due date could be read."""
    due = [each for sheet in SUBJECTS for each in book.all_of(sheet)]
    are_read = not book.more_faults and book.unreadable.isdisjoint(SUBJECTS)
    return row["runs_until"] is not None or (are_read and all(each.is_read("due_on") for each in due))


def sound_part(book: Book, known: Known, faults: Iterable[Fault], *, is_there: bool = False) -> Book:
    """The rows of `book` that rest on none of these faults.

    `is_there`: the plan is there; where its row has a fault, only that is left by which the others are understood. For
    the row of a plan that is new, `stand_in` takes the place of what could not be read, and what would be judged by
    that is left out.
    """
    faults = list(faults)
    wrong = {(fault.sheet, fault.row) for fault in faults}
    rows = {sheet: [row for row in found if not _is_in(wrong, row)] for sheet, found in book.rows.items()}
    if len(rows.get("organisations", ())) < len(book["organisations"]):
        rows["organisations"] = []  # they are entered together or not at all
    if is_there:
        told = [] if "plan" in book.unreadable else book.all_of("plan")[:1]
        rows["plan"] = [_pared(row) if _is_in(wrong, row) else row for row in told]
        if "plan" in book.unreadable:
            rows["plan"] = [Row("plan", 0, {"reason": "?"}, COLUMNS)]
    else:
        plan = stand_in(book, faults)
        owners = known["organisations"] | {row["code"] for row in rows.get("organisations", ())}
        if plan["owner"] is not None and plan["owner"] not in owners:
            plan = replace(plan, values={**plan.values, "owner": None}, unread=plan.unread | {"owner"})
        if plan["runs_until"] is None:
            ends = {**plan.values, "runs_until": end_of(book, plan)}
            plan = replace(plan, values=ends, unread=plan.unread | {"runs_until"})
        rows = {**judged_without(rows, plan), "plan": [plan]}
        if not plan.is_read("code"):
            rows = _of_no_other_plan(rows, known)
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
    whole = replace(book, rows=rows, faulty={}, faults=[], more_faults=0, unreadable=set())
    return _without_loose_ends(whole, replace(known, perhaps={}))


def _of_no_other_plan(rows: dict[str, list[Row]], known: Known) -> dict[str, list[Row]]:
    """Without the rows about what stands in a plan that is there: where it is not known which plan the file is of,
    it may be that one, and what is there is not known either."""
    left = dict(rows)
    for sheet, column in {**SUBJECTS, **STEPS, "sources": "code", "recommendations": "code"}.items():
        there = known.perhaps.get(ABOUT.get(sheet, sheet), frozenset()) | (
            known.perhaps.get("actions", frozenset()) if sheet == "revisions" else frozenset()
        )
        left[sheet] = [row for row in left.get(sheet, ()) if row[column] not in there]
    return left


def _pared(row: Row) -> Row:
    """The row of a plan that is there, with no more in it than its code, its language, and why it is changed.

    Where it cannot be read in which language or why, no reason is missed in what is left.
    """
    values = {name: row[name] for name in row.values if name in ("code", "language") or name.split("_")[0] == "reason"}
    if not row.is_read("language", "reason"):
        values["reason"] = row["reason"] or "?"
    return replace(row, values=values, unread=frozenset(row.values) - values.keys())


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
