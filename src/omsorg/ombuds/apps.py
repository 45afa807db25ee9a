"""Switched on where OMSORG_SYSTEMS names it: its roles are entered here."""

from django.apps import AppConfig


class OmbudsConfig(AppConfig):
    name = "omsorg.ombuds"
    label = "ombuds"

    def ready(self) -> None:
        from omsorg.federation import roles
        from omsorg.ombuds.roles import ROLES, VERBS

        roles.enter(*ROLES)
        roles.explain(VERBS)
