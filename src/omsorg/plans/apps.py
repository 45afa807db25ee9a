"""Switched on where OMSORG_SYSTEMS names it: its roles and the scopes of keys are entered here."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "omsorg.plans"
    label = "plans"

    def ready(self) -> None:
        from omsorg.federation import roles, scopes
        from omsorg.plans.roles import ROLES, VERBS
        from omsorg.plans.scopes import SCOPES

        roles.enter(*ROLES)
        roles.explain(VERBS)
        scopes.enter(*SCOPES)
