"""Where nobody has been lately, and panels with children: counted rightly, seen by whoever hears and by nobody else."""

import csv
import io
from datetime import date

import pytest
from django.conf import settings

from omsorg.federation.models import Organisation
from omsorg.kernel.wall import as_house, in_name_of
from omsorg.ombuds.access import at_the_desk
from omsorg.ombuds.actions.advising import enter_visit
from omsorg.ombuds.actions.awareness import enter_panel
from omsorg.ombuds.actions.yearly import count_year
from omsorg.ombuds.models import Panel, Visit
from omsorg.ombuds.pages.yearly import told_to_adults
from omsorg.ombuds.queries.awareness import visited
from omsorg.ombuds.rules import refusals
from omsorg.ombuds.rules.awareness import standing
from omsorg.ombuds.rules.yearly import panels_shown
from omsorg.ombuds.tests.office import MONDAY, Desks
from omsorg.ombuds.tests.test_desk_pages import Hands, field, hands, in_words, opened, signed_in, text
from omsorg.ombuds.tests.test_yearly import counted
from omsorg.plans.tests.doc_tables import Row, case, rows

__all__ = ["Hands", "hands"]
PANEL = {
    "on": date(2026, 11, 20),
    "country": "TZ",
    "place": "Kilimani",
    "post": "Ombudsperson of Arusha",
    "children": 9,
    "by_age": {"under_10": 3, "10_12": 6},
    "by_sex": {"girls": 5},
    "looked_for": "Somebody who does not shout",
}


@pytest.mark.parametrize("row", rows("visits", "Standing"), ids=case)
def test_standing(row: Row) -> None:
    last = None if row["Last visited"] == "–" else date.fromisoformat(row["Last visited"])
    today = date.fromisoformat(row["Today"])
    assert standing(last, today=today, months=int(row["Months"])) == row["Standing"]


def panel_of(said: str) -> tuple[int, dict[str, int], dict[str, int]]:
    children, groups = said.split(":")
    ages, sexes = groups.split(";")
    return int(children), counted(ages), counted(sexes)


@pytest.mark.parametrize("row", rows("yearly-report", "Panels"), ids=case)
def test_what_is_told_of_panels(row: Row) -> None:
    shown = panels_shown([panel_of(each) for each in row["Panels"].split(" + ")], smallest=int(row["Smallest"]))
    assert shown["children"] == (None if row["Children"] == "–" else int(row["Children"]))
    assert (shown["by_age"], shown["by_sex"]) == (counted(row["Ages"]), counted(row["Girls and boys"]))


def go(desks: Desks, who: str, on: date, place: str, unit: str = "", country: str = "TZ") -> None:
    enter_visit(on=on, kind="village", country=country, place=place, unit=unit, children=12, at=MONDAY, **desks.at(who))


def seen_by(desks: Desks, who: str) -> list[tuple[str, str, date | None]]:
    with at_the_desk(desks.person(who)):
        found = visited(desks.person(who), today=MONDAY.date(), months=12)
    return [(row.name, row.standing, row.last_on) for row in found]


def test_each_sees_what_lies_in_her_reach_the_longest_ago_first(desks: Desks) -> None:
    go(desks, "amina", date(2025, 3, 1), "Under the tree")
    go(desks, "amina", date(2026, 11, 1), "At home", unit="tanzania")
    go(desks, "nora", date(2026, 10, 1), "Skolen", country="NO")
    found = seen_by(desks, "amina")
    assert found == [
        ("Example Programme Arusha", "never", None),
        ("Under the tree", "long_ago", date(2025, 3, 1)),
        ("Example Association Tanzania", "lately", date(2026, 11, 1)),
    ]
    assert seen_by(desks, "nora") == [
        ("Example Association Norway", "never", None),
        ("Skolen", "lately", date(2026, 10, 1)),
    ]
    assert {name for name, _how, _last in seen_by(desks, "rashid")} == {
        "Example Association Kenya",
        *(name for name, _how, _last in found),
    }
    assert len(seen_by(desks, "gro")) == 7


def test_a_panel_is_a_visit_and_a_later_visit_takes_a_place_off_the_list(desks: Desks) -> None:
    go(desks, "amina", date(2025, 3, 1), "Kilimani")
    assert ("Kilimani", "long_ago", date(2025, 3, 1)) in seen_by(desks, "amina")
    enter_panel(**{**PANEL, "place": "KILIMANI"}, at=MONDAY, **desks.at("amina"))
    assert ("KILIMANI", "lately", date(2026, 11, 20)) in seen_by(desks, "amina")


def test_the_page_narrows_leafs_and_gives_a_file(desks: Desks, monkeypatch: pytest.MonkeyPatch) -> None:
    go(desks, "amina", date(2025, 3, 1), "Under the tree")
    reader = opened(desks, "amina", "/ombuds/visits/waiting/")
    page = in_words(reader.get("/ombuds/visits/waiting/"))
    assert "Under the tree" in page
    assert "not within the last 12 months" in page
    assert "Under the tree" not in text(reader.get("/ombuds/visits/waiting/?standing=never"))
    assert "No such place" in text(reader.get("/ombuds/visits/waiting/?words=nowhere-at-all"))
    monkeypatch.setattr("omsorg.ombuds.views.desk.awareness.ON_A_PAGE", 1)
    leafed = text(reader.get("/ombuds/visits/waiting/?country=TZ"))
    assert "?page=2&amp;country=TZ" in leafed or "?page=2&country=TZ" in leafed
    file = reader.get("/ombuds/visits/waiting.csv?standing=long_ago")
    assert file["Content-Type"].startswith("text/csv")
    assert file["Cache-Control"] == "no-store"
    heads, line = csv.reader(io.StringIO(file.content.decode("utf-8-sig")), delimiter=dialect(file.content))
    assert dict(zip(heads, line, strict=True))["last_visited"] == "2025-03-01"
    assert signed_in(desks, "amina").get("/ombuds/visits/waiting.csv").status_code == 423


