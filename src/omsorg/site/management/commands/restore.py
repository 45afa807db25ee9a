"""A backup put back, after one word."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from omsorg.kernel import clock
from omsorg.site.backups import AnotherHouse, NotABackup, StillInUse, restore_backup
from omsorg.site.embedded import Missing

WORD = "restore"


class Command(BaseCommand):
    help = "Put a backup in the place of what is there now, which is set aside. The site must be closed."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="a file that `backup` has written")
        parser.add_argument("word", nargs="?", default="", help=f'"{WORD}" says yes without being asked')

    def handle(self, *args: Any, **options: Any) -> None:
        question = f'The backup takes the place of what is there now. Type "{WORD}" to go on: '
        if (options["word"] or input(question)).strip() != WORD:
            raise CommandError("Nothing was changed.")
        try:
            database, files = restore_backup(options["file"].absolute(), at=clock.now())
        except (AnotherHouse, Missing, NotABackup, StillInUse, OSError, DatabaseError) as trouble:
            raise CommandError(str(trouble)) from trouble
        self.stdout.write(f"The backup is back. Set aside: the database {database} and the folder {files}.")
