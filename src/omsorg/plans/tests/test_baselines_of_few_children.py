"""What there was before the plan began is hidden where it tells of few children, wherever the public reads it."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.test import Client

from omsorg.kernel.wall import as_house
from omsorg.plans.models import Target
from omsorg.plans.queries.history import history_of_indicator
from omsorg.plans.queries.promises import plan_as_of
from omsorg.plans.queries.published import document_of
from omsorg.plans.rules.baselines import Baseline, are_hidden
from omsorg.plans.rules.measures import Kind, RollUp, Series
from omsorg.plans.rules.rollup import Missing
from omsorg.plans.tests.few_children import about_children, freeze, hidden, release, told
from world import World

DAY = date(2021, 7, 1)
HIDDEN = "hidden so that no small group of children can be worked out"
SECRET = "Three were known in 2021"


def stated(
    world: World,
    number: int,
    reason: str,
    *,
    of: str = "international",
    series: Series = Series.BASELINE,
    replaces: Target | None = None,
) -> Target:
    with as_house():
        return Target.objects.create(
            indicator=world.indicator["cases"],
            organisation=world.org[of],
            series=series,
            due_on=DAY if series is Series.BASELINE else date(2024, 6, 30),
            number=number,
            in_force_on=DAY,
            reason=reason,
            supersedes=replaces,
            at=datetime(2021, 7, 1, tzinfo=UTC),
        )


def read_by_everybody(world: World, client: Client, *reports: str) -> dict[str, str]:
    assert world.plan is not None
    plan = f"/promises/{world.plan.code}/"
    api = f"/api/plans/{world.plan.code}/"
    addresses = [f"{plan}history/indicator/cases/", f"{plan}plan-on/", f"{api}plan-on", f"{api}revisions"]
    for report in reports:
        of_report = ("indicators/cases/", "indicators/cases/indicator.json", "report.json", "indicators.csv", "")
        addresses += [f"{plan}reports/{report}/{each}" for each in of_report]
        of_api = ("indicators/cases", "indicators/cases/organisations")
        addresses += [f"{api}reports/{report}/{each}" for each in of_api]
    found = {address: client.get(address) for address in addresses}
    assert {answer.status_code for answer in found.values()} == {200}
    return {address: answer.content.decode() for address, answer in found.items()}


def test_a_baseline_of_few_children_is_told_nowhere(world: World, client: Client) -> None:
    about_children(world, "cases", accumulates=True)
    first = stated(world, 3, SECRET)
    stated(world, 71234, SECRET, replaces=first)
    stated(world, 81234, "To be reached", series=Series.TARGET)
    told(world, "cases", {"tanzania": (60, None), "kenya": (50, None)})
    report = release(world, freeze(world, "one", date(2024, 3, 31)))
    assert hidden(report, "cases") == {"overview"}
    with as_house():
        part = next(each for each in document_of(report).indicators if each.code == "cases")
    assert (part.baseline, part.baseline_missing, part.value) == (None, Missing.HIDDEN, None)
    pages = read_by_everybody(world, client, "one")
    for address, page in pages.items():
        for secret in (SECRET, "71234", "71,234", "71344", "71,344"):
            assert secret not in page, (address, secret)
    assert world.plan is not None
    base = f"/promises/{world.plan.code}/"
    assert pages[f"{base}reports/one/indicators/cases/"].count(HIDDEN) >= 3
    assert pages[f"{base}history/indicator/cases/"].count(HIDDEN) == 3
    assert "81,234" in pages[f"{base}history/indicator/cases/"]
    assert "hidden" in pages[f"{base}reports/one/indicators.csv"]
    then = next(
        each
        for each in client.get(f"/api/plans/{world.plan.code}/plan-on").json()["indicators"]
        if each["code"] == "cases"
    )
    assert (then["baseline"]["number"], then["baseline"]["hidden"]) == (None, True)


def test_who_revises_the_plan_reads_the_true_baseline(world: World) -> None:
    about_children(world, "cases")
    stated(world, 3, SECRET)
    assert world.plan is not None
    with as_house():
        state = plan_as_of(world.plan, date(2024, 3, 31)).indicator["cases"]
        entries = history_of_indicator(world.indicator["cases"])
    assert state.baseline is not None
    assert state.baseline.number == 3
    assert SECRET in {entry.reason for entry in entries}


def test_a_baseline_of_few_children_of_one_organisation_hides_those_of_all(world: World, client: Client) -> None:
    about_children(world, "cases")
    stated(world, 3, SECRET, of="kenya")
    stated(world, 71234, "Counted", of="tanzania")
    stated(world, 71237, "Counted")
    told(world, "cases", {"tanzania": (60, None), "kenya": (50, None)})
    release(world, freeze(world, "one", date(2024, 3, 31)))
    for address, page in read_by_everybody(world, client, "one").items():
        assert not [each for each in ("71234", "71,234", "71237", "71,237", SECRET) if each in page], address


def test_a_baseline_that_is_not_small_is_told_with_what_is_counted_from_it(world: World, client: Client) -> None:
    about_children(world, "cases", accumulates=True)
    stated(world, 71234, "Counted")
    told(world, "cases", {"tanzania": (60, None), "kenya": (50, None)})
    report = release(world, freeze(world, "one", date(2024, 3, 31)))
    assert hidden(report, "cases") == set()
    pages = read_by_everybody(world, client, "one")
    assert world.plan is not None
    page = pages[f"/promises/{world.plan.code}/reports/one/indicators/cases/"]
    assert "71,234" in page
    assert "71,344" in page


@pytest.mark.parametrize(
    ("kind", "roll_up", "baseline", "is_hidden"),
    [
        pytest.param(Kind.SCORE, RollUp.NONE, Baseline(None, Decimal(3)), False, id="a mean mark counts nobody"),
        pytest.param(Kind.SCORE, RollUp.NONE, Baseline(None, Decimal(9), Decimal(3)), True, id="three answered"),
        pytest.param(
            Kind.RATIO, RollUp.SHARE_MEETING, Baseline(None, Decimal(3), Decimal(35)), False, id="3 organisations"
        ),
        pytest.param(
            Kind.RATIO, RollUp.SHARE_MEETING, Baseline(7, Decimal(3), Decimal(35)), True, id="3 children of one"
        ),
    ],
)
def test_a_baseline_that_counts_no_child_is_told(
    kind: Kind, roll_up: RollUp, baseline: Baseline, is_hidden: bool
) -> None:
    assert are_hidden(kind, roll_up, [baseline], 5) is is_hidden
