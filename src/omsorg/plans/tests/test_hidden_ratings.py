"""A rating in public does not tell the number that is hidden beside it."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from omsorg.kernel.wall import as_house
from omsorg.plans.models import Target
from omsorg.plans.tests.doc_tables import Row, case, rows
from omsorg.plans.tests.few_children import about_children, freeze, release, told
from world import ADOPTED, AT, World


def published(world: World, client: Client, counted: int, *, target: int, baseline: int = 0) -> dict[str, Any]:
    """The part of a report that everybody can read, about one count of children."""
    about_children(world, "cases")
    with as_house():
        for series, number, due in ((2, baseline, ADOPTED), (1, target, date(2024, 6, 30))):
            Target.objects.create(
                indicator=world.indicator["cases"],
                organisation=world.org["international"],
                series=series,
                number=Decimal(number),
                due_on=due,
                in_force_on=ADOPTED,
                at=AT,
                reason="As adopted",
            )
    told(world, "cases", {"tanzania": (counted, None), "kenya": (0, None), "norway": (0, None), "sweden": (0, None)})
    release(world, freeze(world, "one", date(2024, 3, 31)))
    report = client.get("/promises/example-plan/reports/one/report.json").json()
    part: dict[str, Any] = next(each for each in report["indicators"] if each["code"] == "cases")
    return part


@pytest.mark.parametrize("row", rows("small-counts", "Ratings"), ids=case)
def test_a_rating_by_a_hidden_count(world: World, client: Client, row: Row) -> None:
    part = published(world, client, int(row["Counted"]), target=int(row["Target"]), baseline=int(row["Baseline"]))
    assert part["stated"] == row["Rating told"]
    assert (part["value"] is None) == (int(row["Counted"]) < 5)


@pytest.mark.parametrize(("target", "baseline"), [(4, 0), (400, 0), (4, 2)])
def test_whatever_small_number_is_hidden_the_public_reads_the_same(
    world: World, client: Client, target: int, baseline: int
) -> None:
    seen = []
    for counted in (1, 2, 3, 4):
        with transaction.atomic():
            part = published(world, client, counted, target=target, baseline=baseline)
            seen.append({name: value for name, value in part.items() if name != "history"})
            transaction.set_rollback(True)
    assert seen[1:] == seen[:-1]
    assert seen[0]["why"] == ("hidden" if target < 10 else None)
