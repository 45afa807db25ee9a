"""A photograph kept with an incident loses where and when it was taken, unless just that is the evidence."""

import zlib
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from omsorg.kernel.files import open_file
from omsorg.kernel.wall import as_house
from omsorg.safeguarding.actions.documents import CannotBeCleaned, KeptAlready, keep_document
from omsorg.safeguarding.models import Document, Incident, Step
from omsorg.safeguarding.rules.codes import StepKind
from omsorg.safeguarding.rules.conflicts import ReasonMissing
from omsorg.safeguarding.tests.handling import AT, acting, enter_people, looked_at, raised
from world import World

GPS = b"GPSMARKER 3.3667 S 36.6833 E"


def chunk(name: bytes, content: bytes) -> bytes:
    return len(content).to_bytes(4, "big") + name + content + zlib.crc32(name + content).to_bytes(4, "big")


def photograph(place: bytes = GPS) -> bytes:
    """A picture of one grey point that tells where it was taken."""
    head = chunk(b"IHDR", b"\0\0\0\1\0\0\0\1\x08\0\0\0\0")
    picture = chunk(b"IDAT", zlib.compress(b"\0\x80"))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"eXIf", place) + picture + chunk(b"IEND", b"")


@pytest.fixture
def house(world: World) -> World:
    return enter_people(world)


@pytest.fixture
def code(house: World) -> str:
    made = raised(house)
    looked_at(house, made)
    return made


def keep(house: World, code: str, content: bytes, **said: Any) -> Document:
    with acting(house, "focal") as by:
        given = {"incident": Incident.objects.get(code=code), "limit": 10_000, "by": by, "at": AT}
        return keep_document(name="yard.png", content=content, **given, **said)


def kept(document: Document) -> bytes:
    with open_file(document.stored_as) as file:
        return file.read()


def step() -> Step:
    with as_house():
        return Step.objects.get(kind=StepKind.DOCUMENT_KEPT)


def test_where_it_was_taken_is_taken_out(house: World, code: str) -> None:
    document = keep(house, code, photograph())
    assert GPS not in kept(document)
    assert b"IDAT" in kept(document)
    assert (document.size, step().facts["is_cleaned"]) == (len(kept(document)), True)
    with pytest.raises(KeptAlready):
        keep(house, code, photograph(b"from elsewhere"))


def test_as_evidence_it_stays_as_it_came_with_the_reason_on_record(house: World, code: str) -> None:
    with pytest.raises(ReasonMissing):
        keep(house, code, photograph(), as_it_came=" ")
    document = keep(house, code, photograph(), as_it_came="It shows that he was there")
    assert kept(document) == photograph()
    assert (step().note, step().facts["as_it_came"]) == ("It shows that he was there", True)


def test_what_cannot_be_cleaned_is_refused_unless_it_is_evidence(house: World, code: str) -> None:
    broken = photograph()[:-20]
    with pytest.raises(CannotBeCleaned):
        keep(house, code, broken)
    assert kept(keep(house, code, broken, as_it_came="All that is left of it")) == broken


def test_the_page_says_so_and_takes_it(house: World, code: str) -> None:
    client = Client()
    client.force_login(house.account["focal"])
    address = f"/safeguarding/incidents/{code}/document/"
    page = client.get(address).content.decode()
    assert "at most" in page
    assert "Keep it as it came, it is evidence" in page
    file = SimpleUploadedFile("yard.png", photograph(), "image/png")
    assert client.post(address, {"file": file, "expected": ""}).status_code == 302
    with as_house():
        assert GPS not in kept(Document.objects.get())
    shown = client.get(f"/safeguarding/incidents/{code}/").content.decode()
    assert "where, when and with which device it was taken is taken out" in shown
