"""Programs started by a program: they end when it ends, in good order where there is time for it.

Standard library only: `./omsorg` uses this module before anything is installed.
"""

import ctypes
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

Command = Sequence[str | Path]
PR_SET_PDEATHSIG = 1
PATIENCE_SECONDS = 15


def _die_with_parent() -> None:
    """Even `kill -9` of the parent leaves no server behind that would keep the port (Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def launch(
    command: Command, env: Mapping[str, str] | None = None, *, apart: bool = False, quiet: bool = False
) -> subprocess.Popen[bytes]:
    """Start `command`; one that is `apart` does not hear the Ctrl-C meant for its parent."""
    return subprocess.Popen(
        command,
        env=env,
        start_new_session=apart,
        stdout=subprocess.DEVNULL if quiet else None,
        stderr=subprocess.DEVNULL if quiet else None,
        preexec_fn=_die_with_parent,
    )


def end(children: Sequence[subprocess.Popen[bytes]]) -> None:
    """Ask every child to end, then wait for each; one that does not listen is killed."""
    for child in children:
        child.terminate()
    for child in children:
        try:
            child.wait(timeout=PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def run(command: Command, env: Mapping[str, str] | None = None, *, quiet: bool = False) -> int:
    """Run `command` to its end and return its code. Ctrl-C is its business; our own end is its end."""
    keyboard = signal.signal(signal.SIGINT, lambda *_: None)
    child = launch(command, env, quiet=quiet)
    try:
        return child.wait()
    finally:
        end([child])
        signal.signal(signal.SIGINT, keyboard)


def end_when_told() -> None:
    """Make SIGTERM and a closed terminal leave through the `finally` blocks, so that children end too."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    signal.signal(signal.SIGHUP, lambda *_: sys.exit(129))
