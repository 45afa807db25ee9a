"""The pages of answers: who finds them, how many statements they take, what an officer sees when something is off."""

from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from omsorg.kernel.wall import as_house
from omsorg.plans.models import Figure
from omsorg.plans.tests.answering import AT
from world import World

HERE = ["example-plan", "tanzania", "2022-H1"]


@pytest.fixture(autouse=True)
def _july() -> Any:
    with time_machine.travel(AT, tick=False):
        yield


def sign_in(client: Client, world: World, who: str) -> Client:
    client.force_login(world.account[who])
    return client


def cell(world: World, code: str, field: str, key: int = 0) -> str:
    return f"{field}-{world.indicator[code].pk}-{key}"


def test_an_officer_enters_figures_and_finds_them_again(client: Client, world: World) -> None:
    sign_in(client, world, "officer")
    page = client.get(reverse("plans:answer", args=HERE))
    assert page.status_code == 200
    sent = {
        cell(world, "trained", "n"): "40", cell(world, "trained", "d"): "50", cell(world, "trained", "x"): "",
        cell(world, "cases", "n"): "1,200", cell(world, "cases", "x"): "",
        cell(world, "policy", "n"): "", cell(world, "policy", "x"): "",
    }  # fmt: skip
    saved = client.post(reverse("plans:answer", args=HERE), sent, follow=True)
    assert "2 figures have been saved." in saved.content.decode()
    with as_house():
        assert set(Figure.objects.values_list("indicator__code", "numerator", "published")) == {
            ("trained", 40, "40 / 50"), ("cases", 1200, "1,200"),
        }  # fmt: skip
