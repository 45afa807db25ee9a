"""Write the pages of the docs that are written from the code."""

from typing import Any

from django.core.management.base import BaseCommand

from omsorg.site.environment import ROOT
from omsorg.site.reference import pages


class Command(BaseCommand):
    help = "Write docs/reference from the code: settings, commands, roles, scopes, the API, walls, personal data."

    def handle(self, *args: Any, **options: Any) -> None:
        for place, text in pages().items():
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text)
            self.stdout.write(str(place.relative_to(ROOT)))
