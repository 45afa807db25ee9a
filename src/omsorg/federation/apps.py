from django.apps import AppConfig


class FederationConfig(AppConfig):
    name = "omsorg.federation"
    label = "federation"
