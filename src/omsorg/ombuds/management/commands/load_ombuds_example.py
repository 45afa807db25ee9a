"""Found the invented ombuds office in the example federation, and say how one comes in, and back as its first child."""

from datetime import UTC, datetime, time
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext

from omsorg.federation.roles import role_called
from omsorg.kernel import clock
from omsorg.kernel.wall import as_house
from omsorg.ombuds.example.loading import PEOPLE, example_passphrase, is_loaded, load_office
from omsorg.ombuds.rules.spoken_code import say_code


class Command(BaseCommand):
    help = (
        "Found an invented ombuds office with three cases in the example federation. A second time it changes nothing."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        told = load_office(at=datetime.combine(clock.today(), time(9), UTC))
        with as_house():
            if not is_loaded():
                return
        self.stdout.write(gettext("The example has an office that hears children."))
        for person in PEOPLE:
            self.stdout.write(f"  {person.email:<34} {role_called(person.role).title}, {person.at}")
        self.stdout.write(
            gettext("Passphrase of their key rings: %(passphrase)s") % {"passphrase": example_passphrase()}
        )
        if told is None:
            return
        said = say_code([(sign.thing, sign.number) for sign in told.code], "en")
        self.stdout.write(gettext("Code of the first child, at /t/: %(code)s") % {"code": said})
