"""Switched on where OMSORG_SYSTEMS names it: its roles are entered here."""

from django.apps import AppConfig


class SavingsConfig(AppConfig):
    name = "omsorg.savings"
    label = "savings"

    def ready(self) -> None:
        from omsorg.federation import roles
        from omsorg.savings.roles import ROLES, VERBS

        roles.enter(*ROLES)
        roles.explain(VERBS)
