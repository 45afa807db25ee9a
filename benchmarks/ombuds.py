"""Children write in: over a real server, one to sixteen at a time. How many are lost, and what one report costs.

CPU is that of the web server's processes and of the database's, for the form and for sending it. The floor is the least
that such a report can cost: the same stretching of the code, the same sealing, and the bare rows in one transaction.
"""

import http.client
import os
import re
import secrets
import socket
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import quote, urlencode

import psycopg
from django.conf import settings
from django.db import connection

from benchmarks.database import own_database
from benchmarks.measure import TICK, Line
from omsorg.federation.access import acting_as
from omsorg.federation.models import Mandate, Organisation, Person, Place, Position
from omsorg.kernel.sealing import Place as Where
from omsorg.kernel.sealing import key_for, key_from, new_key, new_pair, new_salt, seal, seal_to
from omsorg.kernel.wall import as_house
from omsorg.ombuds.access import costs_of_codes
from omsorg.ombuds.actions import rings
from omsorg.ombuds.models import Case, Ring
from omsorg.site.serve import web_command

BEGAN = date(2000, 1, 1)
PASSPHRASE = "an example passphrase"  # noqa: S105 - of invented people in a database that is dropped
AT_ONCE = (1, 2, 4, 8, 16)
REPORTS = 100
FROM_ONE_ADDRESS = 60
BODY = "They lock the gate at night, and nobody may go out to the well. " * 45
HEARING = [
    ("board one", "ombuds_board_member", "international"),
    ("board two", "ombuds_board_member", "international"),
    ("board three", "ombuds_board_member", "international"),
    ("global", "ombudsperson", "international"),
    ("regional", "ombudsperson", "region"),
    ("national one", "ombudsperson", "national"),
    ("national two", "ombudsperson", "national"),
]


def open_the_office() -> None:
    """A country, its region and the top, and seven who hear, each with a key ring."""
    with as_house():
        country = Place.objects.create(kind="country", code="TZ", country_code="TZ", name={"en": "Tanzania"})
        kinds = Organisation.Kind
        found = {
            key: Organisation.objects.create(code=key, kind=kind, name=f"Example {key}", place=place, exists_from=BEGAN)
            for key, kind, place in (
                ("international", kinds.INTERNATIONAL, None),
                ("region", kinds.REGION, None),
                ("national", kinds.NATIONAL_ASSOCIATION, country),
            )
        }
        for below, above in (("region", "international"), ("national", "region")):
            Position.objects.create(organisation=found[below], parent=found[above], valid_from=BEGAN)
    at = datetime.now(UTC)
    first = None
    for name, role, seat in HEARING:
        with as_house():
            person = Person.objects.create(organisation=found[seat], name=f"Example {name}", email="")
            Mandate.objects.create(person=person, role=role, organisation=found[seat], valid_from=BEGAN)
            acting = acting_as(person.pk, day=at.date())
        rings.make_ring(passphrase=PASSPHRASE, by=acting, at=at)
        if first is None:
            first = acting
            opened, _cookie = rings.unlock_ring(passphrase=PASSPHRASE, by=acting, at=at)
        else:
            with as_house():
                read_out = rings.mark_of_ring(Ring.objects.get(person=person.pk))
            rings.vouch_for(person=person.pk, mark=[read_out], ring=opened, by=first, at=at)


@dataclass(frozen=True, slots=True)
class Server:
    """The site as it serves for real: where it listens, and its processes."""

    port: int
    process: subprocess.Popen[bytes]

    def pids(self) -> list[int]:
        found = [self.process.pid]
        for pid in found:
            with suppress(OSError):
                found += map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split())
        return found

    def cpu(self) -> float:
        """Milliseconds of CPU that the web server and the database have used so far."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT pid FROM pg_stat_activity WHERE datname = current_database()")
            backends = [pid for (pid,) in cursor.fetchall()]
        return sum(map(_ticks, [*self.pids(), *backends])) * 1000 / TICK


def _ticks(pid: int) -> int:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return 0
    return int(fields[11]) + int(fields[12])


@contextmanager
def served(database: str) -> Iterator[Server]:
    """The site on this database, with two processes, behind a proxy whose word on who calls is believed."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    kept = settings.DATABASES["default"]
    where = urlencode({"host": kept["HOST"], **({"port": kept["PORT"]} if kept["PORT"] else {})})
    address = f"postgresql://{quote(kept['USER'])}:{quote(kept['PASSWORD'])}@/{database}?{where}"
    environment = os.environ | {
        "OMSORG_DATABASE_URL": address,
        "OMSORG_PROXIES": "1",
        "OMSORG_SECRET_KEY": settings.SECRET_KEY,
        "DJANGO_SETTINGS_MODULE": "omsorg.site.settings",
    }
    process = subprocess.Popen(web_command("127.0.0.1", port), env=environment)
    try:
        server = Server(port, process)
        _wait_for(server)
        yield server
    finally:
        process.terminate()
        process.wait(20)


