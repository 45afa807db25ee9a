"""Load the invented cases of openness into the example federation, and say how one signs in as its people."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext

from omsorg.federation.roles import role_called
from omsorg.kernel.wall import as_house
from omsorg.openness.example.loading import PEOPLE, is_loaded, load_example


class Command(BaseCommand):
    help = "Load the invented cases of openness into the example federation. A second time it changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        load_example()
        with as_house():
            if not is_loaded():
                return
        for person in PEOPLE:
            self.stdout.write(f"  {person.email:<34} {role_called(person.role).title}, {person.at}")
        self.stdout.write(gettext("The example has its published failures."))
