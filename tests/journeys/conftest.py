"""One house and one browser for all journeys; each journey that changes something begins on a database of its own."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Browser, sync_playwright

from databases import address, point_at
from journeys.house import ROOT, Stage, free_port, serving
from journeys.visitor import Arrives, Visitor

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
QUIETLY = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.journey)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium as it is installed on this machine."""
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    if program is None:
        told = "The journeys need a browser: sudo apt-get install chromium"
        pytest.fail(told) if os.environ.get("CI") else pytest.skip(told)
    # The browser's driver keeps an event loop in this thread, and the tests ask the database beside it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=program, args=QUIETLY)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def stage(browser: Browser, _test_database_name: str, django_db_setup: None, django_db_blocker: Any) -> Iterator[Stage]:
    stage = Stage(f"{_test_database_name}_journey")
    with django_db_blocker.unblock():
        stage.build(settings.OMSORG_TEST_TEMPLATE)
        stage.set_up(to_change=False)
        yield stage
        point_at(_test_database_name)
        stage.take_down()


@pytest.fixture(scope="session")
def server(stage: Stage, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the site."""
    home, port = tmp_path_factory.mktemp("home"), free_port()
    settings.MEDIA_ROOT = home / "files"
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT / "src"),
        "OMSORG_DATABASE_URL": address("default", stage.name),
        "OMSORG_OWNER_DATABASE_URL": address("owner", stage.name),
        "OMSORG_SECRET_KEY": settings.SECRET_KEY,
        "OMSORG_HOME": str(home),
        "OMSORG_BASE_URL": f"http://localhost:{port}",
        "OMSORG_EXAMPLE": "1",
        "OMSORG_SMTP_URL": "",
    }
    with serving(environment, port, home / "server.log"):
        yield f"http://localhost:{port}"
    said = (home / "server.log").read_text()
    assert "Traceback" not in said, said


def _arriving(browser: Browser, server: str) -> Iterator[Arrives]:
    visitors: list[Visitor] = []

    def arrive(name: str, email: str = "", **kwargs: Any) -> Visitor:
        visitor = Visitor(browser, server, name, **kwargs)
        visitors.append(visitor)
        if email:
            visitor.is_signed_in_as(email)
        return visitor

    yield arrive
    for visitor in visitors:
        visitor.closes()


@pytest.fixture
def arrives(browser: Browser, stage: Stage, server: str, _test_database_name: str) -> Iterator[Arrives]:
    """`arrives("Neema", "officer.tanzania@example.org")`: somebody sits down at a browser, in a house to change."""
    stage.set_up(to_change=True)
    yield from _arriving(browser, server)
    point_at(_test_database_name)


@pytest.fixture
def arrives_to_read(browser: Browser, stage: Stage, server: str, _test_database_name: str) -> Iterator[Arrives]:
    """The same in a house where nothing is changed, so that the next journey need not begin afresh."""
    stage.set_up(to_change=False)
    yield from _arriving(browser, server)
    point_at(_test_database_name)
