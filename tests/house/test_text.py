"""The project speaks of itself alone: no place on somebody's machine, no package registry, no unfinished business."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
UNWANTED = {
    "a place on somebody's machine": re.compile(r"(?<![\w.>}/-])/(?:home|root|work|Users|mnt|tmp/w)/\w"),
    "a package registry": re.compile(
        r"\bpypi" + r"\.org|python" + r"hosted|index" + r"-url=?\s*http|artifact" + r"ory"
    ),
    "unfinished business": re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|X" + r"XX)\b"),
}


def texts() -> list[Path]:
    """Every file that is kept, and can be read as text."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    return [ROOT / name for name in listed.decode().split("\0") if name]


@pytest.mark.parametrize("what", UNWANTED)
def test_the_text_of_the_project_holds_no(what: str) -> None:
    found = []
    for path in texts():
        try:
            lines = path.read_text().splitlines()
        except (UnicodeDecodeError, FileNotFoundError, IsADirectoryError):
            continue
        found += [
            f"{path.relative_to(ROOT)}:{number}: {line.strip()[:80]}"
            for number, line in enumerate(lines, 1)
            if UNWANTED[what].search(line)
        ]
    assert found == []


def test_warnings_are_errors(pytestconfig: pytest.Config) -> None:
    assert pytestconfig.getini("filterwarnings") == ["error"]
