"""Everything that a person can read in this house, found by itself: nothing here names a page.

Addresses come from the URL configuration, who is let in from the `doors.py` of each system, searches and filters from
the forms and links of the pages, and what stands in addresses from the rows of the systems.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.apps import apps
from django.db import models, transaction
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse
from django.utils import translation

from house.test_every_page import every_door, every_name, is_let_in, samples
from omsorg.federation.access import Acting, acting_as
from omsorg.federation.doors import Door, Who
from omsorg.kernel import clock
from omsorg.kernel.wall import as_house, in_name_of
from omsorg.plans.tests.keys import bearer
from world import World

CHANGES_EACH_TIME = re.compile(rb'="[A-Za-z0-9_=-]{22,}"|"csrf[^"]*": ?"[^"]*"')
"""Long values of chance, as forms carry them; codes of things are shorter."""
ABSENT_CODE, ABSENT_NUMBER = "0" * 12, 2**31 - 1
Answers = dict[str, tuple[int, bytes]]


@dataclass(slots=True)
class Reader:
    """Somebody who reads: a browser and a key, made once, since one's own account shows how often one signs in."""

    world: World
    who: str
    client: Client = field(default_factory=Client)
    key: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.who:
            self.client.force_login(self.world.account[self.who])
            self.key = bearer(self.world, self.who)

    @property
    def acting(self) -> Acting | None:
        if not self.who:
            return None
        person = self.world.person[self.who].pk
        with in_name_of(person):
            return acting_as(person, day=clock.today())

    def read(self, path: str) -> tuple[int, bytes]:
        answer = self.client.get(path, **(self.key if path.startswith("/api/") else {}))
        return answer.status_code, said_by(answer)

    def send(self, path: str) -> tuple[int, bytes]:
        """Send nothing there, and undo whatever it did."""
        with transaction.atomic():
            if path.startswith("/api/"):
                answer = self.client.post(path, {}, content_type="application/json", **self.key)
            else:
                answer = self.client.post(path, {})
            told = answer.status_code, said_by(answer)
            transaction.set_rollback(True)
        return told


def said_by(answer: Any) -> bytes:
    """The body, without what is drawn by chance for each answer."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return CHANGES_EACH_TIME.sub(b"", body)


@dataclass(frozen=True, slots=True)
class Way:
    """One way to write an address: its name, and the words that stand in it."""

    name: str
    words: tuple[str, ...]


class House:
    """The addresses of the house as they are now."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.known = samples(world) | {"do": "note"}

    @cached_property
    def ways(self) -> list[Way]:
        """Every way to write every address. Pages of a second factor are left out: they show a secret of chance."""
        found = []
        for name in every_name():
            *spaces, plain = name.split(":")
            inner = get_resolver()
            for space in spaces:
                _prefix, inner = inner.namespace_dict[space]
            found += [Way(name, tuple(rest[0][0][1])) for rest in inner.reverse_dict.getlist(plain)]
        return [way for way in dict.fromkeys(found) if not way.name.startswith("mfa_")]

    @cached_property
    def doors(self) -> Mapping[str, Door]:
        return every_door()

    def is_open(self, way: Way, acting: Acting | None) -> bool:
        """Whether this door opens for the reader: those of the API are tried by everybody with a key."""
        if way.name.startswith("api:"):
            return True
        door = self.doors[way.name]
        return door.who is not Who.EVERYBODY and is_let_in(door, "get", acting, self.world)

    def path(self, way: Way, **instead: object) -> str | None:
        """The address filled in: with what is known here, or with numbers where it takes nothing else."""
        told: dict[str, object] = {}
        for word in way.words:
            fitting = [
                said
                for said in self.known
                if f"{way.name} {word}".startswith(said.partition(" ")[0]) and said.endswith(f" {word}")
            ]
            told[word] = instead.get(word, self.known.get(max(fitting, key=len, default=word), "no-such"))
        for kwargs in (told, {**dict.fromkeys(way.words, 1), **instead}):
            try:
                with translation.override("en"):
                    return reverse(way.name, kwargs={word: kwargs[word] for word in way.words})
            except NoReverseMatch:
                continue
        return None


