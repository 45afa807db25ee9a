"""Switched on last: it knows every system."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "omsorg.site"
    label = "site"
