"""Every page that only shows runs under the reading guard, and none of them tries to write."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.module_loading import import_string

from omsorg.kernel.wall import InPersonsName
from world import World


def test_the_guard_is_the_innermost_middleware() -> None:
    innermost = import_string(settings.MIDDLEWARE[-1])
    assert issubclass(innermost, InPersonsName)
    before = [import_string(path) for path in settings.MIDDLEWARE[:-1]]
    assert not any(isinstance(m, type) and issubclass(m, InPersonsName) for m in before)


def addresses(patterns: list[URLPattern | URLResolver], before: str = "/") -> Iterator[str]:
    """Every address of the site that needs no name or number filled in."""
    for pattern in patterns:
        route = before + str(pattern.pattern).lstrip("^").rstrip("$\\Z")
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, route)
        elif not any(sign in route for sign in "<(*"):
            yield route


@pytest.mark.parametrize("who", [None, "stranger", "housekeeper", "officer", "publisher"])
def test_no_page_without_a_name_or_number_in_its_address_writes(world: World, who: str | None) -> None:
    client = Client()
    if who:
        client.force_login(world.account[who])
    found = sorted(set(addresses(get_resolver().url_patterns)))
    assert "/" in found
    for address in found:
        assert client.get(address).status_code < 500, address
