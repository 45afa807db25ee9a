"""The API is asked everything that its own OpenAPI document allows, and much that it does not: it never breaks.

In one process, without sockets, the same examples each time: as a visitor, and with the keys of several people. Most
requests name what is there, the rest whatever comes to mind.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from omsorg.plans.tests.keys import key_of
from omsorg.plans.tests.test_public_pages import published  # noqa: F401 - a fixture
from omsorg.site.wsgi import application
from world import World

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
PEOPLE = {None: 8, "stranger": 3, "officer": 7, "verifier": 4, "reviewer": 4, "plan_owner": 7, "publisher": 4}
"""Who asks (None: a visitor), and how many examples of each operation that is theirs; two of every other."""
THERE = {
    "plan": "example-plan",
    "report": "march-2024",
    "organisation": "tanzania",
    "period": "2022-H1",
    "source": "R1",
    "recommendation": "R1.1",
    "indicator": "cases",
    "expected": 1,
    "in_force_on": "2024-05-01",
    "on_day": "2024-05-01",
    "as_at": "2024-05-01",
    "due_on": "2031-01-01",
    "new_date": "2031-01-01",
    "ends_on": None,
    "starts_on": "2021-07-01",
    "done_on": "2024-04-01",
    "reason": "It is so.",
    "currency": "EUR",
    "owner": "international",
    "dimension": None,
    "key": None,
}
"""What is there and makes sense, by the name of the parameter or field."""
CODES = {"/actions/": "training", "/indicators/": "trained", "/recommendations/": "R1.1", "/organisations/": "arusha"}
"""What a `code` in an address names."""


def sensible(said: Any) -> Any:
    """What was generated, with what makes sense in the fields that are known."""
    if isinstance(said, dict):
        return {name: THERE[name] if name in THERE else sensible(value) for name, value in said.items()}
    return [sensible(value) for value in said] if isinstance(said, list) else said


def name_what_is_there(case: Any) -> None:
    """Let the case ask for what is there."""
    code = next((code for part, code in CODES.items() if part in case.path), "none")
    case.path_parameters = sensible({**case.path_parameters, **({"code": code} if "{code}" in case.path else {})})
    if isinstance(case.body, dict):
        case.body = sensible(case.body)


@pytest.fixture
def one_connection() -> Iterator[None]:
    """The application served in this process, on the connection of the test: it is not closed between requests."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.parametrize("who", PEOPLE, ids=str)
def test_nothing_that_is_asked_breaks_the_api(
    published: World,  # noqa: F811
    one_connection: None,
    who: str | None,
) -> None:
    headers = {"Authorization": f"Bearer {key_of(published, who)}"} if who else {}
    statuses: Counter[int] = Counter()
    for found in schemathesis.openapi.from_wsgi("/api/openapi.json", application).get_all_operations():
        operation = found.ok()
        needs_key = "security" in operation.definition.raw
        asked = operation.as_strategy()
        if operation.body:
            asked = asked | operation.as_strategy(generation_mode=GenerationMode.NEGATIVE)

        @settings(
            max_examples=PEOPLE[who] if needs_key is bool(who) else 2,
            derandomize=True,
            database=None,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        )
        @given(case=asked, is_there=st.sampled_from((True, True, True, False)))
        def ask(case: Any, is_there: bool) -> None:
            if is_there:
                name_what_is_there(case)
            response = case.call(headers=headers)
            statuses[response.status_code] += 1
            case.validate_response(response, checks=CHECKS)

        ask()
    assert statuses[200]
    assert not any(status >= 500 for status in statuses)
