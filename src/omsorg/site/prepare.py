"""Bring the site up to date in one Python start: translations, tables, and the example where it is wanted.

Run twice it does nothing twice. Tables are changed by the role that owns them, never by the site's own role.
"""

import os
import sys
from io import BytesIO
from pathlib import Path

import django
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

PACKAGE = Path(__file__).resolve().parent.parent


def compile_translations(folder: Path) -> list[Path]:
    """Compile every catalogue under `folder` that is newer than its compiled form; returns those made."""
    made = []
    for source in sorted(folder.rglob("locale/*/LC_MESSAGES/*.po")):
        compiled = source.with_suffix(".mo")
        if compiled.exists() and compiled.stat().st_mtime_ns >= source.stat().st_mtime_ns:
            continue
        content = BytesIO()
        with source.open("rb") as file:
            write_mo(content, read_po(file))
        unfinished = compiled.with_suffix(f".{os.getpid()}")
        unfinished.write_bytes(content.getvalue())
        unfinished.replace(compiled)
        made.append(compiled)
    return made


def main() -> int:
    compile_translations(PACKAGE)
    django.setup()
    from django.core.management import call_command, get_commands

    call_command("migrate", database="owner", interactive=False, verbosity=0)
    if os.environ.get("OMSORG_EXAMPLE") == "1" and "load_example" in get_commands():
        call_command("load_example")
    return 0


if __name__ == "__main__":
    sys.exit(main())
