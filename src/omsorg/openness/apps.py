"""Switched on where OMSORG_SYSTEMS names it: its roles and the scopes of keys are entered here."""

from django.apps import AppConfig


class OpennessConfig(AppConfig):
    name = "omsorg.openness"
    label = "openness"

    def ready(self) -> None:
        from omsorg.federation import roles, scopes
        from omsorg.openness.roles import ROLES, VERBS
        from omsorg.openness.scopes import SCOPES

        roles.enter(*ROLES)
        roles.explain(VERBS)
        scopes.enter(*SCOPES)
