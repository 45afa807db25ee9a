"""What the site reads of a request is what was sent, and nobody passes for another."""

from io import BytesIO
from typing import Any

import pytest

from omsorg.site.front.calls import environ_of, length_of, line_of


def scope(*headers: tuple[bytes, bytes], path: bytes = b"/t/en/") -> dict[str, Any]:
    return {
        "type": "http",
        "method": "POST",
        "http_version": "1.1",
        "scheme": "http",
        "raw_path": path,
        "query_string": b"at=tz&x=%00",
        "server": ("127.0.0.1", "8000"),
        "client": ("192.0.2.9", "1234"),
        "headers": list(headers),
    }


def test_the_environment_is_that_of_pep_3333() -> None:
    body = BytesIO(b"abc")
    sent = scope((b"host", b"localhost"), (b"content-type", b"text/plain"), (b"content-length", b"3"))
    environ = environ_of(sent, body)
    assert environ["wsgi.input"] is body
    assert {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": "/t/en/",
        "QUERY_STRING": "at=tz&x=%00",
        "REMOTE_ADDR": "192.0.2.9",
        "HTTP_HOST": "localhost",
        "CONTENT_TYPE": "text/plain",
        "CONTENT_LENGTH": "3",
        "SERVER_PORT": "8000",
    }.items() <= environ.items()
    assert "HTTP_CONTENT_LENGTH" not in environ


def test_a_path_is_given_byte_for_byte() -> None:
    environ = environ_of(scope(path=b"/a%C3%A6%2F%ff/x"), BytesIO())
    assert environ["PATH_INFO"].encode("latin-1") == b"/a\xc3\xa6/\xff/x"


def test_a_header_with_an_underscore_passes_for_no_other() -> None:
    environ = environ_of(scope((b"x_forwarded_for", b"1"), (b"x-forwarded-for", b"2")), BytesIO())
    assert environ["HTTP_X_FORWARDED_FOR"] == "2"


def test_a_header_that_comes_twice_is_one() -> None:
    sent = scope((b"cookie", b"a=1"), (b"cookie", b"b=2"), (b"accept", b"a"), (b"accept", b"b"))
    environ = environ_of(sent, BytesIO())
    assert (environ["HTTP_COOKIE"], environ["HTTP_ACCEPT"]) == ("a=1; b=2", "a,b")


@pytest.mark.parametrize(
    ("forwarded", "proxies", "line"),
    [
        pytest.param(b"198.51.100.7", 0, "192.0.2.9", id="nobody is believed"),
        pytest.param(b"198.51.100.7", 1, "198.51.100.7", id="one proxy"),
        pytest.param(b"203.0.113.1, 198.51.100.7", 1, "198.51.100.7", id="what the caller said before is not believed"),
        pytest.param(b"203.0.113.1, 198.51.100.7", 2, "203.0.113.1", id="two proxies"),
        pytest.param(b"203.0.113.1", 2, "192.0.2.9", id="one of two has said nothing"),
        pytest.param(b"", 1, "192.0.2.9", id="the proxy has said nothing"),
    ],
)
def test_whose_line_it_is(forwarded: bytes, proxies: int, line: str) -> None:
    assert line_of(scope((b"x-forwarded-for", forwarded)), proxies) == line


def test_a_whole_site_of_addresses_is_one_line() -> None:
    lines = {line_of(scope((b"x-forwarded-for", b"2001:db8:7:%x::1" % each)), 1) for each in range(1000)}
    assert len(lines) == 1
    assert lines != {line_of(scope((b"x-forwarded-for", b"2001:db8:8::1")), 1)}


@pytest.mark.parametrize(
    ("headers", "length"),
    [
        ([], 0),
        ([(b"content-length", b"5000")], 5000),
        ([(b"content-length", b"-1")], None),
        ([(b"content-length", b"much")], None),
        ([(b"transfer-encoding", b"chunked")], None),
    ],
)
def test_how_much_is_said_to_come(headers: list[tuple[bytes, bytes]], length: int | None) -> None:
    assert length_of(scope(*headers)) == length
