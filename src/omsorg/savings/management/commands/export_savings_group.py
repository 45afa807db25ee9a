"""Write everything of a savings group into two files: JSON, and a journal that hledger and ledger read."""

import os
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext

from omsorg.kernel import clock
from omsorg.kernel.wall import as_house
from omsorg.savings.actions.handing_out import KINDS, hand_out_books
from omsorg.savings.models import Group


class Command(BaseCommand):
    help = "Writes everything of a savings group into files of its own: JSON and a journal. Overwrites nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("group", type=UUID, help="The group's uuid, as in the address of its page.")
        parser.add_argument("--to", type=Path, default=Path(), help="The folder for the files; it must be there.")

    def handle(self, *args: Any, **options: Any) -> None:
        with as_house():
            group = Group.objects.select_related("unit").filter(uuid=options["group"]).first()
            if group is None:
                raise CommandError(gettext("There is no savings group with this number."))
            for kind in KINDS:
                self.stdout.write(str(self._written(group, kind, options["to"])))

    def _written(self, group: Group, kind: str, folder: Path) -> Path:
        """The file stands under its name only when all of it was written."""
        part = folder / f".{group.uuid}.{kind}.part"
        try:
            with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                handed = hand_out_books(group=group, kind=kind, to=file, by=None, at=clock.now())
            os.link(part, folder / handed.filename)
        except FileExistsError as there:
            said = gettext("The file %(name)s is there already. Move it away first.")
            raise CommandError(said % {"name": there.filename2 or there.filename}) from there
        except OSError as trouble:
            raise CommandError(f"{trouble.strerror}: {trouble.filename}") from trouble
        finally:
            part.unlink(missing_ok=True)
        return folder / handed.filename
