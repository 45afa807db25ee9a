"""Switched on first: refusals learn to speak the reader's language."""

from django.apps import AppConfig
from django.utils.translation import get_language, gettext

from omsorg.kernel.refusals import speak_with


class KernelConfig(AppConfig):
    name = "omsorg.kernel"
    label = "kernel"

    def ready(self) -> None:
        speak_with(gettext, get_language)
