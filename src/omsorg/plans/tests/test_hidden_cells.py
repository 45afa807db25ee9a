"""A released report tells of no small group of children, alone or beside the others, and every file hides the same."""

import csv
import json
from collections.abc import Iterable
from datetime import UTC, date, datetime
from io import StringIO

import pytest
from django.test import Client

from omsorg.kernel.wall import as_house
from omsorg.plans.actions.reports import ReleasedMeanwhile
from omsorg.plans.pages.overview import indicator_rows
from omsorg.plans.queries.published import document_of
from omsorg.plans.tests.few_children import PERIOD, about_children, freeze, hidden, release, told
from world import World

NEXT = PERIOD.next()
HIDDEN = "hidden so that no small group of children can be worked out"


@pytest.mark.parametrize("share", [(98, 100), (0, 3), (3, 60)], ids=["2 others", "a group of 3", "3 counted"])
def test_a_share_that_tells_of_few_children_is_hidden_and_another_with_it(world: World, share: tuple[int, int]) -> None:
    about_children(world, "trained")
    told(world, "trained", {"tanzania": share, "kenya": (30, 60), "norway": (40, 80)})
    assert hidden(freeze(world, "one", date(2024, 3, 31)), "trained") == {"tanzania", "kenya"}


def test_a_corrected_report_does_not_tell_by_how_few_children_it_was_corrected(world: World) -> None:
    about_children(world, "cases")
    told(world, "cases", {"tanzania": (60, None), "kenya": (50, None), "norway": (40, None)})
    assert hidden(release(world, freeze(world, "one", date(2024, 3, 31))), "cases") == set()
    told(world, "cases", {"tanzania": (62, None)}, at=datetime(2024, 4, 10, tzinfo=UTC))
    second = release(world, freeze(world, "two", date(2024, 4, 30)))
    assert hidden(second, "cases") == {"tanzania", "2023-H2", "overview"}
    told(world, "cases", {"tanzania": (70, None)}, at=datetime(2024, 5, 10, tzinfo=UTC))
    assert hidden(freeze(world, "three", date(2024, 5, 31)), "cases") == set()


def test_a_period_before_is_held_against_the_report_of_that_period(world: World) -> None:
    about_children(world, "cases")
    told(world, "cases", {"tanzania": (60, None), "kenya": (50, None)})
    release(world, freeze(world, "one", date(2024, 3, 31)))
    told(world, "cases", {"tanzania": (57, None)}, at=datetime(2024, 4, 10, tzinfo=UTC))
    told(
        world, "cases", {"tanzania": (20, None), "kenya": (30, None)}, period=NEXT, at=datetime(2024, 7, 10, tzinfo=UTC)
    )
    assert hidden(freeze(world, "two", date(2024, 9, 30), NEXT), "cases") == {"2023-H2"}


def test_what_is_counted_since_the_start_does_not_tell_of_a_period_that_is_hidden(world: World) -> None:
    about_children(world, "cases", accumulates=True)
    told(world, "cases", {"tanzania": (60, None), "kenya": (50, None)})
    release(world, freeze(world, "one", date(2024, 3, 31)))
    told(world, "cases", {"tanzania": (0, None), "kenya": (3, None)}, period=NEXT, at=datetime(2024, 7, 10, tzinfo=UTC))
    assert hidden(freeze(world, "two", date(2024, 9, 30), NEXT), "cases") == {"kenya", "2024-H1", "overview"}


def test_a_report_that_was_not_held_against_one_released_since_is_not_released(world: World) -> None:
    about_children(world, "cases")
    told(world, "cases", {"tanzania": (60, None), "kenya": (50, None)})
    first = freeze(world, "one", date(2024, 3, 31))
    told(world, "cases", {"tanzania": (62, None)}, at=datetime(2024, 4, 10, tzinfo=UTC))
    second = freeze(world, "two", date(2024, 4, 30))
    assert hidden(second, "cases") == set()
    release(world, first)
    with pytest.raises(ReleasedMeanwhile, match="one"):
        release(world, second)
    again = freeze(world, "two-again", date(2024, 4, 30))
    assert hidden(release(world, again), "cases") == {"tanzania", "2023-H2", "overview"}


