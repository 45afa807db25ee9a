"""What became of those complained of, counted: on the page, in the file and over the API, no small number anywhere."""

from itertools import product

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from omsorg.kernel.wall import as_house
from omsorg.plans.tests.doc_tables import Row, case, rows
from omsorg.safeguarding.models import EmploymentState, Incident, PersonCount
from omsorg.safeguarding.queries.statistics import statistics_for
from omsorg.safeguarding.rules.codes import Employment, Side
from omsorg.safeguarding.rules.statistics import Complained, outcomes_of
from omsorg.safeguarding.tests.handling import AT, acting, closed, enter_people, raised
from world import World


@pytest.fixture
def house(world: World) -> World:
    return enter_people(world)


def complained(counted: str, said: str) -> Complained:
    """One incident as the table writes it: "12 carer, 7 child" and "7 carer ended, 5 carer as_before"."""
    types = {kind: int(number) for number, kind in (each.split() for each in counted.split(", "))}
    states: dict[str, dict[str, int]] = {}
    for number, kind, state in (each.split() for each in said.split(", ") if each != "–"):
        states.setdefault(kind, {})[state] = int(number)
    return Complained(types, states)


@pytest.mark.parametrize("row", rows("incident-counts", "Worked numbers"), ids=case)
def test_what_is_told_of_those_complained_of(row: Row) -> None:
    shown, total = outcomes_of([complained(row["Complained of"], row["Said"])], smallest_shown=5)
    told = ", ".join(f"{code} {'–' if count is None else count}" for code, count in shown.items())
    assert told == row["Shown"]
    assert ("–" if total is None else str(total)) == row["In all"]


@settings(max_examples=150)
@given(st.dictionaries(st.sampled_from([each.value for each in Employment]), st.integers(1, 9), min_size=1, max_size=5))
def test_no_small_number_can_be_worked_out(said: dict[str, int]) -> None:
    """Each withheld number has other values that fit everything that is told, one of them not small."""
    shown, total = outcomes_of([Complained({"carer": sum(said.values())}, {"carer": said})], smallest_shown=5)
    assert not [count for count in (*shown.values(), total) if count is not None and 0 < count < 5]
    withheld = [code for code, count in shown.items() if count is None]
    if total is None or not withheld:
        return
    left = total - sum(count for count in shown.values() if count is not None)
    fits = [each for each in product(range(left + 1), repeat=len(withheld)) if sum(each) == left]
    for place, _code in enumerate(withheld):
        assert len({each[place] for each in fits}) > 1
        assert max(each[place] for each in fits) >= 5


def led(house: World, *, carers: int, ended: int, place: str = "arusha") -> str:
    """A closed incident, in which so many carers are complained of, and of so many the employment ended."""
    code = raised(house, place=place)
    closed(house, code)
    with as_house():
        found = Incident.objects.get(code=code)
        PersonCount.objects.create(incident=found, side=Side.COMPLAINED_OF, type="carer", count=carers, at=AT)
        for state, count in (("on_leave", 0), ("ended", ended)):
            EmploymentState.objects.create(
                incident=found, type="carer", state=state, count=count, since_on=AT.date(), at=AT
            )
    return code


def page_of(house: World, who: str) -> str:
    client = Client()
    client.force_login(house.account[who])
    return client.get("/safeguarding/statistics/").content.decode()


def test_the_page_the_file_and_the_api_tell_the_same(house: World) -> None:
    led(house, carers=12, ended=6)
    page = page_of(house, "focal")
    assert "Persons complained of in all: <strong>12</strong>" in page
    for said in ("What became of those complained of", "we ended the employment", "not said yet"):
        assert said in page
    client = Client()
    client.force_login(house.account["focal"])
    lines = client.get("/safeguarding/statistics.csv").content.decode("utf-8-sig").splitlines()
    for line in ("employment;ended;6;", "employment;not_said;6;", "complained_of_total;;12;", "total;;;withheld"):
        assert line in [each.replace(",", ";") for each in lines]
    with acting(house, "focal") as by:
        found = statistics_for(by, smallest_shown=5)
    assert (found.complained_of, found.employment) == (12, {"ended": 6, "not_said": 6})


def test_few_are_withheld(house: World) -> None:
    led(house, carers=12, ended=2)
    page = page_of(house, "focal")
    assert page.count("withheld") > 2
    with acting(house, "focal") as by:
        assert set(statistics_for(by, smallest_shown=5).employment.values()) == {None}


def test_where_every_number_would_be_withheld_the_page_says_so_once(house: World) -> None:
    led(house, carers=2, ended=1)
    page = page_of(house, "focal")
    assert "Fewer than 5 incidents that you may see" in " ".join(page.split())
    assert (page.count("withheld"), page.count("<table")) == (1, 0), "the lead alone speaks of it"
    assert "Incidents in all: <strong>0</strong>" in page_of(house, "focal_norway"), (
        "of none it is said that there is none"
    )


def test_whoever_does_not_see_the_incident_counts_nobody_of_it(house: World) -> None:
    led(house, carers=12, ended=6)
    with acting(house, "focal_norway") as by:
        found = statistics_for(by, smallest_shown=5)
    assert (found.incidents, found.complained_of, found.employment) == (0, 0, {})
