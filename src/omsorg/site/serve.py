"""Serve the site: the web server and, beside it, the worker that delivers letters and runs the schedule.

Standard library only. A worker that ends is started again; when the web server ends, so does this.
"""

import contextlib
import os
import resource
import socket
import subprocess
import sys
import time
import webbrowser
from collections.abc import Mapping
from pathlib import Path

from omsorg.site.children import end, end_when_told, launch
from omsorg.site.embedded import Missing, turn

HOST = "127.0.0.1"
FIRST_PORT, LAST_PORT = 8000, 8019
FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 2, 60
MOST_CONNECTIONS = 4096  # of one web process
OTHER_FILES = 256
HEADERS_WITHIN_MS = 10_000  # also how long a connection may lie idle
PATIENCE_SECONDS = 15  # the worker takes up to 12 to finish a letter


def say(sentence: str) -> None:
    sys.stdout.write(f"omsorg: {sentence}\n")
    sys.stdout.flush()


def free_port(host: str, wanted: str | None) -> int:
    """The port asked for, or from 8000 on the first that nobody uses."""
    for port in [int(wanted)] if wanted else range(FIRST_PORT, LAST_PORT + 1):
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
            return port
        say(f"port {port} is taken.")
    raise Missing("No free port: end the other program, or choose another port, OMSORG_PORT=9000 ./omsorg")


def address_to_be(environment: Mapping[str, str]) -> str:
    """The address under which the site is going to be open: what is prepared before it opens links to it already."""
    given = environment.get("OMSORG_BASE_URL")
    port = None if given else free_port(environment.get("OMSORG_BIND", HOST), environment.get("OMSORG_PORT"))
    return given or f"http://localhost:{port}"


def answers(host: str, port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection((host, port), timeout=1):
        return True
    return False


def open_the_door(address: str) -> None:
    say(f"{address} is open. Ctrl-C ends it.")
    has_screen = sys.platform == "darwin" or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    if sys.stdout.isatty() and has_screen:
        webbrowser.open(address)


def start_worker() -> subprocess.Popen[bytes]:
    return launch([sys.executable, "-m", "omsorg.site", "worker"], apart=True)


def room_for_connections() -> int:
    """How many connections one web process may hold: a connection that only waits costs a file and little memory.

    Raises the limit of files that programs started from here have, as far as the system lets it.
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_CONNECTIONS + OTHER_FILES
    if soft != resource.RLIM_INFINITY and soft < wanted:
        soft = wanted if hard == resource.RLIM_INFINITY else min(hard, wanted)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    return MOST_CONNECTIONS if soft == resource.RLIM_INFINITY else max(128, min(MOST_CONNECTIONS, soft - OTHER_FILES))


def web_command(host: str, port: int, *, workers: int = 2) -> list[str]:
    """How the web server is started. Threads are those of `site.asgi`; the server itself only carries bytes."""
    command = [sys.executable, "-m", "granian", "--interface=asginl", "--http=1", f"--host={host}", f"--port={port}"]
    command += [f"--workers={workers}", "--respawn-failed-workers", "--workers-kill-timeout=5", "--loop=asyncio"]
    command += [f"--backpressure={room_for_connections()}", f"--http1-header-read-timeout={HEADERS_WITHIN_MS}"]
    return [*command, "--no-ws", "--log-level=warning", "omsorg.site.asgi:application"]


def start_web(host: str) -> tuple[subprocess.Popen[bytes], int]:
    """Start the web server; returns when it answers, or has ended. One house opens at a time."""
    with turn(Path(os.environ["OMSORG_HOME"])):
        port = free_port(host, os.environ.get("OMSORG_PORT"))
        os.environ.setdefault("OMSORG_BASE_URL", f"http://localhost:{port}")
        web = launch(web_command(host, port), apart=True)
        while web.poll() is None and not answers(host, port):
            time.sleep(0.1)
        return web, port


def serve(host: str, *, with_worker: bool) -> int:
    children: list[subprocess.Popen[bytes]] = []
    pause = FIRST_PAUSE_SECONDS
    try:
        web, port = start_web(host)
        children.append(web)
        if web.poll() is None:
            open_the_door(f"http://localhost:{port}/promises/")
        if with_worker:
            children.append(start_worker())
        while web.poll() is None:
            time.sleep(1)
            if with_worker and children[-1].poll() is not None:
                say(f"the worker ended; it is started again in {pause} s.")
                time.sleep(pause)
                pause = min(2 * pause, LONGEST_PAUSE_SECONDS)
                children[-1] = start_worker()
    finally:
        end(children, patience=PATIENCE_SECONDS)
    return web.returncode


def main() -> int:
    end_when_told()
    try:
        host = os.environ.get("OMSORG_BIND", HOST)
        return serve(host, with_worker=os.environ.get("OMSORG_WORKER", "1") == "1")
    except Missing as trouble:
        say(str(trouble))
        return 1


if __name__ == "__main__":
    sys.exit(main())
