"""All associations beside each other, year by year: flows are added, what stands is the last, missing is missing."""

from decimal import Decimal

from django.test import Client

from omsorg.kernel.periods import Period
from omsorg.kernel.wall import as_house
from omsorg.plans.models import Figure
from omsorg.plans.queries.boards import by_year
from omsorg.plans.rules.measures import TimeRule
from world import AT, World


def report(world: World, who: str, code: str, period: str, n: int | None, d: int | None = None) -> None:
    start = Period.parse(period).start
    with as_house():
        Figure.objects.bulk_create(
            [
                Figure(
                    organisation=world.org[who], indicator=world.indicator[code], revision=1, period_start=start,
                    period_months=6, key_id=0, state=3 if n is None else 1, numerator=n, denominator=d,
                    source="test", at=AT,
                )
            ]
        )  # fmt: skip


def page(world: World, who: str, query: str = "") -> Client:
    client = Client()
    client.force_login(world.account[who])
    return client.get(f"/plans/example-plan/board/{query}")


def test_what_flows_is_added_over_the_year_and_what_stands_is_the_last(world: World) -> None:
    for period, n in (("2022-H1", 3), ("2022-H2", 4), ("2023-H1", 5)):
        report(world, "tanzania", "cases", period, n)
        report(world, "tanzania", "trained", period, n, 10)
    report(world, "tanzania", "trained", "2023-H2", None)
    assert world.plan is not None
    rules = {world.indicator["cases"].pk: TimeRule.SUM, world.indicator["trained"].pk: TimeRule.LAST}
    with as_house():
        found = {(row.indicator_id, row.year): row for row in by_year(world.plan, rules)}
    flows, stands = world.indicator["cases"].pk, world.indicator["trained"].pk
    assert (found[flows, 2022].numerator, found[flows, 2022].reported) == (Decimal(7), 2)
    assert (found[stands, 2022].numerator, found[stands, 2022].denominator) == (Decimal(4), Decimal(10))
    assert found[stands, 2023].numerator == Decimal(5)


def test_the_silent_are_there_and_counted(world: World) -> None:
    report(world, "tanzania", "cases", "2022-H1", 3)
    text = page(world, "plan_owner", "?indicator=cases").content.decode()
    assert "Example Association Kenya" in text
    assert "3 associations have never answered." in text
    assert "as entered so far, whether they are handed in or not" in text


def test_an_officer_sees_the_own_association_only(world: World) -> None:
    report(world, "kenya", "cases", "2022-H1", 999)
    text = page(world, "officer", "?indicator=cases").content.decode()
    assert "Example Association Tanzania" in text
    assert "Kenya" not in text
    assert "999" not in text


def test_the_file_leaves_empty_what_is_missing(world: World) -> None:
    report(world, "tanzania", "cases", "2022-H1", 0)
    lines = page(world, "plan_owner", "?indicator=cases&as=csv").content.decode("utf-8-sig").splitlines()
    assert "tanzania,Example Association Tanzania,2022,0," in lines
    assert "kenya,Example Association Kenya,2022,," in lines


def test_to_a_stranger_and_to_the_public_there_is_no_board(world: World) -> None:
    assert page(world, "stranger").status_code == 404
    assert Client().get("/plans/example-plan/board/").status_code in (302, 404)
