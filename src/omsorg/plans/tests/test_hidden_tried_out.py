"""What is hidden is tried out: beside every small number there is another that would make the public read the same.

Whole little plans are made, reported on, published and read as anybody can read them: pages, files, the feed, the API
and the rows that are printed. Then one hidden small number is made another, alone or with a second hidden number that
makes up for it. At least one such world must read the same in every place, to the last letter.
"""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import product

import pytest
from django.db import transaction
from django.test import Client

from omsorg.kernel.wall import as_house
from omsorg.plans.models import Report, Target
from omsorg.plans.pages.overview import indicator_rows
from omsorg.plans.queries.published import document_of
from omsorg.plans.tests.few_children import about_children, freeze, hidden, release, told
from world import ADOPTED, AT, World

ID = re.compile(r'"id": \d+')
"""The number of a row in its table: it goes on from world to world."""
Seen = dict[str, tuple[int, str]]
SEEDS = (2, 5, 7, 9, 11, 20)
Counts = dict[str, tuple[int, int | None]]
PLAN = "/promises/example-plan/"
OF_ALL = ("/promises/", "/promises/feed.atom", PLAN, f"{PLAN}changes/?from=2024-04-30&to=2024-05-31", "/api/news")
OF_PLAN = (f"{PLAN}plan-on/?day=2024-06-01", "/api/plans/example-plan/plan-on?day=2024-06-01")
OF_REPORT = ("", "indicators/", "report.json", "indicators.csv")
OF_INDICATOR = ("", "indicator.json", "organisations.csv")


@dataclass(frozen=True)
class Small:
    """A little plan: one indicator, what was reported of it at first and as corrected, and what was aimed at."""

    indicator: str
    first: Counts
    second: Counts
    target: int | None
    baseline: int


def drawn(seed: int) -> Small:
    """One to three associations with few or many children each, some of them corrected."""
    draw = random.Random(seed)  # noqa: S311 - nothing is kept secret with it
    indicator = draw.choice(["cases", "cases", "trained"])

    def counted() -> tuple[int, int | None]:
        number = draw.choice([0, 1, 2, 3, 4, 4, 6, 20, 41])
        return (number, None) if indicator == "cases" else (number, number + draw.choice([0, 1, 4, 9, 60]))

    organisations = draw.sample(["tanzania", "kenya", "norway"], draw.choice([1, 2, 3, 3]))
    first = {name: counted() for name in organisations}
    second = {name: counted() if draw.random() < 0.4 else told_before for name, told_before in first.items()}
    return Small(indicator, first, second, draw.choice([None, 2, 4, 20, 90]), draw.choice([0, 0, 3, 10]))


def published(world: World, small: Small) -> list[Report]:
    about_children(world, small.indicator)
    whole = {"denominator": Decimal(100)} if small.indicator == "trained" else {}
    aims = [(2, small.baseline, ADOPTED)] + ([(1, small.target, date(2024, 6, 30))] if small.target is not None else [])
    with as_house():
        for series, number, due in aims:
            Target.objects.create(
                indicator=world.indicator[small.indicator],
                organisation=world.org["international"],
                series=series,
                number=Decimal(number),
                due_on=due,
                in_force_on=ADOPTED,
                at=AT,
                reason="As adopted",
                **whole,
            )
    told(world, small.indicator, small.first)
    reports = [release(world, freeze(world, "one", date(2024, 4, 30)))]
    if small.second != small.first:
        corrected = {name: said for name, said in small.second.items() if small.first[name] != said}
        told(world, small.indicator, corrected, at=datetime(2024, 5, 10, 9, tzinfo=UTC))
        reports.append(release(world, freeze(world, "two", date(2024, 5, 31))))
    return reports


def read(client: Client, small: Small, reports: list[Report]) -> Seen:
    """Everything that anybody can read of it."""
    code = small.indicator
    addresses = [*OF_ALL, *OF_PLAN, f"{PLAN}history/indicator/{code}/"]
    for report in reports:
        base, api = f"{PLAN}reports/{report.code}/", f"/api/plans/example-plan/reports/{report.code}"
        addresses += [base + name for name in OF_REPORT]
        addresses += [f"{base}indicators/{code}/{name}" for name in OF_INDICATOR]
        addresses += [api, f"{api}/document", f"{api}/indicators/{code}/document", f"{api}/indicators/{code}"]
        addresses += [f"{api}/indicators/{code}/organisations"]
    found: Seen = {}
    for address in addresses:
        answer = client.get(address)
        body = answer.getvalue()
        found[address] = (answer.status_code, ID.sub("", body.decode()))
    with as_house():
        for report in reports:
            found[f"paper {report.code}"] = 200, str(list(indicator_rows(document_of(report))))
    return found


def others(small: Small, who: str, unseen: list[set[str]]) -> Iterator[Small]:
    """The same with another number of `who`, made up for in each report by another that is hidden there, or by none.

    What was not corrected is one number in both reports. The number need not be small: what is hidden may be hidden
    for the sake of another.
    """
    is_corrected = {name: small.first[name] != small.second[name] for name in small.second}
    first_hidden, later_hidden = ([None, *sorted(names & small.second.keys() - {who})] for names in unseen)
    for number, later, at_first in product(range(1, 9), later_hidden, first_hidden):
        by = number - small.second[who][0]
        in_second = {who: by} if later is None else {who: by, later: -by}
        in_first = {name: change for name, change in in_second.items() if not is_corrected[name]}
        left = sum(in_first.values())
        if not by or (at_first is not None and (not left or not is_corrected[at_first])):
            continue
        if at_first is not None:
            in_first[at_first] = -left
        first, second = moved(small.first, in_first), moved(small.second, in_second)
        if all(n >= 0 and (d is None or n <= d) for n, d in (*first.values(), *second.values())):
            yield replace(small, first=first, second=second)


def moved(counts: Counts, by: dict[str, int]) -> Counts:
    return {name: (n + by.get(name, 0), d) for name, (n, d) in counts.items()}


def world_read(world: World, client: Client, small: Small) -> tuple[Seen, list[set[str]]]:
    """What everybody reads of it, and whose numbers are hidden in the first report and in the last."""
    with transaction.atomic():
        reports = published(world, small)
        seen = read(client, small, reports)
        unseen = [hidden(report, small.indicator) for report in (reports[0], reports[-1])]
        transaction.set_rollback(True)
    return seen, unseen


@pytest.mark.parametrize("seed", SEEDS)
def test_beside_every_small_number_another_would_read_the_same(world: World, client: Client, seed: int) -> None:
    small = drawn(seed)
    seen, unseen = world_read(world, client, small)
    assert [name for name, (status, _body) in seen.items() if status != 200] == []
    for who, (number, _whole) in small.second.items():
        if 0 < number < 5:
            assert who in unseen[-1]
            told_apart = []
            for other in others(small, who, unseen):
                now, _unseen = world_read(world, client, other)
                told_apart.append([name for name in seen if seen[name] != now[name]])
                if not told_apart[-1]:
                    break
            assert [] in told_apart, (small, who, told_apart)
