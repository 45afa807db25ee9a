"""What nobody can write leads nowhere, and a fault of ours is told where the operator looks."""

import subprocess
import sys

import pytest
from django.test import Client

from world import World

FAIL = """
import django, os
django.setup()
from django.conf import settings
from django.core.handlers.exception import response_for_exception
from django.test import RequestFactory
try:
    raise RuntimeError("a fault of ours")
except RuntimeError as fault:
    answer = response_for_exception(RequestFactory().get("/promises/"), fault)
assert not settings.DEBUG and answer.status_code == 500
"""


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path",
    [
        "/promises/example-plan/history/action/%00/",
        "/promises/example-plan/reports/r/indicators/%00/organisations.csv",
        "/plans/example-plan/verify/?organisation=%00",
        "/plans/example-plan/answers/%00/2022-H1/",
        "/account/login/?next=%00",
    ],
)
@pytest.mark.parametrize("who", [None, "verifier", "plan_owner"])
def test_a_character_that_nobody_writes_leads_nowhere(client: Client, world: World, path: str, who: str | None) -> None:
    if who:
        client.force_login(world.account[who])
    assert client.get(path).status_code == 404


def test_a_fault_is_told_with_its_address_and_its_traceback() -> None:
    ended = subprocess.run([sys.executable, "-c", FAIL], capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    assert "ERROR django.request: Internal Server Error: /promises/" in ended.stderr
    assert "RuntimeError: a fault of ours" in ended.stderr
