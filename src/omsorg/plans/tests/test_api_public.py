"""Everything public is read over the HTTP API without a key, and it tells the same numbers as the pages."""

import json
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from omsorg.plans.rules.snapshot import fingerprint
from omsorg.plans.tests.test_public_pages import published  # noqa: F401 - a fixture

BASE = "/api/plans/example-plan"
REPORT = f"{BASE}/reports/march-2024"
ADDRESSES = [
    "/api/plans",
    BASE,
    f"{BASE}/plan-on",
    f"{BASE}/plan-on?day=2022-01-01",
    f"{BASE}/revisions",
    f"{BASE}/changes",
    f"{BASE}/reports",
    REPORT,
    f"{REPORT}/document",
    f"{REPORT}/actions",
    f"{REPORT}/actions/training",
    f"{REPORT}/indicators",
    f"{REPORT}/indicators/trained",
    f"{REPORT}/indicators/trained/document",
    f"{REPORT}/indicators/trained/organisations",
    f"{REPORT}/recommendations",
    "/api/news",
    "/api/organisations",
    "/api/organisations/tanzania",
    "/api/roles",
    "/api/scopes",
    "/api/openapi.json",
]

pytestmark = pytest.mark.usefixtures("published")


def read(client: Client, address: str, **headers: str) -> Any:
    response = client.get(address, **headers)
    assert response.status_code == 200, response.content
    return response.json()