def dialect(content: bytes) -> str:
    return ";" if b";" in content.splitlines()[0] else ","


def test_where_somebody_has_been_everywhere_the_page_says_so(desks: Desks, monkeypatch: pytest.MonkeyPatch) -> None:
    with as_house():
        units = list(Organisation.objects.values_list("code", flat=True))
    for unit in units:
        go(desks, "amina", date(2026, 11, 1), unit, unit=unit)
    page = in_words(opened(desks, "amina").get("/ombuds/visits/waiting/"))
    assert "Somebody has been everywhere lately" in page
    monkeypatch.setattr(settings.ENVIRONMENT, "ombuds_visit_months", 1)
    assert "not within the last month" in in_words(opened(desks, "amina").get("/ombuds/visits/waiting/"))


def test_a_line_leads_to_a_visit_that_is_half_written(desks: Desks) -> None:
    reader = opened(desks, "amina", "/ombuds/visits/")
    page = text(reader.get("/ombuds/visits/?unit=tanzania&place=Kilimani&country=TZ"))
    assert '<option value="tanzania" selected>' in page
    assert 'value="Kilimani"' in page
    assert "Select a valid choice" in text(
        reader.post("/ombuds/visits/", {"unit": "no-such", "place": "x", "country": "TZ"})
    )


def test_a_panel_is_kept_once_and_shown(desks: Desks) -> None:
    amina = opened(desks, "amina", "/ombuds/visits/panels/")
    empty = amina.get("/ombuds/visits/panels/")
    assert "No panel has been written down yet" in text(empty)
    sent = {
        "record": field(empty, "record"),
        "on": "2026-11-20",
        "country": "TZ",
        "place": "Kilimani",
        "post": "Ombudsperson of Arusha",
        "recruited": desks.person("baraka"),
        "children": "9",
        "age_under_10": "3",
        "sex_girls": "5",
        "looked_for": "Somebody who does not shout",
    }
    assert "More than were there" in in_words(amina.post("/ombuds/visits/panels/", {**sent, "age_under_10": "10"}))
    for _again in range(2):
        assert amina.post("/ombuds/visits/panels/", sent).status_code == 302
    page = in_words(amina.get("/ombuds/visits/panels/"))
    assert page.count("Ombudsperson of Arusha") == 1
    for words in ("Baraka Mushi", "9 (under 10: 3, Girls: 5)", "Somebody who does not shout"):
        assert words in page


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"children": 8}, refusals.MoreThanWereThere),
        ({"by_sex": {"girls": 5, "boys": 5}}, refusals.MoreThanWereThere),
        ({"on": date(2026, 11, 24)}, refusals.DayAhead),
        ({"post": " "}, refusals.NothingSaid),
        ({"recruited": 1}, refusals.NotThisPerson),
    ],
)
def test_what_cannot_be_is_refused(desks: Desks, wrong: dict[str, object], refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        enter_panel(**{**PANEL, **wrong}, at=MONDAY, **desks.at("amina"))


def test_nobody_but_whoever_hears_sees_a_panel(desks: Desks) -> None:
    enter_panel(**PANEL, at=MONDAY, **desks.at("amina"))
    with as_house():
        assert not Panel.objects.exists()
    with in_name_of(desks.world.person["officer"].pk):
        assert not Panel.objects.exists()
    with at_the_desk(desks.person("nora")):
        assert Panel.objects.get().by_age == {"under_10": 3, "10_12": 6}


def test_the_year_counts_visits_and_panels_and_shows_no_small_number(desks: Desks) -> None:
    go(desks, "amina", date(2026, 10, 1), "Kilimani")
    enter_panel(**{**PANEL, "children": 4, "by_age": {"10_12": 4}, "by_sex": {}}, at=MONDAY, **desks.at("amina"))
    with at_the_desk(desks.person("amina")):
        assert Visit.objects.count() == 1
    said = count_year(2026, reader=desks.person("bodil"))
    told = told_to_adults(said, "en")
    assert "We went to see children once." in told.sentences
    assert "Children helped once to choose somebody who listens to them." in told.sentences
    assert (said["panels"]["children"], told.panels) == (None, ())
    enter_panel(**PANEL, at=MONDAY, **desks.at("amina"))
    more = told_to_adults(count_year(2026, reader=desks.person("bodil")), "en")
    assert "13 children were there." in more.sentences
    assert [table.rows for table in more.panels] == [
        (("all others, too few to be told apart", "13"),),
        (("not told", "8"), ("Girls", "5")),
    ]
    assert told_to_adults({**said, "panels": {"held": 0}}, "en").panels == ()
    del said["panels"]
    assert not any("helped" in sentence for sentence in told_to_adults(said, "en").sentences)
