"""The worker as a real process: it delivers, ends in good order, and loses nothing when it is killed."""

import asyncio
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from types import SimpleNamespace

from django.db import connection
from django.test import override_settings
from procrastinate.contrib.django import app

from mailserver import mail_server
from omsorg.kernel import clock, letters
from omsorg.kernel.jobs import rescue_jobs
from omsorg.kernel.models import Letter
from omsorg.kernel.wall import as_house

PATIENCE = 120
"""Seconds in which anything must have happened, also on a machine with ten times as much to do as it can."""
POSTMAN = "omsorg.kernel.post.Postman"


@contextmanager
def worker(environment: dict[str, str], port: int) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(
        [sys.executable, "-m", "omsorg.site", "worker"],
        env={**environment, "OMSORG_SMTP_URL": f"smtp://127.0.0.1:{port}"},
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def told() -> Iterator[object]:
    """What the letters and their jobs say of themselves, for whoever waited in vain."""
    with as_house():
        yield from Letter.objects.values_list("to_address", "standing", "tries", "next_try_at", "trouble")
    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name, status::text, attempts, scheduled_at FROM procrastinate_jobs ORDER BY id")
        yield from cursor.fetchall()
        cursor.execute("SELECT last_heartbeat FROM procrastinate_workers")
        yield from cursor.fetchall()
    yield clock.now()


def wait_for(true: Callable[[], object]) -> None:
    until = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < until, f"it did not happen in time: {list(told())}"
        time.sleep(0.02)


def write(*addresses: str) -> None:
    for address in addresses:
        letters.write_letter(
            once=address,
            to_address=address,
            to_person=None,
            language="en",
            subject="Late",
            body="Please answer.",
            at=clock.now(),
        )


def standings() -> dict[str, str]:
    with as_house():
        return dict(Letter.objects.values_list("to_address", "standing"))


def jobs() -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT status::text, count(*) FROM procrastinate_jobs WHERE task_name LIKE '%%deliver%%' GROUP BY 1"
        )
        return dict(cursor.fetchall())


async def rescue() -> None:
    async with app.open_async():
        await rescue_jobs(SimpleNamespace(app=app), 0)


def test_a_killed_worker_loses_no_letter_and_sends_none_twice(own_environment: dict[str, str]) -> None:
    with mail_server() as server:
        write("before@example.org")
        with worker(own_environment, server.port) as process:
            wait_for(lambda: standings() == {"before@example.org": "sent"})
            write("silent@example.org", "mute@example.org", "slow@example.org")
            wait_for(
                lambda: (
                    "silent@example.org" in server.named
                    and "mute@example.org" in server.whole
                    and server.letters.get("slow@example.org")
                )
            )
            process.send_signal(signal.SIGKILL)
            process.wait()
        write("after@example.org")
        assert jobs() == {"succeeded": 1, "doing": 3, "todo": 1}

        with connection.cursor() as cursor:
            cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 hour'")
        with app.replace_connector(app.connector.get_worker_connector()):
            asyncio.run(rescue())
        assert jobs() == {"succeeded": 1, "todo": 4}

        an_hour_later = clock.now() + timedelta(hours=1)
        found: list[int] = []
        wait_for(lambda: found.append(letters.put_in_doubt(at=an_hour_later)) or sum(found) == 3)
        with override_settings(EMAIL_BACKEND=POSTMAN, EMAIL_HOST="127.0.0.1", EMAIL_PORT=server.port):
            for letter in range(1, 6):
                letters.deliver_letter(letter, at=an_hour_later)
        assert standings() == {
            "before@example.org": "sent",
            "silent@example.org": "in_doubt",
            "mute@example.org": "in_doubt",
            "slow@example.org": "in_doubt",
            "after@example.org": "sent",
        }
        assert sorted(server.whole) == [f"{name}@example.org" for name in ("after", "before", "mute", "slow")]


def test_a_worker_that_is_told_to_end_finishes_its_letter(own_environment: dict[str, str]) -> None:
    with mail_server() as server:
        with worker(own_environment, server.port) as process:
            write("hurried@example.org")
            wait_for(lambda: standings() == {"hurried@example.org": "sent"})
            process.send_signal(signal.SIGTERM)
            assert process.wait(PATIENCE) == 0
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM procrastinate_workers")
            assert cursor.fetchone()[0] == 0
