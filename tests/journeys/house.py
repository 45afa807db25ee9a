"""The house as the journeys find it: the real site in a process of its own, with the example federation in it.

The example is loaded once and copied for each journey that changes something; the server stays, and finds other rows at
its next request.
"""

import socket
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from io import StringIO
from pathlib import Path
from urllib.request import urlopen

from django.core.management import call_command

from databases import copy, drop, point_at
from journeys.people import enter
from omsorg.site.children import end, launch
from omsorg.site.serve import web_command

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_SECONDS = 30


@dataclass(slots=True)
class Stage:
    """The database that the server works on, and the one it is copied from."""

    name: str
    is_touched: bool = True

    @property
    def original(self) -> str:
        return f"{self.name}_original"

    def build(self, empty: str) -> None:
        copy(empty, self.original)
        point_at(self.original)
        for example in ("load_example", "load_safeguarding_example", "load_openness_example"):
            call_command(example, stdout=StringIO())
        enter("Stranger Sam")
        point_at(self.name)

    def set_up(self, *, to_change: bool) -> None:
        """Everything as it was when the example had been loaded."""
        point_at(self.name)
        if self.is_touched:
            copy(self.original, self.name)
        self.is_touched = to_change

    def take_down(self) -> None:
        drop(self.name, self.original)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _answers(port: int) -> bool:
    """Whether the server gives a page: the first one takes its time, and is nobody's in a journey."""
    try:
        with urlopen(f"http://localhost:{port}/", timeout=PATIENCE_SECONDS) as answer:
            return bool(answer.status == HTTPStatus.OK)
    except OSError:
        return False


@contextmanager
def serving(environment: Mapping[str, str], port: int, log: Path) -> Iterator[None]:
    """The web server as `./omsorg` starts it, with one worker; what it has to say goes into `log`."""
    with log.open("w") as said:
        server = launch(web_command("127.0.0.1", port, workers=1), environment, apart=True, said=said)
        try:
            until = time.monotonic() + PATIENCE_SECONDS
            while not _answers(port):
                assert server.poll() is None, f"the server ended at once:\n{log.read_text()}"
                assert time.monotonic() < until, "the server does not answer"
                time.sleep(0.05)
            yield
        finally:
            end([server], patience=10)
