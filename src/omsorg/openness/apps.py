"""Switched on where OMSORG_SYSTEMS names it: its roles are entered here."""

from django.apps import AppConfig


class OpennessConfig(AppConfig):
    name = "omsorg.openness"
    label = "openness"

    def ready(self) -> None:
        from omsorg.federation import roles
        from omsorg.openness.roles import ROLES, VERBS

        roles.enter(*ROLES)
        roles.explain(VERBS)