@pytest.mark.parametrize("address", ADDRESSES)
def test_everybody_reads_what_is_public(client: Client, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Type"].startswith("application/json")
    assert not response.cookies


def test_both_bases_are_given_as_counts_and_as_the_share_that_the_page_shows(client: Client) -> None:
    told = read(client, REPORT)
    page = client.get("/promises/example-plan/reports/march-2024/").context
    for name, view in (("as_adopted", page["adopted"]), ("now_active", page["active"])):
        basis = told["bases"][name]
        assert (basis["good"], basis["total"]) == (basis["share"]["good"], basis["share"]["total"])
        assert (basis["good"], basis["total"]) == (view.good, view.base)
        assert view.share == f"{basis['share']['percent']}\N{NO-BREAK SPACE}%"
    assert told["sentences"]["headline"] == page["said"].headline


def test_the_api_and_the_pages_tell_the_same(client: Client) -> None:
    pages = "/promises/example-plan/reports/march-2024"
    for query in ("", "?q=policy", "?rating=not_rated", "?order=title", "?prioritised=true"):
        own = read(client, f"{REPORT}/actions{query}")["rows"]
        shown = client.get(f"{pages}/actions/{query.replace('true', '1')}").context["rows"]
        assert [(row["code"], row["slip_days"], row["moved_forward"]) for row in own] == [
            (row.code, row.slip_days, row.moved_forward) for row in shown
        ]
    own = read(client, f"{REPORT}/indicators?rating=not_rated")["rows"]
    shown = client.get(f"{pages}/indicators/?rating=not_rated").context["rows"]
    assert [(row["code"], row["stated"]) for row in own] == [(row.code, row.stated) for row in shown]


def test_sentences_come_in_the_language_that_is_asked_for(client: Client) -> None:
    headlines = {
        language: read(client, REPORT, HTTP_ACCEPT_LANGUAGE=language)["sentences"]["headline"]
        for language in ("en", "da", "nb", "sv")
    }
    assert len(set(headlines.values())) == 4
    response = client.get(f"{BASE}/reports/none", HTTP_ACCEPT_LANGUAGE="da")
    assert (response.status_code, response["Content-Language"]) == (404, "da")


@pytest.mark.parametrize("address", [f"{REPORT}/document", f"{REPORT}/indicators/trained/document"])
def test_a_frozen_document_is_known_by_its_fingerprint_and_not_sent_twice(client: Client, address: str) -> None:
    first = client.get(address)
    assert first["ETag"] == f'"{fingerprint(first.content.decode())}"'
    again = client.get(address, HTTP_IF_NONE_MATCH=first["ETag"])
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert client.get(address, HTTP_IF_NONE_MATCH='"another"').status_code == 200


def test_the_silent_are_named_and_nothing_missing_is_zero(client: Client) -> None:
    rows = read(client, f"{REPORT}/indicators/trained/organisations?state=silent")["rows"]
    assert {row["code"] for row in rows} == {"kenya", "sweden"}
    assert {row["numerator"] for row in rows} == {None}


def test_what_changed_is_between_two_reports_in_their_order(client: Client) -> None:
    forward = read(client, f"{BASE}/changes?earlier=march-2023&later=march-2024")
    assert (forward["earlier"], forward["later"]) == ("march-2023", "march-2024")
    assert read(client, f"{BASE}/changes?earlier=march-2024&later=march-2023") == forward
    assert read(client, f"{BASE}/changes") == forward
    assert client.get(f"{BASE}/changes?later=march-2023").status_code == 404


def test_the_plan_of_any_day_is_the_one_that_stood_then(client: Client) -> None:
    assert read(client, f"{BASE}/plan-on?day=2021-06-30")["actions"] == []
    action = read(client, f"{BASE}/plan-on?day=2021-07-01")["actions"][0]
    assert (action["number"], action["terms"]["owner"]) == (1, "international")


def test_a_list_comes_in_pages(client: Client) -> None:
    whole = read(client, f"{REPORT}/indicators")
    part = read(client, f"{REPORT}/indicators?limit=2&offset=1")
    assert (part["count"], part["rows"]) == (whole["count"], whole["rows"][1:3])
    assert client.get(f"{REPORT}/indicators?limit=201").status_code == 422


def test_the_tree_is_read_as_it_stands_on_a_day(client: Client) -> None:
    below = read(client, "/api/organisations?below=africa&kind=national_association")["rows"]
    assert {(row["code"], row["parent"]) for row in below} == {("kenya", "africa"), ("tanzania", "africa")}
    one = read(client, "/api/organisations/arusha")
    assert one["above"] == ["international", "africa", "tanzania"]
    assert read(client, "/api/organisations?on=1999-12-31")["count"] == 0


def test_news_are_those_of_the_feed(client: Client) -> None:
    rows = read(client, "/api/news")["rows"]
    assert [row["title"] for row in rows] == [
        "Report released: Example plan, march-2024",
        "Report released: Example plan, march-2023",
    ]
    assert client.get(rows[0]["path"]).status_code == 200


@pytest.mark.parametrize(
    "address",
    ["/api/plans/none", f"{BASE}/reports/none", f"{REPORT}/actions/A99", f"{REPORT}/indicators/I99/document", "/api/x"],
)
def test_what_is_not_published_is_not_there(client: Client, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 404
    assert response.json() == {"refusal": "NothingThere", "sentence": "There is nothing here.", "details": {}}


@pytest.mark.parametrize("address", ["/api/plans/%00", f"{BASE}/plan-on?day=0000-00-00", f"{BASE}/plan-on?day=1"])
def test_what_is_not_understood_is_said_with_its_place(client: Client, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 422
    assert response.json()["refusal"] == "NotUnderstood"
    assert [set(fault) for fault in response.json()["details"]["faults"]] == [{"where", "what"}]


@pytest.mark.parametrize("address", ADDRESSES)
def test_head_is_answered_as_get_is_without_the_body(client: Client, address: str) -> None:
    whole, head = client.get(address), client.head(address)
    assert (head.status_code, head.content) == (200, b"")
    for name in ("Content-Type", "Content-Length", "ETag", "Cache-Control", "Vary", "Access-Control-Allow-Origin"):
        assert head.headers.get(name) == whole.headers.get(name), name
    assert client.head("/api/plans/none").status_code == 404


def test_what_cannot_be_asked_that_way_is_refused_with_the_ways_that_there_are(client: Client) -> None:
    response = client.delete("/api/plans")
    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD")
    assert response.json()["refusal"] == "NotAskedThatWay"


def test_refusals_are_said_in_the_language_that_is_asked_for(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = {"Accept-Language": "da-DK,da;q=0.9"}
    monkeypatch.setattr("omsorg.kernel.refusals._translate", lambda said: f"{translation.get_language()}: {said}")
    for address in ("/api/x", "/api/plans/none", "/api/key", "/api/plans?limit=many"):
        response = client.get(address, headers=asked)
        assert response.headers["Content-Language"] == "da"
        assert response.json()["sentence"].startswith("da: "), address
    assert client.delete("/api/plans", headers=asked).json()["sentence"].startswith("da: ")
    fault = client.get("/api/plans?limit=many", headers=asked).json()["details"]["faults"][0]
    assert fault["what"] == "da: This must be a whole number."
    fault = client.get(f"{BASE}/plan-on?day=1", headers=asked).json()["details"]["faults"][0]
    assert fault["what"] == "da: Write a day as 2024-03-31."


@pytest.mark.parametrize(
    ("address", "questions"),
    [
        ("/api/plans", 5),
        (REPORT, 6),
        (f"{REPORT}/document", 6),
        (f"{REPORT}/actions", 5),
        (f"{REPORT}/indicators/trained", 5),
        (f"{BASE}/plan-on", 14),
        (f"{BASE}/revisions", 7),
        ("/api/organisations", 5),
    ],
)
def test_a_read_asks_few_questions(
    client: Client, address: str, questions: int, django_assert_num_queries: Any
) -> None:
    client.get(address)
    with django_assert_num_queries(questions):
        client.get(address)


def test_the_openapi_document_names_each_operation_once_and_says_how_it_is_refused(client: Client) -> None:
    document = json.loads(client.get("/api/openapi.json").content)
    told = [operation for path in document["paths"].values() for operation in path.values()]
    assert len({operation["operationId"] for operation in told}) == len(told)
    for operation in told:
        assert operation["description"]
        assert {"401", "404", "422", "429"} <= set(operation["responses"])
