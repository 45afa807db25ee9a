"""All associations beside each other, year by year: flows are added, what stands is the last, missing is missing."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from omsorg.kernel.periods import Period
from omsorg.kernel.wall import as_house
from omsorg.plans.models import Figure
from omsorg.plans.queries.asked import definitions_on
from omsorg.plans.queries.boards import YearFigure, by_year
from omsorg.plans.tests.doc_tables import case, rows
from world import AT, World


def the_board(world: World, kind: str = "national_association") -> list[YearFigure]:
    """Every association or region and indicator, as of the end of 2023."""
    assert world.plan is not None
    asked = definitions_on(world.plan.pk, date(2023, 12, 31), frequency_months=6)
    periods = [Period.parse(code) for code in ("2021-H2", "2022-H1", "2022-H2", "2023-H1", "2023-H2")]
    return by_year(world.plan, asked, periods, kind=kind)


def report(
    world: World, who: str, code: str, period: str, n: int | None, d: int | None = None, revision: int = 1
) -> None:
    start = Period.parse(period).start
    with as_house():
        Figure.objects.bulk_create(
            [
                Figure(
                    organisation=world.org[who], indicator=world.indicator[code], revision=revision, period_start=start,
                    period_months=6, key_id=0, state=3 if n is None else 1, numerator=n,
                    denominator=None if n is None else d, source="test", at=AT,
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
    with as_house():
        found = {(row.indicator_id, row.year): row for row in the_board(world)}
    flows, stands = world.indicator["cases"].pk, world.indicator["trained"].pk
    assert (found[flows, 2022].numerator, found[flows, 2022].reported) == (Decimal(7), 2)
    assert (found[stands, 2022].numerator, found[stands, 2022].denominator) == (Decimal(4), Decimal(10))
    assert (found[stands, 2023].numerator, found[stands, 2023].answered) == (None, 1)


def test_a_year_that_lacks_a_half_says_so_on_the_page_and_in_the_file(world: World) -> None:
    report(world, "tanzania", "cases", "2022-H1", 12)
    report(world, "tanzania", "cases", "2022-H2", None)
    report(world, "kenya", "cases", "2022-H1", 1)
    report(world, "kenya", "cases", "2022-H2", 0)
    assert page(world, "plan_owner", "?indicator=cases").content.decode().count("1 of 2 periods") == 2
    lines = page(world, "plan_owner", "?indicator=cases&as=csv").content.decode("utf-8-sig").splitlines()
    assert "tanzania,Example Association Tanzania,2022,12,,1,2" in lines
    assert "kenya,Example Association Kenya,2022,1,,2,2" in lines


def test_what_was_measured_by_another_definition_is_not_added(world: World) -> None:
    report(world, "tanzania", "cases", "2022-H1", 12)
    with as_house():
        first = world.indicator["cases"].revisions.get()
        first.pk, first.number, first.redefined, first.in_force_on = None, 2, True, date(2022, 7, 1)
        first.save(force_insert=True)
    report(world, "tanzania", "cases", "2022-H2", 5, revision=2)
    with as_house():
        assert [(row.numerator, row.answered) for row in the_board(world)] == [(5, 1)]
        kept = the_board(world, kind="region")
        assert [(row.node_id, row.numerator, row.answered) for row in kept] == [(world.org["africa"].pk, 5, 1)]


@pytest.mark.parametrize("row", rows("roll-up", "A year beside the others"), ids=case)
def test_a_year_of_two_halves(world: World, row: dict[str, str]) -> None:
    for half, name in (("2022-H1", "First half"), ("2022-H2", "Second half")):
        n, _slash, d = row[name].partition("/")
        report(world, "tanzania", row["Indicator"], half, None if n == "?" else int(n), int(d) if d else None)
    with as_house():
        (found,) = the_board(world)
    numbers = [str(int(each)) for each in (found.numerator, found.denominator) if each is not None]
    assert ("/".join(numbers) or "–", f"{found.answered} of 2") == (row["The year"], row["Answered"])


told = st.dictionaries(
    st.tuples(
        st.sampled_from(["kenya", "tanzania", "norway"]),
        st.sampled_from(["cases", "trained"]),
        st.sampled_from(["2021-H2", "2022-H1", "2022-H2", "2023-H1", "2023-H2"]),
    ),
    st.none() | st.integers(0, 50),
    max_size=14,
)


@pytest.mark.django_db
@settings(derandomize=True, max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(told=told)
def test_every_year_is_made_of_its_own_periods(world: World, told: dict[tuple[str, str, str], int | None]) -> None:
    """Each association by itself, and the regions by the sums kept above them."""
    with as_house(), transaction.atomic():
        for (who, code, period), n in told.items():
            report(world, who, code, period, n, 50 if code == "trained" else None)
        above = {"kenya": "africa", "tanzania": "africa", "norway": "europe"}
        for kind, node_of in (("national_association", {who: who for who in above}), ("region", above)):
            found = {(row.node_id, row.indicator_id, row.year): row for row in the_board(world, kind=kind)}
            expected = _by_hand(world, {(node_of[who], *rest, who): n for (who, *rest), n in told.items()})
            assert {key: (row.numerator, row.answered) for key, row in found.items()} == expected
        transaction.set_rollback(True)


def _by_hand(world: World, told: dict[tuple[str, ...], int | None]) -> dict[tuple[int, int, int], tuple[Any, int]]:
    """What each node has in each year: flows added, what stands taken from the second half (2021 has no other)."""
    found: dict[tuple[int, int, int], tuple[Any, int]] = {}
    for node, code, year in {(node, code, period[:4]) for node, code, period, _who in told}:
        by_half: dict[str, int] = {}
        for (at, what, period, _who), n in told.items():
            if (at, what, period[:4]) == (node, code, year) and n is not None:
                by_half[period[5:]] = by_half.get(period[5:], 0) + n
        if by_half:
            value = sum(by_half.values()) if code == "cases" else by_half.get("H2")
            found[world.org[node].pk, world.indicator[code].pk, int(year)] = (value, len(by_half))
    return found


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
    assert "tanzania,Example Association Tanzania,2022,0,,1,2" in lines
    assert "kenya,Example Association Kenya,2022,,,0,2" in lines


def test_a_long_board_is_leafed_through_and_searched_filtered_and_counted_over_all(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("omsorg.plans.views.board.ON_ONE_PAGE", 2)
    report(world, "tanzania", "cases", "2022-H1", 3)
    first, second = (page(world, "plan_owner", f"?indicator=cases&page={number}").context for number in (1, 2))
    assert [len(each["rows"]) for each in (first, second)] == [2, 2]
    assert (first["silent"], first["found"]) == (3, "4 of 4")
    names = [row.name for each in (first, second) for row in each["rows"]]
    assert names == sorted(names)
    searched = page(world, "plan_owner", "?indicator=cases&q=tanzania").context
    assert ([row.name for row in searched["rows"]], searched["silent"]) == (["Example Association Tanzania"], 0)
    below = page(world, "plan_owner", "?indicator=cases&above=africa").context
    assert {row.name.split()[-1] for row in below["rows"]} == {"Kenya", "Tanzania"}
    file = page(world, "plan_owner", "?indicator=cases&above=africa&as=csv&page=2").content.decode()
    assert ("tanzania," in file, "norway," in file) == (True, False)


def test_to_a_stranger_and_to_the_public_there_is_no_board(world: World) -> None:
    assert page(world, "stranger").status_code == 404
    assert Client().get("/plans/example-plan/board/").status_code in (302, 404)