def _wait_for(server: Server) -> None:
    for _try in range(600):
        with suppress(OSError):
            if Child(server, "192.0.2.1").get("/t/en/")[0] == 200:
                return
        time.sleep(0.1)
    raise TimeoutError("the site did not open")


class Child:
    """One browser on one connection, calling from one address."""

    def __init__(self, server: Server, address: str) -> None:
        self.to = http.client.HTTPConnection("127.0.0.1", server.port, timeout=120)
        self.headers = {"X-Forwarded-For": address, "Host": "localhost"}

    def get(self, path: str) -> tuple[int, bytes]:
        self.to.request("GET", path, headers=self.headers)
        answer = self.to.getresponse()
        return answer.status, answer.read()

    def tell(self, number: int) -> bool:
        """Open the form, write, send. Whether the code was shown."""
        path = "/t/en/write/?at=tz"
        _status, page = self.get(path)
        form = re.search(rb'name="form" value="([^"]+)"', page)
        if form is None:
            return False
        sent = urlencode({"form": form[1].decode(), "message": f"{number} {secrets.token_hex(4)} {BODY}"})
        headers = self.headers | {"Content-Type": "application/x-www-form-urlencoded"}
        self.to.request("POST", path, sent, headers)
        answer = self.to.getresponse()
        shown = answer.read()
        return answer.status == 200 and b'class="signs' in shown


def tell_at_once(server: Server, count: int, connections: int, *, address: str = "") -> int:
    """How many of `count` reports were answered with a code."""

    def one(worker: int) -> int:
        child = Child(server, address or f"198.51.{worker}.{secrets.randbelow(250)}")
        told = 0
        for number in range(worker, count, connections):
            if not address:
                child.headers["X-Forwarded-For"] = f"198.51.{number % 250}.{secrets.randbelow(250)}"
            told += child.tell(number)
        return told

    with ThreadPoolExecutor(connections) as pool:
        return sum(pool.map(one, range(connections)))


def kept() -> int:
    with as_house():
        return Case.objects.count()


def floor(times: int = 40) -> float:
    """Milliseconds of CPU for the least that one report can be."""
    code, salt, cost = b"fish five", new_salt(), costs_of_codes()[0]
    publics = [new_pair()[1] for _ in HEARING]
    place = Where("floor", "sealed", 1, 1)
    own = settings.DATABASES["owner"]
    with psycopg.connect(
        host=own["HOST"] or None,
        port=own["PORT"] or None,
        user=own["USER"],
        password=own["PASSWORD"] or None,
        dbname=str(connection.settings_dict["NAME"]),
    ) as bare:
        bare.execute("CREATE TEMP TABLE least (id bigint PRIMARY KEY, name text, sealed bytea)")
        bare.commit()
        backend = bare.info.backend_pid
        before, ticks = time.process_time(), _ticks(backend)
        for _ in range(times):
            stretched = key_from(code, salt=salt, cost=cost)
            key_for(stretched, "lookup"), key_for(stretched, "opening")
            key = new_key()
            rows = [seal(stretched, key, place), seal(key, BODY.encode(), place)]
            rows += [seal_to(public, key, place) for public in publics]
            bare.cursor().executemany(
                "INSERT INTO least VALUES (%s, 'x', %s)", [(secrets.randbits(62), row) for row in rows]
            )
            bare.commit()
        return ((time.process_time() - before) + (_ticks(backend) - ticks) / TICK) * 1000 / times


def weight_of_first_page(server: Server) -> int:
    """Bytes of the first page with everything it asks for."""
    child = Child(server, "192.0.2.1")
    _status, page = child.get("/t/en/")
    total = len(page)
    for path in set(re.findall(rb'(?:href|src)="(/static/[^"]+)"', page)):
        total += len(child.get(path.decode())[1])
    return total


def run() -> Iterator[Line]:
    """Every figure, with its goal."""
    database = f"omsorg_bench_ombuds_{os.getpid()}"
    with own_database(database):
        open_the_office()
        with served(database) as server:
            yield Line("first page with all it asks for", weight_of_first_page(server) / 1000, "kB", goal=30)
            child, before = Child(server, "192.0.2.1"), server.cpu()
            for _ in range(200):
                child.get("/t/en/")
            yield Line("first page, CPU", (server.cpu() - before) / 200, "ms", goal=15)
            least = floor()
            for connections in AT_ONCE:
                before, cpu = kept(), server.cpu()
                began = time.monotonic()
                told = tell_at_once(server, REPORTS, connections)
                cpu, wall = server.cpu() - cpu, time.monotonic() - began
                lost = REPORTS - min(told, kept() - before)
                name = f"{connections} at once"
                yield Line(f"{name}: lost of {REPORTS}", lost, "", goal=0)
                yield Line(f"{name}: CPU for a report, form and all", cpu / REPORTS, "ms", floor=least, goal=30)
                yield Line(f"{name}: wall for {REPORTS} reports", wall, "s")
            refused = FROM_ONE_ADDRESS - tell_at_once(server, FROM_ONE_ADDRESS, 2, address="203.0.113.9")
            yield Line(f"refused of {FROM_ONE_ADDRESS} from one address in an hour", refused, "", goal=0)
