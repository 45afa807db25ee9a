"""A phone with nothing on its pages: only the modules are looked at, as they lie in `static/js`."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, BrowserContext, Route

from journeys.house import ROOT

HERE = "https://phone.example/"


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
