"""Switched on where OMSORG_SYSTEMS names it: its roles are entered here."""

from django.apps import AppConfig


class SafeguardingConfig(AppConfig):
    name = "omsorg.safeguarding"
    label = "safeguarding"

    def ready(self) -> None:
        from omsorg.federation import roles, scopes
        from omsorg.safeguarding.roles import ROLES, VERBS
        from omsorg.safeguarding.scopes import SCOPES

        roles.enter(*ROLES)
        roles.explain(VERBS)
        scopes.enter(*SCOPES)
