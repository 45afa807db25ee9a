"""Everybody walks through the whole site by its links: one page of each kind, every one sound and fit to be read."""

import re
from collections import deque
from io import StringIO
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.core.management import call_command
from django.urls import resolve
from django.utils.translation import get_language_from_path, override

from journeys.visitor import Arrives, Visitor
from omsorg.ombuds.example.loading import example_passphrase

EVERYBODY = {
    "a visitor": "",
    "Neema, reporting officer": "officer.tanzania@example.org",
    "Lars, verifier": "verifier.norway@example.org",
    "Goran, reviewer": "reviewer.africa@example.org",
    "Ana, plan owner": "plan.owner@example.org",
    "Björn, publisher": "publisher@example.org",
    "Esi, housekeeper": "housekeeper@example.org",
    "Amina, focal person": "focal.tanzania@example.org",
    "Rehema, writer for the public": "openness.writer@example.org",
    "Hanna, releaser": "openness.releaser@example.org",
    "Baraka, teller of sponsors": "openness.teller@example.org",
    "a stranger": "stranger@example.org",
}
FILE = re.compile(r"\.(csv|json|pdf|atom|xlsx)$")


@pytest.mark.parametrize("who", EVERYBODY)
def test_every_page_that_somebody_finds_is_sound_and_accessible(arrives_to_read: Arrives, who: str) -> None:
    somebody = arrives_to_read(who, EVERYBODY[who])
    kinds = walk(somebody)
    assert len(kinds) > 10, kinds


def test_every_page_of_whoever_hears_children_is_sound_and_accessible(arrives: Arrives) -> None:
    call_command("load_ombuds_example", stdout=StringIO())
    zuhura = arrives("Zuhura, ombudsperson", "ombuds.tanzania@example.org")
    zuhura.opens("/ombuds/", status=423)
    zuhura.types("Passphrase", example_passphrase())
    zuhura.presses("Unlock")
    met = walk(zuhura, begins="/ombuds/")
    wanted = {"desk", "case", "act", "take-down", "travelling", "advice-list", "advice", "recommend", "visits", "year"}
    assert {f"ombuds:{page}" for page in (*wanted, "keys", "colleagues", "passphrase")} <= met, met


def walk(somebody: Visitor, *, begins: str = "/") -> set[str]:
    """Follow every link from page to page, one address for each kind of page; of an act, one for each act; of a form
    letter, one for each reading level. Says which kinds were met."""
    met: set[str] = set()
    seen: set[tuple[str, str | None]] = set()
    waiting = deque([begins])
    while waiting:
        path = waiting.popleft()
        address = urlsplit(path).path
        with override(get_language_from_path(address) or settings.LANGUAGE_CODE):
            found = resolve(address)
        told = found.kwargs
        kind, act = found.view_name, told.get("verb") or told.get("do") or told.get("reading")
        if (kind, act) in seen:
            continue
        seen.add((kind, act))
        met.add(kind)
        if FILE.search(address):
            answer = somebody.context.request.get(path)
            assert answer.ok, f"{path} answered {answer.status}"
            continue
        somebody.opens(path)
        waiting.extend(somebody.links())
    return met
