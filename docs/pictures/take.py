"""The pictures of the docs, taken of the example site in a real browser: `./omsorg pictures`.

Serves the site on loopback for as long as it takes, and ends what it started. Only the pictures named after the
command are taken, or all.
"""

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from shutil import which

import django
from playwright.sync_api import Browser, Page, sync_playwright

from omsorg.site.children import end, end_when_told
from omsorg.site.embedded import Missing
from omsorg.site.serve import start_web

HERE = Path(__file__).resolve().parent
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
QUIETLY = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"]
DESKTOP, PHONE, SHEET = (1280, 860), (390, 844), (794, 1123)


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture: its name, the address, and how it is looked at. `who` signs in first; `at` is scrolled to."""

    name: str
    address: str
    size: tuple[int, int] = DESKTOP
    who: str = ""
    dark: bool = False
    on_paper: bool = False
    at: str = ""


PLAN = "/promises/safeguarding-example/"
REPORT = f"{PLAN}reports/example-2024-03/"
PICTURES = (
    Picture("plan", REPORT),
    Picture("phone", f"/da{REPORT}", size=PHONE),
    Picture("indicator-dark", f"{REPORT}indicators/I6/", dark=True, at="text=Report by report"),
    Picture("changes", f"{PLAN}changes/?from=example-2023-03&to=example-2024-03"),
    Picture(
        "ledger",
        "/plans/safeguarding-example/answers/norway/2024-H1/",
        who="officer.norway",
        at="text=Indicators answered",
    ),
    Picture("on-paper", REPORT, size=SHEET, on_paper=True),
)


def sign_in(page: Page, site: str, who: str) -> None:
    from omsorg.plans.example.people import example_password

    page.goto(f"{site}/account/login/")
    page.locator("input[name=login]").fill(f"{who}@example.org")
    page.locator("input[name=password]").fill(example_password())
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url(lambda address: "/account/" not in address)


def take(browser: Browser, site: str, picture: Picture) -> None:
    width, height = picture.size
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if picture.dark else "light",
        reduced_motion="reduce",
        bypass_csp=picture.on_paper,
        locale="en-GB",
    )
    page = context.new_page()
    if picture.who:
        sign_in(page, site, picture.who)
    answer = page.goto(site + picture.address, wait_until="networkidle")
    if answer is None or not answer.ok:
        raise Missing(f"{picture.address} cannot be photographed: {answer and answer.status}.")
    if picture.on_paper:
        page.emulate_media(media="print")
        page.add_style_tag(content="body { padding: 3rem }")
    if picture.at:
        page.locator(picture.at).first.evaluate("here => here.scrollIntoView()")
    page.screenshot(path=HERE / f"{picture.name}.png")
    context.close()


def main(names: Sequence[str]) -> int:
    end_when_told()
    chromium = next(filter(None, map(which, BROWSERS)), None)
    if chromium is None:
        sys.stderr.write("omsorg: the pictures need a browser: sudo apt-get install chromium\n")
        return 1
    os.environ["OMSORG_HTTPS"] = "0"
    django.setup()
    web, port = start_web("127.0.0.1")
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=QUIETLY)
            for picture in PICTURES:
                if not names or picture.name in names:
                    take(browser, f"http://localhost:{port}", picture)
                    sys.stdout.write(f"docs/pictures/{picture.name}.png\n")
            browser.close()
    finally:
        end([web], patience=5)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
