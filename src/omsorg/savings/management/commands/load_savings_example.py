"""Load the example's savings groups into the example federation, and say how one signs in to see them."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext

from omsorg.federation.roles import role_called
from omsorg.kernel import clock
from omsorg.kernel.wall import as_house
from omsorg.savings.example.loading import EMAIL, PLACE, ROLE, is_loaded, load_groups


class Command(BaseCommand):
    help = "Load three invented savings groups into the example federation. A second time it changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        load_groups(at=clock.now())
        with as_house():
            if not is_loaded():
                return
        self.stdout.write(gettext("The example's savings groups are loaded."))
        self.stdout.write(f"  {EMAIL:<34} {role_called(ROLE).title}, {PLACE}")
