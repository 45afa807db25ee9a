"""The trail only grows, whoever writes at the same time, and shows where somebody has been at it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, connections, transaction

from omsorg.kernel.models import Trace
from omsorg.kernel.trail import Book, fingerprint_of_heads, heads_of_trail, leave_trace, verify_trail
from omsorg.kernel.wall import as_house, in_name_of

AT = datetime(2024, 3, 1, 12, tzinfo=UTC)
THREADS, TRACES_OF_EACH = 8, 50


def write(count: int = 5, organisation: int | None = 7) -> None:
    with as_house():
        for number in range(count):
            leave_trace(
                "record_figures",
                f"indicator:{number}",
                by=3,
                at=AT,
                organisation=organisation,
                details={"period": "2024-H1", "æ": number},
            )


def verify() -> dict[str, Book]:
    with as_house():
        return {book.name: book for book in verify_trail()}


ANOTHER_WORD = "UPDATE kernel_trace SET subject = 'another' WHERE number = 3 AND {book}"
A_FITTING_FINGERPRINT = """
UPDATE kernel_trace SET fingerprint =
    kernel_trace_fingerprint(book, number, at, actor, organisation, verb, subject, details, previous)
WHERE number = 3 AND {book}
"""
FORGED = """
INSERT INTO kernel_trace (book, number, at, actor, organisation, verb, subject, details, previous, fingerprint)
SELECT book, 3, at, 99, organisation, verb, 'forged', details, fingerprint,
       kernel_trace_fingerprint(book, 3, at, 99, organisation, verb, 'forged', details, fingerprint)
