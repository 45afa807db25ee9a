"""Anna and her neighbours, whom nobody knows, read what was promised and what became of it."""

import csv
import io
import json
import re
from xml.etree import ElementTree

import pytest

from journeys.visitor import Arrives, Visitor

PLAN = "/promises/safeguarding-example/"
REPORT = f"{PLAN}reports/example-2024-03/"
HEADLINE = re.compile(r"25 of 35 indicators in the plan as adopted \(71\.4 %\), 25 of 32 now active \(78\.1 %\), 1 not")
BREAKS = """() => [...document.querySelectorAll("figure.picture")].map((each) =>
  [each, each.querySelector(":scope > div")].map((part) => getComputedStyle(part).breakInside).join(" "))"""
EVERY_PAGE = (
    REPORT,
    f"{REPORT}actions/",
    f"{REPORT}actions/A2/",
    f"{REPORT}indicators/",
    f"{REPORT}indicators/I3/",
    f"{REPORT}recommendations/",
    f"{PLAN}changes/",
    f"{PLAN}plan-on/",
)


def test_anna_reads_from_the_overview_to_one_figure_and_back_in_time(arrives_to_read: Arrives) -> None:
    anna = arrives_to_read("Anna")
    anna.opens("/promises/")
    anna.reads(HEADLINE, "13 completed, 12 on track, 6 off track", "Ombudsperson system")
    anna.follows(re.compile("^A2 Ombudsperson system"))
    anna.reads("First promised for", "731 days later", "lack of resources")
    anna.follows(re.compile("^I3 "))
    anna.reads("Rating in the report", "Each organisation", "How it is measured")
    anna.follows(re.compile("^Recommendations"))
    anna.follows("What changed")
    anna.reads("The base", "Every other change in words")
    anna.chooses("From", "31 Mar 2022 · example-2022-03")
    anna.presses("Compare")
    anna.reads("What changed from 31 March 2022 to 31 March 2024.")
    anna.follows("Overview")
    anna.follows("The plan as it was on any day")
    anna.page.get_by_label("Day").fill("2021-12-01")
    anna.presses("Show")
    anna.reads("The plan as it was on 1 December 2021.")
    anna.opens(f"{PLAN}plan-on/?day=2021-07-01")
    anna.reads("now: Associations with trained group leaders")


def test_anna_finds_an_older_report_under_its_permanent_link(arrives_to_read: Arrives) -> None:
    anna = arrives_to_read("Anna")
    anna.opens(PLAN)
    anna.follows(re.compile("Report as at .*2023"))
    assert anna.page.url.endswith(f"{PLAN}reports/example-2023-03/")
    anna.reads("There is a newer report.", "25 of 35")
    anna.follows("To the newest report")
    assert anna.page.url.endswith(REPORT)
    anna.reads(HEADLINE)


def test_anna_takes_everything_home_as_files(arrives_to_read: Arrives) -> None:
    anna = arrives_to_read("Anna")
    anna.opens(REPORT)
    files = anna.page.locator(".downloads")
    taken = {
        name: anna.fetches(files.get_by_role("link", name=name))
        for name in ("PDF", "Actions (CSV)", "Indicators (CSV)", "Recommendations (CSV)", "Everything (JSON)")
    }
    assert taken["PDF"].startswith(b"%PDF-")
    rows = {
        name: list(csv.DictReader(io.StringIO(taken[f"{name} (CSV)"].decode("utf-8-sig"))))
        for name in ("Actions", "Indicators", "Recommendations")
    }
    assert {name: len(found) for name, found in rows.items()} == {
        "Actions": 24,
        "Indicators": 35,
        "Recommendations": 46,
    }
    assert len(json.loads(taken["Everything (JSON)"])["indicators"]) == 35
    feed = ElementTree.fromstring(anna.fetches(files.get_by_role("link", name="Feed (Atom)")))  # noqa: S314 - our own feed
    titles = [str(each.findtext("{*}title")) for each in feed.iter() if each.tag.endswith("entry")]
    assert len([title for title in titles if title.startswith("Report released")]) == 3, titles


@pytest.mark.parametrize(
    ("language", "name", "shares"),
    [("da", "Dansk", ("71,4", "78,1")), ("nb", "Norsk bokmål", ("71,4", "78,1")), ("sv", "Svenska", ("71,4", "78,1"))],
)
def test_mette_kari_and_karin_read_the_same_numbers_in_their_language(
    arrives_to_read: Arrives, language: str, name: str, shares: tuple[str, str]
) -> None:
    reader = arrives_to_read(name)
    reader.opens(REPORT)
    reader.page.locator("summary").filter(has_text="English").click()
    reader.follows(name, within=reader.page.locator(".site-head"))
    assert reader.page.url.endswith(f"/{language}{REPORT}")
    for page in EVERY_PAGE:
        reader.opens(f"/{language}{page}")
        assert reader.page.locator("html").get_attribute("lang") == language
        if page == REPORT:
            text = reader.text()
            assert all(number in text for number in (*shares, "35", "32")), text


def test_bo_reads_everything_with_script_switched_off(arrives_to_read: Arrives) -> None:
    bo = arrives_to_read("Bo", script=False)
    bo.opens("/promises/")
    bo.reads(HEADLINE)
    bo.follows("All actions")
    bo.types("Words", "ombudsperson")
    bo.presses("Show")
    bo.reads(re.compile("of 24"), "A2 Ombudsperson system")
    for page in EVERY_PAGE:
        bo.opens(page)
        assert bo.page.locator("main h1, main h2").count()


def test_clara_reads_with_the_keyboard_alone(arrives_to_read: Arrives) -> None:
    clara = arrives_to_read("Clara")
    clara.opens(REPORT)
    keyboard = clara.page.keyboard
    keyboard.press("Tab")
    assert clara.stands_on() == "To the content"
    assert clara.sees_where_she_stands()
    keyboard.press("Enter")
    keyboard.press("Tab")
    stops: list[str] = []
    for _ in range(25):
        stops.append(clara.stands_on())
        assert clara.sees_where_she_stands(), f"no outline on {stops[-1]!r}"
        keyboard.press("Tab")
    assert "Promises" in stops[0], stops
    assert len(set(stops)) > 15, f"the keyboard is caught: {stops}"
    keyboard.press("Shift+Tab")
    with clara.page.expect_navigation():
        clara.page.get_by_role("main").get_by_role("link", name="What changed").first.press("Enter")
    clara.reads("Every other change in words")


@pytest.mark.parametrize("page", [REPORT, f"{REPORT}indicators/I3/", f"{PLAN}changes/"])
def test_david_prints_the_page_and_paper_has_no_navigation(arrives_to_read: Arrives, page: str) -> None:
    david = arrives_to_read("David")
    david.page.goto(page)
    david.page.emulate_media(media="print")
    for selector in ("nav", "button", ".site-menu", ".site-head-tools", ".tabs", ".breadcrumbs", "form.filters"):
        shown = david.page.locator(selector).locator("visible=true")
        assert not shown.count(), f"{selector} is printed: {shown.first.inner_text()}"
    assert fits_on_paper(david)
    assert set(david.page.evaluate(BREAKS)) <= {"auto avoid"}, "a drawing keeps together, its table may go on overleaf"
    assert david.page.pdf(format="A4").startswith(b"%PDF-")


def fits_on_paper(visitor: Visitor) -> bool:
    """Whether nothing is cut off at the right edge of a sheet of A4 (642 pixels between its margins)."""
    visitor.page.set_viewport_size({"width": 674, "height": 1000})
    return bool(visitor.page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))
