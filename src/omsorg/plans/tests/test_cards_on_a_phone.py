"""Rows that become cards on a phone: what has no value is left out there, and no label stands alone."""

import re

import pytest
from django.conf import settings
from django.template import engines
from django.test import Client

from omsorg.plans.tests.test_past_stays_told import published
from world import World

__all__ = ["published"]

REPORT = "/promises/example-plan/reports/march-2024"
PAGES = [
    "/promises/example-plan/plan-on/",
    f"{REPORT}/actions/",
    f"{REPORT}/indicators/",
    f"{REPORT}/actions/training/",
    f"{REPORT}/indicators/trained/",
]
BLANK = re.compile(r"<td[^>]*data-omsorg-label[^>]*>\s+</td>")


@pytest.mark.parametrize("address", PAGES)
def test_a_cell_without_a_value_is_empty_to_the_last_blank(published: World, client: Client, address: str) -> None:
    page = client.get(address).content.decode()
    assert "data-omsorg-label" in page
    assert BLANK.findall(page) == []


def test_the_plan_on_a_day_has_such_cells(published: World, client: Client) -> None:
    assert '<td data-omsorg-label="Budget"></td>' in client.get(PAGES[0]).content.decode()


def test_only_blanks_are_taken_out() -> None:
    rows = "<tr><td data-a>\n  </td><td>\n 1 </td><td> <b></b> </td></tr>"
    shown = engines["django"].from_string("{% load ui %}{% cells %}" + rows + "{% endcells %}").render({})
    assert shown == "<tr><td data-a></td><td>\n 1 </td><td> <b></b> </td></tr>"


def test_an_empty_cell_is_not_shown_on_a_card() -> None:
    style = (settings.ROOT / "static/css/components/table.css").read_text()
    assert re.search(r"\.table--cards tbody td:empty,[^{]*\{\s*display: none;", style)
