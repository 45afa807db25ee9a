"""Take the name and the address of somebody who left out of the house."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext

from omsorg.federation.access import NotAllowed, NothingHere, acting_as, person_for
from omsorg.federation.actions.forgetting import forget_name
from omsorg.federation.models import Account
from omsorg.kernel import clock
from omsorg.kernel.refusals import Refusal
from omsorg.kernel.wall import in_name_of


class Command(BaseCommand):
    help = "Puts a number in the place of the name and address of a person who left. It cannot be taken back."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("person", help="Code of the person, as in the address of their page.")
        parser.add_argument("--by", required=True, help="Address of the housekeeper in whose name it is done.")

    def handle(self, *args: Any, **options: Any) -> None:
        keeper = Account.objects.filter(email=options["by"].strip().lower()).first()
        if keeper is None:
            raise CommandError(gettext("Nobody signs in with this address."))
        now = clock.now()
        with in_name_of(keeper.person_id):
            acting = acting_as(keeper.person_id, day=now.date())
            try:
                person = person_for(acting, options["person"])
                forget_name(person=person, by=acting, at=now)
            except (NothingHere, NotAllowed):
                raise CommandError(gettext("There is no such person among those whom they look after.")) from None
            except Refusal as refusal:
                raise CommandError(str(refusal)) from None
        self.stdout.write(person.name)
