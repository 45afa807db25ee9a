"""Everything kept, in one file."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from omsorg.site.backups import write_backup
from omsorg.site.embedded import Missing


class Command(BaseCommand):
    help = "Write the database and the evidence into one new file. The site may be open meanwhile."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="the file to write; one that is there is refused")

    def handle(self, *args: Any, **options: Any) -> None:
        target: Path = options["file"].absolute()
        try:
            write_backup(target)
        except (Missing, OSError) as trouble:
            raise CommandError(str(trouble)) from trouble
        size = target.stat().st_size / 1_000_000
        self.stdout.write(f"{target}: {size:.1f} MB. The secret of this site is not in it; keep that apart.")
