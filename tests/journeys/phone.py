"""Phones of savings groups: one with nothing on its pages, where only the modules are looked at as they lie there,
and one that opens the page of the house.
"""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from journeys.house import ROOT
from journeys.visitor import AXE, TAGS

HERE = "https://phone.example/"

SMALL = {"width": 360, "height": 740}
AT_REST = "() => navigator.serviceWorker.ready.then(() => true)"
SIDEWAYS = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
PICTURES = os.environ.get("JOURNEY_PICTURES")
TARGETS = """() => [...document.querySelectorAll("button, input, select, .option")]
  .map((each) => [each.closest(".option") ?? each, each.textContent])
  .filter(([each]) => each.getBoundingClientRect().height < 48).map(([each]) => each.outerHTML)"""


@contextmanager
def a_phone(browser: Browser) -> Iterator[BrowserContext]:
    """A phone of its own, which forgets all at the end. Nothing may be complained of in its console."""
    context = browser.new_context()
    faults: list[str] = []
    context.on("console", lambda message: faults.append(message.text))
    context.route(f"{HERE}**", from_disk)
    yield context
    context.close()
    assert faults == []


def from_disk(route: Route) -> None:
    name = route.request.url.removeprefix(HERE)
    if name.endswith(".js"):
        route.fulfill(path=ROOT / "static" / "js" / name, content_type="text/javascript")
    else:
        route.fulfill(body="<!doctype html><title>Phone</title>", content_type="text/html")


@contextmanager
def phone(browser: Browser, language: str = "en", **more: Any) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport=SMALL, locale=language, **more)
    context.set_default_timeout(15_000)
    yield context
    context.close()


def opened(context: BrowserContext, server: str) -> Page:
    page = context.new_page()
    page.goto(f"{server}/savings/phone/")
    page.locator("button.main").wait_for()
    return page


def installed(context: BrowserContext, server: str) -> Page:
    page = opened(context, server)
    assert page.evaluate(AT_REST)
    return page


def looked_at(page: Page, name: str) -> None:
    """Nothing sticks out sideways, everything can be pressed with a thumb, no rule of accessibility is broken."""
    assert page.evaluate(SIDEWAYS) <= 0, name
    assert page.evaluate(TARGETS) == [], name
    page.evaluate(AXE)
    found = page.evaluate("(tags) => axe.run(document, { runOnly: tags })", TAGS)["violations"]
    assert [(each["id"], each["nodes"][0]["html"]) for each in found] == [], name
    if PICTURES:
        Path(PICTURES).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=f"{PICTURES}/{name}.png", full_page=True)


def heading(page: Page, words: str) -> None:
    expect(page.locator("h1")).to_have_text(words)


def onward(page: Page) -> None:
    page.get_by_role("button", name="Next", exact=True).click()


def all_say(page: Page, answer: str) -> None:
    page.get_by_label(answer, exact=True).first.wait_for()
    for group in page.locator("fieldset").all():
        group.get_by_label(answer, exact=True).check()


def count(page: Page, **notes: int) -> None:
    """Press one more for each note; keys are as the phone writes them, without the separator."""
    for note, times in notes.items():
        row = page.locator(".stepper").filter(has_text=re.compile(rf"^{int(note[1:]):,}\s"))
        for _ in range(times):
            row.get_by_role("button", name="One more").click()
    expect(page.get_by_text("Box and book agree.")).to_be_visible()
