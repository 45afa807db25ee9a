"""Switched on with the house: its roles are entered here."""

from django.apps import AppConfig


class FederationConfig(AppConfig):
    name = "omsorg.federation"
    label = "federation"

    def ready(self) -> None:
        from omsorg.federation import roles

        roles.enter(*roles.ROLES)
        roles.explain(roles.VERBS)
