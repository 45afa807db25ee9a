"""Bring in a savings group from the JSON file that it left with, and say of each part what was done."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext

from omsorg.federation.models import Organisation
from omsorg.kernel import clock
from omsorg.kernel.refusals import Refusal
from omsorg.kernel.wall import as_house
from omsorg.savings.actions.bringing_in import bring_in_whole, differs
from omsorg.savings.models import Group
from omsorg.savings.rules.broken import Broken
from omsorg.savings.sentences import sentence_of


class Command(BaseCommand):
    help = "Brings in a savings group from the JSON file it left with. Done again, it goes on where it was cut off."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="The JSON file that export_savings_group wrote.")
        parser.add_argument("--below", required=True, help="Code of the organisation that accompanies it here.")

    def handle(self, *args: Any, **options: Any) -> None:
        said, at = _read(options["file"]), clock.now()
        with as_house():
            unit = Organisation.objects.filter(code=options["below"]).first()
        if unit is None:
            raise CommandError(gettext("There is no organisation with this code."))
        try:
            for step in bring_in_whole(said=said, unit=unit, at=at):
                same = "" if step.outcome == step.was else gettext("; in the file: %(was)s") % {"was": step.was}
                self.stdout.write(f"{step.meeting or '-'}: {step.outcome} {step.rule}".rstrip() + same)
        except Refusal as refusal:
            raise CommandError(str(refusal)) from None
        except Broken as broken:
            raise CommandError(str(sentence_of(broken.rule, broken.facts, said["group"]["currency"]))) from None
        with as_house():
            group = Group.objects.select_related("state").get(uuid=said["group"]["uuid"])
            wrong = differs(group=group, said=said)
        if wrong:
            told = gettext("It does not stand here as in the file: %(what)s.")
            raise CommandError(told % {"what": ", ".join(wrong)})
        told = gettext("The ledger ends with meeting %(number)s, and every account stands as in the file.")
        self.stdout.write(told % {"number": group.state.seq})
        self.stdout.write(gettext("Its figures are closed until the group agrees to open them here."))


def _read(file: Path) -> Any:
    try:
        return json.loads(file.read_bytes())
    except OSError as trouble:
        raise CommandError(f"{trouble.strerror}: {trouble.filename}") from trouble
    except (ValueError, RecursionError) as wrong:
        raise CommandError(gettext("This file is cut off, or is not JSON.")) from wrong