FROM kernel_trace WHERE number = 2 AND {book}
"""
TAKEN_OUT = "DELETE FROM kernel_trace WHERE number = 3 AND {book}"


def shifted(since: int, by: int) -> list[str]:
    """Every number from `since` on moved by `by`, without two of them meeting on the way."""
    return [
        f"UPDATE kernel_trace SET number = -number WHERE number >= {since} AND {{book}}",
        f"UPDATE kernel_trace SET number = -number + {by} WHERE number < 0 AND {{book}}",
    ]


TAMPERINGS = {
    "a word changed": ([ANOTHER_WORD], 3, "changed"),
    "a word changed, with a fitting fingerprint": ([ANOTHER_WORD, A_FITTING_FINGERPRINT], 4, "unlinked"),
    "another day": (["UPDATE kernel_trace SET at = at + interval '1 day' WHERE number = 5 AND {book}"], 5, "changed"),
    "another person": (["UPDATE kernel_trace SET actor = NULL WHERE number = 1 AND {book}"], 1, "changed"),
    "taken out": ([TAKEN_OUT], 4, "missing"),
    "taken out, and numbered anew": ([TAKEN_OUT, *shifted(4, -1)], 3, "unlinked"),
    "the first taken out": (["DELETE FROM kernel_trace WHERE number = 1 AND {book}"], 2, "missing"),
    "slipped in with a fitting fingerprint": ([*shifted(3, 1), FORGED], 4, "unlinked"),
    "two exchanged": (
        [
            "UPDATE kernel_trace SET number = -4 WHERE number = 3 AND {book}",
            "UPDATE kernel_trace SET number = 3 WHERE number = 4 AND {book}",
            "UPDATE kernel_trace SET number = 4 WHERE number = -4 AND {book}",
        ],
        3,
        "unlinked",
    ),
}


def test_wherever_somebody_has_been_at_it_the_first_broken_link_is_named(
    own_database: str, capsys: pytest.CaptureFixture[str]
) -> None:
    write(organisation=None)
    for organisation in range(len(TAMPERINGS)):
        write(organisation=organisation)
    call_command("verify_trail")
    assert "10 books, 50 traces, 0 broken" in capsys.readouterr().out

    with connections["owner"].cursor() as cursor:
        cursor.execute("ALTER TABLE kernel_trace DISABLE TRIGGER USER")
        for organisation, (statements, _number, _why) in enumerate(TAMPERINGS.values()):
            for statement in statements:
                cursor.execute(statement.format(book=f"book = 'organisation:{organisation}'"))
        cursor.execute("ALTER TABLE kernel_trace ENABLE TRIGGER USER")
    found = verify()
    assert found["house"] == Book("house", 5)
    for organisation, (how, (_statements, number, why)) in enumerate(TAMPERINGS.items()):
        book = found[f"organisation:{organisation}"]
        assert (how, book.broken_at, book.why) == (how, number, why)

    with pytest.raises(SystemExit) as ended:
        call_command("verify_trail")
    assert ended.value.code == 1
    out = capsys.readouterr().out
    assert "BROKEN at trace 4: missing" in out
    assert "10 books, 48 traces, 9 broken" in out


@pytest.mark.django_db(databases=["default", "owner"])
@pytest.mark.parametrize("role", ["default", "owner"])
@pytest.mark.parametrize(
    "statement",
    ["UPDATE kernel_trace SET verb = 'x'", "DELETE FROM kernel_trace", "TRUNCATE kernel_trace"],
    ids=["change", "removal", "emptying"],
)
def test_the_database_refuses_to_change_the_trail_to_its_user_and_to_its_owner(role: str, statement: str) -> None:
    with connections[role].cursor() as cursor:
        cursor.execute("SELECT set_config('app.house', 'on', true)")
        cursor.execute(
            "INSERT INTO kernel_trace (book, at, verb, subject, details) VALUES ('house', now(), 'v', 's', '{}')"
        )
        with pytest.raises(DatabaseError), transaction.atomic(using=role):
            cursor.execute(statement)
        cursor.execute("SELECT count(*) FROM kernel_trace")
        assert cursor.fetchone()[0] == 1


def test_many_who_write_at_the_same_time_leave_whole_books(own_database: str) -> None:
    def one_after_the_other(thread: int) -> None:
        try:
            for number in range(TRACES_OF_EACH):
                write(1, organisation=1 if number % 2 else 2 + thread)
        finally:
            connection.close()

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(one_after_the_other, range(THREADS)))
    half = TRACES_OF_EACH // 2
    assert verify() == {
        "organisation:1": Book("organisation:1", THREADS * half),
        **{f"organisation:{2 + n}": Book(f"organisation:{2 + n}", half) for n in range(THREADS)},
    }


@pytest.mark.django_db
def test_an_act_that_is_undone_leaves_no_trace_and_no_gap() -> None:
    write(1)
    with transaction.atomic():
        write(1)
        transaction.set_rollback(True)
    write(1)
    assert verify() == {"organisation:7": Book("organisation:7", 2)}


@pytest.mark.django_db
def test_nobody_writes_in_the_name_of_somebody_else() -> None:
    with in_name_of(5), pytest.raises(DatabaseError), transaction.atomic():
        leave_trace("record_figures", "indicator:1", by=6, at=AT)


@pytest.mark.django_db
def test_the_heads_are_the_newest_fingerprints_and_told_to_nobody_who_does_not_see_the_books() -> None:
    with as_house():
        assert heads_of_trail() == {}
    write(3)
    with as_house():
        leave_trace("nightly", "house", by=None, at=AT)
        leave_trace("tell", "case:1", by=None, at=AT, book="office:1")  # how many there are stands in no report
        newest = Trace.objects.get(book="organisation:7", number=3), Trace.objects.get(book="house")
        assert heads_of_trail() == {trace.book: trace.fingerprint for trace in newest}
    with in_name_of(None):
        assert heads_of_trail() == {}


def test_one_fingerprint_tells_of_every_head() -> None:
    heads = {"house": "a" * 64, "organisation:7": "b" * 64}
    assert fingerprint_of_heads(heads) == fingerprint_of_heads(dict(reversed(heads.items())))
    assert fingerprint_of_heads(heads) != fingerprint_of_heads({"house": "a" * 64})
    assert fingerprint_of_heads({}) == ""
