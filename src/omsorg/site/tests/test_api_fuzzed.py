"""The API is asked everything that its own OpenAPI document allows, and much that it does not: it never breaks.

In one process, without sockets, the same examples each time: as a visitor, and with the keys of several people. Half of
the addresses name what is there, the rest whatever comes to mind.
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
PEOPLE = {None: 12, "stranger": 5, "officer": 8, "verifier": 5, "reviewer": 5, "plan_owner": 8, "publisher": 5}
"""Who asks (None: a visitor), and how many examples of each operation."""
THERE = {"plan": "example-plan", "report": "march-2024", "code": "trained", "organisation": "tanzania"}
"""What is there, by the name of the parameter."""


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

        @settings(
            max_examples=PEOPLE[who],
            derandomize=True,
            database=None,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        )
        @given(case=found.ok().as_strategy(), is_there=st.booleans())
        def ask(case: Any, is_there: bool) -> None:
            if is_there:
                case.path_parameters = {name: THERE.get(name, value) for name, value in case.path_parameters.items()}
            response = case.call(headers=headers)
            statuses[response.status_code] += 1
            case.validate_response(response, checks=CHECKS)

        ask()
    assert statuses[200]
    assert not any(status >= 500 for status in statuses)
