"""The worker: delivers letters, runs the schedule, and ends in good order when it is told to."""

import asyncio
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector

CONCURRENCY = 4
SECONDS_TO_FINISH = 12


class Command(BaseCommand):
    help = "Deliver letters and run the schedule. SIGTERM lets it finish what it is doing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--until-done", action="store_true", help="end as soon as nothing is left to do")

    def handle(self, *args: Any, **options: Any) -> None:
        with app.replace_connector(DjangoConnector().get_worker_connector()):
            asyncio.run(self.work(wait=not options["until_done"]))

    async def work(self, *, wait: bool) -> None:
        async with app.open_async():
            await app.run_worker_async(
                wait=wait,
                concurrency=CONCURRENCY,
                shutdown_graceful_timeout=SECONDS_TO_FINISH,
            )
