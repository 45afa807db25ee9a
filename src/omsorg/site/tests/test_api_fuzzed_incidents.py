"""What the API of incidents and published failures allows, and much that it does not, is asked by those who work there.

Every operation of both systems, on an incident and a case that are there: nothing breaks, nothing is told but what the
document says, and whoever is shut out is told the same of both as of nothing.
"""

from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode

from omsorg.kernel.wall import as_house
from omsorg.openness.tests.cast import begun, recipient, written
from omsorg.plans.tests.keys import key_of
from omsorg.safeguarding.models import Incident
from omsorg.safeguarding.tests.handling import AT, enter_people, led_to_closing, raised
from omsorg.site.tests.test_api_fuzzed import CHECKS, one_connection  # noqa: F401 - a fixture
from omsorg.site.wsgi import application
from world import World

SYSTEMS = ("/api/safeguarding/", "/api/openness/")
EXAMPLES = 5
PEOPLE = ["focal", "worker", "openness_writer", "openness_releaser", "openness_teller"]


@pytest.fixture
def there(world: World) -> dict[str, Any]:
    """An incident that can be closed and a case that can be handed in; by the name of the word or field."""
    enter_people(world)
    recipient(world, "S-1")
    code = raised(world)
    led_to_closing(world, code)
    case = begun(world)
    written(world, case)
    with as_house():
        found = Incident.objects.get(code=code)
        return {
            "world": world,
            "/safeguarding/incidents/": code,
            "/openness/work/cases/": case.code,
            "place": "arusha",
            "person": world.person["second_worker"].code,
            "allegation": 1,
            "support": found.support.get().pk,
            "reference": "S-1",
            "on": AT.date().isoformat(),
            "given_on": AT.date().isoformat(),
            "since_on": AT.date().isoformat(),
            "deadline_on": (date.today() + timedelta(days=30)).isoformat(),  # noqa: DTZ011 - a day to come
            "review_on": (date.today() + timedelta(days=30)).isoformat(),  # noqa: DTZ011
            "expected": None,
            "document": None,
        }


def operations() -> list[Any]:
    found = schemathesis.openapi.from_wsgi("/api/openapi.json", application).get_all_operations()
    return [each.ok() for each in found if each.ok().path.startswith(SYSTEMS)]


def sensible(said: Any, there: dict[str, Any]) -> Any:
    if isinstance(said, dict):
        return {name: there[name] if name in there else sensible(value, there) for name, value in said.items()}
    return [sensible(value, there) for value in said] if isinstance(said, list) else said


@pytest.mark.parametrize("who", PEOPLE)
def test_nothing_that_is_asked_breaks_it(
    there: dict[str, Any],
    one_connection: None,  # noqa: F811
    who: str,
) -> None:
    headers = {"Authorization": f"Bearer {key_of(there['world'], who)}"}
    statuses: Counter[int] = Counter()
    for operation in operations():
        asked = operation.as_strategy()
        if operation.body:
            asked = asked | operation.as_strategy(generation_mode=GenerationMode.NEGATIVE)

        @settings(
            max_examples=EXAMPLES,
            derandomize=True,
            database=None,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        )
        @given(case=asked, is_there=st.sampled_from((True, True, True, False)))
        def ask(case: Any, is_there: bool) -> None:
            if is_there:
                code = next((there[part] for part in there if part in case.path), None)
                if code and "{code}" in case.path:
                    case.path_parameters = {**case.path_parameters, "code": code}
                if isinstance(case.body, dict):
                    case.body = sensible(case.body, there)
            response = case.call(headers=headers)
            statuses[response.status_code] += 1
            case.validate_response(response, checks=CHECKS)

        ask()
    assert statuses[200]
    assert not any(status >= 500 for status in statuses)
