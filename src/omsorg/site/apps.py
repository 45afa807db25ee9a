"""Switched on last: it knows every system."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "omsorg.site"
    label = "site"

    def ready(self) -> None:
        from omsorg.site.connections import connect_systems

        connect_systems()
