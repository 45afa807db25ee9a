"""The real server, as `./omsorg` starts it: whoever sends or reads slowly closes it for nobody."""

import re
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

import pytest

from omsorg.kernel.wall import as_house
from omsorg.ombuds.access import at_the_desk
from omsorg.ombuds.models import Case, SealedFile
from omsorg.ombuds.tests.office import make_office
from omsorg.ombuds.tests.test_sent_with_files import LARGE_PICTURE
from omsorg.site.serve import HEADERS_WITHIN_MS, free_port, web_command
from world import make_world

SENDING_SECONDS = 8
PATIENCE = 60
QUICK = 2.0
FORM = "application/x-www-form-urlencoded"
MEGABYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class Server:
    port: int
    process: subprocess.Popen[bytes]
    reader: int

    def workers(self) -> list[int]:
        """The web processes: those that do the work hold the most memory."""
        pid = self.process.pid
        found = map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split())
        return [each for each in found if self.memory(each) > 50 * MEGABYTE]

    @staticmethod
    def memory(pid: int) -> int:
        (kilobytes,) = re.findall(r"VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text()) or [0]
        return int(kilobytes) * 1024

    def ask(
        self, path: str, body: bytes | None = None, address: str = "192.0.2.1", kind: str = FORM
    ) -> tuple[int, str, float]:
        """Status, page, and seconds that it took."""
        began = time.monotonic()
        line = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        headers = {"X-Forwarded-For": address, "Content-Type": kind}
        line.request("GET" if body is None else "POST", path, body, headers)
        answer = line.getresponse()
        page = answer.read().decode()
        line.close()
        return answer.status, page, time.monotonic() - began

    def form_to_tell(self, words: str, address: str) -> dict[str, str]:
        _status, page, _seconds = self.ask("/t/en/write/?at=tz", address=address)
        (form,) = re.findall(r'name="form" value="([^"]+)"', page)
        return {"form": form, "message": words}

    def tell(self, words: str, address: str) -> tuple[bool, float]:
        """Whether the code was shown, and seconds that keeping took."""
        form = urlencode(self.form_to_tell(words, address)).encode()
        status, page, seconds = self.ask("/t/en/write/?at=tz", form, address)
        return status == 200 and 'class="signs' in page, seconds

    def send(self, raw: str) -> socket.socket:
        line = socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE)
        line.sendall(raw.encode())
        return line

    def slow_sender(self, address: str, length: int = 5000) -> socket.socket:
        head = f"POST /t/en/write/ HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: {address}\r\n"
        return self.send(f"{head}Content-Type: {FORM}\r\nContent-Length: {length}\r\n\r\nmessage=a")


def end_of(line: socket.socket) -> bytes:
    """What came until the other side hung up."""
    found = b""
    with suppress(ConnectionError), line:
        while piece := line.recv(65536):
            found += piece
    return found


@contextmanager
def serving(environment: dict[str, str], tmp_path: Path, reader: int) -> Iterator[Server]:
    port = free_port("127.0.0.1", None)
    process = subprocess.Popen(
        web_command("127.0.0.1", port),
        env={
            **environment,
            "OMSORG_HOME": str(tmp_path),
            "OMSORG_PROXIES": "1",
            "OMSORG_EXAMPLE": "0",
            "OMSORG_SENDING_SECONDS": str(SENDING_SECONDS),
            "OMSORG_SENDING_MB": "16",
            "OMSORG_OMBUDS_LARGEST_MB": "20",
        },
    )
    server = Server(port, process, reader)
    try:
        answered = 0
        until = time.monotonic() + PATIENCE
        while answered < 12:  # both processes have given their first page
            assert time.monotonic() < until, "the server does not answer"
            with suppress(ConnectionError):
                answered += server.ask("/t/en/")[0] == 200
            time.sleep(0.05)
        yield server
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@pytest.fixture
def server(own_environment: dict[str, str], tmp_path: Path) -> Iterator[Server]:
    reader = make_office(make_world()).person("amina")
    with serving(own_environment, tmp_path, reader) as found:
        yield found


def assert_open(server: Server, words: str, address: str) -> None:
    """Pages come and words are kept, quickly, and long before the slow ones are given up."""
    took = [server.ask("/t/en/", address=address)[2] for _ in range(3)]
    assert min(took) < QUICK, took
    assert max(took) < SENDING_SECONDS / 2, took
    shown, seconds = server.tell(words, address)
    assert shown
    assert seconds < QUICK


