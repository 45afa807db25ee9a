"""A line that was too slow: a child is told so in its language, with the number and the way out."""

import asyncio
from typing import Any

import pytest

from omsorg.site import asgi


def answered(path: str) -> tuple[int, dict[str, str], str]:
    sent: list[dict[str, Any]] = []

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    asyncio.run(asgi._say_too_slow({"path": path}, send))
    head, body = sent
    headers = {name.decode(): value.decode() for name, value in head["headers"]}
    assert int(headers["content-length"]) == len(body["body"])
    return head["status"], headers, body["body"].decode()


@pytest.mark.parametrize(
    ("path", "language", "said"),
    [
        ("/t/sw/write/", "sw", "Ujumbe ulikuja polepole mno"),
        ("/t/ar/read/", "ar", "وصل ببطء شديد"),
        ("/t/zz/write/", "en", "It came too slowly, and we could not keep it."),
        ("/t/exit/", "en", "It came too slowly, and we could not keep it."),
    ],
)
def test_a_child_reads_it_on_a_page_of_its_own(path: str, language: str, said: str) -> None:
    status, headers, page = answered(path)
    assert (status, headers["content-language"], headers["cache-control"]) == (408, language, "no-store")
    assert "default-src 'none'" in headers["content-security-policy"]
    assert headers["connection"] == "close"
    assert said in page
    assert 'href="/t/exit/"' in page
    assert "112" in page


def test_everybody_else_reads_one_sentence() -> None:
    status, headers, said = answered("/plans/import/")
    assert (status, headers["content-type"]) == (408, "text/plain")
    assert said == asgi.TOO_SLOW.decode()
