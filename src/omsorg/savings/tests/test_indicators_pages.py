"""The pages of indicators: of a place, of one group down to its meetings, as a file, and where nothing is told."""

import csv
import io
import json

import pytest
from django.test import Client

from omsorg.kernel.wall import as_house, in_name_of
from omsorg.savings.actions.receiving import receive
from omsorg.savings.example.meetings import Phone
from omsorg.savings.models import Group
from omsorg.savings.rules.indicators import INDICATORS
from world import World

from .cast import AT, founded
from .test_pages import page, signed_in
from .test_quarters import groups_at, place


@pytest.fixture
def reader(world: World) -> Client:
    return signed_in(world, "reads", "savings_reader", "africa")


def met(world: World, meetings: int = 5, *, opened: bool = True) -> Group:
    phone = Phone()
    group = founded(world, phone)
    for _meeting in range(meetings):
        with in_name_of(None, day=AT.date()):
            receive(envelope=json.dumps(phone.meet()).encode(), by=None, at=AT)
    with as_house():
        Group.objects.update(figures_opened=opened)
    return group


def test_where_no_group_has_met_the_page_says_so(reader: Client) -> None:
    assert "No group has met yet" in page(reader, "/savings/indicators/")


def test_a_place_is_told_with_both_sides_of_each_line_and_the_way_down(world: World, reader: Client) -> None:
    group = met(world)
    told = page(reader, "/savings/indicators/")
    assert "Example Region East Africa" in told
    assert "members present, those who came late among them / members called (definition 1)" in told
    assert "100.0" in told
    assert "1 group, of which 1 agreed" in told
    down = page(reader, "/savings/indicators/?place=arusha&quarter=2026-01-01")
    assert f"/savings/groups/{group.uuid}/figures/" in down
    alone = page(reader, f"/savings/groups/{group.uuid}/figures/")
    assert "1st quarter of 2026, as of the meeting on" in alone
    assert alone.count("/meetings/") == 5
    assert "Savings over the cycle" in alone


def test_of_one_group_that_has_not_agreed_nothing_is_told(world: World, reader: Client) -> None:
    group = met(world, opened=False)
    told = page(reader, "/savings/indicators/?place=tanzania&quarter=2026-01-01")
    assert "Withheld" in told
    assert "definition 1" not in told
    assert reader.get(f"/savings/groups/{group.uuid}/figures/").status_code == 404
    officer = signed_in(world, "visits", "savings_field_officer", "tanzania")
    assert "definition 1" in page(officer, "/savings/indicators/")


def test_the_file_tells_the_same_and_withholds_the_same(world: World, reader: Client) -> None:
    with as_house():
        place("A", "tanzania", world)
        place("B", "tanzania", world)
        groups_at("A", world, closed=6)
        groups_at("B", world, closed=2)
    answer = reader.get("/savings/indicators.csv?place=tanzania&quarter=2025-10-01")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(rows) == 3 * len(INDICATORS)
    saved = {row["place"]: (row["above"], row["below"]) for row in rows if row["indicator"] == "savings"}
    assert saved == {"tanzania": ("800", "160"), "A": ("", ""), "B": ("", "")}


def test_nonsense_in_the_address_is_the_newest_quarter_of_the_topmost_place(world: World, reader: Client) -> None:
    met(world)
    for address in ("?quarter=yesterday", "?place=nowhere", "?quarter=2026-02-30&place=norway"):
        assert "definition 1" in page(reader, f"/savings/indicators/{address}")


def test_only_who_reads_figures_comes_in(world: World) -> None:
    met(world)
    plain = signed_in(world, "plain", "plan_owner", "tanzania")
    assert plain.get("/savings/indicators/").status_code == 403
    stranger = Client().get("/savings/indicators/")
    assert (stranger.status_code, stranger["Location"]) == (302, "/account/login/?next=/savings/indicators/")
