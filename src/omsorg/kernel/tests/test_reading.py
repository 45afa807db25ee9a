"""A page that only shows cannot write: the process refuses it, and the database refuses it again."""

from collections.abc import Callable

import psycopg
import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from omsorg.federation.models import Place
from omsorg.kernel.reading import WrittenWhileReading, only_reading
from omsorg.kernel.wall import InPersonsName, as_house

A_COUNTRY = {"kind": "country", "code": "XX", "country_code": "XX", "name": {}}


def ask(method: str, page: Callable[[HttpRequest], HttpResponse]) -> HttpResponse:
    """The page, asked for as a visitor would, through the middleware."""
    request = RequestFactory().generic(method, "/")
    request.user = AnonymousUser()
    return InPersonsName(page).process_view(request, page, (), {})


def write_as_usual(request: HttpRequest) -> HttpResponse:
    with as_house():
        Place.objects.create(**A_COUNTRY)
    return HttpResponse("written")


def write_past_the_process(request: HttpRequest) -> HttpResponse:
    """What a careless package could do: the driver's own cursor, which nobody in the process looks at."""
    connection.ensure_connection()
    connection.connection.execute(
        "INSERT INTO federation_place (kind, code, country_code, name) VALUES ('country', 'XX', 'XX', '{}')"
    )
    return HttpResponse("written")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO kernel_counter VALUES ('a', 'b', now())",
        "  update kernel_counter set value = 'b'",
        "DELETE FROM kernel_counter",
        "TRUNCATE kernel_counter",
        "CREATE TABLE x (y int)",
        "WITH gone AS (DELETE FROM kernel_counter RETURNING 1) SELECT * FROM gone",
        "SELECT * FROM kernel_counter FOR UPDATE",
        "COPY kernel_counter FROM STDIN",
        "SET app.house = 'on'",
        "DO $$ BEGIN DELETE FROM kernel_counter; END $$",
    ],
)
def test_the_process_refuses_whatever_writes(statement: str) -> None:
    with connection.cursor() as cursor, only_reading(), pytest.raises(WrittenWhileReading):
        cursor.execute(statement)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "SELECT count(*) FROM kernel_counter",
        "\n WITH one AS (SELECT 1) SELECT * FROM one",
        "VALUES (1)",
        "EXPLAIN SELECT 1",
        "SAVEPOINT a",
        "SELECT set_config('app.day', '2024-01-01', true)",
        "SELECT 1 FROM kernel_counter WHERE value = 'please update it'",
    ],
)
def test_reading_and_what_a_transaction_needs_pass(statement: str) -> None:
    with connection.cursor() as cursor, only_reading():
        cursor.execute(statement)


def test_a_live_page_cannot_write(own_database: str) -> None:
    for method in ("GET", "HEAD", "OPTIONS"):
        with pytest.raises(WrittenWhileReading):
            ask(method, write_as_usual)
        with pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
            ask(method, write_past_the_process)
    assert Place.objects.count() == 0


def test_after_a_page_that_only_read_the_same_line_writes_again(own_database: str) -> None:
    assert ask("GET", lambda request: HttpResponse(str(Place.objects.count()))).content == b"0"
    assert ask("POST", write_as_usual).status_code == 200
    assert Place.objects.count() == 1


def test_a_page_that_fails_leaves_nothing_behind(own_database: str) -> None:
    def fail_after_writing(request: HttpRequest) -> HttpResponse:
        write_as_usual(request)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        ask("POST", fail_after_writing)
    assert Place.objects.count() == 0
