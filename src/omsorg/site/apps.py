from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "omsorg.site"
    label = "site"
