"""A test that reaches for another machine is stopped."""

import socket
from collections.abc import Iterator

import pytest


@pytest.fixture
def line() -> Iterator[socket.socket]:
    with socket.socket() as line:
        yield line


def test_another_machine_is_not_reached(line: socket.socket) -> None:
    with pytest.raises(AssertionError, match="tried to reach"):
        line.connect(("192.0.2.1", 80))


def test_this_machine_is(line: socket.socket) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        line.connect(server.getsockname())