def lines(client: Client, address: str) -> Iterable[dict[str, str]]:
    return csv.DictReader(StringIO(client.get(address).content.decode("utf-8-sig")))


def test_every_page_and_file_of_a_report_hides_the_same_cells(world: World, client: Client) -> None:
    about_children(world, "cases")
    told(world, "cases", {"tanzania": (61234, None), "kenya": (0, None), "norway": (3, None)})
    report = release(world, freeze(world, "one", date(2024, 3, 31)))
    assert hidden(report, "cases") == {"tanzania", "norway"}
    assert world.plan is not None
    base = f"/promises/{world.plan.code}/reports/one/"
    api = f"/api/plans/{world.plan.code}/reports/one/"
    rows = json.loads(client.get(f"{base}indicators/cases/indicator.json").content)["organisations"]
    of_api = client.get(f"{api}indicators/cases/organisations").json()["rows"]
    sheet = list(lines(client, f"{base}indicators/cases/organisations.csv"))
    for source in (rows, of_api, sheet):
        assert {row["code" if "code" in row else "organisation"] for row in source if row["state"] == "hidden"} == {
            "tanzania",
            "norway",
        }
        assert all(row.get("numerator") in (None, "") for row in source if row["state"] == "hidden")
    for address in ("", "indicators/", "indicators/cases/", "report.json", "indicators.csv", "report.pdf"):
        assert client.get(f"{base}{address}").status_code == 200
    page = client.get(f"{base}indicators/cases/").content.decode()
    assert page.count(HIDDEN) == 2
    assert "61,237" in page
    assert not any(number in page for number in ("61234", "61,234"))


def test_what_is_hidden_in_the_overview_is_hidden_on_paper_and_in_files_too(world: World, client: Client) -> None:
    about_children(world, "cases")
    told(world, "cases", {"tanzania": (3, None)})
    report = release(world, freeze(world, "one", date(2024, 3, 31)))
    assert hidden(report, "cases") == {"tanzania", "2023-H2", "overview"}
    assert world.plan is not None
    base = f"/promises/{world.plan.code}/reports/one/"
    row = next(row for row in lines(client, f"{base}indicators.csv") if row["code"] == "cases")
    assert (row["numerator"], row["missing"]) == ("", "hidden")
    part = next(row for row in client.get(f"{base}report.json").json()["indicators"] if row["code"] == "cases")
    assert (part["value"], part["missing"]) == (None, "hidden")
    with as_house():
        shown = {row.code: row.value for row in indicator_rows(document_of(report))}
    assert shown["cases"] == HIDDEN


def test_the_worst_organisation_is_told_by_its_own_numbers_on_every_page_and_in_every_file(
    world: World, client: Client
) -> None:
    about_children(world, "trained", roll_up="worst")
    told(world, "trained", {"tanzania": (60, 100), "kenya": (80, 100), "norway": (90, 100)})
    report = release(world, freeze(world, "one", date(2024, 3, 31)))
    assert hidden(report, "trained") == set()
    assert world.plan is not None
    base = f"/promises/{world.plan.code}/reports/one/"
    row = next(row for row in lines(client, f"{base}indicators.csv") if row["code"] == "trained")
    assert (row["numerator"], row["denominator"]) == ("60", "100")
    (part,) = (part for part in client.get(f"{base}report.json").json()["indicators"] if part["code"] == "trained")
    assert (part["value"]["numerator"], part["value"]["denominator"]) == ("60", "100")
    (period,) = json.loads(client.get(f"{base}indicators/trained/indicator.json").content)["periods"]
    assert (period["numerator"], period["denominator"]) == ("60", "100")
    page = client.get(f"{base}indicators/trained/").content.decode()
    assert "60 of 100 (60.0" in page
    assert "3 of 5" not in page
    with as_house():
        printed = {row.code: row.value for row in indicator_rows(document_of(report))}
    assert "60 of 100" in printed["trained"]


def test_a_worst_share_of_few_children_is_hidden_with_its_organisation(world: World) -> None:
    about_children(world, "trained", roll_up="worst")
    told(world, "trained", {"tanzania": (3, 50), "kenya": (60, 100), "norway": (90, 100)})
    assert hidden(freeze(world, "one", date(2024, 3, 31)), "trained") == {"tanzania", "2023-H2", "overview"}
