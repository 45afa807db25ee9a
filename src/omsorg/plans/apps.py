from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "omsorg.plans"
    label = "plans"
