from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "omsorg.plans"
    label = "plans"

    def ready(self) -> None:
        from omsorg.federation.roles import enter
        from omsorg.plans.roles import ROLES

        enter(*ROLES)
