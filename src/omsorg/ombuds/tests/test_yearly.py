"""A year's report: nothing small is in it, nothing small follows from it, and what is published never changes."""

from collections import defaultdict
from datetime import date
from itertools import product

import pytest
from django.conf import settings
from django.test import Client

from omsorg.federation.access import NotAllowed
from omsorg.kernel import clock
from omsorg.kernel.wall import as_house
from omsorg.ombuds.actions import yearly
from omsorg.ombuds.models import Case, YearTold
from omsorg.ombuds.rules import refusals
from omsorg.ombuds.rules.yearly import REST, Heard, disjoint, share_shown, year_shown
from omsorg.ombuds.tests.office import MONDAY, Desks, tell
from omsorg.ombuds.tests.test_desk_pages import in_words, opened
from omsorg.plans.tests.doc_tables import Row, case, rows

PAGE = "yearly-report"
NEW_YEAR = MONDAY.replace(year=2027)


def counted(text: str) -> dict[str, int]:
    """Counts as the page writes them: "TZ 12, KE 3"; "rest" for those that are told together."""
    pairs = (each.split() for each in text.split(",") if each.strip(" –"))
    return {REST if name == "rest" else name: int(count) for name, count in pairs}


@pytest.mark.parametrize("row", rows(PAGE, "Groups"), ids=case)
def test_groups(row: Row) -> None:
    assert disjoint(counted(row["Counted"]), int(row["Smallest"])) == counted(row["Shown"])


@pytest.mark.parametrize(("countries", "smallest"), [(2, 3), (3, 3), (3, 4), (3, 5), (4, 3)])
def test_no_small_number_follows_from_what_is_shown(countries: int, smallest: int) -> None:
    """Every table there can be, by what is shown of it: a small count is never the only one that fits."""
    fitting: defaultdict[str, list[tuple[int, ...]]] = defaultdict(list)
    for table in product(range(smallest * 2), repeat=countries):
        shown = disjoint({str(place): count for place, count in enumerate(table)}, smallest)
        total = sum(table) if sum(table) >= smallest else None
        fitting[repr((total, shown))].append(table)
    for tables in fitting.values():
        for place in range(countries):
            counts = {table[place] for table in tables}
            assert not (len(counts) == 1 and 0 < counts.pop() < smallest), tables[0]


@pytest.mark.parametrize("smallest", [3, 5])
def test_whatever_is_shown_is_large_and_adds_up(smallest: int) -> None:
    for table in product(range(smallest * 2), repeat=3):
        shown = disjoint({str(place): count for place, count in enumerate(table)}, smallest)
        assert all(count >= smallest for count in shown.values())
        assert sum(shown.values()) == (sum(table) if sum(table) >= smallest else 0)


def test_a_part_is_shown_where_neither_it_nor_the_rest_is_small() -> None:
    shown = [share_shown(part, 12, smallest=5) for part in (4, 5, 7, 8, 12)]
    assert shown == [None, (5, 12), (7, 12), None, (12, 12)]


def test_a_year_answers_each_question_by_itself() -> None:
    told = [Heard("TZ", "web", "national", "kept", "yes")] * 6 + [Heard("KE", "phone", "national", "missed", "")] * 7
    shown = year_shown(told, smallest=5)
    assert (shown.total, shown.groups["country"], shown.groups["helped"]) == (13, {"KE": 7, "TZ": 6}, {"": 7, "yes": 6})
    assert set(shown.groups) == {"country", "channel", "level", "promise", "helped"}


def told_by_many(count: int) -> None:
    for number in range(count):
        tell(f"number {number}", number + 1)


def test_a_member_of_the_board_tells_the_year_once(desks: Desks) -> None:
    told_by_many(6)
    board, low = {"at": NEW_YEAR, **desks.at("bodil")}, {"at": NEW_YEAR, **desks.at("amina")}
    with pytest.raises(NotAllowed):
        yearly.tell_year(year=2026, **low)
    with pytest.raises(refusals.YearNotOver):
        yearly.tell_year(year=2026, **{**board, "at": MONDAY})
    told = yearly.tell_year(year=2026, **board)
    assert (told.said["total"], told.said["groups"]["country"]) == (6, {"TZ": 6})
    tell("much later", 99, at=MONDAY)
    with as_house():
        assert Case.objects.filter(opened_on__year=2026).count() == 7
        assert YearTold.objects.get().said["total"] == 6
    with pytest.raises(refusals.YearToldAlready):
        yearly.tell_year(year=2026, **board)


def test_adults_and_children_read_it(desks: Desks, monkeypatch: pytest.MonkeyPatch) -> None:
    told_by_many(6)
    monkeypatch.setattr(clock, "now", lambda: NEW_YEAR)
    monkeypatch.setattr(settings.ENVIRONMENT, "second_factor_roles", "")
    assert "There is nothing to show here yet." in in_words(Client().get("/t/en/heard/"))
    assert "No year has been told yet" in in_words(Client().get("/heard/"))
    reader = opened(desks, "amina")
    assert "not always" not in in_words(reader.get("/ombuds/year/"))
    assert reader.post("/ombuds/year/").status_code == 200
    board = opened(desks, "bodil")
    assert "Publish it; it never changes" in in_words(board.get("/ombuds/year/"))
    assert board.post("/ombuds/year/")["Location"] == "/ombuds/year/"
    page = in_words(Client().get("/heard/"))
    assert "Children who told us something, or adults who worried about one: 6." in page
    assert "Where the children live (2026)" in page
    assert "We went to see no children." in page
    child = in_words(Client().get("/t/en/heard/"))
    assert "In 2026, 6 children told us something." in child
    assert "6 times we kept our word" in child
    assert "children say that it helped" not in child


def test_few_children_give_no_number(desks: Desks) -> None:
    told_by_many(4)
    assert yearly.count_year(2026, reader=desks.person("amina"))["total"] is None
    assert yearly.count_year(2026, reader=desks.person("amina"))["groups"] == {}
    assert date(2026, 11, 23) == MONDAY.date()
