"""A meeting while it is held: line by line the phone says what is in the box, who was not called, and what is due."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from journeys.house import ROOT
from journeys.phone import HERE, a_phone

VECTORS = ROOT / "src" / "omsorg" / "savings" / "vectors"
TABLES = [json.loads((VECTORS / f"{name}.json").read_text()) for name in ("meetings", "large", "leaving")]
POSTED = [
    pytest.param(table["states"], vector, id=vector["name"])
    for table in TABLES
    for vector in table["vectors"]
    if "outcome" in vector
]
FOLLOW = """async ([kept, document]) => {
  const { soFar } = await import("/savings/sofar.js");
  return [...document.lines, null].map((_line, place) => {
    try {
      return soFar(kept, { ...document, lines: document.lines.slice(0, place) });
    } catch (wrong) {
      return { broken: wrong.rule };
    }
  });
}"""
DUE = ("charge_due", "project_in")


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    with a_phone(browser) as phone:
        page = phone.new_page()
        page.goto(HERE)
        yield page


def followed(page: Page, states: dict[str, Any], vector: dict[str, Any]) -> list[dict[str, Any]]:
    """What the phone says before the first line, and after each."""
    return page.evaluate(FOLLOW, [states[vector["state"]], vector["document"]])


@pytest.mark.parametrize(("states", "vector"), POSTED)
def test_a_meeting_that_is_posted_can_be_followed_line_by_line(states: Any, vector: Any, page: Page) -> None:
    told = followed(page, states, vector)
    opens = vector["document"]["lines"][0]["kind"] == "cycle_open"
    assert {said["broken"] for said in told[opens:] if "broken" in said} <= {"not-decided"}
    last, after = told[-1], states[vector["outcome"]["state"]]
    assert last["boxes"].items() >= after["closing"].items()
    assert (last["uncalled"], last["gaps"], last["due"]) == ([], {}, [])
    assert last["uncounted"] == {"opening": [], "closing": []}


@pytest.mark.parametrize(("states", "vector"), POSTED)
def test_what_the_rules_ask_for_is_offered_before_it_is_written(states: Any, vector: Any, page: Page) -> None:
    told = followed(page, states, vector)
    for line, before in zip(vector["document"]["lines"], told, strict=False):
        if line["kind"] in DUE:
            offered = {name: fact for name, fact in line.items() if name != "n"}
            assert offered in before["due"]


def test_before_the_first_line_everybody_is_to_be_called_and_all_to_be_counted(page: Page) -> None:
    states = TABLES[0]["states"]
    vector = next(vector for vector in TABLES[0]["vectors"] if vector["name"] == "ordinary meeting")
    first = followed(page, states, vector)[0]
    kept = states[vector["state"]]
    assert first["step"] == ""
    assert first["uncalled"] == sorted(map(int, kept["members"]))
    assert first["boxes"] == kept["closing"]
    assert first["uncounted"] == {fund: ["loan", "social", "project"] for fund in ("opening", "closing")}
    assert first["gaps"] == {}
