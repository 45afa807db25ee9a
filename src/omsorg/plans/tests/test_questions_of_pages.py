"""How many statements every page of those who work here sends: fixed, so that nothing is ever asked row by row."""

from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.test import Client

from omsorg.plans.tests.answering import AT, record_all
from world import World

PAGES = [
    ("officer", "/plans/", 15),
    ("officer", "/plans/example-plan/answers/tanzania/2022-H1/", 19),
    ("reviewer", "/plans/", 15),
    ("reviewer", "/plans/example-plan/answers/?period=2022-H1", 14),
    ("reviewer", "/plans/example-plan/board/?indicator=cases", 11),
    ("verifier", "/plans/example-plan/verify/?period=2022-H1", 13),
    ("publisher", "/plans/reports/", 9),
]


@pytest.mark.parametrize(("who", "address", "statements"), PAGES)
def test_a_page_asks_for_everything_at_once(
    world: World, client: Client, who: str, address: str, statements: int, django_assert_num_queries: Any
) -> None:
    with time_machine.travel(AT, tick=False):
        record_all(world)
    with time_machine.travel(datetime(2024, 4, 2, 9, tzinfo=UTC), tick=False):
        client.force_login(world.account[who])
        with django_assert_num_queries(statements):
            assert client.get(address).status_code == 200
