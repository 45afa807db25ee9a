"""Prove on the data that are there what must always be true."""

from typing import Any

from django.core.management.base import BaseCommand

from omsorg.kernel.checks import check_everything


class Command(BaseCommand):
    help = "Prove what must always be true on the data that are there; one line each, exit code 1 where one is not."

    def handle(self, *args: Any, **options: Any) -> None:
        broken = False
        for result in check_everything():
            broken = broken or bool(result.proof.wrong)
            word = "BROKEN" if result.proof.wrong else "look" if result.proof.look else "ok"
            self.stdout.write(f"{word:<8}{result.code:<19}{result.proof.line}")
        if broken:
            raise SystemExit(1)
