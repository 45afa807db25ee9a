"""Countries with their codes, and their names in every language of the house."""

from typing import Any

from django.core.management.base import BaseCommand

from omsorg.federation.places import load_countries


class Command(BaseCommand):
    help = "Load all countries with ISO codes and names in four languages. A second time it only puts names right."

    def handle(self, *args: Any, **options: Any) -> None:
        new = load_countries()
        if options["verbosity"]:
            self.stdout.write(f"{new} countries are new." if new else "All countries are there.")