class Asking(HTMLParser):
    """What can be asked on a page: its forms that only read, and its links to itself with other choices."""

    def __init__(self, path: str, words: Collection[str]) -> None:
        super().__init__()
        self.path, self.words = path, words
        self.found: set[str] = set()
        self.action: str | None = None
        self.select = ""

    def handle_starttag(self, tag: str, given: list[tuple[str, str | None]]) -> None:
        said = dict(given)
        href = said.get("href") or ""
        if tag == "a" and "?" in href and urlsplit(href).path in ("", self.path):
            self.found.add(self.path + "?" + urlsplit(href).query)
        if tag == "form":
            self.action = None if (said.get("method") or "get").lower() == "post" else said.get("action") or self.path
        name = said.get("name") or ""
        if self.action is None:
            return
        if tag == "select":
            self.select = name
        elif tag == "option" and self.select:
            self._ask(self.select, said.get("value") or "")
        elif tag == "input" and name:
            kind = said.get("type") or "text"
            asked = {
                "date": ["2026-03-02"],
                "checkbox": [said.get("value") or "on"],
                "radio": [said.get("value") or ""],
            }
            for word in asked.get(kind, self.words if kind in ("text", "search") else ()):
                self._ask(name, word)

    def handle_endtag(self, tag: str) -> None:
        self.action = None if tag == "form" else self.action
        self.select = "" if tag == "select" else self.select

    def _ask(self, name: str, value: str) -> None:
        self.found.add(f"{self.action}?{urlencode({name: value})}")


def everything_read(house: House, reader: Reader, *, words: Collection[str], is_whole: bool) -> Answers:
    """Every page, list, count, file, feed and answer of the API, and every search and filter that a page offers.

    `is_whole`: also what is open to everybody, and where this reader is not let in. What a page for everybody offers is
    asked by the public alone.
    """
    acting = reader.acting
    read: Answers = {}
    own: set[str] = set()
    for way in house.ways:
        is_open = house.is_open(way, acting)
        path = house.path(way) if is_whole or is_open else None
        if path is not None:
            read[path] = reader.read(path)
            own |= {path} if is_open or acting is None else set()
    for path in own:
        status, body = read[path]
        if status == 200 and body[:200].lstrip().lower().startswith(b"<!doctype html"):
            page = Asking(path, words)
            page.feed(body.decode())
            read |= {asked: reader.read(asked) for asked in sorted(page.found) if asked not in read}
    return read


def identifiers_of(*systems: str) -> tuple[set[str], set[int]]:
    """Every code and number by which a row of these systems could be asked for."""
    codes, numbers = set[str](), set[int]()
    with as_house():
        for system in systems:
            for model in apps.get_app_config(system).get_models():
                numbers |= set(model._default_manager.values_list("pk", flat=True))
                for column in model._meta.concrete_fields:
                    if isinstance(column, models.CharField) and (column.unique or column.name == "code"):
                        codes |= {code for code in model._default_manager.values_list(column.name, flat=True) if code}
    return codes, numbers


def own_addresses(house: House, systems: Collection[str], there: Collection[object]) -> Iterator[tuple[str, str]]:
    """Each address of these systems that leads to something of theirs, beside the same address of nothing."""
    for way in house.ways:
        if not any(way.name.startswith(f"{system}:") for system in systems) and not way.name.startswith("api:"):
            continue
        for word, kind, absent in (("code", str, ABSENT_CODE), ("number", int, ABSENT_NUMBER)):
            for each in there if word in way.words else ():
                if not isinstance(each, kind):
                    continue
                paths = house.path(way, **{word: each}), house.path(way, **{word: absent})
                if None not in paths and any(f"/{system}/" in str(paths[0]) for system in systems):
                    yield str(paths[0]), str(paths[1])
