"""Bring the catalogues of translations up to the sentences of the code."""

from typing import Any

from django.core.management.base import BaseCommand

from omsorg.site.translations import CHILDREN_TOO, MEMBERS_TOO, TRANSLATED, bring_up_to_date


class Command(BaseCommand):
    help = "Adds new sentences to locale/, takes out those that are gone, and counts what still lacks words."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        for language in TRANSLATED + CHILDREN_TOO + MEMBERS_TOO:
            total, lacking = bring_up_to_date(language)
            self.stdout.write(f"{language}: {total} sentences, {lacking} without a translation")