def test_slow_senders_close_the_house_for_nobody_and_are_given_up(server: Server) -> None:
    slow: list[socket.socket] = []
    for count, addresses in ((16, 1), (64, 1), (64, 64)):
        slow += [server.slow_sender(f"198.51.100.{1 + each % addresses}") for each in range(count)]
        time.sleep(0.5)
        assert_open(server, f"The gate is locked, {count} {addresses}", "192.0.2.1")
        assert_open(server, f"On the same line, {count} {addresses}", "198.51.100.1")
    with as_house():
        assert Case.objects.count() == 6
    began = time.monotonic()
    for line in slow:
        said = end_of(line)
        assert said == b"" or said.startswith(b"HTTP/1.1 408 "), said
    assert time.monotonic() - began < SENDING_SECONDS + 5
    assert_open(server, "Afterwards", "192.0.2.1")


def test_slow_headers_and_slow_readers_close_it_for_nobody(server: Server) -> None:
    slow = [server.send("GET /t/en/ HTTP/1.1\r\nHo") for _ in range(300)]
    slow += [server.send("") for _ in range(300)]
    (sheet,) = set(re.findall(r'href="(/static/[^"]+\.css[^"]*)"', server.ask("/account/login/")[1])) or {"/t/en/"}
    readers = [server.send(f"GET {sheet} HTTP/1.1\r\nHost: localhost\r\n\r\n" * 20) for _ in range(100)]
    assert_open(server, "The gate is locked", "192.0.2.1")
    began = time.monotonic()
    assert all(end_of(line) == b"" for line in slow)
    assert time.monotonic() - began < HEADERS_WITHIN_MS / 1000 + 5
    assert_open(server, "Afterwards", "192.0.2.1")
    for line in readers:
        line.close()


def test_memory_for_what_is_on_its_way_is_bounded(server: Server) -> None:
    before = {pid: server.memory(pid) for pid in server.workers()}
    assert len(before) == 2
    slow = []
    for number in range(24):
        line = server.slow_sender(f"198.51.100.{number}", 20 * MEGABYTE)
        with suppress(OSError):
            line.sendall(b"a" * (18 * MEGABYTE))
        slow.append(line)
    grown = {pid: server.memory(pid) - before[pid] for pid in before}
    assert_open(server, "The gate is locked", "192.0.2.1")
    for line in slow:
        line.close()
    assert max(grown.values()) > 10 * MEGABYTE, "nothing was gathered"
    assert max(grown.values()) < 130 * MEGABYTE, {pid: size // MEGABYTE for pid, size in grown.items()}


def test_what_is_sent_whole_is_taken_as_before(server: Server) -> None:
    form = server.form_to_tell("With a picture", "192.0.2.1")
    parts = "".join(f'--b\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{form[name]}\r\n' for name in form)
    file = '--b\r\nContent-Disposition: form-data; name="files"; filename="me.png"\r\nContent-Type: image/png\r\n\r\n'
    body = (parts + file).encode() + LARGE_PICTURE + b"\r\n--b--\r\n"
    status, page, _seconds = server.ask("/t/en/write/?at=tz", body, kind="multipart/form-data; boundary=b")
    assert (status, 'class="signs' in page) == (200, True)
    with at_the_desk(server.reader):
        assert SealedFile.objects.get().size > MEGABYTE
    with_length = "Content-Length: 30000000\r\n\r\nmessage"
    for head, said in (
        (with_length, b" 413 "),
        ("Transfer-Encoding: chunked\r\n\r\n7\r\nmessage\r\n0\r\n\r\n", b" 411 "),
    ):
        path = "/account/login/" if said == b" 411 " else "/t/sw/write/"
        line = server.send(f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: {FORM}\r\n{head}")
        answer = line.recv(65536)
        assert said in answer.split(b"\r\n")[0]
        line.close()


def test_it_ends_in_good_order_and_a_process_that_is_killed_is_followed_by_another(server: Server) -> None:
    slow = [server.slow_sender("198.51.100.1") for _ in range(16)]
    (killed, _other) = server.workers()
    subprocess.run(["kill", "-9", str(killed)], check=True)
    until = time.monotonic() + PATIENCE
    while len(server.workers()) < 2 or killed in server.workers():
        assert time.monotonic() < until, "no other followed"
        time.sleep(0.2)
    assert_open(server, "The gate is locked", "192.0.2.1")
    slow += [server.slow_sender("198.51.100.1") for _ in range(16)]
    began = time.monotonic()
    server.process.send_signal(signal.SIGTERM)
    assert server.process.wait(PATIENCE) == 0
    assert time.monotonic() - began < 12
    for line in slow:
        line.close()
