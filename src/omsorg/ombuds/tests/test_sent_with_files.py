"""What a child sends along is measured before it is read; whoever sends much waits, and nobody else does."""

import zlib
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from omsorg.ombuds.access import at_the_desk
from omsorg.ombuds.actions import gates
from omsorg.ombuds.models import SealedFile
from omsorg.ombuds.rules.attachments import MEGABYTE
from omsorg.ombuds.tests.office import Desks
from omsorg.ombuds.tests.test_attachments import chunk
from omsorg.ombuds.tests.test_childs_pages import fields, send, text

LARGE_PICTURE = (
    b"\x89PNG\r\n\x1a\n"
    + chunk(b"IHDR", bytes(13))
    + chunk(b"IDAT", zlib.compress(bytes(1_300_000), 0))
    + chunk(b"IEND", b"")
)


class NeverRead:
    """The body of a request that must be answered without it."""

    def readline(self, *_size: int) -> bytes:
        return self.read()

    def read(self, *_size: int) -> bytes:
        raise AssertionError("the body would have been read")


def sent_unread(child: Client, length: int, address: str = "/t/sw/write/") -> Any:
    return child.generic(
        "POST",
        address,
        content_type="multipart/form-data; boundary=b",
        CONTENT_LENGTH=str(length),
        **{"wsgi.input": NeverRead()},
    )


def test_a_picture_larger_than_a_strangers_form_is_taken(desks: Desks, on_monday: None) -> None:
    large = SimpleUploadedFile("me.png", LARGE_PICTURE, content_type="image/png")
    assert large.size > MEGABYTE
    answer = send(Client(), files=large)
    assert answer.status_code == 200
    with at_the_desk(desks.person("amina")):
        assert SealedFile.objects.get().size > MEGABYTE


@pytest.mark.parametrize("address", ["/t/sw/write/", "/t/sw/read/"])
def test_too_much_is_refused_in_the_childs_words_before_it_is_read(address: str) -> None:
    answer = sent_unread(Client(), (settings.ENVIRONMENT.ombuds_largest_mb + 2) * MEGABYTE, address)
    assert answer.status_code == 413
    assert "Hivyo ni vingi mno kutuma kwa mara moja" in text(answer)


@pytest.mark.parametrize("address", ["/t/sw/code/", "/t/sw/code/pictures/", "/t/sw/"])
def test_other_pages_take_a_small_form_at_most(address: str) -> None:
    assert sent_unread(Client(), MEGABYTE + 1, address).status_code == 413


def test_whoever_sends_much_waits_with_the_files_keeps_the_words_and_another_does_not(
    desks: Desks, on_monday: None
) -> None:
    flood, child = Client(REMOTE_ADDR="192.0.2.1"), Client(REMOTE_ADDR="192.0.2.2")
    each = gates.MEGABYTES.limits.each
    for _ in range(each // 40):
        gates.ask_to_send_files("192.0.2.1", 40)
    large = SimpleUploadedFile("me.png", LARGE_PICTURE, content_type="image/png")
    answer = send(flood, message="My long words about the guard", files=large)
    assert answer.status_code == 429
    assert "what you wrote is still here" in text(answer)
    assert "My long words about the guard</textarea>" in text(answer)
    assert "Please choose your files again." in text(answer)
    assert "192.0.2.1" not in text(answer)
    assert SealedFile.objects.count() == 0
    large = SimpleUploadedFile("me.png", LARGE_PICTURE, content_type="image/png")
    assert send(child, files=large).status_code == 200
    assert send(flood).status_code == 200, "words alone are not held up by files"


def test_the_form_that_was_refused_keeps_its_token(desks: Desks, on_monday: None) -> None:
    child = Client()
    form = fields(child.get("/t/en/write/?at=tz"))
    assert sent_unread(child, 300 * MEGABYTE, "/t/en/write/?at=tz").status_code == 413
    assert child.post("/t/en/write/?at=tz", {**form, "message": "Words first"}).status_code == 200


def test_a_small_form_with_a_file_is_counted_too(desks: Desks, on_monday: None) -> None:
    gates.ask_to_send_files("127.0.0.1", gates.MEGABYTES.limits.each)
    small = SimpleUploadedFile("me.png", b"\x89PNG\r\n\x1a\n")
    answer = send(Client(), message="The guard shouts", files=small)
    assert answer.status_code == 429
    assert "The guard shouts</textarea>" in text(answer)
    assert send(Client(), message="The guard shouts").status_code == 200
