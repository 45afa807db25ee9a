"""Addresses of the site: English without a prefix, other languages under /da/, /nb/, /sv/."""

from importlib import import_module
from importlib.util import find_spec

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path

from omsorg.site import api
from omsorg.site.views import api_reference, letters, pages


def _systems() -> list[URLPattern | URLResolver]:
    """The addresses of every system that is on: each brings its own `urls`."""
    return [path("", include(f"omsorg.{name}.urls")) for name in settings.SYSTEMS if find_spec(f"omsorg.{name}.urls")]


def _outside_languages() -> list[URLPattern | URLResolver]:
    """The addresses of systems whose pages say their language themselves (`outside_languages` in their `urls`)."""
    modules = [f"omsorg.{name}.urls" for name in settings.SYSTEMS if find_spec(f"omsorg.{name}.urls")]
    return [pattern for module in modules for pattern in getattr(import_module(module), "outside_languages", [])]


site_patterns = (
    [
        path("", pages.home, name="home"),
        path("health/", pages.health, name="health"),
        path("ui/", pages.gallery, name="gallery"),
        path("api/", api_reference.api_reference, name="api-reference"),
        path("letters/", letters.outbox, name="letters"),
        path("letters/<int:number>/decision/", letters.decide, name="letter-decision"),
    ],
    "site",
)

urlpatterns = [
    *i18n_patterns(
        path("", include(site_patterns)),
        path("account/", include("omsorg.federation.account_urls")),
        path("", include("omsorg.federation.urls")),
        *_systems(),
        prefix_default_language=False,
    ),
    *_outside_languages(),
    path("api/", include((api.addresses, api.app_name), namespace=api.namespace)),
]
