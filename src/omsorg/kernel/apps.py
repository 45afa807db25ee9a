from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "omsorg.kernel"
    label = "kernel"
