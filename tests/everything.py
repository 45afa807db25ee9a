"""Everything that must hold before a change is taken: `./omsorg test` runs this, and nothing else is asked.

Every stage runs, whatever the one before said; the table at the end tells how each went.
"""

import os
import shutil
import sys
import time
from pathlib import Path

from omsorg.site.children import run

ROOT = Path(__file__).resolve().parent.parent
PYTEST = ["-m", "pytest", "-r", "fE"]
NO_TESTS = 5  # pytest's word for it
ORACLES = ("hledger", "ledger")


def stages(words: list[str]) -> dict[str, list[str]]:
    templates = [folder for folder in ("templates", "src") if any((ROOT / folder).rglob("*.html"))]
    return {
        "format": ["-m", "ruff", "format", "--check", "."],
        "lint": ["-m", "ruff", "check", "."],
        "template format": ["-m", "djlint", *templates, "--check"],
        "template lint": ["-m", "djlint", *templates, "--lint", "--quiet"],
        "borders": [str(Path(sys.executable).with_name("lint-imports"))],
        "types": ["-m", "mypy"],
        "tests": [*PYTEST, "-n", "2", "-m", "not journey and not oracle", *words],
        "oracles": [*PYTEST, "-m", "oracle", *words],
        "journeys": [*PYTEST, "-m", "journey", *words],
    }


def main(words: list[str]) -> int:
    has_browser = any(map(shutil.which, ("chromium", "chromium-browser", "google-chrome")))
    no_browser = "FAILED, no chromium" if os.environ.get("CI") else "SKIPPED, no chromium"
    lacking = [name for name in ORACLES if shutil.which(name) is None]
    results: list[tuple[str, str, float]] = []
    for name, command in stages(words).items():
        if name == "journeys" and not has_browser:
            results.append((name, no_browser, 0.0))
            continue
        if name == "oracles" and lacking == list(ORACLES):
            results.append((name, "SKIPPED, none here", 0.0))
            continue
        sys.stdout.write(f"\n— {name}\n")
        sys.stdout.flush()
        began = time.monotonic()
        code = run([sys.executable, *command])
        nothing_asked_for = code == NO_TESTS and bool(words)
        result = "passed" if code == 0 else "none" if nothing_asked_for else "FAILED"
        results.append((name, result, time.monotonic() - began))
    sys.stdout.write("\n")
    for name, result, seconds in results:
        sys.stdout.write(f"{name:<18}{result:<22}{seconds:6.1f} s\n")
    if not has_browser:
        sys.stdout.write("The journeys were SKIPPED: they need a browser (sudo apt-get install chromium).\n")
    for name in lacking:
        sys.stdout.write(f"{name} was SKIPPED: it adds up our ledger on its own (sudo apt-get install {name}).\n")
    return int(any(result.startswith("FAILED") for _, result, _ in results))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
