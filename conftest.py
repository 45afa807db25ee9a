"""The tests' database: migrated by the owner, used by the tests as the application's own role.

Each test runs in a transaction that is rolled back. A test that needs several transactions or processes asks for
`own_database`: a fresh copy made from a template, so that nothing is ever truncated (the house refuses it).
"""

import inspect
import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connections, transaction
from django.template.base import Node
from django.utils import translation

from databases import address, copy, drop, owner_sql, point_at


def pytest_configure() -> None:
    """Static files are served from their sources in tests; the folder they are collected into must only be there."""
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    settings.TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = NotGiven("%s")
    hypothesis.settings.register_profile(
        "any machine", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
    )
    hypothesis.settings.load_profile("any machine")


class NotGiven(str):
    """Stands in a page for a variable that nobody gave it: an error in our templates, silence in those of packages."""

    def __mod__(self, name: object) -> str:
        frame = inspect.currentframe()
        while frame is not None:
            node = frame.f_locals.get("self")
            if isinstance(node, Node):
                if "site-packages" in str(node.origin):
                    return ""
                raise AssertionError(f"{node.origin} shows {name}, which is not given")
            frame = frame.f_back
        raise AssertionError(f"{name} is not given")


@pytest.fixture(autouse=True)
def only_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test speaks to another machine."""
    connect = socket.socket.connect

    def connect_here(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX and address[0] not in ("127.0.0.1", "::1", "localhost"):
            raise AssertionError(f"a test tried to reach {address[0]}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", connect_here)


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """Each test begins in English, whatever language the page read by the one before was in."""
    with translation.override("en"):
        yield


@pytest.fixture(scope="session", autouse=True)
def own_folders(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Files and letters of the tests go into folders of their own."""
    settings.MEDIA_ROOT = tmp_path_factory.mktemp("files")
    settings.EMAIL_FILE_PATH = tmp_path_factory.mktemp("mail")


@pytest.fixture(scope="session")
def _test_database_name(request: pytest.FixtureRequest) -> str:
    worker = os.environ.get("PYTEST_XDIST_WORKER", "gw")
    return f"test_omsorg_{os.getpid()}_{worker}"


@pytest.fixture(scope="session")
def django_db_setup(_test_database_name: str, django_db_blocker: Any) -> Iterator[None]:
    """Make the template and the tests' database; drop both at the end."""
    from omsorg.site.opening import open_to_the_application

    template = f"{_test_database_name}_template"
    settings.OMSORG_HOME_DATABASE = settings.DATABASES["owner"]["NAME"]
    with django_db_blocker.unblock():
        drop(_test_database_name, template)
        owner_sql(f'CREATE DATABASE "{template}"')
        point_at(template)
        call_command("migrate", database="owner", verbosity=0)
        open_to_the_application(settings.DATABASES["default"]["USER"])
        for alias in ("default", "owner"):
            connections[alias].close()
        copy(template, _test_database_name)
        point_at(_test_database_name)
    settings.OMSORG_TEST_TEMPLATE = template
    yield
    with django_db_blocker.unblock():
        for alias in ("default", "owner"):
            connections[alias].close()
        drop(_test_database_name, template)


@pytest.fixture
def taken_back(db: None) -> Iterator[None]:
    """A whole example is loaded and taken back: no sum is made anew for each of its organisations at the end."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def own_database(_test_database_name: str, django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """A database of this test's own, empty but migrated: real commits, several connections, other processes."""
    name = f"{_test_database_name}_own"
    with django_db_blocker.unblock():
        copy(settings.OMSORG_TEST_TEMPLATE, name)
        point_at(name)
        try:
            yield name
        finally:
            point_at(_test_database_name)
            drop(name)


@pytest.fixture
def own_environment(own_database: str) -> dict[str, str]:
    """The environment in which another process works on this test's own database."""
    return {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(str(Path(__file__).parent / folder) for folder in ("src", "tests")),
        "OMSORG_DATABASE_URL": address("default", own_database),
        "OMSORG_OWNER_DATABASE_URL": address("owner", own_database),
        "OMSORG_SECRET_KEY": settings.SECRET_KEY,
    }


@pytest.fixture
def world(db: None) -> Any:
    """The organisations, people and plan that every test knows (tests/world.py)."""
    from world import make_world

    return make_world()
