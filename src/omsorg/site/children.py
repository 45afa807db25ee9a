"""Programs started by a program: they end when it ends, in good order where there is time for it.

Standard library only: `./omsorg` uses this module before anything is installed.
"""

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO

Command = Sequence[str | Path]
PR_SET_PDEATHSIG = 1
PATIENCE_SECONDS = 25
ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def _die_with_parent() -> None:
    """Even `kill -9` of the parent leaves no server behind that would keep the port (Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def launch(
    command: Command,
    env: Mapping[str, str] | None = None,
    *,
    apart: bool = False,
    quiet: bool = False,
    said: IO[str] | None = None,
) -> subprocess.Popen[bytes]:
    """Start `command`; one that is `apart` does not hear the Ctrl-C meant for its parent.

    One that is `quiet` shows only what went wrong; where a file is given, all that is `said` goes there.
    """
    return subprocess.Popen(
        command,
        env=env,
        start_new_session=apart,
        stdout=said or (subprocess.DEVNULL if quiet else None),
        stderr=said,
        preexec_fn=_die_with_parent,
    )


def end(children: Sequence[subprocess.Popen[bytes]], *, patience: float = PATIENCE_SECONDS) -> None:
    """Ask every child to end, then wait for each; one that does not listen is killed."""
    for child in children:
        child.terminate()
    for child in children:
        try:
            child.wait(timeout=patience)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def run(command: Command, env: Mapping[str, str] | None = None, *, quiet: bool = False) -> int:
    """Run `command` to its end and return its code. Ctrl-C is its business; our own end is its end."""
    child = launch(command, env, quiet=quiet)

    def pass_on(*_: object) -> None:
        if not os.isatty(0):  # a terminal has told the child already
            child.send_signal(signal.SIGINT)

    keyboard = signal.signal(signal.SIGINT, pass_on)
    try:
        return child.wait()
    finally:
        end([child])
        signal.signal(signal.SIGINT, keyboard)


def end_when_told() -> None:
    """Ctrl-C, SIGTERM or a closed terminal: leave once, through the `finally` blocks, children and all."""

    def leave(number: int, _: object) -> None:
        for told in ENDINGS:
            signal.signal(told, signal.SIG_IGN)
        sys.exit(128 + number)

    for ending in ENDINGS:
        signal.signal(ending, leave)
