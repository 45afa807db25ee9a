"""Somebody at a browser: opens, follows, presses, types. Every page met on the way is looked at.

Looking means: no error on the page or in its console, nothing it asked for that failed, no rule of WCAG 2.2 AA broken
by daylight or in the dark, at a desk (1280 pixels) or on a phone (360), and on the phone nothing that must be moved
sideways but tables. A page that stands there word for word as before is looked at once.
"""

import hashlib
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path

from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Request, Response

from omsorg.federation.models import Account

AXE = (files("axe_playwright_python") / "axe.min.js").read_text()
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOUR = ["color-contrast", "link-in-text-block"]
DESK = {"width": 1280, "height": 900}
PHONE = {"width": 360, "height": 740}
PICTURES = os.environ.get("JOURNEY_PICTURES")

PARTS = """() => {
  const body = document.body.cloneNode(true);
  for (const token of body.querySelectorAll("[name=csrfmiddlewaretoken]")) token.remove();
  const main = body.querySelector("main");
  const words = main?.outerHTML ?? "";
  main?.remove();
  for (const link of body.querySelectorAll("[href], [action]")) ["href", "action"].map((a) => link.removeAttribute(a));
  return [words, document.body.className + body.outerHTML];
}"""
EXAMINE = """async ([only, known]) => {
  const build = (each) => each.tagName + each.className + [...each.attributes].map(({ name }) => name) +
    [...each.children].map(build).join("|") + (each.children.length ? "" : !each.textContent.trim());
  const alike = (each) => {
    const built = build(each);
    for (let before = each.previousElementSibling; before; before = before.previousElementSibling) {
      if ((before.built ??= build(before)) === built) return true;
    }
    return false;
  };
  const exclude = [...document.querySelectorAll("main :is(tr, li)")].filter(alike);
  const context = known ? { include: document, exclude: "main" } : { include: document, exclude };
  const found = await axe.run(context, { resultTypes: ["violations"], runOnly: only });
  return found.violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ html, target, any }) =>
      `${id}: ${help} at ${target} ${html.slice(0, 160)} ${any[0]?.message ?? ""}`));
}"""
DRAWN = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
SIDEWAYS = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  const marked = (each) => each.closest(".table, [data-omsorg-scroll], .unseen");
  return [...document.body.querySelectorAll("*")]
    .filter((each) => each.getBoundingClientRect().right > width + 1 && !marked(each))
    .map((each) => `<${each.tagName.toLowerCase()} class="${each.className}"> ${each.textContent.trim().slice(0, 60)}`)
    .slice(0, 4).concat("the page is wider than the screen");
}"""

LINKS = """() => [...document.querySelectorAll("a[href]")]
  .filter((link) => link.origin === location.origin && !link.hreflang && !link.lang && !link.closest(".languages"))
  .map((link) => link.pathname + link.search)"""
FOCUS_SHOWS = """() => {
  const stood = document.activeElement;
  const { outlineStyle, outlineWidth } = getComputedStyle(stood);
  const { width, height, bottom, top } = stood.getBoundingClientRect();
  return outlineStyle !== "none" && parseFloat(outlineWidth) >= 2
    && width > 0 && height > 0 && bottom > 0 && top < innerHeight;
}"""


class Visitor:
    """A person at a browser window. The name is used in what is said about faults."""

    seen: set[str] = set()
    pictures_taken = 0

    def __init__(self, browser: Browser, address: str, name: str, *, script: bool = True) -> None:
        self.name, self.address, self.has_script = name, address, script
        self.faults: list[str] = []
        self.expected = frozenset({200})
        self.context = browser.new_context(
            base_url=address, viewport=DESK, reduced_motion="reduce", java_script_enabled=script, locale="en-GB"
        )
        self.context.set_default_timeout(10_000)
        self.page: Page = self.context.new_page()
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.faults.append(f"{self.page.url}: {error}"))
        self.page.on("requestfailed", self._miss)
        self.page.on("response", self._receive)

    def is_signed_in_as(self, email: str) -> None:
        """As if signed in a moment ago: for journeys that tell of something else than signing in."""
        client = Client()
        client.force_login(Account.objects.get(email=email))
        value = client.cookies[settings.SESSION_COOKIE_NAME].value
        self.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": self.address}])

    # ---- what a person does ----

    def signs_in(self, email: str, password: str) -> None:
        """Through the front door, with a password."""
        self.opens("/account/login/")
        self.types("Email", email)
        self.types("Password", password)
        self.presses("Sign in")

    def signs_out(self) -> None:
        self.page.locator(".site-head summary").last.click()
        self.presses("Sign out", within=self.page.locator(".site-head"))

    def opens(self, path: str, *, status: int = 200) -> None:
        """Go to an address, and look at the page that comes."""
        with self.expecting(status):
            response = self.page.goto(path)
            assert response is not None
            assert response.status == status, f"{self.name}: {path} answered {response.status}"
            self.looks()

    def follows(self, name: str | re.Pattern[str], *, within: Locator | None = None) -> None:
        """Follow the first link of this name."""
        place = within or self.page.get_by_role("main")
        link = place.get_by_role("link", name=name, exact=isinstance(name, str)).first
        self._goes_on(link)

    def presses(self, name: str | re.Pattern[str], *, within: Locator | None = None, status: int = 200) -> None:
        """Press the first button of this name, and look at the page that comes."""
        place = within or self.page.get_by_role("main")
        button = place.get_by_role("button", name=name, exact=isinstance(name, str)).first
        with self.expecting(status):
            self._goes_on(button)

    def presses_here(self, name: str | re.Pattern[str]) -> None:
        """Press a button that changes this page and leads to no other."""
        self.page.get_by_role("main").get_by_role("button", name=name, exact=isinstance(name, str)).first.click()

    def presses_without_a_network(self, name: str) -> None:
        """Press a button while nothing can be reached: the browser says so, and nothing was sent."""
        before = list(self.faults)
        self.context.set_offline(True)
        with self.page.expect_event("requestfailed"):
            self.presses_here(name)
        self.context.set_offline(False)
        self.faults = before

    def field(self, label: str) -> Locator:
        """The field of this name, whether or not it may be left empty."""
        return self.page.get_by_label(re.compile(rf"^\s*{re.escape(label)}\s*(\(optional\))?\s*$"))

    def types(self, label: str, value: str) -> None:
        self.field(label).fill(value)

    def chooses(self, label: str, option: str) -> None:
        """The first choice that begins with `option`: some tell more beside it."""
        field = self.field(label)
        begins = re.compile(rf"^\s*{re.escape(option)}")
        field.select_option(value=field.locator("option").filter(has_text=begins).first.get_attribute("value"))

    def reads(self, *sentences: str | re.Pattern[str]) -> None:
        """Each sentence stands on the page, where it can be seen."""
        text = self.text()
        for sentence in sentences:
            assert _stands_in(text, sentence), f"{self.name} does not find {sentence!r} on {self.page.url}: {text}"

    def misses(self, *sentences: str | re.Pattern[str]) -> None:
        text = self.text()
        for sentence in sentences:
            assert not _stands_in(text, sentence), f"{self.name} finds {sentence!r} on {self.page.url}: {text}"

    def text(self) -> str:
        """What the page says, in one line."""
        return " ".join(self.page.locator("main").inner_text().split())

    def fetches(self, link: Locator) -> bytes:
        """What stands behind a link to a file."""
        answer = self.context.request.get(str(link.get_attribute("href")))
        assert answer.ok, f"{link.inner_text()}: {answer.status}"
        return answer.body()

    def links(self) -> list[str]:
        """Where one can go from here, within the site and in this language."""
        return list(self.page.evaluate(LINKS))

    def stands_on(self) -> str:
        """The words of what the keyboard stands on."""
        return str(
            self.page.evaluate("(document.activeElement.innerText || document.activeElement.value || '').trim()")
        )

    def stands_on_field(self) -> str:
        """The name of the field that the keyboard stands in."""
        return str(self.page.evaluate("document.activeElement.getAttribute('aria-label')"))

    def sees_where_she_stands(self) -> bool:
        return bool(self.page.evaluate(FOCUS_SHOWS))

    def closes(self) -> None:
        """Leave; whatever went wrong on the way is said now."""
        self.context.close()
        assert not self.faults, f"{self.name} met faults:\n" + "\n".join(self.faults)

    # ---- looking ----

    def looks(self) -> None:
        """Look at this page by daylight and in the dark, at a desk and on a phone."""
        if not self.has_script:
            return
        content, frame = (hashlib.sha256(part.encode()).hexdigest() for part in self.page.evaluate(PARTS))
        if {content, frame} <= Visitor.seen:
            return
        is_known = content in Visitor.seen
        Visitor.seen |= {content, frame}
        self.page.evaluate(AXE)
        for size in (DESK, PHONE):
            self.page.set_viewport_size(size)  # type: ignore[arg-type]
            self.page.evaluate(DRAWN)
            for light in ("light", "dark"):
                self.page.emulate_media(color_scheme=light)  # type: ignore[arg-type]
                how = f"{size['width']} pixels, {light}"
                only = {"type": "tag", "values": TAGS} if light == "light" else {"type": "rule", "values": COLOUR}
                self.faults += [
                    f"{self.page.url} ({how}): {each}" for each in self.page.evaluate(EXAMINE, [only, is_known])
                ]
                if PICTURES and not is_known:
                    self._picture(how)
            self.faults += [
                f"{self.page.url} ({size['width']} pixels): {each}" for each in self.page.evaluate(SIDEWAYS)
            ]
        self.page.set_viewport_size(DESK)  # type: ignore[arg-type]
        self.page.emulate_media(color_scheme="light")

    def _picture(self, how: str) -> None:
        Visitor.pictures_taken += 1
        name = re.sub(r"[^a-z0-9]+", "-", self.page.url.removeprefix(self.address).lower()).strip("-") or "home"
        number, size = (Visitor.pictures_taken + 3) // 4, how.replace(" pixels, ", "-")
        self.page.screenshot(path=Path(str(PICTURES)) / f"{number:03}-{name[:80]}-{size}.png", full_page=True)

    # ---- listening ----

    @contextmanager
    def expecting(self, *status: int) -> Iterator[None]:
        """For a while these answers, and no others, are no faults."""
        before, self.expected = self.expected, frozenset({200, *status})
        yield
        self.expected = before

    def _goes_on(self, control: Locator) -> None:
        assert control.count(), f"{self.name} does not find {control} on {self.page.url}: {self.text()}"
        with self.page.expect_navigation(wait_until="load"):
            control.click()
        self.looks()

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.faults.append(f"{self.page.url} console: {message.text}")

    def _miss(self, request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":
            self.faults.append(f"{request.method} {request.url} failed: {request.failure}")

    def _receive(self, response: Response) -> None:
        if response.status >= 400 and response.status not in self.expected:
            self.faults.append(f"{response.request.method} {response.url} answered {response.status}")


def _stands_in(text: str, sentence: str | re.Pattern[str]) -> bool:
    return bool(sentence.search(text)) if isinstance(sentence, re.Pattern) else sentence in text


Arrives = Callable[..., Visitor]
