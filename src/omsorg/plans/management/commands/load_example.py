"""Load the example federation with its plan, and say how one signs in as one of its people."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext

from omsorg.federation.roles import role_called
from omsorg.plans.example.loading import is_loaded, load_example
from omsorg.plans.example.people import PEOPLE, example_password, keep_password


class Command(BaseCommand):
    help = "Load the example federation with its plan. A second time it changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        was_there = is_loaded()
        load_example()
        keep_password()
        if not was_there:
            self.stdout.write(gettext("The example federation is loaded."))
        self.stdout.write(gettext("Example people, all with the password %s:") % example_password())
        for person in PEOPLE:
            self.stdout.write(f"  {person.email:<34} {role_called(person.role).title}, {person.at}")
