"""Make anew where each savings group stands, and its balances, from its meetings and postings."""

from typing import Any

from django.core.management.base import BaseCommand

from omsorg.kernel import clock
from omsorg.kernel.wall import as_house
from omsorg.savings.actions.rebuilding import rebuild_group
from omsorg.savings.models import Group


class Command(BaseCommand):
    help = "Replays the meetings of every savings group, and adds up its postings: the ledger itself is not touched."

    def handle(self, *args: Any, **options: Any) -> None:
        with as_house():
            groups = list(Group.objects.order_by("pk"))
        meetings = 0
        for group in groups:
            with as_house():
                meetings += rebuild_group(group=group, by=None, at=clock.now())
        self.stdout.write(f"{len(groups)} groups, {meetings} meetings")
