"""Bring the site up to date in one Python start: translations, tables, rights, and the example where it is wanted.

Run twice it does nothing twice. Tables are changed by the role that owns them, never by the site's own role.
"""

import os
import sys
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path

import django
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[3]
ONE_AT_A_TIME = 0x0535_0267  # a number of our own among PostgreSQL's advisory locks


def catalogues(root: Path) -> list[Path]:
    """Every translation of the house under `root`."""
    return sorted(root.glob("locale/*/LC_MESSAGES/*.po")) + sorted((root / "src").rglob("locale/*/LC_MESSAGES/*.po"))


def compile_translations(sources: Iterable[Path]) -> list[Path]:
    """Compile every catalogue that is newer than its compiled form; returns those made."""
    made = []
    for source in sources:
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


def loaders_of_the_example(commands: Iterable[str]) -> list[str]:
    """The commands that load the example, each once: the federation itself first; none where it is not there."""
    first = "load_example"
    more = sorted(name for name in commands if name.startswith("load_") and name.endswith("_example") and name != first)
    return [first, *more] if first in commands else []


def prepare_database(*, example: bool) -> None:
    """Migrate as the owner, give the site's own role its rights, load places, and the `example` where it is wanted.

    Two that prepare the same database at the same time do so one after the other.
    """
    from django.core.management import call_command, get_commands
    from django.db import connections

    from omsorg.kernel import clock
    from omsorg.kernel.apart import databases, owner_of, remember_what_lies_apart
    from omsorg.site.opening import open_to_the_application, refuse_to_lose_cases

    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [ONE_AT_A_TIME])
        try:
            refuse_to_lose_cases()
            for alias in databases():
                call_command("migrate", database=owner_of(alias), interactive=False, verbosity=0)
            remember_what_lies_apart(clock.today())
            open_to_the_application()
            call_command("load_places", verbosity=0)
            for name in loaders_of_the_example(get_commands()) if example else ():
                call_command(name)
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [ONE_AT_A_TIME])


def say_what_the_log_would_keep() -> None:
    """One sentence where a database is set to write down what people write: it is the operator's to change."""
    from omsorg.kernel.checks import at_the_start

    for found in at_the_start():
        sys.stderr.write(
            f"omsorg: the log of the database could keep what people write, in clear ({found}). docs/howto/run.md says"
            " how to make it quiet.\n"
        )


def main(words: list[str]) -> int:
    """`translations` asks for the translations alone: that needs no database."""
    compile_translations(catalogues(ROOT))
    if words != ["translations"]:
        django.setup()
        from django.conf import settings

        prepare_database(example=settings.ENVIRONMENT.example)
        say_what_the_log_would_keep()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
