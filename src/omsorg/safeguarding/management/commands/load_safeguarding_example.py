"""Load the example's incidents into the example federation, and say how one signs in as its focal persons."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext

from omsorg.federation.roles import role_called
from omsorg.kernel import clock
from omsorg.kernel.wall import as_house
from omsorg.safeguarding.example.loading import PEOPLE, is_loaded, load_incidents, midday


class Command(BaseCommand):
    help = "Load three invented incidents into the example federation. A second time it changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        load_incidents(at=midday(clock.now()))
        with as_house():
            if not is_loaded():
                return
        self.stdout.write(gettext("The example's incidents are loaded."))
        for person in PEOPLE:
            self.stdout.write(f"  {person.email:<34} {role_called(person.role).title}, {person.at}")
